"""A phone that waited for very long: what it brings is cut into batches, may break off anywhere, and is whole and in order at the end."""

import json

import pytest

from corridor.foundations.journal.keeping import keep_events
from corridor.foundations.journal.models import Conflict, Event
from corridor.foundations.journal.reading import MOST_BYTES, MOST_EVENTS, read_batch, read_event
from corridor.journeys.recognise import recognise
from corridor.kernel.errors import BadInput
from corridor.rooms.training.models import Attendance, RegisterEntry
from tests.factories.actors import make_user
from tests.factories.devices import NOON, Phone
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_session

pytestmark = pytest.mark.django_db
MANY, EVERY = 5_000, 200


@pytest.fixture
def phone():
    """
    So much waits on it: a learner marked now and then, and between that what a page says that is newer than the house. Such an event is
    kept for a person to decide; here it is most of them because taking 5,000 marks would keep this test busy for minutes.
    """
    trainer = make_person("bounmy", user=make_user("bounmy"))
    session = make_session(make_cohort(learners=1, trainers=[trainer]))
    seat = session.cohort.enrolments.get()
    made = Phone.of(trainer.user)
    for number in range(1, MANY + 1):
        if number % EVERY:
            made.do("register.marked", session.pk, {"of": number}, version=9)
        else:
            made.mark(session, {seat: "absent" if number % (2 * EVERY) else "present"})
    return made


def test_five_thousand_events_come_in_batches_that_break_off_and_none_is_lost(phone):
    by = recognise(phone.user, on=NOON.date())
    whole = json.dumps({"format": 1, "device": str(phone.device.pk), "oldest": 1, "events": phone.kept}).encode()
    with pytest.raises(BadInput, match="more than is taken at once"):
        read_batch(whole)
    assert len(whole) // (MANY // MOST_EVENTS) < MOST_BYTES
    for turn in range(MANY // MOST_EVENTS + 2):
        before, batch = phone.sent, phone.kept[phone.sent : phone.sent + MOST_EVENTS]
        if turn == 3:
            # Half of it was kept, and the house was killed before it was taken: the phone heard nothing.
            drafts = [read_event(each) for each in batch[: MOST_EVENTS // 2]]
            keep_events(device=phone.device, events=drafts, route=Event.Route.NETWORK, at=NOON, by=by)
        elif phone.send(batch) and turn == 6:
            # The answer got lost: the same comes once more.
            phone.sent = before
        assert Event.objects.count() <= before + MOST_EVENTS
    assert phone.sent == MANY
    numbers = list(Event.objects.order_by("received_at", "sequence").values_list("sequence", flat=True))
    assert numbers == list(range(1, MANY + 1))
    marked = [each["id"] for each in phone.kept if each["version"] == 1]
    assert [str(key) for key in RegisterEntry.objects.order_by("pk").values_list("pk", flat=True)] == marked
    assert Event.objects.filter(state="applied").count() == len(marked) == MANY // EVERY
    assert Event.objects.filter(state="unread").count() == Conflict.objects.count() == MANY - len(marked)
    assert Attendance.objects.get().mark == "absent"
