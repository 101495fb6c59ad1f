"""Giving a role beside the offices, passing one's own role on for a time, and ending either at once."""

from datetime import date, datetime, timedelta

from django.db import transaction

from corridor.foundations.access import NOT_GIVEN, SIGNING, Actor, Grant, Permission, Reach, Scope, Source
from corridor.foundations.access.roles import PERMISSIONS_OF
from corridor.foundations.access.words import words_of
from corridor.foundations.audit import log
from corridor.foundations.audit.changes import FieldChange, differences, values_of
from corridor.foundations.contested import contested
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.kernel.errors import AccessDenied, BadInput, Problem
from corridor.kernel.wording import N_

from .drafts import GrantDraft
from .models import AccessGrant
from .refusals import HasEnded, HeldAlready, MoreThanOwn, NotPassedOn

LONGEST_DELEGATION = timedelta(days=90)
# Where each role can be held; beyond these it would reach nothing.
PLACES_OF = {
    "secretariat": ("alliance", "country", "member", "site", "programme", "cohort"),
    "auditor": ("alliance", "country", "member", "site", "programme", "cohort"),
    "council": ("alliance",),
    "coordinator": ("country", "member"),
    "key_holder": ("alliance", "member"),
    "site_manager": ("country", "site"),
    "trainer": ("programme", "cohort"),
    "assessor": ("programme", "cohort"),
}
# What the log repeats of a grant; the reason is free text and may name a person, so it stays in the row.
SAID = ("role", "scope_kind", "scope_reference", "held_from", "held_before")
LINK = "/profile/rights/"


@transaction.atomic
def give_grant(*, draft: GrantDraft, at: datetime, by: Actor) -> AccessGrant:
    """
    Give an account a role, from a day on.

    :raises MoreThanOwn: if the role holds a single verb that the giver does not hold for that whole place.
    :raises BadInput: for a role that is not given, a place where it reaches nothing, an end before the beginning, or no reason.
    :raises HeldAlready: if the account has it.
    """
    by.require(Permission.GRANT_GIVE)
    if problems := _faults_of(draft):
        raise BadInput(problems)
    _require_own(draft, by)
    return _write(draft, at=at, by=by, event="grants.given")


@transaction.atomic
def delegate(*, draft: GrantDraft, on: date, at: datetime, by: Actor) -> AccessGrant:
    """
    Pass a role that one holds, whole or for a narrower place, to another account until a day. It ends when one's own does.

    :raises NotPassedOn: for a role not held there, one that was itself passed on, and offices of signatures.
    :raises BadInput: for no end, one later than 90 days after the beginning, a beginning in the past, oneself, or no reason.
    """
    by.require(Permission.GRANT_DELEGATE, on=_At(draft))
    problems = _faults_of(draft)
    if draft.held_from < on:
        problems.append(Problem(N_("It begins today or on a day to come."), column="held_from"))
    if draft.held_before is None or draft.held_before - draft.held_from > LONGEST_DELEGATION:
        problems.append(
            Problem(
                N_("Say until when; %(days)s days at most."), {"days": LONGEST_DELEGATION.days}, column="held_before"
            )
        )
    if draft.user.pk == by.user_id:
        problems.append(Problem(N_("You hold it yourself."), column="username"))
    if problems:
        raise BadInput(problems)
    if draft.role in SIGNING or by.user_id is None or not owns(by, draft):
        raise NotPassedOn(
            N_(
                "You can pass on only a role of your own office, for a place that it reaches, and no office of signatures."
            )
        )
    return _write(draft, at=at, by=by, event="grants.passed_on")


