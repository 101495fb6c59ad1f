"""
Where the verifier finds what it does not carry: issuers' keys, the register, entitlements, status lists. Nothing here
reaches a network.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from corridor.kernel.wording import N_

from .companions import sequence_of
from .json_reading import read_published
from .refusals import CannotRead
from .registers import Register, is_signed, read_register


@dataclass(frozen=True)
class Registration:
    """
    What a register says of an issuer on a day. ``register`` is the register's name (a template marked for
    translation), ``as_of`` its age.
    """

    name: str
    in_force: bool
    register: str
    as_of: date | None = None


@dataclass(frozen=True)
class NewerList:
    """An older list is shown than was seen before: how often each had been signed."""

    shown: int
    seen: int


@dataclass(frozen=True)
class LeftHouse:
    """The house that an issuer left before its kit was taken over here: its address, and its register where the kit had one."""

    alliance: str
    register: Register | None


class Resolver(Protocol):
    """All that a verifier asks of the world around it. Each answer may be None: not known here."""

    @property
    def public_prefix(self) -> str:
        """
        The address under which sites (``/sites/REF``) and programmes (``/programmes/REF``) are published; empty where
        nobody knows.
        """

    def prefix_for(self, issuer: str) -> str:
        """The same for what that issuer (a DID) issued: it may come from another house."""

    def did_document(self, did: str) -> dict[str, Any] | None:
        """The issuer's DID document."""

    def registration(self, did: str, *, on: date) -> Registration | None:
        """What the register says of the issuer on that day; None when it has never heard of it."""

    def status_list(self, url: str) -> dict[str, Any] | None:
        """The signed status list published at that address."""

    def companion(self, url: str) -> dict[str, Any] | None:
        """The signed reasons published at that address."""

    def newer_list(self, url: str) -> NewerList | None:
        """That a newer list than the one at that address was seen before; None where nobody knows of one."""

    def entitled(self, *, issuer: str, site: str, programme: str, on: date) -> bool | None:
        """Whether the issuer (a DID) might issue for that site and programme (references) on that day."""


class PublishedResolver:
    """
    What issuers and the alliance publish, by address: DID documents, status lists and companions.

    Where ``register`` is the alliance's own, signed by a key in its DID document, it says who was a member and entitled on which day; without
    it *scope* stays unknown. ``seen``: how often each list had been signed, as somebody saw it. ``elsewhere``: issuers that came from another house.
    """

    def __init__(
        self,
        *,
        dids: Mapping[str, dict[str, Any]],
        register: dict[str, Any] | None,
        lists: Mapping[str, dict[str, Any]],
        companions: Mapping[str, dict[str, Any]],
        seen: Mapping[str, int],
        elsewhere: Mapping[str, LeftHouse] = MappingProxyType({}),
    ) -> None:
        self._dids = dids
        self._elsewhere = elsewhere
        self._register = _own_register(register, dids)
        self.public_prefix = self._register.alliance if self._register else ""
        self._lists = lists
        self._companions = companions
        self._seen = seen

    def prefix_for(self, issuer: str) -> str:
        left = self._left(issuer)
        return left.alliance if left else self.public_prefix

    def did_document(self, did: str) -> dict[str, Any] | None:
        return self._dids.get(did)

    def registration(self, did: str, *, on: date) -> Registration | None:
        left = self._left(did)
        if left is not None:
            listed = left.register.issuers.get(did) if left.register else None
            if left.register is None or listed is None:
                return None
            name = N_("the register of the house that it left")
            return Registration(listed.name, listed.was_member(on), name, left.register.day)
        if self._register is not None:
            listed = self._register.issuers.get(did)
            if listed is None:
                return None
            return Registration(listed.name, listed.was_member(on), N_("the alliance's register"), self._register.day)
        if did not in self._dids:
            return None
        return Registration(name=did, in_force=True, register=N_("the issuers in this folder"))

    def status_list(self, url: str) -> dict[str, Any] | None:
        return self._lists.get(url)

    def companion(self, url: str) -> dict[str, Any] | None:
        return self._companions.get(url)

    def newer_list(self, url: str) -> NewerList | None:
        """By the checkpoints, each of which says how often every list had been signed by its day."""
        shown, seen = sequence_of(self._companions.get(f"{url}/reasons")), self._seen.get(url, 0)
        return NewerList(shown, seen) if seen > shown else None

    def entitled(self, *, issuer: str, site: str, programme: str, on: date) -> bool | None:
        left = self._left(issuer)
        register = left.register if left else self._register
        if register is None:
            return None
        listed, prefix = register.issuers.get(issuer), self.prefix_for(issuer)
        places = {"programme": f"{prefix}/programmes/{programme}", "site": f"{prefix}/sites/{site}"}
        return listed is not None and listed.might_issue(**places, on=on)

    def _left(self, issuer: str) -> LeftHouse | None:
        is_ours = self._register is not None and issuer in self._register.issuers
        return None if is_ours else self._elsewhere.get(issuer)


class FolderResolver(PublishedResolver):
    """
    An exported bundle: ``dids/*.json``, ``status/*.json``, ``companions/*.json``, ``checkpoints/*.json`` and ``register.json`` under one folder,
    each file one document with an ``id``. A file that cannot be read is as good as absent.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(
            dids=_documents(folder / "dids"),
            register=next(iter(_documents(folder, "register.json").values()), None),
            lists=_documents(folder / "status"),
            companions=_documents(folder / "companions"),
            seen=highest_sequences(_documents(folder / "checkpoints").values()),
        )


def _own_register(document: dict[str, Any] | None, dids: Mapping[str, dict[str, Any]]) -> Register | None:
    alliance = dids.get(str(document.get("issuer"))) if document else None
    if document is None or alliance is None or not is_signed(document, alliance=alliance):
        return None
    return read_register(document)


def highest_sequences(checkpoints: Iterable[dict[str, Any]]) -> dict[str, int]:
    """How often each list had been signed, as these checkpoints say."""
    found: dict[str, int] = {}
    for each in checkpoints:
        for listed in each.get("statusLists", []):
            if isinstance(listed, dict) and isinstance(listed.get("sequence"), int):
                address = str(listed.get("id"))
                found[address] = max(found.get(address, 0), listed["sequence"])
    return found


def _documents(folder: Path, pattern: str = "*.json") -> Mapping[str, dict[str, Any]]:
    found = {}
    for path in sorted(folder.glob(pattern)):
        try:
            document = read_published(path.read_bytes())
        except CannotRead:
            continue
        if isinstance(document.get("id"), str):
            found[document["id"]] = document
    return found
