"""Kept figures and the bytes behind them: rows in and out of their canonical lines."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from corridor.kernel.evidence import EvidenceRow, read_rows
from corridor.kernel.fingerprints import canonical_line
from corridor.kernel.periods import Period
from corridor.kernel.recompute import recompute

from .asking import Counted, Question
from .definitions import When, definition_of, recipe_of
from .models import EvidenceLine, Figure
from .scopes import Scope


@dataclass(frozen=True, slots=True)
class Signature:
    """One of the two persons who stand for a figure: by account, in which role, on which day."""

    by: str
    role: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a kept figure beside its numbers: which version, who signed, what it corrects or was corrected by."""

    reference: str
    version: int
    state: str
    known_at: datetime
    content_hash: str
    signatures: tuple[Signature, ...]
    corrects: str
    correction_reason: str
    corrected_by: str


def kept(figure: Figure) -> Kept:
    """Two statements, or none where ``with_story`` brought the rows along."""
    signatures = sorted(figure.sign_offs.all(), key=lambda each: each.signed_at)
    corrected = getattr(figure, "corrected_by", None)
    return Kept(
        reference=figure.reference,
        version=figure.version,
        state=figure.status,
        known_at=figure.known_at,
        content_hash=figure.content_hash,
        signatures=tuple(Signature(each.by_label, each.role, each.signed_on) for each in signatures),
        corrects=figure.corrects.reference if figure.corrects else "",
        correction_reason=figure.correction_reason,
        corrected_by=corrected.reference if corrected else "",
    )


def when_of(figure: Figure) -> When:
    if figure.on_day is not None:
        return When.on(figure.on_day)
    assert figure.starts_on is not None
    return When.during(Period(figure.starts_on, figure.ends_before))


def question_of(figure: Figure) -> Question:
    return Question(definition_of(figure.code), Scope.parse(figure.scope), when_of(figure))


def kept_rows(figure: Figure) -> tuple[EvidenceRow, ...]:
    """The rows as they were frozen."""
    lines = EvidenceLine.objects.filter(figure=figure).order_by("record_id", "id").values_list("line", flat=True)
    return tuple(read_rows(json.loads(line) for line in lines.iterator(chunk_size=2_000)))


def counted_from_kept(figure: Figure) -> Counted:
    """Count the kept rows again. :raises DefinitionsDiffer: if that version of the definition can no longer be counted."""
    rows = kept_rows(figure)
    result = recompute(rows, recipe_of(figure.code, figure.definition_version))
    return Counted(question_of(figure), result, rows, figure.not_counted, {})


def latest_kept(question: Question) -> Figure | None:
    """The latest version of the figure that answers this question, if there is one."""
    period, when = question.when.period, question.when
    asked = (
        {"on_day": when.day}
        if when.is_day
        else {"on_day": None, "starts_on": period.starts_on, "ends_before": period.ends_before}
    )
    figures = with_story().filter(code=question.definition.code, scope=str(question.scope), **asked)
    return figures.order_by("-version").first()


def with_story() -> QuerySet[Figure]:
    """Figures with their signatures and the versions before and after, so that nothing more is asked per figure."""
    return Figure.objects.select_related("corrects", "corrected_by").prefetch_related("sign_offs")


def lines_of(figure: Figure, rows: Iterable[EvidenceRow]) -> list[EvidenceLine]:
    return [EvidenceLine(figure=figure, record_id=row.record_id, line=canonical_line(row).decode()) for row in rows]


def particulars(figure: Figure) -> dict[str, object]:
    """What of a figure goes into an edition's fingerprint (see ``fingerprints.PARTICULARS``)."""
    when = when_of(figure)
    return {
        "reference": figure.reference,
        "version": figure.version,
        "code": figure.code,
        "definition_version": figure.definition_version,
        "unit": figure.unit,
        "scope": figure.scope,
        "on": when.day.isoformat() if when.is_day else None,
        "from": None if when.is_day else when.period.first_day.isoformat(),
        "to": None if when.is_day else when.day.isoformat(),
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "n": figure.n,
        "evidence_hash": figure.evidence_hash,
        "content_hash": figure.content_hash,
    }
