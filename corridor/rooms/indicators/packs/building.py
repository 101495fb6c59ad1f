"""``report build``: writes the folder. The same edition gives the same bytes."""

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from django.utils import translation

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .as_html import edition_as_html
from .as_json import edition_as_json
from .as_pdf import edition_as_pdf
from .as_xlsx import edition_as_xlsx
from .shape import EVIDENCE, FORMAT, HTML, JSON, MANIFEST, PDF, PUBLIC, XLSX, PackedEdition

WRITERS: Mapping[str, Callable[[PackedEdition], bytes]] = {
    JSON: edition_as_json,
    HTML: edition_as_html,
    XLSX: edition_as_xlsx,
    PDF: edition_as_pdf,
}


def edition_file(edition: PackedEdition, name: str) -> bytes:
    """One public file of an edition by its name in the folder, in the edition's language."""
    with translation.override(edition.language.lower()):
        return WRITERS[name](edition)


def build_pack(edition: PackedEdition, out: Path) -> list[Path]:
    """
    Write ``public``, ``evidence`` (where the edition brings rows) and the manifest into a new or empty folder.

    :raises BadInput: if something stands in the folder already.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInput([Problem(N_("%(folder)s is not an empty folder; nothing was written."), {"folder": str(out)})])
    files = {f"{PUBLIC}/{name}": edition_file(edition, name) for name in WRITERS}
    files |= {
        f"{EVIDENCE}/{each.reference}.jsonl": each.evidence for each in edition.figures if each.evidence is not None
    }
    manifest = {
        "format": FORMAT,
        "edition": edition.reference,
        "fingerprint": edition.fingerprint,
        "figures": [each.reference for each in edition.figures],
        "files": {name: sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    files[MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
    for name, content in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    return [out / name for name in files]
