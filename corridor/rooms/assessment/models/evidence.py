"""Photos, films and files that show what was judged, and the pieces in which they arrive."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id
from corridor.rooms.curricula.models import Unit
from corridor.rooms.training.models import Enrolment

from .schemes import SchemeCriterion


class EvidenceKind(models.TextChoices):
    PHOTO = "photo", _("Photo")
    VIDEO = "video", _("Video")
    FILE = "file", _("File")


class Evidence(models.Model):
    """
    One file about one learner in one unit and attempt. It is declared first, with its fingerprint, and arrives in pieces; until all are
    there it has no document and is "on its way". What is kept tells neither place nor device.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    attempt = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=10, choices=EvidenceKind)
    file_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    # Of the file as the device sent it; the document has a fingerprint of its own.
    sha256 = models.CharField(max_length=64)
    caption = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=150)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["added_at", "pk"]
        indexes = [models.Index(fields=["enrolment", "unit", "attempt"])]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "unit", "attempt", "sha256"], name="assessment_evidence_once"),
            models.CheckConstraint(condition=Q(size__gt=0), name="assessment_evidence_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.unit.code} {self.file_name}"

    def scopes(self) -> frozenset[Scope]:
        return self.enrolment.scopes()


class EvidenceCriterion(models.Model):
    """What a piece of evidence shows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="shows")
    criterion = models.ForeignKey(SchemeCriterion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evidence", "criterion"], name="assessment_evidencecriterion_once")
        ]


class EvidencePiece(models.Model):
    """A piece of a file that is on its way; gone when the file is whole."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="pieces")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["evidence", "number"], name="assessment_piece_once")]
