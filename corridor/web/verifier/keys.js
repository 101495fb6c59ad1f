// Keys of Ed25519, P-256, P-384 and RSA, as Multikey and as JSON Web Key, and whether a signature is theirs. The same as proofs/multikey.py, jwk.py,
// own_names.py and suites.py.

import * as ed25519 from "@noble/ed25519";
import { BadKey, CannotRead, N_ } from "./refusals.js";
import { isObject, readObject } from "./json_reading.js";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const LONGEST = 200;
const LONGEST_BASE64 = 1_000_000;
const LONGEST_NAME = 4_000;

export const ED25519 = "Ed25519";
export const P256 = "P-256";
export const P384 = "P-384";
export const RSA = "RSA";

// y² = x³ - 3x + b over a field (FIPS 186-5); the bytes of one number of a point or a signature; how what is signed is hashed.
const CURVES = {
  [P256]: {
    field: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    half: 32,
    hash: "SHA-256",
  },
  [P384]: {
    field: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    half: 48,
    hash: "SHA-384",
  },
};
// The two bytes before a point in a Multikey.
const PREFIXES = { "128 36": P256, "129 36": P384 };
const KINDS = "Ed25519, P-256, P-384";
const EXPONENT = "AQAB";
const [SHORTEST, LARGEST] = [2_048, 8_192];
const SECRETS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

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
const bytesOf = (number, size) => Uint8Array.from(number.toString(16).padStart(2 * size, "0").match(/../g), (pair) => parseInt(pair, 16));
const power = (base, exponent, field) => {
  let [found, square] = [1n, base % field];
  for (let left = exponent; left; left >>= 1n) {
    if (left & 1n) found = (found * square) % field;
    square = (square * square) % field;
  }
  return found;
};
const rightSide = (x, { field, b }) => (((x * x * x - 3n * x + b) % field) + field) % field;

// A point of which one number and the sign of the other are told, whole, as browsers take it; null where there is none.
const opened = (raw, curve) => {
  const { field, half } = curve;
  const x = numberOf(raw.subarray(1));
  if ((raw[0] !== 2 && raw[0] !== 3) || x >= field) return null;
  const right = rightSide(x, curve);
  let y = power(right, (field + 1n) / 4n, field);
  if ((y * y) % field !== right) return null;
  if (y % 2n !== BigInt(raw[0] & 1)) y = field - y;
  return Uint8Array.from([4, ...raw.subarray(1), ...bytesOf(y, half)]);
};

export const readPublic = (text) => {
  if (typeof text !== "string" || !text.startsWith("z")) throw new BadKey(N_("A key must be written as a Multikey, starting with z."));
  const raw = fromBase58(text.slice(1));
  const [prefix, key] = [`${raw[0]} ${raw[1]}`, raw.subarray(2)];
  if (prefix === "237 1" && key.length === 32) return { curve: ED25519, bytes: key };
  const curve = PREFIXES[prefix];
  const point = curve && key.length === CURVES[curve].half + 1 ? opened(key, CURVES[curve]) : null;
  if (!point) throw new BadKey(N_("This is not a key of %(kinds)s."), { kinds: KINDS });
  return { curve, bytes: point };
};

const readRsa = ({ n, e }) => {
  const modulus = fromBase64url(n);
  if (!modulus || fromBase64url(e) === null) return null;
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  if (modulus[0] === 0 || bits < SHORTEST || bits > LARGEST || modulus.at(-1) % 2 === 0 || e !== EXPONENT) {
    const reason = N_("This RSA key is not safe: it must have %(least)s to %(most)s bits and the exponent %(exponent)s.");
    throw new BadKey(reason, { least: SHORTEST, most: LARGEST, exponent: 65_537 });
  }
  return { curve: RSA, jwk: { kty: RSA, n, e } };
};

