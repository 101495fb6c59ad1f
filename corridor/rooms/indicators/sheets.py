"""Claims, editions, their figures and corrections as spreadsheets, in the order in which they load."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from corridor.foundations.access import VISITOR, Actor
from corridor.foundations.accounts.models import User
from corridor.foundations.sheets.columns import choice, day, reference, text, user_name, whole
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.errors import Refusal
from corridor.kernel.periods import Period
from corridor.kernel.refusals import StillOpen
from corridor.kernel.wording import N_
from corridor.rooms.members.queries import grants_of

from .actions import (
    ClaimDraft,
    Correction,
    EditionDraft,
    build_editions,
    correct_figures,
    freeze_figures,
    place_figures,
    publish_edition,
    sign_figures,
    state_claims,
)
from .asking import Question, ask
from .keeping import latest_kept
from .models import Claim, Edition, Figure

NO_TIME = N_("Give a day, or a first and a last day.")
LAST_BEFORE_FIRST = N_("The last day is before the first.")
NOT_KEPT = N_("No figure was frozen for this question.")
SIGNED_BEFORE = N_("It is signed before it is frozen.")


@dataclass(frozen=True, slots=True)
class _Signing:
    """One person's signature under some figures, on one day."""

    user: User
    on: date


def _question(row: Row, findings: Findings, at: datetime) -> Question | None:
    """What the row asks. A question that is refused is kept as a problem of its row."""
    on, first, last = row["on_day"], row["starts_on"], row["ends_on"]
    if (on is None) == (first is None or last is None):
        findings.add(row, "on_day", NO_TIME)
        return None
    if first is not None and last is not None and last < first:
        findings.add(row, "ends_on", LAST_BEFORE_FIRST)
        return None
    period = Period.through(first, last) if on is None else None
    try:
        return ask(row["code"], row["scope"], on=on, period=period, at=at)
    except Refusal as refused:
        findings.add(row, "code", refused.message, **refused.places)
        return None


def _on(on: date, at: datetime) -> datetime:
    """The instant of that day at the time of day of the load: what a record of that day knew."""
    return datetime.combine(on, at.timetz())


def _signer(user: User, on: date) -> Actor:
    """The person behind the account, with the seats held that day: a signature is never the loader's."""
    return Actor(label=user.username, user_id=user.pk, grants=grants_of(user=user, on=on) | VISITOR.grants)


def _signings(row: Row, users: dict[str, User], findings: Findings, since: date) -> list[_Signing]:
    found = []
    for name, day_column in (("signed_by", "signed_on"), ("second_by", "second_on")):
        user = findings.find(row, name, users)
        if user and row[day_column]:
            if row[day_column] < since:
                findings.add(row, day_column, SIGNED_BEFORE)
            found.append(_Signing(user, row[day_column]))
        elif bool(row[day_column]) != bool(row[name]):
            findings.add(row, name, N_("A signature has a person and a day."))
    return found


def _sign(wanted: Iterable[tuple[Figure, _Signing]], at: datetime) -> None:
    """Each person signs what they signed on one day at once, the earlier days first."""
    groups: dict[tuple[date, str], tuple[User, list[Figure]]] = {}
    for figure, signing in wanted:
        _user, figures = groups.setdefault((signing.on, signing.user.username), (signing.user, []))
        figures.append(figure)
    for (on, _name), (user, figures) in sorted(groups.items(), key=lambda each: each[0]):
        sign_figures(figures=figures, on=on, at=_on(on, at), by=_signer(user, on))


def _users(rows: Sequence[Row]) -> dict[str, User]:
    names = (row[column] for row in rows for column in ("signed_by", "second_by"))
    return by_reference(User.objects.all(), names, field="username")


