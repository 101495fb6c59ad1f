"""Whatever is tried with an announcement in whatever order, two persons stand behind it and its ledger line tells one story."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given

from corridor.rooms.conferences import actions
from corridor.rooms.conferences.actions import Merging
from corridor.rooms.conferences.drafts import ReportDraft, TargetDraft, WordingDraft
from corridor.rooms.conferences.kinds import Said, StandsAs
from corridor.rooms.conferences.lifecycle import ENDED, AnnouncementStatus
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.members.models import Organisation
from tests.factories.actors import make_actor
from tests.factories.conferences import HELD_ON, make_announcement
from tests.factories.members import make_member
from tests.sequences import AT, TRIED, Noun, undone

pytestmark = pytest.mark.django_db
SECRETARIAT, COUNCIL = make_actor("secretariat", label="li-na"), make_actor("council", label="chair")
OTHER = "ANN-2023-0901"


def _moving(to, reason="Told."):
    return lambda one, by, on: actions.move_announcement(announcement=one, to=to, on=on, by=by, reason=reason)


def _report(one, by, on):
    draft = ReportDraft(one, on, "The site is chosen.", on + timedelta(days=90), reached=Decimal(12))
    return actions.report_on_announcement(report=draft, at=AT, by=by)


def _report_from_an_old_form(one, by, on):
    draft = ReportDraft(one, on, "The site is chosen.", on + timedelta(days=90), due_on=date(2020, 1, 1))
    return actions.report_on_announcement(report=draft, at=AT, by=by)


def _set_target(one, by, on):
    target = TargetDraft(Decimal(60), "teachers", on + timedelta(days=400), reason="It grew.")
    return actions.set_target(announcement=one, target=target, on=on, by=by)


def _word(one, by, on):
    wording = WordingDraft("en", f"We open a college. ({on})", Said.READ_OUT)
    return actions.write_wording(announcement=one, wording=wording, by=by)


def _translate(one, by, on):
    wording = WordingDraft("lo", f"ພວກເຮົາເປີດວິທະຍາໄລ {on}", Said.TRANSLATED)
    return actions.write_wording(announcement=one, wording=wording, by=by)


def _name(one, by, _on):
    members = {Organisation.objects.get(reference="vientiane"): StandsAs(StandsAs.values[0])}
    return actions.name_members(announcement=one, members=members, by=by)


def _merge(one, by, on):
    other = Announcement.objects.get(reference=OTHER)
    return actions.merge_announcements(merges=[Merging(one, other, on, "One promise.")], by=by)


def _merge_the_other(one, by, on):
    other = Announcement.objects.get(reference=OTHER)
    return actions.merge_announcements(merges=[Merging(other, one, on, "One promise.")], by=by)


def holds(one, today):
    assert one.confirmed_by != one.made_by
    assert one.confirmed_by or not one.changes.exists(), "moved before a second person stood behind it"
    for each in Announcement.objects.all():
        assert (each.merged_into is not None) == (each.status == AnnouncementStatus.MERGED)
        assert each.standing().merged_into is None
    told = list(one.reports.order_by("reported_on", "recorded_at", "pk"))
    assert one.next_report_due_on == (told[-1].next_due_on if told else one.due_on(today))
    assert [each.due_on for each in told[1:]] == [each.next_due_on for each in told[:-1]]
    if one.status in ENDED:
        ended = one.changes.order_by("effective_on", "recorded_at", "pk").last().effective_on
        assert not one.is_silent(on=max(ended, today) + timedelta(days=900))


def _owner(one):
    return make_actor("coordinator", ("member", one.owner_id), label="mei")


ANNOUNCEMENT = Noun(
    tries={
        "confirm": lambda one, by, on: actions.confirm_announcement(announcement=one, on=on, by=by),
        "report": _report,
        "report from an old form": _report_from_an_old_form,
        "set a target": _set_target,
        "write what was read out": _word,
        "translate": _translate,
        "name who stands behind it": _name,
        "merge": _merge,
        "merge the other into it": _merge_the_other,
        "withdraw without a reason": _moving(AnnouncementStatus.WITHDRAWN, " "),
        **{f"move to {state}": _moving(state) for state in AnnouncementStatus},
    },
    who={"the secretariat": lambda _one: SECRETARIAT, "the council": lambda _one: COUNCIL, "the owner": _owner},
    first=HELD_ON,
    roads=[
        [
            ("write what was read out", "the secretariat", 0), ("confirm", "the council", 0), ("translate", "the secretariat", 1),
            ("name who stands behind it", "the secretariat", 0), ("set a target", "the secretariat", 1),
            ("move to agreed", "the secretariat", 30), ("move to in_preparation", "the secretariat", 9), ("report", "the owner", 20),
            ("set a target", "the secretariat", 9), ("move to running", "the secretariat", 30), ("report", "the owner", 40),
            ("move to done", "the secretariat", 40),
        ],
        [
            ("confirm", "the council", 0), ("merge", "the secretariat", 5),
        ],
        [
            ("confirm", "the council", 0), ("merge the other into it", "the secretariat", 5), ("move to withdrawn", "the secretariat", 9),
        ],
    ],
    refused=frozenset({"report from an old form", "withdraw without a reason", "move to announced", "move to merged"}),
    holds=holds,
)  # fmt: skip


@pytest.fixture
def announcement():
    make_announcement(OTHER, title="Another college")
    make_member("vientiane", country="LA")
    return make_announcement(made_by="li-na", confirmed_by="")


def test_every_step_of_an_announcement_can_be_taken(announcement):
    ANNOUNCEMENT.check_roads(announcement)


@TRIED
@given(steps=ANNOUNCEMENT.sequences())
def test_no_sequence_of_actions_reaches_an_undefined_state(announcement, steps):
    with undone():
        ANNOUNCEMENT.walk(announcement, steps)