@transaction.atomic
def end_grant(*, grant: AccessGrant, at: datetime, by: Actor) -> AccessGrant:
    """
    End it at once: the very next request of its holder has none of its rights. Whoever gives grants may, and whoever passed it on or received it.

    :raises HasEnded: if it has ended before.
    """
    if not by.may(Permission.GRANT_GIVE) and by.user_id not in {grant.passed_by_id, grant.user_id}:
        raise AccessDenied(N_("This is for whoever gave the grant, or holds it."))
    held = AccessGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    if held.ended_at is not None:
        raise HasEnded(N_("This grant has ended already."))
    held.ended_at, held.ended_by = at, by.label
    held.save(update_fields=["ended_at", "ended_by"])
    log.record("grants.ended", by=by, subject=held, changes=[FieldChange("ended_at", "", at.isoformat())])
    told = {key for key in (held.user_id, held.passed_by_id) if key is not None and key != by.user_id}
    tell(Event.GRANT_ENDED, to=told, about=held.role, link=LINK, at=at, by=by)
    return held


def owns(by: Actor, draft: GrantDraft) -> bool:
    """Whether the role is held there by an office or a grant, and not by a delegation."""
    scope = draft.place.scope()
    own = [each for each in by.grants if each.role == draft.role and each.source != Source.DELEGATION]
    return any(reaches(each, scope, by.reach) for each in own)


def reaches(grant: Grant, scope: Scope | None, reach: Reach) -> bool:
    """Whether a grant holds for the whole of that scope; ``reach`` says what its own holds."""
    if grant.scope is None or grant.scope == scope:
        return True
    return scope is not None and scope[1] in reach.get(grant.scope, {}).get(scope[0], ())


def _require_own(draft: GrantDraft, by: Actor) -> None:
    lacking = [each for each in PERMISSIONS_OF[draft.role] if not by.holds_for(each, draft.place.scope())]
    if lacking:
        raise MoreThanOwn(
            N_("You may not do this there yourself (%(permission)s), and nobody gives more than they have."),
            permission=words_of(min(lacking)),
        )


def _faults_of(draft: GrantDraft) -> list[Problem]:
    faults = []
    if draft.role in NOT_GIVEN:
        faults.append(Problem(N_("This role comes with something else; it is not given."), column="role"))
    elif draft.place.kind not in PLACES_OF.get(draft.role.value, ()):
        faults.append(Problem(N_("This role cannot be held for such a place."), column="place"))
    if draft.held_before is not None and draft.held_before <= draft.held_from:
        faults.append(Problem(N_("A grant ends after it begins."), column="held_before"))
    if not draft.reason.strip():
        faults.append(Problem(N_("Say why."), column="reason"))
    return faults


def _write(draft: GrantDraft, *, at: datetime, by: Actor, event: str) -> AccessGrant:
    passed_by = by.user_id if event == "grants.passed_on" else None
    grant = AccessGrant(
        user=draft.user, role=draft.role.value, scope_kind=draft.place.kind, scope_key=draft.place.key,
        scope_reference=draft.place.reference, held_from=draft.held_from, held_before=draft.held_before,
        reason=draft.reason.strip(), given_by=by.label, given_at=at, passed_by_id=passed_by,
    )  # fmt: skip
    same = AccessGrant.objects.filter(
        user=draft.user, role=grant.role, scope_key=grant.scope_key, passed_by=passed_by, ended_at__isnull=True
    )
    # One whose days are over stands in nobody's way.
    same.filter(held_before__lte=draft.held_from).update(ended_at=at, ended_by=by.label)

    def refuse_twice() -> None:
        if same.exists():
            raise HeldAlready(N_("%(account)s holds this grant already."), account=draft.user.username)

    refuse_twice()
    with contested(refuse_twice):
        grant.save(force_insert=True)
    changes = differences({}, values_of(grant, SAID))
    log.record(event, by=by, subject=grant, changes=changes)
    told = {draft.user.pk} | ({passed_by} if passed_by else set())
    tell(Event.GRANT_GIVEN, to=told - {by.user_id}, about=grant.role, link=LINK, at=at, by=by)
    return grant


class _At:
    """The place of a draft, for a question of rights."""

    def __init__(self, draft: GrantDraft) -> None:
        self._scope = draft.place.scope()

    def scopes(self) -> frozenset[Scope]:
        return frozenset() if self._scope is None else frozenset({self._scope})
