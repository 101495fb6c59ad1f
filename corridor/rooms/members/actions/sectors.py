"""Classifications of what organisations do, read in by the secretariat, and the codes that an organisation has."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..drafts import SectorCodeDraft, SectorDraft
from ..models import Alliance, Organisation, OrganisationSector, SectorCode, SectorTitle

AT_ONCE = 500


@transaction.atomic
def read_sector_codes(*, codes: Sequence[SectorCodeDraft], by: Actor) -> int:
    """Take codes of a classification in; titles of codes that are there already are written over. Returns how many codes."""
    by.require(Permission.ALLIANCE_DESCRIBE)
    SectorCode.objects.bulk_create(
        [SectorCode(scheme=each.scheme, code=each.code) for each in codes], batch_size=AT_ONCE, ignore_conflicts=True
    )
    schemes = {each.scheme for each in codes}
    keys = {
        (scheme, code): key
        for key, scheme, code in SectorCode.objects.filter(scheme__in=schemes).values_list("pk", "scheme", "code")
    }
    SectorTitle.objects.bulk_create(
        [
            SectorTitle(sector_id=keys[each.scheme, each.code], language=language, text=text)
            for each in codes
            for language, text in each.titles.items()
        ],
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["sector", "language"],
        update_fields=["text"],
    )
    alliance = Alliance.objects.first()
    if alliance is not None:
        log.record("members.sector_codes_read", by=by, subject=alliance, count=len(codes))
    return len(codes)


@transaction.atomic
def set_sectors(*, sectors: Sequence[SectorDraft], by: Actor) -> int:
    """
    Say what organisations do: all their codes at once, those given before are replaced. At most one is the main one.

    :raises BadInput: with a problem for each code that nobody has read in, that is given twice, or a second main one.
    """
    organisations = {draft.organisation.pk: draft.organisation for draft in sectors}
    if not by.may(Permission.MEMBER_EDIT):
        for organisation in organisations.values():
            by.require(Permission.MEMBER_EDIT, on=organisation)
    keys = sorted(organisations)
    list(Organisation.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
    schemes = {draft.scheme for draft in sectors}
    known = {(each.scheme, each.code): each for each in SectorCode.objects.filter(scheme__in=schemes)}
    problems = _faults_of(sectors, known)
    if problems:
        raise BadInput(problems)
    OrganisationSector.objects.filter(organisation__in=keys).delete()
    weight = OrganisationSector.Weight
    OrganisationSector.objects.bulk_create(
        [
            OrganisationSector(
                organisation=draft.organisation, sector=known[draft.scheme, draft.code],
                weight=weight.MAIN if draft.is_main else weight.ALSO,
            )
            for draft in sectors
        ],
        batch_size=AT_ONCE,
    )  # fmt: skip
    log.record_each("members.sectors_set", by=by, subjects=list(organisations.values()))
    return len(sectors)


@dataclass(frozen=True)
class SectorsOf:
    """All that an organisation shall be said to do; nothing where there are none."""

    organisation: Organisation
    sectors: tuple[SectorDraft, ...]


@transaction.atomic
def replace_sectors(*, sectors: Sequence[SectorsOf], by: Actor) -> None:
    """Say of many organisations what they do, of some that nothing is known. :raises BadInput: as set_sectors."""
    for each in sectors:
        if not each.sectors:
            clear_sectors(organisation=each.organisation, by=by)
    if drafts := [draft for each in sectors for draft in each.sectors]:
        set_sectors(sectors=drafts, by=by)


@transaction.atomic
def clear_sectors(*, organisation: Organisation, by: Actor) -> None:
    """Take away every code that it has."""
    by.require(Permission.MEMBER_EDIT, on=organisation)
    OrganisationSector.objects.filter(organisation=organisation).delete()
    log.record("members.sectors_set", by=by, subject=organisation)


def _faults_of(sectors: Sequence[SectorDraft], known: dict[tuple[str, str], SectorCode]) -> list[Problem]:
    problems = []
    seen: set[tuple[UUID, str, str]] = set()
    main: set[UUID] = set()
    for draft in sectors:
        if (draft.scheme, draft.code) not in known:
            problems.append(
                Problem(
                    N_("There is no code %(code)s in %(scheme)s; the secretariat reads classifications in."),
                    {"code": draft.code, "scheme": draft.scheme}, column="code",
                )
            )  # fmt: skip
        if (draft.organisation.pk, draft.scheme, draft.code) in seen or (
            draft.is_main and draft.organisation.pk in main
        ):
            problems.append(
                Problem(
                    N_("%(organisation)s has the code %(code)s twice, or two main ones."),
                    {"organisation": draft.organisation.reference, "code": draft.code}, column="code",
                )
            )  # fmt: skip
        seen.add((draft.organisation.pk, draft.scheme, draft.code))
        main |= {draft.organisation.pk} if draft.is_main else set()
    return problems
