"""Offering a contribution, judging it, and reading the decision."""

from datetime import date

import pytest

from corridor.rooms.conferences.models import Contribution
from tests.factories.conferences import make_conference
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


def test_contributions_are_not_for_visitors_nor_for_trainers(client):
    make_conference("CONF-2024", starts_on=date(2024, 11, 21), is_held=False)
    assert client.get("/conferences/CONF-2024/contributions/").status_code == 302
    assert browser_of("auditor").get("/conferences/CONF-2024/contributions/").status_code == 403
