"use strict";
// A data block of the page -> its value. Large blocks are compressed: base64 of raw deflate.

async function readBlock(name) {
  const block = document.getElementById(name);
  const text = block.type === "application/json" ? block.textContent : await inflate(decode(block.textContent));
  block.remove(); // its text is read once and need not stay in memory
  return JSON.parse(text);
}

function decode(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const packed = atob(text);
  const bytes = new Uint8Array(packed.length);
  for (let at = 0; at < packed.length; at += 1) bytes[at] = packed.charCodeAt(at);
  return bytes;
}

function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}
