"""What a member that left does with its folder."""

from datetime import UTC, datetime
from pathlib import Path

from corridor.rooms.credentials import queries
from corridor.rooms.credentials.proofs.resolving import FolderResolver
from corridor.rooms.credentials.proofs.verdicts import Word
from tests.commands.run import run
from tests.factories.actors import VISITOR

AT = datetime(2024, 2, 2, 8, tzinfo=UTC)
YEARS_LATER = datetime(2041, 1, 1, tzinfo=UTC)


def keys_of(kit: Path) -> Path:
    return kit.parent / "keys.json"


def words(credentials, kit, at=YEARS_LATER) -> list[Word]:
    resolver = FolderResolver(kit)
    return [queries.verdict_of(raw=each.document, resolver=resolver, at=at, by=VISITOR).word for each in credentials]


def sign(capsys, kit, *more):
    return run(capsys, "leave", "sign", kit, "--with", keys_of(kit), *more)
