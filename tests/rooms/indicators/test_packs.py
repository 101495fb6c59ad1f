"""An edition as a folder: checked with nothing but the folder, and every change to it is found and named."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings

from corridor.foundations.access import NIGHTLY, VISITOR, Role
from corridor.kernel.errors import BadInput, NotFound, WrongMoment
from corridor.rooms.indicators.actions import (
    EditionDraft,
    build_edition,
    freeze_figures,
    place_figures,
    publish_edition,
    sign_figures,
)
from corridor.rooms.indicators.asking import ask
from corridor.rooms.indicators.definitions import recipe_of
from corridor.rooms.indicators.packs.building import build_pack
from corridor.rooms.indicators.packs.checking import PackCheck, check_pack
from corridor.rooms.indicators.queries import pack_edition
from corridor.rooms.members.models import Membership
from tests.factories.actors import make_actor
from tests.factories.figures import (
    AT,
    FREEZE_DAY,
    REPORT_DAY,
    complete,
    make_cohort_at,
    make_learners,
    make_members,
    make_signer,
)
from tests.factories.members import make_alliance

AUDITOR = make_actor("auditor")


def make_published() -> str:
    """Two figures, signed and published: 164 members, and 31 persons of whom three are men."""
    make_alliance()
    learners = make_learners(28, prefix="w") + make_learners(3, prefix="m", sex="male")
    complete(make_cohort_at("wks-vientiane", "COH-1"), learners)
    make_members({"NZ": 164 - Membership.objects.filter(status="active").count()})
    questions = [
        ask("members.active", on=REPORT_DAY, at=AT),
        ask("training.persons_completed", on=REPORT_DAY, at=AT),
    ]
    figures = freeze_figures(questions=questions, on=FREEZE_DAY, at=AT, by=NIGHTLY)
    mei, somchai = make_signer("mei"), make_signer("somchai", Role.COUNCIL)
    for signer in (mei, somchai):
        figures = sign_figures(figures=figures, on=FREEZE_DAY, at=AT, by=signer)
    edition = build_edition(edition=EditionDraft("2024", "Annual report 2024", REPORT_DAY), by=mei)
    place_figures(edition=edition, figures=figures, by=mei)
    return publish_edition(edition=edition, on=FREEZE_DAY, at=AT, by=mei).fingerprint


@pytest.fixture
def fingerprint(db) -> str:
    return make_published()


@pytest.fixture
def folder(fingerprint, tmp_path) -> Path:
    build_pack(pack_edition(reference="2024", language="en", at=AT, by=AUDITOR), tmp_path / "pack")
    return tmp_path / "pack"


def check(folder: Path) -> PackCheck:
    return check_pack(folder, recipe_of=recipe_of)


def trust(folder: Path, name: str) -> None:
    """Write the file's new SHA-256 into the manifest, as somebody would who covers a change up."""
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][name] = sha256((folder / name).read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))


