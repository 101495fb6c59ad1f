"""The lives of a conference and of an announcement, as data. Silent is computed, never stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corridor.foundations.lifecycles.life import Lifecycle


class ConferenceStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")


class AnnouncementStatus(models.TextChoices):
    ANNOUNCED = "announced", _("Announced")
    AGREED = "agreed", _("Agreed")
    IN_PREPARATION = "in_preparation", _("In preparation")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged")


class DelegateStatus(models.TextChoices):
    REGISTERED = "registered", _("Registered")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class VisaLetterStatus(models.TextChoices):
    ASKED = "asked", _("Asked for")
    ISSUED = "issued", _("Issued")
    REFUSED = "refused", _("Refused")


class ContributionStatus(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    WAITING = "waiting", _("On the waiting list")
    ACCEPTED = "accepted", pgettext_lazy("state of a contribution", "Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ResolutionStatus(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


# No report is due any more.
ENDED = (AnnouncementStatus.DONE.value, AnnouncementStatus.WITHDRAWN.value, AnnouncementStatus.MERGED.value)

_A = AnnouncementStatus

CONFERENCE = Lifecycle(
    thing="conference",
    first=ConferenceStatus.PLANNED,
    transitions={ConferenceStatus.PLANNED: frozenset({ConferenceStatus.HELD}), ConferenceStatus.HELD: frozenset()},
)
ANNOUNCEMENT = Lifecycle(
    thing="announcement",
    first=_A.ANNOUNCED,
    transitions={
        _A.ANNOUNCED: frozenset({_A.AGREED, _A.IN_PREPARATION, _A.WITHDRAWN, _A.MERGED}),
        _A.AGREED: frozenset({_A.IN_PREPARATION, _A.RUNNING, _A.WITHDRAWN, _A.MERGED}),
        _A.IN_PREPARATION: frozenset({_A.AGREED, _A.RUNNING, _A.WITHDRAWN, _A.MERGED}),
        _A.RUNNING: frozenset({_A.DONE, _A.WITHDRAWN, _A.MERGED}),
        _A.DONE: frozenset(),
        _A.WITHDRAWN: frozenset(),
        _A.MERGED: frozenset(),
    },
)
DELEGATE = Lifecycle(
    thing="delegate",
    first=DelegateStatus.REGISTERED,
    transitions={
        DelegateStatus.REGISTERED: frozenset({DelegateStatus.WITHDRAWN}),
        DelegateStatus.WITHDRAWN: frozenset(),
    },
)
VISA_LETTER = Lifecycle(
    thing="visa letter",
    first=VisaLetterStatus.ASKED,
    transitions={
        VisaLetterStatus.ASKED: frozenset({VisaLetterStatus.ISSUED, VisaLetterStatus.REFUSED}),
        VisaLetterStatus.ISSUED: frozenset(),
        VisaLetterStatus.REFUSED: frozenset(),
    },
)
RESOLUTION = Lifecycle(
    thing="resolution",
    first=ResolutionStatus.OPEN,
    transitions={
        ResolutionStatus.OPEN: frozenset({ResolutionStatus.DONE, ResolutionStatus.DROPPED}),
        ResolutionStatus.DONE: frozenset(),
        ResolutionStatus.DROPPED: frozenset(),
    },
)
_C = ContributionStatus
CONTRIBUTION = Lifecycle(
    thing="contribution",
    first=_C.SUBMITTED,
    transitions={
        _C.SUBMITTED: frozenset({_C.WAITING, _C.ACCEPTED, _C.DECLINED, _C.WITHDRAWN}),
        _C.WAITING: frozenset({_C.ACCEPTED, _C.DECLINED, _C.WITHDRAWN}),
        _C.ACCEPTED: frozenset({_C.WITHDRAWN}),
        _C.DECLINED: frozenset(),
        _C.WITHDRAWN: frozenset(),
    },
)
