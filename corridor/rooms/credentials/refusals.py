"""How credentials say no."""

from corridor.kernel.errors import BadInput, Refusal, WrongMoment


class NotEntitled(Refusal):
    """Nobody has entitled that member to issue for that programme at that site on that day."""


class AlreadyEntitled(Refusal):
    """The member is entitled to that already on some of those days."""


class NotHeldThere(Refusal):
    """The programme is not held at that site."""


class CohortIsNotAssessed(WrongMoment):
    """A cohort is awarded when its assessments are closed, and once."""


class NoSigningKey(WrongMoment):
    """The member has no key that may sign at that instant."""


class KeysOverlap(Refusal):
    """A member signs with one key at a time."""


class KeyHasEnded(WrongMoment):
    """The key had ended before."""


class KeyRotatedMeanwhile(WrongMoment):
    """Somebody else has put another key in its place a moment ago."""


class OlderThanPublished(WrongMoment):
    """What would be signed is older than what was published: somebody put back an older copy of the records."""


class RegisterIsSigned(WrongMoment):
    """The register says already what it would say."""


class TreeHasGrown(WrongMoment):
    """There is one checkpoint a day, and none before the last one."""


class NotYetInATree(WrongMoment):
    """The day is not over: what was issued today stands in a checkpoint tomorrow."""


class IssuesElsewhere(Refusal):
    """The issuer is one of another house: its keys are published where we publish nothing."""


class KitIsDamaged(Refusal):
    """What came is no leaving kit, or not as it was made."""


class SignsHere(WrongMoment):
    """The member has handed no key over, or has one here again: its lists are signed in this house."""


class NotTheirList(Refusal):
    """What was brought is no list of that member with its reasons, or its signature does not hold."""


class TakesARevocationBack(Refusal):
    """What was revoked or replaced stays so, whoever signs the list."""


class NotDecidedByDocument(Refusal):
    """That a credential counts for more than its issuer's word needs an authority and its document."""


class NothingIsAttached(Refusal):
    """The PDF carries no signed credential."""


class NotOurAddress(Refusal):
    """The address leads to no credential of this alliance. Nothing is fetched from elsewhere."""


class CannotPrint(Refusal):
    """A character on the certificate is in none of the fonts. The signed file is whole without the paper."""


class HolderErased(Refusal):
    """The person was erased: nobody knows any more whose credential it is."""


class NotInForce(WrongMoment):
    """Only a credential in force is signed in another form."""


class FolderIsNotEmpty(Refusal):
    """An export never writes over anything."""


class ShowingIsOver(WrongMoment):
    """The holder showed it for a time that has passed, or has ended it. Nothing is shown any more."""


class TooManyShowings(WrongMoment):
    """The holder shows the certificate to so many already."""


class HolderLinkOver(Refusal):
    """The link was used, withdrawn, or is too old."""


class NoAddress(WrongMoment):
    """The holder's record has no e-mail address to write to."""


class WrongHolderCode(Refusal):
    """Not the code that was sent last, or one whose time is over."""


class NotTheirs(Refusal):
    """The certificates belong to a record that has an account, or the account to another record."""


class DecisionIsOpen(WrongMoment):
    """Somebody decided and nobody made it final: a certificate says nothing that may still change."""


class NameNotConfirmed(WrongMoment):
    """The person has not confirmed how the name is to stand on certificates."""


class SiteNotCapable(Refusal):
    """The unit could not be assessed there on the day on which it was."""


class TextNotReviewed(WrongMoment):
    """A text that would be signed has not been reviewed in that language."""


class NotAllReady(BadInput):
    """Something is in the way for one learner or more; each is named with what to do."""


class NothingToSign(WrongMoment):
    """No credential waits for that member's signature."""


class SeveralSign(Refusal):
    """Several members sign it together, and this form has room for one signature."""


class NothingProved(WrongMoment):
    """Nobody has what that kind of certificate demands."""


class ReportRefused(Refusal):
    """The report of a verification was changed, or is not the alliance's."""


class NotAReport(Refusal):
    """What was sent is no report of a verification, but something to be verified."""
