"""Writing down persons, and whose accounts are theirs."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.accounts.models import User
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.inserting import insert_all
from corridor.foundations.vocabularies.countries import is_country
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.identifiers import new_id
from corridor.kernel.references import TAKEN
from corridor.kernel.wording import N_

from ..birth_days import faults_of_birth
from ..collecting import faults_of_purposes
from ..drafts import AccountLink, PersonDraft
from ..finding import write_new_keys
from ..models import NameForm, Person, PersonName, Sex
from ..name_rules import faults_of_names
from ..refusals import AccountTaken, MergedAlready

AT_ONCE = 500


def register_person(*, draft: PersonDraft, on: date, by: Actor) -> Person:
    """:raises BadInput: as register_persons."""
    return register_persons(drafts=[draft], on=on, by=by)[0]


@transaction.atomic
def register_persons(*, drafts: Sequence[PersonDraft], on: date, by: Actor) -> list[Person]:
    """
    Write down persons with the forms of their names. Nobody gets an account by that. ``on`` is today.

    :raises BadInput: with a problem for every taken reference, unknown country, fault of a name, day of birth to come, and sex without a
        purpose that allows it.
    """
    by.require(Permission.PERSON_REGISTER)
    _check(drafts, on, by)
    made = [
        Person(
            id=draft.key or new_id(),
            reference=draft.reference,
            sex=draft.sex,
            sex_because=draft.sex_because,
            born_on=draft.born_on,
            residence_country=draft.residence_country,
            source_mark=draft.source_mark,
            name_order=draft.name_order,
            honorific=draft.honorific,
            birth_calendar=draft.birth_calendar,
            birth_precision=draft.birth_precision,
            birth_written=draft.birth_written,
        )
        for draft in drafts
    ]
    names = [
        PersonName(
            person=person,
            form=name.form,
            language=name.language,
            full_name=name.full_name,
            romanisation=name.romanisation,
            family_part=name.family_part,
            given_part=name.given_part,
            valid_from=name.valid_from,
            valid_before=name.valid_before,
        )
        for person, draft in zip(made, drafts, strict=True)
        for name in draft.names
    ]
    with contested(lambda: _check(drafts, on, by)):
        insert_all(made)
    insert_all(names)
    write_new_keys(made, names)
    log.record_each("people.registered", by=by, subjects=made)
    return made


def _check(drafts: Sequence[PersonDraft], on: date, by: Actor) -> None:
    if problems := [*_faults(drafts, on), *_faults_of_purposes(drafts, on, by)]:
        raise BadInput(problems)


def _faults_of_purposes(drafts: Sequence[PersonDraft], on: date, by: Actor) -> list[Problem]:
    asked = [(None, draft.sex_because) for draft in drafts if draft.sex != Sex.UNKNOWN]
    return [each for each in faults_of_purposes(asked=asked, column="sex_because", on=on, by=by) if each is not None]


def _faults(drafts: Sequence[PersonDraft], on: date) -> list[Problem]:
    references = [draft.reference for draft in drafts]
    taken: set[str] = set()
    for start in range(0, len(references), AT_ONCE):
        rows = Person.objects.filter(reference__in=references[start : start + AT_ONCE])
        taken.update(rows.values_list("reference", flat=True))
    faults = []
    for draft in drafts:
        who: dict[str, object] = {"reference": draft.reference}
        if draft.reference in taken:
            faults.append(Problem(N_("There is already a person %(reference)s."), who, column="reference"))
        if draft.reference in TAKEN:
            faults.append(
                Problem(
                    N_("“%(reference)s” is the address of another page; choose another reference."),
                    who,
                    column="reference",
                )
            )
        if draft.residence_country and not is_country(draft.residence_country):
            faults.append(
                Problem(
                    N_("“%(country)s” is no country or region of ISO 3166-1."),
                    {"country": draft.residence_country},
                    column="residence_country",
                )
            )
        faults += faults_of_birth(draft.born_on, on=on, column="born_on")
        if [name.form for name in draft.names].count(NameForm.OWN) != 1:
            faults.append(Problem(N_("%(reference)s needs one name in the own script."), who, column="own_name"))
        faults += faults_of_names(draft.names, who=draft.reference, is_change=True)
        taken.add(draft.reference)
    return faults


def link_person_to_user(*, person: Person, user: User, by: Actor) -> Person:
    """Say whose account it is. Refuses as link_accounts."""
    return link_accounts(links=[AccountLink(person, user)], by=by)[0]


@transaction.atomic
def link_accounts(*, links: Sequence[AccountLink], by: Actor) -> list[Person]:
    """
    Say whose accounts these are.

    :raises AccountTaken: if the account is another person's, or the person has another account.
    :raises MergedAlready: if the record was merged into another.
    """
    by.require(Permission.PERSON_REGISTER)
    return _link(links, by=by)


@transaction.atomic
def join_own_account(*, person: Person, user: User, by: Actor) -> Person:
    """
    The account is the own one of whoever proved to be that person (credentials/actions/joining.py). Refuses as link_accounts.
    """
    by.require(Permission.ACCOUNT_JOIN, on=person)
    return _link([AccountLink(person, user)], by=by)[0]


def _link(links: Sequence[AccountLink], *, by: Actor) -> list[Person]:
    users = {link.user.pk for link in links}
    rows = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=[x.person.pk for x in links])}
    holders = dict(Person.objects.filter(user__in=users).values_list("user_id", "pk"))
    linked = []
    for link in links:
        person = rows[link.person.pk]
        if person.merged_into_id is not None:
            raise MergedAlready(N_("%(person)s was merged into another record before."), person=person.reference)
        is_anothers = holders.setdefault(link.user.pk, person.pk) != person.pk
        if is_anothers or person.user_id not in {None, link.user.pk}:
            raise AccountTaken(
                N_("%(person)s has an account already, or %(account)s is another person's."),
                person=person.reference, account=link.user.username,
            )  # fmt: skip
        person.user = link.user
        linked.append(person)
    Person.objects.bulk_update(linked, ["user"], batch_size=AT_ONCE)
    log.record_each("people.account_linked", by=by, subjects=linked)
    return linked
