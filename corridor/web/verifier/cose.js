// The same as tokens, in binary: COSE_Sign1 over the JSON of a document. The same as jwt/cose.py.

import { decode, toSign } from "./cbor.js";
import { readObject } from "./json_reading.js";
import { base64url, fromBase64url } from "./keys.js";
import { CannotRead, N_ } from "./refusals.js";

export const MAX_CHARACTERS = 500_000;
const TAG = 0xd2;
const TEXT = /^0oR[A-Za-z0-9+/_-]+={0,2}$/;
const NAMES = { 1: "alg", 2: "crit", 3: "cty", 4: "kid", 16: "typ" };
const ALGORITHMS = { "-7": "ES256", "-8": "EdDSA", "-35": "ES384", "-37": "PS256", "-257": "RS256" };
const refused = () => new CannotRead(N_("This is not a signed token."));
const isBytes = (value) => value instanceof Uint8Array;

// A file that begins as such a message, or a text that is one in base64: as base64url; null for anything else.
export const asCose = (raw) => {
  if (typeof raw !== "string" && raw[0] === TAG && raw[1] === 0x84) return base64url(raw);
  const text = (typeof raw === "string" ? raw : new TextDecoder().decode(raw)).replace(/[ \t\r\n]+/g, "");
  return TEXT.test(text) ? text.replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_") : null;
};

export const isCose = (text) => text.startsWith("0oR");

const text = (bytes) => {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
};

const byNames = (header) => {
  const found = {};
  for (const [label, value] of header) if (typeof label === "number" && Object.hasOwn(NAMES, label)) found[NAMES[label]] = value;
  found.alg = typeof found.alg === "number" && Object.hasOwn(ALGORITHMS, found.alg) ? ALGORITHMS[found.alg] : null;
  if (isBytes(found.kid)) found.kid = text(found.kid);
  else delete found.kid;
  return found;
};

const decoded = (raw) => {
  try {
    return decode(raw);
  } catch (refusal) {
    if (!(refusal instanceof CannotRead)) throw refusal;
    throw refused();
  }
};

// As a token whose header says the same by names.
export const readCose = (given) => {
  const raw = given.length > MAX_CHARACTERS ? null : fromBase64url(given);
  if (!raw?.length) throw refused();
  const parts = decoded(raw[0] === TAG ? raw.subarray(1) : raw);
  if (!Array.isArray(parts) || parts.length !== 4 || !(parts[1] instanceof Map)) throw refused();
  const [guarded, , payload, signature] = parts;
  if (![guarded, payload, signature].every(isBytes)) throw refused();
  const header = guarded.length ? decoded(guarded) : new Map();
  if (!(header instanceof Map)) throw refused();
  return { header: byNames(header), claims: readObject(payload), signed: toSign(guarded, payload), signature };
};
