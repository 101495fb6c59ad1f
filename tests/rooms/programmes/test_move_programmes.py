from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, WrongMoment
from corridor.rooms.agreements.actions import suspend_agreement
from corridor.rooms.programmes.actions import (
    AgreementNotInForce,
    AgreementNotSigned,
    NobodyLeads,
    move_programme,
    move_programmes,
    suspend_programmes_under,
)
from corridor.rooms.programmes.drafts import ProgrammeStep
from corridor.rooms.programmes.lifecycle import ProgrammeStatus as Status
from tests.factories.actors import make_actor
from tests.factories.agreements import find_or_make_member, make_agreement, make_proposed_agreement
from tests.factories.programmes import make_programme

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
SIGNED, IN_FORCE, RUNS, STOPS = date(2023, 5, 18), date(2023, 6, 1), date(2023, 9, 4), date(2024, 1, 1)


@pytest.fixture
def agreement():
    return make_agreement(signed_on=SIGNED, starts_on=IN_FORCE)


def proposed(agreement, reference="PRG-2023-012", **more):
    return make_programme(reference, agreement=agreement, running_from=None, **more)


def test_approved_once_all_have_signed_and_running_once_it_is_in_force(agreement):
    programme = proposed(agreement)
    move_programme(programme=programme, to=Status.APPROVED, on=SIGNED, by=LI)
    running = move_programme(programme=programme, to=Status.RUNNING, on=IN_FORCE, by=LI)
    days = [date(2023, 5, 17), SIGNED, IN_FORCE]
    assert [running.status_on(day) for day in days] == ["proposed", "approved", "running"]
    assert list(Entry.objects.filter(by="li-na").values_list("event", flat=True)) == [
        "programmes.approved", "programmes.running",
    ]  # fmt: skip


def test_before_the_last_signature_it_is_not_approved(agreement):
    with pytest.raises(AgreementNotSigned):
        move_programme(programme=proposed(agreement), to=Status.APPROVED, on=date(2023, 5, 17), by=LI)
    with pytest.raises(AgreementNotSigned):
        waiting = proposed(make_proposed_agreement("AGR-2024-0006"), "PRG-2024-001")
        move_programme(programme=waiting, to=Status.APPROVED, on=RUNS, by=LI)


@pytest.mark.parametrize("day", [date(2023, 5, 31), date(2026, 6, 1)])
def test_outside_the_days_of_its_agreement_it_does_not_run(agreement, day):
    programme = proposed(agreement)
    move_programme(programme=programme, to=Status.APPROVED, on=SIGNED, by=LI)
    with pytest.raises(AgreementNotInForce):
        move_programme(programme=programme, to=Status.RUNNING, on=day, by=LI)


def test_while_its_agreement_is_suspended_it_does_not_run(agreement):
    programme = proposed(agreement)
    move_programme(programme=programme, to=Status.APPROVED, on=SIGNED, by=LI)
    suspend_agreement(agreement=agreement, on=RUNS, by=NIGHTLY)
    with pytest.raises(AgreementNotInForce):
        move_programme(programme=programme, to=Status.RUNNING, on=RUNS, by=LI)
    assert move_programme(programme=programme, to=Status.RUNNING, on=date(2023, 9, 3), by=LI).status == "running"


def test_without_a_lead_it_is_not_approved(agreement):
    programme = proposed(agreement, members=[(find_or_make_member("vientiane"), "host")])
    with pytest.raises(NobodyLeads):
        move_programme(programme=programme, to=Status.APPROVED, on=RUNS, by=LI)


def test_many_steps_of_many_programmes_take_no_more_statements(agreement, django_assert_num_queries):
    def steps(programmes):
        way = [(Status.APPROVED, SIGNED), (Status.RUNNING, RUNS), (Status.COMPLETED, STOPS)]
        return [ProgrammeStep(programme, to, on) for programme in programmes for to, on in way]

    several = [proposed(agreement, f"PRG-2023-1{number}") for number in range(5)]
    with django_assert_num_queries(14):
        move_programmes(steps=steps([proposed_one := several[0]]), by=LI)
    with django_assert_num_queries(14):
        moved = move_programmes(steps=steps(several[1:]), by=LI)
    assert {programme.status for programme in moved} == {"completed"}
    assert proposed_one.changes.count() == 3


def test_a_step_that_its_state_does_not_lead_to_is_refused_and_nothing_is_written(agreement):
    one, other = proposed(agreement), proposed(agreement, "PRG-2023-013")
    with pytest.raises(WrongMoment):
        move_programmes(
            steps=[ProgrammeStep(one, Status.APPROVED, RUNS), ProgrammeStep(other, Status.RUNNING, RUNS)], by=LI
        )
    assert not one.changes.exists()


def test_what_was_cancelled_does_not_run_again(agreement):
    programme = make_programme(agreement=agreement)
    move_programme(programme=programme, to=Status.CANCELLED, on=STOPS, by=LI)
    with pytest.raises(WrongMoment):
        move_programme(programme=programme, to=Status.RUNNING, on=STOPS, by=LI)


def test_what_runs_under_an_agreement_stops_with_it(agreement):
    running, waiting = make_programme(agreement=agreement), proposed(agreement, "PRG-2023-013")
    assert suspend_programmes_under(agreement=agreement, on=STOPS, by=LI, reason="The agreement ended.") == 1
    running.refresh_from_db()
    waiting.refresh_from_db()
    assert (running.status, waiting.status) == ("suspended", "proposed")
    assert running.status_on(date(2023, 12, 31)) == "running"
    assert suspend_programmes_under(agreement=agreement, on=STOPS, by=LI) == 0


def test_its_lead_does_not_move_it(agreement):
    by = make_actor("coordinator", ("member", find_or_make_member("chongqing").pk))
    with pytest.raises(AccessDenied):
        move_programme(programme=proposed(agreement), to=Status.APPROVED, on=RUNS, by=by)
    with pytest.raises(AccessDenied):
        suspend_programmes_under(agreement=agreement, on=RUNS, by=by)
