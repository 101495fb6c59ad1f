"""What an applicant is asked, as data: forms in numbered versions, their parts, and the kinds of document that parts ask for."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from corridor.foundations.vocabularies.languages import choose
from corridor.kernel.identifiers import new_id

from ..application_kinds import AnswerKind, DueFrom, Fact, Need, PartSort
from .organisations import OrganisationKind


def said_in(texts: Iterable[Any], language: str, *, otherwise: str) -> tuple[str, str, str]:
    """Title, explanation and the tag of the language they are in, for a reader of ``language``."""
    by_language = {each.language: each for each in texts}
    _title, tag = choose({key: each.title for key, each in by_language.items()}, language)
    return (by_language[tag].title, by_language[tag].explanation, tag) if tag else (otherwise, "", "")


class DocumentAsked(models.Model):
    """A kind of document. Questions and conditions point at it, so that a document asked for twice is handed in once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def said(self, language: str) -> tuple[str, str, str]:
        return said_in(self.texts.all(), language, otherwise=self.code)


class DocumentAskedText(models.Model):
    document = models.ForeignKey(DocumentAsked, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    explanation = models.TextField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "language"], name="members_documentaskedtext_once_per_language")
        ]


class FormVersion(models.Model):
    """One version of the form of a kind of applicant. Without a day of publication it is the draft; published, it never changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    number = models.PositiveSmallIntegerField()
    published_on = models.DateField(null=True)

    class Meta:
        ordering = ["kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="members_formversion_numbered_once"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(published_on__isnull=True), name="members_formversion_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class FormPart(models.Model):
    """
    A line of a form's outline. Sections hold questions, questions hold the answers to choose; conditions and criteria stand by themselves.

    ``code`` stays the same from version to version, so that answers to one question can be compared over the years.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="parts")
    sort = models.CharField(max_length=10, choices=PartSort)
    under = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    place = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60)
    # Of a question.
    answer = models.CharField(max_length=12, choices=AnswerKind, blank=True)
    need = models.CharField(max_length=10, choices=Need, blank=True)
    fact = models.CharField(max_length=10, choices=Fact, blank=True)
    # Of a question for a document, or of a condition that one fulfils.
    document = models.ForeignKey(DocumentAsked, null=True, on_delete=models.PROTECT, related_name="parts")
    # Of a condition.
    due_from = models.CharField(max_length=12, choices=DueFrom, blank=True)
    due_days = models.PositiveSmallIntegerField(null=True)
    # Of a criterion: how much it counts beside the others.
    weight = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["version", "sort", "code"], name="members_formpart_code_once"),
            models.UniqueConstraint(
                fields=["version", "fact"], condition=~Q(fact=""), name="members_formpart_each_fact_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(sort__in=["section", "condition", "criterion"], under__isnull=True)
                | Q(sort__in=["question", "option"], under__isnull=False),
                name="members_formpart_stands_where_it_belongs",
            ),
            models.CheckConstraint(
                condition=Q(sort="question", answer__in=AnswerKind.values, need__in=Need.values)
                | (~Q(sort="question") & Q(answer="", need="", fact="")),
                name="members_formpart_questions_are_answered",
            ),
            models.CheckConstraint(
                condition=Q(answer="file", document__isnull=False)
                | Q(sort="condition")
                | (~Q(answer="file") & Q(document__isnull=True)),
                name="members_formpart_names_its_document",
            ),
            models.CheckConstraint(
                condition=Q(sort="condition", due_from__in=DueFrom.values, due_days__isnull=False)
                | (~Q(sort="condition") & Q(due_from="", due_days__isnull=True)),
                name="members_formpart_conditions_are_due",
            ),
            models.CheckConstraint(
                condition=Q(sort="criterion", weight__gte=1) | (~Q(sort="criterion") & Q(weight__isnull=True)),
                name="members_formpart_criteria_weigh",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def said(self, language: str) -> tuple[str, str, str]:
        """Title, explanation, and their language; the code where nothing is written yet."""
        return said_in(self.texts.all(), language, otherwise=self.code)


class FormPartText(models.Model):
    """What a part says in one language: a label and the help below it."""

    part = models.ForeignKey(FormPart, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    explanation = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "language"], name="members_formparttext_once_per_language")
        ]
