"""What a party owes under an agreement: by a day, or again and again in a rhythm, and each time that it was settled."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission, Scope
from corridor.foundations.documents.models import Document
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.kernel.periods import add_months
from corridor.rooms.members.models import Organisation

from ..lifecycle import OBLIGATION, ObligationStatus
from .agreements import Agreement, AgreementParty


class ShownBy(models.TextChoices):
    """What counts as having kept it. All but the first two are records of other rooms, which a journey looks for."""

    WORD = "word", _("What the member says")
    DOCUMENT = "document", _("A document")
    REPORT = "report", _("A report on an announcement")
    EQUIPMENT = "equipment", _("Equipment that came to a site")
    COHORT = "cohort", _("A cohort that finished")
    PAYMENT = "payment", _("A payment under a commitment")


# So many days before it is due its member is reminded; what takes longer to bring about is said earlier.
REMIND_BEFORE: dict[str, tuple[int, ...]] = {
    ShownBy.WORD: (14, 3),
    ShownBy.DOCUMENT: (30, 7),
    ShownBy.REPORT: (30, 7),
    ShownBy.EQUIPMENT: (60, 14),
    ShownBy.COHORT: (60, 14),
    ShownBy.PAYMENT: (30, 7),
}
LONGEST_RHYTHM = 120


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def visible_to(self, by: Actor) -> Self:
        """Obligations stand in the text of an agreement: whoever may read it sees them."""
        if by.holds_everywhere(Permission.AGREEMENT_VIEW_TEXT):
            return self
        own = AgreementParty.objects.filter(organisation__in=by.ids_with(Permission.AGREEMENT_VIEW_TEXT, "member"))
        return self.filter(agreement__in=own.values("agreement"))


class Obligation(Living):
    """
    What a party owes under an agreement. Whoever speaks for the party keeps it; overdue is computed.

    With a rhythm it falls due every so many months until the agreement ends: ``due_on`` is the day that stands now, counted from the first
    and never from the day before it, so that 31 January stays the end of a month.
    """

    LIFE = OBLIGATION

    reference = models.SlugField(max_length=20, unique=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="obligations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    due_on = models.DateField()
    first_due_on = models.DateField()
    every_months = models.PositiveSmallIntegerField(null=True)
    # Which time it is that falls due on ``due_on``.
    turn = models.PositiveSmallIntegerField(default=1)
    shown_by = models.CharField(max_length=12, choices=ShownBy, default=ShownBy.WORD)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "reference"]
        indexes = [
            models.Index(fields=["due_on", "reference"]),
            # What is late now, whoever owes it: the first page reads no more than it shows.
            models.Index(
                fields=["due_on", "reference"], condition=Q(status="open"), name="agreements_open_obligations"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="agreements_obligation_says_what"),
            models.CheckConstraint(
                condition=Q(every_months__isnull=True) | Q(every_months__gte=1, every_months__lte=LONGEST_RHYTHM),
                name="agreements_obligation_rhythm_is_of_months",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("first_due_on")) & Q(turn__gte=1),
                name="agreements_obligation_due_from_the_first_day",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def due_at(self, turn: int) -> date:
        """The day on which it falls due for that time, the first being 1."""
        return add_months(self.first_due_on, (self.every_months or 0) * (turn - 1))

    def next_due_on(self) -> date | None:
        """The day after the one that stands now; None where it does not return before the agreement ends."""
        if self.every_months is None:
            return None
        day, ends_before = self.due_at(self.turn + 1), self.agreement.ends_before
        return None if ends_before is not None and day >= ends_before else day

    def due_on_day(self, day: date) -> date:
        """The due day that stood on that day: of the first time that was settled later, else the one of now."""
        later = self.occurrences.filter(settled_on__gt=day).order_by("number").first()
        return later.due_on if later is not None else self.due_on

    def is_overdue(self, *, on: date) -> bool:
        return self.due_on_day(on) < on and self.status_on(on) == ObligationStatus.OPEN.value

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("member", self.organisation_id)})


class ObligationChange(Change):
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="changes")


class ObligationOccurrence(models.Model):
    """One time that it fell due and was settled: kept or let off, on which day, and what shows it."""

    class Settled(models.TextChoices):
        FULFILLED = "fulfilled", _("Fulfilled")
        WAIVED = "waived", _("Waived")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="occurrences")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    settled_as = models.CharField(max_length=12, choices=Settled)
    settled_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    # What shows that it was kept: a document, or the record of another room by its kind (ShownBy) and reference.
    evidence = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    record_kind = models.CharField(max_length=12, choices=ShownBy, blank=True)
    record_reference = models.CharField(max_length=130, blank=True)
    by_label = models.CharField(max_length=150)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["obligation", "number"]
        indexes = [models.Index(fields=["obligation", "settled_on"], name="agreements_occ_settled")]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "number"], name="agreements_occurrence_once"),
            models.CheckConstraint(
                condition=Q(settled_as="fulfilled") | Q(record_kind="", record_reference="", evidence__isnull=True),
                name="agreements_occurrence_only_kept_is_shown",
            ),
            models.CheckConstraint(
                condition=Q(record_kind="", record_reference="") | (~Q(record_kind="") & ~Q(record_reference="")),
                name="agreements_occurrence_record_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation.reference}.{self.number}"


class CalendarAddress(models.Model):
    """The secret address under which an account's calendar program reads what is due. Only a hash is kept; the address is shown once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    language = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at__isnull=True), name="agreements_calendar_one_of_an_account"
            )
        ]
