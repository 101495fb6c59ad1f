"""Evidence: declared with its fingerprint, arriving in pieces that may be sent again, kept when it is whole."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from math import ceil
from pathlib import PurePath
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.receiving import Upload, receive
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.training.models import Enrolment

from ..lifecycle import DecisionStatus
from ..models import Decision, Evidence, EvidenceCriterion, EvidenceKind, EvidencePiece, SchemeCriterion
from ..pieces import PIECE_BYTES, forget_pieces, missing_pieces, remove_evidence
from ..refusals import DecisionIsFinal, NotInCurriculum, PieceDiffers

KIND_OF = {
    ".jpg": EvidenceKind.PHOTO, ".jpeg": EvidenceKind.PHOTO, ".png": EvidenceKind.PHOTO, ".mp4": EvidenceKind.VIDEO,
    ".mov": EvidenceKind.VIDEO, ".3gp": EvidenceKind.VIDEO, ".pdf": EvidenceKind.FILE,
}  # fmt: skip
MOST_OF_ONE_ATTEMPT = 40


@dataclass(frozen=True, kw_only=True)
class EvidenceDraft:
    """A file that a device has; ``criteria`` by key. ``key`` is the device's own, so that it can name the file before it is heard."""

    enrolment: Enrolment
    unit: Unit
    file_name: str
    size: int
    sha256: str
    attempt: int = 1
    caption: str = ""
    criteria: tuple[UUID, ...] = ()
    key: UUID | None = None


@transaction.atomic
def declare_evidence(*, draft: EvidenceDraft, at: datetime, by: Actor) -> Evidence:
    """
    Say that a file is on its way. Said again with the same content it is the same evidence.

    :raises BadInput: for a kind that is not kept, or a file that is too large, with what to do.
    :raises DecisionIsFinal: once the decision that it would show is final.
    """
    by.require(Permission.EVIDENCE_ADD, on=draft.enrolment)
    # Hold the place: two devices that declare the same file at once declare it once.
    Enrolment.objects.select_for_update(of=("self",), no_key=True).get(pk=draft.enrolment.pk)
    there = Evidence.objects.filter(enrolment=draft.enrolment, unit=draft.unit, attempt=draft.attempt)
    same = there.filter(sha256=draft.sha256.lower()).first()
    if same is not None:
        return same
    if problems := _problems(draft, there.count()):
        raise BadInput(problems)
    if draft.unit.version_id != draft.enrolment.cohort.curriculum_version_id:
        raise NotInCurriculum(
            N_("Unit %(unit)s is not in the curriculum version that %(cohort)s follows."),
            unit=draft.unit.code, cohort=draft.enrolment.cohort.reference,
        )  # fmt: skip
    _require_open(draft.enrolment, draft.unit, draft.attempt)
    made = Evidence.objects.create(
        pk=draft.key or new_id(), enrolment=draft.enrolment, unit=draft.unit, attempt=draft.attempt,
        kind=KIND_OF[_suffix(draft.file_name)], file_name=draft.file_name[-200:], size=draft.size,
        sha256=draft.sha256.lower(), caption=draft.caption.strip()[:200], added_at=at, added_by=by.label,
    )  # fmt: skip
    EvidenceCriterion.objects.bulk_create(
        EvidenceCriterion(evidence=made, criterion_id=key) for key in dict.fromkeys(draft.criteria)
    )
    log.record("assessment.evidence_declared", by=by, subject=made)
    return made


@transaction.atomic
def add_piece(
    *, evidence: Evidence, number: int, content: bytes, fingerprint: str, at: datetime, by: Actor
) -> Evidence:
    """
    Take one piece (from 0), in whatever order; with the last one the file is put together, looked at and kept. A piece that came before is
    taken again without harm.

    :raises BadInput: for half a piece, or if the whole is none that is kept. :raises PieceDiffers: if another content came under its number.
    """
    by.require(Permission.EVIDENCE_ADD, on=evidence)
    held = _hold(evidence)
    if held.document_id is not None:
        return held
    _require_piece(held, number, content, fingerprint)
    there = EvidencePiece.objects.filter(evidence=held, number=number).first()
    if there is not None and there.sha256 != fingerprint.lower():
        raise PieceDiffers(
            N_("Piece %(number)s of %(file)s came before with another content. Take the file off the list and send it anew."),
            number=number, file=held.file_name,
        )  # fmt: skip
    if there is None:
        name = default_storage.save(f"arriving/{held.pk}/{number}", ContentFile(content))
        EvidencePiece.objects.create(evidence=held, number=number, sha256=fingerprint.lower(), stored_as=name)
    if not missing_pieces(held):
        _put_together(held, at=at, by=by)
    return held


@transaction.atomic
def add_evidence(*, draft: EvidenceDraft, content: bytes, at: datetime, by: Actor) -> Evidence:
    """A file that came whole, from a form."""
    made = declare_evidence(draft=draft, at=at, by=by)
    if made.document_id is None:
        _keep(_hold(made), content, at=at, by=by)
    return made


