"""My profile: what I am here, and the tokens of my machines."""

import re

import pytest
from django.test import Client

from corridor.foundations.accounts.models import ApiToken
from tests.factories.actors import make_user
from tests.factories.members import make_member, make_seat
from tests.factories.tokens import Machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def khamla(db: None) -> Client:
    user = make_user("khamla")
    make_seat(user, "coordinator", member=make_member("vientiane", country="LA"))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_it_names_my_offices(khamla: Client):
    page = khamla.get("/profile/").content.decode()
    assert "Coordinator" in page
    assert "Vientiane College" in page


def test_a_token_is_shown_once_opens_the_api_and_is_revoked(khamla: Client):
    page = khamla.post("/profile/", {"name": "Timetable", "days": "30"}).content.decode()
    (secret,) = set(re.findall(r"crd_[\w-]+", page))
    assert Machine(secret).get("/cohorts").status_code == 200
    after = khamla.get("/profile/").content.decode()
    assert secret not in after
    assert f"…{secret[-4:]}" in after
    token = ApiToken.objects.get()
    assert secret not in token.digest
    assert khamla.post(f"/profile/tokens/{token.pk}/revoke/").status_code == 302
    assert Machine(secret).get("/cohorts").status_code == 401


def test_a_token_without_a_name_is_not_made(khamla: Client):
    assert khamla.post("/profile/", {"name": " ", "days": "30"}).status_code == 422
    assert khamla.post("/profile/", {"name": "x", "days": "5000"}).status_code == 422
    assert not ApiToken.objects.exists()


def test_nobody_revokes_another_s_token(khamla: Client):
    khamla.post("/profile/", {"name": "Timetable", "days": "30"})
    other = Client()
    user = make_user("nimali")
    make_seat(user, "auditor")
    other.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert other.post(f"/profile/tokens/{ApiToken.objects.get().pk}/revoke/").status_code == 404
    assert ApiToken.objects.get().revoked_at is None


def test_a_visitor_signs_in_first(client: Client):
    assert client.get("/profile/").status_code == 302
