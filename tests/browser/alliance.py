"""The example alliance behind the product's own server: loaded once a run, a copy for each worker, put back after a test that writes."""

import base64
import fcntl
import http.cookiejar
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from tools.answers import answers

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "five-minute-walk"
DAY = "2024-02-02"
ACCOUNTS = (
    "secretariat", "secretariat-2", "council", "coordinator-lgtvc", "coordinator-cqipc", "coordinator-company",
    "manager-vientiane", "trainer", "assessor", "learner", "auditor", "key-holder",
)  # fmt: skip


@dataclass(frozen=True)
class Alliance:
    """
    An address that answers, and the folder that it answers from.

    ``loaded`` holds the same alliance as it was loaded, and is never served to a test.
    """

    url: str
    folder: Path
    loaded: Path

    @property
    def database(self) -> Path:
        return self.folder / "alliance.sqlite3"

    def session_of(self, account: str) -> str:
        """The session in which the account signed in when the alliance was loaded."""
        return json.loads((self.loaded / "sessions.json").read_text())[account]

    def further_places(self) -> dict[str, str]:
        """The keys of what further_records.py made, by the names of their places."""
        return json.loads((self.loaded / "places.json").read_text())

    def put_back(self) -> None:
        """As it was loaded, in one transaction: a page that was just closed may still be answered."""
        with (
            closing(sqlite3.connect(self.loaded / "alliance.sqlite3")) as loaded,
            closing(sqlite3.connect(self.database, timeout=20)) as served,
        ):
            served.execute("PRAGMA synchronous=OFF")
            loaded.backup(served)
            served.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def letters_to(self, address: str) -> list[str]:
        """What was written to that address, the latest last."""
        told = []
        for file in sorted((self.folder / "letters").glob("*.log"), key=lambda each: each.stat().st_mtime_ns):
            letter = message_from_bytes(file.read_bytes().rpartition(b"\n" + b"-" * 79)[0], policy=default)
            if letter["To"] == address:
                told.append(letter.get_content())
        return told

    def ask(self, statement: str) -> list[tuple]:
        return read_past(self.database, statement)

    def tell(self, statement: str) -> None:
        """Write into the records past the product, where many steps by hand would prove nothing more."""
        with closing(sqlite3.connect(self.database, timeout=20)) as connection, connection:
            connection.execute(statement)


def read_past(database: Path, statement: str) -> list[tuple]:
    """What the records say, read past the product."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return connection.execute(statement).fetchall()


def environment(folder: Path) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "CORRIDOR_ENV_FILE": "",
        "CORRIDOR_ENV": "development",
        "CORRIDOR_VAR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'alliance.sqlite3'}",
        "EXAMPLE_DAY": DAY,
        "EXAMPLE_PASSWORD": PASSWORD,
        "REQUIRE_SECOND_FACTOR": "0",
        "PUBLIC_URL": "https://ilstc.example",
        "ALLOWED_HOSTS": "127.0.0.1,localhost,ilstc.example",
        "SECRET_KEY": "a-secret-that-guards-nothing-but-these-tests",
        "KEY_ENCRYPTION_KEY": base64.urlsafe_b64encode(bytes(32)).decode(),
        "PYTHONPATH": str(ROOT),
    }


def load_once(folder: Path) -> Path:
    """The loaded alliance in ``folder``; the worker that comes first loads it, and the others wait for it."""
    folder.mkdir(parents=True, exist_ok=True)
    loaded = folder / "loaded"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (loaded / "sessions.json").exists():
            loaded.mkdir(exist_ok=True)
            run(loaded, "migrate")
            run(loaded, "example", "load")
            (loaded / "places.json").write_text(run_module(loaded, "tests.browser.further_records"))
            with served(loaded) as url:
                sessions = {account: sign_in(url, account) for account in ACCOUNTS}
            (loaded / "sessions.json").write_text(json.dumps(sessions))
    return loaded


def run(folder: Path, *words: str) -> str:
    """``./run WORDS`` on the alliance in that folder."""
    return run_module(folder, "corridor.commands", *words)


def run_module(folder: Path, module: str, *words: str) -> str:
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server for that folder, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "server.log").open("w") as log:
        words = [sys.executable, "-m", "corridor.commands", "serve", "--port", str(port), "--workers", "1"]
        server = subprocess.Popen(words, cwd=ROOT, env=environment(folder), stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            assert answers(f"{url}/sign-in/", within=240), (folder / "server.log").read_text()
            yield url
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


@contextmanager
def copy_of(loaded: Path, folder: Path) -> Iterator[Alliance]:
    """A served copy that tests may write into."""
    shutil.copytree(loaded / "documents", folder / "documents")
    shutil.copyfile(loaded / "alliance.sqlite3", folder / "alliance.sqlite3")
    with served(folder) as url:
        yield Alliance(url, folder, loaded)


def sign_in(url: str, account: str) -> str:
    jar = http.cookiejar.CookieJar()
    opener = build_opener(HTTPCookieProcessor(jar))
    opener.open(f"{url}/sign-in/").close()
    held = {cookie.name: cookie.value or "" for cookie in jar}
    fields = {"username": account, "password": PASSWORD, "csrfmiddlewaretoken": held["csrftoken"]}
    opener.open(f"{url}/sign-in/", urlencode(fields).encode()).close()
    held = {cookie.name: cookie.value or "" for cookie in jar}
    assert "sessionid" in held, f"{account} could not sign in"
    return held["sessionid"]
