"""A credential in force in its other forms: as one signed token (VC-JWT), and as one of which parts can be shown (SD-JWT VC)."""

from collections.abc import Mapping
from datetime import datetime

from corridor.foundations.access import Actor
from corridor.rooms.people.models import BirthPrecision

from ..in_force import require_in_force
from ..jwt.credentials import write_credential
from ..jwt.selective_credentials import write_selective
from ..keys import key_in_use, signer
from ..lifecycle import CredentialStatus
from ..models import Credential
from ..proofs.json_reading import read_object
from ..wallet import metadata


def credential_token(*, credential: Credential, at: datetime, by: Actor) -> str:  # noqa: ARG001
    """
    The credential as VC-JWT, signed now with the issuer's key of now; whoever holds it (its token, or a right to see it) may have it.

    :raises NotInForce: for one that was suspended, revoked or replaced. :raises NoSigningKey: if its issuer signs no more.
    """
    require_in_force(credential)
    key = signer(key_in_use(credential.issuer, at=at), reference=credential.issuer.reference)
    return write_credential(read_object(credential.document), key=key, at=at)


def credential_parts(
    *,
    credential: Credential,
    at: datetime,
    by: Actor,  # noqa: ARG001
    holder: Mapping[str, str] | None = None,
) -> str:
    """
    The credential as SD-JWT VC with every part that its holder may show; ``holder`` is the key of a wallet. Whoever holds it may have it.

    :raises NotInForce, HolderErased, NoSigningKey: as ``credential_token``.
    """
    require_in_force(credential)
    key = signer(key_in_use(credential.issuer, at=at), reference=credential.issuer.reference)
    person = credential.enrolment.person
    born_on = person.born_on if person.birth_precision == BirthPrecision.DAY else None
    document = read_object(credential.document)
    return write_selective(document, vct=metadata.vct(), key=key, at=at, holder=holder, born_on=born_on)


def is_in_force(*, credential: Credential, by: Actor) -> bool:  # noqa: ARG001
    """Whether it is signed in other forms on demand."""
    return credential.status == CredentialStatus.ISSUED and bool(credential.document)
