"""Whatever is sent as a package, it is read or refused; nothing else happens."""

from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.foundations.sheets.oneroster import read_package
from corridor.foundations.sheets.oneroster.findings import BadPackage
from corridor.foundations.sheets.oneroster.format import FILES

from .packing import SOUND, manifest, package, packed, table

NAMES = st.sampled_from([*(form.file for form in FILES.values()), "manifest.csv", "x/users.csv", "Users.csv", ""])
CELLS = st.text(st.characters(codec="utf-8"), max_size=12)
ODD = st.sampled_from(
    ['"', '""', ",", "\n", "\r", "\x00", "\ufeff", "2024-02-30", "true", "-", "e9", "{:}", "ext:", "u1", " "]
)
TEXTS = st.one_of(CELLS, st.just(manifest({"users": "bulk"})), st.just(table("users", SOUND["users"])))


def is_read_or_refused(content):
    try:
        read_package(content, file="roster.zip")
    except BadPackage as refused:
        assert refused.problems and all(str(problem) for problem in refused.problems)


@given(st.binary(max_size=200))
def test_any_bytes(content):
    is_read_or_refused(content)
    is_read_or_refused(b"PK\x03\x04" + content)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(NAMES.filter(bool), TEXTS, max_size=4))
def test_any_files_in_a_zip(files):
    is_read_or_refused(packed(files))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_sound_package_with_odd_cells(data):
    name = data.draw(st.sampled_from(list(SOUND)))
    row = dict(SOUND[name][0])
    for column in data.draw(st.lists(st.sampled_from(FILES[name].header), max_size=3)):
        row[column] = data.draw(st.one_of(ODD, CELLS))
    is_read_or_refused(
        package({**SOUND, name: [row, *SOUND[name][1:]]}, mode=data.draw(st.sampled_from(["bulk", "delta"])))
    )


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(ODD, CELLS), max_size=30).map("".join))
def test_any_text_as_a_table(text):
    is_read_or_refused(packed({"manifest.csv": manifest({"users": "bulk"}), "users.csv": table("users", []) + text}))
    is_read_or_refused(packed({"manifest.csv": manifest({"users": "bulk"}) + text, "users.csv": table("users", [])}))