def _take_claims(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    findings = Findings()
    drafts = []
    for row in rows:
        question = _question(row, findings, at)
        if (row["number"] is None) != (row["kind"] == Claim.Kind.WORDS):
            findings.add(row, "number", N_("Words only have no number, and every other kind has one."))
        if question:
            drafts.append(
                ClaimDraft(
                    reference=row["reference"],
                    position=row["position"],
                    words=row["words"],
                    kind=row["kind"],
                    number=row["number"],
                    question=question,
                    source=row["source"],
                )
            )
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(state_claims(claims=drafts, at=at, by=by))


def _take_editions(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001 (every sheet is taken the same way)
    drafts = [EditionDraft(row["reference"], row["title"], row["day"]) for row in rows]
    with refusals_in(rows):
        return len(build_editions(editions=drafts, by=by))


def _take_edition_figures(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    findings, users = Findings(), _users(rows)
    editions = by_reference(Edition.objects.all(), (row["edition"] for row in rows))
    asked: dict[date, dict[Question, None]] = defaultdict(dict)
    placed: dict[Edition, list[tuple[int, Question]]] = defaultdict(list)
    signings: dict[Question, list[_Signing]] = {}
    for row in rows:
        edition, question = findings.find(row, "edition", editions), _question(row, findings, at)
        signed = _signings(row, users, findings, row["frozen_on"])
        if question and not question.when.period.has_ended(on=row["frozen_on"]):
            findings.add(row, "frozen_on", StillOpen.sentence)
        if edition and question:
            placed[edition].append((row["position"], question))
            if question not in signings:
                asked[row["frozen_on"]][question] = None
                signings[question] = signed
    findings.refuse_if_any()
    figures: dict[Question, Figure] = {}
    with refusals_in(rows):
        for on, questions in sorted(asked.items()):
            frozen = freeze_figures(questions=list(questions), on=on, at=_on(on, at), by=by)
            figures |= dict(zip(questions, frozen, strict=True))
        _sign(((figures[question], signing) for question in signings for signing in signings[question]), at)
        for edition, places in placed.items():
            in_order = sorted(places, key=lambda place: place[0])
            place_figures(edition=edition, figures=[figures[question] for _position, question in in_order], by=by)
    return len(rows)


def _take_corrections(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    findings, users = Findings(), _users(rows)
    wanted: dict[date, list[tuple[Correction, list[_Signing]]]] = defaultdict(list)
    for row in rows:
        question = _question(row, findings, at)
        signed = _signings(row, users, findings, row["corrected_on"])
        figure = latest_kept(question) if question else None
        if question and figure is None:
            findings.add(row, "code", NOT_KEPT)
        if figure:
            wanted[row["corrected_on"]].append((Correction(figure, row["reason"]), signed))
    findings.refuse_if_any()
    with refusals_in(rows):
        for on, corrections in sorted(wanted.items()):
            corrected = correct_figures(
                corrections=[correction for correction, _signed in corrections], on=on, at=_on(on, at), by=by
            )
            pairs = zip(corrected, corrections, strict=True)
            _sign(((figure, signing) for figure, (_correction, signed) in pairs for signing in signed), at)
    return len(rows)


def _take_publications(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    published = [row for row in rows if row["published_on"]]
    editions = by_reference(Edition.objects.all(), (row["reference"] for row in published))
    with refusals_in(rows):
        for row in sorted(published, key=lambda each: each["published_on"]):
            on = row["published_on"]
            publish_edition(edition=editions[row["reference"]], on=on, at=_on(on, at), by=by)
    return len(published)


TIME_COLUMNS = (
    Column("on_day", day, required=False, about="the day, for what holds on a day"),
    Column("starts_on", day, required=False, about="the first day of a period"),
    Column("ends_on", day, required=False, about="the last day inside"),
)
QUESTION_COLUMNS = (
    Column("code", text(60), about="an indicator"),
    Column("scope", text(300), required=False, about="brand=name&kind=teacher; empty: everything"),
    *TIME_COLUMNS,
)
SIGNATURE_COLUMNS = (
    Column("signed_by", user_name, required=False),
    Column("signed_on", day, required=False),
    Column("second_by", user_name, required=False, about="another person"),
    Column("second_on", day, required=False),
)
EDITION_COLUMNS = (
    Column("reference", reference(30)),
    Column("title", text(200)),
    Column("day", day),
    Column("published_on", day, required=False),
)
CLAIM_COLUMNS = (
    Column("reference", reference(40)),
    Column("position", whole(1, 1_000)),
    Column("words", text(300)),
    Column("kind", choice(Claim.Kind)),
    Column("number", whole(0, 2**53 - 1), required=False),
    *QUESTION_COLUMNS,
    Column("source", text(400)),
)
PLACE_COLUMNS = (
    Column("edition", reference(30)),
    Column("position", whole(1, 1_000)),
    *QUESTION_COLUMNS,
    Column("frozen_on", day),
    *SIGNATURE_COLUMNS,
)
CORRECTION_COLUMNS = (
    *QUESTION_COLUMNS,
    Column("reason", text(500)),
    Column("corrected_on", day),
    *SIGNATURE_COLUMNS,
)


def _kind(
    name: str, pattern: str, columns: tuple[Column, ...], take: Callable[..., int], unique: tuple[str, ...] = ()
) -> SheetKind:
    return SheetKind(name, pattern, columns, take, optional=True, unique=unique)


# Merges of persons load between edition_figures and corrections (journeys/load_alliance).
SHEETS: tuple[SheetKind, ...] = (
    _kind("claims", "claims.*", CLAIM_COLUMNS, _take_claims, ("reference",)),
    _kind("editions", "editions.*", EDITION_COLUMNS, _take_editions, ("reference",)),
    _kind("edition_figures", "edition_figures.*", PLACE_COLUMNS, _take_edition_figures, ("edition", "position")),
    _kind("corrections", "corrections.*", CORRECTION_COLUMNS, _take_corrections),
    _kind("edition_publications", "editions.*", EDITION_COLUMNS, _take_publications, ("reference",)),
)
