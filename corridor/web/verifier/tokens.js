// Signed tokens: a credential as VC-JWT, and as SD-JWT VC of which a holder shows some parts. The same as jwt/*.py.

import { MAX_CHARACTERS, asCose, isCose, readCose } from "./cose.js";
import { asShown, requireInUse } from "./did_documents.js";
import { dayAsWritten, readInstant } from "./instants.js";
import { isObject, readObject } from "./json_reading.js";
import { base64url, fromBase64url, readJwk, utf8 } from "./keys.js";
import { BadKey, CannotRead, ForeignProof, N_, ProofRefused, WrongShape } from "./refusals.js";
import { readSaid } from "./said.js";
import { isSignedBy, methodOf, signerOf } from "./signers.js";
import { areTextsByLanguage, sameJson } from "./shape.js";
import { check, issuerOf, malformed, missingSigners, shapeCheck, signatureRefused, verdictFrom, verdictOn } from "./verifying.js";

const TOKEN = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*(~[A-Za-z0-9_.~-]*)?$/;
const LATEST = 253_402_300_799;
const DATES = ["validFrom", "expires", "revoked"];
const REGISTERED = ["iss", "jti", "nbf", "sub", "exp", "iat"];
const HASHES = { "sha-256": "SHA-256", "sha-384": "SHA-384", "sha-512": "SHA-512" };
const RESERVED = ["_sd", "...", "_sd_alg"];
const [MOST, DEEPEST] = [500, 20];
const NOT_WRITTEN = N_("The token is not written as this alliance's credentials are.");
const HIDDEN_OTHERWISE = N_("The token hides its parts in a way that this reader does not know.");
const SHOWN_TWICE = N_("A part of the token is shown twice.");
const STRAY = N_("A part is shown that does not belong to the token.");

// A file or a pasted text that is a compact token, or the binary form of one, and nothing else, broken into lines or not; null otherwise.
export const asToken = (raw) => {
  if (raw.length > MAX_CHARACTERS) return null;
  const binary = asCose(raw);
  if (binary) return binary;
  const text = (typeof raw === "string" ? raw : new TextDecoder().decode(raw)).replace(/[ \t\r\n]+/g, "");
  return text.startsWith("ey") && TOKEN.test(text) ? text : null;
};

const readToken = (compact) => {
  const parts = compact.split(".");
  const [header, claims, signature] = parts.map(fromBase64url);
  if (parts.length !== 3 || !header || !claims || !signature) throw new CannotRead(N_("This is not a signed token."));
  return { header: readObject(header), claims: readObject(claims), signed: utf8(`${parts[0]}.${parts[1]}`), signature };
};

const textOf = (said, name) => (typeof said[name] === "string" ? said[name] : "");

const signatureOf = async (token, issuer, bundle) => {
  const method = methodOf(token.header, issuer);
  const places = { method: method.slice(0, 300), signer: asShown(issuer) };
  if (!issuer) return check("signature", "unknown", N_("The document does not say who issued it, or on which day."), places);
  let signer;
  try {
    signer = signerOf(token.header, issuer, bundle);
    if (!signer) return check("signature", "unknown", N_("The key of %(signer)s is not known here."), places);
    if (!(await isSignedBy(token, signer.key))) {
      throw new ProofRefused(N_("The signature does not belong to this content: something was changed after signing."));
    }
    if (DATES.some((name) => name in signer.published)) {
      const { iat } = token.claims;
      if (!Number.isInteger(iat) || iat <= 0 || iat > LATEST) throw new ProofRefused(N_("The proof does not say when it was made."));
      requireInUse(signer.published, iat * 1000);
    }
  } catch (refusal) {
    if (refusal instanceof BadKey) return check("signature", "unknown", refusal.reason, refusal.places);
    return signatureRefused(refusal, places);
  }
  if (!signer.isIssuers) {
    const reason = N_("The signature fits the key that came with the token. It is not known here whether this is a key of %(signer)s.");
    return check("signature", "unknown", reason, places);
  }
  return check("signature", "pass", N_("Signed by %(signer)s, and unchanged since."), places);
};

