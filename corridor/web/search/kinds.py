"""What is found: what it is called, where its page is, and what it is named here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corridor.web.ui.names import Said, agreement_title, member_called, reader_language, site_called, title_of


@dataclass(frozen=True)
class Kind:
    """``one`` and ``many`` are its words; ``called`` names a record; ``url`` has a place for the reference."""

    one: str | Promise
    many: str | Promise
    url: str
    called: Callable[[Any], Said]


def _person(person: Any) -> Said:
    called = person.called(reader_language())
    return Said(called.name, called.language)


def _reference(thing: Any) -> Said:
    return Said(thing.reference, "")


KINDS: dict[str, Kind] = {
    "member": Kind(_("Member"), _("Members"), "/members/{}/", member_called),
    "person": Kind(_("Person"), _("People"), "/people/{}/", _person),
    "site": Kind(_("Site"), _("Sites"), "/sites/{}/", site_called),
    "programme": Kind(_("Programme"), _("Programmes"), "/programmes/{}/", title_of),
    "agreement": Kind(_("Agreement"), _("Agreements"), "/agreements/{}/", agreement_title),
    "announcement": Kind(_("Announcement"), _("Announcements"), "/announcements/{}/", title_of),
    "conference": Kind(_("Conference"), _("Conferences"), "/conferences/{}/", title_of),
    "curriculum": Kind(_("Curriculum"), _("Curricula"), "/curricula/#{}", _reference),
    "cohort": Kind(_("Cohort"), _("Cohorts"), "/cohorts/{}/", _reference),
}
