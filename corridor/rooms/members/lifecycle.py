"""The lives of memberships, applications and their conditions, as data. At risk and overdue are computed, never stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corridor.foundations.lifecycles.life import Lifecycle


class MembershipStatus(models.TextChoices):
    APPLIED = "applied", _("Applied")
    UNDER_REVIEW = "under_review", _("Under review")
    APPROVED = "approved", _("Approved")
    ACTIVE = "active", _("Active")
    DORMANT = "dormant", _("Dormant")
    SUSPENDED = "suspended", _("Suspended")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REJECTED = "rejected", _("Rejected")


_S = MembershipStatus

MEMBERSHIP = Lifecycle(
    thing="membership",
    first=_S.APPLIED,
    transitions={
        _S.APPLIED: frozenset({_S.UNDER_REVIEW, _S.WITHDRAWN, _S.REJECTED}),
        _S.UNDER_REVIEW: frozenset({_S.APPROVED, _S.REJECTED, _S.WITHDRAWN}),
        _S.APPROVED: frozenset({_S.ACTIVE, _S.WITHDRAWN}),
        _S.ACTIVE: frozenset({_S.DORMANT, _S.SUSPENDED, _S.WITHDRAWN}),
        _S.DORMANT: frozenset({_S.ACTIVE, _S.WITHDRAWN}),
        _S.SUSPENDED: frozenset({_S.ACTIVE, _S.WITHDRAWN}),
        _S.WITHDRAWN: frozenset(),
        _S.REJECTED: frozenset(),
    },
)


class ApplicationStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    WITH_CONDITIONS = "with_conditions", _("Approved with conditions")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


_A = ApplicationStatus

APPLICATION = Lifecycle(
    thing="application",
    first=_A.DRAFT,
    transitions={
        _A.DRAFT: frozenset({_A.SUBMITTED, _A.WITHDRAWN}),
        _A.SUBMITTED: frozenset({_A.IN_REVIEW, _A.WITHDRAWN}),
        _A.IN_REVIEW: frozenset({_A.APPROVED, _A.WITH_CONDITIONS, _A.REJECTED, _A.WITHDRAWN}),
        # Until the organisation is a member: see withdraw_application.
        _A.APPROVED: frozenset({_A.WITHDRAWN}),
        _A.WITH_CONDITIONS: frozenset({_A.WITHDRAWN}),
        _A.REJECTED: frozenset(),
        _A.WITHDRAWN: frozenset(),
    },
)


class ConditionStatus(models.TextChoices):
    OPEN = "open", pgettext_lazy("a condition", "Open")
    HANDED_IN = "handed_in", _("Handed in")
    ACCEPTED = "accepted", pgettext_lazy("a condition", "Accepted")
    REFUSED = "refused", _("Refused")
    WAIVED = "waived", _("Waived")


_C = ConditionStatus

CONDITION = Lifecycle(
    thing="condition",
    first=_C.OPEN,
    transitions={
        _C.OPEN: frozenset({_C.HANDED_IN, _C.WAIVED}),
        _C.HANDED_IN: frozenset({_C.ACCEPTED, _C.REFUSED, _C.WAIVED}),
        _C.REFUSED: frozenset({_C.HANDED_IN, _C.WAIVED}),
        _C.ACCEPTED: frozenset(),
        _C.WAIVED: frozenset(),
    },
)


class ProposalStatus(models.TextChoices):
    """The council agrees or declines; what it agreed to is carried out by the secretariat, on a day."""

    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", pgettext_lazy("a proposal", "Agreed")
    DECLINED = "declined", _("Declined")
    CARRIED_OUT = "carried_out", _("Carried out")
    TAKEN_BACK = "taken_back", _("Taken back")


_P = ProposalStatus

PROPOSAL = Lifecycle(
    thing="proposal",
    first=_P.PROPOSED,
    transitions={
        _P.PROPOSED: frozenset({_P.AGREED, _P.DECLINED, _P.TAKEN_BACK}),
        _P.AGREED: frozenset({_P.CARRIED_OUT, _P.TAKEN_BACK}),
        _P.DECLINED: frozenset(),
        _P.CARRIED_OUT: frozenset(),
        _P.TAKEN_BACK: frozenset(),
    },
)


class CallStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", pgettext_lazy("state", "Open")
    CLOSED = "closed", _("Closed")


_D = CallStatus

DATA_CALL = Lifecycle(
    thing="data call",
    first=_D.DRAFT,
    transitions={_D.DRAFT: frozenset({_D.OPEN}), _D.OPEN: frozenset({_D.CLOSED}), _D.CLOSED: frozenset()},
)


class Standing(models.TextChoices):
    """Whether the secretariat has looked at a record that somebody else typed."""

    UNCONFIRMED = "unconfirmed", _("Unconfirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")
