"""What members run together: under which agreement, answering which announcement, with which curriculum, where."""

from django.db import models

from corridor.foundations.access import Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.curricula.models import CurriculumVersion
from corridor.rooms.members.models import Organisation, SourceMark
from corridor.rooms.sites.models import Site

from ..kinds import MemberRole, ProgrammeKind
from ..lifecycle import PROGRAMME


class Programme(Living):
    LIFE = PROGRAMME

    reference = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=ProgrammeKind)
    # The first of those that it stands under and answers (ground.py): the one that is named where there is room for one.
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


class ProgrammeLanguage(models.Model):
    """A language in which it is taught (BCP 47); the first is the main one."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="languages")
    language = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "language"], name="programmes_language_once"),
            models.UniqueConstraint(fields=["programme", "position"], name="programmes_language_in_order"),
        ]


class ProgrammeSite(models.Model):
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="places")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "site"], name="programmes_site_once")]


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
