import argparse
import json

import pytest

from corridor.commands import line
from corridor.kernel.errors import BadInput, Problem, WrongMoment

from .run import run


def name_of(verb) -> str:
    """The verb of a module; two words of Python cannot be modules: import and export stand in one beside them."""
    return {"imports": "import"}.get(name := verb.__name__.rsplit(".", 1)[-1], name)


@pytest.mark.parametrize("verb", line.VERBS)
def test_every_verb_explains_itself(capsys, verb):
    name = name_of(verb)
    ended = run(capsys, name, "--help")
    assert ended.code == 0
    assert f"./run {name}" in ended.out


def test_help_lists_every_verb(capsys):
    ended = run(capsys, "--help")
    assert ended.code == 0
    for verb in line.VERBS:
        assert name_of(verb) in ended.out


def test_an_unknown_verb_is_wrong_usage(capsys):
    ended = run(capsys, "fly")
    assert ended.code == 2
    assert "invalid choice" in ended.err


@pytest.fixture
def verb(monkeypatch):
    """A verb that does what a test says."""

    def make(act):
        class Verb:
            @staticmethod
            def add(verbs):
                parser = verbs.add_parser("act")
                parser.add_argument("--json", action="store_true")
                parser.set_defaults(run=act)

        monkeypatch.setattr(line, "VERBS", (Verb,))

    return make


def refuse(refusal):
    def act(arguments: argparse.Namespace) -> int:
        raise refusal

    return act


def test_a_refusal_is_a_sentence_and_an_exit_code(capsys, verb):
    verb(refuse(WrongMoment("%(cohort)s is closed.", cohort="COH-1")))
    ended = run(capsys, "act")
    assert (ended.code, ended.out, ended.err) == (1, "", "COH-1 is closed.\n")


def test_problems_are_told_with_their_places(capsys, verb):
    verb(
        refuse(
            BadInput([Problem("“%(cell)s” is no day.", {"cell": "x"}, file="cohorts.csv", row=7, column="starts_on")])
        )
    )
    assert "  cohorts.csv, row 7, starts_on: “x” is no day.\n" in run(capsys, "act").err


def test_a_thousand_problems_do_not_flood_the_terminal(capsys, verb):
    verb(refuse(BadInput([Problem("No.", row=number) for number in range(1, 1001)])))
    ended = run(capsys, "act")
    assert len(ended.err.splitlines()) == 42
    assert ended.err.endswith("and 960 more like these.\n")


def test_machines_get_the_refusal_as_json(capsys, verb):
    verb(refuse(BadInput([Problem("No.", file="a.csv", row=2, column="c")])))
    ended = run(capsys, "act", "--json")
    assert ended.code == 1
    assert json.loads(ended.out) == {
        "refused": "BadInput",
        "message": "This cannot be taken as it is; nothing was changed.",
        "problems": [{"file": "a.csv", "row": 2, "column": "c", "message": "No."}],
    }
