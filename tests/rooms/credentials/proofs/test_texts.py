"""Names and texts in further languages are signed, valid by the official schema, and read as nothing but what was signed (decision 0040)."""

import copy
import json
from dataclasses import replace

import jsonschema
import pytest

from corridor.rooms.credentials.jwt.credentials import read_credential, write_credential
from corridor.rooms.credentials.jwt.selective import open_selective
from corridor.rooms.credentials.jwt.selective_credentials import read_selective, write_selective
from corridor.rooms.credentials.jwt.tokens import read_token
from corridor.rooms.credentials.proofs import composing
from corridor.rooms.credentials.proofs.quads import to_quads
from corridor.rooms.credentials.proofs.said import read_said
from corridor.rooms.credentials.proofs.shape import WrongShape, check_shape
from corridor.rooms.credentials.proofs.statements import spell
from corridor.rooms.credentials.proofs.template import issue_text
from corridor.rooms.credentials.proofs.texts import in_further_languages
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.proofs.verifying import verify_document

from .cast import AT, HOURS, ISSUED, LEVEL, PUBLIC_URL, Issuer, World, in_languages
from .vectors import vectors

UNIT = f"{PUBLIC_URL}/curricula/vehicle-inspection/U1"


@pytest.fixture
def chongqing():
    return Issuer("chongqing", "Chongqing Motor College")


@pytest.fixture
def signed(chongqing):
    return composing.issue(in_languages(chongqing), key=chongqing.key, created=ISSUED)


def test_it_is_valid_by_the_official_schema_and_in_force(chongqing, signed):
    schema = json.loads((vectors("ob3-schema") / "ob_v3p0_achievementcredential_schema.json").read_text())
    assert [each.message for each in jsonschema.Draft201909Validator(schema).iter_errors(signed)] == []
    verdict = verify_document(json.dumps(signed), resolver=World([chongqing]), at=AT)
    assert verdict.word is Word.VALID
    assert verdict.said.called(UNIT, "Inspect brakes", "lo") == ("ກວດເບຣກ", "lo")


def test_a_template_gives_the_same_bytes(chongqing, signed):
    assert json.loads(issue_text(in_languages(chongqing), key=chongqing.key, created=ISSUED)) == signed


def test_both_paths_state_a_name_with_its_language(signed):
    unsecured = {key: value for key, value in signed.items() if key != "proof"}
    text = spell(unsecured).text
    assert f'<{UNIT}> <https://purl.imsglobal.org/spec/vc/ob/vocab.html#narrative> "ກວດເບຣກ"@lo .' in text
    assert f'<{UNIT}> <https://schema.org/name> "Inspect brakes" .' in text
    assert len(to_quads(unsecured)) == text.count("\n")


def test_the_reader_gets_the_own_language_and_else_english(signed):
    said = read_said(signed)
    given = {"zh-Hans": "zh-hans", "lo-LA": "lo", "ur": "en", "zh-Hant": "en"}
    assert {tag: said.called(UNIT, "Inspect brakes", tag)[1] for tag in given} == given
    assert said.called("criteria", said.criteria, "zh-Hans") == ("U1：刹车", "zh-hans")


TEXTS = [
    ("description", "description", "zh-Hans", "独立检测与维修车辆。"),
    ("recognition", "recognition", "lo", "ຢູ່ ລາວ ແມ່ນໃບຢັ້ງຢືນຂອງສະຖາບັນ.\nຢູ່ ໄທ ກໍຄືກັນ."),
    ("site", "site_note", "zh-Hans", "所列各单元设备齐备。"),
    (LEVEL, "", "zh-Hans", "职业技能等级（2018）：4级"),
    (HOURS, "", "lo", "ຊົ່ວໂມງຂອງໜ່ວຍ"),
]


@pytest.mark.parametrize(("key", "part", "tag", "text"), TEXTS, ids=[each[0].rpartition("#")[2] for each in TEXTS])
def test_every_text_that_a_reader_is_told_is_told_in_the_own_language_and_else_in_english(signed, key, part, tag, text):
    said = read_said(signed)
    english = getattr(said, part) if part else "as in English"
    assert english
    assert said.called(key, english, tag) == (text, tag.lower())
    assert said.called(key, english, "ur") == (english, "en")


