"""The members' sheets: what they bring in, and how each fault is told with its file, row and column."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from corridor.foundations.accounts.models import User
from corridor.foundations.sheets.reading import read_sheet
from corridor.kernel.errors import BadInput
from corridor.rooms.members.models import Alliance, Membership, Organisation, Seat
from corridor.rooms.members.queries import list_members
from corridor.rooms.members.sheets import SHEETS
from tests.factories.actors import NIGHTLY, VISITOR

AT = datetime(2024, 2, 2, 3, tzinfo=UTC)
KINDS = {kind.name: kind for kind in SHEETS}
FILES = {
    "alliance": "code,founded_on,founded_precision,home_zone,home_place,source\ncorridor,2021-01-01,year,Asia/Shanghai,Chongqing,Charter",
    "alliance_names": "language,name,short_name\nen,Corridor Alliance,Corridor\nzh-Hans,走廊联盟,走廊",
    "founding_places": "code,name,country,source_mark,source\nCN-50,Chongqing,CN,named,",
    "listed_places": "country,source_mark,source\nCN,named,\nHK,assumed,",
    "members": (
        "reference,kind,country,region,city,latitude,longitude,founding_mark,source_mark,source\n"
        "chongqing,school,CN,CN-50,Chongqing,29.5,106.5,assumed,assumed,\ncolombo,company,LK,,Colombo,,,,assumed,"
    ),
    "member_names": (
        "organisation,language,name,kind\nchongqing,zh-Hans,重庆学院,official\nchongqing,en,Chongqing College,official\n"
        "chongqing,en,CQC,alias\ncolombo,si,කොළඹ සමාගම,official"
    ),
    "memberships": "organisation,to_status,effective_on,reason\n"
    + "\n".join(
        f"{organisation},{status},{day},"
        for organisation, day in (("chongqing", "2021-05-20"), ("colombo", "2022-05-20"))
        for status in ("applied", "under_review", "approved", "active")
    ),
    "accounts": (
        "username,role,scope_kind,scope,held_from,person\nsecretariat,secretariat,,,2021-05-20,\n"
        "mei,coordinator,member,chongqing,2021-05-20,\nmei,key_holder,member,chongqing,2022-01-01,\n"
        "manager,site_manager,site,wks-colombo,2022-01-01,\nlearner,learner,,,2022-01-01,p-1"
    ),
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path: Path):
    def take(name: str, text: str) -> int:
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        kind = KINDS[name]
        return kind.taken(read_sheet(path, kind=kind), by=NIGHTLY, at=AT)

    return take


def load_all(load, **changed) -> list[int]:
    return [load(kind.name, changed.get(kind.name, FILES[kind.name])) for kind in SHEETS if kind.name in FILES]


def refused(load, **changed) -> list[str]:
    with pytest.raises(BadInput) as told:
        load_all(load, **changed)
    return [str(problem) for problem in told.value.problems]


def test_the_sheets_bring_in_the_alliance_its_members_and_its_accounts(load):
    assert load_all(load) == [1, 2, 1, 2, 2, 4, 8, 5]
    assert Alliance.objects.get().listed_places.count() == 2
    rows = list_members(by=VISITOR, on=date(2022, 5, 20)).rows
    assert [(row.organisation.display_name("si"), row.since) for row in rows] == [
        ("Chongqing College", date(2021, 5, 20)),
        ("කොළඹ සමාගම", date(2022, 5, 20)),
    ]
    assert User.objects.count() == 4
    assert sorted(Seat.objects.values_list("role", flat=True)) == ["coordinator", "key_holder", "secretariat"]
    assert not User.objects.get(username="mei").has_usable_password()


def test_a_row_for_a_member_that_does_not_exist_is_named_in_each_sheet(load):
    names = FILES["member_names"] + "\nhanoi,en,Hanoi College,official\ndalat,en,Dalat College,official"
    assert refused(load, member_names=names) == [
        "member_names.csv, row 6, organisation: There is no “hanoi”.",
        "member_names.csv, row 7, organisation: There is no “dalat”.",
    ]


def test_unknown_scopes_and_missing_members_of_accounts_are_named(load):
    accounts = (
        FILES["accounts"]
        .replace("mei,coordinator,member,chongqing", "mei,coordinator,,")
        .replace("member,chongqing,2022", "member,hanoi,2022")
    )
    assert refused(load, accounts=accounts) == [
        "accounts.csv, row 3, scope: A coordinator speaks for one member; name it.",
        "accounts.csv, row 4, scope: There is no “hanoi”.",
    ]
    assert not User.objects.exists()


def test_steps_out_of_order_are_refused_by_the_name_of_the_member(load):
    steps = FILES["memberships"].replace("chongqing,approved,2021-05-20,\n", "")
    (problem,) = refused(load, memberships=steps)
    assert problem.startswith("memberships.csv, row 2: chongqing is “Under review”; it cannot become “Active”")
    assert not Membership.objects.exists()


def test_members_that_stand_there_already_are_named(load):
    load_all(load)
    assert refused(load, accounts=FILES["accounts"].replace("mei", "new"))[0].endswith(
        "There is already an organisation chongqing."
    )
    assert Organisation.objects.count() == 2


def test_two_official_names_in_one_language_are_named(load):
    names = FILES["member_names"].replace("CQC,alias", "CQC,official")
    assert refused(load, member_names=names) == [
        "member_names.csv, row 4, language: Row 3 gives an official name in this language."
    ]
