"""
A holder without an account opens the own certificates: by a link in a letter with a code, or by a QR code on paper, each once.

``make_links`` is for who hands certificates over; the others for whoever holds the link.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import batched
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from corridor.foundations.access import Actor, Permission
from corridor.foundations.attempts import Attempts
from corridor.foundations.audit import log
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.foundations.secret_links import digest_of, new_code, new_secret
from corridor.kernel.errors import BadInput, NotFound, Problem, WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.people.letters import address_of
from corridor.rooms.people.records import records_of

from .. import holder_letters as letters
from ..holder_letters import MadeLink
from ..holders import the_holder
from ..lifecycle import CredentialStatus
from ..models import OPENED_FOR, Credential, HolderLink, LinkWay
from ..refusals import HolderErased, HolderLinkOver, NoAddress, NotInForce

CODES_SENT = Attempts("credentials.holder-codes-sent", most=5, within=timedelta(hours=1))


@transaction.atomic
def make_links(
    *, credentials: Sequence[Credential], way: LinkWay, language: str, at: datetime, by: Actor, dry_run: bool = False
) -> list[MadeLink]:
    """
    A link to each holder, all or none; one that was made before ends, and so does what it opened. They come with their enrolments and persons.

    :raises BadInput: for a language that the product does not speak. :raises NotInForce: for one that is still being prepared.
    :raises HolderErased: if nobody knows any more whose it is. :raises NoAddress: by mail, where the record has no e-mail address.
    """
    for credential in credentials:
        by.require(Permission.CREDENTIAL_HAND_OVER, on=credential)
    if language not in dict(settings.LANGUAGES):
        raise BadInput(
            [Problem(N_("“%(language)s” is none of the languages here."), {"language": language}, column="language")]
        )
    made = [_new(credential, way, language, at=at, by=by) for credential in credentials]
    keys = [each.pk for each in credentials]
    for some in batched(keys, 500):
        # One after another, so that of two made at once one ends the other.
        list(Credential.objects.select_for_update(of=("self",)).filter(pk__in=some).order_by("pk"))
        _standing(some, at=at).update(ended_at=at, email="", code_digest="", code_expires_at=None)
    HolderLink.objects.bulk_create([each.link for each in made], batch_size=500)
    for each in made:
        if way == LinkWay.MAIL and not dry_run:
            letters.send_link(each.link, each.secret)
    log.record_each("credentials.holder_link_made", by=by, subjects=credentials)
    if dry_run:
        transaction.set_rollback(True)
    return made


@transaction.atomic
def end_holder_link(*, credential: Credential, at: datetime, by: Actor) -> Credential:
    """What was sent or handed over opens nothing any more, and what it opened closes. :raises WrongMoment: if there is none."""
    by.require(Permission.CREDENTIAL_HAND_OVER, on=credential)
    if not _standing([credential.pk], at=at).update(ended_at=at, email="", code_digest="", code_expires_at=None):
        raise WrongMoment(N_("There is no link to %(certificate)s that is open."), certificate=credential.reference)
    log.record("credentials.holder_link_ended", by=by, subject=credential)
    return credential


def find_link(*, secret: str, at: datetime, by: Actor) -> HolderLink:  # noqa: ARG001 (whoever has the secret may)
    """:raises NotFound: for a secret that was never given. :raises HolderLinkOver: for one that opens nothing any more, and why."""
    rows = HolderLink.objects.select_related("credential__issuer", "credential__enrolment__person")
    found = rows.filter(digest=digest_of(secret)).first()
    if found is None:
        raise NotFound(N_("This link opens nothing. Copy the whole address, or scan the code again."))
    _require_open(found, at=at)
    return found


@transaction.atomic
def send_holder_code(*, secret: str, at: datetime, by: Actor) -> HolderLink:
    """
    A code to the address to which the link went; the one before ends. :raises TooManyAttempts: after five in an hour.

    :raises NotFound, HolderLinkOver: as ``find_link``. :raises WrongMoment: for a link on paper, which needs none.
    """
    link = find_link(secret=secret, at=at, by=by)
    if link.way != LinkWay.MAIL:
        raise WrongMoment(N_("What was handed over on paper needs no code."))
    CODES_SENT.require_left(link.pk)
    CODES_SENT.count(link.pk)
    code = new_code()
    letters.give_code(link, code, what_for=letters.OPENING, at=at)
    letters.send_code(link, code, to=link.email, at=at)
    log.record("credentials.holder_code_sent", by=by, subject=link.credential)
    return link


def open_link(*, secret: str, code: str, at: datetime, by: Actor) -> HolderLink:
    """
    Use the link up: from now on the browser that did so may look, for twelve hours.

    :raises NotFound, HolderLinkOver: as ``find_link``. :raises WrongHolderCode: without the code of the letter, where it came by mail.
    :raises TooManyAttempts: after five wrong ones.
    """
    link = find_link(secret=secret, at=at, by=by)
    if link.way == LinkWay.MAIL:
        letters.require_code(link, code, what_for=letters.OPENING, at=at)
    with transaction.atomic():
        # Once more, now that nobody else moves: the same link may be used twice in one moment.
        held = HolderLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
        held.credential = link.credential
        _require_open(held, at=at)
        held.used_at, held.email, held.code_digest, held.code_expires_at = at, "", "", None
        held.save(update_fields=["used_at", "email", "code_digest", "code_expires_at"])
        log.record("credentials.holder_link_used", by=by, subject=held.credential)
        user = held.credential.enrolment.person.user_id
        if user is not None:
            reference = held.credential.reference
            tell(
                Event.CERTIFICATE_OPENED,
                to=[user],
                about=reference,
                link=f"/my-certificates/{reference}/",
                at=at,
                by=by,
            )
    return held


def come_back(*, key: UUID, at: datetime, by: Actor) -> tuple[HolderLink, Actor]:
    """
    The link that this browser used, and its holder as an actor.

    :raises HolderLinkOver: after twelve hours, when the link was ended or replaced, and when its holder was erased.
    """
    rows = HolderLink.objects.select_related("credential__enrolment__person")
    link = rows.filter(pk=key).first()
    person = link.credential.enrolment.person if link else None
    if link is None or person is None or person.erased_at is not None or not link.is_looked_through(at=at):
        raise HolderLinkOver(N_("The time for which your link opened your certificates is over. Ask for a new one."))
    return link, the_holder(link, [each.pk for each in records_of(person)], by)


def _new(credential: Credential, way: LinkWay, language: str, *, at: datetime, by: Actor) -> MadeLink:
    places = {"certificate": credential.reference}
    if credential.status == CredentialStatus.DRAFT:
        raise NotInForce(N_("%(certificate)s is still being prepared; there is nothing to hand over."), **places)
    if not credential.document:
        raise HolderErased(N_("The holder of %(certificate)s was erased here."), **places)
    email = address_of(credential.enrolment.person) if way == LinkWay.MAIL else ""
    if way == LinkWay.MAIL and not email:
        raise NoAddress(
            N_("The record of the holder of %(certificate)s has no e-mail address. Write one down there, or hand the link over on paper."),
            **places,
        )  # fmt: skip
    secret, digest = new_secret()
    link = HolderLink(
        credential=credential, way=way, language=language, digest=digest, email=email, made_by=by.label, made_at=at,
        expires_at=at + timedelta(days=settings.HOLDER_LINK_DAYS),
    )  # fmt: skip
    return MadeLink(link, secret)


def _standing(keys: Sequence[UUID], *, at: datetime):  # type: ignore[no-untyped-def]
    """Those that open something, or through which somebody looks."""
    is_used = Q(used_at__isnull=False, used_at__gt=at - OPENED_FOR)
    return HolderLink.objects.filter(Q(used_at__isnull=True) | is_used, credential__in=keys, ended_at__isnull=True)


def _require_open(link: HolderLink, *, at: datetime) -> None:
    if link.used_at is not None:
        raise HolderLinkOver(
            N_("This link was used on %(day)s; it works once. Ask for a new one."), day=link.used_at.date()
        )
    if link.ended_at is not None:
        raise HolderLinkOver(
            N_("This link was withdrawn, or a newer one was made. Use the latest, or ask for a new one.")
        )
    if at >= link.expires_at:
        day = link.expires_at.date()
        raise HolderLinkOver(N_("This link worked until %(day)s. Ask for a new one."), day=day)
