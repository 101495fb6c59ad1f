"""What we compose is what the official schema takes, and means the same under either edition of the vocabulary."""

import json
from dataclasses import replace
from datetime import datetime

import jsonschema
import pytest

from corridor.rooms.credentials.proofs import composing, data_integrity
from corridor.rooms.credentials.proofs.quads import to_quads
from corridor.rooms.credentials.proofs.rdfc import canonize
from corridor.rooms.credentials.proofs.refusals import CannotCompose, DataLoss, UnreadableForm
from corridor.rooms.credentials.proofs.said import read_said
from corridor.rooms.credentials.proofs.template import issue_text

from .cast import ISSUED, Issuer, facts
from .vectors import more_contexts, vectors

CHONGQING = Issuer("chongqing", "Chongqing Motor College")


@pytest.mark.parametrize("kind", composing.Kind)
def test_a_composed_credential_is_valid_by_the_official_schema(kind):
    schema = json.loads((vectors("ob3-schema") / "ob_v3p0_achievementcredential_schema.json").read_text())
    signed = composing.issue(
        facts(CHONGQING, kind=kind, issuer_url="https://chongqing.example"), key=CHONGQING.key, created=ISSUED
    )
    validator = jsonschema.Draft201909Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in validator.iter_errors(signed)] == []
    assert [type(signed[key]) for key in ("proof", "type", "evidence")] == [list] * 3


def whole():
    """With everything that a credential may say."""
    return facts(
        CHONGQING, units=(), signers=(composing.Place("did:web:alliance.example:members:vientiane", "Vientiane"),),
        shown=(composing.Place("ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk", "A video"),),
        alignments=(
            composing.Alignment("Level 4", "https://levels.example/4", "CN-SKILL 2018", "4"),
            composing.Alignment("Inspect", "https://standards.example/uri/1", "State Skills 2021", "C-1", "CFItem"),
            composing.Alignment("inspect vehicles", "http://data.europa.eu/esco/skill/1", "ESCO v1.2", "", "ext:ESCO"),
        ),
        measured=(composing.Measured("https://alliance.example/curricula/vi#hours", "Hours attended", "118"),),
        site=composing.Place("https://alliance.example/sites/wks-vientiane", "Workshop Vientiane", "Taught in Lao."),
    )  # fmt: skip


def test_everything_that_may_be_said_is_valid_by_the_official_schema_and_is_read_back():
    schema = json.loads((vectors("ob3-schema") / "ob_v3p0_achievementcredential_schema.json").read_text())
    signed = composing.issue(whole(), key=CHONGQING.key, created=ISSUED)
    assert [each.message for each in jsonschema.Draft201909Validator(schema).iter_errors(signed)] == []
    said = read_said(signed)
    assert (said.measured, said.units) == ((("Hours attended", "118"),), ())
    assert said.alignments[0] == ("Level 4", "4", "https://levels.example/4")
    assert json.loads(issue_text(whole(), key=CHONGQING.key, created=ISSUED)) == signed


def test_hours_of_each_unit_are_signed_where_there_is_room_for_all_of_them():
    """A reader takes at most 64 parts of a kind: of forty units only the hours of the whole are signed."""
    for units, has_hours in ((31, True), (40, False)):
        many = tuple(
            composing.CompetentUnit(each, "Unit", hours=composing.Measured(f"{each}-hours", "Unit: hours", "2"))
            for each in (f"https://c.example/U{number}" for number in range(units))
        )
        whole_hours = composing.Measured("https://c.example/hours", composing.HOURS_OF_UNITS, str(2 * units))
        signed = composing.issue(
            facts(CHONGQING, units=many, measured=(whole_hours,)), key=CHONGQING.key, created=ISSUED
        )
        said = read_said(signed)
        assert {each.hours for each in said.units} == {"2" if has_hours else ""} and len(said.units) == units
        assert said.measured == ((composing.HOURS_OF_UNITS, str(2 * units)),)


def test_both_editions_of_the_vocabulary_give_the_same_statements():
    unsigned = composing.compose_credential(facts(CHONGQING))
    assert data_integrity.canonical(unsigned) == data_integrity.canonical(unsigned, contexts=more_contexts())


def test_no_two_parts_of_a_credential_look_alike():
    quads = to_quads(composing.compose_credential(facts(CHONGQING)))
    blank = {term for quad in quads for term in quad if term.startswith("_:")}
    assert len(set(canonize(quads, work_limit=0).labels)) == len(blank)


def test_the_identifier_is_never_written_in_the_open():
    text = json.dumps(composing.compose_credential(facts(CHONGQING)))
    assert "khamla@example.org" not in text
    assert composing.hashed_identifier("khamla@example.org", "8c1f") in text
    # the example of the Open Badges specification
    assert composing.hashed_identifier("a@example.com", "Kosher").endswith("c2c0b913aee2c922ef399")


def test_the_day_of_issue_is_the_day_of_the_place():
    early = datetime.fromisoformat("2023-07-01T00:00:00+07:00")
    assert composing.compose_credential(facts(CHONGQING, valid_from=early))["validFrom"] == "2023-07-01T00:00:00+07:00"


@pytest.mark.parametrize(
    "change",
    [
        {"units": ()}, {"criteria": ""}, {"language": "zh-Hans"}, {"language": "EN"}, {"valid_from": ISSUED.replace(tzinfo=None)},
        {"valid_until": ISSUED}, {"units": (composing.CompetentUnit("urn:u", "a"), composing.CompetentUnit("urn:u", "b"))},
    ],
)  # fmt: skip
def test_facts_that_validators_would_refuse_are_refused_before_signing(change):
    with pytest.raises(CannotCompose):
        composing.compose_credential(replace(facts(CHONGQING), **change))


def test_a_relative_address_is_never_signed():
    with pytest.raises(DataLoss):
        composing.issue(facts(CHONGQING, achievement_id="award-1"), key=CHONGQING.key, created=ISSUED)


def test_characters_that_other_software_sorts_otherwise_are_refused_for_signing():
    """A rare Han character against full-width brackets: by character and by UTF-16 unit they sort in opposite orders."""
    units = tuple(composing.CompetentUnit(f"https://alliance.example/{mark}", "Unit") for mark in ("𠮷", "（"))
    with pytest.raises(UnreadableForm, match="sorted in two ways"):
        composing.issue(facts(CHONGQING, units=units), key=CHONGQING.key, created=ISSUED)
    alone = facts(CHONGQING, learner="𠮷田 （Yoshida）")
    assert composing.issue(alone, key=CHONGQING.key, created=ISSUED)
