"""Propose programmes, and say who takes part and where."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, NotFound, WrongMoment
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.sites.models import Site

from ..checking import faults_of
from ..drafts import ProgrammeDraft
from ..lifecycle import ProgrammeStatus
from ..models import MemberRole, Programme, ProgrammeMember, ProgrammeSite, ProgrammeTitle
from ..refusals import HasThatRole, HeldThereAlready, ReferenceTaken
from ..standing_on import stand

ENDED = {ProgrammeStatus.COMPLETED.value, ProgrammeStatus.CANCELLED.value}


@transaction.atomic
def propose_programmes(*, programmes: Sequence[ProgrammeDraft], by: Actor) -> list[Programme]:
    """
    Propose what members want to run together, under an agreement that exists.

    :raises ReferenceTaken: if a reference is in use. :raises BadInput: for one without a title, or that names a thing twice.
    """
    by.require(Permission.PROGRAMME_PROPOSE)
    problems = [problem for draft in programmes for problem in faults_of(draft)]
    if problems:
        raise BadInput(problems)
    references = [draft.reference for draft in programmes]
    taken = Programme.objects.filter(reference__in=references).values_list("reference", flat=True).first()
    if taken or len(set(references)) < len(references):
        again = taken or next(each for place, each in enumerate(references) if each in references[:place])
        raise ReferenceTaken(N_("There is a programme %(reference)s already."), reference=again)
    made = Programme.objects.bulk_create(
        [
            Programme(
                id=draft.key or new_id(), reference=draft.reference, status=ProgrammeStatus.PROPOSED, kind=draft.kind, agreement=draft.agreement,
                announcement=next(iter(draft.announcements), None), curriculum_version=draft.curriculum_version,
                source_mark=draft.source_mark, source=draft.source,
            )
            for draft in programmes
        ],
        batch_size=500,
    )  # fmt: skip
    pairs = list(zip(made, programmes, strict=True))
    titles = [(programme, language, text) for programme, draft in pairs for language, text in draft.titles.items()]
    ProgrammeTitle.objects.bulk_create(
        [ProgrammeTitle(programme=programme, language=language, text=text) for programme, language, text in titles],
        batch_size=500,
    )
    stand(pairs)
    _place([(programme, site) for programme, draft in pairs for site in draft.sites])
    _name([(programme, member, role) for programme, draft in pairs for member, role in draft.members])
    log.record_each("programmes.proposed", by=by, subjects=made)
    return made


def propose_programme(*, programme: ProgrammeDraft, by: Actor) -> Programme:
    return propose_programmes(programmes=[programme], by=by)[0]


@transaction.atomic
def add_members(*, members: Sequence[tuple[Programme, Organisation, MemberRole]], by: Actor) -> int:
    """Say who takes part, and as what. :raises HasThatRole: for a member twice in one role. :raises WrongMoment: if it has ended."""
    by.require(Permission.PROGRAMME_PROPOSE)
    held = _hold_open(programme for programme, _, _ in members)
    rows = ProgrammeMember.objects.filter(programme__in=held)
    there = set(rows.values_list("programme", "organisation", "role"))
    for programme, member, role in members:
        key = (programme.pk, member.pk, str(role))
        if key in there:
            raise HasThatRole(
                N_("%(member)s takes part in %(programme)s in that role already (%(role)s)."),
                member=member.reference, programme=programme.reference, role=MemberRole(role).label,
            )  # fmt: skip
        there.add(key)
    _name(members)
    log.record_each("programmes.members_added", by=by, subjects=held)
    return len(members)


@transaction.atomic
def add_sites(*, sites: Sequence[tuple[Programme, Site]], by: Actor) -> int:
    """Say where it is held. :raises HeldThereAlready: for a site twice. :raises WrongMoment: if it has ended."""
    by.require(Permission.PROGRAMME_PROPOSE)
    held = _hold_open(programme for programme, _ in sites)
    there = set(ProgrammeSite.objects.filter(programme__in=held).values_list("programme", "site"))
    for programme, site in sites:
        if (programme.pk, site.pk) in there:
            raise HeldThereAlready(
                N_("%(programme)s is held at %(site)s already."), programme=programme.reference, site=site.reference
            )
        there.add((programme.pk, site.pk))
    _place(sites)
    log.record_each("programmes.sites_added", by=by, subjects=held)
    return len(sites)


def _hold_open(programmes: Iterable[Programme]) -> list[Programme]:
    keys = {programme.pk for programme in programmes}
    held = list(Programme.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    if len(held) < len(keys):
        raise NotFound(N_("There is no such programme."))
    for programme in held:
        if programme.status in ENDED:
            raise WrongMoment(
                N_("%(programme)s is “%(now)s”; nobody joins it any more."),
                programme=programme.reference, now=programme.get_status_display(),
            )  # fmt: skip
    return held


def _place(sites: Iterable[tuple[Programme, Site]]) -> None:
    ProgrammeSite.objects.bulk_create(
        [ProgrammeSite(programme=programme, site=site) for programme, site in sites], batch_size=500
    )


def _name(members: Iterable[tuple[Programme, Organisation, MemberRole]]) -> None:
    ProgrammeMember.objects.bulk_create(
        [ProgrammeMember(programme=programme, organisation=member, role=role) for programme, member, role in members],
        batch_size=500,
    )