export const readJwk = (jwk) => {
  if (!isObject(jwk) || SECRETS.some((name) => name in jwk)) throw new BadKey(N_("This is not the public half of a key."));
  const [x, y] = [fromBase64url(jwk.x), fromBase64url(jwk.y)];
  if (jwk.kty === "OKP" && jwk.crv === ED25519 && x?.length === 32) return { curve: ED25519, bytes: x };
  const curve = jwk.kty === "EC" && typeof jwk.crv === "string" && Object.hasOwn(CURVES, jwk.crv) ? CURVES[jwk.crv] : null;
  if (curve && x?.length === curve.half && y?.length === curve.half) {
    const [first, second] = [numberOf(x), numberOf(y)];
    if (first < curve.field && second < curve.field && (second * second) % curve.field === rightSide(first, curve)) {
      return { curve: jwk.crv, bytes: Uint8Array.from([4, ...x, ...y]) };
    }
  }
  const rsa = jwk.kty === RSA ? readRsa(jwk) : null;
  if (rsa) return rsa;
  throw new BadKey(N_("This is not a key of %(kinds)s."), { kinds: `${KINDS}, RSA` });
};

export const sameKey = (first, second) =>
  first.curve === second.curve && (first.curve === RSA ? first.jwk.n === second.jwk.n : base64url(first.bytes) === base64url(second.bytes));

// Identifiers that are a key.
const [MULTIKEY, JWK] = ["did:key:", "did:jwk:"];
export const isKey = (did) => did.startsWith(MULTIKEY) || did.startsWith(JWK);

export const keyIn = (did) => {
  if (did.startsWith(MULTIKEY)) return readPublic(did.slice(MULTIKEY.length));
  const bytes = did.length > LONGEST_NAME ? null : fromBase64url(did.slice(JWK.length));
  let jwk = null;
  try {
    jwk = bytes && readObject(bytes);
  } catch (refusal) {
    if (!(refusal instanceof CannotRead)) throw refusal;
  }
  if (!jwk) throw new BadKey(N_("This is not a key."));
  if ("use" in jwk && jwk.use !== "sig") throw new BadKey(N_("This key is not for signing."));
  return readJwk(jwk);
};

export const fragmentsOf = (did) => ["", did.startsWith(MULTIKEY) ? did.slice(MULTIKEY.length) : "0"];

// How an RSA key signs.
export const PKCS1 = "RSASSA-PKCS1-v1_5";
export const PSS = "RSA-PSS";

const holdsByBrowser = async (key, signature, message, padding) => {
  const [form, kind, way] =
    key.curve === RSA
      ? ["jwk", { name: padding, hash: "SHA-256" }, { name: padding, saltLength: 32 }]
      : key.curve === ED25519
        ? ["raw", { name: ED25519 }, { name: ED25519 }]
        : ["raw", { name: "ECDSA", namedCurve: key.curve }, { name: "ECDSA", hash: CURVES[key.curve].hash }];
  const taken = await crypto.subtle.importKey(form, key.jwk ?? key.bytes, kind, false, ["verify"]);
  return crypto.subtle.verify(way, taken, signature, message);
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

// How many bytes a signature of the key has.
const lengthOf = ({ curve, jwk }) => (curve === RSA ? fromBase64url(jwk.n).length : 2 * (CURVES[curve]?.half ?? 32));

// ``padding`` is how an RSA key signed: only a token says that.
export const holds = async (key, signature, message, { library = false, padding = null } = {}) => {
  if (signature.length !== lengthOf(key) || (key.curve === RSA) !== Boolean(padding)) return false;
  if (key.curve === ED25519 && (library || !(await browserKnowsEd25519()))) return holdsByLibrary(key, signature, message);
  try {
    return await holdsByBrowser(key, signature, message, padding);
  } catch (error) {
    // What is no key signs nothing. Whatever else goes wrong says nothing about the signature.
    if (error.name === "DataError") return false;
    throw error;
  }
};

export const SHA256 = "SHA-256";
export const digestOf = async (bytes, hash) => new Uint8Array(await crypto.subtle.digest(hash, bytes));
export const sha256 = (bytes) => digestOf(bytes, SHA256);
// How what is signed is hashed before, as the suites of a kind of key say.
export const hashFor = (key) => CURVES[key.curve]?.hash ?? SHA256;
export const utf8 = (text) => new TextEncoder().encode(text);
export const joined = (first, second) => {
  const found = new Uint8Array(first.length + second.length);
  found.set(first);
  found.set(second, first.length);
  return found;
};
