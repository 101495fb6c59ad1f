"""A verdict in the words of a page: one sentence, the named checks with their reasons, and what the reader can do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from corridor.rooms.credentials.certificates.printing import printed
from corridor.rooms.credentials.certificates.words import facts_of
from corridor.rooms.credentials.compact.claims import PaperClaims
from corridor.rooms.credentials.compact.verifying import PaperVerdict
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.proofs.verdicts import Check, CheckName, Result, Verdict, Word
from corridor.web.ui.days import day_text
from corridor.web.ui.hashes import bars_of
from corridor.web.wording import sentence

from .told import Told, in_readers_words, told_of, who_signed

GOOD, BAD, UNKNOWN = "", "bad", "unknown"

HEADINGS: dict[Word, tuple[str, Promise]] = {
    Word.VALID: (GOOD, gettext_lazy("Genuine and in force")),
    Word.REVOKED: (BAD, gettext_lazy("Genuine, but revoked. Do not rely on it.")),
    Word.SUSPENDED: (UNKNOWN, gettext_lazy("Genuine, but suspended. Do not rely on it for now.")),
    Word.REPLACED: (UNKNOWN, gettext_lazy("Genuine, but replaced by a newer certificate")),
    Word.EXPIRED: (UNKNOWN, gettext_lazy("Genuine, but not in force today")),
    Word.TAMPERED: (BAD, gettext_lazy("Changed after it was signed. Do not rely on it.")),
    Word.KEY_ENDED: (BAD, gettext_lazy("Signed with a key that was not in use. Do not rely on it.")),
    Word.KEY_COMPROMISED: (BAD, gettext_lazy("Signed with a key that is not trusted any more. Do not rely on it.")),
    Word.UNKNOWN_ISSUER: (UNKNOWN, gettext_lazy("Genuine signature, but the issuer is not in this register")),
    Word.OUT_OF_SCOPE: (BAD, gettext_lazy("The issuer was not entitled to issue this. Do not rely on it.")),
    Word.MALFORMED: (UNKNOWN, gettext_lazy("This is not a certificate that can be read here")),
}
# Nobody can say that a file is intact whose signature could not be looked at.
NOT_KNOWN = gettext_lazy("We do not know the issuer")
WAYS_OUT: dict[Word, Promise] = {
    Word.REVOKED: gettext_lazy(
        "The reason above is the only one that is published. Ask the holder; who was reassessed has a new certificate."
    ),
    Word.SUSPENDED: gettext_lazy("A suspension is lifted or becomes a revocation. Check again in a few days."),
    Word.REPLACED: gettext_lazy("Ask the holder for the certificate that replaced it, and check that one."),
    Word.EXPIRED: gettext_lazy("What was learned was proved on the days above. Ask the holder for something newer."),
    Word.TAMPERED: gettext_lazy(
        "Ask the holder for the link or the QR code on their own phone, and check again. A file that was printed, scanned "
        "or saved anew by other software also fails this check."
    ),
    Word.KEY_ENDED: gettext_lazy("Ask the issuer whether it issued this, by an address that you find yourself."),
    Word.KEY_COMPROMISED: gettext_lazy("Ask the holder for the certificate that was issued anew in its place."),
    Word.UNKNOWN_ISSUER: gettext_lazy(
        "That does not make it a forgery: we cannot vouch for it. Ask the issuer directly, by an address that you find yourself."
    ),
    Word.OUT_OF_SCOPE: gettext_lazy("Ask the secretariat of the alliance; show it this page."),
    Word.MALFORMED: gettext_lazy(
        "Choose the signed file or the PDF as its holder received it, or paste the address below its QR code. "
        "A photo or a scan holds no signature."
    ),
}
NAMES: dict[CheckName, Promise] = {
    CheckName.SIGNATURE: gettext_lazy("Signature"),
    CheckName.ISSUER: gettext_lazy("Issuer"),
    CheckName.SCOPE: gettext_lazy("Entitled"),
    CheckName.DATES: gettext_lazy("Dates"),
    CheckName.STATUS: gettext_lazy("Revoked or suspended"),
    CheckName.SHAPE: gettext_lazy("Form"),
}
CANNOT_BE_SAID = pgettext_lazy("check", "cannot be said")
NOT_LOOKED_AT = pgettext_lazy("check", "not looked at")
WORDS: dict[tuple[CheckName, Result], Promise] = {
    (CheckName.SIGNATURE, Result.PASS): pgettext_lazy("signature", "fits"),
    (CheckName.SIGNATURE, Result.FAIL): pgettext_lazy("signature", "does not fit"),
    (CheckName.ISSUER, Result.PASS): pgettext_lazy("issuer", "in the register that day"),
    (CheckName.ISSUER, Result.FAIL): pgettext_lazy("issuer", "not in the register that day"),
    (CheckName.ISSUER, Result.UNKNOWN): pgettext_lazy("issuer", "not in our register"),
    (CheckName.SCOPE, Result.PASS): pgettext_lazy("entitled", "yes, for this site and programme"),
    (CheckName.SCOPE, Result.FAIL): pgettext_lazy("entitled", "no"),
    (CheckName.DATES, Result.PASS): pgettext_lazy("dates", "in order"),
    (CheckName.DATES, Result.FAIL): pgettext_lazy("dates", "not in force"),
    (CheckName.STATUS, Result.PASS): pgettext_lazy("revoked or suspended", "no"),
    (CheckName.STATUS, Result.FAIL): pgettext_lazy("revoked or suspended", "yes"),
    (CheckName.SHAPE, Result.PASS): pgettext_lazy("form", "complete"),
    (CheckName.SHAPE, Result.FAIL): pgettext_lazy("form", "not that of a certificate"),
}


@dataclass(frozen=True)
class SaidSo:
    """A sentence to be: its template and what fills it."""

    message: str
    places: Mapping[str, object]


@dataclass(frozen=True)
class CheckRow:
    name: str | Promise
    result: str
    word: str | Promise
    text: str


@dataclass(frozen=True)
class VerdictPage:
    """All that the page of a verdict says. ``said`` stands in the verdict itself, and is None unless signature and form held."""

    verdict: Verdict
    tone: str
    heading: str | Promise
    text: str
    way_out: str | Promise
    checks: tuple[CheckRow, ...]
    # The digits whose bars stand on the printed certificate; empty where it is none of ours.
    fingerprint: str = ""
    # What the paper must show, where its codes were read: as certificates/printing.printed gives it, and the bars of its fingerprint.
    paper: Mapping[str, Any] | None = None
    bars: Sequence[Any] = ()

    @property
    def claims(self) -> PaperClaims | None:
        """What the codes of a paper say; None for what is no paper, and where signature or form did not hold."""
        return self.verdict.paper if isinstance(self.verdict, PaperVerdict) else None

    @property
    def told(self) -> Told | None:
        """What was signed, in the reader's language where it was signed in it."""
        return told_of(self.verdict.said) if self.verdict.said else None


