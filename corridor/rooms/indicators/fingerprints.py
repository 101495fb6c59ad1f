"""
The one number that stands for a whole edition: anyone with its figures can compute it again (docs/rules/figures.md, "Evidence").

SHA-256 over one line per figure, in the order of the edition: the figure's particulars and both hashes as RFC 8785 JSON and a line feed.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

import rfc8785

PARTICULARS = (
    "reference",
    "version",
    "code",
    "definition_version",
    "unit",
    "scope",
    "on",
    "from",
    "to",
    "value",
    "numerator",
    "denominator",
    "n",
    "evidence_hash",
    "content_hash",
)


def edition_fingerprint(figures: Iterable[Mapping[str, object]]) -> str:
    """Each figure by its PARTICULARS: texts, whole numbers or None; days are ISO texts, "to" is the last day inside."""
    lines = b"".join(rfc8785.dumps({name: figure.get(name) for name in PARTICULARS}) + b"\n" for figure in figures)  # type: ignore[arg-type, dict-item, misc]
    return sha256(lines).hexdigest()
