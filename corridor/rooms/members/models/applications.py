"""An application: who asks to join, what they answered and handed in, and what they must still fulfil. Not the person, not the decision."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.foundations.documents.models import Document
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id

from ..application_kinds import LetterKind
from ..lifecycle import APPLICATION, CONDITION, ConditionStatus
from .application_forms import DocumentAsked, FormPart, FormVersion
from .organisations import Organisation

STANDS_IN_THE_WAY = (ConditionStatus.OPEN, ConditionStatus.HANDED_IN, ConditionStatus.REFUSED)


class Application(Living):
    """
    One application, by the form version with which it was begun.

    The contact is whoever fills it in: an address to write to, no person of the alliance until somebody is invited.
    """

    LIFE = APPLICATION

    reference = models.SlugField(max_length=20, unique=True)
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="applications")
    # Of a former member that comes back, as it says itself.
    former_reference = models.SlugField(max_length=60, blank=True)
    contact_name = models.CharField(max_length=150)
    contact_email = models.EmailField()
    language = models.CharField(max_length=12)
    # The link by which the applicant comes back: 256 bits of which only this is kept.
    secret_digest = models.CharField(max_length=64, unique=True)
    secret_expires_at = models.DateTimeField()
    started_at = models.DateTimeField()
    # Whence it was begun, as a keyed fingerprint: only to count how many begin from there in an hour.
    started_from = models.CharField(max_length=64, blank=True)
    submitted_at = models.DateTimeField(null=True)
    review_closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "submitted_at"], name="members_application_queue"),
            models.Index(fields=["started_from", "started_at"], name="members_application_begun"),
        ]

    def __str__(self) -> str:
        return self.reference

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("application", self.pk)})

    def applicant(self) -> Organisation:
        """The record that applies, once it is submitted: where its organisation was merged since, the one that stays."""
        assert self.organisation is not None  # submitting linked it
        return self.organisation.surviving()


class ApplicationChange(Change):
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="changes")

    class Meta(Change.Meta):
        indexes = [models.Index(fields=["application", "effective_on"])]


class Answer(models.Model):
    """What was answered to one question: in ``text`` (numbers and days as ISO 8601 writes them), or as choices."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(FormPart, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=10_000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "question"], name="members_answer_once_per_question")
        ]


class AnswerChoice(models.Model):
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="choices")
    option = models.ForeignKey(FormPart, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "option"], name="members_answerchoice_chosen_once")]


class DocumentHandedIn(models.Model):
    """The latest version of one kind of document of one application; earlier versions stand behind it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="documents")
    asked = models.ForeignKey(DocumentAsked, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "asked"], name="members_documenthandedin_once_per_kind")
        ]


class ApplicationCondition(Living):
    """A condition of one application: from its form (``part``) or added by a decision (``wanted``), with its own evidence and day."""

    LIFE = CONDITION

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="conditions")
    part = models.ForeignKey(FormPart, null=True, on_delete=models.PROTECT, related_name="+")
    wanted = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(DocumentAsked, null=True, on_delete=models.PROTECT, related_name="+")
    # None until the decision, for a condition that is due after it.
    due_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "part"], name="members_applicationcondition_once"),
            models.CheckConstraint(
                condition=Q(part__isnull=False, wanted="") | (Q(part__isnull=True) & ~Q(wanted="")),
                name="members_applicationcondition_says_what_is_wanted",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["refused", "waived"]) | ~Q(reason=""),
                name="members_applicationcondition_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.wanted or str(self.part)

    def said(self, language: str) -> tuple[str, str, str]:
        return self.part.said(language) if self.part else (self.wanted, "", "")

    def is_overdue(self, day: date) -> bool:
        return self.due_on is not None and self.due_on < day and self.status in {"open", "refused"}


class ApplicationConditionChange(Change):
    condition = models.ForeignKey(ApplicationCondition, on_delete=models.PROTECT, related_name="changes")

    class Meta(Change.Meta):
        pass


class Evidence(models.Model):
    """What was handed in for one condition: a note, a file, or both."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    condition = models.ForeignKey(ApplicationCondition, on_delete=models.PROTECT, related_name="evidence")
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=1000, blank=True)
    handed_in_at = models.DateTimeField()

    class Meta:
        ordering = ["handed_in_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False) | ~Q(note=""), name="members_evidence_is_something"
            )
        ]


class LetterTemplate(models.Model):
    """The secretariat's own wording of a letter in one language; without one our sentence stands there."""

    kind = models.CharField(max_length=20, choices=LetterKind)
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=200)
    body = models.TextField(max_length=5000)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "language"], name="members_lettertemplate_once_per_language")
        ]


class LetterMail(models.TextChoices):
    """How the mail of a letter stands; it is on the page of the application in any case."""

    NOT_WANTED = "not_wanted", _("Not sent by mail")
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")


class Letter(models.Model):
    """A letter as it was written: its text never changes. Who sends it holds it until ``held_until``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=20, choices=LetterKind)
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=200)
    body = models.TextField(max_length=10_000)
    written_on = models.DateField()
    written_at = models.DateTimeField()
    mail = models.CharField(max_length=10, choices=LetterMail, default=LetterMail.NOT_WANTED)
    attempts = models.PositiveSmallIntegerField(default=0)
    held_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["written_at", "pk"]
        indexes = [
            models.Index(
                fields=["held_until"], name="members_letter_to_send", condition=Q(mail__in=["waiting", "sending"])
            )
        ]
