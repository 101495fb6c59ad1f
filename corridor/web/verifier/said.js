// Read out what a credential says. Only for documents whose signature and shape have held. The same as proofs/said.py.

import { dayAsWritten } from "./instants.js";

export const readSaid = (document) => {
  const subject = document.credentialSubject;
  const { achievement } = subject;
  const places = Object.fromEntries(document.evidence.map((each) => [each.genre, each]));
  const completed = new Set(subject.result.filter((each) => each.status === "Completed").map((each) => each.resultDescription));
  const values = new Map(subject.result.filter((each) => "value" in each).map((each) => [each.resultDescription, each.value]));
  return {
    id: document.id,
    name: document.name,
    kind: achievement.achievementType,
    issuerDid: document.issuer.id,
    issuerName: document.issuer.name,
    learnerNames: subject.identifier.filter((each) => !each.hashed && each.identityType === "name").map((each) => each.identityHash),
    achievementId: achievement.id,
    recognition: document.description ?? "",
    units: achievement.resultDescription.filter((each) => completed.has(each.id)).map((each) => ({ id: each.id, name: each.name })),
    site: places.site?.id ?? "",
    siteName: places.site?.name ?? "",
    programme: places.programme?.id ?? "",
    programmeName: places.programme?.name ?? "",
    issuedOn: dayAsWritten(document.validFrom),
    validUntil: document.validUntil ?? "",
    signers: document.evidence.filter((each) => each.genre === "signer").map((each) => ({ did: each.id, name: each.name })),
    measured: achievement.resultDescription.filter((each) => values.has(each.id)).map((each) => ({ name: each.name, value: values.get(each.id) })),
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
  recognition: "",
  units: [],
  site: "",
  siteName: "",
  programme: "",
  programmeName: "",
  issuedOn: dayAsWritten(document.validFrom),
  validUntil: document.validUntil ?? "",
  signers: [],
  measured: [],
  endorses: document.credentialSubject.id,
  text: document.credentialSubject.endorsementComment,
});
