"""One colour, one icon, one word per state, wherever it stands."""

import importlib
import json
import pkgutil
import re

import pytest
from django.conf import settings
from django.db.models import TextChoices
from django.template import engines

import corridor.rooms
from corridor.rooms.assessment.models import Result
from corridor.rooms.training.models import Mark
from corridor.web.ui.states import LOOKS, pill_of

TONES = {"quiet", "agreed", "prep", "running", "done", "silent", "withdrawn", "bad"}
ICONS = settings.NODE_MODULES / "@tabler" / "icons" / "icons.json"


def statuses() -> list[TextChoices]:
    """Every status of every room's lifecycle."""
    found = []
    for room in pkgutil.iter_modules(corridor.rooms.__path__):
        if importlib.util.find_spec(f"corridor.rooms.{room.name}.lifecycle") is None:
            continue
        module = importlib.import_module(f"corridor.rooms.{room.name}.lifecycle")
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, TextChoices) and thing.__name__.endswith("Status"):
                found.extend(thing)
    return found


def render(text: str, **given: object) -> str:
    return engines["django"].from_string(text).render(given)


def test_every_mark_of_a_register_and_every_result_has_its_look():
    shown = {str(each.value) for choices in (Mark, Result) for each in choices}
    assert sorted(shown - set(LOOKS)) == []


def test_every_status_of_every_lifecycle_has_its_look():
    assert len(statuses()) > 30
    assert sorted({str(status.value) for status in statuses()} - set(LOOKS)) == []


@pytest.mark.parametrize("code", sorted(LOOKS))
def test_a_pill_says_its_word_beside_its_icon(code):
    pill = render("{% state_pill code %}", code=code)
    word = str(LOOKS[code][1])
    assert f"</svg>{word}</span>" in pill
    assert re.search(r'<use href="[^"]+icons\.svg[^"#]*#[a-z0-9-]+">', pill)
    assert LOOKS[code][0].tone in TONES


def test_a_status_of_a_room_says_its_own_label():
    class LoanStatus(TextChoices):
        RUNNING = "running", "Lent out"

    assert pill_of(LoanStatus.RUNNING).word == "Lent out"
    assert pill_of(LoanStatus.RUNNING).tone == pill_of("running").tone


def test_a_code_without_a_look_is_quiet_and_says_itself():
    assert (pill_of("half-open").tone, pill_of("half-open").word) == ("quiet", "half open")


def test_every_icon_of_a_state_is_in_the_package():
    if not ICONS.exists():
        pytest.skip("The npm packages are not installed.")
    names = set(json.loads(ICONS.read_text(encoding="utf-8")))
    assert {look.icon for look, _word in LOOKS.values()} - names == set()
