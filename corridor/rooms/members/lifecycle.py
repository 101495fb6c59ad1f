"""The life of a membership, as data. At risk is computed from evidence, never stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _

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
