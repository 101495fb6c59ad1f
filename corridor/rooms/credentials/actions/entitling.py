"""Who may issue for which programme at which site, and until when."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.programmes.models import ProgrammeSite

from ..drafts import EntitlementDraft
from ..models import Entitlement
from ..refusals import AlreadyEntitled, NotHeldThere


@transaction.atomic
def grant_entitlements(*, entitlements: Sequence[EntitlementDraft], by: Actor) -> list[Entitlement]:
    """
    Entitle members to issue, all or none.

    :raises NotHeldThere: if a programme is not held at that site. :raises AlreadyEntitled: where days would be granted twice.
    """
    by.require(Permission.ENTITLEMENT_GRANT)
    problems = [
        Problem(N_("An entitlement ends after it starts."), column="ends_on")
        for draft in entitlements
        if draft.ends_before is not None and draft.ends_before <= draft.starts_on
    ]
    if problems:
        raise BadInput(problems)
    _require_held_there(entitlements)
    # Two who grant the same at once wait for each other here, in the order of the keys.
    issuers = {draft.issuer.pk for draft in entitlements}
    list(Organisation.objects.select_for_update(no_key=True).filter(pk__in=issuers).order_by("pk"))
    granted: dict[tuple[object, object, object], list[tuple[date, date | None]]] = {}
    for row in Entitlement.objects.filter(issuer__in=issuers):
        granted.setdefault((row.issuer_id, row.site_id, row.programme_id), []).append((row.starts_on, row.ends_before))
    for draft in entitlements:
        days = granted.setdefault((draft.issuer.pk, draft.site.pk, draft.programme.pk), [])
        if any(_meet(each, (draft.starts_on, draft.ends_before)) for each in days):
            raise AlreadyEntitled(
                N_("%(issuer)s is entitled for %(programme)s at %(site)s already on some of the days from %(day)s."),
                issuer=draft.issuer.reference, programme=draft.programme.reference, site=draft.site.reference,
                day=draft.starts_on,
            )  # fmt: skip
        days.append((draft.starts_on, draft.ends_before))
    made = Entitlement.objects.bulk_create(
        [
            Entitlement(
                issuer=draft.issuer, site=draft.site, programme=draft.programme, starts_on=draft.starts_on,
                ends_before=draft.ends_before,
            )
            for draft in entitlements
        ],
        batch_size=500,
    )  # fmt: skip
    log.record_each("credentials.entitlement_granted", by=by, subjects=made)
    return made


@transaction.atomic
def end_entitlement(*, entitlement: Entitlement, before: date, by: Actor) -> Entitlement:
    """
    The last day inside is the day before ``before``. What was issued until then stays in scope.

    :raises BadInput: for a day on or before its first, or after the end it has.
    """
    by.require(Permission.ENTITLEMENT_GRANT)
    held = Entitlement.objects.select_for_update().get(pk=entitlement.pk)
    if before <= held.starts_on or (held.ends_before is not None and before > held.ends_before):
        raise BadInput([Problem(N_("An entitlement is ended on a day inside its days."), column="before")])
    held.ends_before = entitlement.ends_before = before
    held.save(update_fields=["ends_before"])
    log.record("credentials.entitlement_ended", by=by, subject=held)
    return held


def _require_held_there(entitlements: Sequence[EntitlementDraft]) -> None:
    programmes = {draft.programme.pk for draft in entitlements}
    held = set(ProgrammeSite.objects.filter(programme__in=programmes).values_list("programme_id", "site_id"))
    for draft in entitlements:
        if (draft.programme.pk, draft.site.pk) not in held:
            raise NotHeldThere(
                N_("%(programme)s is not held at %(site)s, so nobody can be entitled to issue for it there."),
                programme=draft.programme.reference,
                site=draft.site.reference,
            )


def _meet(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    return (one[1] is None or other[0] < one[1]) and (other[1] is None or one[0] < other[1])
