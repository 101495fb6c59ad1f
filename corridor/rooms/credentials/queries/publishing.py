"""What issuers publish for anybody's verifier, and the bundle that carries all of it away."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..alliance import alliance_document
from ..keys import published
from ..models import Attestation, Credential, DayTree, RegisterEdition, SigningKey, StatusList
from ..proofs.data_integrity import as_text
from ..proofs.registers import Register, read_register
from ..proofs.verdicts import reads_outside_as
from .verification import verify_many


@dataclass(frozen=True)
class Bundle:
    """
    The files of an export, by their path: ``credentials/``, ``attestations/``, ``dids/``, ``status/``, ``companions/``, ``checkpoints/`` and
    ``register.json``, each one JSON object, and ``expect.json``, which says of each file in credentials what software of others must see at that
    instant.
    """

    files: dict[str, str]
    credentials: int


def did_document_text(*, reference: str, as_of: datetime | None = None, by: Actor) -> str:
    """
    A member's DID document, as it is or as it was at an instant.

    :raises NotFound: if the member has (had) no key, or there is no such member.
    """
    by.require(Permission.MEMBER_VIEW)
    member = Organisation.objects.filter(reference=reference).first()
    document = published(member.pk, member.reference, as_of=as_of) if member else None
    if document is None:
        raise NotFound(N_("%(member)s does not issue certificates."), member=reference)
    return as_text(document)


def alliance_document_text(*, as_of: datetime | None = None, by: Actor) -> str:
    """The DID document of the alliance itself. :raises NotFound: if it has (had) no key."""
    by.require(Permission.MEMBER_VIEW)
    document = alliance_document(as_of=as_of)
    if document is None:
        raise NotFound(N_("The alliance has no key of its own yet."))
    return as_text(document)


def list_editions(*, by: Actor) -> QuerySet[RegisterEdition]:
    """The editions of the register of issuers, the latest first, without their texts."""
    by.require(Permission.MEMBER_VIEW)
    return RegisterEdition.objects.defer("document")


def get_edition(*, number: int | None = None, on: date | None = None, by: Actor) -> RegisterEdition:
    """
    An edition of the register of issuers by its number; the last one of a day or before it; else the latest.

    :raises NotFound: if there is none.
    """
    by.require(Permission.MEMBER_VIEW)
    rows = RegisterEdition.objects.all()
    if number is not None:
        rows = rows.filter(number=number)
    if on is not None:
        rows = rows.filter(day__lte=on)
    found = rows.first()
    if found is None:
        raise NotFound(N_("There is no such edition of the register of issuers."))
    return found


def read_edition(*, edition: RegisterEdition, by: Actor) -> Register | None:
    """What an edition says, as it was signed."""
    by.require(Permission.MEMBER_VIEW)
    return read_register(json.loads(edition.document))


def export_bundle(*, at: datetime, by: Actor) -> Bundle:
    """
    Everything that an outsider needs to check every credential without us. ``at`` is the world's own instant: an outside verifier
    looks at its own clock.
    """
    by.require(Permission.CREDENTIAL_EXPORT)
    files = dict(_published_files())
    rows = Credential.objects.exclude(document="").order_by("reference")
    documents = {f"{reference}.json": text for reference, text in rows.values_list("reference", "document")}
    verdicts = verify_many(raws=documents, at=at, by=by)
    files |= {f"credentials/{name}": text for name, text in documents.items()}
    given = Attestation.objects.exclude(document="").order_by("reference").values_list("reference", "document")
    files |= {f"attestations/{reference}.json": text for reference, text in given}
    files["expect.json"] = as_text({name: reads_outside_as(verdict.word) for name, verdict in verdicts.items()})
    return Bundle(files, len(documents))


def _published_files() -> Iterator[tuple[str, str]]:
    issuers = Organisation.objects.filter(pk__in=SigningKey.objects.values("organisation")).order_by("reference")
    for issuer in issuers:
        document = published(issuer.pk, issuer.reference)
        if document is not None:
            yield f"dids/{issuer.reference}.json", as_text(document)
    alliance, register = alliance_document(), RegisterEdition.objects.first()
    if alliance is not None:
        # A reference holds no full stop: this name is no member's.
        yield "dids/the.alliance.json", as_text(alliance)
    if register is not None:
        yield "register.json", register.document
    for tree in DayTree.objects.order_by("number").iterator(chunk_size=200):
        yield f"checkpoints/{tree.number:05}.json", tree.document
    lists = StatusList.objects.exclude(signed_list="").select_related("organisation")
    for listed in lists.order_by("organisation__reference", "number"):
        name = f"{listed.organisation.reference}-{listed.number}.json"
        yield f"status/{name}", listed.signed_list
        yield f"companions/{name}", listed.signed_companion


def get_status_list(*, reference: str, number: int, by: Actor) -> StatusList:
    """A member's list with its signed texts. :raises NotFound: if there is none."""
    by.require(Permission.MEMBER_VIEW)
    rows = StatusList.objects.filter(organisation__reference=reference, number=number).exclude(signed_list="")
    listed = rows.first()
    if listed is None:
        raise NotFound(
            N_("%(member)s publishes no status list of that number (%(number)s)."), member=reference, number=number
        )
    return listed
