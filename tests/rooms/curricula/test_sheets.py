"""The curricula's sheets: frameworks, versions, units, texts, publication and claims, in that order."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from corridor.foundations.documents.models import Document
from corridor.foundations.sheets.cells.reading import How
from corridor.foundations.sheets.reading import read_sheet
from corridor.kernel.errors import BadInput
from corridor.rooms.curricula.importing_claims import ClaimsImport
from corridor.rooms.curricula.models import CurriculumVersion, MappingClaim
from corridor.rooms.curricula.queries import get_version, mapping_claims_on
from corridor.rooms.curricula.sheets import SHEETS
from tests.factories.actors import NIGHTLY, VISITOR
from tests.factories.members import make_member

AT = datetime(2024, 2, 2, 3, tzinfo=UTC)
FILES = {
    "framework_levels": (
        "framework,edition,name,country,source,source_mark,level,rank,title\n"
        "ISCED,2011,International classification,,UNESCO,named,4,4,Post-secondary\n"
        "ISCED,2011,International classification,,UNESCO,named,5,5,Short tertiary"
    ),
    "curricula": (
        "curriculum,version,developer,framework,edition,level,published_on,superseded_on,source_mark,title_en,title_lo\n"
        "vi,1.0,chongqing,ISCED,2011,4,2022-03-01,2023-09-01,assumed,Vehicle inspection,ກວດພາຫະນະ\n"
        "vi,2.0,chongqing,,,,,,assumed,Vehicle inspection,"
    ),
    "units": (
        "curriculum,version,code,position,requirement,hours_theory,hours_practice,hours_company,hours_language,title_en\n"
        "vi,1.0,VI-1,1,required,10,30,,,Read the papers\nvi,1.0,VI-2,2,elective,,20,,,Check the lamps"
    ),
    "unit_texts": (
        "curriculum,version,unit,kind,element,position,text_en,text_zh-Hans\n"
        "vi,1.0,VI-1,criterion,1,1,Every paper is named,\nvi,1.0,VI-1,element,,1,Sort the papers,整理文件\n"
        "vi,1.0,VI-1,outcome,,1,Explains each paper,"
    ),
    "curriculum_publications": "",
    "mapping_claims": (
        "curriculum,version,unit,relation,country,body,qualification,foreign_code,foreign_title,source_url,coverage,"
        "claimant,claimed_on,expires_on,reviewed_by,reviewed_on,evidence\n"
        "vi,1.0,VI-1,narrower,PK,NAVTTC,Auto,A-1,Inspect,,most of it,chongqing,2022-05-01,2024-04-30,Council,2022-06-01,standard\n"
        "vi,1.0,VI-2,none,AU,,,,,,,chongqing,2022-05-01,,,,"
    ),
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ground():
    make_member("chongqing")
    Document.objects.create(
        reference="standard", title="Standard", file_name="s.pdf", media_type="application/pdf", size=1,
        sha256="0" * 64, stored_as="0", stored_at=AT,
    )  # fmt: skip


def load(folder: Path, **changed: str) -> list[int]:
    taken = []
    for kind in SHEETS:
        path = folder / kind.pattern.replace("*", "csv")
        if kind.name != "curriculum_publications":
            path.write_text(changed.get(kind.name, FILES[kind.name]), encoding="utf-8")
        taken.append(kind.taken(read_sheet(path, kind=kind), by=NIGHTLY, at=AT))
    return taken


def refused(folder: Path, **changed: str) -> list[str]:
    with pytest.raises(BadInput) as told:
        load(folder, **changed)
    return [str(problem) for problem in told.value.problems]


def test_the_sheets_bring_in_a_curriculum_from_framework_to_claims(tmp_path):
    assert load(tmp_path) == [2, 2, 2, 3, 2, 2]
    record = get_version(reference="vi", version="1.0", by=VISITOR)
    assert (record.published_on, record.superseded_on) == (date(2022, 3, 1), date(2023, 9, 1))
    assert record.version.level.code == "4"
    element = record.units[0].elements.get()
    assert element.criteria.get().texts.get().text == "Every paper is named"
    assert sorted(element.texts.values_list("language", flat=True)) == ["en", "zh-Hans"]
    assert CurriculumVersion.objects.get(version="2.0").status == "draft"
    held = [mapping_claims_on(day=day, by=VISITOR).count() for day in (date(2024, 4, 30), date(2024, 5, 1))]
    assert held == [1, 0]


@pytest.mark.parametrize(
    ("sheet", "before", "after", "said"),
    [
        (
            "framework_levels",
            "UNESCO,named,5",
            "OECD,named,5",
            "framework_levels.csv, row 3, name: The rows of one edition",
        ),
        ("curricula", "1.0,chongqing", "1.0,hanoi", "curricula.csv, row 2, developer: There is no “hanoi”."),
        ("curricula", "2011,4,", "2011,9,", "curricula.csv, row 2, level: There is no “ISCED 2011 9”."),
        ("units", "vi,1.0,VI-2", "vi,9.0,VI-2", "units.csv, row 3, version: There is no “vi 9.0”."),
        (
            "units",
            "VI-1,1,required,10,30",
            "VI-1,1,required,,",
            "curricula.csv: Unit VI-1 of vi 1.0 has no hours.",
        ),
        ("unit_texts", "criterion,1,", "criterion,7,", "unit_texts.csv, row 2, element: This unit has no element 7."),
        ("mapping_claims", "vi,1.0,VI-2", "vi,1.0,VI-9", "mapping_claims.csv, row 3, unit: There is no “vi 1.0 VI-9”."),
        ("mapping_claims", "A-1,Inspect", ",Inspect", "mapping_claims.csv, row 2, foreign_code: A claim names"),
        ("mapping_claims", ",standard", ",lost", "mapping_claims.csv, row 2, evidence: There is no “lost”."),
    ],
)
def test_a_fault_is_told_with_its_file_row_and_column(tmp_path, sheet, before, after, said):
    changed = FILES[sheet].replace(before, after)
    assert changed != FILES[sheet]
    (problem,) = refused(tmp_path, **{sheet: changed})
    assert problem.startswith(said)
    assert not MappingClaim.objects.exists()


@pytest.mark.parametrize(
    ("cell", "read"),
    [("EU", "EU"), (" EU ", "EU"), ("LA", "LA"), ("Laos", "LA")],
    ids=["EU", "EU in blanks", "LA", "Laos"],
)
def test_a_sheet_of_claims_takes_the_letters_under_which_esco_stands(cell, read):
    column = next(each for each in ClaimsImport.columns if each.name == "country")
    found = column.read.read(cell, How())
    assert getattr(found, "value", found) == read
