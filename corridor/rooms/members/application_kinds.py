"""The kinds of things in forms, letters and decisions: what doors name without knowing the tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PartSort(models.TextChoices):
    SECTION = "section", _("Section")
    QUESTION = "question", _("Question")
    OPTION = "option", _("Answer to choose")
    CONDITION = "condition", _("Condition")
    CRITERION = "criterion", _("Criterion of review")


class AnswerKind(models.TextChoices):
    SHORT_TEXT = "short_text", _("Short text")
    LONG_TEXT = "long_text", _("Long text")
    ONE_OF = "one_of", _("One of several")
    SEVERAL_OF = "several_of", _("Several of several")
    NUMBER = "number", pgettext_lazy("an answer", "Number")
    DAY = "day", _("Day")
    YES_NO = "yes_no", _("Yes or no")
    COUNTRY = "country", _("Country or region")
    FILE = "file", _("Document")


class Need(models.TextChoices):
    REQUIRED = "required", _("Must be answered")
    OPTIONAL = "optional", _("May be left empty")


class Fact(models.TextChoices):
    """What an answer says about the organisation: taken into its record when the application is submitted."""

    NAME = "name", _("Official name in English")
    OWN_NAME = "own_name", _("Official name in its own language")
    CITY = "city", _("City")
    COUNTRY = "country", _("Country or region")


class DueFrom(models.TextChoices):
    SUBMISSION = "submission", _("Before the review: days after submission")
    DECISION = "decision", _("After the decision: days after it")


class LetterKind(models.TextChoices):
    RECEIPT = "receipt", _("Receipt")
    MORE_WANTED = "more_wanted", _("More information wanted")
    APPROVED = "approved", _("Approved")
    APPROVED_WITH_CONDITIONS = "with_conditions", _("Approved with conditions")
    REJECTED = "rejected", _("Rejected")


class Outcome(models.TextChoices):
    APPROVED = "approved", _("Approved")
    APPROVED_WITH_CONDITIONS = "with_conditions", _("Approved with conditions")
    REJECTED = "rejected", _("Rejected")
