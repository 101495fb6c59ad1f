"""Credentials as their reader may see them, who may issue what where, and what credentials count as in each country."""

from dataclasses import asdict
from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.actions import ManyStep
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.training import queries as training

from .asking import After, Code, Limit, On, Page, Reference, Words, page, rows_after
from .etags import tagged
from .leaving import Read, note_read
from .once import MAKES, made_once
from .tokens import PRIVATE, PUBLIC

TAG = "credentials"
router = Router(auth=PRIVATE)


class CredentialOut(Schema):
    """The address that its holder shows is not told here: it is the holder's to give."""

    reference: str
    kind: str
    status: str
    cohort: str
    number: int
    own_name: str
    own_language: str
    romanised_name: str
    issuer: str
    issued_on: date
    expires_before: date | None


class WholeCredentialOut(Schema):
    reference: str
    kind: str
    status: str
    cohort: str
    number: int
    issuer: str
    site: str
    programme: str
    signing_key: str | None
    status_list: int
    status_index: int
    issued_on: date
    expires_before: date | None
    replaces: str | None
    replaced_by: str | None


class SignedTokenOut(Schema):
    """One signed token (VC-JWT by the rules of Open Badges 3.0)."""

    reference: str
    token: str


class TranscriptOut(Schema):
    """All certificates in force of one person: as CLR 2.0 (a signed token) and as ELMO 1.7 (XML)."""

    person: str
    certificates: list[str]
    clr: str
    elmo: str


class ChangesIn(Schema):
    """One step for up to 2,000, all or none. ``dry_run`` says what would become of each and keeps nothing."""

    references: list[Words] = Field(min_length=1, max_length=2_000)
    step: Literal["suspend", "lift", "replace", "revoke"]
    why: Words = Field(pattern=f"^({'|'.join(Why.values)})$", description="A code: the list of reasons is public")
    dry_run: bool = False


class EffectOut(Schema):
    """``is_told``: its holder has an account and is told in their own language."""

    reference: str
    before: str
    after: str
    is_told: bool
    replaced_by: str


class ChangesOut(Schema):
    dry_run: bool
    effects: list[EffectOut]


class EntitlementOut(Schema):
    """A member may issue for a programme at a site, from a day until a day."""

    id: str
    issuer: str
    site: str
    programme: str
    starts_on: date
    ends_before: date | None


class RecognitionOut(Schema):
    id: str
    programme: str
    credential_kind: str
    country: str
    recognition: str
    level: str
    authority: str
    # By language: in English, and where its name was reviewed.
    authorities: dict[str, str]
    document: str | None
    decided_on: date | None
    starts_on: date
    ends_before: date | None


