from datetime import date

import pytest

from corridor.foundations.access import VISITOR
from corridor.rooms.programmes.queries import get_programme
from corridor.rooms.programmes.sheets import SHEETS
from tests.factories.agreements import make_agreement, make_proposed_agreement
from tests.factories.conferences import make_announcement
from tests.factories.curricula import make_version
from tests.factories.funding import make_commitment
from tests.factories.sheet_texts import take_text, told
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db
FILES = {
    "programmes": "reference,kind,agreement,announcement,curriculum,version,sites,source_mark,source,title_en,title_lo\n"
    "panda-college,vocational,AGR-2023-0031,ANN-2023-0001,vehicle-inspection,1.0,wks-vientiane;wks-luang,named,News,"
    "Panda College,ວິທະຍາໄລ\n"
    "port-chinese,language,AGR-2024-0006,,,,,assumed,,Chinese for port staff,",
    "programme_members": "programme,organisation,role\n"
    "panda-college,chongqing,lead\npanda-college,vientiane,host\nport-chinese,chongqing,lead",
    "programme_changes": "programme,to_status,effective_on,reason\n"
    "panda-college,approved,2023-05-25,\npanda-college,running,2023-06-12,",
    "programme_funding": "programme,starts_on,commitment,share\n"
    "panda-college,2023-07-01,FND-2023-0001,1/3\npanda-college,2023-07-01,FND-2023-0002,2/3",
    "programme_reviews": "programme,reviewed_on,ending,finding\npanda-college,2024-01-30,scale,Every learner was hired",
}


@pytest.fixture
def folder(tmp_path):
    make_agreement("AGR-2023-0031")
    make_proposed_agreement("AGR-2024-0006")
    make_announcement()
    make_version()
    make_site("wks-vientiane")
    make_site("wks-luang")
    make_commitment()
    make_commitment(what="Running costs")
    return tmp_path


def load(folder, until=""):
    taken = []
    for kind in SHEETS:
        if kind.name == until:
            break
        taken.append(take_text(folder, SHEETS, kind.name, FILES[kind.name]))
    return taken


def test_the_sheets_bring_in_programmes_their_members_and_their_lives(folder):
    assert load(folder) == [2, 3, 2, 2, 1]
    shown = get_programme(reference="panda-college", by=VISITOR, on=date(2023, 6, 12))
    assert shown.status_then == "running"
    assert shown.curriculum_version.version == "1.0"
    assert shown.announcement.reference == "ANN-2023-0001"
    assert [place.site.reference for place in shown.places.all()] == ["wks-luang", "wks-vientiane"]
    assert [(member.organisation.reference, member.role) for member in shown.members.all()] == [
        ("vientiane", "host"), ("chongqing", "lead"),
    ]  # fmt: skip
    assert get_programme(reference="port-chinese", by=VISITOR).curriculum_version is None


@pytest.mark.parametrize(
    ("sheet", "old", "new", "said"),
    [
        ("programmes", "AGR-2024-0006", "AGR-1999-0001", "row 3, agreement: There is no “AGR-1999-0001”."),
        ("programmes", "ANN-2023-0001", "ANN-1999-0001", "row 2, announcement: There is no “ANN-1999-0001”."),
        ("programmes", "wks-luang", "wks-hanoi", "row 2, sites: There is no “wks-hanoi”."),
        ("programmes", ",1.0,", ",9.0,", "row 2, curriculum: There is no curriculum “vehicle-inspection 9.0”."),
        ("programmes", "language", "dancing", "row 3, kind: “dancing” is not one of"),
        ("programmes", "Chinese for port staff", "", "row 3, title: port-chinese needs a title."),
        ("programme_members", "vientiane,host", "hanoi,host", "row 3, organisation: There is no “hanoi”."),
        ("programme_members", "vientiane,host", "chongqing,lead", "stands in row 2 and again in row 3"),
        ("programme_changes", "2023-06-12", "2023-05-26", "row 2: panda-college stands under AGR-2023-0031"),
        ("programme_funding", ",2/3", ",66.66%", "The shares add to"),
        ("programme_funding", ",1/3", ",a third", "row 2, share: “a third” is no share"),
        ("programme_reviews", "2024-01-30", "2023-06-11", "row 2: panda-college had not begun to run"),
        ("programme_changes", "panda-college,approved", "port-chinese,approved", "row 2: port-chinese stands under"),
    ],
)
def test_a_broken_row_is_told_with_its_place_and_reason(folder, sheet, old, new, said):
    load(folder, until=sheet)
    problems = told(folder, SHEETS, sheet, FILES[sheet].replace(old, new))
    assert any(said in problem for problem in problems), problems
