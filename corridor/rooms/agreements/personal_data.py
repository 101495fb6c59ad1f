"""
What the agreements' room holds about the human being behind accounts and addresses: that they were named to sign, and what they signed.

Whoever signs by a link has no account; by the address that was written down they are found until everybody has signed, and then it is gone.
"""

from collections.abc import Collection
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_

from .models import AgreementParty, Signature, Signer


def personal_data(accounts: Collection[UUID], addresses: Collection[str]) -> list[PersonalPart]:
    """Two statements."""
    named = _named(accounts, addresses).select_related("party__agreement", "party__organisation")
    signed = Signature.objects.filter(Q(account__in=accounts) | Q(signer__in=_named(accounts, addresses)))
    return [
        PersonalPart(
            "signers", N_("Agreements that you were named to sign"), ("agreements.Signer",), Permission.AGREEMENT_NAME_SIGNERS,
            N_("To know who signs for a member, and to send the link."),
            N_("The address until all have signed, the name as long as the agreement is kept; both go with an erasure."),
            OnErasure.EMPTIED, N_("That an office was named to sign is part of the agreement; who held it goes."),
            {
                "agreement": N_("Agreement"), "member": N_("Member"), "office": N_("Office"), "name": N_("Name"),
                "address": N_("Address"),
            },
            [
                {
                    "agreement": each.party.agreement.reference, "member": each.party.organisation.reference,
                    "office": each.office, "name": each.person_name, "address": each.email,
                }
                for each in named.order_by("named_at", "pk")
            ],
        ),
        PersonalPart(
            "signatures", N_("Agreements that you signed"), ("agreements.Signature",), Permission.AGREEMENT_VIEW_TEXT,
            N_("To prove that an agreement was signed, and in which way."),
            N_("For good: a signature is kept as long as the agreement. The name that was typed goes with an erasure."),
            OnErasure.EMPTIED, N_("The office has signed for its member, and that stays; the name that was typed goes."),
            {
                "agreement": N_("Agreement"), "member": N_("Member"), "office": N_("Office"), "name": N_("Name"),
                "way": N_("Way"), "signed_on": N_("Signed on"),
            },
            [
                {
                    "agreement": each.party.agreement.reference, "member": each.party.organisation.reference,
                    "office": each.signed_as, "name": each.signed_name, "way": each.way,
                    "signed_on": each.signed_on.isoformat(),
                }
                for each in signed.select_related("party__agreement", "party__organisation").order_by("signed_at", "pk")
            ],
            {"way": dict(AgreementParty.Signature.choices)},
        ),
    ]  # fmt: skip


def forget(*, accounts: Collection[UUID], addresses: Collection[str], by: Actor) -> int:
    """Make the names and addresses of these signers empty, and the names that they typed. Return how many signers there were."""
    by.require(Permission.PERSON_ERASE)
    held = list(_named(accounts, addresses).select_for_update(of=("self",)))
    keys = [each.pk for each in held]
    signed = Signature.objects.filter(Q(account__in=accounts) | Q(signer__in=keys)).exclude(signed_name="")
    emptied = list(signed.select_for_update(of=("self",)))
    signed.update(signed_name="")
    Signer.objects.filter(pk__in=keys).update(person_name="", email="")
    log.record_each("agreements.signer_emptied", by=by, subjects=held)
    log.record_each("agreements.signature_emptied", by=by, subjects=emptied)
    return len(held)


def _named(accounts: Collection[UUID], addresses: Collection[str]) -> QuerySet[Signer]:
    by_address = [Q(email__iexact=each) for each in addresses if each]
    return Signer.objects.filter(reduce(or_, by_address, Q(account__in=accounts)))
