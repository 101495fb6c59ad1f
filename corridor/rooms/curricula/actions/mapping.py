"""Claims how a unit compares with another country's: who claims it, on what evidence, who reviewed it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.vocabularies.countries import is_country
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_

from ..drafts import ForeignUnitDraft, MappingDraft
from ..models import ForeignUnit, MappingClaim, Relation, Unit
from ..published_frameworks import ESCO, UNION, framework_of
from ..refusals import OwnClaim, ReviewedAlready


def claim_mapping(*, draft: MappingDraft, by: Actor) -> MappingClaim:
    """Refuses as claim_mappings."""
    return claim_mappings(drafts=[draft], by=by)[0]


@transaction.atomic
def claim_mappings(*, drafts: Sequence[MappingDraft], by: Actor) -> list[MappingClaim]:
    """
    Write claims down; none holds before it is reviewed and has evidence (MappingClaim.holds_on).

    :raises BadInput: with a problem for every claim without a foreign unit (or, for "none", a searched country), with an unknown
        country, an end before its beginning, or about a pair that was claimed before.
    """
    by.require(Permission.MAPPING_CLAIM)
    if any(draft.reviewed_by for draft in drafts):
        by.require(Permission.MAPPING_REVIEW)
    # Hold the units: two claims about one pair must not both find none.
    list(Unit.objects.select_for_update(no_key=True).filter(pk__in={d.unit.pk for d in drafts}).order_by("pk"))
    foreign = _foreign_units([draft.foreign_unit for draft in drafts if draft.foreign_unit])
    problems = [problem for draft in drafts for problem in _faults(draft)]
    pairs = [
        (d.unit.pk, foreign[d.foreign_unit.key].pk) for d in drafts if d.foreign_unit and d.foreign_unit.key in foreign
    ]
    stand = set(MappingClaim.objects.filter(unit__in={d.unit.pk for d in drafts}).values_list("unit", "foreign_unit"))
    if len(set(pairs)) < len(pairs) or stand & set(pairs):
        problems.append(Problem(N_("A unit and a foreign unit are compared once."), column="foreign_code"))
    if problems:
        raise BadInput(problems)
    made = [
        MappingClaim(
            id=draft.key or new_id(),
            unit=draft.unit,
            foreign_unit=foreign[draft.foreign_unit.key] if draft.foreign_unit else None,
            searched_country=draft.searched_country,
            relation=draft.relation,
            coverage=draft.coverage,
            claimant=draft.claimant,
            claimed_on=draft.claimed_on,
            expires_before=draft.expires_before,
            evidence=draft.evidence,
            reviewed_by=draft.reviewed_by,
            reviewed_on=draft.reviewed_on,
        )
        for draft in drafts
    ]
    MappingClaim.objects.bulk_create(made, batch_size=500)
    log.record_each("curricula.mapping_claimed", by=by, subjects=made)
    return made


def _faults(draft: MappingDraft) -> list[Problem]:
    faults = []
    if (draft.relation == Relation.NONE) != (draft.foreign_unit is None) or bool(draft.searched_country) == bool(
        draft.foreign_unit
    ):
        faults.append(
            Problem(N_("A claim names a foreign unit, or “none” and the country that was searched."), column="relation")
        )
    country = draft.foreign_unit.country if draft.foreign_unit else draft.searched_country
    if country == UNION or _names_esco(draft.foreign_unit):
        if not (country == UNION and _is_of_esco(draft.foreign_unit)):
            message = N_(
                "A skill of ESCO is named by the letters EU, the body ESCO and its address, http://data.europa.eu/esco/skill/…"
            )
            faults.append(Problem(message, column="source_url"))
    elif country and not is_country(country):
        message = N_("“%(country)s” is no country or region of ISO 3166-1.")
        faults.append(Problem(message, {"country": country}, column="country"))
    if draft.expires_before is not None and draft.expires_before <= draft.claimed_on:
        faults.append(Problem(N_("A claim expires after it is made."), column="expires_on"))
    if bool(draft.reviewed_by) != bool(draft.reviewed_on):
        faults.append(Problem(N_("A review has an office and a day."), column="reviewed_by"))
    if draft.reviewed_on is not None and draft.reviewed_on < draft.claimed_on:
        faults.append(Problem(N_("A claim is reviewed after it is made."), column="reviewed_on"))
    return faults


def _names_esco(foreign: ForeignUnitDraft | None) -> bool:
    return foreign is not None and (foreign.body == "ESCO" or framework_of(foreign.source_url) == ESCO)


def _is_of_esco(foreign: ForeignUnitDraft | None) -> bool:
    return foreign is not None and foreign.body == "ESCO" and framework_of(foreign.source_url) == ESCO


def _foreign_units(drafts: list[ForeignUnitDraft]) -> dict[tuple[Any, ...], ForeignUnit]:
    """The foreign units by their keys; those that nobody compared before are written down."""
    countries = {draft.country for draft in drafts}
    found = {
        (row.country, row.body, row.qualification, row.code, row.title): row
        for row in ForeignUnit.objects.filter(country__in=countries)
    }
    new = {draft.key: draft for draft in drafts if draft.key not in found}
    rows = [
        ForeignUnit(
            country=draft.country,
            body=draft.body,
            code=draft.code,
            title=draft.title,
            qualification=draft.qualification,
            source_url=draft.source_url,
        )
        for draft in new.values()
    ]
    ForeignUnit.objects.bulk_create(rows, batch_size=500)
    return found | dict(zip(new, rows, strict=True))


@transaction.atomic
def review_mapping(*, claim: MappingClaim, office: str, on: date, by: Actor) -> MappingClaim:
    """
    Say that a claim was looked at and is found right. ``office`` is how the reviewer is named, never a person's name.

    :raises OwnClaim: if the reviewer sits for the member that claims it, or wrote the claim down.
    :raises ReviewedAlready: if it has been reviewed.
    :raises WrongMoment: on a day before it was claimed.
    """
    by.require(Permission.MAPPING_REVIEW)
    claim = MappingClaim.objects.select_for_update().get(pk=claim.pk)
    if claim.claimant_id in by.ids_with(Permission.MEMBER_EDIT, "member"):
        raise OwnClaim(N_("Your own member makes this claim; somebody else reviews it."))
    if log.is_recorded("curricula.mapping_claimed", by=by, subject=claim):
        raise OwnClaim(N_("You wrote this claim down; somebody else reviews it."))
    if claim.reviewed_on is not None:
        raise ReviewedAlready(N_("This claim was reviewed on %(day)s."), day=claim.reviewed_on)
    if on < claim.claimed_on:
        raise WrongMoment(N_("This claim was made on %(day)s; it cannot be reviewed before."), day=claim.claimed_on)
    if not office.strip():
        raise BadInput([Problem(N_("Name the office that reviews."), column="reviewed_by")])
    claim.reviewed_by, claim.reviewed_on = office.strip(), on
    claim.save(update_fields=["reviewed_by", "reviewed_on"])
    log.record("curricula.mapping_reviewed", by=by, subject=claim)
    return claim
