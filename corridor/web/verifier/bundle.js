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

const OURS = N_("the alliance's register");
const THEIRS = N_("the register of the house that it left");

const byId = (...all) => new Map(all.flatMap((documents) => (documents ?? []).map((each) => [each.id, each])));

// What a verifier asks of the world, answered from one bundle; nothing is fetched. Of an issuer that came from another house its kit answers; nothing
// of it stands in the place of what is the house's own.
class Bundle {
  constructor(document, register) {
    this.document = document;
    this.prefix = document.alliance;
    this.register = register;
    const houses = document.elsewhere ?? [];
    this.elsewhere = new Map(houses.map((each) => [each.issuer, { prefix: each.alliance, register: readRegister(each.register) }]));
    this.dids = byId(...houses.map((each) => each.dids), document.dids);
    this.lists = byId(...houses.map((each) => each.statusLists), document.statusLists);
    this.companions = byId(...houses.map((each) => each.companions), document.companions);
    this.at = readInstant(document.created);
    this.checked = new WeakMap();
  }

  didDocument(did) {
    return this.dids.get(did) ?? null;
  }

  // The house whose register speaks of that issuer, and what it says.
  houseOf(did) {
    const house = this.register.issuers.has(did) ? null : this.elsewhere.get(did);
    const { prefix, register } = house ?? this;
    return { prefix, register, listed: register?.issuers.get(did), called: house ? THEIRS : OURS };
  }

  // The address under which the sites and programmes of that issuer are published.
  prefixFor(did) {
    return this.houseOf(did).prefix;
  }

  registration(did, on) {
    const { register, listed, called } = this.houseOf(did);
    if (!listed) return null;
    return { name: listed.name, inForce: listed.memberships.some((days) => covers(days, on)), register: called, asOf: register.day };
  }

  isEntitled(issuer, site, programme, on) {
    const { prefix, listed } = this.houseOf(issuer);
    const [where, what] = [`${prefix}/sites/${site}`, `${prefix}/programmes/${programme}`];
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

// The same from the single files that a house published: register, DID documents, lists and reasons. There is no signature around them, so whoever
// serves them may keep back a newer list, and can alter none. ``alliance``: the DID document of the house.
export const openPublished = async ({ alliance, register, dids, statusLists, companions }) => {
  await checkSigned(register, alliance);
  const read = readRegister(register);
  if (!read || register.issuer !== alliance.id) throw new ProofRefused(N_("It is not signed by the alliance."));
  const days = statusLists.map((each) => each.validFrom).sort();
  const created = days.at(-1) ?? register.created;
  return new Bundle({ alliance: register.alliance, dids: [...dids, alliance], statusLists, companions, created }, read);
};

// Whether this page reads every vocabulary as the house does.
export const readsAlike = (bundle) =>
  Object.entries(bundle.document.contexts ?? {}).every(([address, sha256]) => known[address]?.sha256 === sha256);
