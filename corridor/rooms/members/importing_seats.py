"""The import of seats: who speaks for which member, from when, until when."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission, Role
from corridor.foundations.accounts.models import User
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.texts import reference, text, user_name
from corridor.foundations.sheets.cells.words import choice
from corridor.foundations.sheets.importing import (
    AT_ONCE,
    THIS_STANDS,
    Done,
    Fault,
    Given,
    ImportColumn,
    ImportKind,
    Planned,
    Verdict,
    refused,
    repeated,
    written,
)
from corridor.foundations.sheets.resolving import by_reference
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_

from .actions.importing_seats import remove_seats, set_ends
from .actions.seats import HELD_ALREADY, _faults_of, give_seats
from .drafts import SeatDraft
from .held_days import days_held, take_days
from .models import Organisation, Seat

WORDS = Path(__file__).with_name("importing_names_words.toml")
# The day after the last, and whom the room's own checks call otherwise.
_COLUMNS = {"scope": "organisation"}
# Under which the days that are held go from row to row.
HELD = "days held"


class SeatRole(models.TextChoices):
    """The roles that are seats; others come with a site, a cohort or a person."""

    COORDINATOR = "coordinator", _("Coordinator")
    SECRETARIAT = "secretariat", _("Secretariat")
    COUNCIL = "council", _("Council")
    AUDITOR = "auditor", _("Auditor")
    KEY_HOLDER = "key_holder", _("Key holder")


class SeatsImport(ImportKind):
    """Rows of seats. An account must stand already; of a seat that stands, only its end is changed."""

    name = "seats"
    title = N_("Seats of members and of the alliance")
    permission = Permission.SEAT_GIVE
    words = WORDS
    narrows = ("member",)
    about_accounts = ("user",)
    columns = (
        ImportColumn("reference", N_("Key of the seat"), text(36), is_reference=True, about=N_("Empty for a new seat; a key is given then.")),
        ImportColumn("user", N_("Account (user name)"), user_name(), required=True),
        ImportColumn("role", N_("Role"), choice(SeatRole, words=WORDS, name="role"), required=True),
        ImportColumn("organisation", N_("Reference of the organisation"), reference(60), about=N_("Empty for a seat of the whole alliance.")),
        ImportColumn("held_from", N_("Held from"), day, required=True),
        ImportColumn("held_before", N_("No longer held from"), day),
    )  # fmt: skip

    def plan(
        self,
        rows: Sequence[Given],
        *,
        by: Actor,
        at: datetime,  # noqa: ARG002
        answers: Mapping[str, str],  # noqa: ARG002
        seen: dict[Any, Any],
    ) -> list[Planned]:
        by.require(self.permission)
        users = by_reference(User.objects, [row["user"] for row in rows], field="username")
        members = by_reference(Organisation.objects, [row.get("organisation") for row in rows])
        seats = list(_read().filter(user__in=users.values()))
        held = seen.setdefault(HELD, {})
        held |= days_held({user.pk for user in users.values()} - {user for user, *_ in held})
        by_key = {str(seat.pk): seat for seat in seats}
        standing = {(seat.user_id, seat.role, seat.organisation_id, seat.held_from): seat for seat in seats}
        return [self._planned(row, users, members, by_key, standing, seen) for row in rows]

    def _planned(
        self, row: Given, users: Mapping[str, User], members: Mapping[str, Organisation], by_key: Mapping[str, Seat],
        standing: Mapping[tuple[Any, ...], Seat], seen: dict[Any, Any],
    ) -> Planned:  # fmt: skip
        user, named = users.get(row["user"]), row.get("organisation")
        if user is None:
            return refused(
                row, "user", "unknown_user", N_("There is no account “%(cell)s”."),
                fix=N_("Invite the person first; the account has a user name then."),
            )  # fmt: skip
        if named is not None and named not in members:
            return refused(
                row, "organisation", "unknown_organisation", N_("There is no organisation “%(cell)s”."),
                fix=N_("Copy the reference from the list of members."),
            )  # fmt: skip
        said, member = row.get("reference", ""), members[named] if named is not None else None
        if said and said not in by_key:
            return refused(
                row, "reference", "unknown", N_("There is no seat “%(cell)s” of this account."),
                fix=N_("Correct the key, or leave the cell empty for a new seat."),
            )  # fmt: skip
        place = (user.pk, row["role"].value, member.pk if member else None, row["held_from"])
        if (first := seen.setdefault(place, row.number)) != row.number:
            return repeated(row, "user", first, THIS_STANDS)
        seat = by_key[said] if said else standing.get(place)
        draft = SeatDraft(user, Role(row["role"].value), row["held_from"], member, row.get("held_before"))
        faults = [
            Fault(name, written(row.values.get(name)), "seat", each.message, "", dict(each.places))
            for each in _faults_of(draft) if (name := _COLUMNS.get(each.column, each.column))
        ]  # fmt: skip
        if faults:
            return Planned(row, Verdict.REFUSED, faults=tuple(faults))
        if seat is None and not take_days(draft, seen[HELD]):
            return refused(
                row, "user", "held_already", HELD_ALREADY, account=user.username,
                fix=N_("Correct the days, or give the key of the seat that stands to change its end."),
            )  # fmt: skip
        if seat is None:
            return Planned(row, Verdict.CREATE, f"{user.username} {row['role'].value}", new_id(), record=draft)
        planned = self.compared(row, standing=seat_values(seat), record=seat, reference=str(seat.pk))
        for shift in planned.changes:
            if shift.column != "held_before":
                return refused(
                    row, shift.column, "stays", N_("The seat has “%(old)s” there; an import changes only its end."),
                    old=shift.old, fix=N_("End this seat, and write a row for a new one."),
                )  # fmt: skip
        return planned

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        new = [each for each in planned if each.verdict == Verdict.CREATE]
        if new:
            drafts = [each.record for each in new]
            give_seats(seats=drafts, keys=[each.subject or new_id() for each in new], by=by)
        ends: dict[UUID, date | None] = {
            each.record.pk: each.given.values["held_before"] for each in planned if each.verdict == Verdict.UPDATE
        }
        set_ends(ends=ends, by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        changed = [each for each in done if each.verdict == Verdict.UPDATE]
        set_ends(
            ends={each.subject: self.old_value(each.changes[0]) for each in changed},
            expected={each.subject: self.new_value(each.changes[0]) for each in changed}, by=by,
        )  # fmt: skip
        remove_seats(keys=[each.subject for each in done if each.verdict == Verdict.CREATE], by=by)

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:  # noqa: ARG002
        by.require(self.permission)
        seats = _read().order_by("organisation__reference", "role", "held_from", "pk")
        if member := narrowed.get("member"):
            seats = seats.filter(organisation__reference=member)
        for seat in seats.iterator(chunk_size=AT_ONCE):
            yield {"reference": str(seat.pk), **seat_values(seat)}


def _read() -> models.QuerySet[Seat]:
    return Seat.objects.select_related("user", "organisation")


def seat_values(seat: Seat) -> dict[str, Any]:
    """A seat by the columns of the sheet."""
    return {
        "user": seat.user.username,
        "role": seat.role,
        "organisation": seat.organisation.reference if seat.organisation else "",
        "held_from": seat.held_from,
        "held_before": seat.held_before,
    }
