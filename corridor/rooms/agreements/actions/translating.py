"""Say that a language version says what the binding text says."""

from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import NotFound, StaleForm
from corridor.kernel.wording import N_, LanguageTags

from ..holding import hold
from ..models import Agreement, AgreementText
from ..refusals import NothingChanged
from ..sides import may_negotiate
from ..translations import binding_mark, binding_texts


@transaction.atomic
def review_translation(*, agreement: Agreement, language: str, over: str, on: date, by: Actor) -> AgreementText:
    """
    It was compared with the binding text as that stands, by who speaks for a party or the secretariat. No part of what is signed.

    :param over: the fingerprint of the binding text that it was compared with (binding_mark).
    :raises NotFound: if there is no text in that language. :raises NothingChanged: if it is the binding one itself.
    :raises StaleForm: if the binding text has changed since.
    """
    if not may_negotiate(agreement, by=by):
        by.require(Permission.AGREEMENT_NEGOTIATE, on=agreement)
    (agreement,) = hold([agreement.pk])
    texts = list(agreement.texts.all())
    text = next((each for each in texts if each.language == language), None)
    if text is None:
        raise NotFound(
            N_("%(agreement)s has no text in “%(language)s”."), agreement=agreement.reference,
            language=LanguageTags.of(language),
        )  # fmt: skip
    if text in binding_texts(texts):
        raise NothingChanged(N_("This text binds; others are compared with it."))
    mark = binding_mark(texts)
    if over != mark:
        raise StaleForm(
            N_("The binding text of %(agreement)s has changed since you read it. Compare again."),
            theirs=mark, yours=over, agreement=agreement.reference,
        )  # fmt: skip
    text.translation, text.follows = AgreementText.Translation.REVIEWED, mark
    text.reviewed_on, text.reviewed_by = on, by.label
    text.save(update_fields=["translation", "follows", "reviewed_on", "reviewed_by"])
    log.record("agreements.translation_reviewed", by=by, subject=agreement)
    return text
