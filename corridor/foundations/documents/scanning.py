"""Another program looks at a file before it is kept: a virus scanner, by setting."""

import shlex
import subprocess
from subprocess import DEVNULL

from django.conf import settings

from corridor.kernel.errors import BadInput, Problem, Refusal
from corridor.kernel.wording import N_

CLEAN, FOUND = 0, 1
LONGEST = 60


class NotScanned(Refusal):
    """The scanner did not answer; nothing is kept unlooked at."""


def scan(content: bytes, *, file_name: str) -> None:
    """
    Hand the bytes to the program of ``SCAN_COMMAND``; without one nothing is asked.

    :raises BadInput: if it finds something (exit code 1).
    :raises NotScanned: if it is not there, fails, or does not answer within a minute.
    """
    if not settings.SCAN_COMMAND:
        return
    try:
        ended = subprocess.run(
            shlex.split(settings.SCAN_COMMAND),
            input=content,
            stdout=DEVNULL,
            stderr=DEVNULL,
            timeout=LONGEST,
            check=False,
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        ended = None
    if ended == FOUND:
        raise BadInput(
            [Problem(N_("The virus scanner has found something in this file; it is not kept."), file=file_name)]
        )
    if ended != CLEAN:
        raise NotScanned(
            N_(
                "The file could not be scanned for viruses just now, so it is not kept. Try again in a few minutes, or tell the secretariat."
            )
        )
