"""Rights that no office brings: given beside the offices, passed on by their holder, or taken for an hour with a written reason."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Role, Scope
from corridor.kernel.identifiers import new_id

# In the order from wide to narrow. A country has no row; it is named by its code.
SCOPE_KINDS = ("alliance", "country", "member", "site", "programme", "cohort")


class AccessGrant(models.Model):
    """
    A role for an account, from a day until a day, for the alliance, a country, or one member, site, programme or cohort.

    With ``passed_by`` it is a delegation: that account held the role when it passed it on, and it counts only as long as it still does.
    Ended at once is ``ended_at``; the days stay as they were agreed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    scope_kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in SCOPE_KINDS])
    scope_key = models.UUIDField(null=True)
    # What people read: a reference, or the code of a country.
    scope_reference = models.CharField(max_length=80, blank=True)
    held_from = models.DateField()
    held_before = models.DateField(null=True)
    reason = models.CharField(max_length=300)
    given_by = models.CharField(max_length=150)
    given_at = models.DateTimeField()
    passed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-given_at", "-pk"]
        indexes = [
            models.Index(fields=["user"], condition=Q(ended_at__isnull=True), name="grants_of_a_user"),
            models.Index(fields=["passed_by"], condition=Q(ended_at__isnull=True), name="grants_passed_by"),
            models.Index(fields=["scope_kind", "scope_key"], name="grants_of_a_scope"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_before__isnull=True) | Q(held_before__gt=F("held_from")),
                name="grants_accessgrant_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(scope_kind="alliance", scope_key__isnull=True, scope_reference="")
                | (~Q(scope_kind="alliance") & Q(scope_key__isnull=False) & ~Q(scope_reference="")),
                name="grants_accessgrant_names_its_scope",
            ),
            models.CheckConstraint(
                condition=Q(passed_by__isnull=True) | Q(held_before__isnull=False),
                name="grants_accessgrant_delegation_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(passed_by__isnull=True) | ~Q(passed_by=F("user")), name="grants_accessgrant_not_to_oneself"
            ),
            models.CheckConstraint(
                condition=~Q(role__in=["learner", "override", "visitor", "system"]),
                name="grants_accessgrant_of_a_role_that_is_given",
            ),
            models.CheckConstraint(
                condition=Q(passed_by__isnull=True) | ~Q(role__in=["council", "key_holder"]),
                name="grants_accessgrant_signing_is_not_passed_on",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="grants_accessgrant_says_why"),
            # The same twice at once; nulls are distinct in SQL, so the alliance needs a rule of its own.
            models.UniqueConstraint(
                fields=["user", "role", "scope_key", "passed_by"],
                condition=Q(ended_at__isnull=True, passed_by__isnull=False, scope_key__isnull=False),
                name="grants_accessgrant_passed_on_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "scope_key"],
                condition=Q(ended_at__isnull=True, passed_by__isnull=True, scope_key__isnull=False),
                name="grants_accessgrant_given_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ended_at__isnull=True, passed_by__isnull=True, scope_key__isnull=True),
                name="grants_accessgrant_given_once_for_the_alliance",
            ),
        ]

    def scope(self) -> Scope | None:
        return None if self.scope_key is None else (self.scope_kind, self.scope_key)

    def is_held_on(self, day: date) -> bool:
        started = self.ended_at is None and self.held_from <= day
        return started and (self.held_before is None or day < self.held_before)

    def is_over_on(self, day: date) -> bool:
        return self.ended_at is not None or (self.held_before is not None and self.held_before <= day)


class RecordKind(models.TextChoices):
    """What is closed to those who oversee, and can be opened (journeys/open_record.py): the rest of what names persons they see by office."""

    APPLICATION = "application", _("Application")
    IMPORT = "import", _("Import")
    PERSON = "person", _("Person")


class Override(models.Model):
    """Somebody who oversees opened one record for at most an hour, and wrote down why. Those whom it is about see it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    record_kind = models.CharField(max_length=12, choices=RecordKind)
    record_key = models.UUIDField()
    record_reference = models.CharField(max_length=80)
    # Empty when the person was erased: it is free text and may name them.
    reason = models.CharField(max_length=600, blank=True)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-begins_at", "-pk"]
        indexes = [
            models.Index(fields=["record_kind", "record_key"], name="grants_overrides_of_a_record"),
            models.Index(fields=["user", "ends_at"], name="grants_overrides_of_a_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="grants_override_ends_after_it_begins"
            ),
        ]

    def is_open(self, at: datetime) -> bool:
        return self.ended_at is None and self.begins_at <= at < self.ends_at


class OverrideTold(models.Model):
    """An account that was told of it, and reads for good who looked: the person's own, or that of whoever sent the file."""

    override = models.ForeignKey(Override, on_delete=models.PROTECT, related_name="told")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["override", "user"], name="grants_overridetold_once")]


class Viewing(models.Model):
    """Somebody of the secretariat looks at the product as a role does, for at most half an hour; reading alone, as nobody in particular."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    scope_kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in SCOPE_KINDS])
    scope_key = models.UUIDField(null=True)
    scope_reference = models.CharField(max_length=80, blank=True)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="grants_viewing_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at__isnull=True), name="grants_viewing_one_at_a_time"
            ),
        ]

    def scope(self) -> Scope | None:
        return None if self.scope_key is None else (self.scope_kind, self.scope_key)
