"""What a paper says, and its claims: a CWT (RFC 8392) with one private claim. Read strictly: what is not written so is not ours."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from uuid import UUID

from corridor.kernel.wording import N_

from ..proofs.shape import WrongShape

Texts = Mapping[str, str]
KINDS = ("award", "statement", "unit", "module", "attendance", "teacher")
RECOGNITIONS = ("attendance", "institution", "national", "referenced", "bilateral")

_ISSUER, _ENDS, _BEGINS, _SIGNED, _ID, _PAPER = 1, 4, 5, 6, 7, -65537
_REFERENCE, _KIND, _NAMES, _TITLE, _ISSUED_BY, _HOST, _SITE, _SITE_CODE, _PROGRAMME = range(1, 10)
_UNITS, _RECOGNISED, _DAY, _LAST_DAY, _LISTED, _SHA256, _ADDRESS, _SPECIMEN, _SIGNATORIES, _BESIDE, _ATTENDED = range(
    10, 21
)
_ALWAYS = {
    _REFERENCE, _KIND, _NAMES, _TITLE, _ISSUED_BY, _SITE, _SITE_CODE, _PROGRAMME, _UNITS, _RECOGNISED, _DAY, _LISTED, _SHA256,
    _ADDRESS,
}  # fmt: skip
_SOMETIMES = {_HOST, _LAST_DAY, _SPECIMEN, _SIGNATORIES, _BESIDE, _ATTENDED}
_FIRST_DAY = date(1970, 1, 1)
_LAST_DAY_OF_ALL = (date.max - _FIRST_DAY).days
_LATEST = 253_402_300_799  # the last second of the year 9999
_WIDEST_OFFSET = timedelta(hours=14)
_MOST_NAMES, _MOST = 8, 200


@dataclass(frozen=True)
class UnitShown:
    """A unit as the paper shows it."""

    code: str
    hours: int
    decided_on: date
    titles: Texts


@dataclass(frozen=True)
class RecognitionShown:
    """What it counts as in one country (two letters), as the paper shows it."""

    country: str
    recognition: str
    level: str
    authority: str
    document: str


@dataclass(frozen=True)
class Signatory:
    """Who stands below with name and office; what signs is the key."""

    name: str
    office: Texts


@dataclass(frozen=True)
class PaperClaims:
    """All that a paper shows in words, and what a reader needs to find out whether it stands."""

    id: UUID
    issuer_did: str
    begins: datetime  # the first instant of the day of issue, in the zone of the site
    signed_at: datetime
    reference: str
    kind: str
    names: tuple[str, ...]
    title: Texts
    issuer: Texts
    host: Texts
    site: Texts
    site_reference: str
    programme_reference: str
    units: tuple[UnitShown, ...]
    recognised: tuple[RecognitionShown, ...]
    last_day: date | None
    ends: datetime | None  # the first instant in which it is not in force any more
    list_address: str
    list_index: int
    sha256: str
    address: str
    is_specimen: bool = False
    signatories: tuple[Signatory, ...] = ()
    beside: tuple[Texts, ...] = ()  # other members that sign the credential
    attended: int | None = None  # whole hours by the registers

    @property
    def issued_on(self) -> date:
        return self.begins.date()

    def without_name(self) -> "PaperClaims":
        """The same, but for whose it is."""
        return replace(self, names=())

    def as_json(self) -> dict[str, Any]:
        """What to compare with what is printed: days as they are written there, texts by language."""
        return {
            "reference": self.reference, "kind": self.kind, "names": list(self.names), "title": dict(self.title),
            "issuer": dict(self.issuer), "host": dict(self.host), "site": dict(self.site),
            "units": [
                {"code": each.code, "hours": each.hours, "decided_on": each.decided_on.isoformat(), "titles": dict(each.titles)}
                for each in self.units
            ],
            "recognised": [
                {
                    "country": each.country, "recognition": each.recognition, "level": each.level,
                    "authority": each.authority, "document": each.document,
                }
                for each in self.recognised
            ],
            "issued_on": self.issued_on.isoformat(), "last_day": self.last_day.isoformat() if self.last_day else None,
            "address": self.address, "fingerprint": self.sha256[:16], "is_specimen": self.is_specimen,
            "signatories": [{"name": each.name, "office": dict(each.office)} for each in self.signatories],
            "beside": [dict(each) for each in self.beside], "attended_hours": self.attended,
        }  # fmt: skip


def write_claims(paper: PaperClaims) -> dict[int, Any]:
    """The claims to sign."""
    shown: dict[int, Any] = {
        _REFERENCE: paper.reference, _KIND: KINDS.index(paper.kind), _NAMES: list(paper.names), _TITLE: dict(paper.title),
        _ISSUED_BY: dict(paper.issuer), _SITE: dict(paper.site), _SITE_CODE: paper.site_reference,
        _PROGRAMME: paper.programme_reference,
        _UNITS: [[each.code, each.hours, _days(each.decided_on), dict(each.titles)] for each in paper.units],
        _RECOGNISED: [
            [each.country, RECOGNITIONS.index(each.recognition), each.level, each.authority, each.document]
            for each in paper.recognised
        ],
        _DAY: _days(paper.issued_on), _LISTED: [paper.list_address, paper.list_index],
        _SHA256: bytes.fromhex(paper.sha256), _ADDRESS: paper.address,
    }  # fmt: skip
    if paper.host:
        shown[_HOST] = dict(paper.host)
    if paper.last_day is not None:
        shown[_LAST_DAY] = _days(paper.last_day)
    if paper.is_specimen:
        shown[_SPECIMEN] = True
    if paper.signatories:
        shown[_SIGNATORIES] = [[each.name, dict(each.office)] for each in paper.signatories]
    if paper.beside:
        shown[_BESIDE] = [dict(each) for each in paper.beside]
    if paper.attended is not None:
        shown[_ATTENDED] = paper.attended
    claims: dict[int, Any] = {
        _ISSUER: paper.issuer_did, _BEGINS: int(paper.begins.timestamp()), _SIGNED: int(paper.signed_at.timestamp()),
        _ID: paper.id.bytes, _PAPER: shown,
    }  # fmt: skip
    return claims if paper.ends is None else claims | {_ENDS: int(paper.ends.timestamp())}


def issuer_in(claims: Mapping[Any, Any]) -> str:
    """Whose word it is said to be; empty where it says nothing."""
    found = claims.get(_ISSUER)
    return found if isinstance(found, str) else ""


def signed_at_in(claims: Mapping[Any, Any]) -> datetime | None:
    """When it is said to have been signed."""
    found = claims.get(_SIGNED)
    return (
        datetime.fromtimestamp(int(found), UTC)
        if found is not None and _is_number(found) and found <= _LATEST
        else None
    )


def read_claims(claims: Mapping[Any, Any]) -> PaperClaims:
    """:raises WrongShape: for claims that ``write_claims`` never writes."""
    shown = claims.get(_PAPER)
    required = {_ISSUER, _BEGINS, _SIGNED, _ID, _PAPER}
    if not isinstance(shown, dict) or not required <= set(claims) <= required | {_ENDS}:
        raise _refused()
    if not _ALWAYS <= set(shown) <= _ALWAYS | _SOMETIMES or (_ENDS in claims) != (_LAST_DAY in shown):
        raise _refused()
    begins = _begins(_instant(claims[_BEGINS]), _day(shown[_DAY]))
    ends = _instant(claims[_ENDS]) if _ENDS in claims else None
    listed = _row(shown[_LISTED], 2)
    if (ends is not None and ends <= begins) or shown.get(_SPECIMEN, True) is not True:
        raise _refused()
    return PaperClaims(
        id=UUID(bytes=_bytes(claims[_ID], 16)),
        issuer_did=_text(claims[_ISSUER]),
        begins=begins,
        signed_at=_instant(claims[_SIGNED]),
        reference=_text(shown[_REFERENCE]),
        kind=KINDS[_number(shown[_KIND], below=len(KINDS))],
        names=tuple(_text(each) for each in _list(shown[_NAMES], least=1, most=_MOST_NAMES)),
        title=_texts(shown[_TITLE]),
        issuer=_texts(shown[_ISSUED_BY]),
        host=_texts(shown[_HOST]) if _HOST in shown else {},
        site=_texts(shown[_SITE]),
        site_reference=_text(shown[_SITE_CODE]),
        programme_reference=_text(shown[_PROGRAMME]),
        units=tuple(_unit(each) for each in _list(shown[_UNITS])),
        recognised=tuple(_recognition(each) for each in _list(shown[_RECOGNISED])),
        last_day=_day(shown[_LAST_DAY]) if _LAST_DAY in shown else None,
        ends=ends.astimezone(begins.tzinfo) if ends else None,
        list_address=_text(listed[0]),
        list_index=_number(listed[1]),
        sha256=_bytes(shown[_SHA256], 32).hex(),
        address=_text(shown[_ADDRESS]),
        is_specimen=_SPECIMEN in shown,
        signatories=tuple(_signatory(each) for each in _list(shown[_SIGNATORIES], least=1)) if _SIGNATORIES in shown else (),
        beside=tuple(_texts(each) for each in _list(shown[_BESIDE], least=1)) if _BESIDE in shown else (),
        attended=_number(shown[_ATTENDED]) if _ATTENDED in shown else None,
    )  # fmt: skip


def _begins(first: datetime, day: date) -> datetime:
    """The first instant of the day of issue in the offset of the site, which day and instant tell together."""
    offset = datetime.combine(day, time(), UTC) - first
    if abs(offset) > _WIDEST_OFFSET or offset % timedelta(minutes=1):
        raise _refused()
    return first.astimezone(timezone(offset))


def _unit(row: Any) -> UnitShown:
    code, hours, day, titles = _row(row, 4)
    return UnitShown(_text(code), _number(hours), _day(day), _texts(titles))


def _recognition(row: Any) -> RecognitionShown:
    country, kind, *details = _row(row, 5)
    level, authority, document = (_text(each, least=0) for each in details)
    if len(_text(country)) != 2:
        raise _refused()
    recognition = RECOGNITIONS[_number(kind, below=len(RECOGNITIONS))]
    return RecognitionShown(country, recognition, level, authority, document)


def _signatory(row: Any) -> Signatory:
    name, office = _row(row, 2)
    return Signatory(_text(name), _texts(office))


def _days(day: date) -> int:
    return (day - _FIRST_DAY).days


def _day(value: Any) -> date:
    return _FIRST_DAY + timedelta(days=_number(value, below=_LAST_DAY_OF_ALL + 1))


def _instant(value: Any) -> datetime:
    return datetime.fromtimestamp(_number(value, below=_LATEST + 1), UTC)


def _number(value: Any, *, below: int = 2**53) -> int:
    if not _is_number(value) or value >= below:
        raise _refused()
    return int(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _text(value: Any, *, least: int = 1) -> str:
    if not isinstance(value, str) or len(value) < least:
        raise _refused()
    return value


def _bytes(value: Any, size: int) -> bytes:
    if not isinstance(value, bytes) or len(value) != size:
        raise _refused()
    return value


def _texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not value:
        raise _refused()
    return {_text(language): _text(text) for language, text in value.items()}


def _list(value: Any, *, least: int = 0, most: int = _MOST) -> list[Any]:
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise _refused()
    return value


def _row(value: Any, size: int) -> list[Any]:
    return _list(value, least=size, most=size)


def _refused() -> WrongShape:
    return WrongShape(N_("It is signed, but not written as this alliance's papers are."))
