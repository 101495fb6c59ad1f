"""No invented member bears the name of a real institution, in any script."""

import unicodedata

import pytest

from .folder import REFERENCE, read, table

LISTS = REFERENCE / "organisations"


def normalised(name: str) -> str:
    """Letters and digits alone, in one width and one case, without accents of the Latin script."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(
        sign
        for sign in plain
        if sign.isalnum() or (unicodedata.category(sign) in {"Mn", "Mc"} and not "\u0300" <= sign <= "\u036f")
    )


@pytest.fixture(scope="module")
def real() -> dict[str, str]:
    if not LISTS.is_dir():
        pytest.skip("SKIPPED, NOT CHECKED: the list of real institutions (../shared/data/reference) is not here")
    names = [row["name"] for row in read(LISTS / "ror_education_16_names.csv")]
    for row in read(LISTS / "ror_education_16.csv"):
        names += [row["name"], row["name_local"]]
    return {normalised(name): name for name in names if name}


@pytest.fixture(scope="module")
def invented() -> list[str]:
    assumed = {row["reference"] for row in table("members") if row["source_mark"] == "assumed"}
    return [row["name"] for row in table("member_names") if row["organisation"] in assumed]


def test_no_invented_name_is_the_name_of_a_real_institution(real, invented):
    assert [f"{name} = {real[normalised(name)]}" for name in invented if normalised(name) in real] == []


def test_every_script_of_the_alliance_is_compared(invented):
    scripts = {unicodedata.name(sign).split()[0] for name in invented for sign in name if sign.isalpha()}
    assert {"LATIN", "CJK", "LAO", "THAI", "KHMER", "MYANMAR", "SINHALA", "TAMIL", "ARABIC", "HANGUL"} <= scripts


def test_a_borrowed_name_would_be_caught(real):
    borrowed = next(name for name in real.values() if len(name) > 12 and name.isascii())
    assert normalised(f" {borrowed.upper()}. ") in real


def test_no_two_members_share_a_name():
    seen: dict[str, str] = {}
    for row in table("member_names"):
        assert seen.setdefault(normalised(row["name"]), row["organisation"]) == row["organisation"]


def test_invented_english_names_do_not_begin_with_a_place(invented):
    places = {row["city"] for row in table("members")} | {"China", "Sichuan", "Laos", "Thailand", "Cambodia"}
    assert [name for name in invented if name.split()[0] in places] == []
