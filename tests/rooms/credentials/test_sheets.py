from datetime import UTC, date, datetime

import pytest

from corridor.journeys.award_sheet import AWARDS
from corridor.kernel.errors import BadInput
from corridor.rooms.credentials.models import Credential, Entitlement, RecognitionStatement, SigningKey
from corridor.rooms.credentials.proofs.json_reading import read_object
from corridor.rooms.credentials.sheets import SHEETS
from tests.factories.assessment import make_assessor, make_decisions
from tests.factories.sheet_texts import take_text
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db
ALL = (*SHEETS, AWARDS)
FILES = {
    "entitlements": "issuer,site,programme,starts_on,ends_on\nchongqing,wks-vientiane,PRG-2022-001,2023-01-01,2023-12-31",
    "recognition": "programme,credential_kind,country,recognition,level,authority,document,decided_on,starts_on,ends_on\n"
    "PRG-2022-001,award,LA,institution,,,,,2023-01-01,\nPRG-2022-001,statement,LA,attendance,,,,,2023-01-01,2023-12-31",
    "keys": "organisation,fragment,valid_from,valid_before\nchongqing,key-2023,2023-01-01,2024-01-01\nchongqing,key-2024,2024-01-01,",
    "awards": "cohort,awarded_on,issuer,expires_on\nCOH-2023-041,2023-07-10,chongqing,2025-12-31",
    "credential_changes": "cohort,number,to_status,effective_on,reason\nCOH-2023-041,1,suspended,2023-08-01,under-review\n"
    "COH-2023-041,1,issued,2023-08-15,review-ended\nCOH-2023-041,2,revoked,2023-09-01,awarded-in-error",
}


@pytest.fixture
def cohort():
    made = make_cohort(status="assessed", learners=2)
    make_decisions(made, assessor=make_assessor(made))
    return made


def load(folder, until="", **changed):
    taken = []
    for name in FILES:
        if name == until:
            break
        taken.append(take_text(folder, ALL, name, changed.get(name, FILES[name])))
    return taken


def test_the_sheets_entitle_make_keys_award_and_tell_what_came_after(cohort, tmp_path):
    assert load(tmp_path) == [1, 2, 2, 1, 3]
    assert Entitlement.objects.get().ends_before == date(2024, 1, 1)
    assert RecognitionStatement.objects.get(credential_kind="statement").ends_before == date(2024, 1, 1)
    assert SigningKey.objects.get(fragment="key-2023").valid_before == datetime(2024, 1, 1, tzinfo=UTC)
    first, second = Credential.objects.order_by("enrolment__number")
    assert (first.status, second.status) == ("issued", "revoked")
    document = read_object(first.document)
    assert document["validUntil"] == "2025-12-31T23:59:59+07:00"
    assert document["proof"][0]["created"] == "2023-07-10T05:00:00Z"
    cohort.refresh_from_db()
    assert cohort.status == "certified"


@pytest.mark.parametrize(
    ("name", "text", "faults"),
    [
        ("entitlements", "issuer,site,programme,starts_on,ends_on\nnobody,nowhere,PRG-2022-001,2023-01-01,",
         [(2, "issuer"), (2, "site")]),
        ("recognition", FILES["recognition"].replace("LA,institution", "Laos,institution"), [(2, "country")]),
        ("recognition", FILES["recognition"].replace("LA,institution,,,", "LA,national,,,no-such"), [(2, "document")]),
        ("keys", FILES["keys"].replace("2023-01-01", "2023-02-30"), [(2, "valid_from")]),
        ("awards", FILES["awards"].replace("COH-2023-041", "COH-1999-001"), [(2, "cohort")]),
        ("credential_changes", FILES["credential_changes"].replace(",2,revoked", ",9,revoked"), [(4, "number")]),
        ("credential_changes", FILES["credential_changes"].replace("under-review", "Mei asked twice"), [(2, "reason")]),
        ("credential_changes", FILES["credential_changes"].replace(",2,revoked", ",2,replaced"), [(4, "to_status")]),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_by_row_and_column(cohort, tmp_path, name, text, faults):
    load(tmp_path, until=name)
    with pytest.raises(BadInput) as refused:
        take_text(tmp_path, ALL, name, text)
    assert [(problem.row, problem.column) for problem in refused.value.problems] == faults


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"awards": FILES["awards"].replace("2023-07-10", "2024-02-01")}, "is not entitled to issue"),
        ({"entitlements": FILES["entitlements"] + "\nchongqing,wks-vientiane,PRG-2022-001,2023-06-01,"}, "entitled"),
        ({"keys": FILES["keys"].replace("2024-01-01,\n", "").replace("valid_before\n", "valid_before\nchongqing,old,2022-06-01,\n")},
         "Retire the old one first"),
    ],
)  # fmt: skip
def test_a_rule_of_the_room_is_told_with_the_file(cohort, tmp_path, changed, sentence):
    with pytest.raises(BadInput) as refused:
        load(tmp_path, **changed)
    assert refused.value.problems[0].file and sentence in str(refused.value)
