"""Copies of all that is held about a person, made for that person alone, and gone after some days."""

from django.db import models
from django.db.models import F, Q

from corridor.kernel.identifiers import new_id

from .persons import Person


class DataExport(models.Model):
    """One copy: asked for, ready from an instant on, and gone at another. Its bytes stand in the store until then."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exports")
    language = models.CharField(max_length=12)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    size = models.PositiveBigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    # Where the bytes stand in the store; empty before they are made and after they are gone.
    stored_as = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("asked_at")), name="people_export_ends_after_asked"),
            models.CheckConstraint(
                condition=Q(stored_as="") | Q(ready_at__isnull=False), name="people_export_stored_is_ready"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
