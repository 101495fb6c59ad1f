"""
The sheets of the credentials' room, in the order in which they load. Awards need other rooms: journeys/sheets.py takes them, after the keys.

Days in sheets named ``..._on`` are days inside. A key's days begin at midnight in UTC.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from corridor.foundations.access import Actor
from corridor.foundations.documents.models import Document
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind, languages
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.periods import ONE_DAY
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.programmes.models import Programme
from corridor.rooms.sites.models import Site

from . import actions
from .drafts import CredentialStep, EntitlementDraft, KeyDraft, RecognitionDraft, Why
from .lifecycle import CredentialStatus
from .models import Credential, CredentialKind, RecognitionKind


def take_entitlements(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    members = by_reference(Organisation.objects.all(), (row["issuer"] for row in rows))
    sites = by_reference(Site.objects.all(), (row["site"] for row in rows))
    programmes = by_reference(Programme.objects.all(), (row["programme"] for row in rows))
    drafts = []
    for row in rows:
        issuer = findings.find(row, "issuer", members)
        site = findings.find(row, "site", sites)
        programme = findings.find(row, "programme", programmes)
        if issuer and site and programme:
            drafts.append(
                EntitlementDraft(
                    issuer=issuer, site=site, programme=programme, starts_on=row["starts_on"],
                    ends_before=_before(row["ends_on"]),
                )
            )  # fmt: skip
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.grant_entitlements(entitlements=drafts, by=by))


def take_recognitions(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    programmes = by_reference(Programme.objects.all(), (row["programme"] for row in rows))
    documents = by_reference(Document.objects.all(), (row["document"] for row in rows))
    drafts = []
    for row in rows:
        programme = findings.find(row, "programme", programmes)
        document = findings.find(row, "document", documents)
        if programme:
            drafts.append(
                RecognitionDraft(
                    programme=programme, credential_kind=row["credential_kind"], country=row["country"],
                    recognition=row["recognition"], level=row["level"], authority=row["authority"],
                    authority_names=row.family("authority_"), document=document,
                    decided_on=row["decided_on"], starts_on=row["starts_on"], ends_before=_before(row["ends_on"]),
                )
            )  # fmt: skip
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.state_recognitions(statements=drafts, by=by))


def take_keys(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """The pairs are made here; a sheet never holds a key."""
    findings = Findings()
    members = by_reference(Organisation.objects.all(), (row["organisation"] for row in rows))
    drafts = []
    for row in rows:
        member = findings.find(row, "organisation", members)
        if member:
            ends = row["valid_before"]
            drafts.append(
                KeyDraft(
                    organisation=member, fragment=row["fragment"], valid_from=_midnight(row["valid_from"]),
                    valid_before=_midnight(ends) if ends else None,
                )
            )  # fmt: skip
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.make_keys(keys=drafts, by=by))


def take_changes(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    """Suspended, revoked, or issued again, in the order of the sheet."""
    findings = Findings()
    wanted = {row["cohort"] for row in rows}
    held = Credential.objects.filter(cohort__reference__in=wanted).exclude(status=CredentialStatus.REPLACED)
    credentials = {
        (each.cohort.reference, each.enrolment.number): each
        for each in held.select_related("enrolment__cohort", "cohort")
    }
    steps = []
    for row in rows:
        credential = findings.find(
            row,
            "number",
            credentials,
            N_("Nobody holds a credential there: %(cell)s."),
            key=(row["cohort"], row["number"]),
        )
        if row["to_status"] not in _CHANGES:
            findings.add(row, "to_status", N_("A sheet can suspend, revoke, or lift a suspension (issued)."))
        elif credential:
            steps.append(
                CredentialStep(credential=credential, to=row["to_status"], on=row["effective_on"], why=row["reason"])
            )
    findings.refuse_if_any()
    with refusals_in(rows):
        actions.change_credentials(steps=steps, at=at, by=by)
    return len(steps)


def _before(last_day: date | None) -> date | None:
    return last_day + ONE_DAY if last_day else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


_CHANGES = {CredentialStatus.SUSPENDED, CredentialStatus.REVOKED, CredentialStatus.ISSUED}
_DAYS = (Column("starts_on", read.day), Column("ends_on", read.day, required=False))

SHEETS: tuple[SheetKind, ...] = (
    SheetKind(
        name="entitlements",
        pattern="entitlements.*",
        columns=(
            Column("issuer", read.reference(60)),
            Column("site", read.reference(60)),
            Column("programme", read.reference(60)),
            *_DAYS,
        ),
        take=take_entitlements,
        unique=("issuer", "site", "programme", "starts_on"),
    ),
    SheetKind(
        name="recognition",
        pattern="recognition.*",
        columns=(
            Column("programme", read.reference(60)),
            Column("credential_kind", read.choice(CredentialKind)),
            Column("country", read.country),
            Column("recognition", read.choice(RecognitionKind)),
            Column("level", read.text(80), required=False),
            Column("authority", read.text(200), required=False, about="who decided that"),
            Column("document", read.reference(60), required=False, about="the document that says so"),
            Column("decided_on", read.day, required=False, about="the day on which the authority decided it"),
            *_DAYS,
        ),
        take=take_recognitions,
        extra=languages("authority"),
        extra_reader=read.text(200),
        unique=("programme", "credential_kind", "country", "starts_on"),
    ),
    SheetKind(
        name="keys",
        pattern="keys.*",
        columns=(
            Column("organisation", read.reference(60)),
            Column("fragment", read.reference(40), about="the name after the # of the member's DID"),
            Column("valid_from", read.day),
            Column("valid_before", read.day, required=False, about="the first day on which it signs no more"),
        ),
        take=take_keys,
        unique=("organisation", "fragment"),
    ),
    SheetKind(
        name="credential_changes",
        pattern="credential_changes.*",
        columns=(
            Column("cohort", read.reference(40)),
            Column("number", read.whole(1, 9_999), about="the seat, as on the register sheet"),
            Column("to_status", read.choice(CredentialStatus)),
            Column("effective_on", read.day),
            Column("reason", read.choice(Why), about="a code: the list of reasons is public"),
        ),
        take=take_changes,
    ),
)
