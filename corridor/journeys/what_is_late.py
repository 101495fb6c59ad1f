"""
What is late in the alliance, and what a member owes: obligations, silent announcements, data calls, payments, accreditations, reviews of
programmes, in one order of days.

Each room answers for its own; here they are put together. A page reads from each no more than it shows, so that a long list costs what a page costs.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import merge
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.agreements import queries as agreements
from corridor.rooms.conferences import queries as conferences
from corridor.rooms.funding import queries as funding
from corridor.rooms.members import queries as members
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.sites import queries as sites

ACCREDITATION, ANNOUNCEMENT, DATA_CALL, OBLIGATION, PAYMENT, REVIEW, RISK = (
    "accreditation", "announcement", "data_call", "obligation", "payment", "review", "risk",
)  # fmt: skip
KINDS = (ACCREDITATION, ANNOUNCEMENT, DATA_CALL, OBLIGATION, PAYMENT, REVIEW, RISK)
# What a member owes is looked at so far ahead.
AHEAD = timedelta(days=92)
_LAST = "\uffff"


@dataclass(frozen=True)
class Late:
    """One thing that is late, or owed by a day: of which kind, which record, what it is in words, whose, and its page."""

    due: date
    kind: str
    reference: str
    words: str
    whose: Any
    link: str

    @property
    def key(self) -> tuple[date, str, str]:
        return (self.due, self.kind, self.reference)

    @property
    def after(self) -> str:
        """What the next page is asked with."""
        return f"{self.due:%Y-%m-%d} {self.kind} {self.reference}"


@dataclass(frozen=True)
class Asked:
    """What is looked for: late before ``on``, or owed by ``until``; of the own members alone, or all that the actor oversees."""

    on: date
    until: date | None
    own: bool
    member: str
    behind: tuple[date, str, str] | None
    limit: int
    by: Actor

    def behind_in(self, kind: str) -> tuple[date, str] | None:
        """The place at which the rows of one kind go on."""
        if self.behind is None:
            return None
        day, last, reference = self.behind
        return (day, reference if last == kind else "" if kind > last else _LAST)

    def is_due(self, day: date) -> bool:
        return day <= self.until if self.until is not None else day < self.on


def what_is_late(
    *, on: date, by: Actor, kind: str = "", member: str = "", after: str = "", limit: int = 50
) -> list[Late]:
    """
    The first so many things that are late on that day, the longest first, after the last one read; for who oversees the alliance.

    :raises AccessDenied: for anybody else. :raises BadInput: for a kind or a place that is none.
    """
    by.require(Permission.AGREEMENT_VIEW_TEXT)
    return _found(Asked(on, None, False, member, _place(after), limit, by), kind)


def what_we_owe(*, on: date, by: Actor, kind: str = "", after: str = "", limit: int = 50) -> list[Late]:
    """What the members this actor speaks for owe: what is late, and what is due in the next three months, in the order of days."""
    return _found(Asked(on, on + AHEAD, True, "", _place(after), limit, by), kind)


def _found(asked: Asked, kind: str) -> list[Late]:
    if kind and kind not in _SOURCES:
        raise BadInput([Problem(N_("There is no kind “%(kind)s”."), {"kind": kind}, column="kind")])
    wanted = [look(asked) for name, look in _SOURCES.items() if kind in ("", name)]
    return list(islice(merge(*wanted, key=lambda each: each.key), asked.limit))


def _place(after: str) -> tuple[date, str, str] | None:
    if not after:
        return None
    day, _space, rest = after.partition(" ")
    kind, _space, reference = rest.partition(" ")
    try:
        return (date.fromisoformat(day), kind, reference)
    except ValueError:
        raise BadInput([Problem(N_("Send what the page before said as next."), column="after")]) from None


def _in_order(rows: Iterable[Late], asked: Asked) -> Iterator[Late]:
    """Of kinds that are few: all of them read, in order, from the place on."""
    found = sorted(rows, key=lambda each: each.key)
    return iter([each for each in found if asked.behind is None or each.key > asked.behind])


def _obligations(asked: Asked) -> Iterator[Late]:
    rows: QuerySet[Any] = agreements.late_obligations(
        by=asked.by, on=asked.on, until=asked.until, member=asked.member, own=asked.own, behind=asked.behind_in(OBLIGATION)
    )  # fmt: skip
    for each in rows[: asked.limit]:
        yield Late(
            each.due_on, OBLIGATION, each.reference, each.what, each.organisation, f"/obligations/{each.reference}/"
        )


def _data_calls(asked: Asked) -> Iterator[Late]:
    rows: QuerySet[Any] = members.unanswered(
        by=asked.by, on=asked.on, until=asked.until, member=asked.member, own=asked.own, behind=asked.behind_in(DATA_CALL)
    )  # fmt: skip
    for each in rows[: asked.limit]:
        reference = f"{each.call.reference}.{each.organisation.reference}"
        link = (
            f"/data-calls/{each.call.reference}/answers/{each.organisation.reference}/"
            if asked.own
            else f"/data-calls/{each.call.reference}/"
        )
        yield Late(each.call.due_on, DATA_CALL, reference, each.call.title("en"), each.organisation, link)


def _announcements(asked: Asked) -> Iterator[Late]:
    if asked.own:
        owed: Iterable[Any] = conferences.announcements_owed_by(by=asked.by, on=asked.on, within_days=AHEAD.days)
    else:
        owed = conferences.list_announcements(by=asked.by, on=asked.on, silent=True, owner=asked.member)
    return _in_order(
        (
            Late(each.due_then, ANNOUNCEMENT, each.reference, _title(each), each.owner, f"/announcements/{each.reference}/")
            for each in owed if asked.is_due(each.due_then)
        ),
        asked,
    )  # fmt: skip


def _payments(asked: Asked) -> Iterator[Late]:
    late: Iterable[Any] = funding.payments_due(
        on=asked.on, until=asked.until, by=asked.by, own=asked.own, member=asked.member
    )
    return _in_order(
        (Late(day, PAYMENT, each.reference, each.what, each.payer, f"/funding/{each.reference}/") for each, day in late), asked
    )  # fmt: skip


def _accreditations(asked: Asked) -> Iterator[Late]:
    ended: Iterable[Any] = sites.accreditations_ended(
        on=asked.until or asked.on, by=asked.by, own=asked.own, host=asked.member
    )
    return _in_order(
        (
            Late(
                each.ends_before - timedelta(days=1), ACCREDITATION, f"{each.site.reference}.{each.pk}", each.accredited_for,
                each.site.host, f"/sites/{each.site.reference}/",
            )
            for each in ended
        ),
        asked,
    )  # fmt: skip


def _reviews(asked: Asked) -> Iterator[Late]:
    """Of who leads the programme."""
    own = set(asked.by.ids_with(Permission.OBLIGATION_FULFIL, "member")) if asked.own else set()
    found = []
    for due, programme in programmes.reviews_due(by=asked.by, on=asked.on, until=asked.until):
        leads = [each.organisation for each in programme.members.all() if each.role == "lead"]
        leads = [lead for lead in leads if not asked.own or lead.pk in own]
        leads = [lead for lead in leads if asked.member in ("", lead.reference)]
        if leads:
            link = f"/programmes/{programme.reference}/"
            found.append(Late(due, REVIEW, programme.reference, _title(programme), leads[0], link))
    return _in_order(found, asked)


def _risks(asked: Asked) -> Iterator[Late]:
    """Of who owns them; of the programmes whose log the asker may read."""
    own = set(asked.by.ids_with(Permission.OBLIGATION_FULFIL, "member")) if asked.own else set()
    due: Iterable[Any] = programmes.risks_due(on=asked.on, until=asked.until, by=asked.by)
    return _in_order(
        (
            Late(each.due_on, RISK, str(each), each.what, each.owner, f"/programmes/{each.programme.reference}/log/")
            for each in due
            if (not asked.own or each.owner_id in own) and asked.member in ("", each.owner.reference)
        ),
        asked,
    )


def _title(said: Any) -> str:
    titles = {each.language: each.text for each in said.titles.all()}
    return titles.get("en") or next(iter(titles.values()), said.reference)


_SOURCES: dict[str, Callable[[Asked], Iterator[Late]]] = {
    ACCREDITATION: _accreditations,
    ANNOUNCEMENT: _announcements,
    DATA_CALL: _data_calls,
    OBLIGATION: _obligations,
    PAYMENT: _payments,
    REVIEW: _reviews,
    RISK: _risks,
}
