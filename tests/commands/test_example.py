import pytest
from django.contrib.auth import authenticate

from corridor.rooms.members.models import Organisation
from tests.factories.folders import make_folder

from .run import run

pytestmark = pytest.mark.django_db


def test_an_alliance_is_loaded_and_one_can_sign_in(capsys, tmp_path, monkeypatch, rf):
    monkeypatch.setenv("EXAMPLE_PASSWORD", "a-password-for-one-test")
    ended = run(capsys, "example", "load", make_folder(tmp_path))
    assert ended.code == 0
    assert "rows of" in ended.out
    assert authenticate(rf.post("/"), username="mei", password="a-password-for-one-test") is not None


def test_without_a_password_a_random_one_is_printed_once(capsys, tmp_path, monkeypatch, rf):
    monkeypatch.delenv("EXAMPLE_PASSWORD", raising=False)
    printed = run(capsys, "example", "load", make_folder(tmp_path)).out.split("accounts is ")[1].split(" ")[0]
    assert authenticate(rf.post("/"), username="mei", password=printed) is not None


def test_a_dry_run_keeps_nothing_and_says_so(capsys, tmp_path):
    ended = run(capsys, "example", "load", make_folder(tmp_path), "--dry-run")
    assert (ended.code, "nothing kept" in ended.out) == (0, True)
    assert not Organisation.objects.exists()


def test_an_alliance_is_not_loaded_twice(capsys, tmp_path):
    folder = make_folder(tmp_path)
    assert run(capsys, "example", "load", folder).code == 0
    again = run(capsys, "example", "load", folder)
    assert again.code == 1
    assert "empty database" in again.err
    assert run(capsys, "example", "load", folder, "--if-empty").code == 0


def test_a_broken_folder_is_refused_with_file_row_and_column(capsys, tmp_path):
    folder = make_folder(tmp_path)
    members = folder / "members.csv"
    members.write_text(members.read_text("utf-8").replace(",CN,", ",China,"), encoding="utf-8")
    ended = run(capsys, "example", "load", folder)
    assert ended.code == 1
    assert "members.csv, row 2, country: " in ended.err


def test_a_first_walk_names_the_accounts_a_token_and_where_to_look(capsys, tmp_path):
    run(capsys, "example", "load", make_folder(tmp_path))
    ended = run(capsys, "example", "walk", "--port", "8123")
    assert ended.code == 0
    assert "http://127.0.0.1:8123/" in ended.out
    assert "mei" in ended.out
    assert "crd_" in ended.out
