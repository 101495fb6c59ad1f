import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.foundations.vocabularies.languages import written_languages
from corridor.web.fields import DayField
from corridor.web.ui.languages import language_name

STANDINGS = [
    ("prevailing", _("This version prevails")), ("equal", _("Equally binding")), ("convenience", _("For convenience only")),
]  # fmt: skip
STATES = [
    ("", _("All")), ("proposed", _("Proposed")), ("in_force", _("In force")), ("activated", _("Activated")),
    ("expiring", _("Expiring")), ("lapsed", _("Lapsed")), ("suspended", _("Suspended")), ("terminated", _("Terminated")),
    ("superseded", _("Superseded")), ("rejected", _("Rejected")), ("withdrawn", _("Withdrawn")),
]  # fmt: skip


_LINE = re.compile(r"([0-9]{1,4})[.):：、]?\s*(\S.*)")


def _rows(text: str) -> list[str]:
    return [row.strip() for row in text.splitlines() if row.strip()]


class AgreementFilter(forms.Form):
    """What the list of agreements is narrowed to; its state is in the address."""

    q = forms.CharField(
        label=_("Search in titles, in any script"), required=False, max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )  # fmt: skip
    member = forms.SlugField(
        label=_("Party"), required=False, max_length=60, help_text=_("The reference of a member, as in its address.")
    )
    state = forms.ChoiceField(required=False, choices=STATES, widget=forms.HiddenInput())


class DayForm(forms.Form):
    """As it stood on another day."""

    on = DayField(label=_("On the day"), required=False)


class MoveForm(forms.Form):
    """Suspend, resume or end an agreement, from a day, with the reason."""

    to = forms.ChoiceField(label=_("What happens"))
    on = DayField(label=_("From"))
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea({"rows": 3}))
    successor = forms.SlugField(
        label=_("Replaced by"),
        required=False,
        max_length=20,
        help_text=_("The reference of the agreement that replaces it; only where it is replaced."),
    )

    def __init__(self, *args, status: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        ways = [("terminated", _("It ends"))]
        if status in {"suspended", "in_force", "activated"}:
            ways.append(("superseded", _("It is replaced by another agreement")))
        if status == "suspended":
            ways.insert(0, ("in_force", _("It is resumed")))
        elif status in {"in_force", "activated"}:
            ways.insert(0, ("suspended", _("It is suspended")))
        self.fields["to"].choices = ways


class DraftForm(forms.Form):
    """An agreement before it is put before its parties: period, parties, and the text in up to three languages."""

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Leave it empty if it has no end."))
    announcement = forms.SlugField(
        label=_("Answers the announcement"),
        required=False,
        max_length=20,
        help_text=_("Its number, for example from the ledger."),
    )
    parent = forms.SlugField(
        label=_("Schedule of"),
        required=False,
        max_length=20,
        help_text=_("The reference of the agreement under which it stands; empty for one that stands by itself."),
    )
    parties = forms.CharField(
        label=_("Parties"), widget=forms.Textarea({"rows": 4}),
        help_text=_("One member a line, by its reference; after a colon, what it does under the agreement."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for code, _own_name in written_languages():
            is_asked, language = code == "en", language_name(code)
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title in %(language)s") % {"language": language}, max_length=250, required=is_asked
            )
            self.fields[f"body_{code}"] = forms.CharField(
                label=_("Text in %(language)s") % {"language": language}, required=is_asked,
                widget=forms.Textarea({"rows": 10}), help_text=_("Articles are parted by an empty line."),
            )  # fmt: skip
            self.fields[f"standing_{code}"] = forms.ChoiceField(
                label=_("Standing of the text in %(language)s") % {"language": language},
                choices=STANDINGS,
                initial="equal",
            )

            self.fields[f"lines_{code}"] = forms.CharField(
                label=_("Lines in %(language)s") % {"language": language}, required=False,
                widget=forms.Textarea({"rows": 3}), help_text=_("What is delivered, one a row with its number: 1. Two brake testers"),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        for code, _own_name in written_languages():
            if any(_LINE.fullmatch(row) is None for row in _rows(self.cleaned_data.get(f"lines_{code}", ""))):
                self.add_error(
                    f"lines_{code}", _("Each row begins with its number, for example “1. Two brake testers”.")
                )
            if bool(self.cleaned_data.get(f"title_{code}")) != bool(self.cleaned_data.get(f"body_{code}")):
                self.add_error(f"title_{code}", _("A version has a title and a text, or neither."))
        return self.cleaned_data

    def named_parties(self) -> list[tuple[str, str]]:
        """(reference of a member, role) for each line."""
        lines = [line.strip() for line in self.cleaned_data["parties"].splitlines() if line.strip()]
        pairs = [re.split(r"\s*[:：]\s*", line, maxsplit=1) for line in lines]
        return [(pair[0], pair[1] if len(pair) > 1 else "") for pair in pairs]

    def given_lines(self) -> list[tuple[int, str, str]]:
        """(number, language, text) of each row."""
        return [
            (int(found[1]), code, found[2])
            for code, _own_name in written_languages()
            for found in map(_LINE.fullmatch, _rows(self.cleaned_data[f"lines_{code}"]))
            if found
        ]

    def given_texts(self) -> list[tuple[str, str, str, str]]:
        """(language, title, body, standing) of each version that was written."""
        given = self.cleaned_data
        return [
            (code, given[f"title_{code}"], given[f"body_{code}"], given[f"standing_{code}"])
            for code, _own_name in written_languages()
            if given[f"title_{code}"]
        ]
