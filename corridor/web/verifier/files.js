// The signed credential out of a certificate's PDF. Only attachments are looked for; the page is not interpreted. The same as
// certificates/attachments.py.

const LARGEST = 500_000;
const MOST = 20;
const HEAD = 1_000;
const NAME = "/EmbeddedFile";

// A letter for each byte, so that places in the text are places in the file.
const lettersOf = (bytes) => {
  const parts = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return parts.join("");
};

// Stops as soon as there is more than a credential has; empty where it cannot be read.
const inflated = async (body) => {
  const parts = [];
  let length = 0;
  try {
    const reader = new Blob([body]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      length += part.value.length;
      if (length > LARGEST) {
        reader.cancel().catch(() => {});
        return new Uint8Array();
      }
    }
  } catch {
    // What follows the end of the packed part is refused by the browser, and left alone by others: what was read counts.
    if (!length) return new Uint8Array();
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
};

export const isPdf = (bytes) => lettersOf(bytes.subarray(0, 1024)).trimStart().startsWith("%PDF-");

// The first attachment that looks like a JSON object; null if there is none.
export const attachedCredential = async (bytes) => {
  const text = lettersOf(bytes);
  let start = 0;
  for (let turn = 0; turn < MOST; turn += 1) {
    const found = text.indexOf(NAME, start);
    if (found < 0) return null;
    start = found + NAME.length;
    // "/EmbeddedFiles" is the catalogue's list of them
    if (/[A-Za-z]/.test(text[start] ?? "")) continue;
    const begins = /stream\r?\n/.exec(text.slice(start, start + HEAD));
    if (!begins) continue;
    const from = start + begins.index + begins[0].length;
    const head = text.slice(Math.max(text.lastIndexOf("obj", found), found - HEAD), start + begins.index);
    const length = /\/Length\s+(\d{1,9})(?!\s+\d+\s+R)/.exec(head);
    const end = length ? from + Number(length[1]) : text.indexOf("endstream", from);
    const body = bytes.subarray(from, end);
    const content = head.includes("/FlateDecode") ? await inflated(body) : body;
    if (content.length && content.length <= LARGEST && lettersOf(content.subarray(0, 200)).trimStart().startsWith("{")) return content;
  }
  return null;
};
