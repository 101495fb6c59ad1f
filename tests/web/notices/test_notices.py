"""The pages of notices and of long work."""

import re
from datetime import UTC, datetime

import pytest

from corridor.foundations.jobs.models import Job
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.models import Mute, Notice, Wishes
from corridor.foundations.notices.telling import tell
from corridor.foundations.notices.wishing import muting_key
from tests.factories.actors import NIGHTLY, make_user

AT = datetime(2024, 2, 2, 3, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def khamla(client):
    user = make_user("khamla")
    client.force_login(user)
    return user


def test_a_notice_leads_to_its_record_and_is_marked_read(client, khamla):
    tell(Event.IMPORT_ENDED, to=[khamla.pk], about="IMP-7", link="/imports/IMP-7/", at=AT, by=NIGHTLY)
    page = client.get("/notices/").content.decode()
    assert 'href="/imports/IMP-7/"' in page and "1 new notice" in page
    client.post("/notices/read/", {"key": str(Notice.objects.get().pk)})
    assert "No new notices" in client.get("/notices/").content.decode()


def test_wishes_are_kept(client, khamla):
    given = {
        "rhythm": "weekly",
        "language": "lo",
        "zone": "Asia/Vientiane",
        "quiet_from": "21:00",
        "quiet_until": "07:00",
        "muted": ["jobs.failed"],
    }
    assert client.post("/notices/settings/", given).status_code == 302
    assert Wishes.objects.get().rhythm == "weekly" and Mute.objects.get().event == "jobs.failed"
    assert client.post("/notices/settings/", {**given, "quiet_until": ""}).status_code == 422


def test_looking_at_the_link_of_a_letter_mutes_nothing_yet(client):
    user = make_user("mei")
    link = f"/notices/mute/{muting_key(user.pk, 'jobs.failed')}/"
    assert client.get(link).status_code == 200 and not Mute.objects.exists()
    assert client.post(link).status_code == 200 and Mute.objects.get().user == user


def test_one_sees_and_stops_the_own_work_alone(client, khamla):
    own = Job.objects.create(kind="counting", subject="A", asked_by="khamla", owner=khamla, asked_at=AT, total=4)
    other = Job.objects.create(kind="counting", subject="B", asked_by="mei", asked_at=AT)
    assert f"/jobs/{own.pk}/" in client.get("/jobs/").content.decode()
    page = client.get(f"/jobs/{own.pk}/")
    assert "Refresh" not in page and "data-follow" in page.content.decode()
    assert f'href="/jobs/{own.pk}/"' in page.content.decode()
    assert client.get(f"/jobs/{other.pk}/").status_code == 404
    assert client.post(f"/jobs/{own.pk}/cancel/").status_code == 302
    own.refresh_from_db()
    assert own.state == "cancelled"
    assert "data-follow" not in client.get(f"/jobs/{own.pk}/").content.decode()
    assert client.post(f"/jobs/{own.pk}/cancel/").status_code == 409


def test_work_of_long_ago_is_found_page_by_page(client, khamla):
    Job.objects.bulk_create(
        Job(kind="counting", subject=f"S{number:03}", asked_by="khamla", asked_at=AT, state="done")
        for number in range(120)
    )
    address, found = "/jobs/", []
    for _page in range(3):
        page = client.get(address).content.decode()
        found += re.findall(r'class="sub">(S[0-9]{3})<', page)
        following = re.search(r'href="[?](after=[0-9a-f-]{36})"', page)
        address = f"/jobs/?{following[1]}" if following else ""
    assert (len(found), len(set(found)), address) == (120, 120, "")
    assert "S" in client.get("/jobs/?after=nothing").content.decode()
