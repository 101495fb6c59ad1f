from datetime import date
from decimal import Decimal

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR
from corridor.rooms.programmes.queries import approval_of, get_programme, risks_of, studies_of
from corridor.rooms.programmes.sheets import SHEETS
from tests.factories.agreements import make_agreement, make_proposed_agreement
from tests.factories.conferences import make_announcement
from tests.factories.curricula import make_version
from tests.factories.demand import make_demand
from tests.factories.funding import make_commitment
from tests.factories.sheet_texts import take_text, told
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db
FILES = {
    "programme_steps_needed": "kind,step\nvocational,proposal\nvocational,council",
    "programmes": "reference,kind,agreement,announcement,curriculum,version,sites,source_mark,source,title_en,title_lo,"
    "more_agreements,more_announcements,demand,languages\n"
    "panda-college,vocational,AGR-2023-0031,ANN-2023-0001,vehicle-inspection,1.0,wks-vientiane;wks-luang,named,News,"
    "Panda College,ວິທະຍາໄລ,AGR-2024-0006,,DEM-2023-0007,lo;zh-Hans\n"
    "port-chinese,language,AGR-2024-0006,,,,,assumed,,Chinese for port staff,,,,,\n"
    "joint-degree,degree,AGR-2023-0031,,,,,assumed,,Degree,,,,,",
    "programme_members": "programme,organisation,role\n"
    "panda-college,chongqing,lead\npanda-college,vientiane,host\nport-chinese,chongqing,lead\n"
    "joint-degree,chongqing,lead\njoint-degree,vientiane,awarding",
    "programme_steps": "programme,step,found_on,found_by,outcome,finding,reason,document\n"
    "panda-college,proposal,2023-03-02,Secretariat,returned,No site is named,Name the workshop,\n"
    "panda-college,proposal,2023-03-20,Secretariat,approved,Complete,,\n"
    "panda-college,council,2023-05-20,Council,approved,Agreed to by all,,",
    "programme_changes": "programme,to_status,effective_on,reason\n"
    "panda-college,approved,2023-05-25,\npanda-college,running,2023-06-12,",
    "programme_funding": "programme,starts_on,commitment,share\n"
    "panda-college,2023-07-01,FND-2023-0001,1/3\npanda-college,2023-07-01,FND-2023-0002,2/3",
    "programme_reviews": "programme,reviewed_on,ending,finding\npanda-college,2024-01-30,scale,Every learner was hired",
    "programme_intakes": "programme,year,cohorts,learners,note\npanda-college,2024,2,60,",
    "programme_risks": "programme,what,likelihood,effect,owner,noticed_on,due_on\n"
    "panda-college,The lift breaks,medium,high,vientiane,2023-07-01,2023-12-31",
    "programme_risk_changes": "programme,number,to_status,effective_on,reason\n"
    "panda-college,1,came_true,2023-10-02,Three weeks without it",
    "programme_decisions": "programme,decided_on,decided_by,what\npanda-college,2023-10-09,Council,A second lift is bought",
    "study_plans": "programme,starts_on,year,term,organisation,credits\n"
    "joint-degree,2023-09-01,1,1,,30\njoint-degree,2023-09-01,,,chongqing,22.5\njoint-degree,2023-09-01,,,vientiane,7.5\n"
    "joint-degree,2023-09-01,1,1,chongqing,22.5\njoint-degree,2023-09-01,1,1,vientiane,7.5",
}


@pytest.fixture
def folder(tmp_path):
    make_agreement("AGR-2023-0031")
    make_proposed_agreement("AGR-2024-0006")
    make_announcement()
    make_demand()
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
    assert load(folder) == [2, 3, 5, 3, 2, 2, 1, 1, 1, 1, 1, 5]
    shown = get_programme(reference="panda-college", by=VISITOR, on=date(2023, 6, 12))
    assert shown.status_then == "running"
    assert shown.curriculum_version.version == "1.0"
    assert shown.announcement.reference == "ANN-2023-0001"
    assert [place.site.reference for place in shown.places.all()] == ["wks-luang", "wks-vientiane"]
    assert [(member.organisation.reference, member.role) for member in shown.members.all()] == [
        ("vientiane", "host"), ("chongqing", "lead"),
    ]  # fmt: skip
    assert get_programme(reference="port-chinese", by=VISITOR).curriculum_version is None
    assert [each.agreement.reference for each in shown.agreements_under.all()] == ["AGR-2023-0031", "AGR-2024-0006"]
    assert [each.demand.reference for each in shown.demands_answered.all()] == ["DEM-2023-0007"]
    assert [each.language for each in shown.languages.all()] == ["lo", "zh-Hans"]
    steps = approval_of(programme=shown, on=date(2023, 6, 12), by=NIGHTLY).states
    assert [(each.step.value, len(each.findings), each.is_approved) for each in steps] == [
        ("proposal", 2, True), ("council", 1, True),
    ]  # fmt: skip
    assert [(risk.number, risk.status_then) for risk in risks_of(programme=shown, on=date(2024, 2, 2), by=NIGHTLY)] == [
        (1, "came_true")
    ]
    (study,) = studies_of(programme=get_programme(reference="joint-degree", by=VISITOR), by=VISITOR)
    assert [(term.required, term.given) for term in study.terms] == [(Decimal(30), [Decimal("22.5"), Decimal("7.5")])]


