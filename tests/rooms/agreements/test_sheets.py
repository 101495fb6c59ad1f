from datetime import date

import pytest

from corridor.foundations.access import VISITOR
from corridor.rooms.agreements.models import Agreement, Obligation
from corridor.rooms.agreements.queries import get_agreement
from corridor.rooms.agreements.sheets import SHEETS
from tests.factories.agreements import make_scan
from tests.factories.conferences import make_announcement
from tests.factories.members import make_member
from tests.factories.sheet_texts import take_text, told

pytestmark = pytest.mark.django_db
AGREEMENTS = (
    "reference,announcement,starts_on,ends_on,proposed_on,source_mark,kind,parent,renews\n"
    "AGR-2023-0031,ANN-2023-0001,2023-06-01,2026-05-31,2023-03-02,named,framework,,\n"
    "AGR-2024-0006,,2024-03-01,,2024-01-20,assumed,,AGR-2024-0007,\n"
    "AGR-2024-0007,,2024-03-01,,,assumed,,,AGR-2023-0031"
)
PARTIES = "agreement,organisation,position,role,signed_on,signed_as,scan,signed_way\n" + "\n".join(
    [
        "AGR-2023-0031,chongqing,1,leads,2023-05-10,Vice president,,link",
        "AGR-2023-0031,vientiane,2,hosts,2023-05-18,Deputy director,scan-1,",
        "AGR-2024-0006,chongqing,1,,2024-01-25,President,,electronic",
        "AGR-2024-0006,vientiane,2,,,,,",
    ]
)
FILES = {
    "agreement_kinds": "code,position,signing_order,quorum,name_en,name_lo\nframework,1,parallel,1,Framework agreement,",
    "agreement_clauses": "kind,language,number,text\nframework,en,1,Article 1. Between {parties}.",
    "agreements": AGREEMENTS,
    "agreement_texts": "agreement,language,title,body,standing\n"
    'AGR-2023-0031,en,Joint training,"Article 1.\n\nArticle 2.",equal\n'
    "AGR-2023-0031,zh-Hans,联合培训,第一条,prevailing\nAGR-2024-0006,en,Signalling,Article 1.,equal",
    "agreement_parties": PARTIES,
    "agreement_lines": "agreement,number,language,text\nAGR-2023-0031,1,en,Two brake testers",
    "agreement_signers": "agreement,organisation,position,office,name,language\n"
    "AGR-2023-0031,chongqing,1,Vice president,Mei Lin,zh-hans",
    "agreement_proposals": AGREEMENTS,
    "agreement_counters": "agreement,member,on,reason,ends_on,language,clause,text\n"
    "AGR-2024-0006,vientiane,2024-01-22,Slower.,,en,1,Article 1. Slowly.",
    "agreement_signatures": PARTIES,
    "agreement_amendments": "agreement,member,on,reason,ends_on,language,clause,text,signed_on,scan\n"
    "AGR-2023-0031,chongqing,2023-08-01,Longer.,2027-05-31,en,2,Article 2. More.,2023-09-01,scan-1",
    "agreement_steps": "agreement,kind,member,asked_on,takes_effect_on,reason\n"
    "AGR-2023-0031,lapse,vientiane,2023-09-15,,Enough.",
    "agreement_changes": "agreement,to_status,effective_on,reason,successor\n"
    "AGR-2023-0031,suspended,2023-10-01,The host is closed,\nAGR-2023-0031,in_force,2023-11-01,,",
    "obligations": "reference,agreement,member,what,due_on,every_months,shown_by,status,settled_on,reason,evidence,record_kind,record\n"
    "OBL-2023-0001,AGR-2023-0031,vientiane,Sends three trainers,2023-12-01,,,open,,,,,\n"
    "OBL-2023-0002,AGR-2023-0031,vientiane,Reports,2023-07-01,3,,open,,,,,",
    "obligation_occurrences": "obligation,settled_as,settled_on,reason,evidence,record_kind,record\n"
    "OBL-2023-0002,fulfilled,2023-07-02,,scan-1,,\nOBL-2023-0002,waived,2023-10-02,By letter,,,",
}


@pytest.fixture
def folder(tmp_path):
    make_announcement(owner=make_member("chongqing"))
    make_member("vientiane", country="LA")
    make_scan("scan-1")
    return tmp_path


def load(folder, until="", **changed):
    taken = []
    for kind in SHEETS:
        if kind.name == until:
            break
        taken.append(take_text(folder, SHEETS, kind.name, changed.get(kind.name, FILES[kind.name])))
    return taken