const seconds = (text) => {
  const instant = readInstant(text);
  return instant === null ? null : Math.floor(instant / 1000);
};

const repeated = (said) => {
  const ends = seconds(said.validUntil);
  return {
    iss: isObject(said.issuer) ? said.issuer.id : said.issuer,
    jti: said.id,
    sub: isObject(said.credentialSubject) ? said.credentialSubject.id : undefined,
    nbf: seconds(said.validFrom),
    ...(ends === null ? {} : { exp: ends }),
  };
};

const readCredential = (token) => {
  const said = Object.fromEntries(Object.entries(token.claims).filter(([name]) => !REGISTERED.includes(name)));
  const types = [said.type].flat();
  if (!types.includes("VerifiableCredential")) throw new CannotRead(N_("This is not a credential."));
  if (types.includes("ClrCredential")) {
    throw new CannotRead(N_("This is a transcript of several certificates. Each of them is verified by itself."));
  }
  for (const [name, value] of Object.entries(repeated(said))) {
    if (!sameJson(token.claims[name] ?? null, value ?? null)) {
      throw new WrongShape(N_("The token and the credential in it do not say the same: %(claim)s."), { claim: name });
    }
  }
  if ("exp" in token.claims && !("validUntil" in said)) {
    throw new WrongShape(N_("The token and the credential in it do not say the same: %(claim)s."), { claim: "exp" });
  }
  return said;
};

const whole = async (token, bundle, at) => {
  let document = token.claims;
  let shape;
  try {
    const read = readCredential(token);
    shape = shapeCheck(read, "token");
    if (shape.result === "pass") document = read;
  } catch (refusal) {
    if (!(refusal instanceof WrongShape)) throw refusal;
    shape = check("shape", "fail", refusal.reason, refusal.places);
  }
  const issuer = textOf(token.claims, "iss") || issuerOf(token.claims);
  const own = await signatureOf(token, issuer, bundle);
  // A token has one signature: of several who are named, the others have not signed it.
  const signatures = [own, ...missingSigners(document, [own])];
  return verdictOn({ document, issuer, signatures, shape }, () => readSaid(document), bundle, at);
};

const digestOf = async (text, algorithm) => base64url(new Uint8Array(await crypto.subtle.digest(HASHES[algorithm], utf8(text))));

const disclosed = (disclosure) => {
  const bytes = fromBase64url(disclosure);
  let said;
  try {
    said = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    said = null;
  }
  if (!bytes || !Array.isArray(said) || ![2, 3].includes(said.length) || typeof said[0] !== "string") {
    throw new CannotRead(N_("A part that is shown cannot be read."));
  }
  return said;
};

// Puts disclosures in their places, each once.
const putBack = (claims, said) => {
  const left = new Map(said);
  const seen = new Set();
  const taken = (digest) => {
    if (typeof digest !== "string" || seen.has(digest)) throw new CannotRead(SHOWN_TWICE);
    seen.add(digest);
    const found = left.get(digest);
    left.delete(digest);
    return found;
  };
  const opened = (node, depth = 0) => {
    if (depth > DEEPEST) throw new CannotRead(N_("This is nested more than %(most)s levels deep."), { most: DEEPEST });
    if (Array.isArray(node)) {
      const found = [];
      for (const each of node) {
        const isHidden = isObject(each) && Object.keys(each).length === 1 && "..." in each;
        const shown = isHidden ? taken(each["..."]) : null;
        if (isHidden && shown && shown.length !== 2) throw new CannotRead(STRAY);
        if (!isHidden || shown) found.push(opened(isHidden ? shown[1] : each, depth + 1));
      }
      return found;
    }
    if (!isObject(node)) return node;
    if ("..." in node) throw new CannotRead(HIDDEN_OTHERWISE);
    const entries = Object.entries(node).filter(([name]) => name !== "_sd");
    const found = Object.fromEntries(entries.map(([name, value]) => [name, opened(value, depth + 1)]));
    const { _sd: digests = [] } = node;
    if (!Array.isArray(digests)) throw new CannotRead(HIDDEN_OTHERWISE);
    for (const digest of digests) {
      const shown = taken(digest);
      if (!shown) continue;
      if (shown.length !== 3 || typeof shown[1] !== "string") throw new CannotRead(STRAY);
      if (RESERVED.includes(shown[1]) || Object.hasOwn(found, shown[1])) throw new CannotRead(SHOWN_TWICE);
      found[shown[1]] = opened(shown[2], depth + 1);
    }
    return found;
  };
  const found = opened(claims);
  if (left.size) throw new CannotRead(STRAY);
  return found;
};

