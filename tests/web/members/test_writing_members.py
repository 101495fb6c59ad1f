"""Registering, moving and correcting members by page."""

from datetime import date

import pytest

from corridor.rooms.members.models import Organisation
from tests.factories.members import make_member
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SENT = {
    "reference": "vientiane", "kind": "school", "country": "LA", "city": "Vientiane", "name_en": "Vientiane College",
    "own_language": "lo", "own_name": "ວິທະຍາໄລວຽງຈັນ", "source_mark": "assumed",
}  # fmt: skip


def test_an_organisation_is_registered_and_becomes_a_member_step_by_step(client):
    secretariat = browser_of("secretariat")
    secretariat.post("/members/new/", SENT)
    for day, step in enumerate(("applied", "under_review", "approved", "active"), start=1):
        assert client.get("/members/vientiane/").status_code == 404
        sent = {"to": step, "on": f"2024-01-{day:02}", "reason": "As decided."}
        assert secretariat.post("/members/vientiane/move/", sent).status_code == 302
    page = text_of(client.get("/members/vientiane/"))
    assert "ວິທະຍາໄລວຽງຈັນ" in page
    assert "As decided." not in page


def test_a_reference_that_is_taken_is_refused_and_nothing_is_lost():
    make_member("vientiane", country="LA")
    answer = browser_of("secretariat").post("/members/new/", SENT)
    assert answer.status_code == 422
    assert "ວິທະຍາໄລວຽງຈັນ" in text_of(answer)


def test_a_state_is_not_written_before_the_last_one():
    make_member("vientiane", country="LA", active_from=date(2023, 1, 1))
    sent = {"to": "suspended", "on": "2022-01-01", "reason": "Late."}
    answer = browser_of("secretariat").post("/members/vientiane/move/", sent)
    assert answer.status_code == 409
    assert "1 January 2023" in text_of(answer)


def test_a_coordinator_corrects_the_own_member_and_no_other():
    vientiane = make_member("vientiane", country="LA")
    make_member("chongqing")
    coordinator = browser_of("coordinator", member=vientiane)
    sent = {"city": "Luang Prabang", "region": "LA-LP", "latitude": "19.88", "longitude": "102.13", "version": "1"}
    assert "Luang Prabang" in text_of(coordinator.post("/members/vientiane/place/", sent, follow=True))
    assert coordinator.post("/members/chongqing/place/", sent).status_code == 403
    assert Organisation.objects.get(reference="chongqing").city == "Chongqing"


def test_a_form_that_somebody_overtook_shows_both_places():
    vientiane = make_member("vientiane", country="LA")
    coordinator = browser_of("coordinator", member=vientiane)
    sent = {"city": "Luang Prabang", "version": "1"}
    coordinator.post("/members/vientiane/place/", sent)
    answer = coordinator.post("/members/vientiane/place/", {**sent, "city": "Pakse"})
    assert answer.status_code == 409
    assert "Pakse" in text_of(answer)
    assert "Luang Prabang" in text_of(answer)


def test_one_more_name_is_written_down(client):
    coordinator = browser_of("coordinator", member=make_member("vientiane", country="LA"))
    coordinator.post("/members/vientiane/names/", {"language": "th", "name": "วิทยาลัยเวียงจันทน์", "kind": "official"})
    assert 'lang="th">วิทยาลัยเวียงจันทน์' in text_of(client.get("/members/vientiane/"))
    again = coordinator.post("/members/vientiane/names/", {"language": "th", "name": "อีกชื่อ", "kind": "official"})
    assert again.status_code == 422
