"""Put a conference's agenda together: nobody and no room is in two places at once."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.receiving import Upload, receive
from corridor.kernel.errors import BadInput, Problem, Refusal, WrongMoment
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_

from ..kinds import ItemKind
from ..lifecycle import ContributionStatus
from ..models import AgendaItem, AgendaSpeaker, AgendaTitle, Conference, ConferenceDocument, Contribution, Hall
from ..wall_clock import instant_of, shown_at


class TakenThen(Refusal):
    """A room or a speaker is elsewhere on the agenda at that time."""


class NotAccepted(WrongMoment):
    """Only what was accepted is held."""


class OnAgendaAlready(WrongMoment):
    """What a member offered is held once."""


@dataclass(frozen=True)
class ItemDraft:
    """
    ``starts`` and ``ends`` as the clock of the place shows them, without a zone (``fold``: the second of an hour that comes twice). ``hall`` is
    the name of a room (empty: none); ``speakers`` are (name, whence) in their order. With a ``contribution`` its title, speakers and language
    stand where none are given.
    """

    kind: ItemKind
    starts: datetime
    ends: datetime
    titles: Mapping[str, str]
    language: str = ""
    hall: str = ""
    speakers: Sequence[tuple[str, str]] = ()
    contribution: Contribution | None = None


@transaction.atomic
def put_on_agenda(
    *, conference: Conference, items: Sequence[ItemDraft], by: Actor, replaces: AgendaItem | None = None
) -> list[AgendaItem]:
    """
    Put items on the agenda, or one in the place of another. All stand, or none.

    :raises TakenThen: for a room or a speaker that is elsewhere at that time; it says where.
    :raises NotAccepted: for a contribution that is not accepted. :raises OnAgendaAlready: for one that stands on the agenda.
    :raises BadInput: for times outside the conference's days, that the clock jumps over, or an item without a title.
    """
    by.require(Permission.CONFERENCE_PLAN)
    conference = Conference.objects.select_for_update().get(pk=conference.pk)
    key = replaces.pk if replaces is not None else None
    stood = replaces.contribution_id if replaces is not None else None
    if replaces is not None:
        _take_away(replaces)
    made = [
        _put(conference, _with_contribution(conference, draft, stood=stood), key if number == 0 else None)
        for number, draft in enumerate(items)
    ]
    log.record_each("conferences.agenda_changed", by=by, subjects=made)
    return made


@transaction.atomic
def take_from_agenda(*, item: AgendaItem, by: Actor) -> None:
    by.require(Permission.CONFERENCE_PLAN)
    conference = Conference.objects.select_for_update().get(pk=item.conference_id)
    _take_away(item)
    log.record("conferences.agenda_item_taken_away", by=by, subject=conference)


@transaction.atomic
def add_document(*, conference: Conference, upload: Upload, at: datetime, by: Actor) -> ConferenceDocument:
    """Add a document that anyone may open. :raises BadInput: if it is none that is kept."""
    by.require(Permission.CONFERENCE_PLAN)
    made = ConferenceDocument.objects.create(conference=conference, document=receive(upload, at=at, by=by))
    log.record("conferences.document_added", by=by, subject=conference)
    return made


def _with_contribution(conference: Conference, draft: ItemDraft, *, stood: object) -> ItemDraft:
    """The draft with what it takes from its contribution; one that ``stood`` there may stay after it was taken back."""
    if draft.contribution is None:
        return replace(draft, language=draft.language or "en")
    offered = (
        Contribution.objects.select_for_update(of=("self",)).select_related("member").get(pk=draft.contribution.pk)
    )
    places: dict[str, object] = {"contribution": offered.reference, "now": offered.get_status_display()}
    if offered.conference_id != conference.pk:
        raise BadInput(
            [Problem(N_("%(contribution)s was offered to another conference."), places, column="contribution")]
        )
    if offered.status != ContributionStatus.ACCEPTED and offered.pk != stood:
        raise NotAccepted(N_("%(contribution)s is “%(now)s”; only what is accepted stands on the agenda."), **places)
    other = AgendaItem.objects.filter(contribution=offered).first()
    if other is not None:
        begins = f"{shown_at(other.starts_at, conference.zone):%Y-%m-%d %H:%M}"
        raise OnAgendaAlready(
            N_("%(contribution)s is on the agenda already, from %(begins)s. Change that item."),
            contribution=offered.reference,
            begins=begins,
        )
    titles = {language: text for language, text in draft.titles.items() if text.strip()}
    whence = offered.member.display_name(offered.language)[:200]
    return replace(
        draft,
        contribution=offered,
        titles=titles or {offered.language: offered.title},
        speakers=draft.speakers or [(each.name, whence) for each in offered.speakers.all()],
        language=draft.language or offered.language,
    )


def _put(conference: Conference, draft: ItemDraft, key: UUID | None) -> AgendaItem:
    titles = {language: text.strip() for language, text in draft.titles.items() if text.strip()}
    speakers = [(name.strip(), whence.strip()) for name, whence in draft.speakers if name.strip()]
    problems = []
    if not titles:
        problems.append(Problem(N_("An item of the agenda needs a title."), column="title_en"))
    starts = instant_of(draft.starts, conference.zone, column="starts", is_second=bool(draft.starts.fold))
    ends = instant_of(draft.ends, conference.zone, column="ends", is_second=bool(draft.ends.fold))
    if ends <= starts:
        problems.append(Problem(N_("It ends after it begins."), column="ends"))
    if not conference.starts_on <= draft.starts.date() < conference.ends_before:
        places: dict[str, object] = {"first": conference.starts_on, "last": conference.ends_before}
        problems.append(
            Problem(N_("It begins on a day of the conference: from %(first)s, before %(last)s, by the clock of its place."), places, column="starts")
        )  # fmt: skip
    if len({_same(name) for name, _whence in speakers}) < len(speakers):
        problems.append(Problem(N_("Each speaker stands once."), column="speakers"))
    if problems:
        raise BadInput(problems)
    hall = Hall.objects.get_or_create(conference=conference, name=draft.hall.strip())[0] if draft.hall.strip() else None
    _refuse_clash(conference, starts, ends, hall, [name for name, _whence in speakers])
    item = AgendaItem.objects.create(
        pk=key or new_id(),
        conference=conference,
        kind=draft.kind,
        hall=hall,
        starts_at=starts,
        ends_at=ends,
        language=draft.language,
        contribution=draft.contribution,
    )
    AgendaTitle.objects.bulk_create(
        AgendaTitle(item=item, language=language, text=text) for language, text in titles.items()
    )
    AgendaSpeaker.objects.bulk_create(
        AgendaSpeaker(item=item, place=place, name=name, comes_from=whence)
        for place, (name, whence) in enumerate(speakers, start=1)
    )
    return item


def _refuse_clash(
    conference: Conference, starts: datetime, ends: datetime, hall: Hall | None, speakers: Sequence[str]
) -> None:
    """What touches does not clash: an item may begin in the moment in which another ends."""
    wanted = {_same(name): name for name in speakers}
    at_once = AgendaItem.objects.filter(conference=conference, starts_at__lt=ends, ends_at__gt=starts).prefetch_related(
        "speakers", "titles"
    )
    for other in at_once.select_related("hall"):
        when = f"{shown_at(other.starts_at, conference.zone):%H:%M}–{shown_at(other.ends_at, conference.zone):%H:%M}"
        title = (
            next((each.text for each in other.titles.all() if each.language == "en"), "") or other.get_kind_display()
        )
        if hall is not None and other.hall == hall:
            raise TakenThen(
                N_("%(hall)s is taken from %(when)s by “%(title)s”. Choose another room or another time."),
                hall=hall.name, when=when, title=title,
            )  # fmt: skip
        for each in other.speakers.all():
            if name := wanted.get(_same(each.name)):
                raise TakenThen(
                    N_("%(name)s speaks from %(when)s in “%(title)s”. Choose another time."),
                    name=name,
                    when=when,
                    title=title,
                )


def _take_away(item: AgendaItem) -> None:
    item.titles.all().delete()
    item.speakers.all().delete()
    hall = item.hall
    item.delete()
    if hall is not None and not hall.items.exists():
        hall.delete()


def _same(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
