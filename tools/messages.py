"""
The message catalogues: ``messages.py extract | update | compile | check``. Needs no gettext on the machine.

extract   write locale/django.pot from the sentences that Python and the templates mark
update    extract, then bring every locale/*/LC_MESSAGES/django.po in step: new sentences empty, gone ones dropped
compile   write the .mo files that Django reads, where the .po is newer
check     say what is stale or missing; exit 1 if anything is

English is the source and needs no catalogue. In Python a sentence is marked by ``_``, ``gettext*``, ``ngettext*``, ``pgettext*``,
``npgettext*`` or, where it is translated later (refusals), by ``N_``.
"""

import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Babel finds a mark by its name; each number is the place of a part among the arguments, "c" its context.
MARKS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

import django  # noqa: E402
from babel.messages.catalog import Catalog, Message, TranslationError  # noqa: E402
from babel.messages.extract import extract  # noqa: E402
from babel.messages.mofile import write_mo  # noqa: E402
from babel.messages.pofile import read_po, write_po  # noqa: E402
from django.conf import settings  # noqa: E402
from django.utils.translation.template import templatize  # noqa: E402

LANGUAGES = ("zh_Hans", "lo", "ur")
# Languages with the sentences of some pages alone, each with the files of these, a path or the beginning of paths.
IN_PART = {
    "km": tuple(
        line
        for line in Path(__file__).with_name("words_of_the_workshop.txt").read_text(encoding="utf-8").split("\n")
        if line and line[0] != "#"
    )
}
HEADING = "# Kept in step with the source by tools/messages.py update; translate the msgstr lines."

_TOUCHING = re.compile(r"%\((\w+)\)[sd]%\((\w+)\)[sd]")

Key = tuple[str | tuple[str, ...], str | None]


def collect(root: Path) -> Catalog:
    """Every marked sentence below ``root/corridor``, with the files it stands in."""
    catalog = Catalog(project="Corridor", fuzzy=False)
    for path, source in _sources(root):
        for _, text, comments, context in extract("python", io.BytesIO(source.encode()), MARKS, ["Translators:"]):
            catalog.add(text, locations=[(str(path.relative_to(root)), 0)], auto_comments=comments, context=context)
    return catalog


