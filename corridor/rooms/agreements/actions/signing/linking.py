"""
Sign by a link: made for one signer and one text, sent by mail, used once.

Whoever only got the link passed on cannot sign: a code goes to the address of the signer, and wrong ones are counted.
"""

import unicodedata
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction

from corridor.foundations.access import Actor, Permission, Role
from corridor.foundations.attempts import Attempts
from corridor.foundations.audit import log
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.foundations.secret_links import digest_of, new_code, new_secret
from corridor.kernel.errors import BadInput, NotFound, Problem, StaleForm, WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.members.seating import speakers_on
from corridor.rooms.members.standing import require_active

from ... import links
from ...lifecycle import AgreementStatus
from ...models import Agreement, AgreementParty, Signature, Signer, SigningLink
from ...refusals import (
    CodeIsOver,
    LinkExpired,
    LinkReplaced,
    LinkUsed,
    NotProposed,
    PartyIsNotAMember,
    SignerHasLeft,
    WrongCode,
)
from .keeping import Given, Round

CODES_SENT = Attempts("signing-codes-sent", most=5, within=timedelta(hours=1))
CODES_TRIED = Attempts("signing-codes-tried", most=5, within=links.CODE_LASTS)


class MadeLink(NamedTuple):
    """``secret`` is sent once; nobody can read it again."""

    link: SigningLink
    secret: str


@transaction.atomic
def make_link(*, signer: Signer, at: datetime, by: Actor) -> MadeLink:
    """
    Send the signer a link over the text that is before the parties; one that was sent before ends.

    :raises AlreadySigned, NotProposed, SignerHasLeft: if there is nothing to sign for this signer. :raises WrongMoment: without an address.
    """
    by.require(Permission.AGREEMENT_NAME_SIGNERS, on=signer.party)
    signing = Round([signer.party.agreement_id])
    party = signing.parties[signer.party_id]
    found = next((each for each in signing.signers_of(party) if each.pk == signer.pk), None)
    if found is None:
        raise NotFound(N_("There is no such signer."))
    signing.require_open(party)
    signing.require_unsigned(found)
    if not found.email:
        raise WrongMoment(
            N_("“%(office)s” has no e-mail address; write one down, then send the link."), office=found.office
        )
    _open_links(found).update(ended_at=at)
    secret, digest = new_secret()
    link = SigningLink.objects.create(
        signer=found, canonical_hash=party.agreement.canonical_hash, digest=digest, made_by=by.label, made_at=at,
        expires_at=at + timedelta(days=settings.SIGNING_LINK_DAYS),
    )  # fmt: skip
    links.send_link(link, secret)
    log.record("agreements.signing_link_made", by=by, subject=link)
    return MadeLink(link, secret)


@transaction.atomic
def end_link(*, signer: Signer, at: datetime, by: Actor) -> Signer:
    """The link that was sent opens nothing any more. :raises WrongMoment: if none is open."""
    by.require(Permission.AGREEMENT_NAME_SIGNERS, on=signer.party)
    held = list(_open_links(signer).select_for_update())
    if not held:
        raise WrongMoment(N_("“%(office)s” has no link that is open."), office=signer.office)
    _open_links(signer).update(ended_at=at)
    log.record_each("agreements.signing_link_ended", by=by, subjects=held)
    return signer


def recognise_signer(*, secret: str, at: datetime, by: Actor) -> tuple[SigningLink, Actor]:
    """
    The link behind a secret, and its holder as an actor.

    :raises NotFound: if it was never given. :raises LinkUsed, LinkExpired, LinkReplaced, NotProposed, SignerHasLeft: why it opens nothing.
    """
    whole = SigningLink.objects.select_related("signer__party__agreement", "signer__party__organisation")
    link = whole.filter(digest=digest_of(secret)).first()
    if link is None:
        raise NotFound(N_("This link opens nothing. Copy the whole address from the letter."))
    _require_open(link, at=at)
    return link, links.the_signer(link, by)


@transaction.atomic
def send_code(*, secret: str, at: datetime, by: Actor) -> SigningLink:
    """Send the signer a new code; the one before ends. :raises TooManyAttempts: after five in an hour."""
    link, signer = recognise_signer(secret=secret, at=at, by=by)
    signer.require(Permission.AGREEMENT_SIGN_BY_LINK, on=link.signer)
    CODES_SENT.require_left(link.pk)
    CODES_SENT.count(link.pk)
    code = new_code()
    link.code_digest, link.code_expires_at = links.digest_of_code(link, code), at + links.CODE_LASTS
    link.save(update_fields=["code_digest", "code_expires_at"])
    links.send_code_of(link, code, at=at)
    log.record("agreements.signing_code_sent", by=signer, subject=link)
    return link


