"""How a language version that does not bind stands to the one that does: not reviewed, reviewed, or stale since the binding text changed."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

import rfc8785

from .canonical import clauses_of, one_line
from .models import AgreementText

BINDING, STALE = "binding", "stale"


def binding_texts(texts: Iterable[AgreementText]) -> list[AgreementText]:
    """The one that prevails; where none does, those that bind equally."""
    ordered = sorted(texts, key=lambda text: text.language)
    prevailing = [text for text in ordered if text.standing == AgreementText.Standing.PREVAILING]
    return prevailing or [text for text in ordered if text.standing == AgreementText.Standing.EQUAL]


def binding_mark(texts: Iterable[AgreementText]) -> str:
    """The fingerprint of what binds; empty where nothing does."""
    said = [[text.language, one_line(text.title), clauses_of(text.body)] for text in binding_texts(texts)]
    return sha256(rfc8785.dumps(said)).hexdigest() if said else ""


def translation_of(text: AgreementText, texts: Sequence[AgreementText]) -> str:
    """ "binding", "draft", "reviewed", or "stale": written or reviewed when the binding text was another."""
    if text in binding_texts(texts):
        return BINDING
    if text.follows and text.follows != binding_mark(texts):
        return STALE
    return str(text.translation)


def carry_over(texts: Sequence[AgreementText], before: Sequence[AgreementText]) -> None:
    """Set on texts that are written anew what is known of them as translations: the same words keep it, others begin as drafts."""
    mark, binding = binding_mark(texts), {text.language for text in binding_texts(texts)}
    known = {text.language: text for text in before}
    for text in texts:
        old = known.get(text.language)
        if text.language in binding:
            text.follows, text.translation = "", AgreementText.Translation.DRAFT
        elif old and (one_line(old.title), clauses_of(old.body)) == (one_line(text.title), clauses_of(text.body)):
            text.follows, text.translation = old.follows, old.translation
            text.reviewed_on, text.reviewed_by = old.reviewed_on, old.reviewed_by
        else:
            text.follows, text.translation = mark, AgreementText.Translation.DRAFT


def mark_drafts(texts: Sequence[AgreementText]) -> None:
    """Set on what nobody has reviewed that it follows what binds now: a language is added, and what bound before still does."""
    mark, binding = binding_mark(texts), {text.language for text in binding_texts(texts)}
    for text in texts:
        if text.translation == AgreementText.Translation.DRAFT:
            text.follows = "" if text.language in binding else mark
