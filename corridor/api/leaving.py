"""Where records about persons go that a machine reads, and what that writes into the ledger of transfers."""

from collections.abc import Collection
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Schema

from corridor.foundations import clock
from corridor.foundations.vocabularies.countries import require_country
from corridor.journeys.note_transfer import Leaving, note_reading, receiving_country
from corridor.rooms.people.rights_words import Occasion, TransferBasis

from .asking import Words

HEADER = "Corridor-Transfers"
COUNTRY, WHERE_TO = r"^([A-Z]{2})?$", "The country it goes to; else where the office is"
Country = Annotated[str, Query(pattern=COUNTRY, description=WHERE_TO)]


class WhyIn(Schema):
    """Why an answer may cross a border."""

    basis: TransferBasis = Field(TransferBasis.CONTRACT, description="The ground in law, where data cross a border")
    over_because: Words = Field("", description="Why it leaves over a threshold")


class ReadIn(WhyIn):
    """Where the answer goes, and why it may."""

    to: str = Field("", pattern=COUNTRY, description=WHERE_TO)


Read = Annotated[ReadIn, Query()]
Why = Annotated[WhyIn, Query()]


def note_read(
    request: HttpRequest,
    response: HttpResponse,
    read: ReadIn,
    *,
    about: str,
    persons: Collection[UUID] = (),
    records: Collection[UUID] = (),
) -> None:
    """
    Before it is answered: what leaves its country stands in the ledger, once a day for an account and a path (``about``), and
    ``Corridor-Transfers`` names what was written. Refuses as the operation of exports.
    """
    require_country(read.to)
    by = request.auth  # type: ignore[attr-defined]
    to_country = read.to or receiving_country(by=by)
    if not to_country or not (persons or records):
        return
    leaving = Leaving(
        to_country=to_country, basis=read.basis, occasion=Occasion.API, about=about, over_because=read.over_because
    )
    written = note_reading(persons=persons, records=records, leaving=leaving, on=clock.today(), at=clock.now(), by=by)
    if written:
        response[HEADER] = ", ".join(each.reference for each in written)
