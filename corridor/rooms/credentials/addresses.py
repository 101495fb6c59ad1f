"""
The addresses that stand in credentials for ever, all under PUBLIC_URL.

    did:web:HOST:members:REF          a member as an issuer; its document stands at /members/REF/did.json
    did:web:HOST                      the alliance, which signs the register and the trees; /.well-known/did.json
    /issuers/N.json                   the N-th edition of the register of issuers; /issuers.json is the latest
    /checkpoints/N.json               the N-th checkpoint: the tree of a day
    /verify/bundle.json               all of these in one signed file, for verifiers without a network
    /status/REF/N  and  .../reasons   its N-th status list, and what the set bits mean
    /c/TOKEN                          the holder's page of one credential; TOKEN is 128 random bits
    /shown/TOKEN              what a holder shows for a time; /claim/SECRET opens a holder's certificates once
    /curricula/REF/VERSION#CODE       a unit; #award and #statement name the two achievements
    /sites/REF, /programmes/REF       what an entitlement is for

A credential's own ``id`` is ``urn:uuid:`` and its key, not an address: the list of reasons names it in public when it replaces another.
"""

from uuid import UUID

from django.conf import settings

from .proofs.did_documents import did_web, verification_method

_MEMBERS = "members"


def did_of(reference: str) -> str:
    """The did:web of a member by its reference."""
    return did_web(settings.PUBLIC_URL, _MEMBERS, reference)


def alliance_did() -> str:
    """The did:web of the alliance itself."""
    return did_web(settings.PUBLIC_URL)


def register_url(number: int) -> str:
    return f"{settings.PUBLIC_URL}/issuers/{number}.json"


def bundle_url() -> str:
    return f"{settings.PUBLIC_URL}/verify/bundle.json"


def checkpoint_url(number: int) -> str:
    return f"{settings.PUBLIC_URL}/checkpoints/{number}.json"


def member_of(did: str) -> str | None:
    """The reference of the member whose did:web this is, or None for a DID that is not one of ours."""
    start = did_of("")
    reference = did.removeprefix(start)
    return reference if did.startswith(start) and reference and did_of(reference) == did else None


def key_name(reference: str, fragment: str) -> str:
    return verification_method(did_of(reference), fragment)


def status_list_url(reference: str, number: int) -> str:
    return f"{settings.PUBLIC_URL}/status/{reference}/{number}"


def status_list_of(url: str) -> tuple[str, int] | None:
    """The member's reference and the number of the list at that address, or None for an address that is not one of ours."""
    start = f"{settings.PUBLIC_URL}/status/"
    reference, _, number = url.removeprefix(start).partition("/")
    if not url.startswith(start) or not reference or not (number.isascii() and number.isdecimal() and len(number) < 5):
        return None
    return reference, int(number)


def holder_url(token: str) -> str:
    return f"{settings.PUBLIC_URL}/c/{token}"


def showing_url(token: str) -> str:
    return f"{settings.PUBLIC_URL}/shown/{token}/"


def token_of(address: str) -> str | None:
    """The token in the address of a holder's page (or of a file below it), or None for an address that is not one of ours."""
    start = f"{settings.PUBLIC_URL}/c/"
    if not address.startswith(start):
        return None
    return address.removeprefix(start).partition("/")[0].partition("?")[0].partition("#")[0] or None


def credential_id(key: UUID) -> str:
    return f"urn:uuid:{key}"


def key_of(identifier: str) -> UUID | None:
    """The key in a credential's own id, or None for another's."""
    try:
        key = UUID(identifier.removeprefix("urn:uuid:"))
    except ValueError:
        return None
    return key if credential_id(key) == identifier else None


def curriculum_url(reference: str, version: str, part: str) -> str:
    """A unit by its code, or ``award`` or ``statement``."""
    return f"{settings.PUBLIC_URL}/curricula/{reference}/{version}#{part}"


def member_address(reference: str) -> str:
    """The public page of a member."""
    return f"{settings.PUBLIC_URL}/members/{reference}/"


def site_url(reference: str) -> str:
    return f"{settings.PUBLIC_URL}/sites/{reference}"


def programme_url(reference: str) -> str:
    return f"{settings.PUBLIC_URL}/programmes/{reference}"


def programme_of(address: str) -> str | None:
    """The reference of the programme at that address, or None for an address that is not one of ours."""
    reference = address.removeprefix(programme_url(""))
    return reference if reference and address == programme_url(reference) else None
