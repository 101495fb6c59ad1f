"""A house that is killed and started again on the same address, and phones that speak to it as their page does, without a browser."""

import gzip
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.client import HTTPException
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.error import URLError
from urllib.request import Request, urlopen
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from corridor.kernel.identifiers import new_id
from tests.factories.devices import Phone, public_text
from tools.answers import answers

from .alliance import DAY, ROOT, environment, read_past

AT_ONCE = 7
PHONE = "/registers/phone/"


class NoAnswer(Exception):
    """Nothing came, or half of it: what was sent may have been taken or not."""


class Place(NamedTuple):
    """A learner on a register, as a phone knows one."""

    pk: UUID


@dataclass
class House:
    """The example alliance in a folder, behind a server with a process group of its own; started again it may be another day there."""

    folder: Path
    loaded: Path
    port: int = 0
    day: str = DAY
    server: Any = None
    kills: int = 0

    @classmethod
    def of(cls, loaded: Path, folder: Path) -> "House":
        folder.mkdir()
        shutil.copytree(loaded / "documents", folder / "documents")
        shutil.copyfile(loaded / "alliance.sqlite3", folder / "alliance.sqlite3")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            return cls(folder, loaded, free.getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "alliance.sqlite3"

    def start(self) -> None:
        words = [sys.executable, "-m", "corridor.commands", "serve", "--port", str(self.port), "--workers", "1"]
        around = environment(self.folder) | {"EXAMPLE_DAY": self.day}
        with (self.folder / "server.log").open("a") as log:
            self.server = subprocess.Popen(words, cwd=ROOT, env=around, stdout=log, stderr=log, start_new_session=True)
        assert answers(f"{self.url}/sign-in/", within=240), (self.folder / "server.log").read_text()

    def kill(self) -> None:
        """As a power cut does: nothing is finished, nothing is closed. A house that is dark already stays so."""
        if self.server.poll() is not None:
            return
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()
        self.kills += 1

    def back_up(self, to: Path) -> None:
        with closing(sqlite3.connect(self.database)) as now, closing(sqlite3.connect(to)) as copy:
            now.backup(copy)

    def restore(self, backup: Path) -> None:
        for beside in ("-wal", "-shm"):
            self.database.with_name(self.database.name + beside).unlink(missing_ok=True)
        shutil.copyfile(backup, self.database)

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        return read_past(self.database, statement)


@dataclass
class FarPhone:
    """A phone of an account over HTTP: what is not answered it sends again."""

    house: House
    session: str
    own: Phone
    registers: list[SimpleNamespace] = field(default_factory=list)
    unanswered: int = 0

    @classmethod
    def of(cls, house: House, account: str) -> "FarPhone":
        key = generate_private_key(SECP256R1())
        session = json.loads((house.loaded / "sessions.json").read_text())[account]
        made = cls(house, session, Phone(SimpleNamespace(), SimpleNamespace(pk=new_id()), key))  # type: ignore[arg-type]
        made.ask("device/", {"id": str(made.own.device.pk), "name": "Far", "public_key": public_text(key)})
        made.registers = [
            SimpleNamespace(
                pk=UUID(each["id"]), number=each["number"], status=each["status"], held_on=date.fromisoformat(each["held_on"]),
                roll=[Place(UUID(place)) for place in each["roll"]],
            )
            for each in made.ask("data/")["registers"]
        ]  # fmt: skip
        return made

    def ask(self, path: str, sent: Any = None) -> Any:
        """:raises NoAnswer: where no whole answer came."""
        body = None if sent is None else json.dumps(sent).encode()
        if body and path == "sync/":
            body = gzip.compress(body)
        token = "c" * 32
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={token}", "X-CSRFToken": token}
        try:
            with urlopen(Request(self.house.url + PHONE + path, body, headers), timeout=30) as answer:
                return json.loads(answer.read())
        except (URLError, HTTPException, OSError, ValueError) as broken:
            raise NoAnswer from broken

    def sync(self) -> None:
        """One batch of what the house has not said to have. :raises NoAnswer:"""
        chosen = self.own.kept[self.own.sent : self.own.sent + AT_ONCE]
        batch = {"format": 1, "device": str(self.own.device.pk), "oldest": 1, "events": deepcopy(chosen)}
        self.own.sent = self.ask("sync/", batch)["last"]

    def sync_all(self, until: datetime) -> None:
        """Until the house has everything, through whatever happens to it."""
        while self.own.sent < len(self.own.kept):
            assert datetime.now(UTC) < until, f"{len(self.own.kept) - self.own.sent} events were never taken"
            try:
                self.sync()
            except NoAnswer:
                self.unanswered += 1
