"""Opening a commitment or a movement of money: who promised whom how much, when it moved, and the paper that shows it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.rooms.funding.models import Commitment, Movement

from .cards import Card, Link
from .steps import Fact, Ground, Walked, moves, papers

PAYER, PAYEE, PURPOSE, AGREEMENT = _("Paid by"), _("Paid to"), _("Purpose"), _("Agreement")
PLEDGED, CONTRACTED = _("Pledged"), _("Contracted")


def commitment(card: Card, by: Actor) -> Walked:
    found = Commitment.objects.select_related("payer", "payee", "agreement", "document", "contract").get(
        pk=card.record_id
    )
    moved = tuple(_ground(each) for each in found.movements.order_by("number"))
    facts = (*_about(found), Fact(PLEDGED, str(found.pledged)), Fact(CONTRACTED, str(found.contracted or "")))
    shown = _papers([found.document, found.contract], found, by)
    return Walked(
        card, facts, moves(found, names_who=by.holds_everywhere(Permission.EVIDENCE_VIEW_ROWS)), moved, papers=shown
    )


def movement(card: Card, by: Actor) -> Walked:
    found = Movement.objects.select_related(
        "document", "commitment__payer", "commitment__payee", "commitment__agreement"
    ).get(pk=card.record_id)
    of = found.commitment
    facts = (Fact(_("Amount"), str(found.money)), Fact(_("Paid on"), found.on), *_about(of))
    names_who = by.holds_everywhere(Permission.EVIDENCE_VIEW_ROWS)
    grounds = (Ground("commitment", of.reference, of.pledged_on, link=Link("commitment", of.reference)),)
    return Walked(card, facts, moves(of, names_who=names_who), grounds, papers=_papers([found.document], of, by))


def _about(found: Commitment) -> tuple[Fact, ...]:
    facts = [
        Fact(PAYER, found.payer.reference, Link("member", found.payer.reference)),
        Fact(PAYEE, found.payee.reference, Link("member", found.payee.reference)),
        Fact(PURPOSE, found.get_purpose_display()),  # type: ignore[attr-defined]
    ]
    if found.agreement:
        facts.append(Fact(AGREEMENT, found.agreement.reference, Link("agreement", found.agreement.reference)))
    return tuple(facts)


def _ground(each: Movement) -> Ground:
    return Ground("movement", f"{each.get_kind_display()}: {each.money}", each.on, note=each.reason)  # type: ignore[attr-defined]


def _papers(documents: list[Document | None], of: Commitment, by: Actor) -> Any:
    """Papers are for who pays, who is paid, and oversight, of public ones too."""
    sees = by.holds_everywhere(Permission.FUNDING_VIEW_ANY) or by.may(Permission.FUNDING_VIEW_ANY, on=of)
    return papers(documents, sees_restricted=sees)
