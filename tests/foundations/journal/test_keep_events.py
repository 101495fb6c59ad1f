import gzip
import json
from copy import deepcopy

import pytest

from corridor.foundations.audit.models import Entry
from corridor.foundations.journal.keeping import register_device, withdraw_device
from corridor.foundations.journal.models import Device, Event, OtherContent
from corridor.foundations.journal.queries import last_of_chain
from corridor.foundations.journal.reading import MOST_BYTES, MOST_EVENTS, read_batch
from corridor.foundations.journal.refusals import AppIsTooOld, DeviceIsAnothers, FileIsNotGenuine
from corridor.journeys.recognise import recognise
from corridor.kernel.errors import BadInput, NotFound
from corridor.kernel.identifiers import new_id
from tests.factories.actors import VISITOR, make_actor, make_user
from tests.factories.devices import NOON, Phone, public_text

pytestmark = pytest.mark.django_db
THING = new_id()


@pytest.fixture
def phone():
    return Phone.of(make_user("bounmy"))


def batch(**changed):
    return json.dumps({"format": 1, "device": str(new_id()), "events": []} | changed).encode()


def test_what_is_sent_twice_is_kept_once_and_answered_the_same(phone):
    phone.do("nothing.known", THING, {"n": 1})
    first, second = phone.send(), phone.send(phone.kept)
    assert first.kept == second.kept
    assert (second.other, second.last) == ((), 1)
    assert Event.objects.count() == 1
    assert Entry.objects.filter(event="journal.events_kept").count() == 1


def test_the_same_event_with_other_content_is_refused_and_both_are_kept(phone):
    event = phone.do("nothing.known", THING, {"n": 1})
    phone.send()
    other = phone.signed(deepcopy(event) | {"payload": {"n": 2}})
    for _ in range(2):
        told = phone.send([other])
        assert [str(key) for key in told.other] == [event["id"]]
        assert told.kept == ()
    assert json.loads(Event.objects.get().content)["payload"] == {"n": 1}
    assert json.loads(OtherContent.objects.get().content)["payload"] == {"n": 2}


def test_a_chain_is_whole_only_up_to_its_first_gap(phone):
    one, two, three = (phone.do("nothing.known", THING, {"n": n}) for n in range(3))
    assert phone.send([three, one]).last == 1
    assert phone.send([two]).last == 3
    assert last_of_chain(phone.device) == 3


def test_a_device_tells_of_one_account_alone(phone):
    stranger = recognise(make_user("khamla"), on=NOON.date())
    with pytest.raises(DeviceIsAnothers):
        register_device(key=phone.device.pk, name="Mine", public_key=public_text(phone.key), at=NOON, by=stranger)
    phone.do("nothing.known", THING, {})
    phone.user = make_user("khamla")
    with pytest.raises(DeviceIsAnothers):
        phone.send()
    assert not Event.objects.exists()


def test_a_device_registered_again_is_the_same(phone):
    by = recognise(phone.user, on=NOON.date())
    again = register_device(key=phone.device.pk, name="Phone", public_key=public_text(phone.key), at=NOON, by=by)
    assert again == phone.device
    assert Device.objects.count() == 1


def test_what_was_changed_on_the_way_is_not_taken(phone):
    event = phone.do("nothing.known", THING, {"n": 1})
    for changed in (
        {"payload": {"n": 2}},
        {"signature": "AAAA"},
        {"signature": "no base64"},
        {"device": str(new_id())},
    ):
        with pytest.raises(FileIsNotGenuine, match="Event 1 is not signed"):
            phone.send([deepcopy(event) | changed])
    assert not Event.objects.exists()


def test_only_its_owner_takes_a_device_off_and_what_it_kept_is_still_taken(phone):
    with pytest.raises(NotFound):
        withdraw_device(device=phone.device, at=NOON, by=make_actor("secretariat", user=make_user("mei")))
    assert withdraw_device(device=phone.device, at=NOON, by=recognise(phone.user, on=NOON.date())).withdrawn_at == NOON
    phone.do("nothing.known", THING, {})
    assert phone.send().last == 1


@pytest.mark.parametrize("key", ["", "no base64!", "aGVsbG8="], ids=["none", "no-base64", "no-key"])
def test_what_is_no_public_key_registers_no_device(key):
    with pytest.raises(BadInput):
        register_device(key=new_id(), name="x", public_key=key, at=NOON, by=make_actor("trainer", user=make_user()))


def test_nobody_signed_in_has_no_device(phone):
    with pytest.raises(Exception, match="Sign in first"):
        register_device(key=new_id(), name="x", public_key=public_text(phone.key), at=NOON, by=VISITOR)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>Sign in</html>", b"[]", b"{}", b'{"format": 1}', batch(device="x"), batch(events={}), batch(events=[{}]),
        batch(events=[None]), batch(format="one"), gzip.compress(batch())[:-9], b"[" * 5000, b"\xff\xfe",
        batch(events=[{"id": "x"}] * (MOST_EVENTS + 1)), gzip.compress(b" " * (MOST_BYTES + 1)),
    ],
    ids=[
        "empty", "a-page", "list", "object", "headless", "device", "events", "event", "none", "format", "half-a-body", "deep", "bytes",
        "too-many", "a-bomb",
    ],
)  # fmt: skip
def test_what_is_no_batch_is_refused_whole(body):
    with pytest.raises(BadInput):
        read_batch(body)


@pytest.mark.parametrize("form", [0, 2, 99])
def test_a_page_of_another_version_is_told_so(form):
    with pytest.raises(AppIsTooOld, match="stays on the device"):
        read_batch(batch(format=form))


@pytest.mark.parametrize(
    ("told", "year"),
    [("1970-01-01T00:00:00Z", 1970), ("2038-01-19T03:14:08+07:00", 2038), ("0001-01-01T00:00:00+14:00", None), ("soon", None), (None, None)],
    ids=["1970", "2038", "before-time", "word", "none"],
)  # fmt: skip
def test_any_clock_is_written_down_and_relied_on_by_nobody(phone, told, year):
    event = phone.do("nothing.known", THING, {})
    event["at"] = told
    phone.signed(event)
    phone.send()
    kept = Event.objects.get()
    assert (kept.said_at.year if kept.said_at else None) == year
    assert json.loads(kept.content)["at"] == told
    assert kept.received_at == NOON
