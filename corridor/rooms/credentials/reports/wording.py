"""A verdict in the words of a report: its sentence, and the names of its checks and of how they ended."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..proofs.verdicts import CheckName, Result, Verdict, Word

SENTENCES: dict[Word, Promise] = {
    Word.VALID: gettext_lazy("Genuine and in force"),
    Word.REVOKED: gettext_lazy("Genuine, but revoked. Do not rely on it."),
    Word.SUSPENDED: gettext_lazy("Genuine, but suspended. Do not rely on it for now."),
    Word.REPLACED: gettext_lazy("Genuine, but replaced by a newer certificate"),
    Word.EXPIRED: gettext_lazy("Genuine, but not in force today"),
    Word.TAMPERED: gettext_lazy("Changed after it was signed. Do not rely on it."),
    Word.KEY_ENDED: gettext_lazy("Signed with a key that was not in use. Do not rely on it."),
    Word.KEY_COMPROMISED: gettext_lazy("Signed with a key that is not trusted any more. Do not rely on it."),
    Word.UNKNOWN_ISSUER: gettext_lazy("Genuine signature, but the issuer is not in this register"),
    Word.OUT_OF_SCOPE: gettext_lazy("The issuer was not entitled to issue this. Do not rely on it."),
    Word.MALFORMED: gettext_lazy("This is not a certificate that can be read here"),
}
NOT_KNOWN = gettext_lazy("We do not know the issuer")
NAMES: dict[CheckName, Promise] = {
    CheckName.SIGNATURE: gettext_lazy("Signature"),
    CheckName.ISSUER: gettext_lazy("Issuer"),
    CheckName.SCOPE: gettext_lazy("Entitled"),
    CheckName.DATES: gettext_lazy("Dates"),
    CheckName.STATUS: gettext_lazy("Revoked or suspended"),
    CheckName.SHAPE: gettext_lazy("Form"),
}
RESULTS: dict[Result, Promise] = {
    Result.PASS: pgettext_lazy("check", "passed"),
    Result.FAIL: pgettext_lazy("check", "failed"),
    Result.UNKNOWN: pgettext_lazy("check", "cannot be said"),
    Result.NOT_LOOKED_AT: pgettext_lazy("check", "not looked at"),
}


def sentence_of(verdict: Verdict) -> Promise:
    """What is said first."""
    signature = verdict.named(CheckName.SIGNATURE).result
    if verdict.word is Word.UNKNOWN_ISSUER and signature is not Result.PASS:
        return NOT_KNOWN
    return SENTENCES[verdict.word]
