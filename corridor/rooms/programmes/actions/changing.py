"""Change what a programme says of itself: what it is called, what it stands on, who takes part, where and in which languages."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.audit.changes import FieldChange, differences
from corridor.kernel.errors import BadInput, NotFound, WrongMoment
from corridor.kernel.wording import N_

from ..checking import faults_of
from ..drafts import ProgrammeDraft, ProgrammeRevision
from ..lifecycle import ProgrammeStatus
from ..models import Programme, ProgrammeMember, ProgrammeSite, ProgrammeTitle
from ..refusals import StaysOnceApproved
from ..standing_on import stand
from ..staying import what_stays
from .proposing import ENDED


@transaction.atomic
def change_programmes(*, revisions: Sequence[ProgrammeRevision], by: Actor) -> list[Programme]:
    """
    Programmes say from now on what their drafts say. While one is proposed everything may change; later its kind and its curriculum stay,
    and agreements, members and sites are added to, never taken away: others rely on them.

    :raises StaysOnceApproved: names what may not change any more. :raises WrongMoment: for one that has ended.
    :raises BadInput: as for a proposal.
    """
    by.require(Permission.PROGRAMME_PROPOSE)
    problems = [problem for each in revisions for problem in faults_of(each.draft)]
    if problems:
        raise BadInput(problems)
    keys = [each.programme.pk for each in revisions]
    locked = Programme.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    held = {
        row.pk: row for row in locked.prefetch_related("titles", "members", "places", "agreements_under__agreement")
    }
    if len(held) < len(set(keys)):
        raise NotFound(N_("There is no such programme."))
    pairs = [(held[each.programme.pk], each.draft) for each in revisions]
    for programme, draft in pairs:
        _refuse(programme, draft)
    told = [(programme, _told(programme, draft)) for programme, draft in pairs]
    stand(pairs)
    for programme, draft in pairs:
        programme.kind, programme.curriculum_version = draft.kind, draft.curriculum_version
        programme.source_mark, programme.source = draft.source_mark, draft.source
        programme.save(
            update_fields=["kind", "curriculum_version", "source_mark", "source", "agreement", "announcement"]
        )
        _rewrite(programme, draft)
    for programme, changes in told:
        log.record("programmes.changed", by=by, subject=programme, changes=changes)
    return [programme for programme, _draft in pairs]


def change_programme(*, programme: Programme, draft: ProgrammeDraft, by: Actor) -> Programme:
    return change_programmes(revisions=[ProgrammeRevision(programme, draft)], by=by)[0]


def _refuse(programme: Programme, draft: ProgrammeDraft) -> None:
    if programme.status in ENDED:
        raise WrongMoment(
            N_("%(programme)s is “%(now)s”; it does not change any more."),
            programme=programme.reference, now=programme.get_status_display(),
        )  # fmt: skip
    if programme.status == ProgrammeStatus.PROPOSED:
        return
    for _column, sentence, stays in what_stays(programme, draft):
        if not stays:
            raise StaysOnceApproved(sentence, programme=programme.reference)


def _told(programme: Programme, draft: ProgrammeDraft) -> list[FieldChange]:
    before: dict[str, object] = {
        "kind": programme.kind,
        "titles": _lined(f"{each.language}: {each.text}" for each in programme.titles.all()),
        "agreements": _lined(each.agreement.reference for each in programme.agreements_under.all()),
        "source": programme.source,
    }
    after: dict[str, object] = {
        "kind": draft.kind,
        "titles": _lined(f"{language}: {text}" for language, text in draft.titles.items() if text.strip()),
        "agreements": _lined(each.reference for each in draft.agreements),
        "source": draft.source,
    }
    return differences(before, after)


def _lined(words: Any) -> str:
    return "; ".join(sorted(words))


def _rewrite(programme: Programme, draft: ProgrammeDraft) -> None:
    titles = {language: text for language, text in draft.titles.items() if text.strip()}
    _keep_only(programme.titles, {each.pk for each in programme.titles.all() if titles.get(each.language) != each.text})
    there = {each.language: each.text for each in programme.titles.all()}
    ProgrammeTitle.objects.bulk_create(
        [
            ProgrammeTitle(programme=programme, language=language, text=text)
            for language, text in titles.items() if there.get(language) != text
        ]
    )  # fmt: skip
    wanted = {(member.pk, str(role)) for member, role in draft.members}
    _keep_only(
        programme.members,
        {each.pk for each in programme.members.all() if (each.organisation_id, each.role) not in wanted},
    )
    named = {(each.organisation_id, each.role) for each in programme.members.all()}
    ProgrammeMember.objects.bulk_create(
        [
            ProgrammeMember(programme=programme, organisation=member, role=role)
            for member, role in draft.members if (member.pk, str(role)) not in named
        ]
    )  # fmt: skip
    sites = {site.pk for site in draft.sites}
    _keep_only(programme.places, {each.pk for each in programme.places.all() if each.site_id not in sites})
    held_at = {each.site_id for each in programme.places.all()}
    ProgrammeSite.objects.bulk_create(
        [ProgrammeSite(programme=programme, site=site) for site in draft.sites if site.pk not in held_at]
    )


def _keep_only(rows: Any, away: Collection[Any]) -> None:
    if away:
        rows.filter(pk__in=away).delete()
