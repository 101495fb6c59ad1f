"""Writers of one process take turns on SQLite: none is refused, and a turn is given back however a transaction ends."""

import os
import threading

import pytest
from django.db import OperationalError, connection, transaction

from corridor.foundations.audit.models import Entry
from corridor.foundations.sqlite import base

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="turns are SQLite's"),
]


def _turn() -> threading.Lock:
    return base._turns[os.path.abspath(connection.settings_dict["NAME"])]


def _write(event: str) -> None:
    Entry.objects.create(event=event, by="somebody", subject="a thing")


def _in_thread(work) -> list[BaseException]:
    """What went wrong in a thread with a connection of its own."""
    wrong: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 (told to the test)
            wrong.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()
    return wrong


def test_a_turn_lasts_from_the_beginning_to_the_commit():
    with transaction.atomic():
        assert _turn().locked()
        with transaction.atomic():
            _write("inner")
        assert _turn().locked()
    assert not _turn().locked()


def test_a_turn_is_given_back_when_a_transaction_is_undone():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _write("undone")
        raise ZeroDivisionError
    assert not _turn().locked()
    assert not Entry.objects.filter(event="undone").exists()


def test_a_turn_is_given_back_by_a_connection_that_ends_in_its_transaction():
    def work() -> None:
        with transaction.atomic():
            _write("lost")
            connection.close()

    _in_thread(work)
    assert not _turn().locked()
    assert not Entry.objects.filter(event="lost").exists()


def test_whoever_waits_too_long_is_refused_and_can_try_again(monkeypatch):
    def work() -> None:
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
        with transaction.atomic():
            _write("too early")

    with transaction.atomic():
        _write("first")
        [wrong] = _in_thread(work)
    assert isinstance(wrong, OperationalError)
    assert _in_thread(work) == []
    assert Entry.objects.filter(event="too early").count() == 1


def test_sixteen_writers_lose_nothing():
    def work() -> None:
        for _ in range(5):
            with transaction.atomic():
                _write("one of many")

    wrong: list[BaseException] = []
    writers = [threading.Thread(target=lambda: wrong.extend(_in_thread(work))) for _ in range(16)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert wrong == []
    assert Entry.objects.filter(event="one of many").count() == 80
    assert not _turn().locked()
