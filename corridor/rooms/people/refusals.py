"""How the records of persons say no."""

from corridor.kernel.errors import Refusal


class MergedAlready(Refusal):
    """A record that was merged into another is history: it is merged no further, and nothing is merged into it."""


class HasAccount(Refusal):
    """The record with the account is the one that stays."""


class AccountTaken(Refusal):
    """An account is of one person, and a person has one account."""
