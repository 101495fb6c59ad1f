"""What members run together: under which agreement, answering which announcement, with which curriculum, where."""

from fractions import Fraction

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.curricula.models import CurriculumVersion
from corridor.rooms.funding.models import Commitment
from corridor.rooms.members.models import Organisation, SourceMark
from corridor.rooms.sites.models import Site

from .lifecycle import PROGRAMME


class ProgrammeKind(models.TextChoices):
    DEGREE = "degree", _("Degree programme")
    VOCATIONAL = "vocational", _("Vocational training")
    TEACHER = "teacher", _("Teacher training")
    CORPORATE = "corporate", _("Company training")
    LANGUAGE = "language", _("Language for work")
    MIXED = "mixed", _("Chinese and skills")


class Programme(Living):
    LIFE = PROGRAMME

    reference = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=ProgrammeKind)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    announcement = models.ForeignKey(Announcement, null=True, on_delete=models.PROTECT, related_name="+")
    curriculum_version = models.ForeignKey(CurriculumVersion, null=True, on_delete=models.PROTECT, related_name="+")
    source_mark = models.CharField(max_length=10, choices=SourceMark)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["reference"]

    def __str__(self) -> str:
        return self.reference

    def scopes(self) -> frozenset[Scope]:
        members = self.members.values_list("organisation_id", flat=True)
        return frozenset({("programme", self.pk), *(("member", key) for key in members)})


class ProgrammeChange(Change):
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="changes")


class ProgrammeTitle(models.Model):
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="titles")
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "language"], name="programmes_title_once")]


class ProgrammeSite(models.Model):
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="places")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "site"], name="programmes_site_once")]


class MemberRole(models.TextChoices):
    LEAD = "lead", _("Leads")
    HOST = "host", _("Hosts")
    TEACHING = "teaching", _("Teaches")
    EMPLOYER = "employer", _("Employs graduates")
    SENDING = "sending", _("Sends learners")
    FUNDER = "funder", _("Pays for it")
    AWARDING = "awarding", _("Awards the certificate")


class ProgrammeMember(models.Model):
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=MemberRole)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "organisation", "role"], name="programmes_member_once_per_role"
            )
        ]


class ReviewEnding(models.TextChoices):
    SCALE = "scale", _("Grow it")
    FIX = "fix", _("Mend it")
    STOP = "stop", _("Stop it")


class ProgrammeReview(models.Model):
    """What was found when somebody looked at a programme after a year, and what follows: it grows, is mended, or stops."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField()
    ending = models.CharField(max_length=5, choices=ReviewEnding)
    finding = models.CharField(max_length=500)
    by_label = models.CharField(max_length=150)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["programme", "reviewed_on"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "reviewed_on"], name="programmes_review_once_a_day"),
            models.CheckConstraint(condition=~Q(finding=""), name="programmes_review_says_what_was_found"),
        ]

    def __str__(self) -> str:
        return f"{self.programme.reference} {self.reviewed_on}"


class FundingSplit(models.Model):
    """Who bears a programme from a day on, until the day of the next split."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="splits")
    starts_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    by_label = models.CharField(max_length=150)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["programme", "starts_on"]
        constraints = [models.UniqueConstraint(fields=["programme", "starts_on"], name="programmes_split_once_a_day")]

    def __str__(self) -> str:
        return f"{self.programme.reference} {self.starts_on}"


class ProgrammeFunding(models.Model):
    """What a commitment bears of it, as an exact fraction; those of one split add to the whole (funding_shares.py)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    split = models.ForeignKey(FundingSplit, on_delete=models.PROTECT, related_name="shares")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="+")
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["split", "commitment"], name="programmes_funding_once_a_split"),
            models.CheckConstraint(
                condition=Q(numerator__gt=0, denominator__gt=0, numerator__lte=F("denominator")),
                name="programmes_funding_is_a_share",
            ),
        ]

    @property
    def share(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)
