"""What stands beside the things owed on a desk: whom one speaks for, one's own path, and what oversight looks at."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from corridor.foundations.access import Actor, Permission, Role
from corridor.foundations.audit import queries as audit
from corridor.rooms.conferences import queries as conferences
from corridor.rooms.indicators import queries as indicators
from corridor.rooms.members import queries as members
from corridor.rooms.sites import queries as sites
from corridor.rooms.training import queries as training


@dataclass(frozen=True)
class Spoken:
    """A member for which the reader speaks, and how it stands."""

    member: Any
    risk: Any


@dataclass(frozen=True)
class Beside:
    """Empty where a part is not this reader's."""

    members: list[Spoken] = field(default_factory=list)
    sites: list[Any] = field(default_factory=list)
    cohorts: list[Any] = field(default_factory=list)
    path: list[Any] = field(default_factory=list)
    chain: Any = None
    silent: int = 0
    is_learner: bool = False
    may_make_keys: bool = False
    is_oversight: bool = False
    sees_what_is_late: bool = False
    is_secretariat: bool = False


def beside_the_desk(*, on: date, by: Actor) -> Beside:
    roles = by.roles()
    path = training.learner_path(person=by.person_id, by=by) if by.person_id else []
    sees_audit = by.holds_everywhere(Permission.AUDIT_VIEW)
    is_oversight = sees_audit or by.holds_everywhere(Permission.ANNOUNCEMENT_CONFIRM)
    is_secretariat = by.holds_everywhere(Permission.ANNOUNCEMENT_MAKE)
    speaks = by.ids_with(Permission.DEMAND_STATE, "member")
    has_cohorts = bool(roles & {Role.TRAINER, Role.ASSESSOR, Role.SITE_MANAGER})
    return Beside(
        members=[
            Spoken(
                each,
                indicators.risk_of(organisation=each, on=on, by=by)
                if by.may(Permission.MEMBER_EDIT, on=each)
                else None,
            )
            for each in members.spoken_for(permission=Permission.DEMAND_STATE, on=on, by=by)
        ]
        if speaks
        else [],
        sites=list(sites.sites_managed_by(by=by)),
        cohorts=list(training.list_cohorts(by=by, status="running")) if has_cohorts else [],
        path=path,
        chain=audit.chain_state(by=by) if sees_audit else None,
        silent=conferences.count_announcements(by=by, on=on)["silent"] if is_oversight else 0,
        is_learner=bool(path) or roles <= {Role.LEARNER, Role.VISITOR},
        may_make_keys=by.holds_somewhere(Permission.KEY_MAKE),
        is_oversight=is_oversight,
        sees_what_is_late=by.holds_everywhere(Permission.AGREEMENT_VIEW_TEXT),
        is_secretariat=is_secretariat,
    )