const openSelective = async (text) => {
  const [compact, ...rest] = text.split("~");
  const bound = rest.pop();
  if (rest.length + 1 > MOST) throw new CannotRead(N_("This is not a token of which parts can be shown."));
  const token = readToken(compact);
  const { _sd_alg: algorithm = "sha-256", ...claims } = token.claims;
  if (typeof algorithm !== "string" || !Object.hasOwn(HASHES, algorithm)) throw new CannotRead(HIDDEN_OTHERWISE);
  const said = new Map();
  for (const each of rest) said.set(await digestOf(each, algorithm), disclosed(each));
  if (said.size !== rest.length) throw new CannotRead(SHOWN_TWICE);
  const opened = { token, claims: putBack(claims, said), binding: null };
  if (!bound) return opened;
  const binding = readToken(bound);
  const presented = text.slice(0, text.length - bound.length);
  if (binding.header.typ !== "kb+jwt" || binding.claims.sd_hash !== (await digestOf(presented, algorithm))) {
    throw new CannotRead(N_("The holder’s own signature is for something else than what is shown."));
  }
  return { ...opened, binding };
};

// Those tables of texts by language that there are.
const told = (tables) => Object.fromEntries(Object.entries(tables).filter(([, texts]) => texts));
const areTexts = (value) => Array.isArray(value) && value.every((each) => typeof each === "string");

// What is no plain text in a result, and the parts of what something of ours answers to elsewhere.
const TABLES = ["names", "alignments"];
const OF_ALIGNMENT = ["name", "code", "url", "framework", "type", "names"];

const areAlignments = (values) =>
  Array.isArray(values) &&
  values.every(
    (each) =>
      isObject(each) &&
      "name" in each &&
      "url" in each &&
      Object.keys(each).every((name) => OF_ALIGNMENT.includes(name)) &&
      areTexts(Object.entries(each).flatMap(([name, text]) => (name === "names" ? [] : [text]))) &&
      (each.names === undefined || areTextsByLanguage(each.names)),
  );

