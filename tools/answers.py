"""Does a server answer? ``answers.py URL`` tries for a second and exits 0 if it did, whatever it said."""

import sys
import time
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import urlopen


def answers(url: str, *, within: float = 1.0) -> bool:
    """True once the address answers; False when the seconds are over."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            with urlopen(url, timeout=5):
                return True
        except HTTPError:
            return True
        except (OSError, HTTPException):
            time.sleep(0.1)
    return False


if __name__ == "__main__":
    sys.exit(not answers(sys.argv[1]))
