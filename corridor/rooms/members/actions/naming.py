"""The names of organisations: given, ended and corrected. A name that was in use once stays findable for ever."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.kernel.errors import BadInput, NotFound, Problem, WrongMoment
from corridor.kernel.wording import N_, LanguageTags

from ..drafts import NameDraft
from ..models import NameCorrection, NameKind, Organisation, OrganisationName


@transaction.atomic
def add_names(*, names: Sequence[NameDraft], by: Actor) -> int:
    """
    Add names, each from a day until a day where that is known. One official name a language at a time.

    :raises BadInput: with a problem for every official name whose days another one has, every name said twice, and days in the wrong order.
    """
    organisations = {draft.organisation.pk: draft.organisation for draft in names}
    if not by.may(Permission.MEMBER_EDIT):
        for organisation in organisations.values():
            by.require(Permission.MEMBER_EDIT, on=organisation)
    _hold(organisations)
    _check(names, organisations)
    made = [
        OrganisationName(
            organisation=each.organisation, language=each.language, name=each.name, kind=each.kind,
            valid_from=each.valid_from, valid_before=each.valid_before,
        )
        for each in names
    ]  # fmt: skip
    with contested(lambda: _check(names, organisations)):
        OrganisationName.objects.bulk_create(made, batch_size=500)
    log.record_each("members.named", by=by, subjects=list(organisations.values()))
    return len(names)


def _hold(organisations: dict[UUID, Organisation]) -> None:
    """Of two official names at once the second must see the first: their days are compared, not only their ends."""
    keys = sorted(organisations)
    for start in range(0, len(keys), 500):
        rows = Organisation.objects.select_for_update(no_key=True).filter(pk__in=keys[start : start + 500])
        list(rows.order_by("pk").values_list("pk"))


def _check(names: Sequence[NameDraft], organisations: dict[UUID, Organisation]) -> None:
    standing: list[OrganisationName] = list(OrganisationName.objects.filter(organisation__in=organisations))
    by_language: dict[tuple[UUID, str], list[OrganisationName]] = {}
    for row in standing:
        by_language.setdefault((row.organisation_id, row.language), []).append(row)
    problems = []
    for draft in names:
        others = by_language.setdefault((draft.organisation.pk, draft.language), [])
        row = OrganisationName(
            organisation=draft.organisation, language=draft.language, name=draft.name, kind=draft.kind,
            valid_from=draft.valid_from, valid_before=draft.valid_before,
        )  # fmt: skip
        problems += _faults_of(row, others)
        others.append(row)
    if problems:
        raise BadInput(problems)


def _faults_of(row: OrganisationName, others: Sequence[OrganisationName]) -> list[Problem]:
    places: dict[str, object] = {"organisation": row.organisation.reference, "language": LanguageTags.of(row.language)}
    if row.valid_from and row.valid_before and row.valid_before <= row.valid_from:
        return [Problem(N_("A name ends after it begins."), column="valid_before")]
    if any(each.name == row.name and _overlap(each, row) for each in others):
        return [Problem(N_("%(organisation)s has this very name in %(language)s already."), places, column="name")]
    if row.kind == NameKind.OFFICIAL:
        for each in others:
            if each.kind == NameKind.OFFICIAL and _overlap(each, row):
                return [
                    Problem(
                        N_(
                            "%(organisation)s has an official name in %(language)s in these days: “%(name)s”. End that one first."
                        ),
                        {**places, "name": each.name},
                        column="language",
                    )
                ]
    return []


def _overlap(one: OrganisationName, other: OrganisationName) -> bool:
    ends_before_other = one.valid_before and one.valid_before <= (other.valid_from or date.min)
    begins_after_other = other.valid_before and other.valid_before <= (one.valid_from or date.min)
    return not ends_before_other and not begins_after_other


@transaction.atomic
def end_name(*, name: OrganisationName, valid_before: date, by: Actor) -> OrganisationName:
    """
    A name goes out of use; ``valid_before`` is the first day without it. It stays among the former names.

    :raises WrongMoment: if it has ended before, or began later.
    """
    name = _held_name(name, by)
    if name.valid_before is not None and name.valid_before <= valid_before:
        raise WrongMoment(N_("This name went out of use before %(day)s."), day=name.valid_before)
    if name.valid_from is not None and valid_before <= name.valid_from:
        raise WrongMoment(N_("This name is in use from %(day)s; it cannot end before."), day=name.valid_from)
    name.valid_before = valid_before
    name.save(update_fields=["valid_before"])
    log.record("members.name_ended", by=by, subject=name.organisation)
    return name


@transaction.atomic
def correct_name(
    *,
    name: OrganisationName,
    text: str,
    valid_from: date | None,
    valid_before: date | None,
    reason: str,
    at: datetime,
    by: Actor,
) -> OrganisationName:
    """
    Mend what was written wrongly (a spelling, a day); what stood there is kept. A new name of the organisation is no correction.

    :raises BadInput: without a reason or a text, or where the days cross those of another official name.
    """
    name = _held_name(name, by)
    problems = [] if text.strip() else [Problem(N_("Write the name."), column="name")]
    if not reason.strip():
        problems.append(Problem(N_("Say what was wrong."), column="reason"))
    before = (name.name, name.valid_from, name.valid_before)
    name.name, name.valid_from, name.valid_before = text.strip(), valid_from, valid_before
    others = OrganisationName.objects.filter(organisation=name.organisation_id, language=name.language)
    problems += _faults_of(name, list(others.exclude(pk=name.pk)))
    if problems:
        raise BadInput(problems)
    if before == (name.name, name.valid_from, name.valid_before):
        return name
    NameCorrection.objects.create(
        name=name, was=before[0], was_from=before[1], was_before=before[2], corrected_at=at, by_label=by.label,
        reason=reason.strip(),
    )  # fmt: skip
    name.save(update_fields=["name", "valid_from", "valid_before"])
    log.record("members.name_corrected", by=by, subject=name.organisation)
    return name


def _held_name(name: OrganisationName, by: Actor) -> OrganisationName:
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=name.organisation_id)
    by.require(Permission.MEMBER_EDIT, on=organisation)
    found = OrganisationName.objects.select_related("organisation").filter(pk=name.pk).first()
    if found is None:
        raise NotFound(N_("There is no such name."))
    return found