@transaction.atomic
def discard_evidence(*, evidence: Evidence, by: Actor) -> None:
    """Take evidence off the list: it never came, or shows what it should not. :raises DecisionIsFinal: once a final decision stands on it."""
    by.require(Permission.EVIDENCE_ADD, on=evidence)
    held = _hold(evidence)
    if not by.may(Permission.DECISION_RECORD, on=held) and held.added_by != by.label:
        by.require(Permission.DECISION_RECORD, on=held)
    _require_open(held.enrolment, held.unit, held.attempt)
    log.record("assessment.evidence_discarded", by=by, subject=held)
    remove_evidence([held], by=by)


def _require_piece(evidence: Evidence, number: int, content: bytes, fingerprint: str) -> None:
    count = ceil(evidence.size / PIECE_BYTES)
    if not 0 <= number < count:
        text = N_("This file has pieces 0 to %(last)s.")
        raise BadInput([Problem(text, {"last": count - 1}, column="number")])
    expected = PIECE_BYTES if number < count - 1 else evidence.size - PIECE_BYTES * (count - 1)
    if len(content) != expected or sha256(content).hexdigest() != fingerprint.lower():
        text = N_(
            "Piece %(number)s arrived in part: %(bytes)s of %(expected)s bytes, or changed on the way. Send it again."
        )
        places = {"number": number, "bytes": len(content), "expected": expected}
        raise BadInput([Problem(text, places, column="content")])


def _put_together(evidence: Evidence, *, at: datetime, by: Actor) -> None:
    content = bytearray()
    for piece in EvidencePiece.objects.filter(evidence=evidence).order_by("number"):
        with default_storage.open(piece.stored_as) as stored:
            content += stored.read()
    _keep(evidence, bytes(content), at=at, by=by)
    forget_pieces([evidence.pk])


def _keep(evidence: Evidence, content: bytes, *, at: datetime, by: Actor) -> None:
    if len(content) != evidence.size or sha256(content).hexdigest() != evidence.sha256:
        text = N_("%(file)s is not the file that was announced. Take it off the list and send it anew.")
        raise BadInput([Problem(text, {"file": evidence.file_name}, column="content")])
    title = evidence.caption or evidence.file_name
    upload = Upload(evidence.file_name, content, title, kind=f"evidence.{evidence.kind}")
    evidence.document = receive(upload, at=at, by=by, films=True)
    evidence.save(update_fields=["document"])
    log.record("assessment.evidence_kept", by=by, subject=evidence)


def _hold(evidence: Evidence) -> Evidence:
    rows = Evidence.objects.select_for_update(of=("self",)).select_related("enrolment__cohort", "unit")
    found = rows.filter(pk=evidence.pk).first()
    if found is None:
        raise NotFound(N_("There is no such evidence that you may see."))
    return found


def _require_open(enrolment: Enrolment, unit: Unit, attempt: int) -> None:
    decided = Decision.objects.filter(enrolment=enrolment, unit=unit, attempt=attempt)
    if decided.exclude(status=DecisionStatus.ASSESSED).exists():
        raise DecisionIsFinal(
            N_("Attempt %(attempt)s of %(learner)s in %(unit)s is final."),
            attempt=attempt, learner=str(enrolment), unit=unit.code,
        )  # fmt: skip


def _problems(draft: EvidenceDraft, there: int) -> list[Problem]:
    kind = KIND_OF.get(_suffix(draft.file_name))
    if kind is None:
        text = N_("Files of this kind are not kept; send one of: %(kinds)s.")
        return [Problem(text, {"kinds": ", ".join(KIND_OF)}, file=draft.file_name, column="file_name")]
    found = []
    most = settings.MAX_VIDEO_BYTES if kind == EvidenceKind.VIDEO else settings.MAX_DOCUMENT_BYTES
    sizes = {"size": ceil(draft.size / 2**20), "most": most // 2**20}
    if draft.size > most and kind == EvidenceKind.VIDEO:
        text = N_(
            "The film has %(size)s MB; at most %(most)s MB are kept. Film one step at a time, or choose a smaller picture in the camera."
        )
        found.append(Problem(text, sizes, file=draft.file_name, column="size"))
    elif draft.size > most:
        text = N_("The file has %(size)s MB; at most %(most)s MB are kept. Make it smaller and send it again.")
        found.append(Problem(text, sizes, file=draft.file_name, column="size"))
    if draft.size < 1:
        found.append(Problem(N_("The file is empty."), file=draft.file_name, column="size"))
    if len(draft.sha256) != 64 or not set(draft.sha256.lower()) <= set("0123456789abcdef"):
        found.append(Problem(N_("The fingerprint is no SHA-256: 64 digits from 0 to f."), column="sha256"))
    if there >= MOST_OF_ONE_ATTEMPT:
        text = N_("There are %(most)s files for this attempt already; keep the ones that show something.")
        found.append(Problem(text, {"most": MOST_OF_ONE_ATTEMPT}, file=draft.file_name, column="file_name"))
    known = SchemeCriterion.objects.filter(pk__in=draft.criteria, instrument__scheme__unit=draft.unit).count()
    if known != len(set(draft.criteria)):
        found.append(Problem(N_("One of these criteria is not of this unit."), column="criteria"))
    return found


def _suffix(file_name: str) -> str:
    return PurePath(file_name).suffix.lower()
