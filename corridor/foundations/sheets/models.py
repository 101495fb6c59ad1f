"""An import: a file that somebody sent, how it is read, what it would do, and what it did."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corridor.foundations.lifecycles.life import Lifecycle
from corridor.kernel.identifiers import new_id

from .importing import Verdict

UNDO_FOR = timedelta(days=1)
# The file and its rows hold personal data: they go when nobody needs them any more.
KEPT_FOR = timedelta(days=7)


class ImportState(models.TextChoices):
    RECEIVED = "received", _("Being prepared")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, nothing written yet")
    APPLYING = "applying", _("Being written")
    APPLIED = "applied", _("Written")
    UNDONE = "undone", _("Taken back")
    WITHDRAWN = "withdrawn", pgettext_lazy("a sheet", "Withdrawn")


_S = ImportState
IMPORT = Lifecycle(
    "import",
    _S.RECEIVED,
    {
        _S.RECEIVED: frozenset({_S.CHECKING, _S.WITHDRAWN}),
        _S.CHECKING: frozenset({_S.CHECKED, _S.RECEIVED, _S.WITHDRAWN}),
        _S.CHECKED: frozenset({_S.RECEIVED, _S.CHECKING, _S.APPLYING, _S.WITHDRAWN}),
        _S.APPLYING: frozenset({_S.APPLIED, _S.CHECKED, _S.RECEIVED}),
        _S.APPLIED: frozenset({_S.UNDONE}),
        _S.UNDONE: frozenset(),
        _S.WITHDRAWN: frozenset(),
    },
)


class Hidden(models.TextChoices):
    """What becomes of hidden and filtered rows and columns."""

    UNASKED = "", _("Not decided")
    READ = "read", _("Read them like the others")
    LEAVE = "leave", _("Leave them out")


class Import(models.Model):
    """One file on its way in. Its bytes stay as they came until they are forgotten (``stored_as`` is empty then)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.RECEIVED)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    stored_as = models.CharField(max_length=200)
    sent_by = models.CharField(max_length=150)
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=12, default="en")
    sent_at = models.DateTimeField()
    # How it is read: chosen by evidence or by the sender.
    sheet = models.CharField(max_length=200, blank=True)
    header_row = models.PositiveIntegerField(default=1)
    header_depth = models.PositiveSmallIntegerField(default=1)
    encoding = models.CharField(max_length=20, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    hidden = models.CharField(max_length=6, choices=Hidden, blank=True, default=Hidden.UNASKED)
    # What the dry run found; all nothing before.
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # What the sender is told about the reading, as JSON (steps/telling.py): written and read whole, never asked.
    told = models.TextField(blank=True)
    # The last thing that went wrong on the way, as JSON (message, places): read whole with the import, never asked.
    message = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["sent_by", "-sent_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["applied", "undone"]) | Q(applied_at__isnull=True),
                name="sheets_import_applied_has_its_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.file_name}"


class ImportColumnChoice(models.Model):
    """A column of the file and what it is taken for; no name: it is left out."""

    of = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="columns")
    position = models.PositiveIntegerField()
    header = models.CharField(max_length=300)
    name = models.CharField(max_length=60, blank=True)
    sure = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["of", "position"], name="sheets_importcolumnchoice_once"),
            models.UniqueConstraint(
                fields=["of", "name"], condition=~Q(name=""), name="sheets_importcolumnchoice_name_once"
            ),
        ]


class AnsweredBy(models.TextChoices):
    EVIDENCE = "evidence", _("The file itself shows it")
    SENDER = "sender", _("Answered by the sender")


class ImportQuestion(models.Model):
    """A question that the file raises, with its evidence, and the answer of the sender ("" while there is none)."""

    of = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="questions")
    code = models.CharField(max_length=80)
    # The evidence, as JSON (message, places): read whole with the question, never asked.
    evidence = models.TextField(blank=True)
    answer = models.CharField(max_length=40, blank=True)
    answered_by = models.CharField(max_length=10, choices=AnsweredBy, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["of", "code"], name="sheets_importquestion_once")]


class ImportRow(models.Model):
    """
    What a row would do, or did. ``said`` is JSON (ADR 0016: it is written and read whole, with the row, and never asked): the changes as
    [column, old, new], the faults and the remarks as [column, value, rule, message, fix, places].
    """

    of = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="verdicts")
    number = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict)
    subject = models.UUIDField(null=True)
    reference = models.CharField(max_length=80, blank=True)
    # Where it stands in a package of several files ("users.csv:3"); empty: the number says it.
    place = models.CharField(max_length=80, blank=True)
    said = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["of", "verdict", "number"])]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="sheets_importrow_once")]


class RememberedColumn(models.Model):
    """What a sender said about a header, for the next file of the same kind."""

    sent_by = models.CharField(max_length=150)
    kind = models.CharField(max_length=40)
    header = models.CharField(max_length=300)
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sent_by", "kind", "header"], name="sheets_rememberedcolumn_once")
        ]


class ImportTurn(models.Model):
    """Held while an import of that kind is written: two who send the same rows at once are written one after the other."""

    kind = models.CharField(max_length=40, primary_key=True)
