from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import VISITOR
from corridor.kernel.errors import Refusal
from corridor.rooms.conferences.models import (
    AgendaItem,
    Announcement,
    Conference,
    Contribution,
    Delegate,
    Minutes,
    Resolution,
)
from corridor.rooms.conferences.queries import get_announcement, get_conference
from corridor.rooms.conferences.sheets import SHEETS
from tests.factories.actors import make_user
from tests.factories.members import make_member
from tests.factories.sheet_texts import take_text, told

pytestmark = pytest.mark.django_db
CONTRIBUTIONS = (
    "reference,conference,member,sent_on,language,speakers,title,abstract,decision,decided_on,reason,withdrawn_on,withdrawn_because\n"
    "CTB-2022-0001,CONF-2022,vientiane,2022-09-01,lo,Khamla;Noy,ເບກ,Brakes.,accepted,2022-10-14,,,\n"
    "CTB-2022-0002,CONF-2022,chongqing,2022-09-02,en,Mei,Lifts for sale,Buy.,declined,2022-10-14,It sells,,\n"
    "CTB-2022-0003,CONF-2022,chongqing,2022-09-03,en,Mei,Lamps,Light.,accepted,2022-10-14,,2022-12-10,Ill"
)
FILES = {
    "conferences": "reference,place,country,zone,starts_on,ends_on,status,source_mark,title_en,title_zh-Hans\n"
    "CONF-2022,Chongqing,CN,Asia/Shanghai,2022-12-15,2022-12-16,held,assumed,Annual conference 2022,2022年年会\n"
    "CONF-2024,Chongqing,CN,Asia/Shanghai,2024-11-20,2024-11-21,planned,assumed,Annual conference 2024,",
    "announcements": "reference,conference,owner,country,announced_on,next_report_due_on,made_by,confirmed_by,confirmed_on,"
    "read_out_in,source_mark,title_en,wording_zh-Hans,wording_en\n"
    "ANN-2022-0004,CONF-2022,chongqing,LA,2022-12-15,2023-06-30,Desk,Council,2022-12-16,zh-Hans,named,Panda College,熊猫学院,A college\n"
    "ANN-2022-0005,CONF-2022,chongqing,,2022-12-15,2023-06-30,Desk,,,,assumed,Not confirmed,,",
    "announcement_members": "announcement,member,role\nANN-2022-0004,vientiane,host",
    "announcement_targets": "announcement,number,unit,language,indicator,reach_by,set_on,reason,by\n"
    "ANN-2022-0004,60,learners,en,,2024-12-31,2022-12-15,,Desk\n"
    "ANN-2022-0004,40,learners,en,,2024-12-31,2023-06-01,One workshop less,Desk",
    "announcement_reports": "announcement,reported_on,text,language,next_due_on,reached,by\n"
    "ANN-2022-0004,2023-06-01,The agreement is in force.,en,2023-12-31,,Owner\n"
    "ANN-2022-0004,2023-12-20,Teaching goes on.,en,2024-06-28,20,Owner",
    "contribution_calls": "conference,opens_on,closes_before\nCONF-2022,2022-06-01,2022-10-01",
    "contributions": CONTRIBUTIONS,
    "contribution_judgements": "contribution,account,score,note,judged_on\n"
    "CTB-2022-0001,the-chair,4,Clear,2022-10-05\nCTB-2022-0002,the-chair,1,,2022-10-05\nCTB-2022-0003,the-chair,5,,2022-10-05",
    "contribution_decisions": CONTRIBUTIONS,
    "contribution_withdrawals": CONTRIBUTIONS,
    "agenda": "conference,kind,starts_at,ends_at,room,language,speakers,contribution,title_en\n"
    'CONF-2022,talk,2022-12-15T09:00,2022-12-15T10:00,Hall A,en,"Mei Lin, Chongqing;Nimali",,Brakes\n'
    "CONF-2022,talk,2022-12-15T10:00,2022-12-15T11:00,Hall A,lo,,CTB-2022-0001,\n"
    "CONF-2022,talk,2022-12-15T11:00,2022-12-15T12:00,Hall A,en,,CTB-2022-0003,",
    "resolutions": "reference,conference,owner,resolved_on,due_on,status,settled_on,reason,text_en\n"
    "RES-2022-0001,CONF-2022,vientiane,2022-12-16,2023-06-30,done,2023-05-01,Compared,Compare the curricula\n"
    "RES-2022-0002,CONF-2022,,2022-12-16,2023-06-30,open,,,Meet again",
    "minutes": "conference,language,text,written_on,written_by,approved_by,approved_on\n"
    "CONF-2022,en,We met.,2022-12-20,Desk,Council,2023-01-10",
    "delegate_questions": "conference,opens_on,closes_before,places,code,answer,need,options,title_en\n"
    "CONF-2024,2024-01-01,2024-11-01,300,meals,one_of,required,Everything;Halal,What do you eat?",
    "delegates": "conference,registered_on,name,latin_name,email,language,member,comes_from,country,meals,listed\n"
    "CONF-2024,2024-01-20,ຄຳຫຼ້າ,Khamla,khamla@example.org,lo,vientiane,,LA,option-2,yes",
    "announcement_changes": "announcement,to_status,effective_on,reason\n"
    "ANN-2022-0004,agreed,2023-05-18,\nANN-2022-0004,running,2023-09-04,First session",
}


@pytest.fixture
def folder(tmp_path):
    make_member("chongqing")
    make_member("vientiane", country="LA")
    make_user("the-chair")
    return tmp_path


