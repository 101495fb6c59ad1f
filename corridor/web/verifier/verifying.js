// Is this credential genuine? Named checks and one word, and never an exception, whatever is handed in. The same as proofs/verifying.py.

import { checkProof, isOfRdfc, proofsOf, suiteOf, withoutProof } from "./data_integrity.js";
import { asShown, publishedKey, requireInUse } from "./did_documents.js";
import { dayAsWritten, readInstant } from "./instants.js";
import { isObject, readObject } from "./json_reading.js";
import { isKey, keyIn, sha256, utf8 } from "./keys.js";
import { BadKey, CannotRead, ForeignProof, N_, ProofRefused, WrongShape } from "./refusals.js";
import { readEndorsement, readSaid } from "./said.js";
import { checkShape } from "./shape.js";
import { datesCheck, scopeCheck, statusCheck } from "./standing.js";
import { notKept, spell } from "./statements.js";

export const NAMES = ["signature", "issuer", "scope", "dates", "status", "shape"];
const LATER = N_("Not looked at, because nothing the document says can be relied on.");
const KEPT_BACK = N_("For which site and programme it was issued, its holder does not show.");
const OWN_WORD = N_("An endorsement is its issuer's own word. Nobody needs to be entitled to give one.");
const MAX_PROOFS = 16;
const FITS = N_("It is written as this alliance's credentials are.");
const SORTING = N_("Characters in it are sorted in two ways.");

export const check = (name, result, reason, places = {}) => ({ name, result, reason, places });

export const verdictFrom = (checks, word, said = null, replacedBy = "") => {
  const missing = NAMES.filter((name) => !checks.some((each) => each.name === name));
  const all = [...checks, ...missing.map((name) => check(name, "not_looked_at", LATER))];
  return { word, checks: all.sort((a, b) => NAMES.indexOf(a.name) - NAMES.indexOf(b.name)), said, replacedBy };
};

export const malformed = (refusal) => verdictFrom([check("shape", "fail", refusal.reason, refusal.places)], "malformed");

const isEndorsement = (document) => [document.type].flat().includes("EndorsementCredential");

// The DIDs of those who, by the document itself, sign beside its issuer. For documents of any shape.
const namedSigners = (document) => {
  const rows = Array.isArray(document.evidence) ? document.evidence.filter(isObject) : [];
  return rows.filter((each) => each.genre === "signer").map((each) => String(each.id)).slice(0, MAX_PROOFS);
};

// One failed check for each named signer of whom there is no signature: a proof was taken out, or never made.
export const missingSigners = (document, found) => {
  const methods = found.map((each) => String(each.places.method ?? ""));
  const missing = namedSigners(document).filter((did) => !methods.some((method) => method.startsWith(`${did}#`)));
  const reason = N_("%(signer)s is named among those who sign, and has not signed.");
  return missing.map((did) => check("signature", "fail", reason, { signer: asShown(did), word: "tampered" }));
};

const isCredential = (document) => [document.type].flat().includes("VerifiableCredential");

export const shapeCheck = (document, kind) => {
  try {
    checkShape(document, kind);
  } catch (refusal) {
    if (!(refusal instanceof WrongShape)) throw refusal;
    return check("shape", "fail", refusal.reason, refusal.places);
  }
  return check("shape", "pass", FITS);
};

export const issuerOf = (document) => {
  const found = isObject(document.issuer) ? document.issuer.id : document.issuer;
  return typeof found === "string" ? found : "";
};

const issuerCheck = (document, issuer, bundle) => {
  const day = dayAsWritten(document.validFrom);
  if (!issuer || !day) return check("issuer", "fail", N_("The document does not say who issued it, or on which day."));
  const found = bundle.registration(issuer, day);
  if (!found) {
    const reason = N_("%(issuer)s is in no register known here. That alone does not make it a forgery.");
    return check("issuer", "unknown", reason, { issuer: asShown(issuer), day });
  }
  const places = { issuer: found.name, day, register: found.register, as_of: found.asOf };
  if (!found.inForce) return check("issuer", "fail", N_("%(issuer)s was not in the register on %(day)s."), places);
  return check("issuer", "pass", N_("%(issuer)s stood in %(register)s on %(day)s; the register is of %(as_of)s."), places);
};

const publicKey = (signer, method, proof, bundle) => {
  if (typeof method !== "string") throw new ProofRefused(N_("The proof does not name its key."));
  if (isKey(signer)) {
    try {
      return [keyIn(signer), {}];
    } catch (refusal) {
      if (!(refusal instanceof BadKey)) throw refusal;
      return [null, {}];
    }
  }
  const document = bundle.didDocument(signer);
  if (!document) return [null, {}];
  if (readInstant(proof.created) === null) throw new ProofRefused(N_("The proof does not say when it was made."));
  return publishedKey(document, signer, method);
};

// A refusal as the check of a signature; what is no refusal is thrown on.
export const signatureRefused = (refusal, places) => {
  if (refusal instanceof ForeignProof) return check("signature", "unknown", refusal.reason, refusal.places);
  if (!(refusal instanceof ProofRefused)) throw refusal;
  return check("signature", "fail", refusal.reason, { ...places, ...refusal.places, word: refusal.word });
};

