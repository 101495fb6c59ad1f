"""Every way programmes can be read. Nothing here changes anything."""

from .approval import Approval, approval_of, get_finding, needed_steps, paper_of_finding
from .log import decisions_of, get_risk, require_log, risks_due, risks_of
from .programmes import (
    KINDS,
    count_programmes,
    funding_of,
    get_programme,
    list_programmes,
    programmes_of,
    reviews_due,
    reviews_of,
)
from .study import Study, Term, intakes_of, studies_of

__all__ = [
    "KINDS",
    "Approval",
    "Study",
    "Term",
    "approval_of",
    "count_programmes",
    "decisions_of",
    "funding_of",
    "get_finding",
    "get_programme",
    "get_risk",
    "intakes_of",
    "list_programmes",
    "needed_steps",
    "paper_of_finding",
    "programmes_of",
    "require_log",
    "reviews_due",
    "reviews_of",
    "risks_due",
    "risks_of",
    "studies_of",
]
