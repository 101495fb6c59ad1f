"""Who is at risk is listed for those who oversee the alliance; a proposal goes from the member's page to the council and back."""

from datetime import date

import pytest

from corridor.rooms.members.models import Membership, Proposal
from tests.factories.demand import make_demand
from tests.factories.members import make_alliance, make_member, make_membership
from tests.web.readers import browser_of, statements_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "alliance")]


@pytest.fixture
def alliance():
    return make_alliance()


def test_the_list_says_who_is_at_risk_since_when_and_who_will_be():
    make_member("vientiane", country="LA", active_from=date(2022, 5, 1))
    make_demand(employer=make_member("colombo", country="LK", kind="company"), stated_on=date(2023, 3, 1))
    mei = browser_of("secretariat")
    page = text_of(mei.get("/members/at-risk/"))
    assert "1 of 2 active members is at risk" in page
    assert "since 1 May 2023" in page
    assert "Colombo College" not in page
    assert "from 1 Mar 2024" in text_of(mei.get("/members/at-risk/?status=soon"))


def test_the_list_asks_as_little_for_many_as_for_few():
    for number in range(3):
        make_member(f"m-{number}", active_from=date(2022, 5, 1))
    mei = browser_of("secretariat")
    few = statements_of(mei, "/members/at-risk/")
    for number in range(3, 30):
        make_member(f"m-{number}", active_from=date(2022, 5, 1))
    assert statements_of(mei, "/members/at-risk/") == few


def test_the_member_s_page_shows_the_warning_beside_the_state_and_what_counted():
    vientiane = make_member("vientiane", country="LA", active_from=date(2022, 5, 1))
    page = text_of(browser_of("coordinator", member=vientiane).get("/members/vientiane/"))
    assert "Nothing yet." in page
    assert "since 1 May 2023" in page
    make_demand(employer=vientiane, stated_on=date(2023, 9, 1))
    page = text_of(browser_of("secretariat").get("/members/vientiane/"))
    assert "a demand statement" in page
    assert "Without anything new it is at risk from 1 September 2024." in page


def test_a_visitor_does_not_read_the_warning(client):
    make_member("vientiane", country="LA", active_from=date(2022, 5, 1))
    assert "What counted" not in text_of(client.get("/members/vientiane/"))


def test_both_memberships_of_who_came_back_are_shown():
    vientiane = make_member("vientiane", country="LA", later=[("withdrawn", date(2022, 3, 1))])
    make_membership(
        vientiane, steps=[(state, date(2023, 5, 1)) for state in ("applied", "under_review", "approved", "active")]
    )
    page = text_of(browser_of("secretariat").get("/members/vientiane/"))
    assert page.index("Came back as a new membership") < page.index("First membership")


def test_a_proposal_goes_to_the_council_and_is_carried_out():
    make_member("vientiane", country="LA", active_from=date(2022, 5, 1))
    mei, somsak = browser_of("secretariat"), browser_of("council")
    assert "What counted in the last 12 months" in text_of(mei.get("/members/vientiane/propose/"))
    sent = {"to": "dormant", "reason": "No word for a year"}
    made = mei.post("/members/vientiane/propose/", sent)
    proposal = Proposal.objects.get()
    assert made.headers["Location"] == f"/proposals/{proposal.reference}/"
    assert mei.post(f"/proposals/{proposal.reference}/", {"decision": "agreed", "minute": "Agreed"}).status_code == 403
    assert somsak.post(f"/proposals/{proposal.reference}/", {"decision": "agreed", "minute": ""}).status_code == 422
    assert "Decide on a proposal" in text_of(somsak.get("/desk/"))
    assert (
        somsak.post(
            f"/proposals/{proposal.reference}/", {"decision": "agreed", "minute": "7 for, 0 against"}
        ).status_code
        == 302
    )
    assert "Carry out what the council agreed" in text_of(mei.get("/desk/"))
    assert mei.post(f"/proposals/{proposal.reference}/carry-out/", {"on": "2024-02-02"}).status_code == 302
    assert Membership.objects.get().status == "dormant"
    assert "7 for, 0 against" in text_of(mei.get(f"/proposals/{proposal.reference}/"))


def test_the_coordinator_s_desk_warns_before_the_member_is_at_risk():
    vientiane = make_member("vientiane", country="LA", active_from=date(2023, 3, 1))
    page = text_of(browser_of("coordinator", member=vientiane).get("/desk/"))
    assert "Vientiane College will be at risk" in page
