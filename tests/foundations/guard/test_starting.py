"""Production refuses to start on what is fit for a trial only, and says which."""

from datetime import date

import pytest

from corridor.foundations.accounts.models import User
from corridor.foundations.guard.starting import UnsafeToStart, dangers, refuse_if_unsafe

pytestmark = pytest.mark.django_db


@pytest.fixture
def production(settings):
    settings.ENVIRONMENT = "production"
    settings.SECRET_KEY = "our own, and long enough to be one"
    settings.PUBLIC_URL = "https://alliance.test"
    settings.REQUIRE_SECOND_FACTOR = True
    return settings


def test_a_well_set_production_starts(production):
    refuse_if_unsafe()


def test_a_trial_starts_with_anything(settings):
    settings.ENVIRONMENT, settings.DEBUG, settings.SECRET_KEY = "development", True, settings.DEVELOPMENT_SECRET
    refuse_if_unsafe()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "for-development-only-and-refused-in-production"),
        ("KEY_ENCRYPTION_KEY", ""),
        ("EXAMPLE_DAY", date(2024, 2, 2)),
        ("DEBUG", True),
        ("REQUIRE_SECOND_FACTOR", False),
        ("PUBLIC_URL", "http://alliance.test"),
        ("PUBLIC_URL", "https://alliance.example"),
    ],
)
def test_production_refuses_and_names_the_setting(production, name, value):
    setattr(production, name, value)
    with pytest.raises(UnsafeToStart, match=name):
        refuse_if_unsafe()


@pytest.mark.parametrize("username", ["mei@chongqing.example", "secretariat"])
def test_production_refuses_the_example_s_accounts_and_names_them(production, tmp_path, username):
    (tmp_path / "examples" / "small").mkdir(parents=True)
    (tmp_path / "examples" / "small" / "accounts.csv").write_text(
        "username,role\nsecretariat,secretariat\n", encoding="utf-8"
    )
    production.BASE_DIR = tmp_path
    User.objects.create(username=username)
    with pytest.raises(UnsafeToStart, match=username):
        refuse_if_unsafe()


def test_everything_that_is_wrong_is_named_at_once(production):
    production.DEBUG, production.EXAMPLE_DAY = True, date(2024, 2, 2)
    assert len(dangers()) == 2


def test_a_mistyped_environment_is_not_taken_for_development(settings):
    settings.ENVIRONMENT = "prod"
    with pytest.raises(UnsafeToStart, match="CORRIDOR_ENV"):
        refuse_if_unsafe()
