"""Whom an agreement tells: whoever speaks for its parties, and who is named to sign. Where nobody speaks for a party, the secretariat."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from corridor.foundations.access import Actor, Role
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.rooms.members.models import Organisation
from corridor.rooms.members.seating import speakers_on
from corridor.rooms.people.secretariat import secretariat_ids

from .models import Agreement, AgreementParty, Signer

# What a named signer is told of too: there is something to sign, or there is not any more.
FOR_SIGNERS = {Event.AGREEMENT_PROPOSED, Event.AGREEMENT_COUNTERED, Event.AGREEMENT_GIVEN_UP, Event.TURN_TO_SIGN}


def tell_parties(
    event: Event, agreement: Agreement, *, at: datetime | None, by: Actor, aside: Organisation | None = None
) -> int:
    """
    Tell every party but ``aside``, which did it. Return how many accounts were told.

    What the loader writes down happened long ago, and ``at`` is None where nobody is to be told: then nobody is.
    """
    parties = [each for each in agreement.parties.all() if aside is None or each.organisation_id != aside.pk]
    return tell_sides([(event, agreement, parties)], at=at, by=by)


def tell_sides(
    things: Sequence[tuple[Event, Agreement, Sequence[AgreementParty]]], *, at: datetime | None, by: Actor
) -> int:
    """Tell these parties of these events, under the same terms; whom to tell is read once for all."""
    if not things or at is None or Role.SYSTEM in by.roles():
        return 0
    day, told = at.date(), 0
    speakers, house = speakers_on(day, roles=[Role.COORDINATOR]), secretariat_ids(on=day)
    named = _signers(party.pk for event, _agreement, parties in things if event in FOR_SIGNERS for party in parties)
    for event, agreement, parties in things:
        wanted: list[UUID] = []
        for party in parties:
            wanted += speakers.get(party.organisation_id) or house
            wanted += named.get(party.pk, [])
        if wanted:
            link = f"/agreements/{agreement.reference}/"
            told += tell(event, to=wanted, about=agreement.reference, link=link, at=at, by=by)
    return told


def _signers(parties: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    keys, found = list(parties), {}
    named = Signer.objects.filter(party__in=keys, ended_at__isnull=True, account__isnull=False) if keys else ()
    for each in named:
        found.setdefault(each.party_id, []).append(each.account_id)
    return found
