"""The source as the contracts read it: files below a root folder, parsed once."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOORS = ("corridor/web", "corridor/api", "corridor/commands")
LEFT_OUT = {"migrations", "node_modules", "__pycache__", "built"}


def files(root: Path, *folders: str, ending: str = ".py") -> Iterator[Path]:
    """Every file with that ending below these folders of ``root``, in order; not what is generated."""
    for folder in folders:
        for path in sorted((root / folder).rglob(f"*{ending}")):
            if not LEFT_OUT & set(path.parts):
                yield path


def trees(root: Path, *folders: str) -> Iterator[tuple[str, ast.Module]]:
    for path in files(root, *folders):
        yield path.relative_to(root).as_posix(), _parsed(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2000)
def _parsed(path: Path, _changed: int) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def plant(root: Path, file: str, text: str) -> Path:
    """Write a file with a violation below a temporary root, and return that root."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return root
