"""A credential from a cohort's template is byte for byte the one that is composed, walked and hashed by itself."""

import json
from dataclasses import replace
from random import Random

import pytest

from corridor.rooms.credentials.proofs import composing, data_integrity, template
from corridor.rooms.credentials.proofs.refusals import CannotCompose, NotJson, UnreadableForm
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.proofs.verifying import verify_document

from .cast import AT, ISSUED, Issuer, World, facts
from .generated import ODD

CHONGQING = Issuer("chongqing", "Chongqing Motor College")


def long_way(told):
    return data_integrity.as_text(composing.issue(told, key=CHONGQING.key, created=ISSUED))


def from_template(told, number=0):
    return template.issue_text(told, key=CHONGQING.key, created=ISSUED, number=number)


def learners(count, seed):
    chance = Random(seed)

    def text():
        return "x" + "".join(chance.choice(ODD) for _ in range(chance.randrange(8)))

    for index in range(count):
        others = tuple(text() for _ in range(chance.randrange(3)))
        learner = composing.Learner(text(), f"{index}@example.org", text(), (*others, *others[:1]))
        yield replace(facts(CHONGQING, index=index), learner=learner)


@pytest.fixture(autouse=True)
def nothing_kept():
    template.template_of.cache_clear()


@pytest.mark.parametrize("seed", range(6))
def test_each_learner_gets_the_same_bytes_as_by_the_long_way(seed):
    for number, told in enumerate(learners(40, seed)):
        assert from_template(told, number) == long_way(told)


def test_a_cohort_needs_one_template_for_each_kind_of_credential_and_none_knows_a_learner(monkeypatch):
    plain = composing.Learner("Khamla", "k@example.org", "8c1f", ("ຄຳຫຼ້າ",))
    for index in range(30):
        told = facts(CHONGQING, index=index, kind=composing.Kind.AWARD if index % 3 else composing.Kind.STATEMENT)
        from_template(replace(told, learner=replace(plain, name=f"Khamla {index}")), index)
    assert template.template_of.cache_info().misses == 2
    monkeypatch.setattr(template, "issue", None)  # nobody goes the long way
    from_template(replace(facts(CHONGQING, index=99), learner=plain), 99)
    made = template.template_of(template._marked(replace(facts(CHONGQING, index=99), learner=plain)))
    assert "Khamla" not in json.dumps(
        [made.json._text, made.lines._text, [form._text for form in made.hashed.values()]]
    )


def test_what_comes_from_a_template_is_valid():
    told = next(learners(1, 1))
    assert verify_document(from_template(told), resolver=World([CHONGQING]), at=AT).word == Word.VALID


@pytest.mark.parametrize(
    "change",
    [
        {"learner": composing.Learner("Khamla 𠮷", "k@example.org", "8c1f")},
        {"id": "https://alliance.example/ຄຳ"},
        {"learner": composing.Learner("zq7slotname0000", "zq7slot", "zq7slotsalt", ("zq7slothash", "918273645"))},
        {"criteria": "Mark zq7slotname0000 and 918273645 and 100 %s %% %(x)s"},
        {"units": (composing.CompetentUnit("urn:u:1", "a", (composing.Alignment("n", "urn:x"), composing.Alignment("n", "urn:y"))),)},
    ],
)  # fmt: skip
def test_whatever_is_not_plain_is_issued_the_long_way_and_is_the_same(change):
    told = replace(facts(CHONGQING), **change)
    assert from_template(told) == long_way(told)


def test_what_other_software_would_read_otherwise_is_refused_from_a_template_too():
    units = tuple(composing.CompetentUnit(f"https://alliance.example/{mark}", "Unit") for mark in ("𠮷", "（"))
    with pytest.raises(UnreadableForm):
        from_template(facts(CHONGQING, units=units))


def test_a_template_that_went_wrong_is_noticed_and_not_used(monkeypatch):
    told = facts(CHONGQING)
    from_template(told)
    made = template.template_of(template._marked(told))
    monkeypatch.setattr(made.lines, "_text", made.lines._text.replace("Inspect brakes", "Inspect nothing"))
    assert from_template(told, number=50) == long_way(told)


def test_what_cannot_be_issued_is_refused_all_the_same():
    with pytest.raises(CannotCompose):
        from_template(facts(CHONGQING, criteria=""))
    with pytest.raises(NotJson):
        from_template(facts(CHONGQING, learner="half \ud800"))
