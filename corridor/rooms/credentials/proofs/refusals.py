"""Why a document, a proof or a key cannot be taken. Every one carries a sentence that a person can read."""

from corridor.kernel.errors import Refusal


class CannotRead(Refusal):
    """The document cannot be read safely: nobody can say what was signed. Never raised for a wrong signature."""


class NotJson(CannotRead):
    """
    Not one JSON object, or JSON that two readers would read differently (duplicate keys, lone surrogates, huge
    numbers).
    """


class TooLarge(CannotRead):
    """More bytes, nesting, values, proofs or look-alike nodes than an honest credential has."""


class DataLoss(CannotRead):
    """
    Something in the document would not be covered by the signature: an undefined term, a relative or invalid address.
    """


class UnknownContext(CannotRead):
    """A vocabulary that is not on the allow-list. It is never fetched."""


class UnreadableForm(CannotRead):
    """Legal JSON-LD in a form that this reader does not take."""


class ProofRefused(Refusal):
    """The proof was read and does not hold."""


class KeyNotInUse(ProofRefused):
    """The key is the issuer's, and was not in use when the proof says it was made: before its first or after its last moment."""


class KeyCompromised(ProofRefused):
    """The key is the issuer's, and from the moment that the proof names nothing is trusted that it signed."""


class ForeignProof(Refusal):
    """A kind of proof that this reader does not know. It says nothing about whether the document is genuine."""


class BadKey(Refusal):
    """Not a key that is read here, or not written as one."""


class BadStatusList(Refusal):
    """Not a status list that can be read: wrong encoding, too short, or a decompression bomb."""


class ShortStatusList(BadStatusList):
    """Fewer entries than a list must have."""


class NoSuchEntry(BadStatusList):
    """A number that the list does not have."""


class CannotCompose(Refusal):
    """The facts given cannot be written as a credential that other people's software accepts."""


class ContextsMissing(Refusal):
    """
    The vocabularies that credentials are written in are not there: set-up has not run, or a file differs from its
    pin.
    """
