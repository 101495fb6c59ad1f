// Ed25519 and P-256 keys, as Multikey and as JSON Web Key, and whether a signature is theirs. The same as proofs/multikey.py, jwk.py and suites.py.

import * as ed25519 from "@noble/ed25519";
import { BadKey, N_ } from "./refusals.js";
import { isObject } from "./json_reading.js";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const LONGEST = 200;
const LONGEST_BASE64 = 1_000_000;
// y² = x³ - 3x + b over the field of P-256 (FIPS 186-5)
const FIELD = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const CURVE_B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

export const ED25519 = "Ed25519";
export const P256 = "P-256";

export const fromBase58 = (text) => {
  if (text.length > LONGEST || [...text].some((letter) => !ALPHABET.includes(letter))) {
    throw new BadKey(N_("“%(text)s” is not base58."), { text: text.slice(0, 60) });
  }
  let number = 0n;
  for (const letter of text) number = number * 58n + BigInt(ALPHABET.indexOf(letter));
  const bytes = [];
  for (; number; number >>= 8n) bytes.unshift(Number(number & 0xffn));
  const [zeros] = /^1*/.exec(text);
  return Uint8Array.from([...Array(zeros.length).fill(0), ...bytes]);
};

export const base64url = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

// null for what is not base64url without padding, in its one spelling.
export const fromBase64url = (text) => {
  if (typeof text !== "string" || text.length > LONGEST_BASE64 || !/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
  return base64url(bytes) === text ? bytes : null;
};

const numberOf = (bytes) => BigInt(`0x0${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`);
const bytesOf = (number) => Uint8Array.from(number.toString(16).padStart(64, "0").match(/../g), (pair) => parseInt(pair, 16));
const power = (base, exponent) => {
  let [found, square] = [1n, base % FIELD];
  for (let left = exponent; left; left >>= 1n) {
    if (left & 1n) found = (found * square) % FIELD;
    square = (square * square) % FIELD;
  }
  return found;
};
const rightSide = (x) => (((x * x * x - 3n * x + CURVE_B) % FIELD) + FIELD) % FIELD;

// The point of 33 bytes, as the 65 that browsers take; null where there is none.
const opened = (raw) => {
  const x = numberOf(raw.subarray(1));
  if ((raw[0] !== 2 && raw[0] !== 3) || x >= FIELD) return null;
  let y = power(rightSide(x), (FIELD + 1n) / 4n);
  if ((y * y) % FIELD !== rightSide(x)) return null;
  if (y % 2n !== BigInt(raw[0] & 1)) y = FIELD - y;
  return Uint8Array.from([4, ...raw.subarray(1), ...bytesOf(y)]);
};

export const readPublic = (text) => {
  if (typeof text !== "string" || !text.startsWith("z")) throw new BadKey(N_("A key must be written as a Multikey, starting with z."));
  const raw = fromBase58(text.slice(1));
  const [prefix, key] = [`${raw[0]} ${raw[1]}`, raw.subarray(2)];
  if (prefix === "237 1" && key.length === 32) return { curve: ED25519, bytes: key };
  if (prefix === "128 36" && key.length === 33) {
    const point = opened(key);
    if (!point) throw new BadKey(N_("This is not a P-256 key."));
    return { curve: P256, bytes: point };
  }
  throw new BadKey(N_("This is not an Ed25519 or P-256 key."));
};

export const readJwk = (jwk) => {
  if (!isObject(jwk) || "d" in jwk) throw new BadKey(N_("This is not the public half of a key."));
  const [x, y] = [fromBase64url(jwk.x), fromBase64url(jwk.y)];
  if (jwk.kty === "OKP" && jwk.crv === ED25519 && x?.length === 32) return { curve: ED25519, bytes: x };
  if (jwk.kty === "EC" && jwk.crv === P256 && x?.length === 32 && y?.length === 32) {
    const [first, second] = [numberOf(x), numberOf(y)];
    if (first < FIELD && second < FIELD && (second * second) % FIELD === rightSide(first)) {
      return { curve: P256, bytes: Uint8Array.from([4, ...x, ...y]) };
    }
  }
  throw new BadKey(N_("This is not an Ed25519 or P-256 key."));
};

const holdsByBrowser = async (key, signature, message) => {
  const isEd = key.curve === ED25519;
  const kind = isEd ? { name: ED25519 } : { name: "ECDSA", namedCurve: P256 };
  const taken = await crypto.subtle.importKey("raw", key.bytes, kind, false, ["verify"]);
  return crypto.subtle.verify(isEd ? { name: ED25519 } : { name: "ECDSA", hash: "SHA-256" }, taken, signature, message);
};

// Browsers older than 2025 do not all know Ed25519: then a library does it.
const holdsByLibrary = async (key, signature, message) => {
  try {
    return await ed25519.verifyAsync(signature, message, key.bytes, { zip215: false });
  } catch {
    return false;
  }
};

let knowsEd25519;
const browserKnowsEd25519 = () => {
  knowsEd25519 ??= crypto.subtle.importKey("raw", new Uint8Array(32).fill(1), { name: ED25519 }, false, ["verify"]).then(
    () => true,
    (refused) => refused.name !== "NotSupportedError",
  );
  return knowsEd25519;
};

export const holds = async (key, signature, message, { library = false } = {}) => {
  if (signature.length !== 64) return false;
  if (key.curve === ED25519 && (library || !(await browserKnowsEd25519()))) return holdsByLibrary(key, signature, message);
  try {
    return await holdsByBrowser(key, signature, message);
  } catch (error) {
    // What is no key signs nothing. Whatever else goes wrong says nothing about the signature.
    if (error.name === "DataError") return false;
    throw error;
  }
};

export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
export const utf8 = (text) => new TextEncoder().encode(text);
export const joined = (first, second) => {
  const found = new Uint8Array(first.length + second.length);
  found.set(first);
  found.set(second, first.length);
  return found;
};
