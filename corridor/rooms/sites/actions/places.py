"""Register places, and write down how far each has come."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.members.merging import same_organisation_ids

from ..drafts import SiteDraft, SiteStep
from ..lifecycle import SiteStatus
from ..models import Site, SiteName
from ..refusals import NotTheHostsAgreement, ReferenceTaken

_POLE, _DATE_LINE = 90, 180


@transaction.atomic
def register_sites(*, sites: Sequence[SiteDraft], by: Actor) -> list[Site]:
    """
    :raises ReferenceTaken: if a reference is in use. :raises BadInput: for a zone nobody knows, a place not on earth, or no name.
    """
    by.require(Permission.SITE_REGISTER)
    zones = available_timezones()
    problems = [problem for draft in sites for problem in _faults_of(draft, zones)]
    if problems:
        raise BadInput(problems)
    for draft in sites:
        _require_host_is_party(draft.reference, draft.host.pk, draft.agreement)
    _require_new_references(sites)
    with contested(lambda: _require_new_references(sites)):
        made = Site.objects.bulk_create(
            [
                Site(
                    reference=draft.reference, status=SiteStatus.PROPOSED, kind=draft.kind, host=draft.host,
                    country=draft.country, city=draft.city, zone=draft.zone, latitude=draft.latitude,
                    longitude=draft.longitude, source_mark=draft.source_mark, source=draft.source,
                    agreement=draft.agreement,
                )
                for draft in sites
            ],
            batch_size=500,
        )  # fmt: skip
    SiteName.objects.bulk_create(
        [
            SiteName(site=site, language=language, text=text)
            for site, draft in zip(made, sites, strict=True)
            for language, text in draft.names.items()
        ],
        batch_size=500,
    )
    log.record_each("sites.registered", by=by, subjects=made)
    return made


def register_site(*, site: SiteDraft, by: Actor) -> Site:
    return register_sites(sites=[site], by=by)[0]


@transaction.atomic
def move_sites(*, steps: Sequence[SiteStep], by: Actor) -> list[Site]:
    """
    Take sites further in their lives; one may take several steps, in the order given.

    :raises WrongMoment: if the state of one does not lead there, or it has changed after that day.
    """
    by.require(Permission.SITE_CHANGE_STATE)
    keys = {step.site.pk for step in steps}
    held = {row.pk: row for row in Site.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if len(held) < len(keys):
        raise NotFound(N_("There is no such site."))
    taken = [Step(held[step.site.pk], step.to, step.on, step.reason) for step in steps]
    take_steps(taken, by=by)
    log.record_each("sites.moved", by=by, subjects=[step.thing for step in taken])
    return list(held.values())


def move_site(*, site: Site, to: SiteStatus, on: date, by: Actor, reason: str = "") -> Site:
    return move_sites(steps=[SiteStep(site, to, on, reason)], by=by)[0]


@transaction.atomic
def name_agreement(*, site: Site, agreement: Agreement | None, by: Actor) -> Site:
    """
    Say in which agreement it was agreed that there is such a place; None takes the word back.

    :raises NotTheHostsAgreement: for one of which its host is no party.
    """
    by.require(Permission.SITE_CHANGE_STATE)
    held = Site.objects.select_for_update().get(pk=site.pk)
    _require_host_is_party(held.reference, held.host_id, agreement)
    held.agreement = agreement
    held.save(update_fields=["agreement"])
    log.record("sites.agreement_named", by=by, subject=held)
    return held


def _require_host_is_party(site: str, host: Any, agreement: Agreement | None) -> None:
    if (
        agreement is not None
        and not agreement.parties.filter(organisation__in=same_organisation_ids([host])[host]).exists()
    ):
        raise NotTheHostsAgreement(
            N_("The host of %(site)s is no party of %(agreement)s. Name the agreement that its host signed."),
            site=site, agreement=agreement.reference,
        )  # fmt: skip


def _require_new_references(sites: Sequence[SiteDraft]) -> None:
    references = [draft.reference for draft in sites]
    taken = Site.objects.filter(reference__in=references).values_list("reference", flat=True).first()
    if taken or len(set(references)) < len(references):
        again = taken or next(each for place, each in enumerate(references) if each in references[:place])
        raise ReferenceTaken(N_("There is a site %(reference)s already."), reference=again)


def _faults_of(draft: SiteDraft, zones: set[str]) -> list[Problem]:
    places: dict[str, object] = {"site": draft.reference, "zone": draft.zone}
    faults = []
    if draft.zone not in zones:
        faults.append(Problem(N_("%(site)s: there is no time zone %(zone)s."), places, column="zone"))
    if abs(draft.latitude) > _POLE or abs(draft.longitude) > _DATE_LINE:
        faults.append(Problem(N_("%(site)s: these coordinates are not on earth."), places, column="latitude"))
    if not any(text.strip() for text in draft.names.values()):
        faults.append(Problem(N_("%(site)s needs a name."), places, column="name"))
    return faults
