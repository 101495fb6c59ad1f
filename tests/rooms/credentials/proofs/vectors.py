"""Where the published test vectors lie: beside the checkout. They are read from there and never copied."""

import json
from pathlib import Path
from typing import Any

import pytest

from corridor.rooms.credentials.proofs import contexts

VECTORS = Path(__file__).parents[4].parent / "shared" / "data" / "vectors"


def vectors(name: str) -> Path:
    """The folder of one set of vectors; skips the test, saying so, when it is not there."""
    folder = VECTORS / name
    if not folder.is_dir():
        pytest.skip(f"the published vectors are not beside the checkout: {folder.relative_to(VECTORS.parents[2])}")
    return folder


def more_contexts() -> contexts.Contexts:
    """The bundled vocabularies and those that the vectors need besides."""
    folder = vectors("jsonld-contexts")
    index: dict[str, Any] = json.loads((folder / "index.json").read_text())
    return contexts.bundled().with_more(
        {url: json.loads((folder / entry["file"]).read_text()) for url, entry in index.items()}
    )
