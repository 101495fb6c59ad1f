"""What slows guessing down counts for every process together, and is forgotten when it has run out."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from axes.models import AccessAttempt, AccessLog
from django.core.cache import caches
from django.db import connection
from django.test import Client

from corridor.foundations.accounts.forgetting import forget_attempts
from corridor.foundations.accounts.models import SharedValue
from corridor.settings import BASE_DIR, CACHES
from tests.factories.actors import make_user

PASSWORD = "nine-bridges-over-the-river"
# Another process of the same installation: it guesses, and prints what it was answered.
GUESSING = """
import django; django.setup()
from django.test import Client
client = Client(REMOTE_ADDR="198.51.100.9")
sent = {"username": "mei", "password": "wrong-wrong-wrong"}
answers = [client.post("/sign-in/", sent) for _ in range(4)]
print(*["slowed" if b"Too many attempts" in each.content else each.status_code for each in answers])
"""


@pytest.fixture
def shared(settings):
    settings.CACHES = CACHES
    return caches["default"]


def another_process() -> list[str]:
    held = connection.settings_dict
    place = (
        f"sqlite:///{held['NAME']}"
        if connection.vendor == "sqlite"
        else f"postgresql://{quote(held['USER'])}:{quote(held['PASSWORD'])}@{quote(held['HOST'], safe='')}:{held['PORT']}/{held['NAME']}"
    )
    env = os.environ | {
        "DATABASE_URL": place,
        "DJANGO_SETTINGS_MODULE": "corridor.settings",
        "PYTHONPATH": str(BASE_DIR),
    }
    done = subprocess.run(
        [sys.executable, "-c", GUESSING], env=env, capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout.split()


@pytest.mark.django_db(transaction=True)
def test_wrong_passwords_count_for_all_processes_together(shared):
    make_user("mei", password=PASSWORD)
    here = Client(REMOTE_ADDR="198.51.100.8")
    sent = {"username": "mei", "password": "wrong-wrong-wrong"}
    assert [here.post("/sign-in/", sent).status_code for _ in range(3)] == [422] * 3
    # Five in five minutes for one name: from another address and in another process, two are left.
    assert another_process() == ["422", "422", "slowed", "slowed"]
    assert "Too many attempts" in here.post("/sign-in/", {"username": "mei", "password": PASSWORD}).content.decode()


@pytest.mark.django_db
def test_two_instances_read_one_value(shared):
    other = caches.create_connection("default")
    assert other is not shared
    assert shared.add("a-code", "used", 60)
    assert not other.add("a-code", "used", 60)


@pytest.mark.django_db
def test_what_has_run_out_is_forgotten_and_what_counts_stays(shared):
    now = datetime.now(UTC)
    shared.set("counts", [1.0], 600)
    shared.set("ran-out", [1.0], 600)
    SharedValue.objects.filter(cache_key__contains="ran-out").update(expires=now - timedelta(seconds=1))
    for days, name in ((31, "long-ago"), (1, "lately")):
        seen = {
            "username": name,
            "ip_address": "198.51.100.8",
            "user_agent": "x",
            "path_info": "/sign-in/",
            "http_accept": "",
        }
        for row in (AccessAttempt.objects.create(**seen, failures_since_start=1), AccessLog.objects.create(**seen)):
            type(row).objects.filter(pk=row.pk).update(attempt_time=now - timedelta(days=days))
    assert forget_attempts(at=now) == 3
    assert shared.get("counts") == [1.0]
    assert set(AccessAttempt.objects.values_list("username", flat=True)) == {"lately"}
    assert set(AccessLog.objects.values_list("username", flat=True)) == {"lately"}
