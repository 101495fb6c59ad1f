"""How joining says no."""

from corridor.kernel.errors import BadInput, NotFound, Refusal, WrongMoment


class NoSuchApplication(NotFound):
    """There is no such application, its link is unknown or too old, or it is not this reader's."""


class TooManyBegun(Refusal):
    """More applications were begun from one address in an hour than people begin."""


class FormNotReady(WrongMoment):
    """A form lacks what it needs, or stands as it is for ever."""


class Incomplete(BadInput):
    """Something that must be answered or handed in is missing: one problem for each, with its section in ``file`` and its code in ``column``."""


class NotYours(NotFound):
    """Nobody asked this account to judge that application."""


class SheetClosed(WrongMoment):
    """A sheet that was handed in, or from which its reviewer stepped aside, does not change."""


class SheetsStillSecret(WrongMoment):
    """Nobody sees another's sheet before handing in their own; the secretariat sees them when all are in or the review is closed."""


class ConditionsOpen(WrongMoment):
    """A member becomes active when every condition is accepted or waived."""
