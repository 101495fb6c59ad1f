"""Credentials: issued, in force, and how far they count; units: how far they are compared."""

from datetime import date

import pytest

from corridor.foundations.access import VISITOR, Role
from corridor.rooms.credentials.models import Credential, RecognitionStatement
from corridor.rooms.curricula.models import ForeignUnit, MappingClaim
from corridor.rooms.indicators.queries import open_figure, show_figure, walk_record
from corridor.rooms.members.models import Organisation
from tests.factories.actors import make_actor
from tests.factories.agreements import make_scan
from tests.factories.credentials import AWARDED_ON, award, make_assessed_cohort
from tests.factories.figures import AT, REPORT_DAY
from tests.factories.members import make_alliance

pytestmark = pytest.mark.django_db
AUDITOR = make_actor(Role.AUDITOR)


@pytest.fixture
def credentials() -> list[Credential]:
    make_alliance()
    award(make_assessed_cohort(learners=12))
    return list(Credential.objects.order_by("pk"))


def show(code: str, scope: str = "", on: date = REPORT_DAY, by=AUDITOR):
    return show_figure(code=code, scope=scope, on=on, at=AT, by=by)


def change(credential: Credential, to: str, on: date) -> None:
    credential.changes.create(from_status="issued", to_status=to, effective_on=on, by_label="secretariat")
    Credential.objects.filter(pk=credential.pk).update(status=to)


def test_issued_counts_by_day_of_issue_and_in_force_by_state(credentials):
    assert show("credentials.issued").value == 12
    assert show("credentials.issued", on=date(2023, 7, 9)).value == 0
    assert show("credentials.in_force", on=AWARDED_ON).value == 12
    assert show("credentials.in_force", on=date(2023, 7, 9)).value == 0


def test_revoked_and_expired_ones_are_not_in_force_but_were_issued(credentials):
    change(credentials[0], "revoked", date(2023, 10, 1))
    Credential.objects.filter(pk=credentials[1].pk).update(expires_before=date(2024, 1, 18))
    assert show("credentials.in_force", on=date(2023, 9, 30)).value == 12
    assert show("credentials.in_force", on=date(2023, 10, 1)).value == 11
    assert show("credentials.in_force").value == 10
    assert show("credentials.issued").value == 12


def test_a_credential_walks_down_to_the_decisions_behind_it(credentials):
    row = open_figure(code="credentials.in_force", on=REPORT_DAY, at=AT, by=AUDITOR).rows[0].row
    walked = walk_record(kind="credential", record_id=row.record_id, by=AUDITOR)
    assert [ground.kind for ground in walked.grounds] == ["enrolment", "decision", "decision"]
    assert walked.changes[-1].state == "issued"


def test_recognised_only_with_a_document_in_that_country_on_the_day_of_issue(credentials):
    programme = credentials[0].cohort.programme
    common = {
        "programme": programme,
        "credential_kind": "award",
        "starts_on": date(2023, 1, 1),
        "authority": "A ministry",
    }
    RecognitionStatement.objects.create(**common, country="LA", recognition="national", document=make_scan())
    RecognitionStatement.objects.create(**common, country="LK", recognition="institution")
    RecognitionStatement.objects.create(
        **common | {"starts_on": date(2023, 7, 11)}, country="TH", recognition="national", document=make_scan()
    )
    code = "credentials.recognised_share"
    assert show(code).percent_text() == "100.0%"
    assert show(code, "country=LA").numbers["numerator"] == 12
    for country in ("LK", "TH", "CN"):
        assert show(code, f"country={country}").numbers["numerator"] == 0
    assert set(show(code, "country=LK").breakdown["recognition"]) == {"institution", "unknown"}


def test_few_credentials_are_hidden_from_visitors():
    make_alliance()
    award(make_assessed_cohort(learners=3))
    assert show("credentials.issued", by=VISITOR).value == "·"


def test_units_are_mapped_by_reviewed_claims_with_evidence_that_hold(credentials):
    first, second = credentials[0].cohort.curriculum_version.units.all()
    foreign = ForeignUnit.objects.create(country="PK", body="NAVTTC", code="PK-1", title="Inspect brakes")
    claimant = Organisation.objects.get(reference="chongqing")
    claim = MappingClaim.objects.create(
        unit=first, foreign_unit=foreign, relation="overlapping", claimant=claimant, claimed_on=date(2023, 1, 1),
        expires_before=date(2024, 1, 19), reviewed_by="Council", reviewed_on=date(2023, 2, 1), evidence=make_scan(),
    )  # fmt: skip
    MappingClaim.objects.create(
        unit=second, relation="none", searched_country="AU", claimant=claimant, claimed_on=date(2023, 1, 1),
        reviewed_by="Council", reviewed_on=date(2023, 2, 1), evidence=make_scan(),
    )  # fmt: skip
    code = "curricula.units_mapped"
    mapped = show(code, by=VISITOR)
    assert (mapped.numbers["numerator"], mapped.numbers["denominator"], mapped.percent_text()) == (1, 2, "50.0%")
    assert show(code, on=date(2023, 1, 31)).numbers["numerator"] == 0
    assert show(code, on=date(2024, 1, 19)).numbers["numerator"] == 0
    assert show(code, "country=AU").numbers["numerator"] == 0
    assert show(code, "country=PK&curriculum=vehicle-inspection").numbers["numerator"] == 1
    row = open_figure(code=code, on=REPORT_DAY, at=AT, by=VISITOR).rows[0].row
    walked = walk_record(kind="unit", record_id=str(claim.unit_id), by=VISITOR)
    assert row.record_kind == "unit"
    assert [(ground.state, ground.counts) for ground in walked.grounds] == [("overlapping", True)]
