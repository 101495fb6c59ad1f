"""``./run obligations``: what is late, for a secretariat that scripts it, and reminders."""

import json

import pytest

from tests.factories.actors import make_user
from tests.factories.agreements import make_agreement, make_obligation
from tests.factories.members import make_seat

from .run import run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _owed():
    agreement = make_agreement()
    member = agreement.parties.get(organisation__reference="vientiane").organisation
    make_seat(make_user("khamla"), "coordinator", member=member)
    make_obligation(agreement, member)


def test_what_is_late_is_told_and_ends_with_one(capsys):
    late = run(capsys, "obligations", "late", "--on", "2024-03-10")
    assert late.code == 1
    assert "2024-03-01  obligation     OBL-2024-0001             vientiane: Sends the list of learners" in late.out
    said = json.loads(run(capsys, "obligations", "late", "--on", "2024-03-10", "--json").out)
    assert said[0]["member"] == "vientiane"


def test_nothing_late_ends_with_nothing(capsys):
    assert run(capsys, "obligations", "late", "--on", "2024-03-01") == (0, "Nothing is late.\n", "")
    assert run(capsys, "obligations", "late", "--on", "2024-03-10", "--kind", "payment").code == 0


def test_reminders_go_out_once(capsys):
    assert run(capsys, "obligations", "remind", "--on", "2024-02-20").out == "before the day: 1; after it: 0\n"
    assert run(capsys, "obligations", "remind", "--on", "2024-02-20").out == "before the day: 0; after it: 0\n"