def page_of(verdict: Verdict, *, bars: tuple[int, ...] | None = None) -> VerdictPage:
    tone, heading = HEADINGS[verdict.word]
    if verdict.word is Word.UNKNOWN_ISSUER and verdict.named(CheckName.SIGNATURE).result is not Result.PASS:
        heading = NOT_KNOWN
    rows = tuple(_row(check, verdict) for check in verdict.checks)
    fingerprint = "".join(f"{height:x}" for height in bars or ())
    page = VerdictPage(verdict, tone, heading, _text(verdict), WAYS_OUT.get(verdict.word, ""), rows, fingerprint)
    paper = page.claims
    if paper is None:
        return page
    key = str(verdict.named(CheckName.SIGNATURE).places.get("method", "")).partition("#")[2]
    return replace(page, paper=printed(facts_of(paper, key=key)), bars=bars_of(paper.sha256))


def _text(verdict: Verdict) -> str:
    said = verdict.said
    if verdict.word is Word.TAMPERED:
        return _("The signature does not fit this file. Something in it was altered, and a signature cannot tell what.")
    if verdict.word in {Word.MALFORMED, Word.KEY_ENDED, Word.KEY_COMPROMISED} or said is None:
        first = next((check for check in verdict.checks if check.result in {Result.FAIL, Result.UNKNOWN}), None)
        return _reason(first) if first else ""
    names = told_of(said)
    places = {"issuer": names.issuer.text, "holder": _holder(verdict), "day": day_text(said.issued_on)}
    if verdict.word is Word.UNKNOWN_ISSUER:
        return (
            _("“%(issuer)s” is not in this alliance’s register. It says that it issued this to %(holder)s on %(day)s.")
            % places
        )
    if said.endorses and verdict.word is Word.VALID:
        return _(
            "%(issuer)s endorsed “%(name)s” on %(day)s, in its own words. Nothing in it was changed, and it has not been revoked."
        ) % (places | {"name": names.name.text})
    issued = _("%(issuer)s issued this certificate to %(holder)s on %(day)s.") % places
    if verdict.word is Word.VALID:
        return (
            _(
                "%(issuer)s issued this certificate to %(holder)s on %(day)s. Nothing in it was changed, and it has not been revoked."
            )
            % places
        )
    of = {Word.EXPIRED: CheckName.DATES, Word.OUT_OF_SCOPE: CheckName.SCOPE}.get(verdict.word, CheckName.STATUS)
    check = verdict.named(of)
    if check.result is Result.PASS:
        check = next(each for each in verdict.checks if each.result is not Result.PASS)
    return f"{issued} {_reason(check, verdict)}"


def _holder(verdict: Verdict) -> str:
    """The name in Latin letters where there is one, which stands in any language's sentence; the own name otherwise."""
    names = verdict.said.learner_names if verdict.said else ()
    latin = (name for name in names if any(letter.isascii() and letter.isalpha() for letter in name))
    return next(latin, names[0]) if names else _("its holder")


def rows_of(checks: Iterable[Check]) -> tuple[CheckRow, ...]:
    """Checks without the verdict they stood in, as a report tells them."""
    return tuple(_row(check, None) for check in checks)


def _row(check: Check, verdict: Verdict | None) -> CheckRow:
    otherwise = NOT_LOOKED_AT if check.result is Result.NOT_LOOKED_AT else CANNOT_BE_SAID
    word = WORDS.get((check.name, check.result), otherwise)
    return CheckRow(NAMES[check.name], check.result.value, word, _reason(check, verdict))


def _reason(check: Check, verdict: Verdict | None = None) -> str:
    said = verdict.said if verdict else None
    is_signed = check.name is CheckName.SIGNATURE and check.result is Result.PASS
    if is_signed and said and (signer := who_signed(said, check.places.get("signer"))):
        return _("Every letter is as %(issuer)s signed it.") % {"issuer": signer}
    places = in_readers_words(check.places, said) if said else dict(check.places)
    if places.get("why") in Why.values:
        places["why"] = str(Why(str(places["why"])).label)
    return sentence(SaidSo(check.reason, places))