def _sources(root: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted((root / "corridor").rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_text(encoding="utf-8")
    for ending in ("html", "txt", "xml", "svg"):
        for path in sorted((root / "corridor").rglob(f"templates/**/*.{ending}")):
            # Template text becomes calls among runs of X; without indentation Python's tokenizer takes them.
            calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            yield path, "\n".join(line.strip() for line in calls.splitlines())


def wanted_of(catalog: Catalog, language: str) -> Catalog:
    """What a language has to say of all sentences: each, or those that stand in a file of its part."""
    if language not in IN_PART:
        return catalog
    part = Catalog(project="Corridor", fuzzy=False)
    for message in catalog:
        if message.id and any(file.startswith(IN_PART[language]) for file, _ in message.locations):
            part[message.id] = message
    return part


def key(message: Message) -> Key:
    return (tuple(message.id) if isinstance(message.id, list | tuple) else message.id, message.context)


def sentences(catalog: Catalog) -> dict[Key, Message]:
    return {key(message): message for message in catalog if message.id}


def catalogues(root: Path) -> Iterator[tuple[str, Path]]:
    """The languages that have a catalogue, as Django writes them ("zh_Hans"), each with its file."""
    for path in sorted((root / "locale").glob("*/LC_MESSAGES/django.po")):
        yield path.parents[1].name, path


def read(path: Path, language: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


def is_translated(message: Message) -> bool:
    parts = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return all(parts) and not message.fuzzy


def misplaced(message: Message) -> list[TranslationError]:
    """Where the named places of a translation differ. Who has one form for any number is held to the plural, which names the number."""
    source, translated = message.id, message.string
    if isinstance(source, list | tuple) and isinstance(translated, list | tuple) and len(translated) == 1:
        message = Message(source[-1], translated[0], flags=message.flags, context=message.context)
    return message.check()


def glued(message: Message) -> set[tuple[str, str]]:
    """Places that stand apart in the source and touch in its translation: a number and a name would be read as one."""
    said = message.id if isinstance(message.id, list | tuple) else (message.id,)
    told = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return {each for text in told for each in _TOUCHING.findall(text or "")} - {
        each for text in said for each in _TOUCHING.findall(text)
    }


def stale(root: Path) -> list[str]:
    """Where a catalogue does not hold exactly the sentences of the source."""
    source = collect(root)
    template = root / "locale" / "django.pot"
    found = []
    for name, path in [("django.pot", template), *catalogues(root)]:
        wanted = set(sentences(wanted_of(source, name)))
        held = set(sentences(read(path))) if path.exists() else set()
        found += [f"{name} lacks {one[0]!r}" for one in sorted(wanted - held, key=str)]
        found += [f"{name} still has {one[0]!r}" for one in sorted(held - wanted, key=str)]
    return found


def untranslated(root: Path, language: str, *, exempt: tuple[str, ...] = ()) -> list[str]:
    """Sentences without a translation, or with one whose named places differ; not those that stand only in exempt files."""
    path = root / "locale" / language / "LC_MESSAGES" / "django.po"
    held = sentences(read(path, language)) if path.exists() else {}
    found = []
    for one, message in sentences(wanted_of(collect(root), language)).items():
        if all(file.startswith(exempt) for file, _ in message.locations) and exempt:
            continue
        translated = held.get(one)
        if translated is None or not is_translated(translated):
            found.append(f"{message.locations[0][0]}: {one[0]!r}")
        else:
            found += [f"{message.locations[0][0]}: {one[0]!r}: {error}" for error in misplaced(translated)]
    return found


def write_template(root: Path) -> None:
    _write(collect(root), root / "locale" / "django.pot")


def update(root: Path) -> None:
    wanted = collect(root)
    write_template(root)
    for language in (*LANGUAGES, *IN_PART):
        path = root / "locale" / language / "LC_MESSAGES" / "django.po"
        catalog = read(path, language) if path.exists() else Catalog(language)
        catalog.update(wanted_of(wanted, language), no_fuzzy_matching=True)
        catalog.obsolete.clear()
        _write(catalog, path)


def _write(catalog: Catalog, path: Path) -> None:
    """Without Babel's dates and names: two people who run this on two days get the same file."""
    header = ["Project-Id-Version: Corridor"]
    if catalog.locale is not None:
        header += [f"Language: {catalog.locale_identifier}", f"Plural-Forms: {catalog.plural_forms}"]
    header += ["MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit"]
    lines = [HEADING, 'msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in header), "", ""]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write("\n".join(lines).encode())
        write_po(file, catalog, width=120, omit_header=True, include_lineno=False, sort_by_file=True)


def compile_all(root: Path) -> None:
    for language, path in catalogues(root):
        binary = path.with_suffix(".mo")
        if not binary.exists() or binary.stat().st_mtime < path.stat().st_mtime:
            # Written beside and moved: a server that starts meanwhile reads the old one or the new one, whole.
            fresh = path.with_suffix(f".{os.getpid()}.mo")
            with fresh.open("wb") as file:
                write_mo(file, read(path, language))
            fresh.replace(binary)


def main(arguments: list[str]) -> int:
    if arguments not in (["extract"], ["update"], ["compile"], ["check"]):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    if arguments == ["check"]:
        found = stale(ROOT) + [f"{name}: {one}" for name, _ in catalogues(ROOT) for one in untranslated(ROOT, name)]
        sys.stdout.write("".join(f"{one}\n" for one in found))
        return bool(found)
    {"extract": write_template, "update": update, "compile": compile_all}[arguments[0]](ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
