"""Reports: what an owner says has come of an announcement, and what shows it."""

from django.db import models
from django.db.models import F, Q

from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id

from .announcements import Announcement


class AnnouncementReport(models.Model):
    """What the owner says has come of it. A report moves the next report day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="reports")
    reported_on = models.DateField()
    text = models.TextField()
    language = models.CharField(max_length=12, default="en")
    due_on = models.DateField()
    next_due_on = models.DateField()
    # How far the target is reached by then, as the owner counts it.
    reached = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    by_label = models.CharField(max_length=150)
    # None for what was written down before reports kept it.
    recorded_at = models.DateTimeField(auto_now_add=True, null=True)

    class Meta:
        ordering = ["reported_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_due_on__gt=F("reported_on")), name="conferences_report_names_a_later_day"
            ),
            models.CheckConstraint(
                condition=Q(reached__isnull=True) | Q(reached__gte=0), name="conferences_report_counts_from_nothing"
            ),
        ]


class ReportEvidence(models.Model):
    """What shows that a report is true: a document (its bytes have a fingerprint), or the record of another room by kind and reference."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(AnnouncementReport, on_delete=models.PROTECT, related_name="evidence")
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, blank=True)
    reference = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False, kind="", reference="")
                | (Q(document__isnull=True) & ~Q(kind="") & ~Q(reference="")),
                name="conferences_evidence_is_a_document_or_a_record",
            ),
            models.UniqueConstraint(
                fields=["report", "kind", "reference"], condition=~Q(kind=""), name="conferences_evidence_named_once"
            ),
        ]
