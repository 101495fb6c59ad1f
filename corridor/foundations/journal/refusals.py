"""How the journal says no."""

from corridor.kernel.errors import Refusal, WrongMoment


class DeviceIsAnothers(Refusal):
    """A device keeps the journal of one account; another one asks for a device of its own."""


class AppIsTooOld(WrongMoment):
    """The page on the device speaks a form of the journal that is no longer understood."""


class FileIsNotGenuine(Refusal):
    """The signature of a journal file does not fit its content or its device."""


class DecidedAlready(WrongMoment):
    """Somebody else has decided this conflict."""
