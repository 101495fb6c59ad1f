"""Everything that somebody can be told of: one sentence an event. No sentence names a person, for it may travel by mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.kernel.wording import N_


class Event(models.TextChoices):
    """One line for each event, by room; the label is what a reader mutes."""

    GRANT_ENDED = "grants.ended", _("Roles that you held or passed on, and that ended")
    GRANT_GIVEN = "grants.given", _("Roles that are given or passed on to you")
    OVERRIDE_BEGUN = "grants.override_begun", _("Your own record, opened by somebody who oversees")
    JOB_FAILED = "jobs.failed", _("Long work that failed")
    IMPORT_ENDED = "sheets.import_ended", _("Imports that ended")
    REQUEST_ANSWERED = "people.request_answered", _("Answers to what you asked about your record")
    REQUEST_MADE = "people.request_made", _("What persons ask about their records")
    RETENTION_DUE = "people.retention_due", _("Records whose time to be kept is over")
    TRANSFERS_NEAR = "people.transfers_near", _("Transfers across borders that near a threshold")
    SEAT_ENDED = "members.seat_ended", _("Seats that end")
    SEAT_GIVEN = "members.seat_given", _("Seats that begin")
    SUBSTITUTE_ENDED = "members.substitute_ended", _("Substitutes who stop")
    SUBSTITUTE_NAMED = "members.substitute_named", _("Substitutes who act for the holder of a seat")


# What the notice says. ``%(about)s`` is the reference of the record; other places are those given to ``tell``.
SENTENCES: dict[str, str] = {
    Event.GRANT_ENDED: N_("A role has ended: %(about)s. Your rights say which."),
    Event.GRANT_GIVEN: N_("A role is yours: %(about)s. Your rights say where and until when."),
    Event.OVERRIDE_BEGUN: N_("Somebody who oversees the alliance opened the record %(about)s. Its page says who, when and why."),
    Event.JOB_FAILED: N_("Long work that you asked for has failed: %(about)s. Its page says why."),
    Event.IMPORT_ENDED: N_("The import %(about)s has ended."),
    Event.REQUEST_ANSWERED: N_("What you asked about your record is answered: %(about)s."),
    Event.REQUEST_MADE: N_("Somebody asks something about their own record: %(about)s. The page says until when it is owed an answer."),
    Event.RETENTION_DUE: N_("Records have been kept as long as the rules say: %(about)s. Look at the preview before you let them go."),
    Event.TRANSFERS_NEAR: N_("The persons whose data left a country this year near the threshold: %(about)s."),
    Event.SEAT_ENDED: N_("A seat of %(about)s ends on %(day)s."),
    Event.SEAT_GIVEN: N_("A seat of %(about)s is yours from %(day)s."),
    Event.SUBSTITUTE_ENDED: N_("Nobody stands in for the holder of a seat of %(about)s any more."),
    Event.SUBSTITUTE_NAMED: N_("A substitute acts for the holder of a seat of %(about)s. The page says who, and in which days."),
}
