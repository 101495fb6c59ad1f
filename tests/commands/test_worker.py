"""The worker does not go on in a house that nobody keeps."""

import signal
import threading

import pytest

from corridor.commands.worker import _keep_house_until


class Broken(threading.Event):
    """Something that nobody expected, in the middle of the house."""

    def wait(self, timeout: float | None = None) -> bool:
        raise RuntimeError("nobody expected this")


@pytest.fixture
def stops():
    heard: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _frame: heard.append(number))
    yield heard
    signal.signal(signal.SIGTERM, before)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_that_nobody_expected_stops_the_worker(stops):
    keeper = threading.Thread(target=_keep_house_until, args=(Broken(),))
    keeper.start()
    keeper.join(timeout=10)
    assert stops == [signal.SIGTERM]


def test_a_worker_that_is_asked_to_stop_ends_in_peace(stops):
    stop = threading.Event()
    stop.set()
    _keep_house_until(stop)
    assert stops == []
