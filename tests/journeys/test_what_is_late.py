"""What is late stands in one order of days, whatever room it is of, and is read on page by page; nothing twice, nothing left out."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR, Actor, Grant, Role
from corridor.foundations.notices.models import Notice
from corridor.journeys.fulfil_obligation import NoSuchRecord, fulfil_obligation, records_showing
from corridor.journeys.remind_obligations import remind_of_obligations
from corridor.journeys.what_is_late import what_is_late, what_we_owe
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.agreements.actions import settle_obligations
from corridor.rooms.agreements.drafts import ObligationStep
from corridor.rooms.agreements.lifecycle import ObligationStatus
from corridor.rooms.sites.models import Accreditation
from tests.factories.actors import make_user
from tests.factories.agreements import make_agreement, make_obligation
from tests.factories.conferences import make_announcement
from tests.factories.funding import cny, make_contract, make_movement
from tests.factories.members import make_seat
from tests.factories.sites import make_equipment, make_site

pytestmark = pytest.mark.django_db
ON = date(2024, 2, 2)
AT = datetime(2024, 2, 2, 9, tzinfo=UTC)


@pytest.fixture
def alliance():
    agreement = make_agreement()
    vientiane = agreement.parties.get(organisation__reference="vientiane").organisation
    for day in (3, 1, 2):
        make_obligation(agreement, vientiane, what=f"Day {day}", due_on=date(2024, 1, day))
    make_obligation(agreement, what="To come", due_on=date(2024, 3, 1))
    make_contract(
        cny(100), instalments=((date(2024, 1, 2), cny(100)),), what="Lifts", payer=vientiane, payee="chongqing"
    )
    site = make_site("wks-vientiane", host=vientiane)
    Accreditation.objects.create(
        site=site,
        accredited_by="Ministry",
        accredited_for="Welding",
        starts_on=date(2021, 1, 1),
        ends_before=date(2024, 1, 3),
    )
    return agreement, vientiane


def said(rows):
    return [(each.due.day, each.kind, each.words) for each in rows]


ALL = [
    (1, "obligation", "Day 1"), (2, "accreditation", "Welding"), (2, "obligation", "Day 2"), (2, "payment", "Lifts"),
    (3, "obligation", "Day 3"),
]  # fmt: skip


def test_everything_that_is_late_stands_in_one_order(alliance):
    assert said(what_is_late(on=ON, by=NIGHTLY)) == ALL


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_pages_leave_nothing_out_and_show_nothing_twice(alliance, size):
    found, after = [], ""
    while rows := what_is_late(on=ON, by=NIGHTLY, after=after, limit=size):
        found += said(rows)
        after = rows[-1].after
    assert found == ALL


def test_it_is_narrowed_by_kind_and_member(alliance):
    assert said(what_is_late(on=ON, by=NIGHTLY, kind="payment")) == [ALL[3]]
    assert what_is_late(on=ON, by=NIGHTLY, member="chongqing") == []
    with pytest.raises(BadInput):
        what_is_late(on=ON, by=NIGHTLY, kind="nothing")
    with pytest.raises(BadInput):
        what_is_late(on=ON, by=NIGHTLY, after="yesterday")


def test_a_silent_announcement_is_late(alliance):
    made = make_announcement("ANN-2023-0009", next_report_due_on=date(2024, 1, 31))
    assert [each.reference for each in what_is_late(on=ON, by=NIGHTLY, kind="announcement")] == [made.reference]


def test_it_is_for_who_oversees_the_alliance(alliance):
    for by in (VISITOR, Actor("khamla", grants=frozenset({Grant(Role.COORDINATOR, ("member", alliance[1].pk))}))):
        with pytest.raises(AccessDenied):
            what_is_late(on=ON, by=by)


def test_a_member_sees_what_it_owes_and_what_is_due_soon(alliance):
    agreement, vientiane = alliance
    make_obligation(agreement, vientiane, what="Soon", due_on=date(2024, 4, 1))
    make_obligation(agreement, vientiane, what="Later", due_on=date(2024, 9, 1))
    by = Actor("khamla", grants=frozenset({Grant(Role.COORDINATOR, ("member", vientiane.pk))}))
    assert [each.words for each in what_we_owe(on=ON, by=by)] == ["Day 1", "Welding", "Day 2", "Lifts", "Day 3", "Soon"]
    assert what_we_owe(on=ON, by=VISITOR) == []


def test_the_first_page_reads_as_many_statements_for_many_as_for_few(alliance, django_assert_max_num_queries):
    agreement, vientiane = alliance
    for number in range(30):
        make_obligation(agreement, vientiane, what=f"More {number}", due_on=date(2023, 12, 1))
    with django_assert_max_num_queries(20):
        assert len(what_is_late(on=ON, by=NIGHTLY, limit=20)) == 20


def test_who_speaks_for_a_member_is_reminded_once_for_each_time(alliance):
    agreement, vientiane = alliance
    make_seat(make_user("khamla"), "coordinator", member=vientiane)
    make_seat(make_user("mei"), "secretariat")
    back = make_obligation(agreement, vientiane, what="Returns", due_on=date(2024, 2, 5), every_months=1)
    first = remind_of_obligations(on=ON, at=AT, by=NIGHTLY)
    assert (first.before, first.after) == (1, 3)
    again = remind_of_obligations(on=ON, at=AT, by=NIGHTLY)
    assert (again.before, again.after) == (0, 0)
    settle_obligations(steps=[ObligationStep(back, ObligationStatus.FULFILLED, ON)], at=AT, by=NIGHTLY)
    assert remind_of_obligations(on=date(2024, 2, 25), at=AT, by=NIGHTLY).before == 2
    told = dict(Notice.objects.filter(about=back.reference).values_list("once", "user__username"))
    assert told == {f"{back.reference}.1-3": "khamla", f"{back.reference}.2-14": "khamla"}


def test_what_takes_longer_is_said_earlier_and_of_whom_nobody_speaks_the_secretariat_is_told(alliance):
    agreement, vientiane = alliance
    make_seat(make_user("mei"), "secretariat")
    owed = make_obligation(agreement, vientiane, what="Lifts", due_on=date(2024, 3, 25), shown_by="equipment")
    remind_of_obligations(on=ON, at=AT, by=NIGHTLY)
    assert Notice.objects.get(about=owed.reference).user.username == "mei"


def test_an_obligation_is_kept_by_a_record_of_another_room(alliance):
    agreement, vientiane = alliance
    site = make_site("wks-two", host=vientiane)
    for number, day in (("INV-1", date(2024, 1, 10)), ("INV-2", date(2024, 3, 1))):
        item = make_equipment(site, number)
        item.acquired_on = day
        item.save()
    owed = make_obligation(agreement, vientiane, what="Lifts", due_on=date(2024, 1, 31), shown_by="equipment")
    assert [each.reference for each in records_showing(obligation=owed, on=ON, by=NIGHTLY)] == ["wks-two/INV-1"]
    with pytest.raises(NoSuchRecord):
        fulfil_obligation(obligation=owed, on=ON, today=ON, at=AT, by=NIGHTLY, record="wks-two/INV-2")
    kept = fulfil_obligation(obligation=owed, on=ON, today=ON, at=AT, by=NIGHTLY, record="wks-two/INV-1")
    assert kept.occurrences.get().record_reference == "wks-two/INV-1"


def test_a_payment_is_used_for_one_time(alliance):
    agreement, vientiane = alliance
    paid = make_contract(cny(100), payer=vientiane, payee="chongqing", agreement=agreement, what="Its part")
    make_movement(paid, cny(10), on=date(2024, 1, 5))
    owed = make_obligation(
        agreement, vientiane, what="Pays", due_on=date(2024, 1, 1), shown_by="payment", every_months=1
    )
    (record,) = records_showing(obligation=owed, on=ON, by=NIGHTLY)
    assert (record.reference, record.link) == (f"{paid.reference}.1", f"/funding/{paid.reference}/")
    kept = fulfil_obligation(obligation=owed, on=ON, today=ON, at=AT, by=NIGHTLY, record=record.reference)
    assert (kept.due_on, records_showing(obligation=kept, on=ON, by=NIGHTLY)) == (date(2024, 2, 1), [])
