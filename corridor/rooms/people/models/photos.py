"""The photo by which trainers know a learner, where the learner agreed to that."""

from django.db import models

from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id

from .persons import Person


class PersonPhoto(models.Model):
    """One small photo of a person. It is there only while the consent for it stands: with the consent the row and the file go."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    kept_by = models.CharField(max_length=150)
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["kept_at", "pk"]
