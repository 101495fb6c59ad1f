// The verifier as a module: no page, no network, no clock. Made into one file by tools/make_assets.py, for the page and for tests.

import { attachedCredential, isPdf } from "./files.js";
import { asCodes, verifyCodes } from "./papers.js";
import { N_ } from "./refusals.js";
import { asToken, verifyToken } from "./tokens.js";
import { NAMES, check, malformed, verdictFrom, verifyDocument } from "./verifying.js";

export { asCodes, pieceOf } from "./papers.js";
export { openBundle, openPublished, readsAlike } from "./bundle.js";
export { isDay, readInstant } from "./instants.js";

const NOT_A_PDF = N_("Not looked at, because there is no signed credential in the file.");
const NOTHING_ATTACHED = N_("No signed credential is attached to this PDF. The printed page alone proves nothing.");

const nothingAttached = () =>
  verdictFrom(
    NAMES.map((name) => (name === "shape" ? check(name, "fail", NOTHING_ATTACHED) : check(name, "not_looked_at", NOT_A_PDF))),
    "malformed",
  );

// The verdict about one file or text: JSON, a signed token, or a certificate as PDF. Never throws for what is in it.
export const verify = async (raw, bundle, at, options = {}) => {
  let given = raw;
  if (typeof raw !== "string" && isPdf(raw)) {
    given = await attachedCredential(raw);
    if (!given) return nothingAttached();
  }
  const codes = asCodes(given);
  if (codes) return verifyCodes(codes, bundle, at);
  const token = asToken(given);
  if (token) return verifyToken(token, bundle, at);
  if (typeof given === "string" && /^ey[A-Za-z0-9_.~-]*$/.test(given.trim()) && given.length < 500_000 && given.includes(".")) {
    return malformed({ reason: N_("This is not a signed token."), places: {} });
  }
  return verifyDocument(given, bundle, at, options);
};
