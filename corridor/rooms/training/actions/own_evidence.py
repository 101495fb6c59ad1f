"""What a learner adds to the own place: photos and papers that show what they can do."""

from datetime import datetime
from pathlib import PurePath

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.forgetting import forget_documents
from corridor.foundations.documents.receiving import Upload, receive
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit

from ..models import Enrolment, OwnEvidence

KINDS = (".pdf", ".png", ".jpg", ".jpeg")
# A phone's photo fits; what is larger takes an hour on a slow line.
MOST_BYTES = 10 * 2**20
MOST_FILES = 30


@transaction.atomic
def add_own_evidence(
    *, enrolment: Enrolment, unit: Unit | None, upload: Upload, words: str, at: datetime, by: Actor
) -> OwnEvidence:
    """
    Add a file to one's own place, for one unit or for the whole. Photos lose what they tell in passing (where, when, with which phone).

    :raises AccessDenied: for anybody else's place.
    :raises BadInput: for a file of another kind or too large, a unit of another curriculum, without words, or where there are many files already.
    """
    by.require(Permission.OWN_EVIDENCE_ADD, on=enrolment)
    # Held, so that two that arrive at once are counted one after the other.
    held = Enrolment.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=enrolment.pk)
    problems = []
    if PurePath(upload.file_name).suffix.lower() not in KINDS:
        problems.append(Problem(N_("Send a photo or a PDF: %(kinds)s."), {"kinds": ", ".join(KINDS)}, column="file"))
    if len(upload.content) > MOST_BYTES:
        problems.append(
            Problem(
                N_("The file is larger than %(most)s MB. Take the photo in a smaller size, and send it again."),
                {"most": MOST_BYTES // 2**20}, column="file",
            )
        )  # fmt: skip
    if not words.strip():
        problems.append(Problem(N_("Say what it shows."), column="words"))
    if unit is not None and unit.version_id != held.cohort.curriculum_version_id:
        problems.append(Problem(N_("This unit is not part of what you learn here."), column="unit"))
    if held.own_evidence.count() >= MOST_FILES:
        problems.append(
            Problem(N_("You have added %(most)s files here; take one away first."), {"most": MOST_FILES}, column="file")
        )
    if problems:
        raise BadInput(problems)
    document = receive(upload, at=at, by=by)
    made = OwnEvidence.objects.create(
        enrolment=held, unit=unit, document=document, words=words.strip()[:300], added_at=at
    )
    log.record("training.own_evidence_added", by=by, subject=made)
    return made


@transaction.atomic
def drop_own_evidence(*, evidence: OwnEvidence, by: Actor) -> None:
    """Take one's own file away again. :raises AccessDenied: for anybody else's."""
    by.require(Permission.OWN_EVIDENCE_ADD, on=evidence.enrolment)
    log.record("training.own_evidence_dropped", by=by, subject=evidence)
    document = evidence.document_id
    OwnEvidence.objects.filter(pk=evidence.pk).delete()
    forget_documents([document], by=by)
