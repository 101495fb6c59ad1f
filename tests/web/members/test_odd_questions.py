"""Addresses that nobody would write by hand are answered, never broken."""

import pytest

from tests.factories.members import make_member
from tests.web.readers import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/members/?on=9999-12-31", 422),
        ("/members/?on=0001-01-01", 422),
        ("/members/?q=%00", 422),
        ("/members/?country=laos", 422),
        ("/members/?after=%00", 200),
        ("/members/chongqing/?on=9999-12-31", 200),
        ("/announcements/?after=9999-99-99~x", 200),
        ("/announcements/?after=%00~%00", 200),
        ("/announcements/?sort=sideways", 422),
        ("/agreements/?after=%00", 200),
        ("/agreements/?member=%00", 422),
        ("/demand/?occupation=seven", 200),
        ("/demand/?after=%00", 200),
    ],
)
def test_an_odd_address_is_answered(client, address, status):
    make_member("chongqing")
    assert client.get(address).status_code == status


def test_an_agreement_cannot_end_after_the_end_of_time():
    sent = {
        "starts_on": "2024-03-01", "ends_on": "9999-12-31", "parties": "chongqing", "title_en": "Joint training",
        "body_en": "Article 1.", "standing_en": "equal", "standing_zh-Hans": "equal", "standing_lo": "equal", "standing_ur": "equal",
    }  # fmt: skip
    assert browser_of("secretariat").post("/agreements/new/", sent).status_code == 422
