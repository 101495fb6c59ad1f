"""What is owed is kept or let off, once or each time that it falls due; never let off by who owes it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.foundations.access import NIGHTLY, Actor, Grant, Role
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.agreements import actions
from corridor.rooms.agreements.actions.obliging import ObligationChanged
from corridor.rooms.agreements.drafts import ObligationDraft, ObligationStep
from corridor.rooms.agreements.lifecycle import ObligationStatus
from corridor.rooms.agreements.models import Agreement, Obligation
from corridor.rooms.agreements.queries import get_obligation, late_obligations, obligations_due
from corridor.rooms.agreements.refusals import NotShown, OwnObligation
from tests.factories.agreements import make_agreement, make_obligation, make_scan

AT = datetime(2024, 2, 2, 9, tzinfo=UTC)
KEPT, WAIVED = ObligationStatus.FULFILLED, ObligationStatus.WAIVED


def settle(owed, to=KEPT, on=date(2024, 2, 1), reason="It was sent.", by=NIGHTLY, **more):
    return actions.settle_obligations(steps=[ObligationStep(owed, to, on, reason, **more)], at=AT, by=by)[0]


def speaker(*members):
    grants = {Grant(Role.COORDINATOR, ("member", member.pk)) for member in members}
    return Actor("mei", grants=frozenset({Grant(Role.VISITOR), *grants}))


@pytest.fixture
def agreement(db):
    """From 1 June 2023 to 31 May 2026."""
    return make_agreement()


def party(agreement, reference):
    return agreement.parties.get(organisation__reference=reference).organisation


def test_what_returns_falls_due_again_counted_from_the_first_day(agreement):
    owed = make_obligation(agreement, due_on=date(2023, 8, 31), every_months=3)
    assert settle(owed, on=date(2023, 9, 5)).due_on == date(2023, 11, 30)
    # Counted from the first day each time: the 31st comes back after months that have none.
    assert settle(owed).due_on == date(2024, 2, 29)
    assert settle(owed).due_on == date(2024, 5, 31)
    row = Obligation.objects.get()
    assert (row.status, row.turn) == ("open", 4)
    assert [each.due_on for each in row.occurrences.all()] == [date(2023, 8, 31), date(2023, 11, 30), date(2024, 2, 29)]


def test_it_returns_until_the_agreement_ends(agreement):
    Agreement.objects.update(ends_before=date(2024, 1, 1))
    owed = make_obligation(agreement, due_on=date(2023, 7, 1), every_months=3)
    settle(owed, on=date(2023, 7, 1))
    last = settle(owed, on=date(2023, 10, 1))
    assert (last.status, last.due_on, last.occurrences.count()) == ("fulfilled", date(2023, 10, 1), 2)
    with pytest.raises(WrongMoment):
        settle(owed)


def test_under_an_agreement_that_was_terminated_nothing_returns(agreement):
    owed = make_obligation(agreement, due_on=date(2023, 7, 1), every_months=3)
    actions.terminate_agreement(agreement=agreement, on=date(2024, 1, 1), by=NIGHTLY, reason="It ended.")
    assert settle(owed).status == "fulfilled"


def test_its_standing_on_a_day_follows_from_the_time_that_was_open_then(agreement):
    owed = make_obligation(agreement, due_on=date(2023, 9, 1), every_months=6)
    settle(owed, on=date(2023, 10, 1))
    read = [
        get_obligation(reference=owed.reference, by=NIGHTLY, on=day) for day in (date(2023, 9, 15), date(2023, 10, 2))
    ]
    assert [(each.due_then, each.standing_then) for each in read] == [
        (date(2023, 9, 1), "overdue"), (date(2024, 3, 1), "open"),
    ]  # fmt: skip
    row = Obligation.objects.get()
    assert [row.is_overdue(on=day) for day in (date(2023, 9, 15), date(2023, 10, 2), date(2024, 3, 2))] == [
        True,
        False,
        True,
    ]


def test_a_party_lets_off_what_another_owes_and_never_its_own(agreement):
    chongqing, vientiane = party(agreement, "chongqing"), party(agreement, "vientiane")
    owed = make_obligation(agreement, vientiane)
    with pytest.raises(OwnObligation):
        settle(owed, WAIVED, by=speaker(vientiane))
    with pytest.raises(OwnObligation):
        settle(owed, WAIVED, by=speaker(vientiane, chongqing))
    with pytest.raises(AccessDenied):
        settle(owed, WAIVED, by=Actor("auditor", grants=frozenset({Grant(Role.AUDITOR)})))
    with pytest.raises(BadInput):
        settle(owed, WAIVED, by=speaker(chongqing), reason=" ")
    assert settle(owed, WAIVED, by=speaker(chongqing)).status == "waived"


def test_one_time_is_let_off_or_all_that_come(agreement):
    owed = make_obligation(agreement, due_on=date(2024, 1, 1), every_months=1)
    assert settle(owed, WAIVED).status == "open"
    assert settle(owed, WAIVED, whole=True).status == "waived"
    assert [each.settled_as for each in owed.occurrences.all()] == ["waived", "waived"]


def test_what_was_agreed_to_show_it_is_asked_for(agreement):
    owed = make_obligation(agreement, shown_by="document")
    with pytest.raises(NotShown):
        settle(owed)
    assert settle(owed, evidence=make_scan()).occurrences.get().evidence.reference == "scan-1"
    with pytest.raises(NotShown):
        settle(make_obligation(agreement, shown_by="cohort"))


def test_the_days_of_what_was_settled_before_stay(agreement):
    owed = make_obligation(agreement, due_on=date(2024, 1, 1), every_months=2)
    change = ObligationChanged(owed, {"due_on": date(2024, 1, 15)})
    actions.change_obligations(changes=[change], by=NIGHTLY)
    assert Obligation.objects.get().first_due_on == date(2024, 1, 15)
    settle(owed)
    with pytest.raises(WrongMoment):
        actions.change_obligations(changes=[change], by=NIGHTLY)
    assert actions.reopen_obligations(keys=[owed.pk], by=NIGHTLY) == 1
    row = Obligation.objects.get()
    assert (row.due_on, row.turn, row.occurrences.count()) == (date(2024, 1, 15), 1, 0)


@pytest.mark.parametrize("months", [0, -1, 121])
def test_a_rhythm_is_of_months(agreement, months):
    draft = ObligationDraft(agreement, party(agreement, "vientiane"), "Sends", date(2024, 1, 1), every_months=months)
    with pytest.raises(BadInput):
        actions.set_obligations(obligations=[draft], by=NIGHTLY)


def test_a_calendar_shows_each_time_of_what_returns(agreement):
    owed = make_obligation(agreement, due_on=date(2024, 1, 10), every_months=2)
    settle(owed, on=date(2024, 1, 9))
    make_obligation(agreement, what="Once", due_on=date(2024, 3, 10))
    found = obligations_due(first=date(2024, 1, 1), last=date(2024, 7, 31), on=AT.date(), by=NIGHTLY)
    assert [(each.on.month, each.obligation.what[:5], each.standing) for each in found] == [
        (1, "Sends", "fulfilled"), (3, "Sends", "open"), (3, "Once", "open"), (5, "Sends", "to_come"), (7, "Sends", "to_come"),
    ]  # fmt: skip
    own = speaker(party(agreement, "vientiane"))
    assert obligations_due(first=date(2024, 1, 1), last=date(2024, 7, 31), on=AT.date(), by=own, own=True) == []


def test_what_is_late_is_read_on_from_the_last_one(agreement):
    for day in (5, 3, 4):
        make_obligation(agreement, what=f"Day {day}", due_on=date(2024, 1, day))
    make_obligation(agreement, what="To come", due_on=date(2024, 2, 2))
    rows = list(late_obligations(by=NIGHTLY, on=AT.date()))
    assert [each.what for each in rows] == ["Day 3", "Day 4", "Day 5"]
    first = rows[0]
    rest = late_obligations(by=NIGHTLY, on=AT.date(), behind=(first.due_on, first.reference))
    assert [each.what for each in rest] == ["Day 4", "Day 5"]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 120), st.integers(1, 60))
def test_each_time_is_later_than_the_one_before(first, months, turn):
    owed = Obligation(first_due_on=first, due_on=first, every_months=months, turn=1)
    assert owed.due_at(1) == first
    assert owed.due_at(turn) < owed.due_at(turn + 1)
