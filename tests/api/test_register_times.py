"""Registers after their time, by machine: the rule by version, an opening and a correction once, and the story of all that was said."""

from datetime import date

import pytest

from corridor.foundations.accounts.models import User
from corridor.rooms.training.models import RegisterEntry, RegisterOpening, RegisterRule, Session
from tests.factories.actors import make_user
from tests.factories.members import make_alliance, make_seat
from tests.factories.tokens import machine_of
from tests.factories.training import make_cohort, make_session
from tests.web.people_at_work import make_colleague, manager_of

pytestmark = pytest.mark.django_db
REGISTER = "/cohorts/COH-1/sessions/1/register"


@pytest.fixture(autouse=True)
def _the_day(settings):
    settings.EXAMPLE_DAY = date(2023, 3, 8)


@pytest.fixture
def people():
    """A secretariat, the manager of the site and the trainer of the cohort, each at a machine."""
    make_alliance()
    user = make_user("mei")
    make_seat(user, "secretariat")
    bounmy, _browser = make_colleague("bounmy")
    cohort = make_cohort("COH-1", learners=3, trainers=[bounmy])
    make_session(cohort, status="locked", marks={2: "absent"})
    manager_of(cohort.site)
    manager = User.objects.get(username="bounthan")
    return {"office": machine_of(user), "trainer": machine_of(bounmy.user), "manager": machine_of(manager)}


def rule_in(office) -> str:
    return f"/programmes/{Session.objects.get().cohort.programme.reference}/register-rule"


def test_the_rule_is_set_by_version_and_gives_the_trainer_days_to_correct(people):
    office, trainer = people["office"], people["trainer"]
    sent = {"seat": 2, "mark": "late", "minutes_late": 9, "reason": "She came with the bus."}
    refused = trainer.post(f"{REGISTER}/corrections", sent, idempotency_key="c0")
    assert (refused.status_code, RegisterEntry.objects.count()) == (409, 0)
    at = rule_in(office)
    assert office.get(at).json()["locks_after_days"] == 0
    assert office.put(at, {"locks_after_days": 5}).status_code == 428
    tag = office.get(at)["ETag"]
    assert office.put(at, {"locks_after_days": 61}, if_match=tag).status_code == 422
    assert trainer.put(at, {"locks_after_days": 5}, if_match=trainer.get(at)["ETag"]).status_code == 403
    assert office.put(at, {"locks_after_days": 5}, if_match=tag).json()["locks_after_days"] == 5
    assert office.put(at, {"locks_after_days": 9}, if_match=tag).status_code == 412
    assert RegisterRule.objects.get().locks_after_days == 5
    made = trainer.post(f"{REGISTER}/corrections", sent, idempotency_key="c1")
    again = trainer.post(f"{REGISTER}/corrections", sent, idempotency_key="c1")
    assert (made.status_code, again.json(), again["Idempotency-Replayed"]) == (201, made.json(), "true")
    told = made.json()
    assert [(each["mark"], each["minutes_late"], each["by"]) for each in told["said"]] == [
        ("absent", None, ""), ("late", 9, "bounmy"),
    ]  # fmt: skip
    assert (told["is_locked"], told["locks_on"]) == (False, "2023-03-11")
    assert trainer.get(f"{REGISTER}/story").json() == told


def test_a_locked_register_is_unlocked_for_days_with_a_reason(people):
    manager, trainer = people["manager"], people["trainer"]
    assert trainer.post(f"{REGISTER}/openings", {"days": 2, "reason": "Mine."}, idempotency_key="o0").status_code == 403
    assert (
        manager.post(f"{REGISTER}/openings", {"days": 31, "reason": "Long."}, idempotency_key="o1").status_code == 422
    )
    made = manager.post(f"{REGISTER}/openings", {"days": 2, "reason": "The list came."}, idempotency_key="o2")
    assert (made.status_code, RegisterOpening.objects.count()) == (201, 1)
    sent = {"seat": 2, "mark": "present", "reason": "She was on the list."}
    assert trainer.post(f"{REGISTER}/corrections", sent, idempotency_key="c1").status_code == 201
    twice = manager.post(f"{REGISTER}/openings", {"days": 2, "reason": "The list came."}, idempotency_key="o3")
    assert (twice.status_code, RegisterOpening.objects.count()) == (409, 1)


def test_nobody_corrects_a_seat_that_is_not_there(people):
    sent = {"seat": 9, "mark": "present", "reason": "Who?"}
    assert people["manager"].post(f"{REGISTER}/corrections", sent, idempotency_key="c1").status_code == 404
