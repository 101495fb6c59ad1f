"""Names of organisations, and seats, from sheets and back."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.foundations.sheets.steps.returning import export_file
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS, import_file, write_import
from corridor.rooms.members.models import NameCorrection, OrganisationName, Seat
from tests.factories.actors import make_actor, make_user
from tests.factories.members import make_member, make_seat

AT = datetime(2024, 2, 2, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def secretariat():
    return make_actor("secretariat", user=make_user("secretariat"))


def send(text, *, kind, by=None, name="sheet.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return import_file(
        kind=kind, file_name=name, content=content, language="en", answers={}, columns={}, at=AT, by=by or secretariat()
    )


def written(text, **more):
    by = more.setdefault("by", secretariat())
    return write_import(held=send(text, **more), at=AT, by=by, wait=True)


def said(held):
    return " ".join(held.verdicts.values_list("said", flat=True))


NAMES = "organisation,language,name,kind of name\nvientiane,lo,ວິທະຍາໄລວຽງຈັນ,official\nvientiane,lo,ວທວຈ,ຊື່ຫຍໍ້\n"
SEATS = (
    "user,role,organisation,held from,until\nmei,协调员,vientiane,2024-01-01,\nkhamla,auditor,,2024-01-01,2025-01-01\n"
)


def test_names_are_added_once_and_taken_back():
    make_member("vientiane", country="LA")
    before = OrganisationName.objects.count()
    held = written(NAMES, kind="organisation_names")
    assert (held.created, OrganisationName.objects.filter(language="lo").count()) == (2, 2)
    assert send(NAMES, kind="organisation_names").unchanged == 2
    undo_import(key=held.pk, kind=KINDS["organisation_names"], at=AT, by=secretariat())
    assert OrganisationName.objects.count() == before


def test_a_corrected_name_keeps_what_stood_there():
    make_member("vientiane", country="LA")
    written(NAMES, kind="organisation_names")
    name = OrganisationName.objects.get(kind="short", language="lo")
    sheet = f"number of the name,organisation,language,name,kind of name\n{name.pk},vientiane,lo,ວທວ,short\n"
    held = written(sheet, kind="organisation_names")
    name.refresh_from_db()
    assert (held.updated, name.name, NameCorrection.objects.get().was) == (1, "ວທວ", "ວທວຈ")
    undo_import(key=held.pk, kind=KINDS["organisation_names"], at=AT, by=secretariat())
    name.refresh_from_db()
    assert name.name == "ວທວຈ"


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ("nowhere,lo,x,short\n", "unknown_organisation"),
        ("vientiane,lo,x,official\nvientiane,lo,y,official\n", "name"),
        ("vientiane,lo,x,nickname\n", "choice"),
    ],
)
def test_names_that_cannot_be_are_refused(rows, rule):
    make_member("vientiane", country="LA")
    held = send("organisation,language,name,kind of name\n" + rows, kind="organisation_names")
    assert (held.refused, f'"{rule}"' in said(held)) == (1, True)


def test_a_coordinator_names_the_own_member_alone():
    mine = make_member("vientiane", country="LA")
    make_member("colombo", country="LK")
    by = make_actor("coordinator", ("member", mine.pk), user=make_user("khamla"))
    head = "organisation,language,name,kind of name\n"
    assert send(head + "vientiane,lo,x,short\n", kind="organisation_names", by=by).created == 1
    held = send(head + "colombo,si,x,short\n", kind="organisation_names", by=by)
    assert held.refused == 1


def seated():
    make_member("vientiane", country="LA")
    make_user("mei")
    make_user("khamla")


def test_seats_are_given_once_and_taken_back():
    seated()
    held = written(SEATS, kind="seats")
    assert (held.created, Seat.objects.get(user__username="mei").role) == (2, "coordinator")
    assert send(SEATS, kind="seats").unchanged == 2
    undo_import(key=held.pk, kind=KINDS["seats"], at=AT, by=secretariat())
    assert not Seat.objects.exists()


def test_a_seat_gets_another_end_and_nothing_else():
    seated()
    written(SEATS, kind="seats")
    seat = Seat.objects.get(user__username="mei")
    head = "key of the seat,user,role,organisation,held from,until\n"
    row = f"{seat.pk},mei,coordinator,vientiane,2024-01-01,2024-03-01\n"
    held = written(head + row, kind="seats")
    seat.refresh_from_db()
    assert (held.updated, seat.held_before) == (1, date(2024, 3, 1))
    assert '"stays"' in said(send(head + row.replace("coordinator", "key holder"), kind="seats"))
    Seat.objects.update(held_before=date(2024, 4, 1))
    with pytest.raises(BuiltOn):
        undo_import(key=held.pk, kind=KINDS["seats"], at=AT, by=secretariat())


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("nobody,auditor,,2024-01-01,", "unknown_user"),
        ("mei,coordinator,,2024-01-01,", "seat"),
        ("mei,auditor,vientiane,2024-01-01,", "seat"),
        ("mei,auditor,,2024-01-01,2023-01-01", "seat"),
        ("mei,trainer,,2024-01-01,", "choice"),
        ("holder,auditor,,2024-03-01,", "held_already"),
    ],
)
def test_seats_that_cannot_be_are_refused(row, rule):
    seated()
    make_seat(make_user("holder"), "auditor", held_from=date(2024, 1, 1))
    held = send("user,role,organisation,held from,until\n" + row + "\n", kind="seats")
    assert (held.refused, f'"{rule}"' in said(held)) == (1, True)


@pytest.mark.parametrize("kind", ["organisation_names", "seats"])
def test_an_export_that_nobody_touched_changes_nothing(kind):
    seated()
    written(SEATS, kind="seats")
    for form in ("csv", "xlsx"):
        _name, _media, content = export_file(kind=KINDS[kind], form=form, language="en", on=AT.date(), by=secretariat())
        held = send(content, kind=kind, name=f"sheet.{form}")
        assert (held.refused, held.rows == held.unchanged, held.rows > 0) == (0, True, True)
