"""Years and visits of sites for machines: made once under a key, corrected over the version that was read, seen by those concerned."""

from datetime import date

import pytest

from corridor.rooms.sites.models import PlanLine, SitePhoto, Spending
from tests.factories.actors import make_user
from tests.factories.funding import make_rate
from tests.factories.members import make_member, make_seat
from tests.factories.site_years import make_line, make_photo, make_plan, make_showing, make_spending
from tests.factories.sites import make_equipment, make_site
from tests.factories.tokens import machine_of

pytestmark = pytest.mark.django_db
YEAR = "/sites/wks-vientiane/years/2023"


@pytest.fixture(autouse=True)
def today(settings):
    settings.EXAMPLE_DAY = date(2024, 2, 2)


@pytest.fixture
def site():
    return make_site()


@pytest.fixture
def manager(site):
    user = make_user("manager")
    site.posts.create(user=user, held_from="2023-01-01")
    return machine_of(user)


@pytest.fixture
def stranger():
    user = make_user("stranger")
    make_seat(user, "coordinator", member=make_member("colombo", country="LK"))
    return machine_of(user)


def test_a_year_is_planned_once_spent_on_and_read(manager, stranger):
    sent = {"year": 2023, "sessions": 100}
    made = [manager.post("/sites/wks-vientiane/years", sent, idempotency_key="y1") for _time in range(2)]
    assert [each.status_code for each in made] == [201, 201]
    assert manager.post("/sites/wks-vientiane/years", sent, idempotency_key="y2").status_code == 409
    line = {"kind": "upkeep", "what": "Lifts", "amount": "1000.50", "currency": "CNY", "paid_by": "vientiane"}
    assert manager.post(f"{YEAR}/lines", line | {"paid_by": "nobody"}, idempotency_key="l0").status_code == 422
    for _time in range(2):
        manager.post(f"{YEAR}/lines", line, idempotency_key="l1")
    assert PlanLine.objects.count() == 1
    spent = {"spent_on": "2023-06-01", "amount": "1200", "currency": "CNY"}
    for _time in range(2):
        said = manager.post(f"{YEAR}/lines/1/spending", spent, idempotency_key="s1").json()
    (row,) = said["lines"]
    assert (row["standing"], row["difference"]) == ("over", {"amount": "199.50", "currency": "CNY"})
    assert (said["sessions"]["planned"], said["sessions"]["done"], Spending.objects.count()) == (100, "0", 1)
    assert stranger.get(YEAR).status_code == 404
    assert stranger.post(f"{YEAR}/lines", line, idempotency_key="x").status_code == 404
    assert stranger.get("/sites/wks-vientiane/years").json() == []


def test_a_year_is_corrected_over_the_version_that_was_read(manager, site):
    spent, free = (make_line(make_plan(site)), None)
    free = make_line(spent.plan)
    make_spending(spent)
    tag = manager.get(YEAR)["ETag"]
    assert manager.put(YEAR, {"sessions": 90}).status_code == 428
    answer = manager.put(YEAR, {"sessions": 90}, if_match=tag)
    assert answer.json()["sessions"]["planned"] == 90
    assert manager.put(YEAR, {"sessions": 80}, if_match=tag).status_code == 412
    line = {"kind": "staff", "what": "A trainer", "amount": "5", "currency": "CNY"}
    answer = manager.put(f"{YEAR}/lines/{spent.number}", line, if_match=answer["ETag"])
    assert answer.json()["lines"][0]["what"] == "A trainer"
    assert manager.delete(f"{YEAR}/lines/{spent.number}", if_match=answer["ETag"]).status_code == 409
    answer = manager.delete(f"{YEAR}/lines/{free.number}", if_match=answer["ETag"])
    assert len(answer.json()["lines"]) == 1
    key = Spending.objects.get().pk
    answer = manager.post(f"{YEAR}/spending/{key}/strike", {"reason": "Twice"}, if_match=answer["ETag"])
    assert answer.json()["lines"][0]["standing"] == "unspent"


def test_what_is_paid_in_another_currency_names_its_rate(manager, site):
    line = make_line(make_plan(site))
    make_rate("LAK", "CNY", on=date(2023, 5, 31), value="0.0004")
    make_spending(line, "1000000", "LAK")
    said = manager.get(YEAR).json()
    assert said["lines"][0]["spent"] == {"amount": "400.00", "currency": "CNY"}
    assert [(each["of"], each["value"], each["source"]) for each in said["rates"]] == [
        ("LAK", "0.0004", "Central bank")
    ]


def test_the_visit_page_is_read_by_everybody_in_its_days_alone(manager, site, client):
    make_photo(site)
    make_equipment(site)
    assert client.get("/api/v1/sites/wks-vientiane/visit").status_code == 404
    said = manager.get("/sites/wks-vientiane/visit").json()
    assert (said["photos"][0]["texts"]["en"]["caption"], said["equipment"][0]["working"]) == ("The hall", 1)
    sent = {"starts_on": "2024-01-01", "ends_on": "2024-12-31", "reason": "A visit"}
    made = manager.post("/sites/wks-vientiane/showings", sent, idempotency_key="p1")
    assert (made.status_code, made.json()["ends_before"]) == (201, "2025-01-01")
    assert manager.post("/sites/wks-vientiane/showings", sent, idempotency_key="p2").status_code == 409
    shown = client.get("/api/v1/sites/wks-vientiane/visit").json()
    assert shown["showing"]["reason"] == "A visit"
    one = f"/sites/wks-vientiane/showings/{made.json()['id']}"
    ended = manager.post(f"{one}/end", {"on": "2024-01-02"}, if_match=manager.get(one)["ETag"])
    assert ended.status_code == 200
    assert client.get("/api/v1/sites/wks-vientiane/visit").status_code == 404


def test_photos_are_described_put_in_order_and_taken_down(manager, stranger, site):
    first, second = make_photo(site, "One"), make_photo(site, "Two")
    make_showing(site)
    where = f"/sites/wks-vientiane/photos/{second.pk}"
    tag = manager.get("/sites/wks-vientiane/visit")["ETag"]
    said = {"language": "lo", "caption": "ສອງ", "alternative": "ຮູບທີສອງ"}
    assert stranger.put(f"{where}/words", said, if_match=tag).status_code == 403
    answer = manager.put(f"{where}/words", said, if_match=tag)
    assert answer.json()["photos"][1]["texts"]["lo"]["caption"] == "ສອງ"
    answer = manager.put(f"{where}/place", {"position": 1}, if_match=answer["ETag"])
    assert [each["id"] for each in answer.json()["photos"]] == [str(second.pk), str(first.pk)]
    answer = manager.delete(where, if_match=answer["ETag"])
    assert [each["id"] for each in answer.json()["photos"]] == [str(first.pk)]
    assert SitePhoto.objects.count() == 1
