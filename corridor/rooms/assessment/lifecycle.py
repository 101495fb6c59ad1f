"""The lives of a scheme, a decision, an appeal and a claim of prior learning, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.life import Lifecycle


class SchemeStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    SUPERSEDED = "superseded", _("Superseded")


class DecisionStatus(models.TextChoices):
    ASSESSED = "assessed", _("Assessed")
    FINAL = "final", _("Final")
    OVERTURNED = "overturned", _("Overturned")


class AppealStatus(models.TextChoices):
    LODGED = "lodged", _("Lodged")
    BEFORE_PANEL = "before_panel", _("Before the panel")
    UPHELD = "upheld", _("Upheld")
    DISMISSED = "dismissed", _("Dismissed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PriorStatus(models.TextChoices):
    ASKED = "asked", _("Asked")
    INTERVIEWED = "interviewed", _("Interviewed")
    RECOGNISED = "recognised", _("Recognised")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


_A, _P = AppealStatus, PriorStatus

SCHEME = Lifecycle(
    thing="scheme",
    first=SchemeStatus.DRAFT,
    transitions={
        SchemeStatus.DRAFT: frozenset({SchemeStatus.PUBLISHED}),
        SchemeStatus.PUBLISHED: frozenset({SchemeStatus.SUPERSEDED}),
        SchemeStatus.SUPERSEDED: frozenset(),
    },
)
# A decision that is overturned counts nowhere; a further attempt may follow it.
DECISION = Lifecycle(
    thing="decision",
    first=DecisionStatus.ASSESSED,
    transitions={
        DecisionStatus.ASSESSED: frozenset({DecisionStatus.FINAL, DecisionStatus.OVERTURNED}),
        DecisionStatus.FINAL: frozenset({DecisionStatus.OVERTURNED}),
        DecisionStatus.OVERTURNED: frozenset(),
    },
)
APPEAL = Lifecycle(
    thing="appeal",
    first=_A.LODGED,
    transitions={
        _A.LODGED: frozenset({_A.BEFORE_PANEL, _A.WITHDRAWN}),
        _A.BEFORE_PANEL: frozenset({_A.UPHELD, _A.DISMISSED, _A.WITHDRAWN}),
        _A.UPHELD: frozenset(),
        _A.DISMISSED: frozenset(),
        _A.WITHDRAWN: frozenset(),
    },
)
PRIOR_CLAIM = Lifecycle(
    thing="claim of prior learning",
    first=_P.ASKED,
    transitions={
        _P.ASKED: frozenset({_P.INTERVIEWED, _P.WITHDRAWN, _P.DECLINED}),
        _P.INTERVIEWED: frozenset({_P.RECOGNISED, _P.DECLINED, _P.WITHDRAWN}),
        _P.RECOGNISED: frozenset(),
        _P.DECLINED: frozenset(),
        _P.WITHDRAWN: frozenset(),
    },
)
