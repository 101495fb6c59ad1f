"""How an agreement says no."""

from corridor.kernel.errors import AccessDenied, Refusal, StaleForm, WrongMoment


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


class OwnObligation(AccessDenied):
    """Nobody lets off what the own member owes."""


class NotShown(Refusal):
    """What was agreed to show it is missing."""


class NotASigner(Refusal):
    """Where a party has named who signs for it, nobody else does."""


class NotTheirTurn(Refusal):
    """Where an agreement is signed in order, somebody else signs first."""


class SignerHasLeft(Refusal):
    """Who was named to sign signs for that party no more."""


class LinkUsed(Refusal):
    """A link signs once. Doors answer 410, as for every link that opens nothing."""


class LinkExpired(Refusal):
    """The days of the link are over."""


class LinkReplaced(Refusal):
    """It was withdrawn, a newer one was sent, or it is good for a text that is not before the parties any more."""


class WrongCode(Refusal):
    """It is not the code that was sent to the signer last."""


class CodeIsOver(Refusal):
    """No code was sent yet, or its quarter of an hour is over."""


class NothingChanged(Refusal):
    """An answer to a proposal says something else than the proposal."""


class NotTheSameParties(Refusal):
    """Who the parties are is settled when an agreement is drafted; an answer and an amendment keep them."""


class NotTheProposer(Refusal):
    """A proposal is withdrawn by who put it before the parties."""


class MotionIsOpen(Refusal):
    """One step is asked for at a time."""


class NoMotion(Refusal):
    """Nothing is asked for that could be answered or taken back."""


class CircularSupersession(Refusal):
    """An agreement is not replaced by one that it has replaced itself."""


class AmendsNothingInForce(Refusal):
    """An agreement that has ended is not amended any more."""


class AmendmentConflicts(StaleForm):
    """The agreement was amended in the same field since the copy was made; both values are shown."""


class AlreadyRenewed(Refusal):
    """An agreement is followed by one agreement, not by two."""


class CannotPrint(Refusal):
    """A character of the agreement is in none of the fonts. Its page has it whole."""
