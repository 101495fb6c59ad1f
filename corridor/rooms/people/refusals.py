"""How the records of persons say no."""

from corridor.kernel.errors import Refusal


class MergedAlready(Refusal):
    """A record that was merged into another is history: it is merged no further, and nothing is merged into it."""


class HasAccount(Refusal):
    """The record with the account is the one that stays."""


class AccountTaken(Refusal):
    """An account is of one person, and a person has one account."""


class NotMerged(Refusal):
    """Only a merge that stands can be taken back."""


class OwnNameStays(Refusal):
    """Everybody has a name; the own one is changed, never taken away."""


class NotOpenToConsent(Refusal):
    """Nobody is asked for this purpose any more, or its sentence was never written."""


class ConsentNeeded(Refusal):
    """The person has not agreed to this purpose, or has taken it back."""
