"""Every sentence is marked, stands in the catalogues, and is translated. Stale? Run .venv/bin/python tools/messages.py update."""

import re
from pathlib import Path

import pytest

from tools import messages

from .source import ROOT, files, plant

# Files whose sentences Lao does not have yet, each a path or the beginning of paths. This list may only shrink.
LAO_LATER = tuple(
    line
    for line in Path(__file__).with_name("lao_later.txt").read_text(encoding="utf-8").split("\n")
    if line and line[0] != "#"
)
# Pages that must work when the catalogues do not, and so say it in several languages at once.
WITHOUT_CATALOGUES = {"corridor/web/templates/500.html"}
# Written the same in every language.
SAME_EVERYWHERE = re.compile(
    r"\b(?:PDF|JSON|XLSX|CSV|HTML|API|OpenAPI|URL|DID|QR|SHA-256|UTF-8|UTC|ISCO-08|PDF/A|Corridor|English|n|x|id)\b|&\w+;|&#\w+;"
)
INVISIBLE = re.compile(
    r"\{#.*?#\}|\{% *comment.*?endcomment *%\}|\{% *blocktrans(?:late)?\b.*?endblocktrans(?:late)? *%\}"
    r"|<(script|style|code|svg)\b.*?</\1>|<!--.*?-->|\{% *block \w*class\w* *%\}.*?\{% *endblock *%\}",
    re.DOTALL,
)
# Words that say themselves which language they are in are meant to stay in it: a certificate speaks three at once.
IN_ITS_OWN_LANGUAGE = re.compile(r"<(\w+) lang=\"[A-Za-z-]+\">[^<{]*</\1>")
SPOKEN_ATTRIBUTE = re.compile(r"\b(?:alt|title|placeholder|aria-label|aria-description)=\"([^\"]*)\"")
# Of Django, and of the pages of a kit (string.Template).
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\$[a-z_]+", re.DOTALL)


def unmarked(root: Path) -> list[str]:
    """Words in templates that no catalogue can translate."""
    found = []
    for path in files(root, "corridor", ending=".html"):
        if path.relative_to(root).as_posix() in WITHOUT_CATALOGUES:
            continue
        said = IN_ITS_OWN_LANGUAGE.sub(" ", path.read_text(encoding="utf-8"))
        text = TAGS.sub(" ", INVISIBLE.sub(" ", said))
        spoken = [*SPOKEN_ATTRIBUTE.findall(text), *re.sub(r"<[^>]*>", "\n", text).splitlines()]
        left = [SAME_EVERYWHERE.sub(" ", line).strip() for line in spoken]
        found += [f"{path.relative_to(root).as_posix()}: {line!r}" for line in left if re.search(r"[^\W\d_]{2}", line)]
    return found


def test_every_word_on_a_page_is_marked():
    assert unmarked(ROOT) == []


def test_the_catalogues_hold_the_sentences_of_the_source():
    assert messages.stale(ROOT) == []


@pytest.mark.parametrize("language", ["zh_Hans", "ur", "km"])
def test_a_language_is_complete(language: str):
    assert messages.untranslated(ROOT, language) == []


@pytest.mark.parametrize(("language", "path"), list(messages.catalogues(ROOT)))
def test_no_translation_glues_what_the_source_keeps_apart(language: str, path: Path):
    held = messages.sentences(messages.read(path, language))
    assert {one: found for one, message in held.items() if (found := messages.glued(message))} == {}


def test_lao_is_complete_but_for_the_listed_files():
    assert messages.untranslated(ROOT, "lo", exempt=LAO_LATER) == []


def test_no_listed_file_is_complete_already():
    lacking = messages.untranslated(ROOT, "lo")
    assert [file for file in LAO_LATER if not any(one.startswith(file) for one in lacking)] == []


def test_a_word_that_is_not_marked_is_caught(tmp_path: Path):
    plant(
        tmp_path,
        "corridor/web/templates/site.html",
        '<p class="a">{% translate "Said" %} {{ site.name }} JSON</p>\n<p>Left out</p>\n<p lang="lo">ຕົວຢ່າງ</p><img alt="Also left out">\n'
        "{% blocktranslate %}Said too{% endblocktranslate %}",
    )
    assert [line.split(": ")[1] for line in unmarked(tmp_path)] == ["'Also left out'", "'Left out'"]


def test_a_sentence_without_its_translation_is_caught(tmp_path: Path):
    plant(tmp_path, "corridor/rooms/sites/models.py", 'label = _("Workshop")\n')
    assert messages.stale(tmp_path) == ["django.pot lacks 'Workshop'"]
    messages.update(tmp_path)
    assert messages.stale(tmp_path) == []
    assert messages.untranslated(tmp_path, "zh_Hans") == ["corridor/rooms/sites/models.py: 'Workshop'"]
    assert messages.untranslated(tmp_path, "lo", exempt=("corridor/rooms/",)) == []


def test_a_translation_that_loses_a_place_is_caught(tmp_path: Path):
    plant(tmp_path, "corridor/rooms/sites/models.py", 'raise Refusal(N_("%(site)s is closed."))\n')
    messages.update(tmp_path)
    path = tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    path.write_text(
        path.read_text("utf-8").replace('closed."\nmsgstr ""', 'closed."\nmsgstr "%(place)s 已关闭。"'),
        encoding="utf-8",
    )
    assert len(messages.untranslated(tmp_path, "zh_Hans")) == 1


def test_a_seat_that_touches_its_cohort_is_caught(tmp_path: Path):
    plant(tmp_path, "corridor/web/late.py", '_("Seat %(seat)s, %(cohort)s")\n')
    messages.update(tmp_path)
    path = tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    empty = path.read_text("utf-8")
    for told, found in (("%(cohort)s%(seat)s号", {("cohort", "seat")}), ("%(cohort)s，%(seat)s号", set())):
        path.write_text(empty.replace('cohort)s"\nmsgstr ""', f'cohort)s"\nmsgstr "{told}"'), "utf-8")
        (message,) = messages.sentences(messages.read(path, "zh_Hans")).values()
        assert messages.glued(message) == found


def test_a_sentence_that_is_gone_is_caught(tmp_path: Path):
    plant(tmp_path, "corridor/rooms/sites/models.py", 'label = _("Workshop")\n')
    messages.update(tmp_path)
    plant(tmp_path, "corridor/rooms/sites/models.py", 'label = _("Site with a longer name")\n')
    assert "lo still has 'Workshop'" in messages.stale(tmp_path)


def test_one_form_for_any_number_names_the_number(tmp_path: Path):
    plant(tmp_path, "corridor/web/late.py", 'ngettext("One is late, %(day)s.", "%(count)s are late, %(day)s.", 2)\n')
    messages.update(tmp_path)
    path = tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    empty = path.read_text("utf-8")
    path.write_text(empty.replace('msgstr[0] ""', 'msgstr[0] "%(day)s，逾期%(count)s件。"'), encoding="utf-8")
    assert messages.untranslated(tmp_path, "zh_Hans") == []
    path.write_text(empty.replace('msgstr[0] ""', 'msgstr[0] "逾期%(count)s件，%(when)s。"'), encoding="utf-8")
    assert len(messages.untranslated(tmp_path, "zh_Hans")) == 1
