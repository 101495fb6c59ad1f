"""Organisations that somebody else than the secretariat wrote down: proposed, then confirmed or refused."""

import re
from secrets import choice

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.likeness.letters import latin_forms
from corridor.foundations.vocabularies.countries import is_country
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..drafts import OrganisationDraft
from ..lifecycle import Standing
from ..models import Organisation, OrganisationName
from ..refusals import AlreadyStanding

_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"


@transaction.atomic
def propose_organisation(*, draft: OrganisationDraft, by: Actor) -> Organisation:
    """
    Write down an organisation that the alliance does not know (an employer, an applicant). It is unconfirmed, marked so wherever it
    shows, and in no figure until the secretariat confirms it. An empty reference is made from its name.

    :raises BadInput: for one without a name or a city, or an unknown country.
    """
    if not by.holds_somewhere(Permission.ORGANISATION_PROPOSE):
        by.require(Permission.ORGANISATION_PROPOSE)
    problems = []
    names = {language: name.strip() for language, name in draft.names.items() if name.strip()}
    if not names:
        problems.append(Problem(N_("Name the organisation."), column="name"))
    if not draft.city.strip():
        problems.append(Problem(N_("Name the city."), column="city"))
    if not is_country(draft.country):
        problems.append(
            Problem(
                N_("“%(country)s” is no country or region of ISO 3166-1."), {"country": draft.country}, column="country"
            )
        )
    if problems:
        raise BadInput(problems)
    made = Organisation.objects.create(
        reference=draft.reference or _reference_for(names), kind=draft.kind, country=draft.country, region=draft.region,
        city=draft.city.strip(), latitude=draft.latitude, longitude=draft.longitude, source_mark=draft.source_mark,
        source=draft.source, standing=Standing.UNCONFIRMED, proposed_by=by.label,
    )  # fmt: skip
    OrganisationName.objects.bulk_create(
        [OrganisationName(organisation=made, language=language, name=name) for language, name in names.items()]
    )
    log.record("members.proposed", by=by, subject=made)
    return made


@transaction.atomic
def confirm_organisation(*, organisation: Organisation, by: Actor) -> Organisation:
    """The secretariat stands for the record from now on. :raises AlreadyStanding: if it was confirmed or refused before."""
    return _settle(organisation, to=Standing.CONFIRMED, reason="", by=by)


@transaction.atomic
def refuse_organisation(*, organisation: Organisation, reason: str, by: Actor) -> Organisation:
    """
    Say that there is no such organisation, or none that the alliance keeps. The record stays, refused, for who wrote it to see.

    :raises BadInput: without a reason. :raises AlreadyStanding: if it was confirmed or refused before.
    """
    if not reason.strip():
        raise BadInput([Problem(N_("Say why it is refused."), column="reason")])
    return _settle(organisation, to=Standing.REFUSED, reason=reason.strip(), by=by)


def _settle(organisation: Organisation, *, to: Standing, reason: str, by: Actor) -> Organisation:
    by.require(Permission.MEMBER_REGISTER)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.standing != Standing.UNCONFIRMED:
        raise AlreadyStanding(
            N_("%(organisation)s was looked at before: it is “%(standing)s”."),
            organisation=organisation.reference, standing=Standing(organisation.standing).label,
        )  # fmt: skip
    organisation.standing, organisation.settled_because = to, reason
    organisation.save(update_fields=["standing", "settled_because"])
    log.record(f"members.{to.value}", by=by, subject=organisation)
    return organisation


def _reference_for(names: dict[str, str]) -> str:
    first = names.get("en") or next(iter(names.values()))
    latin = sorted(latin_forms(first))[0] if latin_forms(first) else "organisation"
    short = re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[:40].strip("-")
    return f"{short or 'organisation'}-{''.join(choice(_LETTERS) for _ in range(5))}"
