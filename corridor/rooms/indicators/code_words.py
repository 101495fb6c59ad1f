"""
What the codes in a breakdown or a scope are called: names of members, sites and programmes, and the words of fixed codes.

Every name comes with the tag of its language. Unknown stays "Unknown", whatever the dimension.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from corridor.foundations.vocabularies.countries import country_name
from corridor.foundations.vocabularies.languages import choose
from corridor.kernel.evidence import UNKNOWN
from corridor.rooms.agreements.lifecycle import AgreementStatus
from corridor.rooms.conferences.lifecycle import AnnouncementStatus
from corridor.rooms.conferences.models import Conference
from corridor.rooms.credentials.models import CredentialKind, RecognitionKind
from corridor.rooms.curricula.models import Curriculum, FrameworkEdition, Unit
from corridor.rooms.demand.models import DemandStatement, Strength
from corridor.rooms.funding.models import Purpose
from corridor.rooms.members.lifecycle import MembershipStatus
from corridor.rooms.members.models import Organisation, SourceMark
from corridor.rooms.people.models import Sex
from corridor.rooms.programmes.models import Programme, ProgrammeKind
from corridor.rooms.sites.models import Brand, Site
from corridor.rooms.training.models import Cohort, ExitReason, SessionKind

from .definitions import Definition
from .definitions.funnel import Stage
from .definitions.taking_part import Group
from .walking import Link
from .walking.cards import official_names, texts

DIMENSIONS: Mapping[str, str | Promise] = {
    "accepted": _("Accepted by its brand"),
    "age_band": _("Age"),
    "answered": _("Answered"),
    "brand": _("Brand"),
    "call": _("Data call"),
    "cohort": _("Cohort"),
    "company_country": _("Country of the company"),
    "conference": _("Conference"),
    "currency": _("Currency"),
    "country": _("Country or region"),
    "credential_kind": _("Kind of credential"),
    "curriculum": _("Curriculum"),
    "employer": _("Employer"),
    "exit": _("How they left"),
    "exit_reason": _("Why they left"),
    "framework": _("Framework"),
    "generation": _("Generation of the cascade"),
    "group": _("Group"),
    "host": _("Host"),
    "hours_kind": _("Kind of hours"),
    "issuer": _("Issuer"),
    "kind": _("Kind"),
    "months": _("Months after completing"),
    "move": _("Came and went"),
    "occupation": _("Occupation"),
    "origin": _("Where they come from"),
    "owner": _("Owner"),
    "payee": _("Paid to"),
    "payer": _("Paid by"),
    "programme": _("Programme"),
    "programme_kind": _("Kind of programme"),
    "purpose": _("Purpose"),
    "recognition": _("Recognition"),
    "region": _("Region"),
    "reporting_country": _("Reporting country"),
    "requirement": _("Requirement"),
    "sending_country": _("Sending country"),
    "sending_organisation": _("Sending organisation"),
    "sex": _("Sex"),
    "site": _("Site"),
    "source": _("Source"),
    "stage": _("Stage"),
    "state": _("State"),
    "strength": _("How firmly it was said"),
}
# Codes that have an order of their own, which is not that of their letters.
ORDERS: Mapping[str, tuple[str, ...]] = {"stage": tuple(Stage.values)}
COUNTRIES = frozenset({"country", "sending_country", "origin", "reporting_country", "company_country"})
ENUMS: Mapping[str, Any] = {
    "sex": Sex,
    "source": SourceMark,
    "programme_kind": ProgrammeKind,
    "purpose": Purpose,
    "credential_kind": CredentialKind,
    "recognition": RecognitionKind,
    "requirement": Unit.Requirement,
    "group": Group,
    "hours_kind": SessionKind,
    "exit_reason": ExitReason,
    "stage": Stage,
    "strength": Strength,
}
STATES: Mapping[str, Any] = {
    "members": MembershipStatus,
    "announcements": AnnouncementStatus,
    "agreements": AgreementStatus,
}
OTHER_WORDS: Mapping[tuple[str, str], str | Promise] = {
    ("accepted", "yes"): _("Accepted"),
    ("accepted", "no"): _("Not accepted yet"),
    ("answered", "in_time"): _("In time"),
    ("answered", "late"): _("Late"),
    ("answered", "open"): _("Not answered"),
    ("brand", "none"): _("No brand named"),
    ("exit", "attending"): _("Still attending"),
    ("exit", "completed"): _("Completed"),
    ("exit", "never_started"): _("Never started"),
    ("exit", "suspended"): _("Suspended"),
    ("exit", "transferred_inside"): _("Moved inside the alliance"),
    ("exit", "transferred_outside"): _("Transferred outside"),
    ("exit", "waiting"): _("Not enrolled yet"),
    ("exit", "withdrew"): _("Withdrew"),
    ("exit_reason", "none"): _("Has not left"),
    ("framework", "none"): _("No framework"),
    ("move", "dormant"): _("Fell dormant"),
    ("move", "joined"): _("Joined"),
    ("move", "opening"): _("Active on the day before"),
    ("move", "reinstated"): _("Reinstated"),
    ("move", "rejoined"): _("Rejoined"),
    ("move", "revived"): _("Revived"),
    ("move", "suspended"): _("Suspended"),
    ("move", "withdrawn"): _("Withdrew"),
    ("recognition", "none"): _("Nothing stated"),
    ("state", "at_risk"): _("At risk"),
}


@dataclass(frozen=True, slots=True)
class CodeWord:
    """What a code is called: the text, the language of a proper name (empty for our own words), and the page of the thing."""

    text: str
    language: str = ""
    link: Link | None = None


def dimension_word(dimension: str) -> str:
    """What a breakdown is called. A dimension without a word is its code in plain letters."""
    return str(DIMENSIONS.get(dimension, dimension.replace("_", " ")))


def words_of(*, definition: Definition, dimension: str, codes: Collection[str], language: str) -> dict[str, CodeWord]:
    """Each code with its word for a reader of that language. At most three statements, however many the codes."""
    found = {code: _fixed(definition, dimension, code, language) for code in codes}
    open_ = [code for code, word in found.items() if word is None]
    named = THINGS[dimension](open_, language) if open_ and dimension in THINGS else {}
    return {code: word or named.get(code) or CodeWord(code.replace("_", " ")) for code, word in found.items()}


def _fixed(definition: Definition, dimension: str, code: str, language: str) -> CodeWord | None:
    if code == UNKNOWN:
        return CodeWord(str(_("Unknown")))
    if (dimension, code) in OTHER_WORDS:
        return CodeWord(str(OTHER_WORDS[dimension, code]))
    if dimension == "months" and code.isascii() and code.isdigit():
        return CodeWord(ngettext("%(n)s month later", "%(n)s months later", int(code)) % {"n": code})
    if dimension in COUNTRIES:
        return CodeWord(country_name(code, language))
    words = definition.kinds if dimension == "kind" else ENUMS.get(dimension)
    if dimension == "state":
        words = STATES.get(definition.family)
    if words is not None and code in words.values:
        return CodeWord(str(words(code).label))
    return None


def _chosen(names: Mapping[str, str], code: str, language: str, link: Link | None) -> CodeWord:
    text, tag = choose(names, language)
    return CodeWord(text or code, tag, link)


def _things(rows: QuerySet[Any], names: Callable[[Any], Mapping[str, str]], kind: str) -> "Name":
    def name(codes: Collection[str], language: str) -> dict[str, CodeWord]:
        return {
            each.reference: _chosen(names(each), each.reference, language, Link(kind, each.reference))
            for each in rows.filter(reference__in=codes)
        }

    return name


def _organisations(codes: Collection[str], language: str) -> dict[str, CodeWord]:
    return _things(Organisation.objects.prefetch_related("names"), official_names, "member")(codes, language)


def _sites(codes: Collection[str], language: str) -> dict[str, CodeWord]:
    return _things(Site.objects.prefetch_related("names"), lambda each: texts(each.names), "site")(codes, language)


def _programmes(codes: Collection[str], language: str) -> dict[str, CodeWord]:
    rows = Programme.objects.prefetch_related("titles")
    return _things(rows, lambda each: texts(each.titles), "programme")(codes, language)


def _conferences(codes: Collection[str], language: str) -> dict[str, CodeWord]:
    rows = Conference.objects.prefetch_related("titles")
    return _things(rows, lambda each: texts(each.titles), "conference")(codes, language)


def _curricula(codes: Collection[str], language: str) -> dict[str, CodeWord]:
    return _things(Curriculum.objects.all(), lambda each: {"": each.reference}, "curriculum")(codes, language)


def _cohorts(codes: Collection[str], language: str) -> dict[str, CodeWord]:
    return _things(Cohort.objects.all(), lambda each: {"": each.reference}, "cohort")(codes, language)


def _brands(codes: Collection[str], language: str) -> dict[str, CodeWord]:  # noqa: ARG001 (a brand has one name)
    return {each.code: CodeWord(each.name) for each in Brand.objects.filter(code__in=codes)}


def _frameworks(codes: Collection[str], language: str) -> dict[str, CodeWord]:  # noqa: ARG001 (a framework has one name)
    editions = FrameworkEdition.objects.filter(code__in=codes).order_by("code", "edition")
    return {each.code: CodeWord(each.name) for each in editions}


def _occupations(codes: Collection[str], language: str) -> dict[str, CodeWord]:  # noqa: ARG001 (as it was stated)
    found = DemandStatement.objects.filter(occupation_code__in=codes).order_by("pk")
    titles = dict(found.values_list("occupation_code", "occupation_title"))
    return {code: CodeWord(f"{title} ({code})") for code, title in titles.items()}


type Name = Callable[[Collection[str], str], dict[str, CodeWord]]
THINGS: Mapping[str, Name] = {
    "brand": _brands,
    "cohort": _cohorts,
    "conference": _conferences,
    "curriculum": _curricula,
    "employer": _organisations,
    "framework": _frameworks,
    "host": _organisations,
    "issuer": _organisations,
    "occupation": _occupations,
    "owner": _organisations,
    "payee": _organisations,
    "payer": _organisations,
    "programme": _programmes,
    "sending_organisation": _organisations,
    "site": _sites,
}
