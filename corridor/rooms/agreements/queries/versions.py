"""What an agreement said, version by version and day by day, and what differs between two of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.members.standing import local_day_at_home

from ..amendments import merged_with
from ..canonical import Content, content_of, hash_of, read_content
from ..comparing import Difference, differences
from ..merging import Conflict
from ..models import Agreement, AgreementText, AgreementVersion, Signature
from ..translations import binding_mark, translation_of
from ..versions import last_version, version_on
from .agreements import get_agreement


@dataclass(frozen=True)
class VersionReading:
    """One version whole, and whether it is the last one."""

    agreement: Agreement
    version: AgreementVersion
    content: Content
    is_last: bool


@dataclass(frozen=True)
class Comparison:
    """Two versions and every field in which they differ."""

    agreement: Agreement
    before: AgreementVersion
    after: AgreementVersion
    differences: list[Difference]


@dataclass(frozen=True)
class SaidThen:
    """The version of a day: its number and fingerprint, the period, and what each party does."""

    number: int
    hash: str
    starts_on: date
    ends_before: date | None
    roles: dict[str, str]


@dataclass(frozen=True)
class AmendmentReading:
    """What an amendment changes in the version that was copied, and where that conflicts with what is there now."""

    differences: list[Difference]
    conflicts: list[Conflict]
    base: AgreementVersion
    current: AgreementVersion


@dataclass(frozen=True)
class TextStanding:
    """A language version and how it stands to the binding one: "binding", "draft", "reviewed" or "stale"."""

    text: AgreementText
    standing: str


def list_versions(*, reference: str, by: Actor) -> QuerySet[AgreementVersion]:
    """Every version, the first one first. :raises NotFound, AccessDenied: as the text is read."""
    agreement = _readable(reference, by)
    rows = agreement.versions.select_related("party", "amendment").prefetch_related("party__names")
    return rows.defer("canonical").order_by("number")


def read_version(
    *, reference: str, by: Actor, number: int | None = None, on: date | None = None
) -> VersionReading:  # fmt: skip
    """The version of that number, or what the agreement said on that day. :raises NotFound: if there is none."""
    agreement = _readable(reference, by)
    version = version_on(agreement, on) if on is not None else agreement.versions.filter(number=number).first()
    if version is None and on is not None:
        raise NotFound(N_("%(agreement)s was not proposed yet on %(day)s."), agreement=reference, day=on)
    if version is None:
        raise NotFound(N_("%(agreement)s has no version %(number)s."), agreement=reference, number=number)
    last = last_version(agreement)
    is_last = last is not None and last.number == version.number
    return VersionReading(agreement, version, read_content(version.canonical), is_last)


def compare_versions(*, reference: str, first: int, second: int, by: Actor) -> Comparison:
    """:raises NotFound: if one of them is not there. :raises AccessDenied: as the text is read."""
    before = read_version(reference=reference, number=first, by=by)
    after = read_version(reference=reference, number=second, by=by)
    return Comparison(
        before.agreement, before.version, after.version, differences(before.content, after.content)
    )  # fmt: skip


def said_then(*, agreement: Agreement, on: date, by: Actor) -> SaidThen | None:  # noqa: ARG001 (whoever sees the agreement)
    """What of it is public, as it was on that day; None while it was a draft."""
    version = version_on(agreement, on)
    if version is None:
        return None
    content = read_content(version.canonical)
    last = content["ends_before"]
    return SaidThen(
        version.number, version.hash, date.fromisoformat(content["starts_on"]),
        date.fromisoformat(last) if last else None, content["parties"],
    )  # fmt: skip


def signatures_then(*, agreement: Agreement, on: date, by: Actor) -> dict[Any, list[Signature]]:  # noqa: ARG001 (whoever sees the agreement)
    """By the key of the party: the signatures that had been given by the end of that day, and counted then."""
    rows = Signature.objects.filter(party__agreement=agreement, signed_on__lte=on).order_by("signed_on", "pk")
    found: dict[Any, list[Signature]] = {}
    for each in rows:
        if each.superseded_at is None or local_day_at_home(each.superseded_at) > on:
            found.setdefault(each.party_id, []).append(each)
    return found


def read_amendment(*, reference: str, by: Actor) -> AmendmentReading:
    """:raises NotFound: if it is no amendment, or none for this actor. :raises AccessDenied: as the text is read."""
    agreement = _readable(reference, by)
    if agreement.amends is None or agreement.copied_from is None:
        raise NotFound(N_("%(agreement)s amends nothing."), agreement=reference)
    base, current = agreement.copied_from, last_version(agreement.amends)
    content = content_of(agreement)
    said = [
        each
        for each in differences(read_content(base.canonical), content)
        if each.field not in {"kind", "parent", "renews", "announcement"}
    ]
    is_merged = AgreementVersion.objects.filter(amendment=agreement).exists()
    conflicts = [] if is_merged else merged_with(agreement, content)[1]
    return AmendmentReading(said, conflicts, base, current or base)


def language_versions(*, reference: str, by: Actor) -> tuple[list[TextStanding], str]:
    """Each text with how it stands as a translation, and the fingerprint of the binding text (for review_translation)."""
    agreement = _readable(reference, by)
    texts = sorted(agreement.texts.all(), key=lambda text: text.language)
    return [TextStanding(text, translation_of(text, texts)) for text in texts], binding_mark(texts)


def content_hash(*, reference: str, by: Actor) -> str:
    """The fingerprint of what its rows say now, proposed or not. :raises NotFound, AccessDenied: as the text is read."""
    return hash_of(_readable(reference, by))


def read_agreement_whole(*, reference: str, by: Actor) -> Agreement:
    """The agreement as its text is read. :raises NotFound, AccessDenied: as the text is read."""
    return _readable(reference, by)


def _readable(reference: str, by: Actor) -> Agreement:
    """The agreement, with nothing prefetched that leaves bodies out."""
    seen = get_agreement(reference=reference, by=by)
    by.require(Permission.AGREEMENT_VIEW_TEXT, on=seen)
    return Agreement.objects.select_related("amends", "copied_from", "kind", "parent", "renews").get(pk=seen.pk)
