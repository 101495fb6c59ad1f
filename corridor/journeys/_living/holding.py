"""Acts of holders: certificates handed over, shown for a time, taken into a wallet, and asked to be put right."""

from collections.abc import Sequence
from datetime import date, datetime

from corridor.foundations.access import VISITOR, Actor
from corridor.foundations.sheets.columns import choice, many, text, whole, yes_no
from corridor.foundations.sheets.kinds import Column, Row
from corridor.rooms.credentials import actions
from corridor.rooms.credentials.models import LinkWay, Looking, Showing, ShownPart

from ..correct_certificate import ask_correction
from .acts import ActKind
from .certificates import CERTIFICATE, credential_named
from .naming import existing

PURPOSE = Column("purpose", text(120), about="in the holder’s words")
SHOWN_COLUMNS = (
    *CERTIFICATE,
    PURPOSE,
    Column("parts", many(choice(ShownPart))),
    Column("days", whole(1, 365)),
    Column("looking", choice(Looking), required=False),
)
HANDED_COLUMNS = (
    *CERTIFICATE,
    Column("language", text(10)),
    Column("is_used", yes_no, required=False, about="yes: the holder scanned the paper there and then"),
)
ASKED_COLUMNS = (
    *CERTIFICATE,
    Column("should_be", text(300)),
    Column("words", text(2_000), required=False),
)


def _show(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    row = rows[0]
    draft = actions.ShowingDraft(
        row["purpose"], frozenset(row["parts"]), row["days"], row["looking"] or Looking.UNASKED
    )
    actions.show_certificate(credential=credential_named(row), draft=draft, at=at, by=by)


def _look(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    """Whoever has the link opens it, and leaves a name."""
    token = _showing_named(rows[0]).token
    actions.look_at(token=token, at=at, by=by)
    actions.give_name(token=token, name=rows[0]["name"], at=at, by=by)


def _end_showing(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    actions.end_showing(showing=_showing_named(rows[0]), at=at, by=by)


def _hand_over(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    """On paper: a letter would go out. Nobody but the holder has the secret, so that it is used in the same act or never."""
    row = rows[0]
    (made,) = actions.make_links(
        credentials=[credential_named(row)], way=LinkWay.PAPER, language=row["language"], at=at, by=by
    )
    if row["is_used"]:
        actions.open_link(secret=made.secret, code="", at=at, by=VISITOR)


def _offer(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    actions.offer_to_wallet(credential=credential_named(rows[0]), at=at, by=by)


def _ask(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:
    row = rows[0]
    ask_correction(
        credential=credential_named(row), should_be=row["should_be"], words=row["words"], on=on, at=at, by=by
    )


def _showing_named(row: Row) -> Showing:
    rows = Showing.objects.select_related("credential__enrolment__person")
    found = rows.filter(credential=credential_named(row), purpose=row["purpose"]).first()
    return existing(found, row, "purpose")


ACTS = (
    ActKind("showings", SHOWN_COLUMNS, _show),
    ActKind("showings_looked_at", (*CERTIFICATE, PURPOSE, Column("name", text(150))), _look),
    ActKind("showings_ended", (*CERTIFICATE, PURPOSE), _end_showing),
    ActKind("links_on_paper", HANDED_COLUMNS, _hand_over),
    ActKind("wallet_offers", CERTIFICATE, _offer),
    ActKind("corrections_asked", ASKED_COLUMNS, _ask),
)
