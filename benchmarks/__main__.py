"""``python -m benchmarks [NAME ...] [--seconds N] [--json] [--write]``: what is fast and what is not, as ratios of one run."""

import argparse
import base64
import os
import sys
import tempfile
import time
from typing import Any

import django

# A folder and settings of our own, whatever this machine's environment and .env say; only another store may be given.
_place = tempfile.TemporaryDirectory(prefix="corridor-benchmarks-")
for _name in ("CORRIDOR_ENV", "DEBUG", "EXAMPLE_DAY", "HOME_ZONE", "ALLOWED_HOSTS", "PROXY_COUNT"):
    os.environ.pop(_name, None)
_store = os.environ.get("DATABASE_URL", "")
os.environ |= {
    "CORRIDOR_ENV_FILE": "",
    "DATABASE_URL": _store if _store.startswith("postgres") else f"sqlite:///{_place.name}/empty.sqlite3",
    "DOCUMENTS_DIR": f"{_place.name}/documents",
    "DJANGO_SETTINGS_MODULE": "corridor.settings",
    "KEY_ENCRYPTION_KEY": base64.urlsafe_b64encode(bytes(32)).decode(),
    "REQUIRE_SECOND_FACTOR": "0",
    "PUBLIC_URL": "https://alliance.example",
    "PUBLISHED_DIR": f"{_place.name}/published",
    "SECRET_KEY": "guards-nothing-but-a-measurement",
}
django.setup()

from benchmarks import (  # noqa: E402 (they reach tables)
    agreements,
    attendance,
    awards,
    certificates,
    checkin,
    credentials,
    doubles,
    figures,
    imports,
    late,
    lists,
    loading,
    registers,
    results,
    searching,
    syncing,
    workbooks,
)

# Seconds after which nothing more is begun: on a busy machine the last ones are left out, and the results say so.
ENOUGH = 1_200
# What a turn lasts is in seconds; loading and registers are counted in whole runs.
ALL = {
    "credentials": credentials.measure,
    "awards": awards.measure,
    "certificates": certificates.measure,
    "registers": registers.measure,
    "lists": lists.measure,
    "figures": figures.measure,
    "loading": loading.measure,
    "imports": imports.measure,
    "workbooks": workbooks.measure,
    "searching": searching.measure,
    "doubles": doubles.measure,
    "agreements": agreements.measure,
    "late": late.measure,
    "checkin": checkin.measure,
    "syncing": syncing.measure,
    "attendance": attendance.measure,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.partition(": ")[2])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of: {', '.join(ALL)}")
    parser.add_argument("--seconds", type=float, default=1.0, help="the length of one turn (default: 1)")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    parser.add_argument("--write", action="store_true", help="put what was measured into benchmarks/RESULTS.md")
    words = parser.parse_args()
    unknown = [name for name in words.names if name not in ALL]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]}; there are: {', '.join(ALL)}")
    begun, where = time.monotonic(), results.machine()
    measured: dict[str, Any] = {}
    took: dict[str, float] = {}
    for name in words.names or ALL:
        if time.monotonic() - begun > ENOUGH:
            print(f"{name}: left out, the time is up", file=sys.stderr)
            measured[name] = []
            continue
        print(f"{name} ...", file=sys.stderr, flush=True)
        started = time.monotonic()
        measured[name] = ALL[name](words.seconds)
        took[name] = time.monotonic() - started
    print(results.as_json(measured, where) if words.json else results.as_text(measured))
    if words.write:
        results.write(measured, where, took)
    return 0


if __name__ == "__main__":
    with _place:
        sys.exit(main())
