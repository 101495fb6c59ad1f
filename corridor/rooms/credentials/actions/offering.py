"""
A certificate taken into a wallet by its holder: offered, the codes exchanged, and given, each once.

``at`` is the world's own instant, by which codes end; ``signed_at`` the instant of the records.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.secret_links import digest_of, new_code, new_secret
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_
from corridor.rooms.people.letters import address_of

from ..holder_letters import send_wallet_code
from ..holders import is_holder
from ..in_force import require_in_force
from ..models import MOST_ATTEMPTS, Credential, WalletOffer
from ..queries.tokens import credential_parts
from ..refusals import HolderErased, NoAddress, NoSigningKey, NotInForce
from ..wallet import metadata
from ..wallet.proving import prove_key
from ..wallet.refusals import AccessRefused, GrantRefused, NonceRefused, NotGiven

LASTING = timedelta(minutes=10)
_WRONG = N_("This offer is not known here, was used, or has ended. Its holder can make another.")


@dataclass(frozen=True)
class Offered:
    """What the holder is shown, once: the address for the QR, and the transaction code to type."""

    address: str
    transaction_code: str
    ends_at: datetime


@dataclass(frozen=True)
class Access:
    """What the wallet gets for the codes."""

    token: str
    seconds: int


@dataclass(frozen=True)
class OfferedThere:
    """What an office shows to the holder who stands before it: the transaction code goes to the holder's own address."""

    address: str
    sent_to: str
    ends_at: datetime


@transaction.atomic
def offer_to_wallet(*, credential: Credential, at: datetime, by: Actor) -> Offered:
    """
    Offer a certificate in force to a wallet of its holder, for ten minutes. An earlier offer that nobody took ends.

    :raises AccessDenied: for anybody else. :raises NotInForce: for one that was suspended, revoked or replaced.
    """
    if not is_holder(credential=credential, by=by):
        raise AccessDenied(N_("Only the holder of a certificate takes it into a wallet."))
    code, typed = _make(credential, at=at)
    log.record("credentials.wallet_offered", by=by, subject=credential)
    return Offered(metadata.offer_address(code), typed, at + LASTING)


@transaction.atomic
def offer_at_the_desk(
    *, credential: Credential, language: str, at: datetime, by: Actor, dry_run: bool = False
) -> OfferedThere:
    """
    An office shows the code to scan; what is typed goes by mail to the holder, so that nobody else takes the certificate.

    :raises AccessDenied: for who hands no certificates over. :raises NotInForce: as ``offer_to_wallet``.
    :raises NoAddress: where the holder's record has no e-mail address.
    """
    by.require(Permission.CREDENTIAL_HAND_OVER, on=credential)
    address = address_of(credential.enrolment.person)
    if not address:
        raise NoAddress(
            N_("The record of the holder of %(certificate)s has no e-mail address, and the transaction code goes there. Write one down first."),
            certificate=credential.reference,
        )  # fmt: skip
    code, typed = _make(credential, at=at)
    log.record("credentials.wallet_offered", by=by, subject=credential)
    if dry_run:
        transaction.set_rollback(True)
    else:
        send_wallet_code(credential, typed, to=address, language=language)
    return OfferedThere(metadata.offer_address(code), address, at + LASTING)


def exchange_code(*, code: str, typed: str, at: datetime, by: Actor) -> Access:
    """
    Both codes for access, once. A wrong transaction code is counted; after five the offer has ended.

    :raises GrantRefused: where they do not serve.
    """
    with transaction.atomic():
        held = WalletOffer.objects.select_for_update().filter(code_sha256=digest_of(code)).first()
        if held is None or not held.is_open(at=at):
            raise GrantRefused(_WRONG)
        is_right = secrets.compare_digest(held.both_sha256, digest_of(f"{code}.{typed}"))
        token, known_by = new_secret()
        if is_right:
            held.access_sha256, held.access_ends_at = known_by, at + LASTING
        else:
            held.attempts += 1
        held.save(update_fields=["access_sha256", "access_ends_at", "attempts"])
        if held.attempts >= MOST_ATTEMPTS:
            log.record("credentials.wallet_offer_spent", by=by, subject=held.credential)
    # Told outside: a count that a refusal takes back counts nothing.
    if not is_right:
        raise GrantRefused(N_("The transaction code is wrong."))
    return Access(token, int(LASTING.total_seconds()))


@transaction.atomic
def give_to_wallet(*, access: str, proof: object, at: datetime, signed_at: datetime, by: Actor) -> str:
    """
    The certificate as SD-JWT VC, bound to the key that the wallet proves, once.

    :raises AccessRefused: where the access does not serve. :raises ProofOfKeyRefused, NonceRefused: where the proof does not hold.
    :raises NotGiven: if the certificate is no longer in force, or its issuer signs no more.
    """
    offers = WalletOffer.objects.select_for_update(of=("self",)).select_related(
        "credential__issuer", "credential__enrolment__person"
    )
    held = offers.filter(access_sha256=digest_of(access)).first()
    if held is None or held.taken_at is not None or held.access_ends_at is None or at >= held.access_ends_at:
        raise AccessRefused(N_("The access token is not known here, was used, or has ended."))
    proven = prove_key(proof, audience=metadata.issuer(), at=at)
    held.nonce_sha256, held.taken_at = proven.nonce_sha256, at
    try:
        with transaction.atomic():
            held.save(update_fields=["nonce_sha256", "taken_at"])
    except IntegrityError:
        raise NonceRefused(N_("The nonce is not one of ours, or too old. Ask for another.")) from None
    text = _written(held.credential, holder=proven.holder, at=signed_at, by=by)
    log.record("credentials.wallet_given", by=by, subject=held.credential)
    return text


def _make(credential: Credential, *, at: datetime) -> tuple[str, str]:
    """The code and what is typed with it. An earlier offer that nobody took ends."""
    require_in_force(credential)
    Credential.objects.select_for_update(of=("self",)).get(pk=credential.pk)
    earlier = WalletOffer.objects.filter(credential=credential, access_sha256__isnull=True, ends_at__gt=at)
    for each in earlier:
        each.ends_at = max(at, each.made_at)
        each.save(update_fields=["ends_at"])
    (code, digest), typed = new_secret(), new_code()
    WalletOffer.objects.create(
        credential=credential, code_sha256=digest, both_sha256=digest_of(f"{code}.{typed}"), made_at=at,
        ends_at=at + LASTING,
    )  # fmt: skip
    return code, typed


def _written(credential: Credential, *, holder: dict[str, str], at: datetime, by: Actor) -> str:
    try:
        return credential_parts(credential=credential, at=at, by=by, holder=holder)
    except (HolderErased, NoSigningKey, NotInForce) as refusal:
        raise NotGiven(refusal.message, **refusal.places) from None