@router.get("/credentials", response=Page[CredentialOut])
def list_credentials(
    request: HttpRequest,
    response: HttpResponse,
    read: Read,
    cohort: Code = "",
    status: Code = "",
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """Credentials that this account may see, by reference. What leaves its country with the answer stands in the ledger of transfers."""

    def key(row: queries.CredentialRow) -> str:
        return row.credential.reference

    by = request.auth
    of = training.get_cohort(reference=cohort, by=by) if cohort else None
    found = queries.list_credentials(by=by, cohort=of, status=status or None, after=after, limit=limit + 1)
    places = [row.credential.enrolment_id for row in found[:limit]]
    note_read(request, response, read, about="/credentials", records=places)
    return page(found, _row, limit=limit, key=key)


@router.get("/credentials/{reference}", response=WholeCredentialOut)
def get_credential(
    request: HttpRequest, response: HttpResponse, reference: Reference, read: Read
) -> WholeCredentialOut:
    found = queries.get_credential(reference=reference, by=request.auth)
    note_read(request, response, read, about="/credentials", records=[found.enrolment_id])
    return tagged(
        WholeCredentialOut(
            reference=found.reference,
            kind=found.kind,
            status=found.status,
            cohort=found.cohort.reference,
            number=found.enrolment.number,
            issuer=found.issuer.reference,
            site=found.cohort.site.reference,
            programme=found.cohort.programme.reference,
            signing_key=found.signing_key.fragment if found.signing_key else None,
            status_list=found.status_list.number,
            status_index=found.status_index,
            issued_on=found.issued_on,
            expires_before=found.expires_before,
            replaces=found.replaces.reference if found.replaces else None,
            replaced_by=replaced.reference if (replaced := getattr(found, "replaced_by", None)) else None,
        ),
        response,
    )


@router.get("/credentials/{reference}/token", response=SignedTokenOut)
def get_credential_token(
    request: HttpRequest, response: HttpResponse, reference: Reference, read: Read
) -> SignedTokenOut:
    """A certificate in force as one signed token, signed now by its issuer."""
    found = queries.get_credential(reference=reference, by=request.auth)
    token = queries.credential_token(credential=found, at=clock.now(), by=request.auth)
    note_read(request, response, read, about="/credentials", records=[found.enrolment_id])
    return SignedTokenOut(reference=found.reference, token=token)


@router.get("/persons/{reference}/transcript", response=TranscriptOut)
def get_transcript(request: HttpRequest, response: HttpResponse, reference: Reference, read: Read) -> TranscriptOut:
    """404 where this account sees no certificate in force of that person."""
    by, at = request.auth, clock.now()
    found = queries.list_in_force(person=reference, by=by)
    said = TranscriptOut(
        person=reference, certificates=[each.reference for each in found],
        clr=queries.transcript_clr(person=reference, at=at, by=by),
        elmo=queries.transcript_elmo(person=reference, at=at, by=by).decode(),
    )  # fmt: skip
    note_read(request, response, read, about="/credentials", records=[each.enrolment_id for each in found])
    return said


@router.post("/credential-changes", response={201: ChangesOut}, openapi_extra=MAKES)
def change_credentials(request: HttpRequest, response: HttpResponse, sent: ChangesIn) -> Status[ChangesOut]:
    """Suspend, lift, replace or revoke one or many; each list concerned is signed once, and holders are told. Only a suspension can be undone."""
    request.auth.require(Permission.CREDENTIAL_REVOKE)

    def make() -> ChangesOut:
        found = queries.get_credentials(references=sent.references, by=request.auth)
        effects = actions.change_many(
            credentials=found, step=ManyStep(sent.step), why=Why(sent.why), on=clock.today(), at=clock.now(), by=request.auth,
            dry_run=sent.dry_run,
        )  # fmt: skip
        return ChangesOut(dry_run=sent.dry_run, effects=[EffectOut(**asdict(each)) for each in effects])

    return Status(201, made_once(request, response, ChangesOut, make))


@router.get("/entitlements", response=Page[EntitlementOut], auth=PUBLIC)
def list_entitlements(request: HttpRequest, after: After = "", limit: Limit = 50) -> dict[str, Any]:
    def key(entitlement: Any) -> str:
        return str(entitlement.pk)

    def draw(entitlement: Any) -> EntitlementOut:
        return EntitlementOut(
            id=key(entitlement),
            issuer=entitlement.issuer.reference,
            site=entitlement.site.reference,
            programme=entitlement.programme.reference,
            starts_on=entitlement.starts_on,
            ends_before=entitlement.ends_before,
        )

    return page(rows_after(queries.list_entitlements(by=request.auth), after, key), draw, limit=limit, key=key)


@router.get("/recognitions", response=Page[RecognitionOut], auth=PUBLIC)
def list_recognitions(request: HttpRequest, on: On = None, after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """What the credentials of a programme count as in a country; with ``on``, those that hold on that day."""

    def key(recognition: Any) -> str:
        return str(recognition.pk)

    def draw(recognition: Any) -> RecognitionOut:
        return RecognitionOut(
            id=key(recognition),
            programme=recognition.programme.reference,
            credential_kind=recognition.credential_kind,
            country=recognition.country,
            recognition=recognition.recognition,
            level=recognition.level,
            authority=recognition.authority,
            authorities=recognition.authorities(),
            document=recognition.document.title if recognition.document else None,
            decided_on=recognition.decided_on,
            starts_on=recognition.starts_on,
            ends_before=recognition.ends_before,
        )

    return page(rows_after(queries.list_recognitions(by=request.auth, on=on), after, key), draw, limit=limit, key=key)


def _row(row: queries.CredentialRow) -> CredentialOut:
    one = row.credential
    return CredentialOut(
        reference=one.reference,
        kind=one.kind,
        status=one.status,
        cohort=one.cohort.reference,
        number=one.enrolment.number,
        **row.name._asdict(),
        issuer=one.issuer.reference,
        issued_on=one.issued_on,
        expires_before=one.expires_before,
    )
