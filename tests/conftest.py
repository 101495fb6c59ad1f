"""What ./test asks of pytest: leave out what a run cannot do, pick what a second store should see again, and count."""

import os
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from django.utils import translation

TESTS = Path(__file__).parent
_NUMBERS = count()
DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
    "live_server",
}


@pytest.fixture(autouse=True)
def the_language_of_the_source():
    """A page that a test read in Lao leaves this thread in Lao; the next test begins in English all the same."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def nothing_was_published_before(tmp_path_factory: pytest.TempPathFactory):
    """What a test publishes is remembered beside the database for itself alone; the folder is made at the first use."""
    settings.PUBLISHED_DIR = tmp_path_factory.getbasetemp() / f"published-{next(_NUMBERS)}"
    yield
    settings.PUBLISHED_DIR = None


def pytest_addoption(parser: pytest.Parser) -> None:
    what = "only tests that read or write the database, save those that are marked for one store"
    parser.addoption("--touching-database", action="store_true", help=what)
    parser.addoption("--shots", default=None, metavar="DIR", help="browser tests write screenshots into this folder")


def pytest_itemcollected(item: pytest.Item) -> None:
    if TESTS / "browser" in item.path.parents:
        item.add_marker(pytest.mark.browser)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # Playwright keeps an event loop running in its thread from its first page on, in which Django refuses its database.
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    if config.getoption("--touching-database"):
        chosen = [item for item in items if touches_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen


def touches_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("one_store"):
        return False
    asked_for = set(getattr(item, "fixturenames", ()))
    if issubclass(getattr(item, "cls", None) or object, TransactionTestCase):
        return True
    return item.get_closest_marker("django_db") is not None or bool(asked_for & DATABASE_FIXTURES)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Leave this run's counts where ./test adds them up: once a run, not once more for every worker."""
    if "CORRIDOR_COUNTS" in os.environ and not hasattr(terminalreporter.config, "workerinput"):
        found = {outcome: len(reports) for outcome, reports in terminalreporter.stats.items()}
        failed = found.get("failed", 0) + found.get("error", 0)
        with open(os.environ["CORRIDOR_COUNTS"], "a", encoding="utf-8") as counts:
            counts.write(f"{found.get('passed', 0)} {failed} {found.get('skipped', 0) + found.get('xfailed', 0)}\n")
