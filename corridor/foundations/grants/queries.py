"""Which grants, delegations and overrides there are, for whom, and what they give."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Grant, Permission, Role, Source
from corridor.foundations.accounts.models import User
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from .models import AccessGrant, Override, OverrideTold, Viewing


def held_grants(*, user: User, on: date) -> list[AccessGrant]:
    """What is given or passed on to this account that day; a delegation counts only if its giver still holds the role. One statement."""
    return list(_held_on(on).filter(user=user).select_related("passed_by"))


def as_grant(row: AccessGrant) -> Grant:
    return Grant(Role(row.role), row.scope(), Source.DELEGATION if row.passed_by_id else Source.GRANT)


def open_overrides(*, user: User, at: datetime) -> frozenset[Grant]:
    """The records this account holds open at that instant. One statement."""
    found = Override.objects.filter(user=user, ended_at__isnull=True, begins_at__lte=at, ends_at__gt=at)
    return frozenset(
        Grant(Role.OVERRIDE, (kind, key), Source.OVERRIDE)
        for kind, key in found.values_list("record_kind", "record_key")
    )


def open_viewing(*, user: User, at: datetime) -> Viewing | None:
    """As which role this account looks at that instant, if as any. One statement."""
    return Viewing.objects.filter(user=user, ended_at__isnull=True, begins_at__lte=at, ends_at__gt=at).first()


def list_grants(*, on: date, by: Actor) -> QuerySet[AccessGrant]:
    """All that are not over, for oversight; the latest first."""
    by.require(Permission.GRANT_VIEW)
    return _not_over(on).select_related("user", "passed_by")


def own_grants(*, on: date, by: Actor) -> list[AccessGrant]:
    """What oneself received, and what one passed on, that is not over."""
    if by.user_id is None:
        return []
    mine = Q(user=by.user_id) | Q(passed_by=by.user_id)
    return list(_not_over(on).filter(mine).select_related("user", "passed_by"))


def get_grant(*, key: UUID, by: Actor) -> AccessGrant:
    """:raises NotFound: if there is none, or it is neither the reader's nor to be seen by them."""
    found = AccessGrant.objects.select_related("user", "passed_by").filter(pk=key).first()
    if found is None or not (by.may(Permission.GRANT_VIEW) or by.user_id in {found.user_id, found.passed_by_id}):
        raise NotFound(N_("There is no such grant that you may see."))
    return found


def overrides_of(*, record: UUID, by: Actor, own: bool) -> QuerySet[Override]:
    """Who opened that record, when and why, the latest first: for oversight, and (``own``) for those it is about."""
    if not own:
        by.require(Permission.GRANT_VIEW)
    return Override.objects.filter(record_key=record).select_related("user")


def overrides_told_of(*, records: Collection[UUID], by: Actor) -> QuerySet[Override]:
    """Who opened one of these records of the reader's own, or anything of which their account was told; the latest first."""
    told = OverrideTold.objects.filter(user_id=by.user_id).values("override") if by.user_id else []
    return Override.objects.filter(Q(record_key__in=records) | Q(pk__in=told)).select_related("user")


def own_overrides(*, at: datetime, by: Actor) -> list[Override]:
    """The records that the reader holds open at that instant."""
    if not by.may(Permission.OVERRIDE_BEGIN) or by.user_id is None:
        return []
    return list(Override.objects.filter(user=by.user_id, ended_at__isnull=True, begins_at__lte=at, ends_at__gt=at))


def get_override(*, key: UUID, by: Actor) -> Override:
    """:raises NotFound: unless it is the reader's own, or they may give grants."""
    found = Override.objects.filter(pk=key).first()
    if found is None or not (by.user_id == found.user_id or by.may(Permission.GRANT_GIVE)):
        raise NotFound(N_("There is no such record that you opened."))
    return found


def _held_on(day: date) -> QuerySet[AccessGrant]:
    return _not_over(day).filter(held_from__lte=day)


def _not_over(day: date) -> QuerySet[AccessGrant]:
    return AccessGrant.objects.filter(Q(held_before__isnull=True) | Q(held_before__gt=day), ended_at__isnull=True)
