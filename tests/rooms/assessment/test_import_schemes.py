"""Schemes come in by sheet: the rows of a unit make one draft, and what was published stays as it is."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest

from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.foundations.sheets.steps.returning import export_file
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS, import_file, write_import
from corridor.kernel.errors import AccessDenied
from corridor.rooms.assessment.actions import discard_scheme, publish_schemes, write_schemes
from corridor.rooms.assessment.models import EvidenceNeed, InstrumentKind, Scheme, Weight
from corridor.rooms.assessment.schemes import CriterionDraft, InstrumentDraft, draft_of, whole
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.assessment import make_scheme
from tests.factories.curricula import make_version

pytestmark = pytest.mark.django_db
AT = datetime(2023, 7, 3, 9, tzinfo=UTC)
NAMES = [column.name for column in KINDS["schemes"].columns]


@pytest.fixture
def version():
    return make_version(units=["U1", "U2"])


@pytest.fixture
def unit(version):
    return version.units.first()


def row(unit="U1", instrument=1, criterion: int | str = 1, **said):
    usual = {
        "curriculum": "vehicle-inspection", "version": "1.0", "unit": unit, "attempts_allowed": 2, "signing": "learner", "judges": "one",
        "appeal_days": 21, "instrument": instrument, "kind": "practical_task", "title_en": "Inspect the brakes",
        "criterion": criterion,
    }  # fmt: skip
    if criterion:
        usual |= {"weight": "critical", "evidence": "photo", "text_en": f"Point {criterion} is seen"}
    return usual | said


def sheet(*rows):
    out = StringIO()
    writer = csv.DictWriter(out, NAMES)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def send(*rows, by=NIGHTLY, content=b""):
    return import_file(
        kind="schemes", file_name="schemes.csv", content=content or sheet(*rows), language="en", answers={}, columns={},
        at=AT, by=by,
    )  # fmt: skip


def written(*rows):
    return write_import(held=send(*rows), at=AT, by=NIGHTLY, wait=True)


def undone(held):
    return undo_import(key=held.pk, kind=KINDS["schemes"], at=AT, by=NIGHTLY)


def taken(**narrowed):
    content = export_file(
        kind=KINDS["schemes"], form="csv", language="en", on=AT.date(), by=NIGHTLY, narrowed=narrowed
    )[2]
    return content, [
        dict(zip(NAMES, each, strict=True)) for each in list(csv.reader(StringIO(content.decode("utf-8-sig"))))[1:]
    ]


def draft_for(unit):
    return draft_of(whole(Scheme.objects.filter(unit=unit, status="draft").values_list("pk", flat=True))[0])


def test_the_rows_of_a_unit_make_one_draft_that_a_person_publishes(unit):
    held = written(
        row(),
        row(criterion=2, weight="optional", evidence="", text_lo="ສະອາດ"),
        row(instrument=2, criterion="", kind="written", scale="100", pass_mark="60", title_en="Rules"),
    )
    assert (held.created, held.refused) == (3, 0)
    scheme = Scheme.objects.get()
    assert (scheme.status, scheme.version) == ("draft", 1)
    found = draft_for(unit)
    assert (found.attempts_allowed, found.signing, found.judges, found.appeal_days) == (2, "learner", "one", 21)
    task, test = found.instruments
    assert task.criteria == (
        CriterionDraft(texts={"en": "Point 1 is seen"}, weight=Weight.CRITICAL, evidence=EvidenceNeed.PHOTO),
        CriterionDraft(texts={"en": "Point 2 is seen", "lo": "ສະອາດ"}, weight=Weight.OPTIONAL),
    )
    assert test == InstrumentDraft(
        kind=InstrumentKind.WRITTEN, titles={"en": "Rules"}, scale=Decimal(100), pass_mark=Decimal(60)
    )
    (published,) = publish_schemes(schemes=[scheme], on=AT.date(), by=NIGHTLY)
    assert published.status == "published"


def test_a_published_scheme_stays_and_the_next_version_begins_with_all_that_it_says(unit):
    before = draft_of(make_scheme(unit, test=True))
    held = written(
        {
            name: value
            for name, value in row(criterion=4).items()
            if name not in {"attempts_allowed", "signing", "appeal_days"}
        }
    )
    assert (held.created, held.updated, held.refused) == (1, 0, 0)
    old, new = whole(Scheme.objects.filter(unit=unit).order_by("version").values_list("pk", flat=True))[::-1]
    assert (old.status, draft_of(old)) == ("published", before)
    found = draft_of(new)
    assert (new.status, new.version, found.attempts_allowed) == ("draft", 2, 3)
    assert [len(each.criteria) for each in found.instruments] == [4, 0]
    assert found.instruments[0].criteria[:3] == before.instruments[0].criteria


def test_a_second_file_writes_into_the_same_draft_and_what_it_holds_is_unchanged(unit):
    written(row())
    assert send(row()).unchanged == 1
    assert written(row(), row(criterion=2)).created == 1
    assert written(row(weight="required")).updated == 1
    assert (Scheme.objects.count(), len(draft_for(unit).instruments[0].criteria)) == (1, 2)


def test_texts_in_languages_that_the_sheet_does_not_hold_stay(unit):
    make_scheme(
        unit, published_on=None, instruments=[InstrumentDraft(kind=InstrumentKind.ORAL, titles={"en": "Asked", "km": "សួរ"})]
    )  # fmt: skip
    written(row(criterion="", kind="oral", title_en="Questions"))
    assert draft_for(unit).instruments[0].titles == {"en": "Questions", "km": "សួរ"}


@pytest.mark.parametrize(
    ("rows", "column", "rule"),
    [
        ([row(version="9.9")], "version", "unknown_version"),
        ([row("U9")], "unit", "unknown_unit"),
        ([row(), row("U2"), row(criterion=2)], "unit", "apart"),
        ([row(instrument=2)], "instrument", "not_next"),
        ([row(), row(criterion=3)], "criterion", "not_next"),
        ([row(criterion="", text_en="Seen")], "text_en", "no_number"),
        ([row(), row(criterion=2, attempts_allowed=3)], "attempts_allowed", "differs"),
        ([row(), row(criterion=2, title_en="Another")], "title_en", "differs"),
        ([row(), row()], "criterion", "twice"),
        ([row(title_en="")], "title_en", "scheme"),
        ([row(text_en="")], "text_en", "scheme"),
        ([row(scale="10")], "scale", "scheme"),
        ([row(criterion="", kind="written", scale="10", pass_mark="11")], "pass_mark", "scheme"),
        ([row(kind="written", scale="10", pass_mark="5")], "text_en", "scheme"),
    ],
    ids=[
        "no-version", "no-unit", "apart", "instrument-left-out", "criterion-left-out", "no-number", "other-facts", "other-title", "twice",
        "no-title", "no-text", "marks-of-a-task", "pass-above-scale", "test-with-criteria",
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row_is_said(version, rows, column, rule):
    held = send(*rows)
    assert held.refused == 1
    (said,) = held.verdicts.filter(verdict="refused").values_list("said", flat=True)
    assert f'["{column}",' in said
    assert f'"{rule}"' in said
    assert not Scheme.objects.exists()


def test_a_unit_that_comes_again_is_told_with_its_name_and_its_first_row(version):
    said = send(row(), row("U2"), row(criterion=2)).verdicts.get(verdict="refused").said
    assert ('"U1"' in said, '"first":2' in said) == (True, True)


def test_rows_of_a_unit_that_fill_more_than_one_set_make_one_draft_too(unit):
    rows = [row(instrument=each, criterion=place) for each in range(1, 7) for place in range(1, 86)]
    held = written(*rows)
    assert (held.created, Scheme.objects.get().edition) == (510, 2)
    assert [len(each.criteria) for each in draft_for(unit).instruments] == [85] * 6
    assert send(*rows).unchanged == 510
    undone(held)
    assert not Scheme.objects.exists()


def test_an_import_that_began_the_draft_is_taken_back_and_what_was_published_holds(unit):
    make_scheme(unit)
    before = taken()
    held = written(row(criterion=4), row(instrument=2, kind="oral", title_en="Asked"))
    assert taken() != before
    undone(held)
    assert (taken(), Scheme.objects.count()) == (before, 1)


def test_a_draft_that_stood_before_gets_its_words_back(unit):
    make_scheme(unit, published_on=None)
    before = draft_for(unit)
    undone(written(row(weight="optional"), row(criterion=4), row(instrument=2, kind="oral", title_en="Asked")))
    assert draft_for(unit) == before


def test_what_was_added_on_the_page_since_stays_when_an_import_is_taken_back(unit):
    make_scheme(unit)
    held = written(row(attempts_allowed=5, criterion=2))
    added = InstrumentDraft(kind=InstrumentKind.PORTFOLIO, titles={"en": "Its papers"})
    draft = draft_for(unit)
    write_schemes(schemes=[replace(draft, instruments=(*draft.instruments, added))], by=NIGHTLY)
    undone(held)
    found = draft_for(unit)
    assert (found.attempts_allowed, found.instruments[-1]) == (3, added)


@pytest.mark.parametrize("since", ["published", "thrown-away", "changed", "added-behind"])
def test_an_import_is_not_taken_back_once_something_stands_on_it(unit, since):
    held = written(row())
    scheme = Scheme.objects.get()
    if since == "published":
        publish_schemes(schemes=[scheme], on=date(2023, 7, 3), by=NIGHTLY)
    elif since == "thrown-away":
        discard_scheme(scheme=scheme, by=NIGHTLY)
    else:
        written(row(weight="optional") if since == "changed" else row(criterion=2))
    with pytest.raises(BuiltOn):
        undone(held)


def test_the_sheet_is_what_the_next_version_is_written_from_and_narrowed_what_is_in_force(unit, version):
    make_scheme(unit)
    make_scheme(version.units.last())
    written(row(text_en="Held by two wedges"))
    content, rows = taken()
    assert [(each["unit"], each["text_en"]) for each in rows if each["criterion"] == "1"] == [
        ("U1", "Held by two wedges"), ("U2", "The vehicle is secured")
    ]  # fmt: skip
    assert send(content=content).unchanged == 6
    assert {each["text_en"] for each in taken(status="published")[1] if each["criterion"] == "1"} == {
        "The vehicle is secured"
    }
    assert {each["unit"] for each in taken(status="draft")[1]} == {"U1"}


def test_a_sheet_in_chinese_is_read(unit):
    head = "课程标准,版本,单元,签字人,工具序号,类型,中文标题,标准序号,权重,所需证据,中文内容\n"
    said = "vehicle-inspection,1.0,U1,见证人,1,实操任务,检查制动,1,关键,照片,车辆已固定\n"
    held = write_import(held=send(content=(head + said).encode()), at=AT, by=NIGHTLY, wait=True)
    assert held.created == 1
    found = draft_for(unit)
    assert (found.signing, found.instruments[0].criteria[0].evidence) == ("witness", "photo")


def test_only_who_writes_schemes_sends_or_takes_them(unit):
    by = make_actor("coordinator", ("member", unit.pk))
    with pytest.raises(AccessDenied):
        send(row(), by=by)
    with pytest.raises(AccessDenied):
        export_file(kind=KINDS["schemes"], form="csv", language="en", on=AT.date(), by=by)
