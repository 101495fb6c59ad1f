"""What the alliance asks its members: calls, their questions as rows, who was asked, and what they answered."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corridor.foundations.access import Scope
from corridor.foundations.documents.models import Document
from corridor.foundations.lifecycles.models import Change, Living
from corridor.foundations.vocabularies.languages import choose
from corridor.kernel.identifiers import new_id

from ..lifecycle import DATA_CALL
from .application_forms import Need
from .organisations import Organisation, OrganisationKind


class DataCall(Living):
    """Questions to members, with a deadline: the end of a day in the alliance's home zone. Who is asked is frozen when it opens."""

    LIFE = DATA_CALL

    reference = models.SlugField(max_length=30, unique=True)
    due_on = models.DateField()
    # Whom it asks: every active member, or those of one kind or country or region.
    kind = models.CharField(max_length=20, choices=OrganisationKind, blank=True)
    country = models.CharField(max_length=2, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-due_on", "-reference"]

    def __str__(self) -> str:
        return self.reference

    def title(self, language: str) -> str:
        return choose({each.language: each.text for each in self.titles.all()}, language)[0] or self.reference


class DataCallChange(Change):
    call = models.ForeignKey(DataCall, on_delete=models.PROTECT, related_name="changes")


class DataCallTitle(models.Model):
    call = models.ForeignKey(DataCall, on_delete=models.PROTECT, related_name="titles")
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "language"], name="members_datacalltitle_once")]


class QuestionKind(models.TextChoices):
    FIGURE = "figure", _("A number that the records know")
    NUMBER = "number", _("A number")
    TEXT = "text", pgettext_lazy("an answer", "Words")
    CHOICE = "choice", _("One of several")
    YES_NO = "yes_no", _("Yes or no")
    DAY = "day", _("A day")
    DOCUMENT = "document", _("A document")


class CallQuestion(models.Model):
    """
    One question of a call. One of kind figure names an indicator, the breakdown in which the member stands ("employer", "host", "owner",
    "sending_organisation"), and the last day; counted over a period, also the first.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    call = models.ForeignKey(DataCall, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=QuestionKind)
    need = models.CharField(max_length=10, choices=Need, default=Need.REQUIRED)
    unit = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=60, blank=True)
    dimension = models.CharField(max_length=40, blank=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)

    class Meta:
        ordering = ["call", "position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="members_callquestion_position_once"),
            models.CheckConstraint(
                condition=(Q(kind="figure", last_day__isnull=False) & ~Q(code="") & ~Q(dimension=""))
                | (~Q(kind="figure") & Q(code="", dimension="", first_day__isnull=True, last_day__isnull=True)),
                name="members_callquestion_figure_names_what_is_counted",
            ),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="members_callquestion_days_in_order",
            ),
        ]

    def text(self, language: str) -> str:
        return choose({each.language: each.text for each in self.texts.all()}, language)[0] or str(self.position)


class CallQuestionText(models.Model):
    question = models.ForeignKey(CallQuestion, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "language"], name="members_callquestiontext_once")]


class CallChoice(models.Model):
    """One of the answers from which a member chooses; its code stands in exports."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    question = models.ForeignKey(CallQuestion, on_delete=models.PROTECT, related_name="choices")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ["question", "position"]
        constraints = [models.UniqueConstraint(fields=["question", "code"], name="members_callchoice_once")]


class AskedMember(models.Model):
    """A member that a call asked when it opened. It stays asked, whatever becomes of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    call = models.ForeignKey(DataCall, on_delete=models.PROTECT, related_name="asked")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # Of the first answer that was submitted; a correction does not move it.
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["call", "organisation__reference"]
        constraints = [models.UniqueConstraint(fields=["call", "organisation"], name="members_askedmember_once")]

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("member", self.organisation_id)})


class Return(models.Model):
    """
    What a member sends back to a call: first a draft, then submitted. A correction is the next number; what was said before stays readable.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    asked = models.ForeignKey(AskedMember, on_delete=models.PROTECT, related_name="returns")
    number = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["asked", "number"]
        constraints = [
            models.UniqueConstraint(fields=["asked", "number"], name="members_return_number_once"),
            models.UniqueConstraint(
                fields=["asked"], condition=Q(submitted_at__isnull=True), name="members_return_one_draft"
            ),
        ]


class ReturnedAnswer(models.Model):
    """
    One answer: a value of the question's kind, as text that a machine can read (a number, a day of ISO 8601, a code of a choice, yes or no).

    ``counted`` is what the records gave when it was answered; where the member says another number, ``reason`` says why.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sent = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(CallQuestion, on_delete=models.PROTECT, related_name="answers")
    value = models.CharField(max_length=2000, blank=True)
    counted = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["sent", "question__position"]
        constraints = [models.UniqueConstraint(fields=["sent", "question"], name="members_returnedanswer_once")]
