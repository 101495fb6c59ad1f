"""From what is written on a form, or sent to the API, to a draft of a programme: references are looked up as the asker may see them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corridor.foundations.access import Actor
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_
from corridor.rooms.agreements import queries as agreements
from corridor.rooms.conferences import queries as conferences
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.demand import queries as demand
from corridor.rooms.members import queries as members
from corridor.rooms.members.models import SourceMark
from corridor.rooms.programmes.drafts import ProgrammeDraft
from corridor.rooms.programmes.kinds import MemberRole
from corridor.rooms.sites import queries as sites


@dataclass(frozen=True)
class ProgrammeWords:
    """A programme in words: everything named by its reference, ``curriculum`` with its version, ``members`` with their roles."""

    reference: str
    kind: str
    titles: Mapping[str, str]
    agreements: Sequence[str]
    announcements: Sequence[str] = ()
    demands: Sequence[str] = ()
    languages: Sequence[str] = ()
    curriculum: tuple[str, str] | None = None
    sites: Sequence[str] = ()
    members: Sequence[tuple[str, str]] = ()
    source_mark: str = SourceMark.ASSUMED
    source: str = ""


def draft_programme(*, words: ProgrammeWords, by: Actor) -> ProgrammeDraft:
    """
    The draft that these words say.

    :raises BadInput: with a problem for each name behind which there is nothing that this actor may see, and for a role that is none.
    """
    problems: list[Problem] = []

    def each(column: str, named: Sequence[str], look: Callable[[str], Any], message: str) -> list[Any]:
        return [found for name in named if (found := _look(problems, column, name, look, message)) is not None]

    under = each(
        "agreements", words.agreements, lambda name: agreements.get_agreement(reference=name, by=by),
        N_("There is no agreement “%(cell)s” here that you may see."),
    )  # fmt: skip
    kept = each(
        "announcements", words.announcements, lambda name: conferences.get_announcement(reference=name, by=by),
        N_("There is no announcement “%(cell)s” here that you may see."),
    )  # fmt: skip
    wanted = each(
        "demands", words.demands, lambda name: demand.get_demand(reference=name, by=by),
        N_("There is no demand statement “%(cell)s” here that you may see."),
    )  # fmt: skip
    places = each(
        "sites", words.sites, lambda name: sites.get_site(reference=name, by=by), N_("There is no site “%(cell)s”.")
    )
    version = None
    if words.curriculum is not None:
        reference, number = words.curriculum
        version = _look(
            problems, "curriculum", f"{reference} {number}",
            lambda _name: curricula.get_version(reference=reference, version=number, by=by).version,
            N_("There is no curriculum “%(cell)s”."),
        )  # fmt: skip
    taking_part = _taking_part(problems, words, by)
    if not words.agreements:
        problems.append(Problem(N_("Name the agreement under which it is run."), column="agreements"))
    if problems:
        raise BadInput(problems)
    return ProgrammeDraft(
        reference=words.reference, kind=words.kind, agreement=under[0], more_agreements=under[1:], titles=words.titles,
        announcement=kept[0] if kept else None, more_announcements=kept[1:], demands=wanted, languages=words.languages,
        curriculum_version=version, sites=places, members=taking_part, source_mark=words.source_mark, source=words.source,
    )  # fmt: skip


def _taking_part(problems: list[Problem], words: ProgrammeWords, by: Actor) -> list[tuple[Any, MemberRole]]:
    found = []
    for name, role in words.members:
        member = _look(
            problems, "members", name, lambda one: members.get_organisation(reference=one, by=by),
            N_("There is no member “%(cell)s”."),
        )  # fmt: skip
        if role not in MemberRole:
            said: dict[str, object] = {"cell": role, "roles": ", ".join(MemberRole.values)}
            problems.append(Problem(N_("“%(cell)s” is not one of these roles: %(roles)s."), said, column="members"))
        elif member is not None:
            found.append((member, MemberRole(role)))
    return found


def _look(problems: list[Problem], column: str, name: str, look: Callable[[str], Any], message: str) -> Any:
    try:
        return look(name)
    except NotFound:
        problems.append(Problem(message, {"cell": name}, column=column))
        return None