const readSelective = ({ token, claims }) => {
  const { achievement, results = [], evidence = [], status } = claims;
  const nodes = Array.isArray(results) && Array.isArray(evidence) ? [...results, ...evidence] : [null];
  const isWhole =
    ["iss", "jti", "issuer_name", "valid_from", "vct"].every((name) => typeof claims[name] === "string") &&
    ["name", "recognition", "birthdate"].every((name) => claims[name] === undefined || typeof claims[name] === "string") &&
    isObject(achievement) &&
    ["id", "name", "type", "description", "criteria"].every((name) => typeof achievement[name] === "string") &&
    nodes.every((each) => isObject(each) && areTexts(Object.entries(each).flatMap(([name, text]) => (TABLES.includes(name) ? [] : [text]))) && "id" in each && "name" in each) &&
    [achievement, ...nodes].every((each) => each.names === undefined || areTextsByLanguage(each.names)) &&
    [claims.issuer_names, claims.recognition_texts, achievement.descriptions, achievement.criteria_texts].every(
      (each) => each === undefined || areTextsByLanguage(each),
    ) &&
    [claims.levels, ...nodes.map((each) => each.alignments)].every((each) => each === undefined || areAlignments(each)) &&
    isObject(status) &&
    isObject(status.bitstring_status_list) &&
    (claims.other_names === undefined || areTexts(claims.other_names));
  const agree = [["valid_from", "nbf"], ["valid_until", "exp"]].every(
    ([name, instant]) => (claims[instant] ?? null) === seconds(claims[name]) && (!(name in claims) || seconds(claims[name]) !== null),
  );
  if (token.header.typ !== "dc+sd-jwt" || !isWhole || !agree) throw new WrongShape(NOT_WRITTEN);
  const places = Object.fromEntries(evidence.map((each) => [each.genre, each]));
  const ends = "valid_until" in claims ? { validUntil: claims.valid_until } : {};
  return {
    said: {
      id: claims.jti,
      name: achievement.name,
      kind: achievement.type,
      issuerDid: claims.iss,
      issuerName: claims.issuer_name,
      learnerNames: [...(claims.name ? [claims.name] : []), ...(claims.other_names ?? [])],
      achievementId: achievement.id,
      description: achievement.description,
      recognition: claims.recognition ?? "",
      units: results.map((each) => ({
        id: each.id,
        name: each.name,
        alignments: (each.alignments ?? []).map((one) => `${one.code ?? ""} ${one.name}`.trim()),
        hours: each.hours ?? "",
      })),
      site: places.site?.id ?? "",
      siteName: places.site?.name ?? "",
      siteNote: "",
      programme: places.programme?.id ?? "",
      programmeName: places.programme?.name ?? "",
      issuedOn: dayAsWritten(claims.valid_from),
      validUntil: claims.valid_until ?? "",
      signers: [],
      measured: [],
      levels: (claims.levels ?? []).map((each) => ({ id: each.url, name: each.name })),
      criteria: achievement.criteria,
      texts: {
        ...Object.fromEntries([achievement, ...nodes].filter((each) => each.names).map((each) => [each.id, each.names])),
        ...Object.fromEntries((claims.levels ?? []).filter((each) => each.names).map((each) => [each.url, each.names])),
        ...told({ description: achievement.descriptions, criteria: achievement.criteria_texts, recognition: claims.recognition_texts, [claims.iss]: claims.issuer_names }),
      },
      endorses: "",
      text: "",
    },
    document: { issuer: claims.iss, validFrom: claims.valid_from, ...ends, credentialStatus: status.bitstring_status_list },
  };
};

const holdersOwn = async ({ claims, binding }) => {
  try {
    const key = readJwk(isObject(claims.cnf) ? claims.cnf.jwk : null);
    if (!(await isSignedBy(binding, key))) throw new ProofRefused(N_("It is shown by somebody else than the wallet to which it was given."));
  } catch (refusal) {
    if (!(refusal instanceof BadKey || refusal instanceof ForeignProof || refusal instanceof ProofRefused)) throw refusal;
    return check("signature", "fail", refusal.reason, refusal.places);
  }
  return check("signature", "pass", N_("Shown by the wallet to which it was given."));
};

const selective = async (opened, bundle, at) => {
  const issuer = textOf(opened.token.claims, "iss");
  const signatures = [await signatureOf(opened.token, issuer, bundle)];
  if (opened.binding) signatures.push(await holdersOwn(opened));
  let read;
  try {
    read = readSelective(opened);
  } catch (refusal) {
    if (!(refusal instanceof WrongShape)) throw refusal;
    const shape = check("shape", "fail", refusal.reason, refusal.places);
    const word = signatures.some((each) => each.result === "fail") ? "tampered" : "unknown_issuer";
    return verdictFrom([...signatures, shape], signatures.every((each) => each.result === "pass") ? "malformed" : word);
  }
  const shape = check("shape", "pass", N_("It is written as this alliance's credentials are."));
  const isWhole = Boolean(read.said.site && read.said.programme);
  return verdictOn({ document: read.document, issuer, signatures, shape, isWhole }, () => read.said, bundle, at);
};

export const verifyToken = async (text, bundle, at) => {
  try {
    if (text.includes("~")) return await selective(await openSelective(text), bundle, at);
    return await whole(isCose(text) ? readCose(text) : readToken(text), bundle, at);
  } catch (refusal) {
    if (!(refusal instanceof CannotRead)) throw refusal;
    return malformed(refusal);
  }
};