@pytest.mark.parametrize(
    ("sheet", "old", "new", "said"),
    [
        ("programmes", "AGR-2024-0006", "AGR-1999-0001", "row 3, agreement: There is no “AGR-1999-0001”."),
        ("programmes", "ANN-2023-0001", "ANN-1999-0001", "row 2, announcement: There is no “ANN-1999-0001”."),
        ("programmes", "wks-luang", "wks-hanoi", "row 2, sites: There is no “wks-hanoi”."),
        ("programmes", ",1.0,", ",9.0,", "row 2, curriculum: There is no curriculum “vehicle-inspection 9.0”."),
        ("programmes", ",language,", ",dancing,", "row 3, kind: “dancing” is not one of"),
        ("programmes", "Chinese for port staff", "", "row 3, title: port-chinese needs a title."),
        ("programme_members", "vientiane,host", "hanoi,host", "row 3, organisation: There is no “hanoi”."),
        ("programme_members", "vientiane,host", "chongqing,lead", "stands in row 2 and again in row 3"),
        ("programme_changes", "2023-06-12", "2023-05-26", "row 2: panda-college stands under AGR-2023-0031"),
        ("programme_funding", ",2/3", ",66.66%", "The shares add to"),
        ("programme_funding", ",1/3", ",a third", "row 2, share: “a third” is no share"),
        ("programme_reviews", "2024-01-30", "2023-06-11", "row 2: panda-college had not begun to run"),
        (
            "programmes",
            "AGR-2024-0006,,DEM",
            "AGR-1999-0001,,DEM",
            "row 2, more_agreements: There is no “AGR-1999-0001”.",
        ),
        ("programmes", "DEM-2023-0007", "DEM-1999-0001", "row 2, demand: There is no “DEM-1999-0001”."),
        ("programmes", ",AGR-2024-0006,,DEM", ",AGR-2023-0031,,DEM", "panda-college names an agreement twice."),
        ("programme_steps_needed", "council", "senate", "row 3, step: “senate” is not one of"),
        ("programme_steps", "Name the workshop", "", "say why it is returned"),
        (
            "programme_steps",
            "panda-college,proposal,2023-03-20",
            "panda-college,council,2023-03-20",
            "waits for the step “Proposal”",
        ),
        (
            "programme_changes",
            "panda-college,approved,2023-05-25",
            "panda-college,approved,2023-05-19",
            "waits for the step “Council”",
        ),
        ("programme_intakes", ",2,60", ",0,60", "plans learners for 2024, and no cohort for them"),
        ("programme_risks", "vientiane", "hanoi", "row 2, owner: There is no “hanoi”."),
        (
            "programme_risk_changes",
            "panda-college,1",
            "panda-college,2",
            "row 2, number: There is no risk “panda-college 2”.",
        ),
        ("programme_decisions", "panda-college", "panda", "row 2, programme: There is no “panda”."),
        ("study_plans", ",7.5\njoint-degree,2023-09-01,1,1,c", ",8\njoint-degree,2023-09-01,1,1,c", "has to give 8"),
        ("study_plans", "1,1,vientiane,7.5", "1,1,vientiane,7", "and 30 are needed"),
        ("study_plans", "01,1,1,,30", "01,1,,,30", "row 2, year: Name a year with its term"),
        ("programme_changes", "panda-college,approved", "port-chinese,approved", "row 2: port-chinese stands under"),
    ],
)
def test_a_broken_row_is_told_with_its_place_and_reason(folder, sheet, old, new, said):
    load(folder, until=sheet)
    problems = told(folder, SHEETS, sheet, FILES[sheet].replace(old, new))
    assert any(said in problem for problem in problems), problems
