"""
A database backend: as Django's own for SQLite, but the threads of a process begin their transactions one after the other.

SQLite lets one transaction write at a time; the others sleep and ask again, up to a tenth of a second each time, and whoever asks at the right
moment wins. Of sixteen writers some then wait a hundred times as long as others (https://www.sqlite.org/c3ref/busy_timeout.html). A lock of the
process wakes the next one at once. Between processes SQLite's own waiting stays.
"""

import os
import sys
import threading
from collections import defaultdict
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

LONGEST_WAIT = 20.0
# Who writes comes back from SQLite several times, and each time waits until another thread of the process lets it compute again: by Python's
# default up to 5 ms, in which nobody else in the house can write. Of a process that answers one request at a time nothing changes.
sys.setswitchinterval(0.0005)

_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


class DatabaseWrapper(base.DatabaseWrapper):
    """
    A connection that takes its turn before ``BEGIN IMMEDIATE`` and gives it back with the commit, the rollback or its end.

    :raises OperationalError: "database is locked", if its turn does not come within ``OPTIONS["timeout"]`` seconds.
    """

    _turn: threading.Lock | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._give_back()
            raise

    def _commit(self) -> Any:
        done = super()._commit()  # a commit that fails is rolled back, and keeps its turn until then
        self._give_back()
        return done

    def _rollback(self) -> Any:
        try:
            return super()._rollback()
        finally:
            self._give_back()

    def _close(self) -> Any:
        try:
            return super()._close()
        finally:
            self._give_back()

    def _take_turn(self) -> None:
        if (
            self.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE"
            or self._turn is not None
            or self.is_in_memory_db()
        ):
            return
        turn = _turns[os.path.abspath(self.settings_dict["NAME"])]
        if not turn.acquire(timeout=self.settings_dict["OPTIONS"].get("timeout", LONGEST_WAIT)):
            raise OperationalError("database is locked")
        self._turn = turn

    def _give_back(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.release()


os.register_at_fork(after_in_child=_turns.clear)
