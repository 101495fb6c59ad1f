// Which keys an issuer signs with, and when. The same as proofs/did_documents.py.

import { dayOf, readInstant } from "./instants.js";
import { isObject } from "./json_reading.js";
import { readJwk, readPublic } from "./keys.js";
import { BadKey, KeyCompromised, KeyNotInUse, N_, ProofRefused } from "./refusals.js";

// An identifier for the eye: letters beyond ASCII are spelled, so that none is taken for one that looks alike.
export const asShown = (identifier) =>
  identifier.slice(0, 200).replace(/[^\x21-\x7e]+/g, (found) => encodeURIComponent(found.replace(/[\ud800-\udfff]/gu, "?")));

// The key of that name and what is published with it, whenever it was in use.
export const publishedKey = (document, did, method) => {
  if (document.id !== did || !method.startsWith(`${did}#`)) {
    throw new ProofRefused(N_("It is signed with a key that does not belong to the issuer."));
  }
  const { assertionMethod: listed, verificationMethod: methods } = document;
  const isListed = Array.isArray(listed) && listed.includes(method) && Array.isArray(methods);
  const found = isListed && methods.find((each) => isObject(each) && each.id === method && each.controller === did);
  if (!found) throw new ProofRefused(N_("The issuer does not publish the key with which it is signed."));
  try {
    return [found.type === "JsonWebKey" ? readJwk(found.publicKeyJwk) : readPublic(found.publicKeyMultibase), found];
  } catch (refusal) {
    if (!(refusal instanceof BadKey)) throw refusal;
    throw new ProofRefused(N_("The key that the issuer publishes cannot be read."));
  }
};

export const requireInUse = (method, at) => {
  if ("revoked" in method) {
    const revoked = readInstant(method.revoked);
    if (revoked === null || at >= revoked) {
      const reason = N_("The key with which it is signed was compromised; nothing is trusted that it signed from %(day)s.");
      throw new KeyCompromised(reason, { day: revoked === null ? "" : dayOf(revoked) });
    }
  }
  for (const [name, isLast] of [["validFrom", false], ["expires", true]]) {
    if (!(name in method)) continue;
    const bound = readInstant(method[name]);
    if (bound === null || (isLast ? at > bound : at < bound)) {
      throw new KeyNotInUse(N_("The key was not in use when the proof says it was made."));
    }
  }
};

export const keyOf = (document, did, method, at) => {
  const [key, published] = publishedKey(document, did, method);
  requireInUse(published, at);
  return key;
};
