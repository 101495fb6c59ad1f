"""What every way of signing has in common: whose turn it is, the row that is kept, and what it makes of the party and the agreement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from corridor.foundations.access import Actor
from corridor.foundations.audit import log
from corridor.foundations.documents.models import Document
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.foundations.notices.events import Event
from corridor.kernel.errors import StaleForm
from corridor.kernel.wording import N_

from ...amendments import merge_in
from ...canonical import CONTENT, hash_still_matches
from ...holding import hold
from ...lifecycle import AgreementStatus
from ...models import Agreement, AgreementChange, AgreementParty, Signature, Signer, SigningLink, SigningOrder
from ...refusals import AlreadySigned, NotASigner, NotProposed, NotTheirTurn, SignedTooEarly, SignerHasLeft, TextChanged
from ...telling import tell_sides
from ...turns import before, is_in_office
from ...versions import last_put_on

PARTY_COLUMNS = ["signed_on", "signed_at", "signed_hash", "signed_by", "signed_as", "scan", "signature"]


@dataclass(frozen=True)
class Given:
    """One signature as it comes: by whom, in which way, and what shows it."""

    party: AgreementParty
    way: AgreementParty.Signature
    proof: Signature.Proof
    on: date
    office: str
    signer: Signer | None = None
    account: UUID | None = None
    name: str = ""
    scan: Document | None = None


class Round:
    """Some agreements held until the commit, with their parties, signers and signatures; what is taken is seen by what comes after."""

    def __init__(self, keys: Iterable[Any]) -> None:
        self.agreements = {row.pk: row for row in hold(keys)}
        parties = AgreementParty.objects.filter(agreement__in=self.agreements).select_related("organisation")
        self.parties = {party.pk: party for party in parties}
        for party in self.parties.values():
            party.agreement = self.agreements[party.agreement_id]
        self._signers: dict[Any, list[Signer]] = {}
        for signer in Signer.objects.filter(party__in=self.parties).order_by("position", "named_at", "pk"):
            signer.party = self.parties[signer.party_id]
            self._signers.setdefault(signer.party_id, []).append(signer)
        self._counting: dict[Any, list[Signature]] = {}
        for each in Signature.objects.filter(party__in=self.parties, superseded_at__isnull=True):
            self._counting.setdefault(each.party_id, []).append(each)
        proposed = AgreementChange.objects.filter(agreement__in=self.agreements, to_status=AgreementStatus.PROPOSED)
        self._proposed_on: dict[Any, date] = dict(
            proposed.order_by("effective_on", "pk").values_list("agreement", "effective_on")
        )
        # What was proposed in answer was not there to be signed before.
        self._proposed_on |= last_put_on(self.agreements)
        self._taken: list[Given] = []

    def signers_of(self, party: AgreementParty) -> list[Signer]:
        return self._signers.get(party.pk, [])

    def require_open(self, party: AgreementParty, *, on: date | None = None) -> None:
        """:raises AlreadySigned, NotProposed, SignedTooEarly: if that party cannot sign, or not on that day."""
        agreement = self.agreements[party.agreement_id]
        places: dict[str, object] = {"member": party.organisation.reference, "agreement": agreement.reference}
        if party.signed_on is not None:
            raise AlreadySigned(N_("%(member)s signed %(agreement)s on %(day)s."), **places, day=party.signed_on)
        if agreement.status != AgreementStatus.PROPOSED:
            raise NotProposed(
                N_("%(agreement)s is “%(now)s”; it can be signed once it is proposed, and only then."),
                agreement=agreement.reference, now=agreement.get_status_display(),
            )  # fmt: skip
        proposed_on = self._proposed_on.get(agreement.pk)
        if on is not None and proposed_on is not None and on < proposed_on:
            raise SignedTooEarly(
                N_("%(agreement)s was proposed on %(day)s; %(member)s cannot have signed before."),
                **places, day=proposed_on,
            )  # fmt: skip

    def require_unchanged(self, *, signed_hash: str | None = None) -> None:
        """:raises StaleForm: if another text was read. :raises TextChanged: if the text is not the one that was proposed."""
        proposed = [each for each in self.agreements.values() if each.status == AgreementStatus.PROPOSED]
        for agreement in proposed:
            if signed_hash is not None and signed_hash != agreement.canonical_hash:
                raise StaleForm(
                    N_("The text of %(agreement)s is not the one you read. Read it again, then sign."),
                    theirs=agreement.canonical_hash, yours=signed_hash, agreement=agreement.reference,
                )  # fmt: skip
        prefetch_related_objects(proposed, *CONTENT)
        for agreement in proposed:
            if not hash_still_matches(agreement):
                raise TextChanged(
                    N_("The text of %(agreement)s is no longer the one that was proposed; nobody can sign it."),
                    agreement=agreement.reference,
                )

    def require_unsigned(self, signer: Signer) -> None:
        """:raises SignerHasLeft: if the office signs no more. :raises AlreadySigned: if it has signed."""
        places: dict[str, object] = {"member": signer.party.organisation.reference, "office": signer.office}
        if signer.ended_at is not None:
            raise SignerHasLeft(
                N_("“%(office)s” signs for %(member)s no more. Ask the secretariat who does."), **places
            )
        for each in self._counting.get(signer.party_id, []):
            if each.signer_id == signer.pk:
                raise AlreadySigned(
                    N_("“%(office)s” signed for %(member)s on %(day)s; another signer is wanted now."),
                    **places, day=each.signed_on,
                )  # fmt: skip

    def take(self, given: Given) -> None:
        """:raises AlreadySigned, NotASigner, NotTheirTurn, SignerHasLeft: if this is not theirs to sign now."""
        party = self.parties[given.party.pk]
        self.require_open(party, on=given.on)
        self._require_signer(party, given)
        agreement = self.agreements[party.agreement_id]
        first = before(party, given.signer, self._all_of(agreement), self._signers, self._counting)
        if first is not None:
            raise NotTheirTurn(
                N_("%(agreement)s is signed in order: first %(who)s signs, then %(member)s."),
                agreement=agreement.reference, who=first, member=party.organisation.reference,
            )  # fmt: skip
        counting = self._counting.setdefault(party.pk, [])
        counting.append(
            Signature(
                party=party, signer=given.signer, way=given.way, proof=given.proof, canonical_hash=agreement.canonical_hash,
                signed_on=given.on, account_id=given.account, signed_as=given.office, signed_name=given.name, scan=given.scan,
            )
        )  # fmt: skip
        self._taken.append(given)
        if len(counting) >= agreement.quorum:
            last = max(counting, key=lambda each: each.signed_on)
            party.signed_on, party.signed_hash, party.scan = last.signed_on, last.canonical_hash, last.scan
            party.signature, party.signed_as = last.way, last.signed_as

    def keep(self, event: str, *, at: datetime, by: Actor) -> list[Agreement]:
        """Write what was taken, remember it under that name, and put in force what is signed by all now."""
        made = [each for rows in self._counting.values() for each in rows if not each.signed_by]
        for each in made:
            each.signed_at, each.signed_by = at, by.label
        Signature.objects.bulk_create(made, batch_size=500)
        signed = [party for party in self.parties.values() if party.signed_on is not None and not party.signed_by]
        for party in signed:
            party.signed_at, party.signed_by = at, by.label
        AgreementParty.objects.bulk_update(signed, PARTY_COLUMNS, batch_size=100)
        log.record_each(event, by=by, subjects=[self.parties[given.party.pk] for given in self._taken])
        in_force = self._put_in_force(by=by)
        self._tell(signed, in_force, at=at, by=by)
        if self._signers:
            # A link of somebody who need not sign any more opens nothing, and nobody writes to the signers of what is signed.
            links = SigningLink.objects.filter(used_at__isnull=True, ended_at__isnull=True)
            links.filter(signer__party__in=signed).update(ended_at=at)
            Signer.objects.filter(party__agreement__in=in_force).exclude(email="").update(email="")
        return list(self.agreements.values())

    def _tell(
        self, signed: Sequence[AgreementParty], in_force: Sequence[Agreement], *, at: datetime, by: Actor
    ) -> None:
        """All parties of what is signed by all; where it is signed in order, the party that comes next."""
        things = [(Event.AGREEMENT_SIGNED, agreement, self._all_of(agreement)) for agreement in in_force]
        for key in {party.agreement_id for party in signed}:
            agreement = self.agreements[key]
            waiting = [party for party in self._all_of(agreement) if party.signed_on is None]
            if waiting and agreement.signing_order == SigningOrder.IN_ORDER:
                following = min(waiting, key=lambda party: party.position)
                things.append((Event.TURN_TO_SIGN, agreement, [following]))
        tell_sides(things, at=at, by=by)

    def _require_signer(self, party: AgreementParty, given: Given) -> None:
        places: dict[str, object] = {"member": party.organisation.reference}
        if given.signer is not None:
            self.require_unsigned(given.signer)
        named = [signer.pk for signer in self.signers_of(party) if is_in_office(signer)]
        if named and (given.signer is None or given.signer.pk not in named):
            raise NotASigner(N_("For %(member)s named offices sign; choose one of them."), **places)
        for each in self._counting.get(party.pk, []):
            same_account = given.account is not None and each.account_id == given.account
            same_office = given.signer is None and given.account is None and each.signed_as == given.office
            if same_account or same_office:
                raise AlreadySigned(
                    N_("“%(office)s” signed for %(member)s on %(day)s; another signer is wanted now."),
                    **places, office=each.signed_as or given.office, day=each.signed_on,
                )  # fmt: skip

    def _all_of(self, agreement: Agreement) -> list[AgreementParty]:
        return [party for party in self.parties.values() if party.agreement_id == agreement.pk]

    def _put_in_force(self, *, by: Actor) -> list[Agreement]:
        """Those whose last signature is there become signed on that day, and in force from then or from their first day."""
        steps, in_force = [], []
        amendments: list[tuple[Agreement, date]] = []
        for agreement in self.agreements.values():
            days = [party.signed_on for party in self._all_of(agreement)]
            given = [day for day in days if day is not None]
            if agreement.status == AgreementStatus.PROPOSED and len(given) == len(days):
                last = max(given)
                in_force.append(agreement)
                if agreement.amends_id is not None:
                    amendments.append((agreement, max(last, agreement.starts_on)))
                steps.append(Step(agreement, AgreementStatus.SIGNED, last))
                steps.append(Step(agreement, AgreementStatus.IN_FORCE, max(last, agreement.starts_on)))
        take_steps(steps, by=by)
        # An amendment changes what it amends; where that cannot be, the signature that would be the last is not taken.
        merge_in(amendments, by=by)
        log.record_each("agreements.came_into_force", by=by, subjects=in_force)
        return in_force
