"""How credentials say no."""

from corridor.kernel.errors import Refusal, WrongMoment


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


class KitIsDamaged(Refusal):
    """What came is no leaving kit, or not as it was made."""


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
