"""One list as its page, its sheet and the API show it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

Found = Iterable[Any]


@dataclass(frozen=True)
class Case:
    """One list: where its page is, what of its context are the rows, and where the API has them; ``narrowed`` goes into all three."""

    kind: str
    role: str
    page: str
    on_page: Callable[[Any], Found]
    api: str
    in_api: Callable[[Any], Found]
    in_file: Callable[[Any], Any]
    narrowed: dict[str, str] = field(default_factory=dict)
    # What the API calls the same narrowing, and what the sheet needs to know of the page's address.
    api_narrowed: dict[str, str] | None = None
    file_narrowed: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return "-".join([self.kind, self.role, *(f"{name}.{value}" for name, value in self.narrowed.items())])


def references(rows: Iterable[Any]) -> list[str]:
    return [each["reference"] if isinstance(each, dict) else each.reference for each in rows]
