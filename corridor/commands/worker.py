"""``./run worker``: do the long work, take up what dead workers left, and seal the audit log."""

import argparse
import logging
import os
import signal
import threading
from contextlib import suppress
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connections

from corridor.foundations.access import NIGHTLY
from corridor.foundations.accounts.forgetting import forget_attempts
from corridor.foundations.audit import checkpoints
from corridor.foundations.audit.sealing import seal_entries
from corridor.foundations.clock import now, real_now, today
from corridor.foundations.guard.starting import refuse_if_unsafe
from corridor.foundations.jobs.reaping import reap
from corridor.foundations.notices.sending import send_due
from corridor.foundations.repeats.answering import forget_answers
from corridor.foundations.sheets.steps.undoing import forget_imports
from corridor.journeys.keep_index import follow_log
from corridor.journeys.remind_members import remind_tonight
from corridor.journeys.remind_retention import remind_of_retention_tonight
from corridor.journeys.sign_for_alliance import sign_what_is_due
from corridor.kernel.errors import WrongMoment
from corridor.rooms.assessment.telling import tell_released
from corridor.rooms.conferences.actions import forget_delegates, forget_passports
from corridor.rooms.credentials.actions import forget_showings, renew_lists
from corridor.rooms.members.mailing import send_letters_due
from corridor.rooms.people.actions.exports import drop_exports

logger = logging.getLogger(__name__)
EVERY = 15
AT_ONCE, FOLLOWED_AT_ONCE = 1000, 5000


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "worker",
        help="do the long work and keep house",
        description="Do long work from the queue until Ctrl-C; every quarter of a minute take up what dead workers left, and seal the audit log. "
        "Any number of workers may run, on any number of machines.",
    )
    parser.add_argument("--once", action="store_true", help="do what is waiting, keep house once, and stop")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    refuse_if_unsafe()
    if arguments.once:
        keep_house()
        _work(batch=True)
        return 0
    stop = threading.Event()
    keeper = threading.Thread(target=_keep_house_until, args=(stop,), name="house", daemon=True)
    keeper.start()
    try:
        _work(batch=False)
    finally:
        died = not keeper.is_alive()
        stop.set()
        keeper.join(timeout=5)
    return 1 if died else 0


def keep_house() -> None:
    """
    Give back what dead workers left, seal the audit log and bring the search index after it, sign status lists and the register of issuers
    before they end, tell learners whose results can be seen by now, send due mail and letters, forget the files of old imports, copies of own
    data whose days are over, what was kept of delegates for a conference, what holders show no more, old attempts to sign in and answers to
    machines, and once a day sign the log.
    """
    reap(at=real_now())
    # Another worker may have begun the night's reminders in the same moment.
    for remind in (remind_tonight, remind_of_retention_tonight):
        with suppress(WrongMoment):
            remind(on=today(), at=real_now(), by=NIGHTLY)
    while seal_entries(at_most=AT_ONCE) == AT_ONCE:
        continue
    while follow_log(at_most=FOLLOWED_AT_ONCE, by=NIGHTLY) == FOLLOWED_AT_ONCE:
        continue
    tell_released(at=now(), by=NIGHTLY)
    renew_lists(at=now(), by=NIGHTLY)
    sign_what_is_due(on=today(), at=real_now(), by=NIGHTLY)
    send_due(at=real_now())
    send_letters_due(at=now(), by=NIGHTLY)
    forget_imports(at=now())
    drop_exports(at=now(), by=NIGHTLY)
    forget_passports(on=today(), by=NIGHTLY)
    forget_delegates(on=today(), at=now(), by=NIGHTLY)
    forget_showings(at=now(), by=NIGHTLY)
    forget_attempts(at=real_now())
    forget_answers(at=real_now())
    if checkpoints.is_due(on=today()):
        # Another worker may be a moment faster, and before the first event there is nothing to sign.
        with suppress(WrongMoment):
            checkpoints.make_checkpoint(on=today(), at=real_now(), by=NIGHTLY)


def _keep_house_until(stop: threading.Event) -> None:
    """A fault that nobody expected stops the worker, to be seen and started again: one that works on in an unkept house sends no mail."""
    try:
        while not stop.wait(EVERY):
            try:
                keep_house()
            except (DatabaseError, OSError):
                # The database or the store was away or busy for a moment; the next time is soon enough.
                logger.warning("The house was not kept this time.", exc_info=True)
            finally:
                connections.close_all()
    finally:
        if not stop.is_set():
            os.kill(os.getpid(), signal.SIGTERM)


def _work(*, batch: bool) -> None:
    call_command("db_worker", queue_name="*", batch=batch, reload=False, startup_delay=not batch, verbosity=0)
