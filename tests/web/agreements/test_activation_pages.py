"""The curve from signature to work on its page, each number a door; and the dormant list for the council."""

from datetime import date

import pytest

from tests.factories.actors import make_user
from tests.factories.agreements import make_agreement, make_obligation
from tests.factories.members import make_seat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _agreements(settings):
    settings.EXAMPLE_DAY = date(2025, 2, 2)
    make_agreement(activated_on=date(2023, 6, 12))
    quiet = make_agreement("AGR-2023-0032")
    make_obligation(quiet, what="Sends trainers")


def test_a_visitor_opens_a_number_to_its_agreements(client):
    page = client.get("/agreements/activation/").content.decode()
    assert "Something was delivered under 1 of 2 agreements" in page
    assert "?year=2023&amp;within=12&amp;outcome=activated#behind" in page
    opened = client.get("/agreements/activation/?year=2023&within=12&outcome=activated").content.decode()
    assert "AGR-2023-0031" in opened
    assert "AGR-2023-0032" not in opened
    rest = client.get("/agreements/activation/?year=2023&within=12&outcome=not").content.decode()
    assert "AGR-2023-0032" in rest
    assert client.get("/agreements/activation/?year=x").status_code == 422


def test_the_council_reads_what_is_dormant_and_what_was_promised(client):
    assert client.get("/agreements/dormant/").status_code == 302
    user = make_user("zhou")
    make_seat(user, "council")
    client.force_login(user)
    page = client.get("/agreements/dormant/").content.decode()
    assert "1 agreement is dormant" in page
    assert "Sends trainers" in page
    assert "No agreement is dormant" in client.get("/agreements/dormant/?months=60").content.decode()
