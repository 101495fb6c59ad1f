"""What a person may do about teaching and judging, a machine may do: each action has an operation, or its reason stands here."""

import ast
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from .source import ROOT, plant, trees

PLACES = (
    "corridor/rooms/training/actions",
    "corridor/rooms/assessment/actions",
    "corridor/foundations/journal/keeping.py",
)
BY_SHEET = "comes with a sheet (/imports), and is taken back with it"
OF_MANY = "the operation calls the action about one, or the journey that calls this one"
INSIDE = "a part of another action, never asked for by itself"
REASONS: Mapping[str, str] = {
    "add_evidence": "a machine declares a file and sends its pieces: declare_evidence, add_piece",
    "bring_guests": BY_SHEET,
    "cancel_sessions": OF_MANY,
    "change_decisions": BY_SHEET,
    "change_enrolments": BY_SHEET,
    "change_sessions": BY_SHEET,
    "confirm_week": "a mentor has a link and no account",
    "correct_marks": BY_SHEET,
    "drop_own_evidence": "called by the journey drop_own_file",
    "drop_sourced_ids": BY_SHEET,
    "finish_cohort": "closing a cohort finishes it first: journeys/close_cohort",
    "keep_events": "called by the journey apply_device_events",
    "keep_sourced_ids": BY_SHEET,
    "let_go_of_own_file": "called by the journey drop_own_file",
    "link_sessions": BY_SHEET,
    "lock_register": "called by the journey lock_session",
    "lock_registers": BY_SHEET,
    "move_cohorts": "called by the journey close_cohort, and by the sheet of cohorts",
    "move_evidence": INSIDE,
    "note_word": BY_SHEET,
    "open_cohorts": OF_MANY,
    "record_attendance": BY_SHEET,
    "record_marks": BY_SHEET,
    "remove_cohorts": BY_SHEET,
    "remove_decisions": BY_SHEET,
    "remove_enrolments": BY_SHEET,
    "remove_guests": BY_SHEET,
    "remove_marks": BY_SHEET,
    "remove_placements": BY_SHEET,
    "remove_sessions": BY_SHEET,
    "remove_trainers": BY_SHEET,
    "reopen_decisions": BY_SHEET,
    "restore_sessions": BY_SHEET,
    "say_marks": "called by the journey apply_device_events",
    "set_aside_decision": "called by the journey settle_judgement",
    "settle": "called by the journey decide_conflict",
    "settle_marks": "called by the journey decide_conflict, and by correct_mark",
    "state_level": OF_MANY,
    "take_back_enrolments": BY_SHEET,
    "take_enrolment_steps": INSIDE,
    "take_marks_back": BY_SHEET,
    "transfer_learners": OF_MANY,
    "write_marks": BY_SHEET,
}


def actions_in(root: Path, places: Iterable[str]) -> set[str]:
    """Public functions that ask who acts."""
    found = set()
    for file, tree in trees(root, "corridor"):
        if any(file.startswith(place) for place in places):
            for node in tree.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    found |= {node.name for each in node.args.kwonlyargs if each.arg == "by"}
    return found


def strays(root: Path, reasons: Mapping[str, str], places: Iterable[str] = PLACES) -> list[str]:
    """Actions without an operation and a reason, and reasons of what is no action or has an operation."""
    named = {
        word
        for file, _tree in trees(root, "corridor/api")
        for word in re.findall(r"\w+", (root / file).read_text(encoding="utf-8"))
    }
    actions = actions_in(root, places)
    lacking = sorted(actions - named - reasons.keys())
    spare = sorted(name for name in reasons if name not in actions or name in named)
    return [f"no operation: {name}" for name in lacking] + [f"no reason needed: {name}" for name in spare]


def test_each_action_has_an_operation_or_a_reason():
    assert strays(ROOT, REASONS) == []


def test_an_action_that_only_a_page_reaches_is_caught(tmp_path: Path):
    plant(
        tmp_path,
        "corridor/rooms/training/actions/bells.py",
        "def ring(*, by): ...\ndef hush(*, by): ...\ndef _in(*, by): ...\n",
    )
    plant(tmp_path, "corridor/api/bells.py", "actions.hush(by=by)\n")
    found = strays(tmp_path, {"hush": "x", "gone": "y"})
    assert found == ["no operation: ring", "no reason needed: gone", "no reason needed: hush"]
