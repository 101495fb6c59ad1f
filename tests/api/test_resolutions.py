"""The agenda and what was decided, through the API."""

from datetime import datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.rooms.conferences.actions import ItemDraft, put_on_agenda
from corridor.rooms.conferences.kinds import ItemKind
from corridor.rooms.conferences.models import Resolution
from tests.factories.actors import make_user
from tests.factories.conferences import HELD_ON, make_conference
from tests.factories.members import make_member, make_seat
from tests.factories.tokens import Machine, machine_of

pytestmark = pytest.mark.django_db
SENT = {
    "texts": {"en": "Compare the curricula."},
    "owner": "vientiane",
    "resolved_on": "2023-11-23",
    "due_on": "2024-01-31",
}


def seated(name: str, role: str, **more: object) -> Machine:
    user = make_user(name)
    make_seat(user, role, **more)
    return machine_of(user)


def test_an_agenda_is_read_in_instants(visitor):
    conference = make_conference()
    day = datetime.combine(HELD_ON, datetime.min.time())
    items = [
        ItemDraft(ItemKind.TALK, day.replace(hour=hour), day.replace(hour=hour + 1), {"en": "Talk"}, hall="A")
        for hour in (9, 10)
    ]
    put_on_agenda(conference=conference, items=items, by=NIGHTLY)
    first = visitor.get("/conferences/CONF-2023/agenda?limit=1").json()
    assert (first["rows"][0]["starts_at"], first["rows"][0]["room"]) == ("2023-11-23T01:00:00Z", "A")
    assert (
        visitor.get(f"/conferences/CONF-2023/agenda?limit=1&after={first['next']}").json()["rows"][0]["starts_at"]
        == "2023-11-23T02:00:00Z"
    )


def test_a_resolution_is_written_down_once_and_settled_in_the_version_that_was_read(visitor):
    make_conference()
    vientiane = make_member("vientiane", country="LA")
    secretariat, khamla = seated("li-na", "secretariat"), seated("khamla", "coordinator", member=vientiane)
    made = secretariat.post("/conferences/CONF-2023/resolutions", SENT, idempotency_key="r-1")
    assert secretariat.post("/conferences/CONF-2023/resolutions", SENT, idempotency_key="r-1").json() == made.json()
    assert Resolution.objects.count() == 1
    reference = made.json()["reference"]
    assert [each["reference"] for each in visitor.get("/resolutions?status=late&on=2024-02-02").json()["rows"]] == [
        reference
    ]
    url, settled = f"/resolutions/{reference}/changes", {"to": "done", "on": "2024-01-30", "reason": "Compared."}
    assert khamla.post(url, settled).status_code == 428
    tag = khamla.etag(f"/resolutions/{reference}")
    assert khamla.post(url, settled, if_match=tag).json()["status"] == "done"
    assert khamla.post(url, settled, if_match=tag).status_code == 412
    assert khamla.post("/conferences/CONF-2023/resolutions", SENT, idempotency_key="r-2").status_code == 403
