"""Agreements between any number of members, with one canonical text that each of them signs."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission, Scope
from corridor.foundations.documents.models import Document
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.kernel.periods import Period
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.members.models import Organisation, SourceMark

from ..lifecycle import AGREEMENT, AgreementStatus
from .kinds import AgreementKind, SigningOrder

# An agreement is expiring in its last two months.
EXPIRING_DAYS = 60


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def without_amendments(self) -> Self:
        """Agreements in their own right: an amendment stands with the one that it amends, and is counted in no figure."""
        return self.filter(amends__isnull=True)

    def visible_to(self, by: Actor) -> Self:
        """Anyone sees that there is an agreement once it was proposed; drafts only those who write, oversee or will sign them."""
        if by.holds_everywhere(Permission.AGREEMENT_DRAFT) or by.holds_everywhere(Permission.AGREEMENT_VIEW_TEXT):
            return self
        own = AgreementParty.objects.filter(organisation__in=by.ids_with(Permission.AGREEMENT_VIEW_TEXT, "member"))
        return self.filter(~Q(canonical_hash="") | Q(pk__in=own.values("agreement")))


class Agreement(Living):
    """A signed promise between members; nothing is taught except under one."""

    LIFE = AGREEMENT

    reference = models.SlugField(max_length=20, unique=True)
    kind = models.ForeignKey(AgreementKind, null=True, on_delete=models.PROTECT, related_name="agreements")
    # The agreement that this one is a schedule of.
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="schedules")
    # An amendment is an agreement of its own, written on a copy: what it amends, and the version that was copied.
    amends = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="amendments")
    copied_from = models.ForeignKey("AgreementVersion", null=True, on_delete=models.PROTECT, related_name="+")
    renews = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="renewals")
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="superseded")
    announcement = models.ForeignKey(Announcement, null=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)
    # SHA-256 of the canonical form (canonical.py) of the version that the parties sign; empty while it is a draft.
    canonical_hash = models.CharField(max_length=64, blank=True)
    # The same of what it says since it was amended; empty while it says what was signed.
    amended_hash = models.CharField(max_length=64, blank=True)
    source_mark = models.CharField(max_length=10, choices=SourceMark)
    # Why it amends or renews another.
    why = models.CharField(max_length=300, blank=True)
    # How it is signed: of each party so many signers, all at once or one after another. No part of the text.
    quorum = models.PositiveSmallIntegerField(default=1)
    signing_order = models.CharField(max_length=10, choices=SigningOrder, default=SigningOrder.PARALLEL)
    version = models.PositiveIntegerField(default=1)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="agreements_agreement_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"]) | ~Q(canonical_hash=""),
                name="agreements_agreement_proposed_with_a_hash",
            ),
            models.CheckConstraint(
                condition=Q(amends__isnull=True, copied_from__isnull=True)
                | Q(amends__isnull=False, copied_from__isnull=False),
                name="agreements_agreement_amends_a_version",
            ),
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True) | Q(status="superseded"),
                name="agreements_agreement_superseded_by_something",
            ),
            models.CheckConstraint(condition=Q(quorum__gte=1), name="agreements_agreement_signed_by_somebody"),
        ]

    def __str__(self) -> str:
        return self.reference

    def is_in_force(self, *, on: date) -> bool:
        """In force or activated on that day, and inside its period."""
        is_within = Period(self.starts_on, self.ends_before).contains(on)
        return is_within and self.status_on(on) in {AgreementStatus.IN_FORCE.value, AgreementStatus.ACTIVATED.value}

    def is_expiring(self, *, on: date, within_days: int = EXPIRING_DAYS) -> bool:
        """In force on that day, and its last day is at most so many days away."""
        return (
            self.ends_before is not None
            and self.ends_before <= on + timedelta(days=within_days + 1)
            and self.is_in_force(on=on)
        )

    def is_lapsed(self, *, on: date) -> bool:
        """Its last day has passed, and nobody had ended it before."""
        ran_out = {AgreementStatus.IN_FORCE.value, AgreementStatus.ACTIVATED.value, AgreementStatus.SUSPENDED.value}
        return self.ends_before is not None and self.ends_before <= on and self.status_on(on) in ran_out

    def scopes(self) -> frozenset[Scope]:
        parties: set[Scope] = {("member", key) for key in self.parties.values_list("organisation_id", flat=True)}
        return frozenset({("agreement", self.pk)} | parties)


class AgreementChange(Change):
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="changes")


class AgreementText(models.Model):
    """The agreement in one language: its title and its articles (Markdown-free plain text, a blank line between articles)."""

    class Standing(models.TextChoices):
        PREVAILING = "prevailing", _("This version prevails")
        EQUAL = "equal", _("Equally binding")
        CONVENIENCE = "convenience", _("For convenience only")

    class Translation(models.TextChoices):
        DRAFT = "draft", _("Not reviewed")
        REVIEWED = "reviewed", _("Reviewed")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=250)
    body = models.TextField()
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.EQUAL)
    translation = models.CharField(max_length=10, choices=Translation, default=Translation.DRAFT)
    # Fingerprint of the binding text (translations.py) as it was when this one was written or reviewed; empty for a binding one.
    follows = models.CharField(max_length=64, blank=True)
    reviewed_on = models.DateField(null=True)
    reviewed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "language"], name="agreements_text_once")]


class AgreementParty(models.Model):
    """A member's side of an agreement, and its signature once given: over one hash, electronically or on paper."""

    class Signature(models.TextChoices):
        ELECTRONIC = "electronic", _("Signed here")
        LINK = "link", _("Signed by a link")
        PAPER = "paper", _("Signed on paper")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=1)
    # What this party does under the agreement, in one line.
    role = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_hash = models.CharField(max_length=64, blank=True)
    signed_by = models.CharField(max_length=150, blank=True)
    signature = models.CharField(max_length=12, choices=Signature, blank=True)
    # The office in which it was signed ("President"), as printed; never a private name.
    signed_as = models.CharField(max_length=150, blank=True)
    scan = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["agreement", "position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="agreements_party_once_per_member"),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True, signed_by="", signed_hash="", signature="")
                | (Q(signed_on__isnull=False) & ~Q(signed_by="") & ~Q(signed_hash="") & ~Q(signature="")),
                name="agreements_party_signature_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(signature="paper") | Q(scan__isnull=False), name="agreements_party_paper_has_a_scan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.reference} / {self.organisation.reference}"

    def is_signed(self) -> bool:
        return self.signed_on is not None

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("member", self.organisation_id)})
