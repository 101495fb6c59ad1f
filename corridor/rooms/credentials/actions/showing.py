"""
A holder shows a certificate to somebody: for a purpose, until an end, and of it only the parts that were chosen.

What is shown is signed as such (SD-JWT): what was kept back is not in it. Who looked is kept only where the holder asked for it and whoever
looked gave a name.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch

from corridor.foundations.access import Actor
from corridor.foundations.attempts import Attempts
from corridor.foundations.audit import log
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_

from ..holders import require_holder
from ..jwt.selective import open_selective, present
from ..models import Credential, Looking, Showing, ShowingLook, ShowingPart, ShownPart, ShownText
from ..proofs.verdicts import Verdict
from ..queries.tokens import credential_parts
from ..queries.transcripts import list_in_force
from ..queries.verification import verify_many
from ..refusals import ShowingIsOver, TooManyShowings

LONGEST_DAYS = 365
MOST_OPEN = 30
OPENED = Attempts("credentials.showing-opened", most=240, within=timedelta(hours=1))
NAMED = Attempts("credentials.showing-named", most=30, within=timedelta(hours=1))
# Which hidden properties of the token a part is.
_PROPERTIES = {
    ShownPart.NAME: ("name", "other_names"),
    ShownPart.BORN_ON: ("birthdate",),
    ShownPart.RESULTS: ("results", "levels"),
    ShownPart.EVIDENCE: ("evidence",),
    ShownPart.TRANSCRIPT: (),
}


@dataclass(frozen=True)
class ShowingDraft:
    """What for (in the holder's words), which parts, for how many days, and whether whoever opens it is asked for a name."""

    purpose: str
    parts: frozenset[ShownPart]
    days: int
    looking: Looking = Looking.UNASKED


@dataclass(frozen=True)
class ShownCertificate:
    """One certificate as it is shown: the verdict of this moment, what the token says, and the token itself."""

    verdict: Verdict
    born_on: date | None
    text: str


@dataclass(frozen=True)
class Shown:
    showing: Showing
    parts: tuple[ShownPart, ...]
    certificates: tuple[ShownCertificate, ...]


@transaction.atomic
def show_certificate(*, credential: Credential, draft: ShowingDraft, at: datetime, by: Actor) -> Showing:
    """
    Make a link by which somebody sees the chosen parts, until its end.

    :raises AccessDenied: for anybody but the holder. :raises NotInForce, NoSigningKey: if it is not in force, or its issuer signs no more.
    :raises BadInput: without a purpose, or for a time that is none. :raises TooManyShowings: for more than thirty at once.
    """
    require_holder(credential, by=by)
    _check(draft)
    Credential.objects.select_for_update(of=("self",)).get(pk=credential.pk)
    if Showing.objects.filter(credential=credential, ended_at__isnull=True, ends_at__gt=at).count() >= MOST_OPEN:
        raise TooManyShowings(
            N_("You show %(certificate)s in %(most)s ways already. End one that is not needed any more."),
            certificate=credential.reference, most=MOST_OPEN,
        )  # fmt: skip
    properties = [name for part in draft.parts for name in _PROPERTIES[part]]
    texts = [
        (each, present(credential_parts(credential=each, at=at, by=by), properties=properties))
        for each in _with_others(credential, draft.parts, by=by)
    ]
    made = Showing.objects.create(
        credential=credential, token=secrets.token_hex(16), purpose=" ".join(draft.purpose.split()), looking=draft.looking,
        made_at=at, ends_at=at + timedelta(days=draft.days),
    )  # fmt: skip
    ShowingPart.objects.bulk_create([ShowingPart(showing=made, part=part) for part in ShownPart if part in draft.parts])
    ShownText.objects.bulk_create([ShownText(showing=made, credential=each, text=text) for each, text in texts])
    log.record("credentials.shown", by=by, subject=credential)
    return made


@transaction.atomic
def end_showing(*, showing: Showing, at: datetime, by: Actor) -> Showing:
    """The link shows nothing any more, and the text behind it goes. :raises ShowingIsOver: if it has ended before."""
    require_holder(showing.credential, by=by)
    held = Showing.objects.select_for_update(of=("self",)).select_related("credential").get(pk=showing.pk)
    if not held.is_open(at=at):
        raise _over(held)
    held.ended_at = at
    held.save(update_fields=["ended_at"])
    ShownText.objects.filter(showing=held).delete()
    log.record("credentials.showing_ended", by=by, subject=held.credential)
    return held


def look_at(*, token: str, at: datetime, by: Actor) -> Shown:
    """
    What the link shows, for whoever has it, verified in this moment. Nothing is kept of who looks.

    :raises NotFound: if it was never made. :raises ShowingIsOver: after its end. :raises TooManyAttempts: after many looks in an hour.
    """
    showing = _open(token, at=at)
    OPENED.require_left(showing.pk)
    OPENED.count(showing.pk)
    texts = list(showing.texts.all())
    verdicts = verify_many(raws={str(each.pk): each.text for each in texts}, at=at, by=by)
    return Shown(
        showing,
        tuple(ShownPart(each.part) for each in showing.parts.all()),
        tuple(ShownCertificate(verdicts[str(each.pk)], _born_on(each.text), each.text) for each in texts),
    )


def give_name(*, token: str, name: str, at: datetime, by: Actor) -> ShowingLook:
    """
    Tell the holder who looked, of one's own will.

    :raises BadInput: without a name. :raises NotFound, ShowingIsOver: as ``look_at``, also where the holder does not ask.
    :raises TooManyAttempts: after thirty names in an hour.
    """
    showing = _open(token, at=at)
    if showing.looking != Looking.ASKED:
        raise NotFound(N_("Nobody is asked for a name here."))
    written = " ".join(name.split())
    if not written or len(written) > 150:
        raise BadInput([Problem(N_("Write your name, at most 150 letters; or go on without."), column="name")])
    NAMED.require_left(showing.pk)
    NAMED.count(showing.pk)
    return _keep_name(showing, written, at=at, by=by)


@transaction.atomic
def _keep_name(showing: Showing, name: str, *, at: datetime, by: Actor) -> ShowingLook:
    made = ShowingLook.objects.create(showing=showing, name=name, looked_at=at)
    log.record("credentials.showing_looked", by=by, subject=showing.credential)
    holder = showing.credential.enrolment.person.user_id
    if holder is not None:
        reference = showing.credential.reference
        link = f"/my-certificates/{reference}/"
        tell(Event.CERTIFICATE_LOOKED, to=[holder], about=reference, link=link, at=at, by=by)
    return made


def _open(token: str, *, at: datetime) -> Showing:
    parts = Prefetch("parts", ShowingPart.objects.order_by("pk"))
    rows = Showing.objects.select_related("credential__enrolment__person").prefetch_related(parts, "texts")
    found = rows.filter(token=token).first()
    if found is None:
        raise NotFound(N_("There is nothing shown at this address. Copy the whole of it, or ask its holder again."))
    if not found.is_open(at=at):
        raise _over(found)
    return found


def _over(showing: Showing) -> ShowingIsOver:
    day = (showing.ended_at or showing.ends_at).date()
    return ShowingIsOver(
        N_("This was shown until %(day)s, and is not any more. Ask its holder to show it again."), day=day
    )


def _check(draft: ShowingDraft) -> None:
    problems = []
    if not draft.purpose.strip() or len(draft.purpose) > 120:
        problems.append(Problem(N_("Say what it is for, in at most 120 letters."), column="purpose"))
    if not 1 <= draft.days <= LONGEST_DAYS:
        places = {"most": LONGEST_DAYS}
        problems.append(Problem(N_("It is shown for at least a day and at most %(most)s days."), places, column="days"))
    if problems:
        raise BadInput(problems)


def _with_others(credential: Credential, parts: Iterable[ShownPart], *, by: Actor) -> list[Credential]:
    """That one first; with the transcript the holder's others in force, by day."""
    if ShownPart.TRANSCRIPT not in parts:
        return [credential]
    others = list_in_force(person=credential.enrolment.person.reference, by=by)
    return [credential, *(each for each in others if each.pk != credential.pk)]


def _born_on(text: str) -> date | None:
    said = open_selective(text).claims.get("birthdate")
    return date.fromisoformat(said) if isinstance(said, str) else None
