"""What persons ask about their own records, what stands in the way of an erasure, and what was erased."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.foundations.documents.models import Document
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id

from ..lifecycle import REQUEST
from .persons import Person


class RequestKind(models.TextChoices):
    CORRECTION = "correction", _("Correct my record")
    ERASURE = "erasure", _("Erase my record")


class Part(models.TextChoices):
    """What a correction is about. Those of the person's own record are put right as soon as they are accepted."""

    OWN_NAME = "own_name", _("My name in my own script")
    ROMANISED_NAME = "romanised_name", _("My name in Latin letters")
    BORN_ON = "born_on", _("My day of birth")
    SEX = "sex", _("My sex")
    RESIDENCE_COUNTRY = "residence_country", _("The country where I live")
    ENROLMENT = "enrolment", _("My place in a cohort")
    ATTENDANCE = "attendance", _("My attendance")
    DECISION = "decision", _("A decision of an assessor")
    CREDENTIAL = "credential", _("My certificate")
    OTHER = "other", _("Something else")


class RightsRequest(Living):
    """What a person asks about the own record, by when it is owed an answer, and the answer."""

    LIFE = REQUEST

    reference = models.SlugField(max_length=30, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=12, choices=RequestKind)
    part = models.CharField(max_length=20, choices=Part, blank=True)
    # Both are the person's own words; an erasure and a rule of retention make them empty.
    should_be = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True)
    evidence = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    due_on = models.DateField()
    answered_on = models.DateField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["due_on", "reference"]
        indexes = [models.Index(fields=["status", "due_on"])]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="people_request_due_after_asked"),
            models.CheckConstraint(
                condition=Q(kind="erasure", part="") | (Q(kind="correction") & ~Q(part="")),
                name="people_request_correction_names_a_part",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(kind="erasure", status="asked"),
                name="people_request_one_erasure_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def scopes(self) -> frozenset[Scope]:
        return self.person.scopes()


class RightsRequestChange(Change):
    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="changes")


class Hold(models.Model):
    """The record of this person must be kept, for a reason of law, from a day and until a day: nothing of it is erased meanwhile."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=500)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)
    by_label = models.CharField(max_length=150)

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="people_hold_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="people_hold_has_a_reason"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Erasure(models.Model):
    """That a person was erased: when, by whom, why, and at whose wish. The record itself says nothing else any more."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="erasure")
    request = models.OneToOneField(RightsRequest, null=True, on_delete=models.PROTECT, related_name="+")
    erased_at = models.DateTimeField()
    # A reason of the house ("asked by the person", "rule of retention"), written without personal values.
    reason = models.CharField(max_length=300)
    by_label = models.CharField(max_length=150)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="people_erasure_has_a_reason")]

    def __str__(self) -> str:
        return str(self.pk)
