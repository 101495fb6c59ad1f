"""Acts about certificates: names confirmed, certificates of every kind, signed by one member or several, and what members attest and endorse."""

from collections.abc import Sequence
from datetime import date, datetime

from corridor.foundations.access import Actor
from corridor.foundations.sheets.columns import choice, day, language, many, reference, text
from corridor.foundations.sheets.kinds import Column, Row
from corridor.kernel.periods import ONE_DAY
from corridor.rooms.credentials.actions.attesting import EndorsementDraft, attest_person, give_endorsement
from corridor.rooms.credentials.models import AttestationKind, Credential, CredentialKind, Entitlement
from corridor.rooms.curricula.models import CurriculumVersion
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.actions.certificate_names import confirm_certificate_name

from ..award_further import award_further
from ..co_sign_credentials import co_sign_credentials
from .acts import ActKind
from .judged_things import organisation_named, person_named
from .naming import COHORT, SEAT, all_existing, cohort_named, existing

# The languages in which the files say what a member endorses.
CLAIMED_IN = ("en", "zh-Hans", "lo")
EXPIRES = Column("expires_on", day, required=False, about="the last day on which it is good; empty: for ever")
CERTIFICATE = (COHORT, SEAT, Column("credential_kind", choice(CredentialKind)))
NAME_COLUMNS = (
    Column("person", reference()),
    Column("language", language),
    Column("full_name", text(200)),
    Column("attested_by", text(200), required=False, about="the office that saw it confirmed on paper; empty: the person did it"),
)  # fmt: skip
AWARD_COLUMNS = (
    COHORT,
    Column("credential_kind", choice(CredentialKind)),
    Column("issuer", reference(60)),
    Column("units", many(text(20)), required=False),
    Column("signers", many(reference(60)), required=False, about="members that sign beside the issuer"),
    EXPIRES,
)
ATTESTED_COLUMNS = (
    Column("attestation_kind", choice(AttestationKind)),
    Column("person", reference()),
    Column("curriculum", reference(60)),
    Column("version", text(20)),
    Column("issuer", reference(60)),
    Column("site", reference(60)),
    Column("programme", reference(60)),
    EXPIRES,
)
ENDORSED_COLUMNS = (
    Column("endorser", reference(60)),
    *(Column(each.name, each.read, required=False, about="of a certificate") for each in CERTIFICATE),
    Column("curriculum", reference(60), required=False, about="or of what is taught, with its version"),
    Column("version", text(20), required=False),
    Column("member", reference(60), required=False, about="or of another member"),
    *(Column(f"claim_{each}", text(2_000), required=False) for each in CLAIMED_IN),
    EXPIRES,
)


def credential_named(row: Row) -> Credential:
    """The certificate of that kind at a seat, the latest first. :raises BadInput: with the row, if there is none."""
    found = (
        Credential.objects.select_related("enrolment__person", "enrolment__cohort", "issuer", "cohort__curriculum_version")
        .filter(
            cohort__reference=row["cohort"], enrolment__number=row["seat"], kind=row["credential_kind"] or CredentialKind.AWARD
        )
        .order_by("-reference")
        .first()
    )  # fmt: skip
    return existing(found, row, "seat", cell=f"{row['cohort']}/{row['seat']}")


def _confirm_names(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:
    for row in rows:
        confirm_certificate_name(
            person=person_named(row, "person"), language=row["language"], full_name=row["full_name"], on=on, at=at, by=by,
            attested_by=row["attested_by"],
        )  # fmt: skip


def _award(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:
    """To those who are ready; the others follow by another act."""
    row = rows[0]
    award_further(
        cohort=cohort_named(row), kind=row["credential_kind"], issuer=organisation_named(row, "issuer"),
        units=row["units"], signers=_organisations(row, "signers"), expires_before=_before(row), only_ready=True,
        on=on, at=at, by=by,
    )  # fmt: skip


def _co_sign(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    co_sign_credentials(organisation=organisation_named(rows[0], "member"), at=at, by=by)


def _attest(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:
    row = rows[0]
    rights = Entitlement.objects.select_related("issuer", "site", "programme").filter(
        issuer__reference=row["issuer"], site__reference=row["site"], programme__reference=row["programme"]
    )
    right = existing(next((each for each in rights if each.covers(on)), None), row, "issuer")
    attest_person(
        kind=row["attestation_kind"], person=person_named(row, "person"), version=_version_named(row), right=right,
        expires_before=_before(row), on=on, at=at, by=by,
    )  # fmt: skip


def _endorse(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:
    row = rows[0]
    about: Credential | CurriculumVersion | Organisation
    if row["cohort"]:
        about = credential_named(row)
    elif row["curriculum"]:
        about = _version_named(row)
    else:
        about = organisation_named(row, "member")
    draft = EndorsementDraft(
        endorser=organisation_named(row, "endorser"), about=about,
        claims={each: row[f"claim_{each}"] for each in CLAIMED_IN if row[f"claim_{each}"]}, expires_before=_before(row),
    )  # fmt: skip
    give_endorsement(draft=draft, on=on, at=at, by=by)


def _version_named(row: Row) -> CurriculumVersion:
    rows = CurriculumVersion.objects.select_related("curriculum").prefetch_related("titles")
    found = rows.filter(curriculum__reference=row["curriculum"], version=row["version"]).first()
    return existing(found, row, "version", cell=f"{row['curriculum']} {row['version']}")


def _organisations(row: Row, column: str) -> list[Organisation]:
    return all_existing(Organisation.objects.in_bulk(row[column], field_name="reference"), row, column)


def _before(row: Row) -> date | None:
    return row["expires_on"] + ONE_DAY if row["expires_on"] else None


ACTS = (
    ActKind("certificate_names", NAME_COLUMNS, _confirm_names, together=(), unique=("person", "language")),
    ActKind("further_awards", AWARD_COLUMNS, _award),
    ActKind("signed_together", (Column("member", reference(60)),), _co_sign),
    ActKind("attestations", ATTESTED_COLUMNS, _attest),
    ActKind("endorsements", ENDORSED_COLUMNS, _endorse),
)
