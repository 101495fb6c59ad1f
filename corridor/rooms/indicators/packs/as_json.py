"""The edition as JSON: particulars and numbers side by side, as ``figures show --json`` gives them to anyone."""

import json
from typing import Any

from .shape import FORMAT, PackedEdition, PackedFigure


def edition_as_json(edition: PackedEdition) -> bytes:
    said = {
        "format": FORMAT,
        "edition": edition.reference,
        "title": edition.title,
        "alliance": edition.alliance,
        "day": edition.day,
        "published_at": edition.published_at,
        "fingerprint": edition.fingerprint,
        "figures": [_figure(each) for each in edition.figures],
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def _figure(figure: PackedFigure) -> dict[str, Any]:
    return {
        "title": figure.title,
        "counted": figure.counted,
        **figure.said,
        **figure.numbers,
        "signatures": [{"by": each.by, "role": each.role, "on": each.on} for each in figure.signatures],
        "correction": figure.correction,
        "words": {name: {"title": title, "codes": dict(codes)} for name, (title, codes) in figure.words.items()},
    }
