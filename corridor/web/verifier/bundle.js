// What the alliance published, in one signed file: who might issue what, keys, status lists and their reasons. The same answers as
// proofs/resolving.py and registers.py give.

import known from "corridor-contexts";
import { checkProof, proofsOf } from "./data_integrity.js";
import { keyOf } from "./did_documents.js";
import { isDay, readInstant } from "./instants.js";
import { isObject } from "./json_reading.js";
import { N_, ProofRefused } from "./refusals.js";

const KIND = "VerifierBundle";
const REGISTER = "RegisterOfIssuers";

const checkSigned = async (document, alliance) => {
  const proofs = proofsOf(document);
  if (!proofs.length) throw new ProofRefused(N_("It is not signed by the alliance."));
  for (const proof of proofs) {
    const created = readInstant(proof.created);
    if (typeof proof.verificationMethod !== "string" || created === null) throw new ProofRefused(N_("It is not signed by the alliance."));
    await checkProof(document, proof, keyOf(alliance, String(document.issuer), proof.verificationMethod, created));
  }
};

const covers = (days, on) => days.from <= on && (!("before" in days) || on < days.before);
const areDays = (days) => isObject(days) && isDay(days.from) && (!("before" in days) || isDay(days.before));

const readRegister = (document) => {
  const isRegister =
    document?.type === REGISTER && isDay(document.day) && Array.isArray(document.issuers) &&
    document.issuers.every((each) => each.memberships.every(areDays) && each.scopes.every(areDays));
  return isRegister ? { day: document.day, issuers: new Map(document.issuers.map((each) => [each.id, each])) } : null;
};

const byId = (documents) => new Map((documents ?? []).map((each) => [each.id, each]));

// What a verifier asks of the world, answered from one bundle; nothing is fetched.
class Bundle {
  constructor(document, register) {
    this.document = document;
    this.prefix = document.alliance;
    this.register = register;
    this.dids = byId(document.dids);
    this.lists = byId(document.statusLists);
    this.companions = byId(document.companions);
    this.at = readInstant(document.created);
    this.checked = new WeakMap();
  }

  didDocument(did) {
    return this.dids.get(did) ?? null;
  }

  registration(did, on) {
    const listed = this.register.issuers.get(did);
    if (!listed) return null;
    return { name: listed.name, inForce: listed.memberships.some((days) => covers(days, on)), asOf: this.register.day };
  }

  isEntitled(issuer, site, programme, on) {
    const listed = this.register.issuers.get(issuer);
    const [where, what] = [`${this.prefix}/sites/${site}`, `${this.prefix}/programmes/${programme}`];
    return Boolean(listed?.scopes.some((scope) => scope.site === where && scope.programme === what && covers(scope, on)));
  }

  // What the certificates of a programme count as, country by country, on a day.
  recognitions(programme, kind, on) {
    const all = this.document.recognitions ?? [];
    return all.filter((each) => each.programme === programme && each.kind === kind && covers(each, on));
  }

  sequenceSeen(list) {
    return this.document.sequences?.[list] ?? 0;
  }
}

// The bundle, once it is known to be the alliance's own: signed with a key of ``alliance``, the DID document that this page has from the house
// itself. Throws ProofRefused or CannotRead.
export const openBundle = async (document, alliance) => {
  if (!isObject(document) || document.type !== KIND || document.issuer !== alliance.id || readInstant(document.created) === null) {
    throw new ProofRefused(N_("It is not signed by the alliance."));
  }
  await checkSigned(document, alliance);
  await checkSigned(document.register, alliance);
  const register = readRegister(document.register);
  if (!register) throw new ProofRefused(N_("It is not signed by the alliance."));
  return new Bundle(document, register);
};

// Whether this page reads every vocabulary as the house does.
export const readsAlike = (bundle) =>
  Object.entries(bundle.document.contexts ?? {}).every(([address, sha256]) => known[address]?.sha256 === sha256);
