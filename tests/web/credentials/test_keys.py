"""What a key holder does on the pages of keys, each time with a fresh second factor where the alliance asks for one."""

from datetime import date

import pytest

from corridor.rooms.credentials.models import Credential, SigningKey
from corridor.rooms.members.models import Organisation
from tests.factories.credentials import make_assessors_licence, make_credential, make_key
from tests.factories.members import make_member
from tests.web.readers import browser_of, just_proved, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(db):
    return browser_of("key_holder", member=make_member("vientiane", country="LA"))


def test_the_next_key_takes_its_place_once(holder):
    make_key(Organisation.objects.get(reference="vientiane"))
    assert holder.post("/keys/vientiane/key-2023/rotate/").status_code == 302
    assert SigningKey.objects.count() == 2
    again = holder.post("/keys/vientiane/key-2023/rotate/", follow=True)
    assert "is not the key that vientiane signs with any more" in text_of(again) and SigningKey.objects.count() == 2


def test_without_a_fresh_second_factor_nothing_is_made_rotated_or_distrusted(holder, settings):
    make_key(Organisation.objects.get(reference="vientiane"))
    settings.REQUIRE_SECOND_FACTOR = True
    told = {"since": "2024-01-01", "sure": "on"}
    made = {"organisation": "vientiane", "fragment": "key-2031", "valid_from": "2031-01-01", "last_day": "2031-02-01"}
    for path, sent in (
        ("/keys/", made), ("/keys/vientiane/key-2023/rotate/", {}), ("/keys/vientiane/key-2023/retire/", {}),
        ("/keys/vientiane/key-2023/", told),
    ):  # fmt: skip
        for browser in (holder, just_proved(holder)):
            assert browser.post(path, sent).status_code == 302
    key = SigningKey.objects.get()
    assert key.valid_before is None and key.compromised_from is None


def test_with_one_the_key_is_distrusted_and_the_page_lists_what_is_to_be_issued_anew(settings):
    credential = make_credential()
    licence = make_assessors_licence(credential)
    holder = browser_of("key_holder", member=credential.issuer)
    page = "/keys/chongqing/key-2023/"
    assert "Somebody else may have it" in text_of(holder.get(page))
    assert holder.post(page, {"since": "2023-07-01"}).status_code == 422
    assert "passed" in text_of(holder.post(page, {"since": "2199-01-01", "sure": "on"}))
    assert holder.post(page, {"since": "2023-07-01", "sure": "on"}).status_code == 302
    shown = text_of(holder.get(page))
    assert "To be issued anew" in shown and credential.reference in shown and licence.reference in shown
    assert "To be issued anew" in text_of(browser_of("auditor").get(page))
    assert browser_of("coordinator", member=credential.issuer).get(page).status_code == 403
    assert "not trusted any more" in text_of(holder.get(f"/c/{Credential.objects.get().token}/verify/"))
    assert credential.issued_on == date(2023, 7, 10)