def swap(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def swap_in_workbook(path: Path, old: bytes, new: bytes) -> int:
    """Change that number wherever it stands in a cell (not the numbers that point to texts); how many cells there were."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    cells = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            changed, count = re.subn(rb'(<c r="[A-Z]+\d+"><v>)' + old + b"</v>", rb"\g<1>" + new + b"</v>", content)
            book.writestr(name, changed)
            cells += count
    return cells


def test_a_pack_agrees_with_itself_and_with_the_edition(folder, fingerprint):
    found = check(folder)
    assert found.findings == ()
    assert (found.fingerprint, found.figures, found.recounted) == (fingerprint, 2, 2)


def test_the_public_part_hides_small_cells_and_holds_no_rows(folder):
    public = folder / "public"
    said = json.loads((public / "edition.json").read_text())
    assert said["figures"][1]["value"] == 31
    assert said["figures"][1]["breakdown"]["sex"]["male"] == "·"
    lines = (folder / "evidence" / f"{said['figures'][1]['reference']}.jsonl").read_text().splitlines()
    person = json.loads(lines[0])["subject_id"]
    assert len(lines) == 31
    assert not any(person in path.read_text(errors="ignore") for path in public.iterdir())
    page = (public / "edition.html").read_text()
    assert "<script" not in page
    assert "://" not in page


def test_a_visitor_gets_a_pack_without_rows_and_the_check_says_so(fingerprint, tmp_path):
    build_pack(pack_edition(reference="2024", language="en", at=AT, by=VISITOR), tmp_path / "pack")
    found = check(tmp_path / "pack")
    assert (found.is_right, found.has_evidence, found.recounted) == (True, False, 0)
    assert found.fingerprint == fingerprint


def test_without_its_evidence_a_pack_still_has_its_files_checked(folder):
    shutil.rmtree(folder / "evidence")
    assert check(folder).is_right
    swap(folder, "public/edition.html", ">164<", ">165<")
    assert [each.file for each in check(folder).findings] == ["public/edition.html", "edition.html"]


@pytest.mark.parametrize("covered", [False, True])
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("public/edition.json", '"value": 164', '"value": 165'), ("public/edition.html", ">164<", ">165<")],
)
def test_one_digit_in_a_text_names_the_figure(folder, name, old, new, covered):
    swap(folder, name, old, new)
    if covered:
        trust(folder, name)
    found = check(folder)
    assert found.wrong_figures == ("FIG-2024-0001",)
    assert {(each.printed, each.expected) for each in found.findings if each.figure} == {("165", "164")}


def test_one_digit_in_the_workbook_names_the_figure(folder):
    assert swap_in_workbook(folder / "public" / "edition.xlsx", b"164", b"165") > 0
    trust(folder, "public/edition.xlsx")
    assert check(folder).wrong_figures == ("FIG-2024-0001",)


def test_one_byte_in_the_pdf_is_found(folder):
    path = folder / "public" / "edition.pdf"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert [(each.file, each.place) for each in check(folder).findings] == [("public/edition.pdf", "SHA-256")]


def test_a_row_that_is_gone_names_the_figure(folder):
    path = folder / "evidence" / "FIG-2024-0001.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[1:]))
    trust(folder, "evidence/FIG-2024-0001.jsonl")
    found = check(folder)
    assert found.wrong_figures == ("FIG-2024-0001",)
    assert {"value", "n", "evidence_hash", "content_hash"} <= {each.place for each in found.findings}


def test_an_exchanged_row_names_the_figure_though_the_count_is_the_same(folder):
    path = folder / "evidence" / "FIG-2024-0002.jsonl"
    text = path.read_text()
    person = json.loads(text.splitlines()[0])["subject_id"]
    path.write_text(text.replace(person, "0" * 8 + person[8:]))
    trust(folder, "evidence/FIG-2024-0002.jsonl")
    found = check(folder)
    assert found.wrong_figures == ("FIG-2024-0002",)
    assert {each.place for each in found.findings if each.figure} == {"content_hash"}
    assert "fingerprint" in {each.place for each in found.findings}


def test_a_file_of_rows_that_is_gone_or_no_rows_at_all_names_the_figure(folder):
    path = folder / "evidence" / "FIG-2024-0001.jsonl"
    path.write_text("{}\n")
    assert check(folder).wrong_figures == ("FIG-2024-0001",)
    path.unlink()
    assert check(folder).wrong_figures == ("FIG-2024-0001",)


def test_everything_changed_in_step_still_changes_the_fingerprint(folder, fingerprint):
    path = folder / "evidence" / "FIG-2024-0001.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[1:]))
    assert check(folder).fingerprint not in {"", fingerprint}


def test_a_figure_left_out_and_a_file_slipped_in_are_found(folder):
    said = json.loads((folder / "public" / "edition.json").read_text())
    said["figures"].pop()
    (folder / "public" / "edition.json").write_text(json.dumps(said))
    (folder / "public" / "more.html").write_text("<p>")
    found = check(folder)
    assert "FIG-2024-0002" in found.wrong_figures
    assert "public/more.html" in {each.file for each in found.findings}


def test_what_cannot_be_read_is_told_and_no_failure(folder):
    (folder / "public" / "edition.xlsx").write_bytes(b"no workbook")
    (folder / "public" / "edition.html").write_bytes(b"\xff\xfe\xff")
    assert {"edition.xlsx", "edition.html"} <= {each.file for each in check(folder).findings}
    (folder / "manifest.json").write_text("[")
    with pytest.raises(NotFound):
        check(folder)


def test_the_same_edition_gives_the_same_bytes(fingerprint, tmp_path):
    for name in ("one", "two"):
        build_pack(pack_edition(reference="2024", language="en", at=AT, by=AUDITOR), tmp_path / name)
    assert (tmp_path / "one" / "manifest.json").read_bytes() == (tmp_path / "two" / "manifest.json").read_bytes()


def test_a_folder_with_something_in_it_is_left_alone(fingerprint, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BadInput):
        build_pack(pack_edition(reference="2024", language="en", at=AT, by=AUDITOR), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_draft_has_no_pack(db):
    mei = make_signer("mei")
    make_alliance()
    build_edition(edition=EditionDraft("2025", "To come", REPORT_DAY), by=mei)
    with pytest.raises(WrongMoment):
        pack_edition(reference="2025", language="en", at=AT, by=mei)


def run_check(folder: Path) -> subprocess.CompletedProcess[str]:
    """``report check`` in a process of its own whose database does not exist."""
    environment = {
        name: value for name, value in os.environ.items() if not re.match("DATABASE|DJANGO_SETTINGS|PYTEST", name)
    }
    environment |= {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "CORRIDOR_ENV": "development",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    command = [sys.executable, "-m", "corridor.commands", "report", "check", str(folder)]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)


def test_the_command_needs_no_database(folder, fingerprint):
    done = run_check(folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert fingerprint in done.stdout
    swap(folder, "public/edition.html", ">164<", ">165<")
    done = run_check(folder)
    assert done.returncode == 1
    assert "FIG-2024-0001" in done.stdout
