"""What is held about one human being beside the offices: who opened the record with a written reason. An erasure takes the reasons."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_

from .models import AccessGrant, Override, RecordKind

# What stands where a reason stood.
NO_REASON = "–"


def personal_data(keys: Collection[UUID]) -> list[PersonalPart]:
    """``keys``: all records of one human being. One statement."""
    opened = Override.objects.filter(record_kind=RecordKind.PERSON, record_key__in=list(keys)).select_related("user")
    return [
        PersonalPart(
            "overrides", N_("Who opened the record with a written reason"), ("grants.Override",), Permission.GRANT_VIEW,
            N_("To show you who looked where one usually may not, when and why."),
            N_("For good. The reason goes with an erasure."), OnErasure.EMPTIED,
            N_("That somebody looked stays; what they wrote may say who you were."),
            {"account": N_("Account"), "begins_at": N_("From"), "ends_at": N_("Until"), "reason": N_("Why")},
            [
                {
                    "account": each.user.username, "begins_at": each.begins_at.isoformat(timespec="minutes"),
                    "ends_at": (each.ended_at or each.ends_at).isoformat(timespec="minutes"), "reason": each.reason,
                }
                for each in opened.order_by("begins_at", "pk")
            ],
        )
    ]  # fmt: skip


def personal_data_of(accounts: Collection[UUID]) -> list[PersonalPart]:
    """The roles that these accounts were given beside their offices, or passed on. One statement."""
    rows = AccessGrant.objects.filter(Q(user__in=accounts) | Q(passed_by__in=accounts))
    return [
        PersonalPart(
            "grants", N_("Roles beside the offices"), ("grants.AccessGrant",), Permission.GRANT_VIEW,
            N_("To let you do what you were asked to do, and to show who did it."), N_("For good. The reason goes with an erasure."),
            OnErasure.EMPTIED, N_("That an account held a role stays; why it was given may say who you were."),
            {
                "way": N_("Way"), "role": N_("Role"), "place": N_("Where"), "from": N_("From"), "before": N_("Before"),
                "reason": N_("Why"), "given_by": N_("Given by"),
            },
            [
                {
                    "way": "given" if each.user_id in accounts else "passed_on", "role": each.role,
                    "place": each.scope_reference or None, "from": each.held_from.isoformat(),
                    "before": each.held_before.isoformat() if each.held_before else None, "reason": each.reason,
                    "given_by": each.given_by,
                }
                for each in rows.order_by("-given_at", "-pk")
            ],
            {"way": {"given": N_("Given or passed on to me"), "passed_on": N_("Passed on by me")}},
        )
    ]  # fmt: skip


def forget(keys: Collection[UUID], *, by: Actor, accounts: Collection[UUID] = ()) -> None:
    """Make the reasons empty with which somebody opened these records, and those for which these accounts held a role."""
    by.require(Permission.PERSON_ERASE)
    given = AccessGrant.objects.filter(user__in=accounts).exclude(reason=NO_REASON)
    log.record_each("grants.reason_emptied", by=by, subjects=list(given.select_for_update(of=("self",))))
    given.update(reason=NO_REASON)
    written = Override.objects.filter(record_kind=RecordKind.PERSON, record_key__in=list(keys)).exclude(reason="")
    held = list(written.select_for_update(of=("self",)))
    written.update(reason="")
    log.record_each("grants.override_emptied", by=by, subjects=held)