def load(folder, **changed):
    return [take_text(folder, SHEETS, kind.name, changed.get(kind.name, FILES[kind.name])) for kind in SHEETS]


def test_the_sheets_bring_in_the_ledger_with_its_history(folder):
    assert sum(load(folder)) == 30
    conference = get_conference(reference="CONF-2022", by=VISITOR)
    assert (conference.ends_before, conference.status_on(date(2022, 12, 16))) == (date(2022, 12, 17), "held")
    assert Conference.objects.get(reference="CONF-2024").status == "planned"
    shown = get_announcement(reference="ANN-2022-0004", by=VISITOR, on=date(2023, 6, 15))
    assert (shown.status_then, shown.due_then, shown.made_by, shown.confirmed_by) == (
        "agreed", date(2023, 12, 31), "Desk", "Council",
    )  # fmt: skip
    assert [(each.language, each.said) for each in shown.wordings.all()] == [
        ("zh-Hans", "read_out"),
        ("en", "translated"),
    ]
    assert [(each.organisation.reference, each.role) for each in shown.members.all()] == [("vientiane", "host")]
    assert [(each.number, each.reason) for each in shown.targets.all()] == [(60, ""), (40, "One workshop less")]
    assert [report.reached for report in shown.reports.all()] == [None, 20]
    assert [report.due_on for report in shown.reports.all()] == [date(2023, 6, 30), date(2023, 12, 31)]
    item, delegate = AgendaItem.objects.get(contribution=None), Delegate.objects.get()
    assert (item.starts_at, [each.name for each in item.speakers.all()]) == (
        datetime(2022, 12, 15, 1, tzinfo=UTC),
        ["Mei Lin", "Nimali"],
    )
    assert {each.reference: each.status for each in Resolution.objects.all()} == {
        "RES-2022-0001": "done",
        "RES-2022-0002": "open",
    }
    assert (Minutes.objects.get().approved_by, delegate.reference, delegate.name) == (
        "Council",
        "DLG-2024-0001",
        "ຄຳຫຼ້າ",
    )
    assert Announcement.objects.get(reference="ANN-2022-0005").confirmed_by == ""


def test_every_row_that_names_nothing_is_told_with_its_place(folder):
    broken = FILES["announcements"].replace("CONF-2022,chongqing,LA", "CONF-1999,hanoi,LA")
    take_text(folder, SHEETS, "conferences", FILES["conferences"])
    assert told(folder, SHEETS, "announcements", broken) == [
        "announcements.csv, row 2, conference: There is no “CONF-1999”.",
        "announcements.csv, row 2, owner: There is no “hanoi”.",
    ]
    assert not Announcement.objects.exists()


@pytest.mark.parametrize(
    ("sheet", "old", "new", "said"),
    [
        ("conferences", "held", "over", "row 2, status: “over” is not one of: planned, held."),
        ("conferences", "2022-12-16", "2022-12-32", "row 2, ends_on: There is no day 2022-12-32."),
        ("announcements", "ANN-2022-0005", "ANN-2022-0004", "stands in row 2 and again in row 3"),
        ("announcement_members", "vientiane", "chongqing", "chongqing owns it already; name the others."),
        ("announcement_targets", "One workshop less", "", "Say why the target changes"),
        ("announcement_reports", "2024-06-28", "2023-12-20", "The next report is due on a later day."),
        ("announcement_changes", "2023-09-04", "2023-01-01", "row 2: ANN-2022-0004 has changed on 2023-05-18"),
    ],
)
def test_a_broken_cell_is_told_with_its_reason(folder, sheet, old, new, said):
    for kind in SHEETS:
        if kind.name == sheet:
            break
        take_text(folder, SHEETS, kind.name, FILES[kind.name])
    problems = told(folder, SHEETS, sheet, FILES[sheet].replace(old, new))
    assert any(said in problem and problem.startswith(f"{sheet}.csv") for problem in problems), problems


def test_contributions_come_with_how_they_were_judged_and_decided_and_stand_on_the_agenda(folder):
    load(folder)
    accepted, declined, withdrawn = Contribution.objects.order_by("reference")
    assert [each.status for each in (accepted, declined, withdrawn)] == ["accepted", "declined", "withdrawn"]
    assert [(each.by_label, each.score) for each in accepted.reviews.all()] == [("the-chair", 4)]
    assert "It sells" in declined.letters.get().body
    assert [each.name for each in accepted.item.speakers.all()] == ["Khamla", "Noy"]
    assert accepted.item.titles.get().text == "ເບກ"
    assert withdrawn.item.titles.get().text == "Lamps"
    assert withdrawn.status_on(date(2022, 12, 9)) == "accepted"


@pytest.mark.parametrize(
    ("kind", "old", "new", "what"),
    [
        ("contributions", "CONF-2022,vientiane,2022-09-01", "CONF-2022,vientiane,2022-11-01", "is over"),
        ("contribution_judgements", "the-chair,4", "nobody,4", "account"),
        ("agenda", "CTB-2022-0001", "CTB-2022-0002", "only what is accepted"),
    ],
    ids=["after the call", "unknown account", "declined on the agenda"],
)
def test_a_wrong_row_of_contributions_says_what_is_wrong(folder, kind, old, new, what):
    with pytest.raises(Refusal) as refused:
        load(folder, **{kind: FILES[kind].replace(old, new)})
    assert what in str(refused.value)
