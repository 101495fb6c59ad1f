"""
Days, numbers, names and sentences as the reader writes them, as filters and tags. Built in, like ``corridor_ui``; docs/web.md lists them.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from corridor.foundations.vocabularies.languages import choose
from corridor.kernel.errors import Problem, Refusal
from corridor.rooms.curricula import texts
from corridor.web import wording
from corridor.web.ui import days, languages, names, units

register = template.Library()


@register.simple_tag
def period(starts_on: date | None, ends_before: date | None) -> str:
    """A half-open period with both days inside: "10 October 2022 to 18 January 2024"."""
    return days.period_text(starts_on, ends_before)


@register.simple_tag(takes_context=True)
def distance(context, day: date) -> str:
    """ "in 13 days", "today" or "33 days ago", from the day of the doors."""
    return days.distance_text(day, context["today"])


@register.simple_tag
def share(part: int, whole: int) -> str:
    """ "5 of 9 (55.6%)"."""
    return days.share_text(part, whole)


@register.filter
def day(value: date | None, form: str = "long") -> str:
    """``{{ agreement.starts_on|day }}``; forms: long, medium, full. Nothing for None."""
    return days.day_text(value, form) if value else ""


@register.filter
def zone_city(zone: str) -> str:
    """``{{ site.zone|zone_city }}``: the city that a clock is called after, in the language of the reader."""
    return languages.zone_city(zone)


@register.filter
def month(value: date) -> str:
    return days.month_text(value)


@register.filter
def instant(value: datetime | None, zone: str = "") -> str:
    """``{{ figure.known_at|instant }}`` in the alliance's home zone, ``|instant:site.time_zone`` in the site's."""
    return days.instant_text(value, zone) if value else ""


@register.filter
def time_at(value: datetime | None, zone: str = "") -> str:
    """The time of day of an instant in that zone: 08:30."""
    return f"{value.astimezone(ZoneInfo(zone or settings.HOME_ZONE)):%H:%M}" if value else ""


@register.filter
def in_hours(minutes: int) -> str:
    """Minutes as whole hours where they are, else with their minutes: 30, 7:30."""
    whole, rest = divmod(minutes, 60)
    return f"{whole}:{rest:02}" if rest else str(number(whole))


@register.filter
def duration(minutes: int) -> str:
    """``{{ row.minutes_after|duration }}``: "8 hours, 54 minutes"."""
    return days.duration_text(minutes)


@register.filter
def number(value: object) -> object:
    return days.value_text(value)


@register.filter
def money(amount: Decimal, currency: str) -> SafeString:
    """``{{ row.cost|money:row.currency }}``: "1,200,000 LAK", with the places of that currency; no sign that means several."""
    return format_html('<span class="nowrap">{}</span>', days.money_text(amount, currency))


@register.filter
def printed_share(value: str) -> str:
    """``{{ cell.percent|printed_share }}``: "38.2%" of a figure with the reader's decimal sign."""
    return days.printed_share_text(value)


@register.filter
def country_name(code: str) -> str:
    return languages.country_name(code)


@register.filter
def language_name(code: str) -> str:
    return languages.language_name(code)


@register.filter
def country_names(codes: Iterable[str]) -> str:
    """Countries and regions one after another: ``{{ row.countries|country_names }}``."""
    return names.listed(languages.country_name(code) for code in codes)


@register.filter
def language_names(codes: Iterable[str]) -> str:
    """Languages one after another: ``{{ story.languages|language_names }}``."""
    return names.listed(languages.language_name(code) for code in codes)


@register.simple_tag
def place(city: str, country: str) -> SafeString:
    """``{% place site.city site.country %}``: the city and its country, in the order of the language, each in its own direction."""
    order = gettext("%(city)s, %(country)s") % {"city": "<bdi>{city}</bdi>", "country": "{country}"}
    return format_html(order, city=city, country=languages.country_name(country))


@register.filter
def html_lang(code: str) -> str:
    """``lang="{{ name.language|html_lang }}"``."""
    return languages.html_lang(code)


@register.filter
def sentence(said: Refusal | Problem) -> str:
    """A refusal or a problem in the reader's language."""
    return wording.sentence(said)


@register.simple_tag
def page_lang() -> str:
    return languages.html_lang(get_language() or settings.LANGUAGE_CODE)


@register.simple_tag
def page_dir() -> str:
    return languages.direction(get_language() or settings.LANGUAGE_CODE)


@register.filter
def in_language(said: names.Said) -> SafeString:
    """A name with its ``lang`` where it is in another language than the page: ``{{ title|in_language }}``."""
    if said.language and said.language != names.reader_language():
        return format_html('<span lang="{}">{}</span>', said.language, said.text)
    return format_html("{}", said.text)


