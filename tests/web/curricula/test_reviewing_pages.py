"""The council reviews a claim on a page of its own; nobody else is offered it."""

from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.rooms.curricula.actions import claim_mapping
from corridor.rooms.curricula.drafts import MappingDraft
from corridor.rooms.curricula.models import MappingClaim, Relation
from tests.factories.curricula import make_version
from tests.factories.members import make_alliance, make_member
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "alliance")]


@pytest.fixture
def alliance():
    return make_alliance()


@pytest.fixture
def claim() -> MappingClaim:
    draft = MappingDraft(
        unit=make_version().units.get(code="VI-1"), relation=Relation.NONE, claimant=make_member("colombo"),
        claimed_on=date(2023, 3, 1), searched_country="LA",
    )  # fmt: skip
    return claim_mapping(draft=draft, by=NIGHTLY)


def test_a_claim_is_reviewed_once_and_not_before_it_was_made(claim):
    council, page = browser_of("council"), f"/curricula/claims/{claim.pk}/review/"
    assert page in text_of(council.get("/curricula/vehicle-inspection/1.0/VI-1/"))
    sent = {"reviewed_by": "Council of the alliance", "on": "2023-02-01"}
    early = council.post(page, sent)
    assert early.status_code == 409
    assert "cannot be reviewed before" in text_of(early)
    assert council.post(page, sent | {"on": "2024-02-02"}).status_code == 302
    claim.refresh_from_db()
    assert claim.reviewed_by == "Council of the alliance"
    assert council.post(page, sent | {"on": "2024-02-02"}).status_code == 409


def test_a_reader_sees_the_claim_and_no_way_to_review_it(claim, client):
    assert "/review/" not in text_of(client.get("/curricula/vehicle-inspection/1.0/VI-1/"))
