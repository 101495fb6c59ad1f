"""How an agreement says no."""

from corridor.kernel.errors import Refusal, WrongMoment


class AlreadySigned(Refusal):
    """A party signs once."""


class NotProposed(Refusal):
    """Only a proposed agreement can be signed, and only a draft can be written on."""


class NothingToSign(Refusal):
    """An agreement needs a text, and two parties or more."""


class NoScan(Refusal):
    """A signature on paper is shown by its scan."""


class SignedTooEarly(Refusal):
    """A signature is not older than the text that it signs."""


class TextChanged(Refusal):
    """The text is not the one that was proposed: its fingerprint differs."""


class ReferenceTaken(Refusal):
    """Two agreements cannot carry one reference."""


class PartyIsNotAMember(WrongMoment):
    """Only active members promise and sign: active on that day, whatever came later."""


class NotInForce(Refusal):
    """Nothing is taught except under an agreement that is in force that day."""


class NotAParty(Refusal):
    """Only a party to an agreement owes something under it."""
