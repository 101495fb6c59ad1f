// Does a genuine credential stand: was its issuer entitled, is it within its dates, what does the status list say? The same as
// proofs/standing.py, status_lists.py and companions.py.

import { checkProof, proofsOf } from "./data_integrity.js";
import { keyOf } from "./did_documents.js";
import { dayAsWritten, isDay, readInstant } from "./instants.js";
import { isObject } from "./json_reading.js";
import { BadStatusList, CannotRead, ForeignProof, N_, ProofRefused } from "./refusals.js";
import { checkShape } from "./shape.js";

const SMALLEST = 131_072;
const LARGEST = 8 * SMALLEST;
const MAX_ENCODED = 400_000;
const PURPOSE = "revocation";
const STATES = {
  suspended: N_("Suspended since %(since)s (%(why)s); it may come back. The status is of %(as_of)s."),
  revoked: N_("Revoked on %(since)s (%(why)s). The status is of %(as_of)s."),
  replaced: N_("Replaced on %(since)s by another credential (%(why)s). The status is of %(as_of)s."),
};

const check = (name, result, reason, places = {}) => ({ name, result, reason, places });

export const scopeCheck = (said, bundle) => {
  const places = { issuer: said.issuerName, site: said.siteName, programme: said.programmeName, day: said.issuedOn };
  const under = (address, folder) => {
    const start = `${bundle.prefixFor(said.issuerDid)}/${folder}/`;
    return address.startsWith(start) ? address.slice(start.length) : "";
  };
  const [site, programme] = [under(said.site, "sites"), under(said.programme, "programmes")];
  if (!site || !programme || !bundle.isEntitled(said.issuerDid, site, programme, said.issuedOn)) {
    return check("scope", "fail", N_("%(issuer)s was not entitled to issue for %(programme)s at %(site)s on %(day)s."), places);
  }
  return check("scope", "pass", N_("%(issuer)s was entitled to issue for %(programme)s at %(site)s on %(day)s."), places);
};

export const datesCheck = (document, at) => {
  const [begins, ends] = [readInstant(document.validFrom), readInstant(document.validUntil)];
  const places = { begins: dayAsWritten(document.validFrom) ?? "", ends: dayAsWritten(document.validUntil) ?? "" };
  if (begins === null || at < begins) return check("dates", "fail", N_("It begins on %(begins)s, which is still to come."), places);
  if (ends !== null && at > ends) return check("dates", "fail", N_("It ended on %(ends)s."), places);
  if (ends !== null) return check("dates", "pass", N_("It holds from %(begins)s to %(ends)s."), places);
  return check("dates", "pass", N_("It holds from %(begins)s, with no last day."), places);
};

const readEntry = (status) => {
  const { type, statusPurpose, statusListIndex: index, statusListCredential: url } = isObject(status) ? status : {};
  if (type !== "BitstringStatusListEntry" || statusPurpose !== PURPOSE || typeof url !== "string") {
    throw new BadStatusList(N_("The credential's status entry is not of a kind that this reader knows."));
  }
  if (typeof index !== "string" || !/^\d{1,9}$/.test(index)) throw new BadStatusList(N_("The credential's status entry has no number."));
  return { url, index: Number(index) };
};

const notStandard = () => new BadStatusList(N_("The status list is not written as the standard says."));

