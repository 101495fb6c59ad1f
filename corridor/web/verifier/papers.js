// Is this paper genuine? By the signed words in its codes: docs/rules/compact-form.md. The same as compact/*.py.

import { decode, refused as notWritten, toSign } from "./cbor.js";
import { asShown, publishedKey, requireInUse } from "./did_documents.js";
import { isHalved } from "./json_reading.js";
import { ED25519, P256, holds } from "./keys.js";
import { CannotRead, ForeignProof, N_, ProofRefused, WrongShape } from "./refusals.js";
import { check, malformed, signatureRefused, verdictFrom, verdictOn } from "./verifying.js";

const VERSION = "P1";
const MOST_IN_ONE = 1_800;
const MOST_IN_A_PIECE = 900;
const MOST_PIECES = 16;
const MOST_CHARACTERS = 60_000;
const MOST_UNPACKED = 65_536;
const LATEST = 253_402_300_799;
const LATEST_DAY = 2_932_896;
const WIDEST_OFFSET = 14 * 3600;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*-/:";
const CURVES = { "-8": ED25519, "-7": P256 };
const KINDS = ["award", "statement", "unit", "module", "attendance", "teacher"];
const RECOGNITIONS = ["attendance", "institution", "national", "referenced", "bilateral"];
const ISSUER = 1, ENDS = 4, BEGINS = 5, SIGNED = 6, ID = 7, PAPER = -65537;
const ALWAYS = [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 14, 15, 16];
const SOMETIMES = [6, 13, 17, 18, 19, 20, 21];
const HOST = 6, LAST_DAY = 13, SPECIMEN = 17, SIGNATORIES = 18, BESIDE = 19, ATTENDED = 20, LANGUAGES = 21;
// In which a paper is written that does not say so: those that were signed before it was said.
const EARLIER_LANGUAGES = ["zh-Hans", "lo", "en"];
const MOST_LANGUAGES = 3;

const misread = () => new CannotRead(N_("The code was misread or is not complete. Scan it again, or open the address below it."));
const mixed = () => new CannotRead(N_("These codes are of more than one paper. Scan the codes of one paper only."));
const notOurs = () => new WrongShape(N_("It is signed, but not written as this alliance's papers are."));

const partOf = (text) => {
  const at = text.indexOf("#");
  return at < 0 ? text.trim() : text.trim().slice(text.trim().indexOf("#") + 1);
};

// A file or a text that is what the codes of a paper hold and nothing else, as a list; null otherwise.
export const asCodes = (raw) => {
  if (raw.length > MOST_CHARACTERS) return null;
  const words = (typeof raw === "string" ? raw : new TextDecoder().decode(raw)).split(/\s+/).filter(Boolean);
  const areCodes = words.length && words.every((word) => /^P[1-9][0-9]{0,3}\./.test(partOf(word)));
  return areCodes ? words : null;
};

const base41 = (text, most) => {
  if (text.length > 2 * most) throw misread();
  const found = [];
  for (let start = 0; start < text.length; start += 3) {
    const group = [...text.slice(start, start + 3)].map((letter) => ALPHABET.indexOf(letter));
    const number = group.reduceRight((sum, value) => sum * 41 + value, 0);
    const size = group.length - 1;
    if (group.includes(-1) || !size || number >= 256 ** size) throw misread();
    if (size === 2) found.push(number >> 8);
    found.push(number & 255);
  }
  if (!found.length || found.length > most) throw misread();
  return Uint8Array.from(found);
};

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

// Which of the codes of a paper are there, while others are still to be scanned: {number, count}; null where one code is all.
export const pieceOf = (code) => {
  const parts = partOf(code).split(".");
  return parts.length === 5 ? { number: Number(parts[1]), count: Number(parts[2]) } : null;
};

