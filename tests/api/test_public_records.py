"""What anyone reads: the same answers as the pages and the commands, and nothing that is not public."""

from datetime import date

import pytest

from corridor.foundations.access import VISITOR
from corridor.rooms.members import queries as members
from tests.commands.run import run
from tests.factories.actors import make_user
from tests.factories.agreements import make_agreement, make_draft_agreement
from tests.factories.conferences import make_announcement
from tests.factories.curricula import make_version
from tests.factories.demand import make_demand
from tests.factories.figures import REPORT_DAY, make_alliance_of_164
from tests.factories.members import make_member, make_organisation, make_seat
from tests.factories.programmes import make_programme
from tests.factories.sites import make_brand, make_listing, make_site
from tests.factories.tokens import Machine, machine_of

pytestmark = pytest.mark.django_db


def references(machine: Machine, path: str) -> list[str]:
    return [row["reference"] for row in machine.get(path).json()["rows"]]


def test_three_doors_give_one_number_of_members(visitor: Machine, client, capsys):
    make_alliance_of_164()
    told = visitor.get(f"/figures/members.active?on={REPORT_DAY}").json()
    assert (told["value"], told["unit"], told["state"]) == (164, "organisations", "computed")
    code, printed = run(capsys, "figures", "show", "members.active", "--on", REPORT_DAY, "--json")[:2]
    assert code == 0
    assert '"value": 164' in printed
    assert told["evidence_hash"] in printed
    assert b"164" in client.get(f"/figures/members.active/?on={REPORT_DAY}").content


def test_a_member_is_answered_as_it_was_on_a_day(visitor: Machine):
    make_member("vientiane", country="LA", active_from=date(2022, 5, 1))
    assert visitor.get("/members?on=2022-04-30").json()["rows"] == []
    (row,) = visitor.get("/members?on=2022-05-01").json()["rows"]
    assert (row["status"], row["since"]) == ("active", "2022-05-01")
    same = members.get_member(reference="vientiane", by=VISITOR, on=date(2022, 5, 1))
    assert visitor.get("/members/vientiane?on=2022-05-01").json()["status"] == same.status.value


def test_who_only_applies_is_unknown_to_visitors_and_seats_are_not_told(visitor: Machine):
    make_organisation("colombo", country="LK")
    vientiane = make_member("vientiane", country="LA")
    make_seat(make_user("khamla"), "coordinator", member=vientiane)
    assert visitor.get("/members/colombo").status_code == 404
    assert visitor.get("/members/vientiane").json()["seats"] == []
    mei = make_user("mei")
    make_seat(mei, "secretariat")
    assert [seat["account"] for seat in machine_of(mei).get("/members/vientiane").json()["seats"]] == ["khamla"]


def test_drafts_and_texts_of_agreements_are_not_public(visitor: Machine):
    make_agreement("AGR-2023-0001")
    make_draft_agreement("AGR-2023-0002")
    assert references(visitor, "/agreements") == ["AGR-2023-0001"]
    assert visitor.get("/agreements/AGR-2023-0002").status_code == 404
    assert visitor.get("/agreements/AGR-2023-0001/text").status_code == 401
    khamla = make_user("khamla")
    make_seat(khamla, "coordinator", member=make_member("colombo", country="LK"))
    other = machine_of(khamla)
    assert other.get("/agreements/AGR-2023-0001/text").status_code == 403
    assert other.get("/agreements/AGR-2023-0002").status_code == 404


def test_the_ledger_tells_states_and_silence_of_a_day(visitor: Machine):
    announcement = make_announcement()
    (row,) = visitor.get("/announcements?on=2024-01-20").json()["rows"]
    assert (row["status"], row["silent"], row["due_on"]) == ("announced", False, "2024-01-31")
    one = visitor.get(f"/announcements/{announcement.reference}?on=2024-02-20").json()
    assert one["silent"] is True


def test_an_announcement_that_nobody_confirmed_is_not_there(visitor: Machine):
    hidden = make_announcement(confirmed_by="")
    assert references(visitor, "/announcements") == []
    assert visitor.get(f"/announcements/{hidden.reference}").status_code == 404


def test_sites_programmes_demand_and_curricula_are_read_whole(visitor: Machine):
    site = make_site()
    make_listing(site, make_brand("panda"))
    version = make_version()
    programme = make_programme(curriculum_version=version)
    demand = make_demand()
    assert references(visitor, "/sites?brand=panda") == [site.reference]
    assert visitor.get(f"/sites/{site.reference}").json()["listings"][0]["brand"] == "panda"
    told = visitor.get(f"/programmes/{programme.reference}").json()
    assert (told["curriculum"], told["agreement"]) == ("vehicle-inspection", programme.agreement.reference)
    assert references(visitor, f"/programmes?site={site.reference}") == [programme.reference]
    assert visitor.get(f"/demand/{demand.reference}").json()["posts"] == 45
    units = visitor.get("/curricula/vehicle-inspection/1.0").json()["units"]
    assert [unit["code"] for unit in units] == ["VI-1", "VI-2"]


def test_a_draft_of_a_curriculum_is_not_there(visitor: Machine):
    make_version(published_on=None)
    assert visitor.get("/curricula").json()["rows"] == []
    assert visitor.get("/curricula/vehicle-inspection/1.0").status_code == 404


def test_lists_read_as_often_for_fifty_rows_as_for_ten(visitor: Machine, django_assert_max_num_queries):
    for number in range(12):
        make_member(f"school-{number}")
    with django_assert_max_num_queries(4):
        visitor.get("/members?limit=10")
    for number in range(12, 60):
        make_member(f"school-{number}")
    with django_assert_max_num_queries(4):
        visitor.get("/members?limit=50")
