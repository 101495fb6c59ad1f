"""Claims, editions and corrections from sheets: taken whole, or refused with the row and the reason."""

from pathlib import Path

import pytest

from corridor.foundations.access import NIGHTLY, Role
from corridor.foundations.sheets.reading import read_sheet
from corridor.kernel.errors import BadInput
from corridor.rooms.indicators.models import Claim, Edition, Figure
from corridor.rooms.indicators.sheets import SHEETS
from corridor.rooms.people.models import Person
from tests.factories.actors import make_user
from tests.factories.figures import AT, complete, make_cohort_at, make_learners, make_place
from tests.factories.members import make_alliance, make_seat

pytestmark = pytest.mark.django_db
KINDS = {kind.name: kind for kind in SHEETS}
CLAIMS = "reference,position,words,kind,number,code,scope,on_day,starts_on,ends_on,source\n"
EDITIONS = "reference,title,day,published_on\n2024,Annual report 2024,2024-01-18,2024-01-30\n"
PLACES = "edition,position,code,scope,on_day,starts_on,ends_on,frozen_on,signed_by,signed_on,second_by,second_on\n"
CORRECTIONS = "code,scope,on_day,starts_on,ends_on,reason,corrected_on,signed_by,signed_on,second_by,second_on\n"
BOTH = "mei,2024-01-19,somchai,2024-01-22"
TEACHERS = "training.persons_completed,kind=teacher,,2021-01-01,2024-01-18"


@pytest.fixture
def take(tmp_path: Path):
    def taken(name: str, text: str) -> int:
        kind = KINDS[name]
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        return kind.taken(read_sheet(path, kind=kind), by=NIGHTLY, at=AT)

    return taken


@pytest.fixture(autouse=True)
def persons() -> list[Person]:
    make_alliance()
    make_seat(make_user("mei"), Role.SECRETARIAT)
    make_seat(make_user("somchai"), Role.COUNCIL)
    make_seat(make_user("khamla"), Role.AUDITOR)
    make_place("wks-vientiane", "LA")
    persons = make_learners(12, prefix="p")
    complete(make_cohort_at("wks-vientiane", "COH-A"), persons)
    return persons


def problems(refused: pytest.ExceptionInfo[BadInput]) -> list[tuple[int | None, str, str]]:
    return [(each.row, each.column, each.message % each.places) for each in refused.value.problems]


def test_the_whole_story_from_freezing_to_a_published_correction(take, persons):
    take("editions", EDITIONS)
    rows = [f"2024,1,{TEACHERS},2024-01-19,{BOTH}", f"2024,2,members.active,,2024-01-18,,,2024-01-19,{BOTH}"]
    assert take("edition_figures", PLACES + "\n".join(rows)) == 2
    assert {figure.status for figure in Figure.objects.all()} == {"signed_off"}
    Person.objects.filter(pk=persons[1].pk).update(merged_into=persons[0], merged_at=AT)
    assert take("corrections", f"{CORRECTIONS}{TEACHERS},Merged,2024-01-25,mei,2024-01-25,somchai,2024-01-26\n") == 1
    assert take("edition_publications", EDITIONS) == 1
    edition = Edition.objects.get()
    first = edition.places.first().figure
    assert edition.status == "published"
    assert (first.value, first.version, first.corrects.value) == (11, 2, 12)
    assert (first.known_at.date().isoformat(), first.corrects.known_at.date().isoformat()) == (
        "2024-01-25",
        "2024-01-19",
    )
    assert [each.by_label for each in first.sign_offs.all()] == ["mei", "somchai"]


def test_a_figure_without_signers_stays_frozen_and_one_in_two_editions_is_frozen_once(take):
    take("editions", EDITIONS + "2023,Figures of 2023,2023-12-31,\n")
    rows = [f"{edition},1,members.active,,2023-12-31,,,2024-01-19,,,," for edition in ("2023", "2024")]
    take("edition_figures", PLACES + "\n".join(rows))
    assert [figure.status for figure in Figure.objects.all()] == ["frozen"]
    assert Edition.objects.filter(places__figure=Figure.objects.get()).count() == 2


def test_claims_are_taken(take):
    text = f"{CLAIMS}members,1,164 members,exactly,164,members.active,,2024-01-18,,,News\n"
    text += "many,2,many members,words,,members.active,kind=School,2024-01-18,,,News\n"
    assert take("claims", text) == 2
    assert Claim.objects.get(reference="many").scope == "kind=school"


def test_every_wrong_row_is_named(take):
    rows = [
        "a,1,words,exactly,,members.active,,2024-01-18,,,News",
        "b,2,words,exactly,1,members.total,,2024-01-18,,,News",
        "c,3,words,exactly,1,members.active,brand=panda,2024-01-18,,,News",
        "d,4,words,exactly,1,members.active,,,,,News",
        "e,5,words,exactly,1,demand.posts_stated,,,2024-01-18,2021-01-01,News",
        "f,6,words,exactly,1,members.active,,,2021-01-01,2024-01-18,News",
    ]
    with pytest.raises(BadInput) as refused:
        take("claims", CLAIMS + "\n".join(rows))
    assert [(row, column) for row, column, _sentence in problems(refused)] == [
        (2, "number"),
        (3, "code"),
        (4, "code"),
        (5, "on_day"),
        (6, "ends_on"),
        (7, "code"),
    ]
    assert not Claim.objects.exists()


def test_an_unknown_edition_signer_or_an_open_day_is_named(take):
    take("editions", EDITIONS)
    rows = [
        f"2025,1,members.active,,2024-01-18,,,2024-01-19,{BOTH}",
        "2024,2,members.active,,2024-01-18,,,2024-01-19,nimali,2024-01-19,somchai,2024-01-22",
        f"2024,3,members.active,,2024-01-19,,,2024-01-19,{BOTH}",
        "2024,4,members.countries,,2024-01-18,,,2024-01-20,mei,2024-01-19,somchai,2024-01-22",
    ]
    with pytest.raises(BadInput) as refused:
        take("edition_figures", PLACES + "\n".join(rows))
    assert [(row, column) for row, column, _sentence in problems(refused)] == [
        (2, "edition"),
        (3, "signed_by"),
        (4, "frozen_on"),
        (5, "signed_on"),
    ]


def test_one_person_cannot_give_both_signatures_nor_an_auditor_any(take):
    take("editions", EDITIONS)
    for signers in ("mei,2024-01-19,mei,2024-01-22", "mei,2024-01-19,khamla,2024-01-22"):
        with pytest.raises(BadInput):
            take("edition_figures", f"{PLACES}2024,1,members.active,,2024-01-18,,,2024-01-19,{signers}\n")


def test_only_what_was_frozen_can_be_corrected(take):
    with pytest.raises(BadInput) as refused:
        take("corrections", f"{CORRECTIONS}{TEACHERS},Merged,2024-01-25,,,,\n")
    assert problems(refused) == [(2, "code", "No figure was frozen for this question.")]
