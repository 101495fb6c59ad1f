"""What a learner adds to the own place in a cohort, to show what they can do."""

from django.db import models

from corridor.foundations.access import Scope
from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id
from corridor.rooms.curricula.models import Unit

from .enrolments import Enrolment


class OwnEvidence(models.Model):
    """A file of a learner's own, for one unit or for the whole; who assesses may look at it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="own_evidence")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.words

    def scopes(self) -> frozenset[Scope]:
        return self.enrolment.scopes()
