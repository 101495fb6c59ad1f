"""What was decided, through the API."""

import pytest

from corridor.rooms.conferences.models import Resolution
from tests.factories.actors import make_user
from tests.factories.conferences import make_conference
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
