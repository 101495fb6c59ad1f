"""The file of ROR is read record by record, in each form in which it is published, and looked up by name across scripts."""

import json
import zipfile
from datetime import UTC, datetime

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.members import actions, queries
from corridor.rooms.members.models import RorName, RorRecord
from corridor.rooms.members.refusals import NumberTaken
from corridor.rooms.members.ror_file import read_ror_file
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
AT = datetime(2024, 1, 18, tzinfo=UTC)
MARK = "https://ror.org/"
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def ror_key(number):
    """A key with the right check digits, for records that nobody else has."""
    signs, left = "", number
    for _ in range(6):
        left, sign = divmod(left, 32)
        signs = _LETTERS[sign] + signs
    return f"0{signs}{98 - (number * 100) % 97:02d}"


def record(number, names, *, country="LA", city="Vientiane", status="active"):
    return {
        "id": MARK + ror_key(number), "status": status,
        "names": [{"value": name, "lang": lang, "types": ["label"]} for lang, name in names],
        "locations": [{"geonames_details": {"country_code": country, "name": city, "lat": 17.97, "lng": 102.61}}],
    }  # fmt: skip


RECORDS = [
    record(1_000_001, [("en", "Mekong Skills College"), ("lo", "ວິທະຍາໄລ ທັກສະ ແມ່ຂອງ")]),
    record(1_000_002, [(None, "Chuanyu Polytechnic"), ("zh", "川渝职业技术学院")], country="CN", city="Chongqing"),
    record(1_000_003, [("en", "Closed College")], status="withdrawn"),
]


def read(path):
    return actions.read_ror(records=read_ror_file(path), at=AT, by=NIGHTLY)


def test_json_is_read_alone_and_in_a_zip_and_twice_changes_nothing(tmp_path):
    plain, packed = tmp_path / "ror.json", tmp_path / "ror.zip"
    plain.write_text(json.dumps(RECORDS, indent=1, ensure_ascii=False), encoding="utf-8")
    with zipfile.ZipFile(packed, "w") as into:
        into.writestr("readme.txt", "-")
        into.write(plain, "v2/ror.json")
    assert [read(plain), read(packed)] == [2, 2]
    assert (RorRecord.objects.count(), RorName.objects.count()) == (2, 4)


def test_csv_is_read(tmp_path):
    path = tmp_path / "ror.csv"
    place = "locations.geonames_details."
    heads = ["id", "status", "names.types.ror_display", "names.types.label", f"{place}country_code", f"{place}name"]
    cells = [MARK + ror_key(7), "active", "Mekong College", "en: Mekong College; lo: ວິທະຍາໄລ", "LA", "Vientiane"]
    path.write_text(",".join(heads) + "\n" + ",".join(cells) + "\n", encoding="utf-8")
    assert read(path) == 1
    assert set(RorName.objects.values_list("language", "name")) == {
        ("", "Mekong College"), ("en", "Mekong College"), ("lo", "ວິທະຍາໄລ"),
    }  # fmt: skip


@pytest.mark.parametrize("content", ["", "{}", "[{}]", "nothing", '[{"id": 7}]', "[" + "1" * 50])
def test_another_file_is_refused(tmp_path, content):
    path = tmp_path / "ror.json"
    path.write_text(content)
    with pytest.raises(BadInput):
        read(path)


def test_a_large_file_is_read_record_by_record(tmp_path):
    path = tmp_path / "ror.json"
    path.write_text(json.dumps([record(number, [("en", f"College {number} " + "x" * 300)]) for number in range(3_000)]))
    assert read(path) == 3_000


@pytest.fixture
def read_in(tmp_path):
    path = tmp_path / "ror.json"
    path.write_text(json.dumps(RECORDS))
    read(path)


def test_a_look_up_offers_likely_records_across_scripts_with_a_score(read_in):
    vientiane = make_member("vientiane", country="LA", city="Vientiane", names={"en": "Mekong Skill College"})
    chongqing = make_member("chongqing", city="Chongqing", names={"en": "Chuan Yu Polytechnic"})
    secretariat = make_actor("secretariat")
    best = queries.ror_matches(organisation=vientiane, by=secretariat)[0]
    assert (best.record.ror, best.score >= 75) == (ror_key(1_000_001), True)
    assert {clue.code for clue in best.clues} >= {"name", "city", "country"}
    assert queries.ror_matches(organisation=chongqing, by=secretariat)[0].record.ror == ror_key(1_000_002)
    assert queries.ror_matches(organisation=chongqing, by=secretariat, words="川渝职业技术学院")[0].score >= 75


def test_one_is_attached_once(read_in):
    vientiane, other = make_member("vientiane", country="LA"), make_member("other", country="LA")
    khamla = make_actor("coordinator", ("member", vientiane.pk))
    assert actions.attach_ror(organisation=vientiane, ror=ror_key(1_000_001), by=khamla).value == ror_key(1_000_001)
    with pytest.raises(AccessDenied):
        actions.attach_ror(organisation=other, ror=ror_key(1_000_001), by=khamla)
    secretariat = make_actor("secretariat")
    with pytest.raises(NumberTaken):
        actions.attach_ror(organisation=other, ror=ror_key(1_000_001), by=secretariat)
    with pytest.raises(BadInput):
        actions.attach_ror(organisation=vientiane, ror=ror_key(1_000_002), by=secretariat)
    with pytest.raises(NotFound):
        actions.attach_ror(organisation=other, ror="0zzzzzz99", by=secretariat)
