"""Everything that somebody can be told of: one sentence an event. No sentence names a person, for it may travel by mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.kernel.wording import N_


class Event(models.TextChoices):
    """One line for each event, by room; the label is what a reader mutes."""

    JOB_FAILED = "jobs.failed", _("Long work that failed")
    IMPORT_ENDED = "sheets.import_ended", _("Imports that ended")
    SEAT_ENDED = "members.seat_ended", _("Seats that end")
    SEAT_GIVEN = "members.seat_given", _("Seats that begin")
    SUBSTITUTE_ENDED = "members.substitute_ended", _("Substitutes who stop")
    SUBSTITUTE_NAMED = "members.substitute_named", _("Substitutes who act for the holder of a seat")


# What the notice says. ``%(about)s`` is the reference of the record; other places are those given to ``tell``.
SENTENCES: dict[str, str] = {
    Event.JOB_FAILED: N_("Long work that you asked for has failed: %(about)s. Its page says why."),
    Event.IMPORT_ENDED: N_("The import %(about)s has ended."),
    Event.SEAT_ENDED: N_("A seat of %(about)s ends on %(day)s."),
    Event.SEAT_GIVEN: N_("A seat of %(about)s is yours from %(day)s."),
    Event.SUBSTITUTE_ENDED: N_("Nobody stands in for the holder of a seat of %(about)s any more."),
    Event.SUBSTITUTE_NAMED: N_("A substitute acts for the holder of a seat of %(about)s. The page says who, and in which days."),
}
