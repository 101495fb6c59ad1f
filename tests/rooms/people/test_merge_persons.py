"""Two records of one human being become one for whoever asks; the records themselves stay."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from corridor.foundations.audit.models import Entry
from corridor.foundations.sheets.reading import read_sheet
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.people.actions import HasAccount, MergedAlready, link_person_to_user, merge_person, merge_persons
from corridor.rooms.people.drafts import Merge
from corridor.rooms.people.merging import final_person_ids, same_person_ids
from corridor.rooms.people.models import Person
from corridor.rooms.people.queries import list_persons
from corridor.rooms.people.sheets import MERGES
from tests.factories.actors import NIGHTLY, make_actor, make_user
from tests.factories.people import make_people, make_person

EARLY = datetime(2023, 5, 1, tzinfo=UTC)
LATE = datetime(2024, 1, 20, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


def merge(person, into, by, at=EARLY, reason="Same birthday, same papers"):
    return merge_person(person=person, into=into, at=at, reason=reason, by=by)


def test_a_merged_record_stands_for_the_one_that_stays(secretariat):
    twin, mei = make_person("mei-2"), make_person("mei")
    merged = merge(twin, mei, secretariat)
    assert (merged.merged_into, merged.merged_at) == (mei, EARLY)
    assert final_person_ids([twin.pk, mei.pk]) == {twin.pk: mei.pk, mei.pk: mei.pk}
    assert list_persons(by=secretariat).rows == [mei]
    assert Entry.objects.get().event == "people.merged"


def test_chains_of_merges_lead_to_the_end_whenever_asked(secretariat, django_assert_max_num_queries):
    a, b, c = make_people(3)
    merge(a, b, secretariat, at=EARLY)
    merge(b, c, secretariat, at=LATE)
    with django_assert_max_num_queries(2):
        assert final_person_ids([a.pk, b.pk]) == {a.pk: c.pk, b.pk: c.pk}
    assert final_person_ids([a.pk, b.pk], at=EARLY) == {a.pk: b.pk, b.pk: b.pk}
    everybody = {a.pk, b.pk, c.pk}
    assert same_person_ids([a.pk, c.pk]) == {a.pk: everybody, c.pk: everybody}


def test_no_ring_can_arise(secretariat):
    a, b = make_people(2)
    merge(a, b, secretariat)
    with pytest.raises(MergedAlready):
        merge(b, a, secretariat)
    with pytest.raises(MergedAlready):
        merge(a, b, secretariat)
    with pytest.raises(BadInput):
        merge(b, b, secretariat)


def test_a_ring_inside_one_bulk_is_refused_and_nothing_is_merged(secretariat):
    a, b = make_people(2)
    with pytest.raises(MergedAlready):
        merge_persons(merges=[Merge(a, b, EARLY, "same"), Merge(b, a, EARLY, "same")], by=secretariat)
    assert not Person.objects.filter(merged_into__isnull=False).exists()


def test_the_record_with_an_account_is_the_one_that_stays(secretariat):
    mei, twin = make_person("mei", user=make_user("mei")), make_person("mei-2")
    with pytest.raises(HasAccount):
        merge(mei, twin, secretariat)
    merge(twin, mei, secretariat)
    with pytest.raises(MergedAlready):
        link_person_to_user(person=twin, user=make_user("other"), by=secretariat)


def test_a_merge_has_a_reason_and_is_made_by_the_secretariat(secretariat):
    a, b = make_people(2)
    with pytest.raises(BadInput):
        merge(a, b, secretariat, reason=" ")
    with pytest.raises(AccessDenied):
        merge(a, b, make_actor("auditor"))


def test_the_sheet_merges_on_its_day(tmp_path: Path):
    make_people(3)
    path = tmp_path / "merges.csv"
    path.write_text("person,into,merged_on,reason\np-1,p-2,2024-01-20,Same papers\n", encoding="utf-8")
    assert MERGES.taken(read_sheet(path, kind=MERGES), by=NIGHTLY, at=LATE) == 1
    assert Person.objects.get(reference="p-1").merged_at == datetime(2024, 1, 20, 12, tzinfo=UTC)
    path.write_text("person,into,merged_on,reason\np-1,p-3,2024-01-21,Same\n", encoding="utf-8")
    with pytest.raises(BadInput, match="p-1 was merged into another record before"):
        MERGES.taken(read_sheet(path, kind=MERGES), by=NIGHTLY, at=LATE)


def test_of_two_with_an_account_the_one_that_is_closed_first_can_go(secretariat):
    mei, twin = make_person("mei"), make_person("mei-2")
    closed = make_user("mei.old")
    link_person_to_user(person=mei, user=make_user("mei"), by=secretariat)
    link_person_to_user(person=twin, user=closed, by=secretariat)
    with pytest.raises(HasAccount, match="an account each"):
        merge(twin, mei, secretariat)
    closed.is_active = False
    closed.save()
    merge(twin, mei, secretariat)
    twin.refresh_from_db()
    assert (twin.merged_into, twin.user) == (mei, None)
