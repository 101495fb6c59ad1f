// Data Integrity proofs: what is signed is the hash of the proof without its value, followed by that of the document without proofs. The hash is
// SHA-256, and for a key of P-384 SHA-384. The same as proofs/data_integrity.py.

import { canonicalJson } from "./canonical_json.js";
import { isObject } from "./json_reading.js";
import { ED25519, P256, P384, SHA256, digestOf, fromBase58, hashFor, holds, joined, utf8 } from "./keys.js";
import { BadKey, CannotRead, ForeignProof, N_, ProofRefused } from "./refusals.js";
import { sameJson } from "./shape.js";
import { spell } from "./statements.js";

const MAX_PROOFS = 16;
const RDFC = "rdfc";
const JCS = "jcs";
const SUITES = {
  "eddsa-rdfc-2022": { form: RDFC, curves: [ED25519] },
  "eddsa-jcs-2022": { form: JCS, curves: [ED25519] },
  "ecdsa-rdfc-2019": { form: RDFC, curves: [P256, P384] },
  "ecdsa-jcs-2019": { form: JCS, curves: [P256, P384] },
};
const suiteNamed = (name) => (typeof name === "string" && Object.hasOwn(SUITES, name) ? SUITES[name] : null);

export const isOfRdfc = (proof) => suiteNamed(proof.cryptosuite)?.form === RDFC;

export const withoutProof = (document) => {
  const { proof: _proofs, ...rest } = document;
  return rest;
};

export const suiteOf = (proof) => {
  const suite = proof.type === "DataIntegrityProof" ? suiteNamed(proof.cryptosuite) : null;
  if (!suite) {
    const named = proof.type === "DataIntegrityProof" ? proof.cryptosuite : proof.type;
    throw new ForeignProof(N_("This reader does not know proofs of the kind “%(kind)s”."), { kind: String(named ?? "None").slice(0, 60) });
  }
  if (proof.proofPurpose !== "assertionMethod") throw new ProofRefused(N_("The proof was made for another purpose than to state something."));
  return suite;
};

export const proofsOf = (document) => {
  const found = document.proof === undefined ? [] : document.proof;
  const proofs = Array.isArray(found) ? found : [found];
  if (proofs.length > MAX_PROOFS) throw new CannotRead(N_("The document carries more than %(most)s proofs."), { most: MAX_PROOFS });
  if (!proofs.every(isObject)) throw new CannotRead(N_("A proof is not an object."));
  return proofs;
};

const previousProofs = (document, proof) => {
  const named = proof.previousProof === undefined ? [] : proof.previousProof;
  const names = Array.isArray(named) ? named : [named];
  const byName = new Map(proofsOf(document).filter((each) => typeof each.id === "string").map((each) => [each.id, each]));
  if (names.length > byName.size || names.some((name) => typeof name !== "string" || !byName.has(name))) {
    throw new ProofRefused(N_("The proof stands on another one that is not there."));
  }
  return names.map((name) => byName.get(name));
};

export const hashOf = async (document, form = RDFC, hash = SHA256) =>
  digestOf(utf8(form === JCS ? canonicalJson(document) : (await spell(document, hash)).text), hash);

// Returns when the proof holds for the document and the key. ``digest`` is SHA-256 of the document without its proofs, where it is known.
export const checkProof = async (document, proof, key, { digest = null, ...options } = {}) => {
  const suite = suiteOf(proof);
  if ("@context" in proof && (suite.form === RDFC || !("@context" in document) || !sameJson(proof["@context"], document["@context"]))) {
    throw new CannotRead(N_("The proof brings a vocabulary of its own."));
  }
  const earlier = previousProofs(document, proof);
  const unsecured = withoutProof(document);
  const secured = earlier.length ? { ...unsecured, proof: earlier } : unsecured;
  const hash = hashFor(key);
  const hashed = earlier.length || !digest || hash !== SHA256 ? await hashOf(secured, suite.form, hash) : digest;
  const { proofValue: value, ...said } = proof;
  const configuration = suite.form === JCS ? said : { "@context": document["@context"] ?? null, ...said };
  const signed = joined(await hashOf(configuration, suite.form, hash), hashed);
  if (typeof value !== "string" || !value.startsWith("z")) throw new ProofRefused(N_("The proof has no signature that can be read."));
  if (!suite.curves.includes(key.curve)) throw new ProofRefused(N_("The key is of another kind than the proof says."));
  let signature = new Uint8Array();
  try {
    signature = fromBase58(value.slice(1));
  } catch (refusal) {
    if (!(refusal instanceof BadKey)) throw refusal;
  }
  if (!(await holds(key, signature, signed, options))) {
    throw new ProofRefused(N_("The signature does not belong to this content: something was changed after signing."));
  }
};
