"""Curricula as pages: what is taught, in the reader's language or another that says so, and what it compares with."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.rooms.curricula.models import ForeignUnit, MappingClaim
from tests.factories.curricula import make_level, make_version
from tests.factories.documents import make_document
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

PAGE = "/curricula/vehicle-inspection/1.0/"
UNIT = {"code": "VI-01", "titles": {"en": "Receive a vehicle"}, "elements": [{"en": "Greets the keeper"}]}


def test_units_stand_with_their_hours_and_the_level_with_its_framework(client):
    make_version(units=[UNIT, {"code": "VI-02", "hours": {"theory": 20}}], level=make_level())
    page = text_of(client.get(PAGE))
    assert "2 units, 60 hours." in page
    assert "level 4 of ISCED, 2011" in page
    assert "Receive a vehicle" in page


def test_a_text_that_is_not_translated_says_in_which_language_it_is(client):
    make_version(units=[UNIT])
    page = text_of(client.get(f"{PAGE}VI-01/", headers={"Accept-Language": "lo"}))
    assert '<span lang="en">Greets the keeper</span>' in page


def test_a_claim_says_who_made_it_who_reviewed_it_and_until_when(client):
    version = make_version(units=[UNIT])
    unit = version.units.get()
    foreign = ForeignUnit.objects.create(country="PK", body="NAVTTC", code="0716-V-1", title="Inspect brakes")
    MappingClaim.objects.create(
        unit=unit, foreign_unit=foreign, relation="narrower", coverage="Their 2.1 and 2.2.",
        claimant=version.curriculum.developer, claimed_on=date(2023, 6, 1), expires_before=date(2026, 6, 1),
        reviewed_by="Council", reviewed_on=date(2023, 7, 1), evidence=make_document(),
    )  # fmt: skip
    MappingClaim.objects.create(
        unit=unit,
        searched_country="AU",
        relation="none",
        claimant=version.curriculum.developer,
        claimed_on=date(2023, 6, 1),
    )
    page = text_of(client.get(f"{PAGE}VI-01/"))
    assert "0716-V-1" in page
    assert "Ours is narrower" in page
    assert "reviewed by Council, 1 Jul 2023" in page
    assert "holds today" in page
    assert "No equivalent" in page
    assert "not reviewed yet: it does not count" in page
    assert "1 unit is compared with a published standard of another country." in text_of(client.get(PAGE))


def test_a_draft_is_there_for_who_edits_it_alone(client):
    make_version(published_on=None)
    assert client.get(PAGE).status_code == 404
    assert browser_of("secretariat").get(PAGE).status_code == 200


def test_a_unit_that_is_not_in_it_is_not_found(client):
    make_version(units=[UNIT])
    assert client.get(f"{PAGE}VI-99/").status_code == 404


def test_ten_units_cost_as_many_statements_as_two(client):
    counts = []
    for number, units in enumerate((2, 10)):
        make_version(curriculum=f"cur-{number}", units=[f"U-{place}" for place in range(units)])
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/curricula/cur-{number}/1.0/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
