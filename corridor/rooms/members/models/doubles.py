"""Records that may be one organisation, and those that were found to be."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.kernel.identifiers import new_id

from .organisations import Organisation


class PairVerdict(models.TextChoices):
    OPEN = "open", _("Not looked at")
    NOT_SAME = "not_same", _("Not the same")
    MERGED = "merged", _("Merged")


class OrganisationPair(models.Model):
    """Two records that look alike. That they are not the same is remembered, so that nobody is asked twice."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    one = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=10, choices=PairVerdict, default=PairVerdict.OPEN)
    found_at = models.DateTimeField()
    settled_by = models.CharField(max_length=150, blank=True)
    settled_because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["verdict", "-score"])]
        constraints = [
            # The lower key stands first, so that a pair has one row.
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="members_pair_in_order"),
            models.UniqueConstraint(fields=["one", "other"], name="members_pair_once"),
            models.CheckConstraint(condition=Q(score__lte=100), name="members_pair_score_up_to_100"),
        ]

    def __str__(self) -> str:
        return f"{self.one} / {self.other}"


class OrganisationKey(models.Model):
    """A key under which an organisation was compared last: what a search after a change looks others up by."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["key"]), models.Index(fields=["organisation"])]


class Compared(models.Model):
    """What an organisation looked like when it was compared last (a SHA-256 of everything that is compared)."""

    organisation = models.OneToOneField(Organisation, primary_key=True, on_delete=models.PROTECT, related_name="+")
    looked_like = models.CharField(max_length=64)


class OrganisationMerge(models.Model):
    """
    ``gone`` was merged into ``stays``. What was moved and what stood there before hang on it, so that it can be undone exactly.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    gone = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    stays = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    written_at = models.DateTimeField(auto_now_add=True)
    merged_by = models.CharField(max_length=150)
    reason = models.CharField(max_length=300)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)
    undone_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at__isnull=True), name="members_merge_one_standing_per_gone"
            ),
            models.CheckConstraint(condition=~Q(gone=F("stays")), name="members_merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.gone} -> {self.stays}"


class MergedValue(models.Model):
    """A field of the record that stays, before and after (as text; empty for nothing)."""

    merge = models.ForeignKey(OrganisationMerge, on_delete=models.PROTECT, related_name="values")
    field = models.CharField(max_length=20)
    before = models.CharField(max_length=300, blank=True)
    after = models.CharField(max_length=300, blank=True)


class MergedRow(models.Model):
    """A row that came to the record that stays: moved there from the other, or made as a copy; or a membership that ended by the merge."""

    class How(models.TextChoices):
        MOVED = "moved", "moved"
        MADE = "made", "made"
        ENDED = "ended", "ended"

    class Table(models.TextChoices):
        NAME = "name", "name"
        IDENTIFIER = "identifier", "identifier"
        SECTOR = "sector", "sector"
        CAMPUS = "campus", "campus"
        PARENT = "parent", "parent"
        BRANCH = "branch", "branch"
        MEMBERSHIP = "membership", "membership"

    merge = models.ForeignKey(OrganisationMerge, on_delete=models.PROTECT, related_name="rows")
    table = models.CharField(max_length=10, choices=Table)
    how = models.CharField(max_length=5, choices=How)
    key = models.CharField(max_length=36)
    # Of a number what it is, to be told where it was taken away since; of others nothing.
    said = models.CharField(max_length=120, blank=True)