const readParts = (codes) => {
  const pieces = new Map();
  const whole = new Set();
  const papers = new Set();
  for (const code of codes) {
    const [version, ...rest] = partOf(code).split(".");
    if (version !== VERSION && /^P[1-9][0-9]{0,3}$/.test(version)) {
      throw new CannotRead(N_("This code is written for a newer reader. Open the address below it instead."));
    }
    if (version !== VERSION || ![1, 4].includes(rest.length)) throw misread();
    if (rest.length === 1) whole.add(hexOf(base41(rest[0], MOST_IN_ONE)));
    else {
      const [number, count, sum, data] = rest;
      const isPiece = [number, count].every((each) => /^[1-9][0-9]?$/.test(each)) && /^[0-9A-F]{8}$/.test(sum);
      if (!isPiece || Number(number) > Number(count) || Number(count) < 2 || Number(count) > MOST_PIECES) throw misread();
      const bytes = base41(data, MOST_IN_A_PIECE);
      if (pieces.has(Number(number)) && hexOf(pieces.get(Number(number))) !== hexOf(bytes)) throw mixed();
      pieces.set(Number(number), bytes);
      papers.add(`${count}.${sum}`);
    }
  }
  if (whole.size + papers.size > 1) throw mixed();
  if (whole.size) return Uint8Array.from([...whole][0].match(/../g), (pair) => parseInt(pair, 16));
  if (!papers.size) throw misread();
  const [count, sum] = [...papers][0].split(".");
  for (let number = 1; number <= Number(count); number += 1) {
    if (!pieces.has(number)) {
      throw new CannotRead(N_("Code %(number)s of %(count)s is missing. Scan the others too, in any order."), { number, count });
    }
  }
  const form = Uint8Array.from([...pieces].sort(([a], [b]) => a - b).flatMap(([, bytes]) => [...bytes]));
  if (hexOf(form.subarray(-4)).toUpperCase() !== sum) throw misread();
  return form;
};

