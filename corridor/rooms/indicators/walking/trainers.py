"""Opening entries of the register of trainers and stays abroad: people stand by reference, never by name."""

from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission
from corridor.rooms.training.models import Stay, Trainer

from .cards import Card, Link
from .steps import Fact, Ground, Walked, papers


def trainer(card: Card, by: Actor) -> Walked:
    found = Trainer.objects.select_related("person", "employer").get(pk=card.record_id)
    facts = [
        Fact(_("Trainer"), found.person.reference, card.link),
        Fact(_("Trains since"), found.held_from),
        Fact(_("No more from"), found.held_before),
    ]
    if found.employer is not None:
        facts.insert(1, Fact(_("Employer"), found.employer.reference, Link("member", found.employer.reference)))
    learned = list(found.qualifications.select_related("document"))
    grounds = tuple(
        Ground("qualification", each.what, each.awarded_on, note=each.awarded_by, record_id=str(each.pk))
        for each in learned
    )
    documents = papers((each.document for each in learned), sees_restricted=by.may(Permission.DOCUMENT_VIEW))
    return Walked(card, tuple(facts), (), grounds, papers=documents)


def stay(card: Card, by: Actor) -> Walked:  # noqa: ARG001 (every kind is opened the same way)
    found = Stay.objects.select_related("person", "sent_by", "site", "paid_by").get(pk=card.record_id)
    facts = [
        Fact(_("Person"), found.person.reference),
        Fact(_("Kind"), found.get_kind_display()),
        Fact(_("Sent by"), found.sent_by.reference, Link("member", found.sent_by.reference)),
        Fact(_("Country or region"), found.country, is_country=True),
        Fact(_("First day"), found.starts_on),
        Fact(_("No more from"), found.ends_before),
        Fact(_("What for"), found.purpose),
    ]
    if found.site is not None:
        facts.insert(3, Fact(_("Site"), found.site.reference, Link("site", found.site.reference)))
    return Walked(card, tuple(facts), ())
