"""What an announcement promises: the words of the stage, who stands behind it, and how much by when."""

from datetime import date
from decimal import Decimal

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.conferences.actions import (
    confirm_announcement,
    make_announcement,
    move_announcement,
    name_members,
    set_target,
    write_wording,
)
from corridor.rooms.conferences.drafts import AnnouncementDraft, TargetDraft, WordingDraft
from corridor.rooms.conferences.kinds import Said, StandsAs
from corridor.rooms.conferences.lifecycle import AnnouncementStatus
from corridor.rooms.conferences.models import AnnouncementTarget
from corridor.rooms.conferences.queries import get_announcement
from tests.factories.actors import VISITOR, make_actor
from tests.factories.conferences import HELD_ON, make_conference
from tests.factories.conferences import make_announcement as announced
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
LI, COUNCIL = make_actor("secretariat", label="li-na"), make_actor("council", label="the chair")
ON = date(2024, 1, 15)


def target(number="60", **more):
    return TargetDraft(**{"number": Decimal(number), "unit": "teachers", "reach_by": date(2024, 12, 31)} | more)


def test_an_announcement_is_made_with_its_words_its_members_and_its_target():
    vientiane = make_member("vientiane", country="LA")
    draft = AnnouncementDraft(
        conference=make_conference(), owner=make_member("chongqing"), announced_on=HELD_ON, next_report_due_on=date(2024, 1, 31),
        titles={"en": "Scholarships"}, target=target(), members={vientiane: StandsAs.CO_OWNER},
        wordings=[WordingDraft("zh-Hans", "提供六十个名额。"), WordingDraft("en", "We give sixty places.", Said.TRANSLATED)],
    )  # fmt: skip
    made = make_announcement(announcement=draft, by=LI)
    found = get_announcement(reference=made.reference, by=LI)
    assert [(each.language, each.said) for each in found.wordings.all()] == [
        ("zh-Hans", "read_out"),
        ("en", "translated"),
    ]
    assert [(each.organisation.reference, each.role) for each in found.members.all()] == [("vientiane", "co_owner")]
    assert [(each.number, each.unit, each.set_on) for each in found.targets.all()] == [(60, "teachers", HELD_ON)]


def test_what_was_read_out_stays_once_it_is_confirmed_and_a_translation_is_bettered():
    said = announced(confirmed_by="")
    write_wording(announcement=said, wording=WordingDraft("zh-Hans", "六十个名额。"), by=LI)
    confirm_announcement(announcement=said, on=ON, by=COUNCIL)
    with pytest.raises(WrongMoment):
        write_wording(announcement=said, wording=WordingDraft("zh-Hans", "五十个名额。", Said.TRANSLATED), by=LI)
    with pytest.raises(WrongMoment):
        write_wording(announcement=said, wording=WordingDraft("en", "Fifty places."), by=LI)
    for words in ("Sixty places", "Sixty places."):
        write_wording(announcement=said, wording=WordingDraft("en", words, Said.TRANSLATED), by=LI)
    assert {each.language: each.text for each in said.wordings.all()} == {
        "zh-Hans": "六十个名额。",
        "en": "Sixty places.",
    }


@pytest.mark.parametrize(
    ("language", "text"), [("", "Words"), ("xx-!", "Words"), ("en", "  "), ("en", "x" * 5001)], ids=str
)
def test_words_are_in_a_language_and_say_something(language, text):
    with pytest.raises(BadInput):
        write_wording(announcement=announced(confirmed_by=""), wording=WordingDraft(language, text), by=LI)


def test_a_new_target_says_why_and_the_one_before_stays_readable():
    said = announced()
    set_target(announcement=said, target=target(), on=HELD_ON, by=LI)
    with pytest.raises(BadInput) as refused:
        set_target(announcement=said, target=target("40"), on=ON, by=LI)
    assert [problem.column for problem in refused.value.problems] == ["reason"]
    set_target(announcement=said, target=target("40", reason="Two schools left."), on=ON, by=LI)
    assert [(each.number, each.reason) for each in said.targets.all()] == [(60, ""), (40, "Two schools left.")]
    assert Entry.objects.filter(event="conferences.target_set").count() == 2


@pytest.mark.parametrize(
    ("wrong", "column"),
    [({"number": Decimal(0)}, "number"), ({"number": Decimal("1.005")}, "number"), ({"unit": " "}, "unit"), ({"reach_by": HELD_ON}, "reach_by")],
    ids=["nothing", "too fine", "of what", "before it was said"],
)  # fmt: skip
def test_a_target_can_be_measured(wrong, column):
    given = {"number": Decimal(60), "unit": "teachers", "reach_by": date(2024, 12, 31)} | wrong
    with pytest.raises(BadInput) as refused:
        set_target(announcement=announced(), target=TargetDraft(**given), on=ON, by=LI)
    assert [problem.column for problem in refused.value.problems] == [column]
    assert not AnnouncementTarget.objects.exists()


def test_the_owner_sets_no_target():
    said = announced()
    with pytest.raises(AccessDenied):
        set_target(announcement=said, target=target(), on=ON, by=make_actor("coordinator", ("member", said.owner_id)))


def test_members_are_named_as_a_whole_list_without_the_owner():
    said, vientiane, colombo = announced(), make_member("vientiane", country="LA"), make_member("colombo", country="LK")
    name_members(announcement=said, members={vientiane: StandsAs.HOST, colombo: StandsAs.FUNDER}, by=LI)
    name_members(announcement=said, members={vientiane: StandsAs.CO_OWNER}, by=LI)
    assert [(each.organisation, each.role) for each in said.members.all()] == [(vientiane, "co_owner")]
    with pytest.raises(BadInput):
        name_members(announcement=said, members={said.owner: StandsAs.HOST}, by=LI)


def test_what_has_ended_promises_nothing_else():
    said = announced()
    move_announcement(
        announcement=said, to=AnnouncementStatus.WITHDRAWN, on=ON, by=NIGHTLY, reason="The supplier left the market"
    )
    with pytest.raises(WrongMoment):
        set_target(announcement=said, target=target(), on=ON, by=LI)
    with pytest.raises(WrongMoment):
        name_members(announcement=said, members={}, by=LI)


def test_a_withdrawal_says_why_and_stays_visible():
    said = announced()
    with pytest.raises(BadInput) as refused:
        move_announcement(announcement=said, to=AnnouncementStatus.WITHDRAWN, on=ON, by=LI, reason=" ")
    assert [problem.column for problem in refused.value.problems] == ["reason"]
    move_announcement(announcement=said, to=AnnouncementStatus.WITHDRAWN, on=ON, by=LI, reason="No money")
    shown = get_announcement(reference=said.reference, by=VISITOR, on=ON)
    assert (shown.status_then, shown.changes.all()[0].reason) == ("withdrawn", "No money")
