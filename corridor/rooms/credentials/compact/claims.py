"""What a paper says, and its claims: a CWT (RFC 8392) with one private claim. Read strictly: what is not written so is not ours."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from uuid import UUID

from . import values as read

Texts = Mapping[str, str]
KINDS = ("award", "statement", "unit", "module", "attendance", "teacher")
# In which a paper is written that does not say so: those that were signed before it was said.
EARLIER_LANGUAGES = ("zh-Hans", "lo", "en")
RECOGNITIONS = ("attendance", "institution", "national", "referenced", "bilateral")

_ISSUER, _ENDS, _BEGINS, _SIGNED, _ID, _PAPER = 1, 4, 5, 6, 7, -65537
_REFERENCE, _KIND, _NAMES, _TITLE, _ISSUED_BY, _HOST, _SITE, _SITE_CODE, _PROGRAMME = range(1, 10)
_UNITS, _RECOGNISED, _DAY, _LAST_DAY, _LISTED, _SHA256, _ADDRESS = range(10, 17)
_SPECIMEN, _SIGNATORIES, _BESIDE, _ATTENDED, _LANGUAGES = range(17, 22)
_ALWAYS = {
    _REFERENCE, _KIND, _NAMES, _TITLE, _ISSUED_BY, _SITE, _SITE_CODE, _PROGRAMME, _UNITS, _RECOGNISED, _DAY, _LISTED, _SHA256,
    _ADDRESS,
}  # fmt: skip
_SOMETIMES = {_HOST, _LAST_DAY, _SPECIMEN, _SIGNATORIES, _BESIDE, _ATTENDED, _LANGUAGES}
_WIDEST_OFFSET = timedelta(hours=14)
_MOST_NAMES, _MOST_LANGUAGES = 8, 3


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
    languages: tuple[str, ...] = EARLIER_LANGUAGES  # in their order on the paper

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
            "languages": list(self.languages),
        }  # fmt: skip


def write_claims(paper: PaperClaims) -> dict[int, Any]:
    """The claims to sign."""
    shown: dict[int, Any] = {
        _REFERENCE: paper.reference, _KIND: KINDS.index(paper.kind), _NAMES: list(paper.names), _TITLE: dict(paper.title),
        _ISSUED_BY: dict(paper.issuer), _SITE: dict(paper.site), _SITE_CODE: paper.site_reference,
        _PROGRAMME: paper.programme_reference,
        _UNITS: [[each.code, each.hours, read.days(each.decided_on), dict(each.titles)] for each in paper.units],
        _RECOGNISED: [
            [each.country, RECOGNITIONS.index(each.recognition), each.level, each.authority, each.document]
            for each in paper.recognised
        ],
        _DAY: read.days(paper.issued_on), _LISTED: [paper.list_address, paper.list_index],
        _SHA256: bytes.fromhex(paper.sha256), _ADDRESS: paper.address,
    }  # fmt: skip
    if paper.host:
        shown[_HOST] = dict(paper.host)
    if paper.last_day is not None:
        shown[_LAST_DAY] = read.days(paper.last_day)
    if paper.is_specimen:
        shown[_SPECIMEN] = True
    if paper.signatories:
        shown[_SIGNATORIES] = [[each.name, dict(each.office)] for each in paper.signatories]
    if paper.beside:
        shown[_BESIDE] = [dict(each) for each in paper.beside]
    if paper.attended is not None:
        shown[_ATTENDED] = paper.attended
    if paper.languages != EARLIER_LANGUAGES:
        shown[_LANGUAGES] = list(paper.languages)
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
        if found is not None and read.is_number(found) and found <= read.LATEST
        else None
    )


def read_claims(claims: Mapping[Any, Any]) -> PaperClaims:
    """:raises WrongShape: for claims that ``write_claims`` never writes."""
    shown = claims.get(_PAPER)
    required = {_ISSUER, _BEGINS, _SIGNED, _ID, _PAPER}
    if not isinstance(shown, dict) or not required <= set(claims) <= required | {_ENDS}:
        raise read.refused()
    if not _ALWAYS <= set(shown) <= _ALWAYS | _SOMETIMES or (_ENDS in claims) != (_LAST_DAY in shown):
        raise read.refused()
    begins = _begins(read.instant(claims[_BEGINS]), read.day(shown[_DAY]))
    ends = read.instant(claims[_ENDS]) if _ENDS in claims else None
    listed = read.row(shown[_LISTED], 2)
    if (ends is not None and ends <= begins) or shown.get(_SPECIMEN, True) is not True:
        raise read.refused()
    return PaperClaims(
        id=UUID(bytes=read.exactly(claims[_ID], 16)),
        issuer_did=read.text(claims[_ISSUER]),
        begins=begins,
        signed_at=read.instant(claims[_SIGNED]),
        reference=read.text(shown[_REFERENCE]),
        kind=KINDS[read.number(shown[_KIND], below=len(KINDS))],
        names=tuple(read.text(each) for each in read.rows(shown[_NAMES], least=1, most=_MOST_NAMES)),
        title=read.texts(shown[_TITLE]),
        issuer=read.texts(shown[_ISSUED_BY]),
        host=read.texts(shown[_HOST]) if _HOST in shown else {},
        site=read.texts(shown[_SITE]),
        site_reference=read.text(shown[_SITE_CODE]),
        programme_reference=read.text(shown[_PROGRAMME]),
        units=tuple(_unit(each) for each in read.rows(shown[_UNITS])),
        recognised=tuple(_recognition(each) for each in read.rows(shown[_RECOGNISED])),
        last_day=read.day(shown[_LAST_DAY]) if _LAST_DAY in shown else None,
        ends=ends.astimezone(begins.tzinfo) if ends else None,
        list_address=read.text(listed[0]),
        list_index=read.number(listed[1]),
        sha256=read.exactly(shown[_SHA256], 32).hex(),
        address=read.text(shown[_ADDRESS]),
        is_specimen=_SPECIMEN in shown,
        signatories=tuple(_signatory(each) for each in read.rows(shown[_SIGNATORIES], least=1)) if _SIGNATORIES in shown else (),
        beside=tuple(read.texts(each) for each in read.rows(shown[_BESIDE], least=1)) if _BESIDE in shown else (),
        attended=read.number(shown[_ATTENDED]) if _ATTENDED in shown else None,
        languages=_languages(shown[_LANGUAGES]) if _LANGUAGES in shown else EARLIER_LANGUAGES,
    )  # fmt: skip


def _begins(first: datetime, day: date) -> datetime:
    """The first instant of the day of issue in the offset of the site, which day and instant tell together."""
    offset = datetime.combine(day, time(), UTC) - first
    if abs(offset) > _WIDEST_OFFSET or offset % timedelta(minutes=1):
        raise read.refused()
    return first.astimezone(timezone(offset))


def _unit(row: Any) -> UnitShown:
    code, hours, day, titles = read.row(row, 4)
    return UnitShown(read.text(code), read.number(hours), read.day(day), read.texts(titles))


def _recognition(row: Any) -> RecognitionShown:
    country, kind, *details = read.row(row, 5)
    level, authority, document = (read.text(each, least=0) for each in details)
    if len(read.text(country)) != 2:
        raise read.refused()
    recognition = RECOGNITIONS[read.number(kind, below=len(RECOGNITIONS))]
    return RecognitionShown(country, recognition, level, authority, document)


def _signatory(row: Any) -> Signatory:
    name, office = read.row(row, 2)
    return Signatory(read.text(name), read.texts(office))


def _languages(value: Any) -> tuple[str, ...]:
    found = tuple(read.text(each) for each in read.rows(value, least=1, most=_MOST_LANGUAGES))
    if len(set(found)) < len(found):
        raise read.refused()
    return found
