"""What is known of an organisation beside its names: public numbers, what it does, to whom it belongs, and its places."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.vocabularies.countries import is_country
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput, NotFound, Problem, WrongMoment
from corridor.kernel.periods import Period
from corridor.kernel.wording import N_

from ..drafts import CampusDraft, IdentifierDraft, ParentDraft
from ..identifiers import SCHEMES, clean_value
from ..models import Alliance, Campus, CampusName, Organisation, OrganisationIdentifier, OrganisationParent
from ..refusals import BelongsToItself, NumberTaken


def _require_edit(organisations: dict[UUID, Organisation], by: Actor) -> None:
    if not by.may(Permission.MEMBER_EDIT):
        for organisation in organisations.values():
            by.require(Permission.MEMBER_EDIT, on=organisation)


@transaction.atomic
def add_identifiers(*, identifiers: Sequence[IdentifierDraft], by: Actor) -> list[OrganisationIdentifier]:
    """
    Write down public numbers, each in its scheme's one spelling and with its check digits looked at.

    :raises BadInput: with a problem for each that cannot be. :raises NumberTaken: if another organisation has the number: likely a double.
    """
    organisations = {draft.organisation.pk: draft.organisation for draft in identifiers}
    _require_edit(organisations, by)
    problems: list[Problem] = []
    made = []
    for draft in identifiers:
        try:
            value = clean_value(draft.scheme, draft.value)
        except BadInput as refused:
            problems += refused.problems
            continue
        if SCHEMES[draft.scheme].has_registers and not draft.register.strip():
            problems.append(Problem(N_("Say whose register it is."), column="register"))
            continue
        made.append(
            OrganisationIdentifier(
                organisation=draft.organisation, scheme=draft.scheme, register=draft.register.strip(), value=value
            )
        )
    if problems:
        raise BadInput(problems)
    _require_free(made)
    with contested(lambda: _require_free(made)):
        OrganisationIdentifier.objects.bulk_create(made, batch_size=500)
    log.record_each("members.identified", by=by, subjects=list(organisations.values()))
    return made


def _require_free(made: Sequence[OrganisationIdentifier]) -> None:
    wanted = {(each.scheme, each.register, each.value) for each in made}
    values = sorted({each.value for each in made})
    for start in range(0, len(values), 500):
        rows = OrganisationIdentifier.objects.filter(value__in=values[start : start + 500])
        for row in rows.select_related("organisation"):
            if (row.scheme, row.register, row.value) in wanted:
                raise NumberTaken(
                    N_("%(organisation)s has the number %(value)s already. If both are one organisation, merge them."),
                    organisation=row.organisation.reference, value=row.value,
                )  # fmt: skip


@dataclass(frozen=True)
class NumbersOfScheme:
    """All the numbers of one scheme that an organisation shall have: (register, value) of each."""

    organisation: Organisation
    scheme: str
    numbers: tuple[tuple[str, str], ...]


@transaction.atomic
def set_identifiers(*, numbers: Sequence[NumbersOfScheme], by: Actor) -> None:
    """
    Make these the numbers of their schemes: what is not among them is taken away, what is new is written down.

    :raises BadInput: :raises NumberTaken: as add_identifiers.
    """
    organisations = {each.organisation.pk: each.organisation for each in numbers}
    _require_edit(organisations, by)
    stand: dict[tuple[UUID, str], dict[tuple[str, str], OrganisationIdentifier]] = {}
    for row in OrganisationIdentifier.objects.filter(organisation__in=organisations):
        stand.setdefault((row.organisation_id, row.scheme), {})[row.register, row.value] = row
    gone, new = [], []
    for each in numbers:
        held = stand.get((each.organisation.pk, each.scheme), {})
        gone += [row for number, row in held.items() if number not in each.numbers]
        new += [
            IdentifierDraft(each.organisation, each.scheme, value, register)
            for register, value in each.numbers
            if (register, value) not in held
        ]
    OrganisationIdentifier.objects.filter(pk__in=[row.pk for row in gone]).delete()
    dropped = {row.organisation_id for row in gone}
    log.record_each("members.identifier_dropped", by=by, subjects=[organisations[key] for key in dropped])
    if new:
        add_identifiers(identifiers=new, by=by)


@transaction.atomic
def drop_identifier(*, identifier: OrganisationIdentifier, by: Actor) -> None:
    """Take a number away that was written down wrongly."""
    found = OrganisationIdentifier.objects.select_related("organisation").filter(pk=identifier.pk).first()
    if found is None:
        raise NotFound(N_("There is no such number."))
    by.require(Permission.MEMBER_EDIT, on=found.organisation)
    found.delete()
    log.record("members.identifier_dropped", by=by, subject=found.organisation)


@transaction.atomic
def set_parents(*, parents: Sequence[ParentDraft], by: Actor) -> list[OrganisationParent]:
    """
    Put organisations under others, each from a day until a day; one parent at a time. An open parent ends where the new one begins.

    :raises BelongsToItself: if that would close a ring. :raises BadInput: if the days cross those of another parent.
    """
    by.require(Permission.MEMBER_REGISTER)
    # Two halves of a ring at once would not see each other: whoever changes parents holds the alliance's row.
    list(Alliance.objects.select_for_update(no_key=True).values_list("pk"))
    above: dict[UUID, set[UUID]] = {}
    for child, parent in OrganisationParent.objects.values_list("organisation_id", "parent_id"):
        above.setdefault(child, set()).add(parent)
    made = []
    for draft in parents:
        _require_no_ring(draft, above)
        above.setdefault(draft.organisation.pk, set()).add(draft.parent.pk)
        made.append(_put_under(draft))
    log.record_each("members.put_under", by=by, subjects=[draft.organisation for draft in parents])
    return made


def _require_no_ring(draft: ParentDraft, above: dict[UUID, set[UUID]]) -> None:
    reached, fresh = set(), {draft.parent.pk}
    while fresh:
        reached |= fresh
        fresh = {higher for key in fresh for higher in above.get(key, ())} - reached
    if draft.organisation.pk in reached:
        raise BelongsToItself(
            N_("%(parent)s stands under %(organisation)s already; an organisation cannot belong to itself."),
            parent=draft.parent.reference, organisation=draft.organisation.reference,
        )  # fmt: skip


def _put_under(draft: ParentDraft) -> OrganisationParent:
    if draft.starts_on is not None:
        _period(draft.starts_on, draft.ends_before)
        open_ones = OrganisationParent.objects.filter(organisation=draft.organisation, ends_before__isnull=True)
        open_ones.exclude(starts_on__gte=draft.starts_on).update(ends_before=draft.starts_on)
    new = _period(draft.starts_on, draft.ends_before)
    for row in OrganisationParent.objects.filter(organisation=draft.organisation):
        if new.overlaps(_period(row.starts_on, row.ends_before)):
            raise BadInput(
                [
                    Problem(
                        N_("%(organisation)s belongs to another in these days."),
                        {"organisation": draft.organisation.reference}, column="starts_on",
                    )
                ]
            )  # fmt: skip
    return OrganisationParent.objects.create(
        organisation=draft.organisation, parent=draft.parent, starts_on=draft.starts_on, ends_before=draft.ends_before
    )


def _period(starts_on: date | None, ends_before: date | None) -> Period:
    return Period(starts_on or date.min, ends_before)


@transaction.atomic
def add_campuses(*, campuses: Sequence[CampusDraft], by: Actor) -> list[Campus]:
    """
    Write down places of organisations, each with its own names. A campus is no member.

    :raises BadInput: for one without a name or a city, an unknown country or language, or half a place.
    """
    organisations = {draft.organisation.pk: draft.organisation for draft in campuses}
    _require_edit(organisations, by)
    problems = [problem for draft in campuses for problem in _faults_of(draft)]
    if problems:
        raise BadInput(problems)
    made = Campus.objects.bulk_create(
        [
            Campus(
                organisation=draft.organisation, country=draft.country, city=draft.city.strip(), latitude=draft.latitude,
                longitude=draft.longitude, starts_on=draft.starts_on, ends_before=draft.ends_before,
            )
            for draft in campuses
        ],
        batch_size=500,
    )  # fmt: skip
    CampusName.objects.bulk_create(
        [
            CampusName(campus=campus, language=language, text=text)
            for campus, draft in zip(made, campuses, strict=True)
            for language, text in draft.names.items()
        ],
        batch_size=500,
    )
    log.record_each("members.campus_added", by=by, subjects=list(organisations.values()))
    return made


def _faults_of(draft: CampusDraft) -> list[Problem]:
    problems = []
    if not draft.names or not all(text.strip() for text in draft.names.values()):
        problems.append(Problem(N_("Name the campus."), column="name"))
    if any(not is_language(language) for language in draft.names):
        problems.append(Problem(N_("Write a language as its tag of BCP 47, like lo or zh-Hans."), column="language"))
    if not is_country(draft.country):
        problems.append(
            Problem(
                N_("“%(country)s” is no country or region of ISO 3166-1."), {"country": draft.country}, column="country"
            )
        )
    if not draft.city.strip():
        problems.append(Problem(N_("Name the city."), column="city"))
    if (draft.latitude is None) != (draft.longitude is None):
        problems.append(Problem(N_("A place needs both degrees or none."), column="latitude"))
    if draft.starts_on and draft.ends_before and draft.ends_before <= draft.starts_on:
        problems.append(Problem(N_("A campus is closed after it is opened."), column="ends_before"))
    return problems


@transaction.atomic
def close_campus(*, campus: Campus, ends_before: date, by: Actor) -> Campus:
    """``ends_before`` is the first day without it. :raises WrongMoment: if it is closed by then, or opens later."""
    campus = Campus.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=campus.pk)
    by.require(Permission.MEMBER_EDIT, on=campus.organisation)
    is_closed = campus.ends_before is not None and campus.ends_before <= ends_before
    if is_closed or (campus.starts_on is not None and ends_before <= campus.starts_on):
        raise WrongMoment(N_("This campus is closed by then, or opens later."))
    campus.ends_before = ends_before
    campus.save(update_fields=["ends_before"])
    log.record("members.campus_closed", by=by, subject=campus.organisation)
    return campus
