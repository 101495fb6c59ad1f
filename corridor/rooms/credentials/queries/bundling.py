"""The bundle of what is published here, for verifiers without a network: signed by the alliance, and dated."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..addresses import alliance_did, bundle_url, programme_url, status_list_url
from ..alliance import alliance_document, alliance_signer
from ..keys import published
from ..models import KeptDocument, KeptIssuer, RecognitionStatement, RegisterEdition, SigningKey, StatusList
from ..proofs.bundles import sign_bundle
from ..proofs.contexts import PINS
from ..proofs.data_integrity import as_text
from ..proofs.facts import Kind
from ..remembering import remembered


@dataclass(frozen=True)
class VerifierBundle:
    """The signed text, and the instant of which it is."""

    text: str
    created: datetime


def verifier_bundle(*, at: datetime, by: Actor) -> VerifierBundle:
    """
    Register of issuers, DID documents with their ended keys, status lists with their reasons, and what certificates count as where; the same of
    issuers that came from another house. ``at`` is the world's own instant.

    Within one hour the same content gives the same text, whichever server makes it; a revocation is in the next one at once.

    :raises NotFound: as long as the alliance has signed no register.
    """
    by.require(Permission.MEMBER_VIEW)
    register = RegisterEdition.objects.first()
    if register is None:
        raise NotFound(N_("The alliance has signed no register of issuers yet."))
    lists = list(
        StatusList.objects.exclude(signed_list="")
        .select_related("organisation")
        .order_by("organisation__reference", "number")
    )
    key, _ = alliance_signer()
    hour = at.replace(minute=0, second=0, microsecond=0)
    kept = list(KeptIssuer.objects.prefetch_related("documents").order_by("taken_at", "did"))
    signed = [each.signed_at for each in lists if each.signed_at]
    created = max(hour, key.made_at, register.signed_at, *signed, *(each.taken_at for each in kept))
    content = {
        "register": json.loads(register.document),
        "dids": list(_documents()),
        "contexts": {url: pin["sha256"] for url, pin in json.loads(PINS.read_text()).items()},
        "lists": [json.loads(each.signed_list) for each in lists],
        "companions": [json.loads(each.signed_companion) for each in lists],
        "sequences": dict(_seen(lists)),
        "recognitions": list(_recognitions()),
        "elsewhere": [_kept(each) for each in kept],
    }
    text = _signed(json.dumps(content), created.replace(microsecond=0), key.public_hex)
    return VerifierBundle(text, created)


@lru_cache(maxsize=2)
def _signed(content: str, created: datetime, _key: str) -> str:
    """Signed once for whoever asks: the last bundle, and the one before while another server is a moment behind."""
    _, signer = alliance_signer()
    return as_text(
        sign_bundle(
            url=bundle_url(), alliance=settings.PUBLIC_URL, alliance_did=alliance_did(), key=signer, created=created, **json.loads(content)
        )
    )  # fmt: skip


def _documents() -> Iterator[dict[str, Any]]:
    issuers = Organisation.objects.filter(pk__in=SigningKey.objects.values("organisation")).order_by("reference")
    for issuer in issuers:
        document = published(issuer.pk, issuer.reference)
        if document is not None:
            yield document
    alliance = alliance_document()
    if alliance is not None:
        yield alliance


def _kept(issuer: KeptIssuer) -> dict[str, Any]:
    """What the kit of an issuer of another house holds that a verifier needs."""
    kind = KeptDocument.Kind
    held: dict[str, list[dict[str, Any]]] = {}
    for each in sorted(issuer.documents.all(), key=lambda each: (each.kind, each.address)):
        if each.kind != kind.CHECKPOINT:
            held.setdefault(each.kind, []).append(json.loads(each.text))
    return {
        "issuer": issuer.did, "alliance": issuer.came_from, "register": next(iter(held.get(kind.REGISTER, [])), None),
        "dids": held.get(kind.DID, []), "statusLists": held.get(kind.STATUS, []), "companions": held.get(kind.COMPANION, []),
    }  # fmt: skip


def _seen(lists: list[StatusList]) -> Iterator[tuple[str, int]]:
    """How often each list had been signed when it last left: more often than the records say, where an older copy of them was put back."""
    for each in lists:
        reference = each.organisation.reference
        seen = remembered(reference, each.number)
        if seen is not None:
            yield status_list_url(reference, each.number), seen.sequence


def _recognitions() -> Iterator[dict[str, Any]]:
    rows = RecognitionStatement.objects.select_related("programme", "document").prefetch_related("authority_names")
    for row in rows.order_by("programme__reference", "credential_kind", "country", "starts_on"):
        said: dict[str, Any] = {
            "programme": programme_url(row.programme.reference), "kind": Kind[row.credential_kind.upper()].value, "country": row.country,
            "recognition": row.recognition, "level": row.level, "authority": row.authority,
            "document": row.document.title if row.document else "", "from": row.starts_on.isoformat(),
        }  # fmt: skip
        names = row.authorities()
        said |= {"authorities": names} if len(names) > 1 else {}
        yield said | ({"before": row.ends_before.isoformat()} if row.ends_before else {})
