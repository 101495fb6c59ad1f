"""What members sign outside of a cohort: endorsements, and who trains and assesses. Endorsing is done by hand, with a second factor."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.actions.attesting import attest_person, change_attestation
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.lifecycle import AttestationStatus
from corridor.rooms.credentials.queries import attestations
from corridor.rooms.credentials.queries.choices import AttestationKind
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.people import queries as people

from .asking import After, Code, Day, Limit, Page, Reference, Words, page
from .etags import require_version, tagged
from .once import MAKES, made_once
from .tokens import PRIVATE

TAG = "credentials"
router = Router(auth=PRIVATE)


class AttestationOut(Schema):
    """About exactly one thing: a person, a certificate, a member, or what is taught (``curriculum`` with its version)."""

    reference: str
    kind: str
    status: str
    issuer: str
    person: str | None
    credential: str | None
    member: str | None
    curriculum: str | None
    claims: dict[str, str]
    issued_on: date
    expires_before: date | None


class SignedAttestationOut(AttestationOut):
    """``document`` is the signed text, byte for byte; empty after the person it names was erased."""

    document: str


class AttestationIn(Schema):
    """``entitlement`` is that of the issuer, for the programme and the site where the person trains or assesses."""

    kind: Literal["trainer", "assessor"]
    person: Words
    curriculum: Words
    curriculum_version: Words
    entitlement: Words
    expires_before: Day | None = None


class AttestationStepIn(Schema):
    to: Literal["suspended", "issued", "revoked"]
    why: Words = Field(pattern=f"^({'|'.join(Why.values)})$", description="A code: the list of reasons is public")


@router.get("/attestations", response=Page[AttestationOut])
def list_attestations(request: HttpRequest, kind: Code = "", after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """What this account may see, by reference: endorsements of what is taught and of members are for everybody signed in."""
    rows = attestations.list_attestations(by=request.auth, kind=kind, after=after)
    return page(rows, _out, limit=limit, key=lambda each: each.reference)


@router.get("/attestations/{reference}", response=SignedAttestationOut)
def get_attestation(request: HttpRequest, response: HttpResponse, reference: Reference) -> SignedAttestationOut:
    return tagged(_read(request, reference), response)


@router.post("/attestations", response={201: SignedAttestationOut}, openapi_extra=MAKES)
def attest(request: HttpRequest, response: HttpResponse, sent: AttestationIn) -> Status[SignedAttestationOut]:
    """Sign that somebody trains or assesses, for the units that the register or the licences hold for them today."""
    by = request.auth
    by.require(Permission.CREDENTIAL_AWARD)

    def make() -> SignedAttestationOut:
        versions = curricula.list_versions(by=by, curriculum=sent.curriculum)
        version = versions.filter(version=sent.curriculum_version).first()
        right = next((each for each in queries.list_entitlements(by=by) if str(each.pk) == sent.entitlement), None)
        if version is None or right is None:
            raise NotFound(N_("There is no such curriculum or entitlement."))
        made = attest_person(
            kind=AttestationKind(sent.kind), person=people.get_person(reference=sent.person, by=by), version=version, right=right,
            on=clock.today(right.site.zone), at=clock.now(), by=by, expires_before=sent.expires_before,
        )  # fmt: skip
        return _read(request, made.reference)

    return Status(201, made_once(request, response, SignedAttestationOut, make))


@router.post("/attestations/{reference}/steps", response=SignedAttestationOut)
def change(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: AttestationStepIn
) -> SignedAttestationOut:
    """Suspend it, revoke it for ever, or let it stand again. An endorsement is its member's to take back."""
    require_version(request, _read(request, reference))
    found = attestations.get_attestation(reference=reference, by=request.auth)
    change_attestation(
        attestation=found, to=AttestationStatus(sent.to), on=clock.today(), at=clock.now(), by=request.auth, why=Why(sent.why)
    )  # fmt: skip
    return tagged(_read(request, reference), response)


def _read(request: HttpRequest, reference: str) -> SignedAttestationOut:
    found = attestations.get_attestation(reference=reference, by=request.auth)
    return SignedAttestationOut(**_out(found).model_dump(), document=found.document)


def _out(found: Any) -> AttestationOut:
    return AttestationOut(
        reference=found.reference, kind=found.kind, status=found.status, issuer=found.issuer.reference,
        person=found.person.reference if found.person else None,
        credential=found.credential.reference if found.credential else None,
        member=found.member.reference if found.member else None, curriculum=str(found.version) if found.version else None,
        claims={each.language: each.text for each in found.texts.all()}, issued_on=found.issued_on,
        expires_before=found.expires_before,
    )  # fmt: skip