const decodeBits = async (encoded) => {
  if (typeof encoded !== "string" || !/^u[A-Za-z0-9_-]*$/.test(encoded) || encoded.length > MAX_ENCODED || encoded.length % 4 === 2) throw notStandard();
  const packed = Uint8Array.from(atob(encoded.slice(1).replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
  const most = LARGEST / 8;
  const bits = [];
  let length = 0;
  try {
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      bits.push(part.value);
      length += part.value.length;
      if (length > most) {
        reader.cancel().catch(() => {});
        break;
      }
    }
  } catch {
    throw notStandard();
  }
  if (length > most) throw new BadStatusList(N_("The status list is longer than %(most)s entries."), { most: LARGEST });
  if (length * 8 < SMALLEST) throw new BadStatusList(N_("The status list is shorter than %(least)s entries."), { least: SMALLEST });
  return new Uint8Array(await new Blob(bits).arrayBuffer());
};

const isSet = (bits, index) => {
  if (index >= bits.length * 8) throw new BadStatusList(N_("There is no entry %(index)s in the status list."), { index });
  return Boolean(bits[index >>> 3] & (0x80 >> (index % 8)));
};

// A list is asked about for every credential on it: what was found of its signature is kept with the bundle.
const checkSigned = (document, issuer, bundle) => {
  const kept = bundle.checked.get(document) ?? new Map();
  bundle.checked.set(document, kept);
  if (!kept.has(issuer)) kept.set(issuer, checkProofs(document, issuer, bundle));
  return kept.get(issuer);
};

const checkProofs = async (document, issuer, bundle) => {
  const keys = bundle.didDocument(issuer);
  const proofs = proofsOf(document);
  if (!keys || !proofs.length) throw new ProofRefused(N_("It is not signed by the issuer."));
  for (const proof of proofs) {
    const created = readInstant(proof.created);
    if (typeof proof.verificationMethod !== "string" || created === null) throw new ProofRefused(N_("It is not signed by the issuer."));
    await checkProof(document, proof, keyOf(keys, issuer, proof.verificationMethod, created));
  }
};

const isRefusal = (error) => [BadStatusList, CannotRead, ForeignProof, ProofRefused].some((kind) => error instanceof kind);

// What the companion says. One that is missing, unsigned or of another list explains nothing; the bit still counts.
const reasonOf = async (entry, issuer, bundle) => {
  const companion = bundle.companions.get(`${entry.url}/reasons`);
  if (!companion) return null;
  try {
    await checkSigned(companion, issuer, bundle);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return null;
  }
  const isIts = companion.type === "StatusReasons" && companion.statusList === entry.url && companion.issuer === issuer;
  const found = isIts && Array.isArray(companion.entries) && companion.entries.find((each) => isObject(each) && each.index === entry.index);
  if (!found || !Object.hasOwn(STATES, found.state) || !isDay(found.since)) return null;
  return { state: found.state, since: found.since, why: String(found.why ?? "").slice(0, 60), replacedBy: String(found.replacedBy ?? "").slice(0, 300) };
};

// What the companion says of an entry that the list leaves out: the two are signed together. One that is older than the list says nothing.
const namedBeside = async (entry, issuer, bundle, listed) => {
  const reason = await reasonOf(entry, issuer, bundle);
  const [told, signed] = [readInstant(bundle.companions.get(`${entry.url}/reasons`)?.updated), readInstant(listed.validFrom)];
  return reason && told !== null && signed !== null && told >= signed ? reason : null;
};

const sequenceOf = (companion) => (Number.isInteger(companion?.sequence) ? companion.sequence : 0);

// The check, the word that it forces (null when the bit is clear), and the credential that replaces this one.
export const statusCheck = async (document, issuer, bundle, at) => {
  const answer = (result, reason, places, word = null, replacedBy = "") => ({ status: check("status", result, reason, places), word, replacedBy });
  let entry;
  let listed;
  let bits;
  let places = {};
  try {
    entry = readEntry(document.credentialStatus);
    places = { address: entry.url.slice(0, 300) };
    listed = bundle.lists.get(entry.url);
    if (!listed) {
      return answer("unknown", N_("The status list %(address)s cannot be found, so nobody can say whether it was revoked."), places, "malformed");
    }
    checkShape(listed, "status list");
    await checkSigned(listed, issuer, bundle);
    const { statusPurpose, encodedList } = listed.credentialSubject;
    if (listed.id !== entry.url || listed.issuer !== issuer || statusPurpose !== PURPOSE) {
      throw new BadStatusList(N_("The status list is not the one that the credential names."));
    }
    bits = await decodeBits(encodedList);
    places = { ...places, as_of: dayAsWritten(listed.validFrom) ?? "", since: "", why: "" };
    if (isSet(bits, entry.index)) {
      const found = await reasonOf(entry, issuer, bundle);
      if (!found) return answer("fail", N_("Revoked; the list of %(as_of)s does not say why or since when."), places, "revoked");
      const said = { ...places, since: found.since, why: found.why || found.state };
      return answer("fail", STATES[found.state], said, found.state, found.replacedBy);
    }
    const moved = await namedBeside(entry, issuer, bundle, listed);
    if (moved) {
      const reason = N_("The status list of %(as_of)s does not say so, but the reasons beside the list name it since %(since)s (%(why)s).");
      return answer("fail", reason, { ...places, since: moved.since, why: moved.why || moved.state }, moved.state, moved.replacedBy);
    }
  } catch (error) {
    if (error instanceof ProofRefused) {
      return answer("fail", N_("The status list %(address)s was changed after signing, or is not signed by the issuer."), places, "tampered");
    }
    if (!isRefusal(error)) throw error;
    return answer("unknown", error.reason, error.places, "malformed");
  }
  const [shown, seen] = [sequenceOf(bundle.companions.get(`${entry.url}/reasons`)), bundle.sequenceSeen(entry.url)];
  if (seen > shown) {
    const reason = N_("An older status list is shown (number %(shown)s) than was seen before (number %(seen)s), so a revocation may be missing.");
    return answer("unknown", reason, { ...places, shown, seen }, "expired");
  }
  const ends = readInstant(listed.validUntil);
  if (ends !== null && at > ends) return answer("unknown", N_("The status list is of %(as_of)s and too old to rely on."), places, "expired");
  return answer("pass", N_("Neither revoked nor suspended; the status is of %(as_of)s."), places);
};
