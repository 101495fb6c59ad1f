"""What the credentials' room holds about one human being; what an erasure does to a signed text is the holder's choice (ADR 0013)."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_

from .forgetting import drop_of_persons
from .lifecycle import AttestationStatus, CredentialStatus
from .models import Attestation, AttestationKind, Credential, CredentialKind, HolderLink, LinkWay, Showing


class SignedTexts(StrEnum):
    """What becomes of the signed credentials of a person who is erased."""

    FORGET = "forget"
    KEEP = "keep"


SIGNED_TEXTS = {
    SignedTexts.FORGET: _("Take them down: the pages are empty from now on, and only the fingerprints stay"),
    SignedTexts.KEEP: _(
        "Leave them up: the holder wishes that employers can still open them here, with the name in them"
    ),
}


def personal_data(keys: Collection[UUID]) -> list[PersonalPart]:
    """``keys``: all records of one human being. Five statements."""
    held = Credential.objects.filter(enrolment__person__in=keys).select_related("cohort", "issuer")
    return [
        PersonalPart(
            "credentials", N_("Certificates"), ("credentials.Credential",), Permission.CREDENTIAL_VIEW,
            N_("So that whoever sees one can find out whether it is true."),
            N_("For good, unless you wish the signed text to go with an erasure."), OnErasure.EMPTIED,
            N_(
                "That it was issued stays, for figures count it; the signed text with the name goes unless the holder wishes it kept. "
                "A copy in the holder’s hands still verifies."
            ),
            {
                "reference": N_("Reference"), "kind": N_("Kind"), "cohort": N_("Cohort"), "issuer": N_("Issuer"),
                "issued_on": N_("Issued on"), "status": N_("State"),
            },
            [
                {
                    "reference": each.reference, "kind": each.kind, "cohort": each.cohort.reference,
                    "issuer": each.issuer.reference, "issued_on": each.issued_on.isoformat(), "status": each.status,
                }
                for each in held.order_by("reference")
            ],
            {"kind": dict(CredentialKind.choices), "status": dict(CredentialStatus.choices)},
        ),
        _showings(keys),
        _links(keys),
        _attestations(keys),
    ]  # fmt: skip


def _showings(keys: Collection[UUID]) -> PersonalPart:
    rows = Showing.objects.filter(credential__enrolment__person__in=keys).select_related("credential")
    return PersonalPart(
        "showings", N_("What I show of my certificates"),
        ("credentials.Showing", "credentials.ShowingPart", "credentials.ShowingLook", "credentials.ShownText"),
        Permission.RIGHTS_USE, N_("So that you decide who sees what, for what, and until when."),
        N_("The text until it is shown no more; what for, and who gave a name, ninety days longer."), OnErasure.GOES,
        N_("It is yours alone: nothing is counted from it."),
        {
            "certificate": N_("Certificate"), "purpose": N_("What it is for"), "made_at": N_("Since"), "ends_at": N_("Until"),
            "looked": N_("Who gave a name"),
        },
        [
            {
                "certificate": each.credential.reference, "purpose": each.purpose, "made_at": each.made_at.isoformat(),
                "ends_at": (each.ended_at or each.ends_at).isoformat(),
                "looked": " · ".join(look.name for look in each.looks.all()),
            }
            for each in rows.prefetch_related("looks").order_by("made_at", "pk")
        ],
    )  # fmt: skip


def _links(keys: Collection[UUID]) -> PersonalPart:
    rows = HolderLink.objects.filter(credential__enrolment__person__in=keys).select_related("credential")
    return PersonalPart(
        "holder_links", N_("Links to my certificates"), ("credentials.HolderLink",), Permission.CREDENTIAL_HAND_OVER,
        N_("So that you come to your certificates without an account."),
        N_("For good, without your address: that goes when the link has ended."), OnErasure.EMPTIED,
        N_("That a link was made and used stays; to which address it went does not."),
        {
            "certificate": N_("Certificate"), "way": N_("How it came"), "email": N_("E-mail"), "made_at": N_("Made"),
            "used_at": N_("Used"),
        },
        [
            {
                "certificate": each.credential.reference, "way": each.way, "email": each.email,
                "made_at": each.made_at.isoformat(), "used_at": each.used_at.isoformat() if each.used_at else None,
            }
            for each in rows.order_by("made_at", "pk")
        ],
        {"way": dict(LinkWay.choices)},
    )  # fmt: skip


def _attestations(keys: Collection[UUID]) -> PersonalPart:
    rows = Attestation.objects.filter(person__in=keys).select_related("issuer").order_by("reference")
    return PersonalPart(
        "attestations", N_("Attestations that I train or assess"), ("credentials.Attestation",), Permission.CREDENTIAL_VIEW,
        N_("So that whoever sees one can find out whether it is true."),
        N_("For good, unless you wish the signed text to go with an erasure."), OnErasure.EMPTIED,
        N_("That it was signed stays; the signed text with the name goes unless the holder wishes it kept."),
        {
            "reference": N_("Reference"), "kind": N_("Kind"), "issuer": N_("Issuer"), "issued_on": N_("Issued on"),
            "status": N_("State"),
        },
        [
            {
                "reference": each.reference, "kind": each.kind, "issuer": each.issuer.reference,
                "issued_on": each.issued_on.isoformat(), "status": each.status,
            }
            for each in rows
        ],
        {"kind": dict(AttestationKind.choices), "status": dict(AttestationStatus.choices)},
    )  # fmt: skip


def signed_texts(keys: Collection[UUID], *, by: Actor) -> dict[str, str]:
    """The signed credentials of these persons by reference, byte for byte, for the copy of their own data."""
    by.require(Permission.RIGHTS_USE)
    rows = Credential.objects.filter(enrolment__person__in=keys).exclude(document="").order_by("reference")
    attested = Attestation.objects.filter(person__in=keys).exclude(document="").order_by("reference")
    return dict(rows.values_list("reference", "document")) | dict(attested.values_list("reference", "document"))


def forget(keys: Collection[UUID], *, wish: SignedTexts, at: datetime, by: Actor) -> int:
    """
    Take down the signed texts of these persons unless they wish them kept; the fingerprint of each stays. Return how many went.

    What they showed to somebody goes in any case, and links that were made for them end.
    """
    by.require(Permission.PERSON_ERASE)
    drop_of_persons(keys, at=at)
    if wish == SignedTexts.KEEP:
        return 0
    held = list(
        Credential.objects.select_for_update(of=("self",))
        .filter(enrolment__person__in=keys)
        .exclude(document="")
        .order_by("pk")
    )
    for each in held:
        each.document_sha256 = sha256(each.document.encode()).hexdigest()
        each.document, each.signed_words, each.forgotten_at = "", "", at
    gone = ["document", "signed_words", "document_sha256", "forgotten_at"]
    Credential.objects.bulk_update(held, gone, batch_size=200)
    log.record_each("credentials.forgotten", by=by, subjects=held)
    # What waits for further signatures names the person too, and is never issued now.
    Credential.objects.filter(enrolment__person__in=keys).exclude(prepared="").update(prepared="")
    return len(held) + _forget_attestations(keys, at=at, by=by)


def _forget_attestations(keys: Collection[UUID], *, at: datetime, by: Actor) -> int:
    rows = Attestation.objects.select_for_update(of=("self",)).filter(person__in=keys).exclude(document="")
    held = list(rows.order_by("pk"))
    for each in held:
        each.document_sha256 = sha256(each.document.encode()).hexdigest()
        each.document, each.forgotten_at = "", at
    Attestation.objects.bulk_update(held, ["document", "document_sha256", "forgotten_at"], batch_size=200)
    log.record_each("credentials.forgotten", by=by, subjects=held)
    return len(held)