def test_a_token_carries_description_criteria_and_what_it_counts_as(chongqing, signed):
    said = read_selective(
        open_selective(write_selective(signed, vct=f"{PUBLIC_URL}/vct", key=chongqing.key, at=ISSUED))
    ).said
    whole = read_said(signed)
    for key in ("description", "criteria", "recognition"):
        assert said.texts[key] == whole.texts[key]


@pytest.mark.parametrize("name", ["descriptions", "criteria_texts", "names"])
def test_a_token_whose_tables_could_read_otherwise_is_not_ours(chongqing, signed, name):
    opened = open_selective(write_selective(signed, vct=f"{PUBLIC_URL}/vct", key=chongqing.key, at=ISSUED))
    for table in ({}, {"LO": "x"}, {"lo": ""}, ["lo"], "lo", None):
        opened.claims["achievement"][name] = table
        with pytest.raises(WrongShape):
            read_selective(opened)


def changed(signed, change):
    document = copy.deepcopy(signed)
    change(document["credentialSubject"]["achievement"])
    return document


@pytest.mark.parametrize(
    "texts",
    [
        [], {"lo": "x"}, ["x"], [{"@value": "x"}], [{"@value": "x", "@language": "LO"}], [{"@value": "", "@language": "lo"}],
        [{"@value": 7, "@language": "lo"}], [{"@value": "x", "@language": "lo", "@direction": "rtl"}],
        [{"@value": "x", "@language": "lo"}, {"@value": "y", "@language": "lo"}],
        [{"@value": "x", "@language": f"a{chr(97 + n % 26)}{chr(97 + n // 26)}"} for n in range(41)],
    ],
    ids=["none", "table", "no language", "without one", "capitals", "empty", "number", "direction", "twice", "too many"],
)  # fmt: skip
def test_whatever_could_read_otherwise_than_it_is_stated_is_not_ours(signed, texts):
    with pytest.raises(WrongShape):
        check_shape(changed(signed, lambda achievement: achievement["resultDescription"][0].update(narrative=texts)))


def test_names_that_have_no_room_are_left_in_english(chongqing):
    shown = tuple(composing.Place(f"ni:///sha-256;{number}", "A video") for number in range(60))
    document = composing.issue(in_languages(chongqing, shown=shown), key=chongqing.key, created=ISSUED)
    assert len(document["evidence"]) == 64
    many = composing.issue(in_languages(chongqing, shown=shown[:59]), key=chongqing.key, created=ISSUED)
    site = f"{PUBLIC_URL}/sites/wks-vientiane"
    assert read_said(many).called(site, "Workshop Vientiane", "lo")[0] == "ໂຮງງານ ວຽງຈັນ"


def test_a_changed_text_is_found(chongqing, signed):
    document = changed(signed, lambda achievement: achievement["related"][0].update(name="ດີກວ່າ"))
    assert verify_document(json.dumps(document), resolver=World([chongqing]), at=AT).word is Word.TAMPERED


def test_tokens_carry_them_too(chongqing, signed):
    token = read_token(write_credential(signed, key=chongqing.key, at=ISSUED))
    assert read_said(read_credential(token)).texts == read_said(signed).texts
    whole = write_selective(signed, vct=f"{PUBLIC_URL}/vct", key=chongqing.key, at=ISSUED)
    said = read_selective(open_selective(whole)).said
    assert said.called(UNIT, "Inspect brakes", "lo") == ("ກວດເບຣກ", "lo")
    assert said.called(said.issuer_did, said.issuer_name, "zh-Hans")[0] == "重庆汽车学院"


def test_an_edition_that_is_called_the_same_tells_the_rest_and_no_name(chongqing):
    signed = composing.issue(replace(in_languages(chongqing), achievement_names=()), key=chongqing.key, created=ISSUED)
    related = signed["credentialSubject"]["achievement"]["related"]
    assert {(each["inLanguage"], each["name"]) for each in related} == {
        ("lo", signed["name"]),
        ("zh-Hans", signed["name"]),
    }
    said = read_said(signed)
    assert said.called("description", said.description, "lo")[1] == "lo"
    assert said.achievement_id not in said.texts


def test_what_is_said_already_is_not_said_twice():
    assert in_further_languages({"en": "Brakes", "fr": "Brakes", "zh-Hans": "刹车", "lo": ""}, beside="Brakes") == (
        ("zh-Hans", "刹车"),
    )
