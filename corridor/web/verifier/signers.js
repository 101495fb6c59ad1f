// Which key a token names, and whether it is known to be the issuer's. The same as jwt/signers.py and jwt/algorithms.py.

import { publishedKey } from "./did_documents.js";
import { ED25519, P256, P384, PKCS1, PSS, RSA, fragmentsOf, holds, isKey, keyIn, readJwk, sameKey } from "./keys.js";
import { ForeignProof, N_, ProofRefused } from "./refusals.js";

const ALGORITHMS = {
  EdDSA: { curve: ED25519 },
  Ed25519: { curve: ED25519 },
  ES256: { curve: P256 },
  ES384: { curve: P384 },
  RS256: { curve: RSA, padding: PKCS1 },
  PS256: { curve: RSA, padding: PSS },
};

export const isSignedBy = async ({ header, signature, signed }, key) => {
  const { alg } = header;
  const algorithm = typeof alg === "string" && Object.hasOwn(ALGORITHMS, alg) ? ALGORITHMS[alg] : null;
  if (!algorithm || "crit" in header) throw new ForeignProof(N_("The token is signed in a way that this reader does not know."));
  return algorithm.curve === key.curve && holds(key, signature, signed, { padding: algorithm.padding });
};

export const methodOf = ({ kid }, issuer) => {
  if (typeof kid !== "string") return "";
  return kid.startsWith("#") ? `${issuer}${kid}` : kid;
};

// Under which name the issuer publishes a key that came without one; empty where it does not.
const publishedAs = (document, issuer, key) => {
  const listed = Array.isArray(document.assertionMethod) ? document.assertionMethod : [];
  const isThat = (name) => {
    try {
      return sameKey(publishedKey(document, issuer, String(name))[0], key);
    } catch (refusal) {
      if (!(refusal instanceof ProofRefused)) throw refusal;
      return false;
    }
  };
  return String(listed.find(isThat) ?? "");
};

const named = (given, brought, issuer, bundle) => {
  const [controller, ...rest] = given.split("#");
  if (isKey(issuer)) {
    if (given && (controller !== issuer || !fragmentsOf(issuer).includes(rest.join("#")))) {
      throw new ProofRefused(N_("It is signed with a key that does not belong to the issuer."));
    }
    return { key: keyIn(issuer), published: {}, isIssuers: true };
  }
  const document = bundle.didDocument(issuer);
  if (document) {
    const method = !given && brought ? publishedAs(document, issuer, brought) : given;
    const [key, published] = publishedKey(document, issuer, method);
    return { key, published, isIssuers: true };
  }
  return isKey(controller) ? { key: keyIn(controller), published: {}, isIssuers: false } : null;
};

// The key, what is published with it, and whether it is known to be the issuer's; null where nothing is known here of the key.
export const signerOf = (header, issuer, bundle) => {
  const brought = "jwk" in header ? readJwk(header.jwk) : null;
  const found = named(methodOf(header, issuer), brought, issuer, bundle);
  if (!found) return brought && { key: brought, published: {}, isIssuers: false };
  if (brought && !sameKey(brought, found.key)) throw new ProofRefused(N_("The token brings another key than the one that it names."));
  return found;
};
