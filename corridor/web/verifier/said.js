// Read out what a credential says. Only for documents whose signature and shape have held. The same as proofs/said.py.

import { dayAsWritten } from "./instants.js";

const NAME_OF = "name of ";
const NAMED = "#name-";
// What follows the address of a unit in that of its hours.
const HOURS = "-hours";

// What was signed in further languages, as proofs/texts.py reads it.
const textsIn = (document, achievement) => {
  const found = {};
  const told = (key, tag, text) => {
    found[key] = { ...found[key], [tag.toLowerCase()]: text };
  };
  const tagged = (key, node) => {
    for (const text of node.narrative ?? []) told(key, text["@language"], text["@value"]);
  };
  tagged("recognition", document);
  for (const each of [document.issuer, ...achievement.resultDescription]) tagged(each.id, each);
  for (const each of achievement.alignment ?? []) tagged(each.targetUrl, each);
  for (const each of achievement.related ?? []) {
    // The English name says nothing in another language.
    if (each.name !== achievement.name) told(achievement.id, each.inLanguage, each.name);
    if ("description" in each) told("description", each.inLanguage, each.description);
    if ("narrative" in each) told("criteria", each.inLanguage, each.narrative);
  }
  for (const each of document.evidence) {
    if (!each.genre.startsWith(NAME_OF) || !("inLanguage" in each)) continue;
    told(each.id.slice(0, Math.max(0, each.id.lastIndexOf(NAMED))), each.inLanguage, each.name);
    if (each.genre === `${NAME_OF}site` && "description" in each) told("site", each.inLanguage, each.description);
  }
  return found;
};

const byLanguage = (texts) => Object.fromEntries((texts ?? []).map((text) => [text["@language"], text["@value"]]));

export const readSaid = (document) => {
  const subject = document.credentialSubject;
  const { achievement } = subject;
  const places = Object.fromEntries(document.evidence.map((each) => [each.genre, each]));
  const completed = new Set(subject.result.filter((each) => each.status === "Completed").map((each) => each.resultDescription));
  const values = new Map(subject.result.filter((each) => "value" in each).map((each) => [each.resultDescription, each.value]));
  const hours = new Map([...completed].filter((id) => values.has(id + HOURS)).map((id) => [id, values.get(id + HOURS)]));
  for (const id of hours.keys()) values.delete(id + HOURS);
  return {
    id: document.id,
    name: document.name,
    kind: achievement.achievementType,
    issuerDid: document.issuer.id,
    issuerName: document.issuer.name,
    learnerNames: subject.identifier.filter((each) => !each.hashed && each.identityType === "name").map((each) => each.identityHash),
    achievementId: achievement.id,
    description: achievement.description,
    recognition: document.description ?? "",
    units: achievement.resultDescription.filter((each) => completed.has(each.id)).map((each) => ({
      id: each.id,
      name: each.name,
      alignments: (each.alignment ?? []).map((one) => `${one.targetCode ?? ""} ${one.targetName}`.trim()),
      hours: hours.get(each.id) ?? "",
    })),
    site: places.site?.id ?? "",
    siteName: places.site?.name ?? "",
    siteNote: places.site?.description ?? "",
    programme: places.programme?.id ?? "",
    programmeName: places.programme?.name ?? "",
    issuedOn: dayAsWritten(document.validFrom),
    validUntil: document.validUntil ?? "",
    signers: document.evidence.filter((each) => each.genre === "signer").map((each) => ({ did: each.id, name: each.name })),
    measured: achievement.resultDescription.filter((each) => values.has(each.id)).map((each) => ({ id: each.id, name: each.name, value: values.get(each.id) })),
    levels: (achievement.alignment ?? []).map((each) => ({ id: each.targetUrl, name: each.targetName })),
    criteria: achievement.criteria.narrative,
    texts: textsIn(document, achievement),
    endorses: "",
    text: "",
  };
};

export const readEndorsement = (document) => ({
  id: document.id,
  name: document.name,
  kind: "EndorsementCredential",
  issuerDid: document.issuer.id,
  issuerName: document.issuer.name,
  learnerNames: [],
  achievementId: "",
  description: "",
  recognition: "",
  units: [],
  site: "",
  siteName: "",
  siteNote: "",
  programme: "",
  programmeName: "",
  issuedOn: dayAsWritten(document.validFrom),
  validUntil: document.validUntil ?? "",
  signers: [],
  measured: [],
  levels: [],
  criteria: "",
  texts: {
    claim: byLanguage(document.credentialSubject.narrative),
    "": byLanguage(document.narrative),
    [document.issuer.id]: byLanguage(document.issuer.narrative),
  },
  endorses: document.credentialSubject.id,
  text: document.credentialSubject.endorsementComment,
});