def test_the_sheets_bring_in_drafts_proposals_signatures_and_what_came_after(folder):
    assert load(folder) == [1, 1, 3, 3, 4, 1, 1, 2, 1, 3, 1, 1, 2, 2, 2]
    back = Obligation.objects.get(reference="OBL-2023-0002")
    assert (back.status, back.due_on, back.occurrences.count()) == ("open", date(2024, 1, 1), 2)
    states = dict(Agreement.objects.values_list("reference", "status"))
    assert states == {
        "AGR-2023-0031": "in_force", "AGR-2023-0031-A1": "in_force", "AGR-2024-0006": "proposed", "AGR-2024-0007": "draft",
    }  # fmt: skip
    shown = get_agreement(reference="AGR-2023-0031", by=VISITOR)
    days = [date(2023, 3, 2), date(2023, 5, 18), date(2023, 6, 1), date(2023, 10, 1), date(2023, 11, 1)]
    assert [shown.status_on(day) for day in days] == ["proposed", "signed", "in_force", "suspended", "in_force"]
    assert (shown.ends_before, shown.announcement.reference) == (date(2027, 6, 1), "ANN-2023-0001")
    assert (shown.kind.code, shown.lines.get().text) == ("framework", "Two brake testers")
    assert [(each.language, each.name) for each in shown.kind.names.all()] == [("en", "Framework agreement")]
    assert [(each.origin, each.reason) for each in shown.versions.all()] == [("proposed", ""), ("amended", "Longer.")]
    assert shown.motions.get().party.reference == "vientiane"
    waiting = get_agreement(reference="AGR-2024-0006", by=VISITOR)
    assert (waiting.parent.reference, waiting.parent.renews.reference) == ("AGR-2024-0007", "AGR-2023-0031")
    assert waiting.texts.get().body == "Article 1. Slowly."
    by_link, on_paper = shown.parties.all()
    assert (on_paper.signature, on_paper.scan.reference) == ("paper", "scan-1")
    given = by_link.signatures.get()
    assert (given.way, given.proof, given.signed_name, given.scan) == ("link", "mail_code", "Mei Lin", None)
    here = waiting.parties.first().signatures.get()
    assert (here.way, here.proof, here.signed_as) == ("electronic", "second_factor", "President")


@pytest.mark.parametrize(
    ("sheet", "old", "new", "said"),
    [
        ("agreements", "ANN-2023-0001", "ANN-1999-0001", "row 2, announcement: There is no “ANN-1999-0001”."),
        ("agreements", "2026-05-31", "2023-05-31", "An agreement ends on or after its first day."),
        ("agreement_texts", "AGR-2024-0006,en", "AGR-1999-0001,en", "agreement: There is no “AGR-1999-0001”."),
        ("agreement_parties", "0031,vientiane", "0031,hanoi", "row 3, organisation: There is no “hanoi”."),
        ("agreement_parties", "0031,vientiane,2", "0031,vientiane,two", "row 3, position: “two” is no whole number"),
        ("agreement_proposals", "2024-03-01,,,", "2024-03-01,,2024-02-01,", "row 4: AGR-2024-0007 needs a text"),
        ("agreement_signatures", "director,scan-1", "director,scan-9", "row 3, scan: There is no “scan-9”."),
        ("agreement_signatures", "director,scan-1", "director,", "row 3, scan: A signature on paper is shown"),
        ("agreement_signatures", "2024-01-25", "2024-01-01", "row 4: AGR-2024-0006 was proposed on 2024-01-22"),
        ("agreement_clauses", "framework,en", "frame,en", "row 2, kind: There is no “frame”."),
        ("agreement_clauses", "{parties}", "{signatory}", "Nothing fills “{signatory}”"),
        ("agreements", "named,framework", "named,frame", "row 2, kind: There is no “frame”."),
        (
            "agreements",
            "assumed,,AGR-2024-0007,",
            "assumed,,AGR-1999-0001,",
            "row 3, parent: There is no “AGR-1999-0001”.",
        ),
        ("agreement_lines", "0031,1,en", "0031,0,en", "row 2, number: "),
        ("agreement_counters", ",en,1,", ",en,9,", "row 2, clause: There is no such clause in this language."),
        ("agreement_counters", ",vientiane,", ",hanoi,", "hanoi is not a party to AGR-2024-0006."),
        (
            "agreement_amendments",
            "AGR-2023-0031,chongqing,2023-08-01,Longer.,2027-05-31,en,2",
            "AGR-2024-0006,chongqing,2024-01-25,Longer.,,en,1",
            "only what is in force is amended.",
        ),
        ("agreement_steps", ",lapse,", ",resume,", "this step cannot be asked for"),
        ("agreement_changes", "in_force,2023-11", "in_force,2023-09", "row 2: AGR-2023-0031 has changed on"),
    ],
)
def test_a_broken_row_is_told_with_its_place_and_reason(folder, sheet, old, new, said):
    load(folder, until=sheet)
    problems = told(folder, SHEETS, sheet, FILES[sheet].replace(old, new))
    assert any(said in problem for problem in problems), problems
