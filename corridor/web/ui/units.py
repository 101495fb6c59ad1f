"""The unit beside a number, as its reader says it: "1 site", "5 sites"."""

from django.utils.translation import gettext, ngettext

from corridor.kernel.quantities import Unit


def unit_word(unit: Unit, number: object) -> str:
    """The unit for that number; for a hidden number, and for units that nobody counts one by one, the plural."""
    n = number if isinstance(number, int) else 2
    counted = {
        Unit.PERSONS: ngettext("person", "persons", n),
        Unit.ENROLMENTS: ngettext("enrolment", "enrolments", n),
        Unit.COMPLETIONS: ngettext("completion", "completions", n),
        Unit.ORGANISATIONS: ngettext("organisation", "organisations", n),
        Unit.PLACES: ngettext("country or region", "countries and regions", n),
        Unit.SITES: ngettext("site", "sites", n),
        Unit.LISTINGS: ngettext("listing", "listings", n),
        Unit.PROGRAMMES: ngettext("programme", "programmes", n),
        Unit.AGREEMENTS: ngettext("agreement", "agreements", n),
        Unit.ANNOUNCEMENTS: ngettext("announcement", "announcements", n),
        Unit.POSTS: ngettext("post", "posts", n),
        Unit.DOCUMENTS: ngettext("document", "documents", n),
        Unit.AWARDS: ngettext("award", "awards", n),
        Unit.CREDENTIALS: ngettext("credential", "credentials", n),
    }
    return counted.get(unit) or gettext(unit.words)