@register.filter
def in_readers_language(texts_by_language: Mapping[str, str]) -> SafeString:
    """``{{ unit.titles|in_readers_language }}``: of texts by language the one that this reader gets, with its ``lang``."""
    return in_language(names.text_among(texts_by_language))


@register.filter
def isolated(words: object) -> SafeString:
    """``{{ reason|isolated }}``: what somebody wrote, in its own direction inside a sentence of ours."""
    return format_html("<bdi>{}</bdi>", words)


@register.filter
def member_name(organisation: object) -> SafeString:
    """
    ``{{ agreement.owner|member_name }}``: its official name for this reader; read ``names`` before, for many. What nobody has
    confirmed yet says so wherever it stands.
    """
    called = in_language(names.member_called(organisation))
    if getattr(organisation, "standing", "") != "unconfirmed":
        return called
    return format_html('{} <span class="muted">{}</span>', called, gettext("(unconfirmed)"))


@register.filter
def title_of(thing: object) -> SafeString:
    """``{{ programme|title_of }}``: of a conference, an announcement, a programme; read ``titles`` before, for many."""
    return in_language(names.title_of(thing))


@register.filter
def agreement_title(agreement: object) -> SafeString:
    """``{{ agreement|agreement_title }}``; read ``texts`` before, for many."""
    return in_language(names.agreement_title(agreement))


@register.filter
def kind_name(kind: object) -> SafeString:
    """``{{ kind|kind_name }}``: of a kind of agreement; read ``names`` before, for many."""
    return in_language(names.kind_called(kind))


@register.filter
def site_name(site: object) -> SafeString:
    """``{{ site|site_name }}``; read ``names`` before, for many."""
    return in_language(names.site_called(site))


@register.filter
def other_names(organisation: object) -> list[names.Said]:
    """Its official names in other languages and scripts: ``{% for name in member|other_names %}``."""
    return names.names_beside(organisation)


@register.filter
def campus_name(campus: object) -> SafeString:
    return in_language(names.campus_called(campus))


@register.filter
def sector_title(sector: object) -> SafeString:
    return in_language(names.sector_titled(sector))


@register.filter
def also_known_as(organisation: object) -> list[names.Said]:
    return names.aliases(organisation)


@register.filter
def role_name(role: object) -> str:
    """The word for a role of the access table."""
    return names.role_name(str(role))


@register.filter
def begun(counts: dict[str, int]) -> int:
    """Of announcements counted by state, those that run or are done: they have begun."""
    return counts.get("running", 0) + counts.get("done", 0)


@register.filter
def in_groups(fingerprint: str) -> str:
    """The whole of a fingerprint in groups of four, to be compared with another one on paper."""
    return " ".join(fingerprint[place : place + 4] for place in range(0, len(fingerprint), 4))


@register.filter
def articles(body: str) -> list[str]:
    """The articles of an agreement's text: an empty line parts them."""
    return [part.strip() for part in body.split("\n\n") if part.strip()]


@register.filter
def unit_title(unit: object) -> SafeString:
    """``{{ unit|unit_title }}``: of a unit of competency, its code where it has no title; read ``titles`` before, for many."""
    said = names.title_in(unit)
    return in_language(said) if said.text else format_html("{}", unit)


@register.filter
def authority_name(statement: object) -> str:
    """``{{ statement|authority_name }}``: who decided what certificates count as; read ``authority_names`` before, for many."""
    return choose(statement.authorities(), names.reader_language())[0]  # type: ignore[attr-defined]


@register.filter
def session_title(session: object) -> SafeString:
    """``{{ session|session_title }}``: what it is about; read ``unit__titles`` before, for many."""
    return in_language(names.session_called(session))


@register.filter
def title_of_version(version: object) -> SafeString:
    """``{{ version|title_of_version }}``: of a curriculum version; its reference where it has no title; read ``titles`` before, for many."""
    said = names.title_in(version)
    return in_language(said) if said.text else format_html("{}", version)


@register.filter
def text_for_reader(rows: Any) -> texts.Chosen:
    """``{{ element.texts.all|text_for_reader }}``: the text in the reader's language, or another with its ``language``."""
    return texts.text_for(rows, names.reader_language())


@register.filter
def signed(number: int) -> str:
    """A number that speaks for or against: "+25", "−8"."""
    return f"+{days.number_text(number)}" if number > 0 else days.number_text(number)


@register.filter
def unit_word(unit: object, number: object) -> str:
    """``{{ answered.unit|unit_word:answered.value }}``: "site" or "sites"."""
    return units.unit_word(unit, number)  # type: ignore[arg-type]