const signatureOf = async (document, proof, digest, bundle, options) => {
  const method = proof.verificationMethod;
  const signer = typeof method === "string" ? method.split("#", 1)[0] : "";
  const places = { method: String(method).slice(0, 300), signer: asShown(signer) };
  try {
    suiteOf(proof);
    const [key, published] = publicKey(signer, method, proof, bundle);
    if (!key) return check("signature", "unknown", N_("The key of %(signer)s is not known here."), places);
    await checkProof(document, proof, key, { digest: isOfRdfc(proof) ? digest : null, ...options });
    // Only of a signature that holds is it said that its key had ended: anything else is a forgery.
    const created = readInstant(proof.created);
    if (created !== null) requireInUse(published, created);
  } catch (refusal) {
    return signatureRefused(refusal, places);
  }
  return check("signature", "pass", N_("Signed by %(signer)s, and unchanged since."), places);
};

const DISPUTED = {
  pass: N_("Signed by %(signer)s, and unchanged since. Other software may read it otherwise: %(why)s"),
  fail: N_("The signature does not fit. Other software may read it otherwise: %(why)s"),
};
const named = (signature) =>
  signature.result in DISPUTED ? { ...signature, reason: DISPUTED[signature.result], places: { ...signature.places, dispute: "sorting", why: SORTING } } : signature;

const signaturesOf = async (document, issuer, bundle, options) => {
  try {
    const proofs = proofsOf(document);
    if (!proofs.length) return [check("signature", "fail", N_("It is not signed."))];
    const isRead = proofs.some(isOfRdfc);
    const address = isRead && notKept(document);
    if (address) return [check("signature", "unknown", N_("The vocabulary %(address)s is not one that is kept here."), { address: address.slice(0, 200) })];
    const spelled = isRead ? await spell(withoutProof(document)) : null;
    const digest = spelled && (await sha256(utf8(spelled.text)));
    const found = [];
    for (const proof of proofs) {
      const signature = await signatureOf(document, proof, digest, bundle, options);
      found.push(spelled?.isSortedOtherwise ? named(signature) : signature);
    }
    const isOwn = found.some((each) => String(each.places.method ?? "").startsWith(`${issuer}#`));
    if (issuer && !isOwn && found.every((each) => each.result === "pass")) {
      const isKnown = isKey(issuer) || bundle.didDocument(issuer) !== null;
      if (isKnown) found.push(check("signature", "fail", N_("None of the signatures is the issuer's own.")));
      else found.unshift(check("signature", "unknown", N_("It is not known here whether this is a key of %(issuer)s."), { issuer: asShown(issuer) }));
    }
    return [...found, ...missingSigners(document, found)];
  } catch (refusal) {
    if (!(refusal instanceof CannotRead)) throw refusal;
    return [check("signature", "not_looked_at", refusal.reason, refusal.places)];
  }
};

// What failed signatures amount to: one that does not fit outweighs one whose key had ended.
const wordOf = (signatures) => {
  const words = signatures.filter((each) => each.result === "fail").map((each) => each.places.word ?? "tampered");
  return ["tampered", "key_compromised", "key_ended"].find((word) => words.includes(word));
};

// One for the issuer, and one for each member that signs beside it.
const scopesOf = (said, isWhole, bundle) => {
  if (said.endorses) return [check("scope", "not_looked_at", OWN_WORD)];
  if (!isWhole) return [check("scope", "unknown", KEPT_BACK)];
  const others = said.signers.map(({ did, name }) => ({ ...said, issuerDid: did, issuerName: name }));
  return [said, ...others].map((each) => scopeCheck(each, bundle));
};

// The verdict on what was found of a document, in whatever form it was signed; ``said`` is asked only when signature and shape hold.
export const verdictOn = async ({ document, issuer, signatures, shape, isSigned = true, isWhole = true }, said, bundle, at) => {
  const others = shape.result === "pass" ? namedSigners(document) : [];
  const registered = [issuer, ...others].map((each) => issuerCheck(document, each, bundle));
  const checks = [...signatures, ...registered, shape];
  const results = signatures.map((each) => each.result);
  if (results.includes("fail")) return verdictFrom(checks, isSigned ? wordOf(signatures) : "malformed");
  if (results.includes("not_looked_at")) return verdictFrom(checks, "malformed");
  if (registered.some((each) => each.result !== "pass")) return verdictFrom(checks, "unknown_issuer");
  if (shape.result !== "pass") return verdictFrom(checks, "malformed");
  if (results.some((each) => each !== "pass")) return verdictFrom(checks, "unknown_issuer");
  const told = said();
  const scopes = scopesOf(told, isWhole, bundle);
  const dates = datesCheck(document, at);
  const { status, word, replacedBy } = await statusCheck(document, told.issuerDid, bundle, at);
  const forced = word ?? (scopes.some((each) => each.result === "fail") ? "out_of_scope" : null) ?? (dates.result === "fail" ? "expired" : null);
  return verdictFrom([...checks, ...scopes, dates, status], forced ?? "valid", told, replacedBy);
};

// The verdict about one credential, as text or bytes, at one instant (milliseconds). Never throws for anything in ``raw``.
export const verifyDocument = async (raw, bundle, at, options = {}) => {
  let document;
  try {
    document = readObject(raw);
    if (!isCredential(document)) throw new CannotRead(N_("This is not a credential."));
  } catch (refusal) {
    if (!(refusal instanceof CannotRead)) throw refusal;
    return malformed(refusal);
  }
  const shape = shapeCheck(document, isEndorsement(document) ? "endorsement" : "credential");
  const issuer = issuerOf(document);
  const signatures = await signaturesOf(document, issuer, bundle, options);
  const { proof } = document;
  const isSigned = Array.isArray(proof) ? proof.length > 0 : isObject(proof) ? Object.keys(proof).length > 0 : Boolean(proof);
  return verdictOn({ document, issuer, signatures, shape, isSigned }, () => (isEndorsement(document) ? readEndorsement : readSaid)(document), bundle, at);
};
