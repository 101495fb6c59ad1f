"""Panda College in Vientiane: a programme under an agreement, led by Chongqing and hosted by Vientiane."""

from collections.abc import Sequence
from datetime import date

from corridor.foundations.access import NIGHTLY
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.curricula.models import CurriculumVersion
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.members.models import Organisation
from corridor.rooms.programmes import actions
from corridor.rooms.programmes.drafts import ProgrammeDraft, ProgrammeStep
from corridor.rooms.programmes.lifecycle import ProgrammeStatus
from corridor.rooms.programmes.models import MemberRole, Programme
from corridor.rooms.sites.models import Site

from .agreements import find_or_make_member, make_agreement
from .sites import make_site

RUNNING_FROM = date(2023, 9, 4)


def make_programme(
    reference: str = "PRG-2023-012",
    *,
    kind: str = "vocational",
    agreement: Agreement | None = None,
    sites: Sequence[Site] | None = None,
    members: Sequence[tuple[Organisation, str]] | None = None,
    announcement: Announcement | None = None,
    curriculum_version: CurriculumVersion | None = None,
    demands: Sequence[DemandStatement] = (),
    languages: Sequence[str] = (),
    title: str = "Panda College: vehicle inspection",
    running_from: date | None = RUNNING_FROM,
) -> Programme:
    """
    A programme that runs from that day; only proposed where ``running_from`` is None.

    Without an agreement it stands under one of Chongqing and Vientiane in force from 1 June 2023; without ``sites`` it is held at a
    workshop in Vientiane (the first site there is, where there is one).
    """
    agreement = agreement or Agreement.objects.first() or make_agreement()
    given = members or [(find_or_make_member("chongqing"), "lead"), (find_or_make_member("vientiane"), "host")]
    draft = ProgrammeDraft(
        reference=reference, kind=kind, agreement=agreement, titles={"en": title, "zh-Hans": "熊猫学院"},
        sites=[Site.objects.first() or make_site()] if sites is None else sites,
        members=[(member, MemberRole(role)) for member, role in given],
        announcement=announcement, curriculum_version=curriculum_version, demands=demands, languages=languages,
    )  # fmt: skip
    programme = actions.propose_programme(programme=draft, by=NIGHTLY)
    if running_from is None:
        return programme
    steps = [ProgrammeStep(programme, to, running_from) for to in (ProgrammeStatus.APPROVED, ProgrammeStatus.RUNNING)]
    return actions.move_programmes(steps=steps, by=NIGHTLY)[0]