const crc32 = (bytes) => {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ((sum ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
};

const unpacked = async (packed) => {
  const parts = [];
  let length = 0;
  try {
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      length += part.value.length;
      if (length > MOST_UNPACKED) {
        reader.cancel().catch(() => {});
        break;
      }
    }
  } catch {
    throw notWritten();
  }
  if (length > MOST_UNPACKED) throw notWritten();
  return new Uint8Array(await new Blob(parts).arrayBuffer());
};

const readMessage = async (form) => {
  const packed = form.subarray(0, -4);
  if (form.length <= 4 || crc32(packed) !== hexOf(form.subarray(-4))) throw misread();
  const parts = decode(await unpacked(packed));
  const isMessage = Array.isArray(parts) && parts.length === 4 && parts[1] instanceof Map && !parts[1].size;
  const [guarded, , payload, signature] = isMessage ? parts : [];
  if (![guarded, payload, signature].every((each) => each instanceof Uint8Array)) throw notWritten();
  const [header, claims] = [decode(guarded), decode(payload)];
  if (!(header instanceof Map) || header.size !== 2 || !(claims instanceof Map)) throw notWritten();
  const [algorithm, named] = [header.get(1), header.get(4)];
  if (!Number.isInteger(algorithm) || !(named instanceof Uint8Array) || signature.length !== 64) throw notWritten();
  let method;
  try {
    method = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(named);
  } catch {
    throw notWritten();
  }
  return { algorithm, method, claims, signed: toSign(guarded, payload), signature };
};

const isNumber = (value) => Number.isInteger(value) && value >= 0;
const number = (value, below = 2 ** 53) => {
  if (!isNumber(value) || value >= below) throw notOurs();
  return value;
};
const text = (value, least = 1) => {
  if (typeof value !== "string" || value.length < least || isHalved(value)) throw notOurs();
  return value;
};
const bytes = (value, size) => {
  if (!(value instanceof Uint8Array) || value.length !== size) throw notOurs();
  return value;
};
const texts = (value) => {
  if (!(value instanceof Map) || !value.size) throw notOurs();
  return Object.fromEntries([...value].map(([language, said]) => [text(language), text(said)]));
};
const list = (value, least = 0, most = 200) => {
  if (!Array.isArray(value) || value.length < least || value.length > most) throw notOurs();
  return value;
};
const row = (value, size) => list(value, size, size);
const day = (value) => new Date(number(value, LATEST_DAY + 1) * 86_400_000).toISOString().slice(0, 10);

// An instant in the zone of the site, as a credential writes it.
const stamp = (seconds, offset) => {
  const local = new Date((seconds + offset) * 1000).toISOString().slice(0, 19);
  const minutes = Math.abs(offset) / 60;
  const zone = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
  return `${local}${offset ? `${offset < 0 ? "-" : "+"}${zone}` : "Z"}`;
};

const readUnit = (value) => {
  const [code, hours, decided, titles] = row(value, 4);
  return { code: text(code), hours: number(hours), decidedOn: day(decided), titles: texts(titles) };
};
const readRecognition = (value) => {
  const [country, kind, level, authority, document] = row(value, 5);
  if ([...text(country)].length !== 2) throw notOurs();
  return {
    country, recognition: RECOGNITIONS[number(kind, RECOGNITIONS.length)], level: text(level, 0), authority: text(authority, 0),
    document: text(document, 0),
  };
};
const readSignatory = (value) => {
  const [name, office] = row(value, 2);
  return { name: text(name), office: texts(office) };
};

const readLanguages = (value) => {
  const found = list(value, 1, MOST_LANGUAGES).map((each) => text(each));
  if (new Set(found).size < found.length) throw notOurs();
  return found;
};

const readClaims = (claims) => {
  const shown = claims.get(PAPER);
  const required = [ISSUER, BEGINS, SIGNED, ID, PAPER];
  const isClaims = shown instanceof Map && required.every((key) => claims.has(key)) && [...claims.keys()].every((key) => [...required, ENDS].includes(key));
  const isPaper = isClaims && ALWAYS.every((key) => shown.has(key)) && [...shown.keys()].every((key) => [...ALWAYS, ...SOMETIMES].includes(key));
  if (!isPaper || claims.has(ENDS) !== shown.has(LAST_DAY)) throw notOurs();
  const begins = number(claims.get(BEGINS), LATEST + 1);
  const issuedOn = day(shown.get(12));
  const offset = shown.get(12) * 86_400 - begins;
  if (Math.abs(offset) > WIDEST_OFFSET || offset % 60) throw notOurs();
  const ends = claims.has(ENDS) ? number(claims.get(ENDS), LATEST + 1) : null;
  const [listAddress, listIndex] = row(shown.get(14), 2);
  if ((ends !== null && ends <= begins) || (shown.has(SPECIMEN) && shown.get(SPECIMEN) !== true)) throw notOurs();
  const id = hexOf(bytes(claims.get(ID), 16)).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  number(claims.get(SIGNED), LATEST + 1);
  return {
    id: `urn:uuid:${id}`,
    issuerDid: text(claims.get(ISSUER)),
    begins: stamp(begins, offset),
    ends: ends === null ? "" : stamp(ends - 1, offset),
    reference: text(shown.get(1)),
    kind: KINDS[number(shown.get(2), KINDS.length)],
    names: list(shown.get(3), 1, 8).map((each) => text(each)),
    title: texts(shown.get(4)),
    issuer: texts(shown.get(5)),
    host: shown.has(HOST) ? texts(shown.get(HOST)) : {},
    site: texts(shown.get(7)),
    siteReference: text(shown.get(8)),
    programmeReference: text(shown.get(9)),
    units: list(shown.get(10)).map(readUnit),
    recognised: list(shown.get(11)).map(readRecognition),
    issuedOn,
    lastDay: shown.has(LAST_DAY) ? day(shown.get(LAST_DAY)) : "",
    listAddress: text(listAddress),
    listIndex: number(listIndex),
    fingerprint: hexOf(bytes(shown.get(15), 32)).slice(0, 16),
    address: text(shown.get(16)),
    isSpecimen: shown.has(SPECIMEN),
    signatories: shown.has(SIGNATORIES) ? list(shown.get(SIGNATORIES), 1).map(readSignatory) : [],
    beside: shown.has(BESIDE) ? list(shown.get(BESIDE), 1).map(texts) : [],
    attended: shown.has(ATTENDED) ? number(shown.get(ATTENDED)) : null,
    languages: shown.has(LANGUAGES) ? readLanguages(shown.get(LANGUAGES)) : EARLIER_LANGUAGES,
  };
};

const inEnglish = (said) => said.en || Object.values(said)[0];

const saidOn = (paper, prefix) => ({
  id: paper.id,
  name: inEnglish(paper.title),
  kind: paper.kind,
  issuerDid: paper.issuerDid,
  issuerName: inEnglish(paper.issuer),
  learnerNames: paper.names,
  achievementId: "",
  description: "",
  recognition: "",
  units: paper.units.map((each) => ({ id: "", name: `${each.code} ${inEnglish(each.titles)}` })),
  site: `${prefix}/sites/${paper.siteReference}`,
  siteName: inEnglish(paper.site),
  siteNote: "",
  programme: `${prefix}/programmes/${paper.programmeReference}`,
  programmeName: paper.programmeReference,
  issuedOn: paper.issuedOn,
  validUntil: paper.ends,
  signers: [],
  measured: [],
  endorses: "",
  text: "",
});

const signatureOf = async (message, issuer, bundle) => {
  const places = { method: message.method.slice(0, 300), signer: asShown(issuer) };
  const document = issuer ? bundle.didDocument(issuer) : null;
  if (!document) return check("signature", "unknown", N_("The key of %(signer)s is not known here."), places);
  try {
    const [key, published] = publishedKey(document, issuer, message.method);
    const curve = CURVES[String(message.algorithm)];
    if (!curve) throw new ForeignProof(N_("The code is signed in a way that this reader does not know."));
    if (curve !== key.curve || !(await holds(key, message.signature, message.signed))) {
      throw new ProofRefused(N_("The signature does not belong to this content: something was changed after signing."));
    }
    const at = message.claims.get(SIGNED);
    if (!isNumber(at) || at > LATEST) throw new ProofRefused(N_("The proof does not say when it was made."));
    requireInUse(published, at * 1000);
  } catch (refusal) {
    return signatureRefused(refusal, places);
  }
  return check("signature", "pass", N_("Signed by %(signer)s, and unchanged since."), places);
};

const verifyMessage = async (message, bundle, at) => {
  const named = message.claims.get(ISSUER);
  const issuer = typeof named === "string" ? named : "";
  const signature = await signatureOf(message, issuer, bundle);
  let paper;
  try {
    paper = readClaims(message.claims);
  } catch (refusal) {
    if (!(refusal instanceof WrongShape)) throw refusal;
    const word = { fail: "tampered", unknown: "unknown_issuer" }[signature.result] ?? "malformed";
    return verdictFrom([signature, check("shape", "fail", refusal.reason, refusal.places)], signature.places.word ?? word);
  }
  const document = {
    issuer: paper.issuerDid,
    validFrom: paper.begins,
    ...(paper.ends ? { validUntil: paper.ends } : {}),
    credentialStatus: {
      type: "BitstringStatusListEntry", statusPurpose: "revocation", statusListIndex: String(paper.listIndex), statusListCredential: paper.listAddress,
    },
  };
  const shape = check("shape", "pass", N_("It is written as this alliance's papers are."));
  const found = { document, issuer, signatures: [signature], shape };
  const verdict = await verdictOn(found, () => saidOn(paper, bundle.prefixFor(issuer)), bundle, at);
  return { ...verdict, paper: verdict.said ? paper : null };
};

// The verdict about one paper by its codes. Never throws for anything in them.
export const verifyCodes = async (codes, bundle, at) => {
  try {
    return await verifyMessage(await readMessage(readParts(codes)), bundle, at);
  } catch (refusal) {
    if (!(refusal instanceof CannotRead)) throw refusal;
    return malformed(refusal);
  }
};
