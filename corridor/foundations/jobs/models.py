"""Long work that can be left and found again: what it does, how far it is, and who holds it now."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from corridor.kernel.identifiers import new_id


class Job(models.Model):
    """
    One piece of long work. The queue delivers it; this row says how far it is.

    A worker holds it by a lease; when a worker dies its lease runs out and the reaper gives the work to another. Work under a job is
    therefore safe to do twice: it continues where its own records show it stopped.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"
        CANCELLED = "cancelled", "cancelled"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=60)
    # What it works on, as a reference that people read (a cohort, an edition), and as the task's arguments.
    subject = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    held_until = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    message = models.TextField(blank=True)
    asked_by = models.CharField(max_length=150)
    # Who is told when it fails; none for the house's own work.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(fields=["state", "held_until"]),
            models.Index(fields=["-asked_at", "-id"], name="jobs_job_latest_first"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="jobs_job_does_not_overshoot"),
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=Q(state__in=["waiting", "running"]), name="jobs_job_one_at_a_time"
            ),
        ]

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}

    def is_abandoned(self, *, at: datetime) -> bool:
        return self.state == self.State.RUNNING and self.held_until is not None and self.held_until < at
