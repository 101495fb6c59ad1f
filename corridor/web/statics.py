"""Addresses of static files carry the version of what was built, so that a browser may keep them long and still see a new release at once."""

from functools import cached_property
from pathlib import Path

from django.contrib.staticfiles.storage import StaticFilesStorage

STAMP = Path(__file__).resolve().parent / "static" / "built" / "made-from.txt"


class VersionedStorage(StaticFilesStorage):
    @cached_property
    def version(self) -> str:
        """Eight letters of the fingerprint that ``tools/make_assets.py`` left; empty before it ran."""
        return STAMP.read_text(encoding="ascii")[:8] if STAMP.exists() else ""

    def url(self, name: str | None, **options: object) -> str:
        address = super().url(name, **options)
        return f"{address}?v={self.version}" if self.version else address
