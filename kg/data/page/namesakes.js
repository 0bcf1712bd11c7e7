"use strict";
// Things of one name -> what tells them apart: a date and a number, what is written out, a paper.

// What to say beside each of some hits: nothing where no other hit of its kind has its name.
function tellApart(offered, hits) {
  const foldedOf = ({ node }) => spellingsOf(node)[0].folded;
  const nameOf = (hit) => `${hit.node.kind} ${foldedOf(hit)}`;
  const names = new Set(offered.map(foldedOf));
  const named = countBy(hits.filter((hit) => names.has(foldedOf(hit))), nameOf);
  const marks = offered.map((hit) => (named.get(nameOf(hit)) > 1 ? markOf(hit.node) : ""));
  const alike = countBy(marks, (mark) => mark);
  return marks.map((mark, place) => {
    const { node, spelling } = offered[place];
    if (named.get(nameOf(offered[place])) > 1 && alike.get(mark) > 1) return [mark, endOf(node.id)].filter(Boolean).join(" · ");
    return mark === spelling.name ? "" : mark; // that is said already
  });
}

// What sets a thing apart: of a paper its date and number, of an abbreviation what it stands for, else its latest paper.
function markOf(node) {
  if (node.kind === "paper") return [node.date, node.arxiv || endOf(node.id)].filter(Boolean).join(" · ");
  const [{ folded }, ...others] = spellingsOf(node);
  const long = others.find((other) => other.folded.length > 2 * folded.length);
  if (long) return long.name;
  const papers = node.edges.map((edge) => otherEnd(edge, node)).filter((other) => other.kind === "paper");
  const [latest] = papers.sort((a, b) => b.date.localeCompare(a.date) || a.number - b.number);
  if (!latest) return "";
  const count = new Set(papers).size;
  return [count > 1 ? sayCount("papers", count) : "", shortOf(latest), latest.date.slice(0, 4)].filter(Boolean).join(" · ");
}
