"""What a thing is called by the reader, and in which language that name is, for a ``lang`` attribute."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from babel.lists import format_list
from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from corridor.foundations.vocabularies.languages import bcp47, choose
from corridor.rooms.people.naming import PersonCalled

from .languages import cldr

ROLES = {
    "secretariat": _("Secretariat"),
    "council": _("Council"),
    "coordinator": _("Coordinator"),
    "site_manager": _("Site manager"),
    "trainer": _("Trainer"),
    "assessor": _("Assessor"),
    "learner": _("Learner"),
    "auditor": _("Auditor"),
    "key_holder": _("Key holder"),
    "override": _("Reader with a written reason"),
    "applicant": _("Applicant"),
    "delegate": _("Delegate"),
    "holder": _("Whoever used a link to the own certificates"),
    "mentor": _("Mentor in a company"),
    "reporter": _("Whoever holds the label of a machine"),
    "visitor": _("Visitor"),
    "system": _("The system itself"),
}


class Said(NamedTuple):
    """A name and the BCP 47 tag of its language."""

    text: str
    language: str


def reader_language() -> str:
    return bcp47(get_language() or settings.LANGUAGE_CODE)


def title_in(thing: Any) -> Said:
    """What its ``titles`` (read before) say to this reader; empty where it has none."""
    return text_among({each.language: each.text for each in thing.titles.all()})


def text_among(texts: Mapping[str, str]) -> Said:
    """Which of several texts by language this reader gets; empty where there is none."""
    return Said(*choose(texts, reader_language()))


def title_of(thing: Any) -> Said:
    """The title of a conference, an announcement or a programme (its ``titles`` read before); its reference where it has none."""
    said = title_in(thing)
    return said if said.text else Said(thing.reference, "")


def session_called(session: Any) -> Said:
    """
    What a session is about: its topic. One without a topic, or whose topic only repeats its unit, is called as the unit (its ``titles`` read
    before) is in the reader's language.
    """
    unit = session.unit
    if unit is not None:
        said, in_any = title_in(unit), {f"{unit.code} {each.text}" for each in unit.titles.all()}
        if said.text and (not session.topic or session.topic in in_any):
            return Said(f"{unit.code} {said.text}", said.language)
    return Said(session.topic or session.get_kind_display(), "")


def agreement_title(agreement: Any) -> Said:
    text, language = text_among({each.language: each.title for each in agreement.texts.all()})
    return Said(text, language) if text else Said(agreement.reference, "")


def kind_called(kind: Any) -> Said:
    """A kind of agreement in the reader's language; its code where it has no name."""
    text, language = text_among({each.language: each.name for each in kind.names.all()})
    return Said(text, language) if text else Said(kind.code, "")


def member_called(organisation: Any) -> Said:
    called = organisation.called(reader_language())
    return Said(called.name, called.language)


def names_beside(organisation: Any) -> list[Said]:
    """Its official names in other scripts and languages than the one the reader gets."""
    shown = member_called(organisation)
    return [
        Said(each.name, each.language)
        for each in sorted(organisation.names.all(), key=lambda name: name.language)
        if each.kind == "official" and each.name != shown.text and each.is_used(on=None)
    ]


def aliases(organisation: Any) -> list[Said]:
    """Names by which it is known beside its official ones."""
    return [
        Said(each.name, each.language)
        for each in organisation.names.all()
        if each.kind in {"alias", "short"} and each.is_used(on=None)
    ]


def campus_called(campus: Any) -> Said:
    """A campus by its name (``names`` read before); by its city where it has none."""
    said = Said(*campus.called(reader_language()))
    return said if said.text else Said(campus.city, "")


def sector_titled(sector: Any) -> Said:
    """The title of a code of a classification (``titles`` read before); the code where it has none."""
    said = Said(*sector.titled(reader_language()))
    return said if said.text else Said(sector.code, "")


def site_called(site: Any) -> Said:
    text, language = text_among({each.language: each.text for each in site.names.all()})
    return Said(text, language) if text else Said(site.reference, "")


def role_name(role: str) -> str:
    """The word for a role (access/roles.py) in the reader's language."""
    return str(ROLES.get(role, role))


def name_or_reference(shown: Mapping[UUID, PersonCalled], person: Any) -> str:
    """For a list to choose from: name and reference of whoever is in ``names_to_show`` (of the journeys), else the reference alone."""
    called = shown.get(person.pk)
    return f"{called.name} ({person.reference})" if called else person.reference


def in_words(text: str, most: int) -> str:
    """The beginning of a text: so many words, or as many letters in a script that parts no words."""
    return Truncator(Truncator(" ".join(text.split())).words(most, truncate="…")).chars(most * 8)


def listed(texts: Iterable[str]) -> str:
    """Names one after another, as CLDR joins them for the reader ("A, B and C")."""
    return format_list(list(texts), locale=cldr())
