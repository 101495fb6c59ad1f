"""A checklist as a form sends it, and files as they are sent with it."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict

from corridor.foundations.access import Actor, Permission
from corridor.rooms.assessment import queries
from corridor.rooms.assessment.actions import EvidenceDraft
from corridor.rooms.assessment.judging import FindingDraft
from corridor.rooms.assessment.queries import Judging
from corridor.rooms.assessment.queries.choices import Found, Weight
from corridor.rooms.assessment.schemes import criteria_of
from corridor.rooms.curricula.texts import text_for
from corridor.rooms.training import queries as training
from corridor.rooms.training.queries import path as paths
from corridor.web.ui import names

from .board import Place, unit_board


@dataclass(frozen=True)
class Judged(Place):
    """A place with its judging: of the decision that is open, or of the attempt that comes next."""

    def judging(self, *, on: date, by: Actor) -> Judging:
        decision = self.decision if self.next_attempt is None else None
        attempt = self.next_attempt or (self.decision.attempt if self.decision is not None else 1)
        day = decision.decided_on if decision is not None else on
        return queries.judging_of(
            enrolment=self.enrolment, unit=self.unit, decision=decision, attempt=attempt, on=day, by=by
        )


def place_of(request: HttpRequest, reference: str, unit: str, number: int) -> Judged:
    """:raises NotFound: if there is no such cohort, unit or seat for this reader."""
    cohort = training.get_cohort(reference=reference, by=request.actor)
    found = unit_board(queries.get_matrix(cohort=cohort, by=request.actor), code=unit).place(number)
    return Judged(found.enrolment, found.unit, found.name, found.decision)


def own_files_to_take(judging: Judging, *, by: Actor) -> list[Any]:
    """Files that the learner added for this unit or for the whole, and that are no evidence of this attempt yet."""
    if not by.may(Permission.DECISION_RECORD, on=judging.enrolment):
        return []
    taken = {each.document_id for each in judging.evidence}
    rows = paths.evidence_of_places(enrolments=[judging.enrolment], by=by).get(judging.enrolment.pk, [])
    return [each for each in rows if each.unit_id in {None, judging.unit.pk} and each.document_id not in taken]


def findings_sent(judging: Judging, sent: QueryDict) -> tuple[FindingDraft, ...]:
    """What a checklist says of each criterion that was looked at: c{key} and its note n{key}."""
    return tuple(
        FindingDraft(criterion=line.criterion.pk, found=Found(said), note=sent.get(f"n{line.criterion.pk}", ""))
        for line in judging.lines
        if (said := sent.get(f"c{line.criterion.pk}", "")) in Found.values
    )


def with_sent(judging: Judging, sent: QueryDict) -> list[dict[str, Any]]:
    """The lines of a checklist for the page, with what a refused form said."""
    return [
        {
            "criterion": line.criterion, "was_met": line.was_met,
            "found": sent.get(f"c{line.criterion.pk}", line.found), "note": sent.get(f"n{line.criterion.pk}", line.note),
            "is_critical": line.criterion.weight == Weight.CRITICAL,
        }
        for line in judging.lines
    ]  # fmt: skip


def findings_of_class(scheme: Any, sent: QueryDict, number: int, *, is_competent: bool) -> tuple[FindingDraft, ...]:
    """
    For many learners at once: everything was met but what is ticked as not met (x{seat}). Whoever decides "competent" says so of each
    criterion that is needed.
    """
    failed = set(sent.getlist(f"x{number}"))
    return tuple(
        FindingDraft(criterion=each.pk, found=Found.NOT_MET if str(each.pk) in failed else Found.MET)
        for each in criteria_of(scheme)
        if is_competent or each.weight != Weight.OPTIONAL or str(each.pk) in failed
    )


def criterion_choices(judging: Judging) -> list[tuple[str, str]]:
    """For a form: the criteria by key, in the reader's language."""
    return [
        (
            str(line.criterion.pk),
            f"{line.criterion.code} {text_for(line.criterion.texts.all(), names.reader_language()).text}",
        )
        for line in judging.lines
    ]


def sent_file(file: UploadedFile) -> bytes:
    return file.read()


def draft_of_file(enrolment: Any, unit: Any, attempt: int, given: dict[str, Any], content: bytes) -> EvidenceDraft:
    return EvidenceDraft(
        enrolment=enrolment, unit=unit, attempt=attempt, file_name=given["file"].name, size=len(content),
        sha256=sha256(content).hexdigest(), caption=given["caption"],
        criteria=tuple(UUID(each) for each in given.get("criteria", ())),
    )  # fmt: skip
