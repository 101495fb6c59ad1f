"""Accreditations of places: written down with the paper that says so, and ended."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.documents.receiving import receive
from corridor.kernel.errors import BadInput, NotFound, Problem, WrongMoment
from corridor.kernel.wording import N_

from ..drafts import AccreditationDraft
from ..models import Accreditation, AccreditedCurriculum
from ..refusals import AccreditedAlready


@transaction.atomic
def accredit_sites(*, accreditations: Sequence[AccreditationDraft], at: datetime, by: Actor) -> list[Accreditation]:
    """
    Write down what authorities have accredited places for, each with its paper where one is sent.

    :raises BadInput: without an authority or a purpose, or for days in the wrong order. :raises AccreditedAlready: if the same stands there.
    """
    for site in {draft.site.pk: draft.site for draft in accreditations}.values():
        by.require(Permission.SITE_EDIT, on=site)
    problems = [problem for draft in accreditations for problem in _faults_of(draft)]
    if problems:
        raise BadInput(problems)
    _require_new(accreditations)
    made = [
        Accreditation(
            site=draft.site, accredited_by=draft.accredited_by.strip(), accredited_for=draft.accredited_for.strip(),
            number=draft.number.strip(), starts_on=draft.starts_on, ends_before=draft.ends_before,
            document=receive(draft.upload, at=at, by=by) if draft.upload else None,
        )
        for draft in accreditations
    ]  # fmt: skip
    with contested(lambda: _require_new(accreditations)):
        Accreditation.objects.bulk_create(made, batch_size=500)
    AccreditedCurriculum.objects.bulk_create(
        [
            AccreditedCurriculum(accreditation=row, curriculum=curriculum)
            for row, draft in zip(made, accreditations, strict=True)
            for curriculum in draft.curricula
        ],
        batch_size=500,
    )
    log.record_each("sites.accredited", by=by, subjects=made)
    return made


def _faults_of(draft: AccreditationDraft) -> list[Problem]:
    problems = []
    if not draft.accredited_by.strip():
        problems.append(Problem(N_("Say who accredits."), column="accredited_by"))
    if not draft.accredited_for.strip():
        problems.append(Problem(N_("Say what the place is accredited for."), column="accredited_for"))
    if draft.ends_before is not None and draft.ends_before <= draft.starts_on:
        problems.append(Problem(N_("An accreditation ends after it begins."), column="ends_before"))
    return problems


def _require_new(accreditations: Sequence[AccreditationDraft]) -> None:
    sites = {draft.site.pk for draft in accreditations}
    rows = Accreditation.objects.filter(site__in=sites)
    stand = set(rows.values_list("site_id", "accredited_by", "accredited_for", "starts_on"))
    for draft in accreditations:
        key = (draft.site.pk, draft.accredited_by.strip(), draft.accredited_for.strip(), draft.starts_on)
        if key in stand:
            raise AccreditedAlready(
                N_("%(site)s has this accreditation from %(day)s already."),
                site=draft.site.reference,
                day=draft.starts_on,
            )
        stand.add(key)


@transaction.atomic
def end_accreditation(*, accreditation: Accreditation, ends_before: date, by: Actor) -> Accreditation:
    """``ends_before`` is the first day without it. :raises WrongMoment: if it has ended by then, or begins later."""
    found = (
        Accreditation.objects.select_for_update(of=("self",)).select_related("site").filter(pk=accreditation.pk).first()
    )
    if found is None:
        raise NotFound(N_("There is no such accreditation."))
    by.require(Permission.SITE_EDIT, on=found.site)
    has_ended = found.ends_before is not None and found.ends_before <= ends_before
    if has_ended or ends_before <= found.starts_on:
        raise WrongMoment(N_("This accreditation has ended by then, or begins later."))
    found.ends_before = ends_before
    found.save(update_fields=["ends_before"])
    log.record("sites.accreditation_ended", by=by, subject=found)
    return found
