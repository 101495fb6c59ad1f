"""Names have days: a former name stays findable, and a record read on an old day shows the name of that day."""

from datetime import UTC, date, datetime

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.members import actions, queries
from corridor.rooms.members.drafts import NameDraft
from corridor.rooms.members.models import NameKind
from tests.factories.actors import VISITOR, make_actor
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
AT, DAY = datetime(2024, 1, 18, 9, tzinfo=UTC), date(2024, 1, 18)


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


@pytest.fixture
def vientiane():
    return make_member("vientiane", country="LA", names={"en": "Vientiane School"})


def rename(member, by, text="Vientiane College", day=date(2023, 1, 1)):
    actions.end_name(name=member.names.get(valid_before=None), valid_before=day, by=by)
    actions.add_names(names=[NameDraft(member, "en", text, valid_from=day)], by=by)


def test_a_renamed_member_shows_the_name_of_the_day_and_is_found_under_both(vientiane, secretariat):
    rename(vientiane, secretariat)
    assert vientiane.called("en").name == "Vientiane College"
    assert vientiane.called("en", on=date(2022, 12, 31)).name == "Vientiane School"
    assert vientiane.called("en", on=date(2023, 1, 1)).name == "Vientiane College"
    for words in ("school", "COLLEGE"):
        assert len(queries.list_members(by=VISITOR, on=DAY, search=words).rows) == 1


def test_two_official_names_of_one_language_never_share_a_day(vientiane, secretariat):
    with pytest.raises(BadInput):
        actions.add_names(names=[NameDraft(vientiane, "en", "Other", valid_from=DAY)], by=secretariat)
    rename(vientiane, secretariat)
    with pytest.raises(BadInput):
        actions.add_names(
            names=[NameDraft(vientiane, "en", "Between", valid_from=date(2022, 1, 1), valid_before=date(2022, 2, 1))],
            by=secretariat,
        )
    with pytest.raises(BadInput):
        actions.add_names(names=[NameDraft(vientiane, "lo", "ຊື່", valid_from=DAY, valid_before=DAY)], by=secretariat)


def test_a_name_may_come_back(vientiane, secretariat):
    rename(vientiane, secretariat)
    rename(vientiane, secretariat, text="Vientiane School", day=date(2024, 1, 1))
    assert vientiane.called("en", on=DAY).name == "Vientiane School"


def test_a_name_ends_once_and_after_it_began(vientiane, secretariat):
    rename(vientiane, secretariat)
    former, now = vientiane.names.order_by("pk")
    with pytest.raises(WrongMoment):
        actions.end_name(name=former, valid_before=DAY, by=secretariat)
    with pytest.raises(WrongMoment):
        actions.end_name(name=now, valid_before=date(2022, 1, 1), by=secretariat)


def test_a_correction_keeps_what_stood_there(vientiane, secretariat):
    name = vientiane.names.get()
    fixed = actions.correct_name(
        name=name, text="Vientiane Skills School", valid_from=None, valid_before=None, reason="A word was missing", at=AT,
        by=secretariat,
    )  # fmt: skip
    assert fixed.corrections.get().was == "Vientiane School"
    with pytest.raises(BadInput):
        actions.correct_name(name=name, text=" ", valid_from=None, valid_before=None, reason="", at=AT, by=secretariat)


def test_a_coordinator_names_their_own_member_and_no_other(vientiane):
    colombo = make_member("colombo", country="LK")
    khamla = make_actor("coordinator", ("member", vientiane.pk))
    short = [NameDraft(vientiane, "en", "VS", NameKind.SHORT)]
    assert actions.add_names(names=short, by=khamla) == 1
    with pytest.raises(AccessDenied):
        actions.end_name(name=colombo.names.get(), valid_before=DAY, by=khamla)
