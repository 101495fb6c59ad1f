// CBOR in one spelling only: what compact/cbor.py reads. A map is a Map; bytes are Uint8Array.

import { CannotRead, N_ } from "./refusals.js";

const MOST_LEVELS = 8;
const LARGEST = 2 ** 53;
const SMALLEST = { 24: 24, 25: 2 ** 8, 26: 2 ** 16, 27: 2 ** 32 };

export const refused = () => new CannotRead(N_("The code was read, but what it holds is not written as a certificate is."));

const isBefore = (first, second) => {
  const length = Math.min(first.length, second.length);
  for (let at = 0; at < length; at += 1) if (first[at] !== second[at]) return first[at] < second[at];
  return first.length < second.length;
};

class Reader {
  constructor(raw) {
    this.raw = raw;
    this.at = 0;
  }

  take(size) {
    const end = this.at + size;
    if (end > this.raw.length) throw refused();
    const found = this.raw.subarray(this.at, end);
    this.at = end;
    return found;
  }

  value(levels) {
    if (levels < 0) throw refused();
    const [first] = this.take(1);
    const [major, kind] = [first >> 5, first & 31];
    if (major === 7) {
      if (kind !== 20 && kind !== 21) throw refused();
      return kind === 21;
    }
    const number = this.head(kind);
    if (major < 2) {
      if (number > LARGEST - major) throw refused();
      return major ? -1 - number : number;
    }
    if (major === 2) return this.take(number);
    if (major === 3) return this.text(number);
    if (major === 4) return this.list(number, levels);
    if (major === 5) return this.map(number, levels);
    throw refused();
  }

  head(kind) {
    if (kind < 24) return kind;
    if (kind > 27) throw refused();
    const number = this.take(2 ** (kind - 24)).reduce((found, byte) => found * 256 + byte, 0);
    if (number < SMALLEST[kind] || number > LARGEST) throw refused();
    return number;
  }

  text(size) {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.take(size));
    } catch {
      throw refused();
    }
  }

  list(size, levels) {
    const found = [];
    for (let at = 0; at < size; at += 1) found.push(this.value(levels - 1));
    return found;
  }

  map(size, levels) {
    const found = new Map();
    let before = null;
    for (let at = 0; at < size; at += 1) {
      const start = this.at;
      const key = this.value(levels - 1);
      const written = this.raw.subarray(start, this.at);
      if ((typeof key !== "number" && typeof key !== "string") || (before && !isBefore(before, written))) throw refused();
      before = written;
      found.set(key, this.value(levels - 1));
    }
    return found;
  }
}

export const decode = (raw) => {
  const reader = new Reader(raw);
  const value = reader.value(MOST_LEVELS);
  if (reader.at !== raw.length) throw refused();
  return value;
};

const head = (major, size) => {
  if (size < 24) return [(major << 5) | size];
  if (size < 256) return [(major << 5) | 24, size];
  if (size < 65_536) return [(major << 5) | 25, size >> 8, size & 255];
  return [(major << 5) | 26, size >>> 24, (size >> 16) & 255, (size >> 8) & 255, size & 255];
};

// What a signature of RFC 9052 is over: ["Signature1", protected, h'', payload].
export const toSign = (guarded, payload) => {
  const name = new TextEncoder().encode("Signature1");
  return Uint8Array.from([...head(4, 4), ...head(3, name.length), ...name, ...head(2, guarded.length), ...guarded, ...head(2, 0), ...head(2, payload.length), ...payload]);
};
