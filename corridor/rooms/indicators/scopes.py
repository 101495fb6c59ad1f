"""What a figure is narrowed to, in one canonical form: ``brand=code&kind=teacher``, keys in the order of the alphabet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import QuerySet

from corridor.kernel.evidence import UNKNOWN
from corridor.kernel.wording import N_

from .refusals import UnknownScope


@dataclass(frozen=True, slots=True)
class Scope:
    """Pairs of key and code, sorted by key. Empty: everything."""

    codes: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, codes: Mapping[str, str]) -> Self:
        return cls(tuple(sorted((key, code) for key, code in codes.items() if code)))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the canonical form, or the same with its pairs in another order. :raises UnknownScope: for anything else."""
        codes: dict[str, str] = {}
        for pair in text.split("&") if text else []:
            key, equals, code = (part.strip() for part in pair.partition("="))
            if not (key and equals and code) or key in codes:
                raise UnknownScope(
                    N_("“%(text)s” is no scope; write it like brand=name&kind=teacher, each key once."), text=text
                )
            codes[key] = code
        return cls.of(codes)

    def __str__(self) -> str:
        return "&".join(f"{key}={code}" for key, code in self.codes)

    def as_dict(self) -> dict[str, str]:
        return dict(self.codes)

    def get(self, key: str) -> str:
        """The code under that key; empty where it is not narrowed by it."""
        return self.as_dict().get(key, "")

    def without(self, keys: Collection[str]) -> "Scope":
        return Scope(tuple(pair for pair in self.codes if pair[0] not in keys))

    def narrow[Rows: QuerySet[Any]](self, rows: Rows, paths: Mapping[str, str]) -> Rows:
        """Filter by those keys that are columns of these rows (``paths``: key to field); unknown is looked for in the codes."""
        return rows.filter(**{paths[key]: code for key, code in self.codes if key in paths and code != UNKNOWN})
