"""Who signs an agreement, who has, who has still to, and what waits for one's own signature."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from corridor.foundations.access import Actor, Permission, Role
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_
from corridor.rooms.members.queries.seats import seats_of

from ..lifecycle import AgreementStatus
from ..models import Agreement, AgreementParty, Signature, Signer, SigningLink
from ..printing import print_agreement
from ..turns import before, is_in_office, is_theirs
from .agreements import agreements_to_sign, get_agreement, get_party


@dataclass(frozen=True)
class SignerLine:
    """A named signer: its signature where it has given one, the link that is open, and who has to sign first."""

    signer: Signer
    signature: Signature | None
    link: SigningLink | None
    first: str | None
    # Whether this reader signs in this office.
    is_mine: bool


@dataclass(frozen=True)
class Side:
    """A party: its named signers, signatures that nobody was named for, what was signed and counts no more, and what is still wanted."""

    party: AgreementParty
    signers: list[SignerLine]
    unnamed: list[Signature]
    set_aside: list[Signature]
    wanted: int
    # Whether this reader names its signers, and so sees their names and addresses.
    is_named_by_reader: bool

    @property
    def signed(self) -> int:
        return len(self.unnamed) + sum(line.signature is not None for line in self.signers)


@dataclass(frozen=True)
class Signing:
    """How an agreement is signed: by whom, in which order, and how far it is."""

    agreement: Agreement
    sides: list[Side]
    may_set: bool
    # Links are there only while there is something to sign.
    is_open: bool


def get_signing(*, reference: str, by: Actor, at: datetime) -> Signing:
    """:raises AccessDenied: for anyone but its parties and oversight. :raises NotFound: if there is none for this actor."""
    agreement = get_agreement(reference=reference, by=by)
    by.require(Permission.AGREEMENT_VIEW_TEXT, on=agreement)
    parties = list(agreement.parties.all())
    signers, counting, set_aside = _read(parties)
    links = {
        link.signer_id: link
        for link in SigningLink.objects.filter(signer__party__in=parties, used_at__isnull=True, ended_at__isnull=True)
        if link.is_open(at=at)
    }
    sides = []
    for party in parties:
        party.agreement = agreement
        given = {each.signer_id: each for each in counting.get(party.pk, []) if each.signer_id}
        sides.append(
            Side(
                party,
                [
                    SignerLine(
                        each, given.get(each.pk), links.get(each.pk), before(party, each, parties, signers, counting),
                        is_theirs(each, by=by) and by.may(Permission.AGREEMENT_SIGN, on=party),
                    )
                    for each in signers.get(party.pk, [])
                    if is_in_office(each) or each.pk in given
                ],
                [each for each in counting.get(party.pk, []) if each.signer_id is None],
                set_aside.get(party.pk, []),
                0 if party.is_signed() else max(agreement.quorum - len(counting.get(party.pk, [])), 0),
                by.may(Permission.AGREEMENT_NAME_SIGNERS, on=party),
            )
        )  # fmt: skip
    return Signing(
        agreement,
        sides,
        may_set=by.may(Permission.AGREEMENT_DRAFT),
        is_open=agreement.status in {AgreementStatus.DRAFT, AgreementStatus.PROPOSED},
    )


def get_signer(*, reference: str, key: UUID, by: Actor) -> Signer:
    """A signer of that agreement, for those who name the signers of its party. :raises NotFound: if there is none, or none for this actor."""
    agreement = get_agreement(reference=reference, by=by)
    whole = Signer.objects.select_related("party__agreement", "party__organisation")
    found = whole.filter(pk=key, party__agreement=agreement).first()
    if found is None or not by.may(Permission.AGREEMENT_NAME_SIGNERS, on=found.party):
        raise NotFound(N_("There is no such signer."))
    return found


def accounts_that_sign(*, party: AgreementParty, on: date, by: Actor) -> dict[str, UUID]:
    """Who speaks for the party on that day, by user name: whoever may be named as a signer with an account."""
    by.require(Permission.AGREEMENT_NAME_SIGNERS, on=party)
    held = seats_of(organisation=party.organisation, by=by).filter(role=Role.COORDINATOR, held_from__lte=on)
    now = held.filter(Q(held_before__isnull=True) | Q(held_before__gt=on))
    return dict(now.order_by("user__username").values_list("user__username", "user_id"))


def account_that_signs(*, party: AgreementParty, username: str, on: date, by: Actor) -> UUID:
    """:raises BadInput: for an account that does not speak for the party on that day."""
    found = accounts_that_sign(party=party, on=on, by=by).get(username)
    if found is None:
        places: dict[str, object] = {"account": username, "member": party.organisation.reference}
        raise BadInput([Problem(N_("%(account)s does not speak for %(member)s today."), places, column="account")])
    return found


@dataclass(frozen=True)
class SigningPlace:
    """In whose place somebody signs: a party, or one of its named signers. ``first`` has to sign before."""

    party: AgreementParty
    signer: Signer | None
    first: str | None
    is_mine: bool

    @property
    def key(self) -> str:
        """As a form names it: the member's reference, and after a slash the signer."""
        member = self.party.organisation.reference
        return f"{member}/{self.signer.pk}" if self.signer else member


def places_to_sign(*, agreement: Agreement, by: Actor) -> list[SigningPlace]:
    """Where this actor signs under an agreement: sides without named signers, and its own offices, that have not signed."""
    mine = by.ids_with(Permission.AGREEMENT_SIGN, "member")
    parties = list(agreement.parties.all())
    for party in parties:
        party.agreement = agreement
    wanted = [party for party in parties if party.organisation_id in mine and not party.is_signed()]
    return [place for place in _places(wanted, {agreement.pk: parties}, by=by) if place.is_mine]


