"""A package of OneRoster: what is taken, and everything that is wrong with one, each with its place and what to do."""

import pytest

from corridor.foundations.sheets.oneroster import packages, read_package, write_package
from corridor.foundations.sheets.oneroster.findings import SENTENCES, BadPackage, Rule
from corridor.foundations.sheets.oneroster.format import FILES

from .packing import SOUND, changed, manifest, package, packed, table


def faults(content):
    """(rule, file, row, column, value) of everything that is refused."""
    with pytest.raises(BadPackage) as refused:
        read_package(content, file="roster.zip")
    return [(each.rule.value, each.file, each.row, each.column, each.value) for each in refused.value.findings]


def rules(content):
    return {fault[0] for fault in faults(content)}


def test_a_sound_package_is_read_with_every_record():
    read = read_package(package(source="sis-vte"), file="roster.zip")
    assert {name: len(table.records) for name, table in read.tables.items()} == {
        name: len(rows) for name, rows in SOUND.items()
    }
    assert read.manifest.system_code == "sis-vte"
    first = read.records("users")[0]
    assert (first.row, first.key, first["familyName"], first["email"]) == (2, "u1", "ສີສະຫວາດ", "")


def test_what_changed_may_name_what_was_sent_before():
    tables = {"enrollments": SOUND["enrollments"]}
    assert len(read_package(package(tables, mode="delta"), file="roster.zip").records("enrollments")) == 2
    assert rules(package(tables)) == {"record.target_file"}


def test_a_record_that_is_to_be_deleted_says_so():
    tables = {"users": [SOUND["users"][0] | {"status": "tobedeleted"}]}
    assert read_package(package(tables, mode="delta"), file="roster.zip").records("users")[0].is_deleted


def test_columns_of_one_s_own_come_last_and_are_kept():
    tables = changed("users", **{"metadata.wholeName": "ຄຳຫຼ້າ"})
    assert read_package(package(tables), file="roster.zip").records("users")[0]["metadata.wholeName"] == "ຄຳຫຼ້າ"


def test_a_quoted_cell_may_hold_commas_quotation_marks_and_line_ends():
    read = read_package(package(changed("users", givenName='Kham "La",\nthe first')), file="roster.zip")
    assert [record["givenName"] for record in read.records("users")] == ['Kham "La",\nthe first', "ບຸນມີ"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_lines_may_end_in_three_ways_and_the_text_may_begin_with_a_mark(end):
    text = "\ufeff" + table("users", SOUND["users"]).replace("\n", end)
    assert len(read_package(package(users=text), file="roster.zip").records("users")) == 2


@pytest.mark.parametrize(
    ("name", "values", "fault"),
    [
        ("users", {"sourcedId": "a b"}, ("value.guid", "users.csv", 2, "sourcedId", "a b")),
        ("users", {"sourcedId": "x" * 256}, ("value.guid", "users.csv", 2, "sourcedId", "x" * 256)),
        ("users", {"givenName": "a\x00b"}, ("value.controls", "users.csv", 2, "givenName", "")),
        ("users", {"givenName": " "}, ("value.needed", "users.csv", 2, "givenName", "")),
        ("users", {"enabledUser": "yes"}, ("value.flag", "users.csv", 2, "enabledUser", "yes")),
        ("users", {"userIds": "{LDAP:1},LDAP:2"}, ("value.list", "users.csv", 2, "userIds", "LDAP:2")),
        ("users", {"grades": "9,,10"}, ("value.list", "users.csv", 2, "grades", "9,,10")),
        ("users", {"status": "active"}, ("lifecycle.bulk_is_empty", "users.csv", 2, "status", "active")),
        ("users", {"primaryOrgSourcedId": "o2"}, ("record.target", "users.csv", 2, "primaryOrgSourcedId", "o2")),
        ("users", {"agentSourcedIds": "u2,u9"}, ("record.target", "users.csv", 2, "agentSourcedIds", "u9")),
        ("users", {"sourcedId": "u2"}, ("record.id_twice", "users.csv", 3, "sourcedId", "u2")),
        ("roles", {"role": "learner"}, ("value.word", "roles.csv", 2, "role", "learner")),
        ("roles", {"roleType": "ext:third"}, ("value.word", "roles.csv", 2, "roleType", "ext:third")),
        ("enrollments", {"beginDate": "2024-02-30"}, ("value.date", "enrollments.csv", 2, "beginDate", "2024-02-30")),
        ("enrollments", {"beginDate": "01/03/2024"}, ("value.date", "enrollments.csv", 2, "beginDate", "01/03/2024")),
        ("enrollments", {"endDate": "2024-03-01"}, ("record.ends_early", "enrollments.csv", 2, "endDate", "2024-03-01")),
        ("academicSessions", {"schoolYear": "24"}, ("value.year", "academicSessions.csv", 2, "schoolYear", "24")),
        ("academicSessions", {"type": "ext:"}, ("value.word", "academicSessions.csv", 2, "type", "ext:")),
        ("classes", {"subjectCodes": "1,2"}, ("value.list", "classes.csv", 2, "subjectCodes", "1,2")),
    ],
    ids=lambda part: part if isinstance(part, str) else part[0] if isinstance(part, tuple) else "-".join(part),
)  # fmt: skip
def test_a_value_is_refused_with_its_place(name, values, fault):
    assert fault in faults(package(changed(name, **values)))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("users", {"grades": "9, 10"}), ("roles", {"role": "ext:mentor"}), ("academicSessions", {"type": "ext:block"}),
        ("users", {"userIds": "{LDAP:1},{LTI:2}"}), ("users", {"sourcedId": "u1", "identifier": "=1+1"}),
    ],
    ids=["list-with-spaces", "role-of-their-own", "kind-of-term-of-their-own", "typed-identifiers", "text-that-looks-like-a-formula"],
)  # fmt: skip
def test_a_value_that_the_standard_allows_is_taken(name, values):
    assert read_package(package(changed(name, **values)), file="roster.zip").records(name)