def sign_by_link(
    *, secret: str, signed_hash: str, name: str, code: str, on: date, at: datetime, by: Actor
) -> Agreement:
    """
    Sign once, over the text that the link was made for, with the own name and the code that was sent.

    :raises LinkUsed, LinkExpired, LinkReplaced, NotProposed, SignerHasLeft: why the link opens nothing.
    :raises WrongCode, CodeIsOver: if it is not the code that was sent last. :raises TooManyAttempts: after five wrong ones.
    :raises BadInput: without a name, or with another than the one that was named. :raises StaleForm, TextChanged, NotTheirTurn: as in sign_agreement.
    """
    link, signer = recognise_signer(secret=secret, at=at, by=by)
    signer.require(Permission.AGREEMENT_SIGN_BY_LINK, on=link.signer)
    _require_name(link.signer, name)
    _require_code(link, code, at=at)
    return _sign(link, signed_hash=signed_hash, name=" ".join(name.split()), on=on, at=at, by=signer)


@transaction.atomic
def _sign(link: SigningLink, *, signed_hash: str, name: str, on: date, at: datetime, by: Actor) -> Agreement:
    signing = Round([link.signer.party.agreement_id])
    # Once more, now that nobody else moves: the same link may be sent twice in one moment.
    link = SigningLink.objects.select_for_update().get(pk=link.pk)
    party = signing.parties[link.signer.party_id]
    signer = next(each for each in signing.signers_of(party) if each.pk == link.signer_id)
    link.signer = signer
    _require_open(link, at=at)
    signing.require_open(party, on=on)
    if link.canonical_hash != signed_hash:
        raise StaleForm(
            N_("The text of %(agreement)s is not the one you read. Read it again, then sign."),
            theirs=link.canonical_hash, yours=signed_hash, agreement=party.agreement.reference,
        )  # fmt: skip
    signing.require_unchanged(signed_hash=signed_hash)
    require_active([(party.organisation, on)], refusal=PartyIsNotAMember)
    way, proof = AgreementParty.Signature.LINK, Signature.Proof.MAIL_CODE
    signing.take(Given(party, way, proof, on, signer.office, signer=signer, name=name))
    link.used_at, link.code_digest, link.code_expires_at = at, "", None
    link.save(update_fields=["used_at", "code_digest", "code_expires_at"])
    Signer.objects.filter(pk=signer.pk).update(email="")
    signing.keep("agreements.signed_by_link", at=at, by=by)
    # Whoever speaks for the member learns of every signature that was given in its name without an account.
    speakers = speakers_on(on, roles=[Role.COORDINATOR]).get(party.organisation_id, ())
    tell(
        Event.SIGNED_BY_LINK, to=speakers, about=party.agreement.reference,
        link=f"/agreements/{party.agreement.reference}/signers/", at=at, by=by,
        places={"member": party.organisation.reference, "office": signer.office},
    )  # fmt: skip
    return signing.agreements[party.agreement_id]


def _require_open(link: SigningLink, *, at: datetime) -> None:
    signer, party = link.signer, link.signer.party
    agreement = party.agreement
    places: dict[str, Any] = {
        "agreement": agreement.reference, "member": party.organisation.reference, "office": signer.office,
    }  # fmt: skip
    if link.used_at is not None:
        raise LinkUsed(
            N_("%(agreement)s was signed by this link on %(day)s; it works once."), **places, day=link.used_at.date()
        )
    if signer.ended_at is not None:
        raise SignerHasLeft(N_("“%(office)s” signs for %(member)s no more. Ask the secretariat who does."), **places)
    if agreement.status != AgreementStatus.PROPOSED:
        raise NotProposed(
            N_("%(agreement)s is “%(now)s”: there is nothing to sign by this link any more."), **places,
            now=agreement.get_status_display(),
        )  # fmt: skip
    if link.canonical_hash != agreement.canonical_hash:
        raise LinkReplaced(
            N_(
                "Another text of %(agreement)s is before its parties now. Ask whoever sent you this link for a new one."
            ),
            **places,
        )
    if link.ended_at is not None:
        raise LinkReplaced(
            N_(
                "This link was withdrawn or a newer one was sent. Open the link in the latest letter, or ask for a new one."
            ),
            **places,
        )
    if at >= link.expires_at:
        raise LinkExpired(
            N_("This link worked until %(day)s. Ask whoever sent it to you for a new one."),
            **places,
            day=link.expires_at.date(),
        )


def _require_name(signer: Signer, name: str) -> None:
    if not name.strip() or len(name) > 150:
        raise BadInput([Problem(N_("Write your name as you sign it."), column="name")])
    if signer.person_name and _plain(signer.person_name) != _plain(name):
        problem = Problem(
            N_(
                "This link is for somebody else than the name you wrote. Write the name as it stands above; if it is wrong, ask for a new link."
            ),
            column="name",
        )
        raise BadInput([problem])


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _require_code(link: SigningLink, code: str, *, at: datetime) -> None:
    CODES_TRIED.require_left(link.pk)
    if links.fits(link, code, at=at):
        return
    if link.code_expires_at is None or at >= link.code_expires_at:
        raise CodeIsOver(N_("There is no code that works now: each lasts a quarter of an hour. Have a new one sent."))
    CODES_TRIED.count(link.pk)
    raise WrongCode(
        N_(
            "This is not the code in the latest letter. It goes to the signer alone: whoever was passed this link cannot sign by it."
        )
    )


def _open_links(signer: Signer) -> Any:
    return SigningLink.objects.filter(signer=signer, used_at__isnull=True, ended_at__isnull=True)
