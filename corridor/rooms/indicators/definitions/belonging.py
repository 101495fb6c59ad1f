"""Who takes part, who came and went, and who answered what the alliance asked."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.moving import with_status_on
from corridor.foundations.lifecycles.timelines import Timelines
from corridor.kernel.evidence import EvidenceRow, Role, role_of
from corridor.kernel.periods import ONE_DAY, Period, local_day
from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Rule
from corridor.kernel.refusals import NotYetDue, PartsDoNotSum
from corridor.kernel.wording import N_
from corridor.rooms.members.deadlines import IN_TIME, LATE, answered_state
from corridor.rooms.members.lifecycle import CallStatus
from corridor.rooms.members.lifecycle import MembershipStatus as Status
from corridor.rooms.members.merging import merged_organisations
from corridor.rooms.members.models import AskedMember, DataCall, Membership, MembershipChange, OrganisationKind
from corridor.rooms.members.standing import home_zone

from ..activity import activities_in, at_risk_from
from ..scopes import Scope
from .definition import Definition, Form, Gathered, Time, When

PATHS = {"kind": "organisation__kind", "country": "organisation__country"}
ACTIVE, AT_RISK = "active", "at_risk"
# Out of the alliance's active members, by the state that a member leaves to; and back, by the state from which it comes.
LEAVES = {Status.SUSPENDED: "suspended", Status.DORMANT: "dormant", Status.WITHDRAWN: "withdrawn"}
COMES_BACK = {Status.SUSPENDED: "reinstated", Status.DORMANT: "revived"}
OPENING, JOINED, REJOINED = "opening", "joined", "rejoined"


def _evidenced(scope: Scope, when: When) -> Gathered:
    active = with_status_on(Membership.objects.all(), when.day).filter(status_then=Status.ACTIVE)
    members = scope.narrow(active, PATHS).order_by("pk")
    done = activities_in(Period.months_to(when.day))
    since = _active_since(when.day)
    stays = merged_organisations()
    rows = []
    for key, organisation, kind, country, mark in members.values_list(
        "pk", "organisation_id", "organisation__kind", "organisation__country", "organisation__source_mark"
    ):
        member = stays.get(organisation, organisation)
        has_evidence = member in done
        is_new = at_risk_from(None, active_since=since[key]) > when.day
        codes = {
            "kind": kind, "country": country, "source": mark, "state": ACTIVE if has_evidence or is_new else AT_RISK,
        }  # fmt: skip
        roles = (Role.DENOMINATOR, Role.NUMERATOR) if has_evidence else (Role.DENOMINATOR,)
        rows.append(EvidenceRow("membership", str(key), str(member), role=role_of(*roles), codes=codes))
    return Gathered(rows)


def _active_since(day: date) -> dict[UUID, date]:
    changes = MembershipChange.objects.filter(to_status=Status.ACTIVE, effective_on__lte=day).order_by("effective_on")
    return dict(changes.values_list("membership", "effective_on"))


def _flow(scope: Scope, when: When) -> Gathered:
    before = when.period.first_day - ONE_DAY
    members = scope.narrow(Membership.objects.all(), PATHS)
    stays = merged_organisations()
    facts = {
        key: (str(stays.get(organisation, organisation)), {"kind": kind, "country": country})
        for key, organisation, kind, country in members.values_list(
            "pk", "organisation_id", "organisation__kind", "organisation__country"
        )
    }
    timelines = Timelines.of(Membership, facts)
    # Two memberships of one organisation, which two records once held, are one member.
    first_of = {
        organisation: EvidenceRow("membership", str(key), organisation, codes=codes | {"move": OPENING})
        for key, (organisation, codes) in sorted(facts.items(), reverse=True)
        if timelines.state(key, before) == Status.ACTIVE
    }
    rows = sorted(first_of.values(), key=lambda row: row.record_id)
    opening = len(rows)
    days: dict[str, date] = {}
    have_been: set[str] = set()
    under_way: dict[str, set[UUID]] = defaultdict(set)
    changes: Any = MembershipChange.objects.filter(membership__in=members.values("pk"), effective_on__lte=when.day)
    for change in changes.order_by("effective_on", "recorded_at", "pk"):
        organisation, codes = facts[change.membership_id]
        move, amount = _move(change, is_known=organisation in have_been)
        was_active = bool(under_way[organisation])
        if change.to_status == Status.ACTIVE:
            have_been.add(organisation)
            under_way[organisation].add(change.membership_id)
        else:
            under_way[organisation].discard(change.membership_id)
        if move and was_active != bool(under_way[organisation]) and change.effective_on >= when.period.first_day:
            days[str(change.pk)] = change.effective_on
            rows.append(
                EvidenceRow("membership_change", str(change.pk), organisation, amount, codes=codes | {"move": move})
            )
    closing = len({facts[key][0] for key in facts if timelines.state(key, when.day) == Status.ACTIVE})
    if closing != opening + sum(row.amount for row in rows[opening:]):
        raise PartsDoNotSum()
    return Gathered(rows, days=days)


def _move(change: MembershipChange, *, is_known: bool) -> tuple[str, int]:
    """What a change of state is to the count of active members, and by how much it changes it."""
    to, out_of = Status(change.to_status), change.from_status
    if to is Status.ACTIVE:
        return COMES_BACK.get(Status(out_of), REJOINED if is_known else JOINED) if out_of else JOINED, 1
    if out_of == Status.ACTIVE and to in LEAVES:
        return LEAVES[to], -1
    return "", 0


def _answered(scope: Scope, when: When) -> Gathered:
    """Who was asked by the call, and who submitted by its deadline; late ones stand beside."""
    named = scope.get("call")
    due = DataCall.objects.exclude(status=CallStatus.DRAFT).filter(due_on__lt=when.day)
    call = (due.filter(reference=named) if named else due).order_by("-due_on", "-reference").first()
    if call is None:
        raise NotYetDue(
            N_("No deadline of a data call has passed by %(day)s, so there is nothing to count yet."), day=when.day
        )
    zone = home_zone()
    asked = scope.narrow(AskedMember.objects.filter(call=call), PATHS).order_by("pk")
    stays = merged_organisations()
    rows, left_out = [], []
    for key, organisation, kind, country, at in asked.values_list(
        "pk", "organisation_id", "organisation__kind", "organisation__country", "answered_at"
    ):
        answered_at = at if at is not None and local_day(at, zone) <= when.day else None
        state = answered_state(answered_at, call.due_on, zone)
        roles = (Role.DENOMINATOR, Role.NUMERATOR) if state == IN_TIME else (Role.DENOMINATOR,)
        codes = {"kind": kind, "country": country, "answered": state}
        member = str(stays.get(organisation, organisation))
        row = EvidenceRow("asked_member", str(key), member, role=role_of(*roles), codes=codes)
        rows.append(row)
        if state == LATE:
            left_out.append(row)
    in_time = {row.subject_id for row in rows if row.codes["answered"] == IN_TIME}
    return Gathered(rows, [row for row in left_out if row.subject_id not in in_time])


DEFINITIONS = (
    Definition(
        code="members.evidenced_share",
        version=1,
        title=_("Members with evidence of work"),
        counted=_(
            "Of the members active on the day: those with a locked register, a final decision or a demand statement, in a role of "
            "theirs, in the 12 months to it. Signing, a seat at a conference, news and the answer to a data call are no such evidence."
        ),
        unit=Unit.PERCENT,
        additivity=Additivity.RATE,
        time=Time.ON_DAY,
        form=Form.RATE,
        rule=Rule.RATE,
        collect=_evidenced,
        dimensions=("kind", "country", "state", "source"),
        keys=("kind", "country"),
        kinds=OrganisationKind,
        wrong_way=_("Counting signatures as activity."),
        follows=_("One activity a year, as UNESCO-UNEVOC asks of its centres; the formula is our own choice."),
    ),
    Definition(
        code="members.flow",
        version=1,
        title=_("Joined and left"),
        counted=_(
            "Members active on the day before the first, who joined (active for the first time), rejoined (after leaving), were "
            "reinstated or revived, less those who were suspended, fell dormant or withdrew: so many were active on the last day. "
            "A member may stand in several parts."
        ),
        unit=Unit.ORGANISATIONS,
        additivity=Additivity.NEVER,
        time=Time.PERIOD,
        form=Form.THINGS,
        rule=Rule.SUM_AMOUNTS,
        collect=_flow,
        dimensions=("move", "kind", "country"),
        keys=("kind", "country"),
        kinds=OrganisationKind,
        wrong_way=_("Calling the difference of two days new members."),
        follows=_("Our own choice."),
    ),
    Definition(
        code="members.data_call_response",
        version=1,
        title=_("Response to a data call"),
        counted=_(
            "Of the members that the call asked when it opened: those that submitted by the end of the deadline's day, where the alliance "
            "is at home. Who was suspended meanwhile stays asked; a correction does not make an answer late. Where no call is named, it "
            "is the latest whose deadline has passed by the day."
        ),
        unit=Unit.PERCENT,
        additivity=Additivity.RATE,
        time=Time.ON_DAY,
        form=Form.RATE,
        rule=Rule.RATE,
        collect=_answered,
        dimensions=("country", "kind", "answered"),
        keys=("kind", "country", "call"),
        own_keys=("call",),
        kinds=OrganisationKind,
        left_out=_("Answered after the deadline"),
        wrong_way=_("Dividing the countries of those who replied by the members that were asked."),
        follows=_("UNESCO-UNEVOC, which says how many of its centres were asked and how many answered."),
    ),
)
