"""The photographs of registers that were filled by hand."""

from django.db import models

from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id

from .sessions import Session


class SheetPhoto(models.Model):
    """What somebody photographed of a register on paper; kept whether it could be read or not, beside what was entered from it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="photos")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    kept_by = models.CharField(max_length=150)
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["kept_at", "id"]
