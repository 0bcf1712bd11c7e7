"""Markup of three kinds -> plain text; first what must stay as it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.plaintext import to_line, to_plain


@pytest.mark.parametrize(
    "text",
    [
        "F* and A* search, V* Bench, ANLS*, Mathcheck*", "256*256 at 2**10", "snake_case_name and __",
        "5 * 3 * 2", "$100K budget, and $100K again", "costs $5-$10", "for just $0.005", "R&D and Q&A",
        "p < 0.05 and x > y",
        "<think> a </think> <s> <|im_end|> <image> <video>", "75%~89% and ~60%", "UCGM-{T,S} and {a: 1}",
        "https://x.org/~me/foo__bar/_baz_/a*b", "10^6-scale", "τ^2-Bench", "[IDK] token", "- a - b • c",
        "a [b] (c)", "C:/x", "f(x) = x^2", "2.5-72B", "@user #tag", "e.g., i.e.", "100% & more",
    ],
)  # fmt: skip
def test_what_is_plain_stays(text: str) -> None:
    assert to_plain(text) == text


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("**Key:** ***x*** __y__ _z_ *w* `c` ``d``", "Key: x y z w c d"),
        ("**모델**은 *새로운* 것", "모델은 새로운 것"),
        ("a  \t b\u00a0c\u3000d", "a b c d"),
        ("a\u200bb\u202ec\u2066d\ufeff\u00ad", "abcd"),
        ("\x00a\x07b\x1bc", "abc"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("O(T<sup>K</sup>) H<sub>2</sub>O", "O(TK) H2O"),
        ("<div><video src='x'></video></div>a <!-- b --> c", "a c"),
        ("a &amp; b &lt;c&gt; &#x27;d&#39; &nbsp;e", "a & b <c> 'd' e"),
        ("[a](https://x.org) ![i](y) https://z.org", "a https://z.org"),
        ("the `c` alone", "the c alone"),
        ("e\u0301", "é"),
        ("- a\n\n\n-  b ", "- a\n- b"),
    ],
)
def test_markdown_and_html(markdown: str, plain: str) -> None:
    assert to_plain(markdown) == plain


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"$\gamma$-MoD", "γ-MoD"),
        (r"SL$^{2}$A-INR, L$^2$M, M$^{2}$UGen", "SL2A-INR, L2M, M2UGen"),
        (r"$\textbf{Only-IF}$: \textbf{X} \emph{y} \texttt{z}", "Only-IF: X y z"),
        (r"69.4\% of A\&B, a\_b, \$5, \#1", "69.4% of A&B, a_b, $5, #1"),
        (r"LLM$\times$MapReduce", "LLM×MapReduce"),
        (r"$A \Rightarrow B$ and \aa", "A ⇒ B and å"),
        (r"$\sqrt{2}$ and $\mathbf{x}$", "√2 and x"),
        ("1{,}400 of the {Small} kind", "1,400 of the Small kind"),
        ("a turn of 30^circ", "a turn of 30°"),
        (r"a\unicode{xDFFF}b\unicode{xD800}c\unicode{x110000}d\unicode{x1F}e", "a b c d e"),
        (r"jailbreaks$\unicode{x2013}$methods", "jailbreaks–methods"),
        (r"\url{https://x.org/a\_b} \href{https://y.org}{here}", "https://x.org/a_b here"),
        (r"the parameter \(\beta\) is fixed", "the parameter β is fixed"),
        (r"10$^{-3}$, $10^{5}$, 90$^\circ$, $O(n^2)$", "10^-3, 10^5, 90°, O(n^2)"),
        (r"$\pi_0$, $\pi_{0.5}$, F$_1$, $F_1$, $k$-means", "π0, π0.5, F1, F1, k-means"),
        (r"Models~(LLMs), Fig.~\ref{x} by~\cite{y}", "Models (LLMs), Fig. by"),
        (
            r"Investigaci\'on, Se\~nales, M\"uller, Nicol\`o, \c{c}",
            "Investigación, Señales, Müller, Nicolò, ç",
        ),
        (r"$\frac{1}{2}$ and $N \times M$", "1/2 and N × M"),
        (r"\eg, \method~is", "e.g., method is"),
        (
            "Qwen~3.7 on OSWorld~2.0, 1M~4M, 18GB~24GB, 1.3x~1.7x",
            "Qwen 3.7 on OSWorld 2.0, 1M~4M, 18GB~24GB, 1.3x~1.7x",
        ),
        ("\textit{HR-ED} \x08ench \x0cramework", "HR-ED bench framework"),
        ("via texttt{D}ual, 1{,}400, FID{}=1, 360^circ, {bf MASK}", "via Dual, 1,400, FID=1, 360°, MASK"),
        (r"about \212 K", "about $212 K"),
    ],
)
def test_latex(latex: str, plain: str) -> None:
    assert to_plain(latex) == plain


@pytest.mark.parametrize(
    ("printed", "line"),
    [
        ("Long\n  title", "Long title"),
        ("Synth$^2$: `cat.n.01`", "Synth$^2$: `cat.n.01`"),
        ("[A [B]](https://x.org) System", "A [B] System"),
        ("a\x08b\u202e &amp; c", "ab & c"),
    ],
)
def test_titles_stay_as_printed(printed: str, line: str) -> None:
    assert to_line(printed) == line


@given(st.text())
def test_plain_text_has_no_control_characters_and_is_composed(text: str) -> None:
    plain = to_plain(text)
    assert all(c == "\n" or unicodedata.category(c) not in ("Cc", "Cs") for c in plain)
    assert plain == unicodedata.normalize("NFC", plain)
    assert plain == plain.strip()
    assert "\n\n" not in plain
    assert "  " not in plain


@given(st.text(alphabet=st.characters(categories=("L", "N"), exclude_characters="ͅ"), max_size=40))
def test_letters_and_digits_are_never_lost(text: str) -> None:
    assert to_plain(text) == unicodedata.normalize("NFC", text)
