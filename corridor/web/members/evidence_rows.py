"""What counted for a member, as lines that a reader can open."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corridor.web.ui.days import number_text

# In which role of a programme it took part.
ROLES = {
    "lead": gettext_lazy("leads the programme"),
    "host": gettext_lazy("hosts it"),
    "teaching": gettext_lazy("teaches"),
    "employer": gettext_lazy("employer"),
    "sending": gettext_lazy("sends learners"),
    "funder": gettext_lazy("pays for it"),
    "awarding": gettext_lazy("awards the certificate"),
}


def evidence_rows(counted: Iterable[Any]) -> list[dict[str, Any]]:
    """A row for each line of what counted: how many of what, in which role, the last day, and its page."""
    return [
        {
            "text": _text(each), "role": str(ROLES.get(each.role, each.role)), "first_on": each.first_on, "last_on": each.last_on,
            "reference": each.reference, "url": _url(each),
        }
        for each in counted
    ]  # fmt: skip


def _text(each: Any) -> str:
    if each.kind == "session":
        words = ngettext("one signed register", "%(count)s signed registers", each.count)
    elif each.kind == "decision":
        words = ngettext("one final decision", "%(count)s final decisions", each.count)
    else:
        words = _("a demand statement")
    return words % {"count": number_text(each.count)} if "%(" in words else words


def _url(each: Any) -> str:
    if each.kind == "demand_statement":
        return reverse("demand", args=[each.reference])
    return f"/cohorts/{each.reference}/"
