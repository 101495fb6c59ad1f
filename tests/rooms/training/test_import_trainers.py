"""The register of trainers, and postings and trips, from sheets and back."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.sheets.steps.returning import export_file
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS, import_file, write_import
from corridor.rooms.training.models import Stay, Trainer
from tests.factories.actors import make_actor, make_user
from tests.factories.curricula import make_version
from tests.factories.members import make_member
from tests.factories.people import make_person
from tests.factories.trainers import make_stay, make_trainer
from tests.factories.training import make_cohort, make_enrolment, make_ground

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 2, 9, tzinfo=UTC)
TRAINERS = "person,employer,since,until,languages,units\n"
STAYS = "person,kind,sent by,site,country,city,from,to,what for,paid by\n"


def secretariat():
    return make_actor("secretariat", user=make_user("secretariat"))


def send(text, kind, by=None):
    return import_file(
        kind=kind, file_name="sheet.csv", content=text.encode(), language="en", answers={}, columns={}, at=AT, by=by or secretariat()
    )  # fmt: skip


def written(text, kind):
    return write_import(held=send(text, kind), at=AT, by=secretariat(), wait=True)


def said(held):
    return " ".join(held.verdicts.values_list("said", flat=True))


def exported(kind, **narrowed):
    content = export_file(
        kind=KINDS[kind], form="csv", language="en", on=AT.date(), by=secretariat(), narrowed=narrowed
    )[2]
    return content.decode("utf-8-sig")


def test_trainers_come_in_are_changed_and_taken_back():
    make_version(), make_member("vientiane", country="LA")
    make_person("khamla")
    row = "khamla,vientiane,2023-01-09,,lo first; en cefr B2 certificate,vehicle-inspection.1.0.VI-1\n"
    first = written(TRAINERS + row, "trainers")
    khamla = Trainer.objects.get()
    assert (khamla.languages.count(), khamla.units.get().unit.code) == (2, "VI-1")
    again = written(TRAINERS + row.replace("B2", "C1"), "trainers")
    assert khamla.languages.get(scale="cefr").level == "C1"
    undo_import(key=again.pk, kind=KINDS["trainers"], at=AT, by=secretariat())
    assert khamla.languages.get(scale="cefr").level == "B2"
    undo_import(key=first.pk, kind=KINDS["trainers"], at=AT, by=secretariat())
    assert not Trainer.objects.exists()


def test_columns_that_a_sheet_does_not_have_stay():
    trainer = make_trainer(make_person("khamla"), languages=[("lo", "first", "")])
    written("person,since\nkhamla,2023-05-01\n", "trainers")
    trainer.refresh_from_db()
    assert (trainer.held_from, trainer.languages.count()) == (date(2023, 5, 1), 1)


def test_what_is_taken_out_comes_back_as_it_was():
    trainer = make_trainer(make_person("khamla"), employer=make_member("vientiane"), languages=[("en", "cefr", "B2")])
    trainer.units.create(unit=make_version().units.first(), allowed_on=date(2023, 3, 1))
    make_stay(trainer.person, kind="learning", cost_units=1_840_050, currency="CNY")
    for kind in ("trainers", "stays"):
        held = send(exported(kind), kind)
        assert set(held.verdicts.values_list("verdict", flat=True)) == {"unchanged"}, said(held)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("nobody,,2023-01-09,,,", "no person"),
        ("khamla,nowhere,2023-01-09,,,", "no organisation"),
        ("khamla,,2023-01-09,2023-01-08,,", "last day"),
        ("khamla,,2023-01-09,,zh-Hans hsk_2010 7,", "no level"),
        ("khamla,,2023-01-09,,loud and clear,", "cannot be read"),
        ("khamla,,2023-01-09,,,vehicle-inspection.9.VI-1", "no unit"),
    ],
    ids=["nobody", "no-employer", "ends-before", "no-level", "no-language", "no-unit"],
)
def test_a_row_that_cannot_be_is_refused_with_the_reason(row, words):
    make_person("khamla")
    held = send(TRAINERS + row + "\n", "trainers")
    assert words in said(held)
    assert held.verdicts.get().verdict == "refused"


def test_a_coordinator_brings_in_the_own_trainers_alone():
    colombo = make_member("colombo", country="LK")
    make_member("vientiane", country="LA")
    make_enrolment(make_cohort(), person=make_person("nimali"), sending_organisation=colombo)
    make_person("mei")
    by = make_actor("coordinator", ("member", colombo.pk), user=make_user("nimali"))
    rows = "nimali,colombo,2023-01-09,,,\nmei,colombo,2023-01-09,,,\nnimali,vientiane,2023-01-09,,,\n"
    held = send(TRAINERS + rows, "trainers", by)
    assert list(held.verdicts.order_by("number").values_list("verdict", flat=True)) == ["create", "refused", "refused"]


def test_postings_and_trips_come_in_are_corrected_and_taken_back():
    make_ground()
    make_person("mei")
    rows = "mei,派驻,chongqing,wks-vientiane,,,2023-09-04,,To guide,\nmei,trip,chongqing,,TH,Rayong,2023-10-02,2023-10-06,To judge,vientiane\n"
    first = written(STAYS + rows, "stays")
    assert sorted(Stay.objects.values_list("kind", "country", "city")) == [
        ("posting", "LA", "Vientiane"),
        ("trip", "TH", "Rayong"),
    ]
    again = written(STAYS + "mei,trip,chongqing,,TH,Rayong,2023-10-02,2023-10-09,To judge,vientiane\n", "stays")
    assert Stay.objects.get(kind="trip").ends_before == date(2023, 10, 10)
    costs = (
        'person,kind,sent_by,starts_on,purpose,cost,currency\nmei,trip,chongqing,2023-10-02,To judge,"1,250.50",CNY\n'
    )
    priced = written(costs, "stays")
    assert str(Stay.objects.get(kind="trip").cost) == "1250.50 CNY"
    undo_import(key=priced.pk, kind=KINDS["stays"], at=AT, by=secretariat())
    assert Stay.objects.get(kind="trip").cost is None
    undo_import(key=again.pk, kind=KINDS["stays"], at=AT, by=secretariat())
    undo_import(key=first.pk, kind=KINDS["stays"], at=AT, by=secretariat())
    assert not Stay.objects.exists()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("mei,posting,chongqing,,LA,,2023-09-04,,To guide,", "name it"),
        ("mei,trip,chongqing,,LA,,2023-09-04,,To guide,", "last day"),
        ("mei,trip,nowhere,,LA,,2023-09-04,2023-09-05,To guide,", "no organisation"),
        ("mei,posting,chongqing,nowhere,,,2023-09-04,,To guide,", "no site"),
    ],
    ids=["posting-without-site", "trip-without-end", "no-sender", "no-site"],
)
def test_a_stay_that_cannot_be_is_refused_with_the_reason(row, words):
    make_member("chongqing")
    make_person("mei")
    assert words in said(send(STAYS + row + "\n", "stays"))