def signatures_wanted(*, by: Actor) -> list[SigningPlace]:
    """
    For a desk: what waits for a signature of the members that this actor speaks for, by party and by signer. Where it is another's to give,
    by a link or with an account, it is not ``is_mine``.
    """
    waiting = list(agreements_to_sign(by=by))
    parties = {party.agreement_id: list(party.agreement.parties.all()) for party in waiting}
    return _places(waiting, parties, by=by)


@dataclass(frozen=True)
class SignedBefore:
    """A signature over an earlier text, and the numbers of that text and of the one that is before the parties now."""

    signature: Signature
    was: int
    now: int


def signed_before(*, agreement: Agreement, by: Actor) -> SignedBefore | None:
    """What this actor's side (or, by a link, its signer) signed last under an earlier text; None where it signed none."""
    mine = by.ids_with(Permission.AGREEMENT_SIGN, "member")
    signers = by.ids_with(Permission.AGREEMENT_SIGN_BY_LINK, "signer")
    rows = Signature.objects.filter(Q(party__organisation__in=mine) | Q(signer__in=signers), party__agreement=agreement)
    last = rows.filter(superseded_at__isnull=False).order_by("-signed_at", "-pk").first()
    if last is None:
        return None
    numbers = dict(agreement.versions.order_by("number").values_list("hash", "number"))
    if not {last.canonical_hash, agreement.canonical_hash} <= numbers.keys():
        return None
    return SignedBefore(last, numbers[last.canonical_hash], numbers[agreement.canonical_hash])


def get_place(*, reference: str, place: str, by: Actor) -> tuple[AgreementParty, Signer | None]:
    """The party and the signer of a place, as ``SigningPlace.key`` names it. :raises NotFound: if there is none."""
    member, _slash, key = place.partition("/")
    party = get_party(reference=reference, member=member, by=by)
    if not key:
        return party, None
    signer = next((each for each in Signer.objects.filter(party=party) if str(each.pk) == key), None)
    if signer is None:
        raise NotFound(N_("There is no such signer."))
    signer.party = party
    return party, signer


def signers_for_paper(*, agreement: Agreement, by: Actor) -> list[SigningPlace]:
    """Every place in which somebody may still have signed on paper, for whoever writes that down."""
    by.require(Permission.AGREEMENT_SIGN_ON_PAPER)
    parties = list(agreement.parties.all())
    for party in parties:
        party.agreement = agreement
    waiting = [party for party in parties if not party.is_signed()]
    return _places(waiting, {agreement.pk: parties}, by=by)


def open_signature_scan(*, reference: str, key: UUID, by: Actor) -> tuple[Document, bytes]:
    """The scan of one signature on paper: for the parties and oversight. :raises NotFound: if there is none."""
    agreement = get_agreement(reference=reference, by=by)
    by.require(Permission.AGREEMENT_VIEW_TEXT, on=agreement)
    found = (
        Signature.objects.filter(pk=key, party__agreement=agreement, scan__isnull=False).select_related("scan").first()
    )
    if found is None or found.scan is None:
        raise NotFound(N_("There is no such signature on paper."))
    return found.scan, bytes_of(found.scan)


def _places(
    waiting: Iterable[AgreementParty], parties: dict[Any, list[AgreementParty]], *, by: Actor
) -> list[SigningPlace]:
    waiting = list(waiting)
    signers, counting, _ = _read([party for rows in parties.values() for party in rows])
    found = []
    for party in waiting:
        of_all = parties[party.agreement_id]
        given = counting.get(party.pk, [])
        has_signed = by.user_id is not None and any(each.account_id == by.user_id for each in given)
        in_office = [each for each in signers.get(party.pk, []) if is_in_office(each)]
        done = {each.signer_id for each in given}
        if not in_office:
            first = before(party, None, of_all, signers, counting)
            found += [] if has_signed else [SigningPlace(party, None, first, is_mine=True)]
        for each in in_office:
            if each.pk not in done:
                each.party = party
                is_mine = is_theirs(each, by=by) and not has_signed
                found.append(SigningPlace(party, each, before(party, each, of_all, signers, counting), is_mine))
    return found


def _read(
    parties: list[AgreementParty],
) -> tuple[dict[Any, list[Signer]], dict[Any, list[Signature]], dict[Any, list[Signature]]]:
    """Signers, the signatures that count and those that count no more, by the key of the party. Two statements."""
    signers: dict[Any, list[Signer]] = {}
    for signer in (
        Signer.objects.filter(party__in=parties).select_related("account").order_by("position", "named_at", "pk")
    ):
        signers.setdefault(signer.party_id, []).append(signer)
    counting: dict[Any, list[Signature]] = {}
    set_aside: dict[Any, list[Signature]] = {}
    for each in (
        Signature.objects.filter(party__in=parties)
        .select_related("signer", "scan")
        .order_by("signed_on", "signed_at", "pk")
    ):
        (counting if each.superseded_at is None else set_aside).setdefault(each.party_id, []).append(each)
    return signers, counting, set_aside


def agreement_pdf(*, reference: str, on: date, by: Actor) -> bytes:
    """
    The agreement to print and to sign: for whoever may read its text. :raises CannotPrint: if a character is in none of the fonts.
    """
    agreement = get_agreement(reference=reference, by=by)
    by.require(Permission.AGREEMENT_VIEW_TEXT, on=agreement)
    whole = Agreement.objects.select_related("announcement").prefetch_related(
        "texts", "parties__organisation__names", "lines"
    )
    found = whole.get(pk=agreement.pk)
    parties = list(found.parties.all())
    signers, counting, _ = _read(parties)
    in_office = {key: [each for each in rows if is_in_office(each)] for key, rows in signers.items()}
    return print_agreement(found, signers=in_office, signatures=counting, on=on)