def test_an_instant_names_its_zone():
    tables = {"users": [SOUND["users"][0] | {"dateLastModified": "2024-02-01T08:00:00"}]}
    assert faults(package(tables, mode="delta")) == [
        ("value.instant", "users.csv", 2, "dateLastModified", "2024-02-01T08:00:00")
    ]
    tables["users"][0]["dateLastModified"] = "2024-02-01T08:00:00+07:00"
    assert read_package(package(tables, mode="delta"), file="roster.zip")


def test_everything_wrong_is_told_at_once():
    tables = {**changed("users", 1, enabledUser="no", givenName=""), "roles": changed("roles", role="king")["roles"]}
    assert [(row, column) for _rule, _file, row, column, _value in faults(package(tables))] == [
        (3, "enabledUser"), (3, "givenName"), (2, "role"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("propertyName;value\n", "manifest.header"),
        (manifest({}).replace("manifest.version,1.0\n", ""), "manifest.incomplete"),
        (manifest({}, file__users="all"), "manifest.mode"),
        (manifest({}, oneroster__version="1.1"), "manifest.version"),
        (manifest({}) + "file.users,absent\n", "manifest.twice"),
        (manifest({}) + "file.pupils,absent\n", "manifest.unknown"),
        (manifest({}) + "file.users\n", "manifest.row"),
        (manifest({}, source="sis\x00"), "value.controls"),
        ("propertyName,value\nmanifest.version,\ufffd\x00".encode("utf-16"), "table.encoding"),
    ],
    ids=["header", "incomplete", "mode", "version", "twice", "unknown", "row", "controls", "encoding"],
)
def test_a_manifest_is_refused_for(text, rule):
    assert rule in rules(packed({"manifest.csv": text}))


@pytest.mark.parametrize(
    ("text", "rule", "row"),
    [
        ("sourcedId,status\nu1,\n", "header.missing", 1),
        (table("users", []).replace("status,dateLastModified", "dateLastModified,status"), "header.order", 1),
        (table("users", []).replace("\n", ",shoeSize\n"), "header.unknown", 1),
        (table("users", []).replace("\n", ",pronouns\n"), "header.unknown", 1),
        (table("users", []).replace("status,", "metadata.size,status,"), "header.extension_place", 1),
        (table("users", []) + "u1,,\n", "table.width", 2),
        (table("users", []) + 'u1,,,true,"kham" la\n', "table.quotes", 2),
        (table("users", []) + 'u1,,,true,"never closed\n', "table.quotes", 2),
        (table("users", []).encode() + b"u1,\xff\n", "table.encoding", 2),
        ("", "header.missing", 1),
    ],
    ids=["missing", "order", "unknown", "twice", "extension", "width", "quotes", "unclosed", "encoding", "empty"],
)
def test_a_table_is_refused_for(text, rule, row):
    found = faults(packed({"manifest.csv": manifest({"users": "bulk"}), "users.csv": text}))
    assert (rule, "users.csv", row) in [fault[:3] for fault in found]


def test_one_column_in_the_wrong_place_is_told_once():
    text = table("users", []).replace("sourcedId,status", "sourcedId,metadata.size,status")
    assert len(faults(packed({"manifest.csv": manifest({"users": "bulk"}), "users.csv": text}))) == 1


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"no zip at all", "package.packed"),
        (package()[:-40], "package.packed"),
        (packed({"manifest.csv": manifest({}), "../users.csv": ""}), "package.entry_place"),
        (packed({"roster/manifest.csv": manifest({})}), "package.entry_place"),
        (packed({"manifest.csv": manifest({}), "Users.csv": ""}), "package.entry_unknown"),
        (packed({"users.csv": ""}), "manifest.there"),
        (packed({"manifest.csv": manifest({"users": "bulk"})}), "manifest.file_missing"),
        (packed({"manifest.csv": manifest({}), "users.csv": ""}), "manifest.file_unexpected"),
        (packed({"manifest.csv": manifest({}), "users.csv": "0" * 90_000_000}), "package.size"),
    ],
    ids=["no-zip", "cut-off", "path-upwards", "folder", "letters", "no-manifest", "missing", "unexpected", "bomb"],
)
def test_a_zip_is_refused_for(content, rule):
    assert rule in rules(content)


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(packages.ZipFile, "read", lambda *_: pytest.fail("it was unpacked"))
    assert rules(packed({"manifest.csv": "0" * 90_000_000})) == {"package.size"}


def test_a_broken_table_does_not_make_other_tables_wrong():
    assert rules(package(users='sourcedId\nu"1\n')) == {"table.quotes"}


def test_every_rule_has_its_sentence():
    assert set(SENTENCES) == set(Rule)


def test_what_we_write_is_a_sound_package_and_the_same_bytes_each_time():
    content = write_package(SOUND, system_name="Corridor", system_code="corridor")
    assert content == write_package(SOUND, system_name="Corridor", system_code="corridor")
    read = read_package(content, file="roster.zip")
    assert [dict(record.values) for record in read.records("users")] == SOUND["users"]
    assert set(FILES) - set(read.tables) == set(FILES) - set(SOUND)


def test_a_written_cell_is_read_as_it_was():
    tables = changed("users", **{"familyName": 'Sisavath, "La"\r\n=1', "metadata.own": "1"})
    read = read_package(write_package(tables, system_name="", system_code=""), file="roster.zip")
    assert read.records("users")[0]["familyName"] == 'Sisavath, "La"\r\n=1'
