"""Taking a file in: what it is, where its table stands and what its columns are, as far as the file itself tells."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.audit import log
from corridor.kernel.identifiers import new_id

from ..cells.words import folded
from ..importing import ImportKind
from ..intake.opening import Opened, open_file
from ..intake.running import running_numbers
from ..intake.soundness import refuse_unsound
from ..intake.tables import Head, find_head, is_ours, map_columns, require_width
from ..models import Hidden, Import, ImportColumnChoice, RememberedColumn
from .keeping import keep_file
from .moving import require_kind
from .telling import told_first


def receive_import(
    *, kind: ImportKind, file_name: str, content: bytes, language: str, at: datetime, by: Actor
) -> Import:
    """
    Keep the file and find out how it can be read. Nothing of it is written anywhere yet.

    :raises BadInput: if it is nothing that can be read; the sentence says what it is and what to send instead.
    """
    require_kind(kind, by=by)
    name = Path(file_name.replace("\\", "/")).name[:200] or "sheet"
    with NamedTemporaryFile() as copy:
        copy.write(content)
        copy.flush()
        refuse_unsound(Path(copy.name), file=name)
    name, content = kind.reshaped(name, content)
    with NamedTemporaryFile() as copy:
        copy.write(content)
        copy.flush()
        opened = open_file(Path(copy.name), file=name)
        sheet, head = _best_table(opened, kind)
        hidden = Hidden.UNASKED if opened.hides(sheet, head_row=head.row) else Hidden.READ
        told = told_first(opened, sheet, head)
        encoding = opened.encodings.chosen if opened.encodings else ""
        running = running_numbers(opened, sheet, head, encoding=encoding, delimiter=opened.delimiter)
    key = new_id()
    with transaction.atomic():
        made = Import.objects.create(
            pk=key, kind=kind.name, file_name=name, sha256=sha256(content).hexdigest(), size=len(content),
            stored_as=keep_file(str(key), content), sent_by=by.label, sender_id=by.user_id, language=language, sent_at=at,
            sheet=sheet, header_row=head.row, header_depth=head.depth, hidden=hidden,
            encoding=encoding, delimiter=opened.delimiter, told=told,
        )  # fmt: skip
        remember_columns(made, head, kind, running=running)
        log.record("sheets.received", by=by, subject=made)
    return made


def remember_columns(held: Import, head: Head, kind: ImportKind, *, running: Collection[int]) -> None:
    """
    Write down which column is which, as far as it is known: by this sender's last answers and by the known headers. ``running`` are columns
    that count the rows: those name no record, unless the header is the one of our own exports or the sender said so.
    """
    rows = RememberedColumn.objects.filter(sent_by=held.sent_by, kind=kind.name)
    remembered = dict(rows.values_list("header", "name"))
    mapped = [
        replace(each, name="", sure=0)
        if each.position in running
        and each.name == kind.reference_column
        and not is_ours(each.header, kind)
        and folded(each.header) not in remembered
        else each
        for each in map_columns(head, kind, remembered=remembered)
    ]
    held.columns.all().delete()
    ImportColumnChoice.objects.bulk_create(
        [
            ImportColumnChoice(
                of=held, position=each.position, header=each.header[:300], name=each.name, sure=each.sure
            )
            for each in mapped
        ]
    )


def _best_table(opened: Opened, kind: ImportKind) -> tuple[str, Head]:
    """The visible sheet in which the most headers are known; a hidden one where those that can be seen hold no such table."""
    encoding = opened.encodings.guesses[0].encoding if opened.encodings else ""
    best: tuple[tuple[bool, int], str, Head] | None = None
    for sheet in opened.sheets:
        head = find_head(opened, sheet.name, kind, encoding=encoding, delimiter=opened.delimiter)
        count = sum(bool(each.name) for each in map_columns(head, kind))
        score = (count > 0 and not sheet.is_hidden, count)
        if best is None or score > best[0]:
            best = (score, sheet.name, head)
    assert best is not None
    require_width(opened, best[2])
    return best[1], best[2]
