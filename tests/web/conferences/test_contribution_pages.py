"""Offering a contribution, judging it, and reading the decision."""

from datetime import date

import pytest

from corridor.rooms.conferences.models import AgendaItem, Contribution
from tests.factories.conferences import make_conference, make_contribution
from tests.factories.members import make_member
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
SENT = {
    "member": "vientiane",
    "title": "Brakes in two languages",
    "abstract": "How we teach brakes.",
    "language": "en",
    "speakers": "Khamla\nMei",
}


def test_a_contribution_goes_from_the_call_to_the_letter():
    make_conference("CONF-2024", starts_on=date(2024, 11, 21), is_held=False)
    secretariat, khamla = (
        browser_of("secretariat"),
        browser_of("coordinator", member=make_member("vientiane", country="LA")),
    )
    assert "There is no call yet." in text_of(khamla.get("/conferences/CONF-2024/contributions/"))
    assert khamla.post("/conferences/CONF-2024/contributions/new/", SENT).status_code == 409
    days = {"opens_on": "2024-01-01", "closes_on": "2024-05-31"}
    assert secretariat.post("/conferences/CONF-2024/contributions/days/", days).status_code == 302
    assert "Offer a contribution" in text_of(khamla.get("/conferences/CONF-2024/contributions/"))
    missing = khamla.post("/conferences/CONF-2024/contributions/new/", SENT | {"speakers": " "})
    assert missing.status_code == 422
    assert 'value="Brakes in two languages"' in text_of(missing)
    own = khamla.post("/conferences/CONF-2024/contributions/new/", SENT).url
    assert own == f"/contributions/{Contribution.objects.get().reference}/"
    council = browser_of("council")
    council.post(f"{own}judge/", {"score": "4", "note": "Clear."})
    assert "Clear." in text_of(council.get(own))
    assert "Clear." not in text_of(khamla.get(own))
    assert secretariat.post(f"{own}decide/", {"to": "declined", "reason": ""}).status_code == 422
    secretariat.post(f"{own}decide/", {"to": "accepted", "reason": ""})
    assert "is accepted for Annual conference 2024" in text_of(khamla.get(own))
    assert "4.0 by one" in text_of(council.get("/conferences/CONF-2024/contributions/"))
    assert khamla.post(f"{own}withdraw/").status_code == 302


def test_what_became_of_a_contribution_is_said_in_its_own_word():
    planned = make_conference("CONF-2024", starts_on=date(2024, 11, 21), is_held=False)
    offered = make_contribution(planned, make_member("vientiane", country="LA"), status="accepted")
    secretariat = browser_of("secretariat")
    for path in (f"/contributions/{offered.reference}/", "/conferences/CONF-2024/contributions/"):
        page = text_of(secretariat.get(path, headers={"accept-language": "zh-hans"}))
        assert "已录用" in page
        assert "已验收" not in page, "that is said of a site that a brand has looked at"


def test_an_accepted_contribution_is_put_on_the_agenda_and_taken_back_it_shows_there(client):
    planned = make_conference("CONF-2024", starts_on=date(2024, 11, 21), is_held=False)
    vientiane = make_member("vientiane", country="LA")
    accepted = make_contribution(planned, vientiane, status="accepted")
    secretariat, khamla = browser_of("secretariat"), browser_of("coordinator", member=vientiane)
    own, form = f"/contributions/{accepted.reference}/", "/conferences/CONF-2024/agenda/new/"
    assert f"{form}?contribution={accepted.reference}" in text_of(secretariat.get(own))
    filled = text_of(secretariat.get(f"{form}?contribution={accepted.reference}"))
    assert 'value="ເບກ"' in filled
    assert "Khamla, " in filled
    sent = {
        "contribution": accepted.reference,
        "kind": "talk",
        "language": "lo",
        "starts": "2024-11-21T09:00",
        "ends": "2024-11-21T10:00",
    }
    assert secretariat.post(form, sent).status_code == 302
    item = AgendaItem.objects.get()
    again = secretariat.post(form, sent | {"starts": "2024-11-21T11:00", "ends": "2024-11-21T12:00"})
    assert again.status_code == 422  # not offered any more
    assert f"#i-{item.pk}" in text_of(khamla.get(own))
    assert own in text_of(khamla.get("/conferences/CONF-2024/agenda/"))
    public = text_of(client.get("/conferences/CONF-2024/agenda/"))
    assert "ເບກ" in public
    assert own not in public
    assert "The member took this back." not in public
    khamla.post(f"{own}withdraw/")
    assert "The member took this back." in text_of(client.get("/conferences/CONF-2024/agenda/"))
    assert "The member took this back." in client.get(f"/conferences/CONF-2024/agenda/{item.pk}.ics").content.decode()
    change = f"/conferences/CONF-2024/agenda/{item.pk}/change/"
    assert f'value="{accepted.reference}" selected' in text_of(secretariat.get(change))
    assert secretariat.post(change, sent | {"ends": "2024-11-21T11:00"}).status_code == 302


def test_contributions_are_not_for_visitors_nor_for_trainers(client):
    make_conference("CONF-2024", starts_on=date(2024, 11, 21), is_held=False)
    assert client.get("/conferences/CONF-2024/contributions/").status_code == 302
    assert browser_of("auditor").get("/conferences/CONF-2024/contributions/").status_code == 403
