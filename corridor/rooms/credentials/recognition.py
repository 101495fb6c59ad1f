"""What a programme's credentials count as, country by country: which statements hold on a day, and the English words that are signed."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from corridor.foundations.vocabularies.countries import country_name

from .models import RecognitionKind, RecognitionStatement

_RECOGNISED = {
    RecognitionKind.ATTENDANCE: "proof of attendance, not a qualification",
    RecognitionKind.INSTITUTION: "a certificate of an institution, not a national qualification",
    RecognitionKind.NATIONAL: "a national qualification",
    RecognitionKind.REFERENCED: "referenced to the national framework, which is not recognition",
    RecognitionKind.BILATERAL: "recognised by an agreement between countries",
}


def recognition_sentences(statements: Sequence[RecognitionStatement]) -> str:
    """What it counts as, country by country, as it is printed."""
    return " ".join(_sentence(each) for each in statements)


def statements_on(
    keys: set[tuple[UUID, str]], day: date | None = None
) -> dict[tuple[UUID, str], list[RecognitionStatement]]:
    """Recognition statements by programme and kind of credential, by country; those that hold on ``day`` where one is given."""
    rows = RecognitionStatement.objects.filter(programme__in={programme for programme, _ in keys})
    found: dict[tuple[UUID, str], list[RecognitionStatement]] = {}
    for row in rows.select_related("document").prefetch_related("authority_names").order_by("country", "starts_on"):
        if day is None or holds(row, day):
            found.setdefault((row.programme_id, row.credential_kind), []).append(row)
    return found


def holds(statement: RecognitionStatement, day: date) -> bool:
    return statement.starts_on <= day and (statement.ends_before is None or day < statement.ends_before)


def _sentence(statement: RecognitionStatement) -> str:
    said = f"{country_name(statement.country)}: {_RECOGNISED[RecognitionKind(statement.recognition)]}"
    details = [part for part in (statement.level, statement.authority) if part]
    if statement.document is not None:
        details.append(statement.document.title)
    if statement.decided_on is not None:
        details.append(f"decided on {statement.decided_on.isoformat()}")
    return f"{said} ({'; '.join(details)})." if details else f"{said}."
