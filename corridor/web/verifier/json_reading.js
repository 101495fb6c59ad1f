// JSON from strangers: read so that two readers cannot read two different things, within bounds. The same as proofs/json_reading.py.

import { CannotRead, N_ } from "./refusals.js";

const MAX_BYTES = 1_000_000;
const MAX_DEPTH = 40;
const MAX_VALUES = 20_000;
const LARGEST_EXACT = 2 ** 53;
const SMALLEST_ALIKE = 1e-6;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPES = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
export const isHalved = (text) => /\p{Surrogate}/u.test(text);

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
    this.depth = 0;
  }

  wrong(why) {
    return new CannotRead(N_("This is not JSON: %(why)s."), { why: `${why} (${this.at})` });
  }

  whole() {
    const value = this.value();
    this.space();
    if (this.at < this.text.length) throw this.wrong("extra data");
    return value;
  }

  space() {
    while (" \t\n\r".includes(this.text[this.at]) && this.at < this.text.length) this.at += 1;
  }

  value() {
    this.space();
    const sign = this.text[this.at];
    if (sign === "{") return this.inside(() => this.object());
    if (sign === "[") return this.inside(() => this.list());
    if (sign === '"') return this.string();
    for (const [word, value] of [["true", true], ["false", false], ["null", null]]) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    for (const word of ["NaN", "Infinity", "-Infinity"]) {
      if (this.text.startsWith(word, this.at)) throw new CannotRead(N_("%(number)s is not a number in JSON."), { number: word });
    }
    return this.number();
  }

  inside(read) {
    this.depth += 1;
    if (this.depth > 2_000) throw new CannotRead(N_("This is nested more than %(most)s levels deep."), { most: MAX_DEPTH });
    this.at += 1;
    const value = read();
    this.depth -= 1;
    return value;
  }

  object() {
    const found = {};
    this.space();
    if (this.text[this.at] === "}") return this.closed(found);
    for (;;) {
      this.space();
      if (this.text[this.at] !== '"') throw this.wrong("a key was expected");
      const key = this.string();
      this.space();
      if (this.text[this.at] !== ":") throw this.wrong("a colon was expected");
      this.at += 1;
      const value = this.value();
      if (Object.hasOwn(found, key)) {
        throw new CannotRead(N_("A key stands twice in one object, so two readers could read two different things."));
      }
      Object.defineProperty(found, key, { value, enumerable: true, configurable: true, writable: true });
      this.space();
      if (this.text[this.at] === "}") return this.closed(found);
      if (this.text[this.at] !== ",") throw this.wrong("a comma was expected");
      this.at += 1;
    }
  }

  list() {
    const found = [];
    this.space();
    if (this.text[this.at] === "]") return this.closed(found);
    for (;;) {
      found.push(this.value());
      this.space();
      if (this.text[this.at] === "]") return this.closed(found);
      if (this.text[this.at] !== ",") throw this.wrong("a comma was expected");
      this.at += 1;
    }
  }

  closed(found) {
    this.at += 1;
    return found;
  }

  string() {
    let found = "";
    this.at += 1;
    for (;;) {
      PLAIN.lastIndex = this.at;
      const [plain] = PLAIN.exec(this.text);
      found += plain;
      this.at += plain.length;
      const sign = this.text[this.at];
      this.at += 1;
      if (sign === '"') return found;
      if (sign !== "\\") throw this.wrong("a text does not end");
      const escape = this.text[this.at];
      this.at += 1;
      if (escape === "u") {
        const code = this.text.slice(this.at, this.at + 4);
        if (!/^[0-9a-fA-F]{4}$/.test(code)) throw this.wrong("an escape cannot be read");
        found += String.fromCharCode(parseInt(code, 16));
        this.at += 4;
      } else if (escape !== undefined && Object.hasOwn(ESCAPES, escape)) found += ESCAPES[escape];
      else throw this.wrong("an escape cannot be read");
    }
  }

  number() {
    NUMBER.lastIndex = this.at;
    const found = NUMBER.exec(this.text);
    if (!found) throw this.wrong("a value was expected");
    const [text, fraction, exponent] = found;
    this.at += text.length;
    const number = Number(text);
    const size = Math.abs(number);
    const isWhole = fraction === undefined && exponent === undefined;
    const isAlike = isWhole
      ? text.length <= 17 && size <= LARGEST_EXACT && text !== "-0"
      : (Number.isFinite(number) && SMALLEST_ALIKE <= size && size < LARGEST_EXACT && Number(number.toExponential(14)) === number) ||
        (size === 0 && !text.startsWith("-"));
    if (!isAlike) throw new CannotRead(N_("%(number)s is not a number that every reader reads alike."), { number: text.slice(0, 40) });
    return number;
  }
}

const decoded = (bytes) => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new CannotRead(N_("This is not text in UTF-8."));
  }
};

const boundValues = (value) => {
  let seen = 0;
  let level = [value];
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const deeper = [];
    for (const each of level) {
      const inner = Object.values(each);
      seen += inner.length;
      for (const one of inner) if (typeof one === "object" && one !== null) deeper.push(one);
    }
    if (seen > MAX_VALUES) throw new CannotRead(N_("This holds more than %(most)s values."), { most: MAX_VALUES });
    if (!deeper.length) return;
    level = deeper;
  }
  throw new CannotRead(N_("This is nested more than %(most)s levels deep."), { most: MAX_DEPTH });
};

const refuseHalves = (value) => {
  if (typeof value === "string" && isHalved(value)) throw new CannotRead(N_("A text holds half of a character."));
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    refuseHalves(key);
    refuseHalves(inner);
  }
};

// One JSON object, of bytes or a text; throws CannotRead and nothing else.
export const readObject = (raw) => {
  if (raw.length > MAX_BYTES) throw new CannotRead(N_("This is larger than %(most)s bytes."), { most: MAX_BYTES });
  const text = typeof raw === "string" ? raw.replace(/^\ufeff/, "") : decoded(raw);
  const value = new Reader(text).whole();
  if (!isObject(value)) throw new CannotRead(N_("This is not one JSON object."));
  boundValues(value);
  refuseHalves(value);
  return value;
};
