// Why a document, a proof or a key cannot be taken. A sentence is a template of proofs/*.py, to be put in words by the page.

// Marks a sentence: each of them stands in corridor/rooms/credentials too, and is translated there.
export const N_ = (sentence) => sentence;

class Refusal extends Error {
  constructor(reason, places = {}) {
    super(reason);
    this.reason = reason;
    this.places = places;
  }
}

export class CannotRead extends Refusal {}
export class WrongShape extends CannotRead {}
export class ForeignProof extends Refusal {}
export class BadStatusList extends Refusal {}
export class BadKey extends Refusal {}

export class ProofRefused extends Refusal {
  word = "tampered";
}
export class KeyNotInUse extends ProofRefused {
  word = "key_ended";
}
export class KeyCompromised extends ProofRefused {
  word = "key_compromised";
}
