"""Chongqing is entitled in Vientiane and has a key; a cohort there is assessed and awarded."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit import checkpoints
from corridor.foundations.audit.models import AuditKey
from corridor.journeys.award_credentials import Awarding, award_cohort
from corridor.journeys.co_sign_credentials import co_sign_credentials
from corridor.rooms.assessment.models import Licence
from corridor.rooms.credentials import actions
from corridor.rooms.credentials.actions.attesting import EndorsementDraft, attest_person, give_endorsement
from corridor.rooms.credentials.drafts import EntitlementDraft, KeyDraft
from corridor.rooms.credentials.models import Attestation, AttestationKind, Credential, Entitlement, SigningKey
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import CertificateName, Purpose
from corridor.rooms.people.purposes import CERTIFICATE_PAGE
from corridor.rooms.training.models import Cohort

from .assessment import make_assessor, make_decisions
from .training import make_cohort

AWARDED_ON = date(2023, 7, 10)
SIGNED_AT = datetime(2023, 7, 10, 3, tzinfo=UTC)
KEY_FROM = datetime(2023, 1, 1, tzinfo=UTC)


def make_key(
    organisation: Organisation,
    *,
    fragment: str = "key-2023",
    valid_from: datetime = KEY_FROM,
    valid_before: datetime | None = None,
) -> SigningKey:
    draft = KeyDraft(organisation=organisation, fragment=fragment, valid_from=valid_from, valid_before=valid_before)
    return actions.make_keys(keys=[draft], by=NIGHTLY)[0]


def make_alliance_key(*, at: datetime = KEY_FROM) -> AuditKey:
    """The alliance's own key, which signs the register of issuers and the trees of the days."""
    return checkpoints.make_key(at=at, by=NIGHTLY)


def make_entitlement(
    cohort: Cohort,
    *,
    issuer: Organisation | None = None,
    starts_on: date = date(2023, 1, 1),
    ends_before: date | None = None,
) -> Entitlement:
    """The issuer (Chongqing, unless another is given) may issue for the cohort's programme at its site."""
    draft = EntitlementDraft(
        issuer=issuer or Organisation.objects.get(reference="chongqing"), site=cohort.site, programme=cohort.programme,
        starts_on=starts_on, ends_before=ends_before,
    )  # fmt: skip
    return actions.grant_entitlements(entitlements=[draft], by=NIGHTLY)[0]


def confirm_names(cohort: Cohort) -> None:
    """Everybody in the cohort says how the name stands on certificates: as it is written in the record."""
    for each in cohort.enrolments.select_related("person"):
        names = {row.form: row for row in each.person.names.all()}
        own = names.get("own") or next(iter(names.values()), None)
        CertificateName.objects.get_or_create(
            person=each.person, language=(own.language if own and own.language else "en"), ended_at=None,
            defaults={
                "full_name": own.full_name if own else each.person.reference, "confirmed_on": AWARDED_ON,
                "confirming": "paper", "attested_by": "College office", "written_by": "secretariat",
            },
        )  # fmt: skip


def make_assessed_cohort(reference: str = "COH-2023-041", *, learners: int = 2, is_ready: bool = True) -> Cohort:
    """
    Everybody finally competent in everything; with an entitled issuer that has a key, unless ``is_ready`` is false. Unless a test wrote the
    purpose down before, nobody's consent is needed to be named on the page of a certificate.
    """
    if not Purpose.objects.filter(code=CERTIFICATE_PAGE).exists():
        Purpose.objects.create(code=CERTIFICATE_PAGE, legal_basis="contract", need="required")
    cohort = make_cohort(reference, status="assessed", learners=learners)
    make_decisions(cohort, assessor=make_assessor(cohort))
    confirm_names(cohort)
    if is_ready:
        issuer = Organisation.objects.get(reference="chongqing")
        if not SigningKey.objects.filter(organisation=issuer).exists():
            make_key(issuer)
        if not Entitlement.objects.filter(issuer=issuer, site=cohort.site, programme=cohort.programme).exists():
            make_entitlement(cohort)
    return cohort


def translate(cohort: Cohort, language: str, *, title: str, unit: str, units: Sequence[str] = ("VI-1", "VI-2")) -> None:
    """Reviewed titles of the curriculum and of those units in a further language."""
    cohort.curriculum_version.titles.create(language=language, text=title, text_state="reviewed")
    for each in cohort.curriculum_version.units.filter(code__in=units):
        each.titles.create(language=language, text=unit, text_state="reviewed")


def award(cohort: Cohort, *, on: date = AWARDED_ON, expires_before: date | None = None) -> Awarding:
    """The cohort awarded by Chongqing on that day, and everything signed."""
    return award_cohort(
        cohort=cohort, issuer=Organisation.objects.get(reference="chongqing"), on=on, at=SIGNED_AT, by=NIGHTLY,
        expires_before=expires_before, wait=True,
    )  # fmt: skip


def make_credential(reference: str = "COH-2023-041", **more: object) -> Credential:
    """One issued credential, of a cohort with one learner."""
    cohort = make_assessed_cohort(reference, learners=1)
    award(cohort, **more)  # type: ignore[arg-type]
    return Credential.objects.get(cohort=cohort)


def make_joint_credential() -> Credential:
    """One that Chongqing issued and Vientiane, which hosts the site, signed beside it."""
    cohort = make_assessed_cohort(learners=1)
    issuer, beside = (Organisation.objects.get(reference=each) for each in ("chongqing", "vientiane"))
    make_key(beside)
    make_entitlement(cohort, issuer=beside)
    award_cohort(cohort=cohort, issuer=issuer, on=AWARDED_ON, at=SIGNED_AT, by=NIGHTLY, wait=True, signers=[beside])
    (signed,) = co_sign_credentials(organisation=beside, at=SIGNED_AT, by=NIGHTLY)
    return signed


def make_endorsement(endorser: Organisation, about: object, *, at: datetime = SIGNED_AT, **more: object) -> Attestation:
    """That member says something good of it."""
    given = {"claims": {"en": "We hire who holds it."}, **more}
    draft = EndorsementDraft(endorser=endorser, about=about, **given)  # type: ignore[arg-type]
    return give_endorsement(draft=draft, on=at.date(), at=at, by=NIGHTLY)


def make_assessors_licence(credential: Credential, *, at: datetime = SIGNED_AT) -> Attestation:
    """The issuer of the credential attests that its holder assesses the first unit of what was taught."""
    version, person = credential.cohort.curriculum_version, credential.enrolment.person
    unit = version.units.order_by("position").first()
    Licence.objects.get_or_create(person=person, unit=unit, starts_on=date(2023, 1, 1), granted_by="Secretariat")
    return attest_person(
        kind=AttestationKind.ASSESSOR, person=person, version=version, right=Entitlement.objects.get(issuer=credential.issuer),
        on=at.date(), at=at, by=NIGHTLY,
    )  # fmt: skip
