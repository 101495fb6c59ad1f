"""Signing the words of papers: with the credential, or later for what was issued before there were such words."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import prefetch_related_objects

from .certificates.words import words_of
from .keys import key_in_use, signer
from .layouts import layouts_for
from .models import Credential
from .proofs.data_integrity import SigningKey
from .refusals import NoSigningKey

_STANDS_ON = (
    "issuer", "signing_key", "status_list__organisation", "cohort__programme", "cohort__site__names",
    "cohort__curriculum_version__titles",
)  # fmt: skip


def sign_papers_held(credentials: Sequence[Credential], *, at: datetime) -> list[Credential]:
    """
    Sign the words of signed credentials that the caller holds, and keep the layout with which each is printed from now on. Whose issuer signs
    no more at that instant stays without: its paper has the address alone. Return those that were signed.
    """
    prefetch_related_objects(list(credentials), *_STANDS_ON)
    keys: dict[object, SigningKey] = {}
    for issuer in {each.issuer_id: each.issuer for each in credentials}.values():
        try:
            keys[issuer.pk] = signer(key_in_use(issuer, at=at), reference=issuer.reference)
        except NoSigningKey:
            continue
    held = [each for each in credentials if each.issuer_id in keys and each.document]
    layouts = layouts_for({(each.issuer_id, each.cohort.programme_id, each.kind) for each in held})
    for each in held:
        each.layout = layouts.get((each.issuer_id, each.cohort.programme_id, each.kind))
    for each, words in zip(held, words_of(held, keys=keys, at=at), strict=True):
        each.signed_words = words
    Credential.objects.bulk_update(held, ["signed_words", "layout"], batch_size=100)
    return held
