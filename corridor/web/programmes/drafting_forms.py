"""The form of a programme: what it is called, what it stands on, who takes part, where and in which languages."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.journeys.draft_programme import ProgrammeWords
from corridor.rooms.programmes.queries import KINDS
from corridor.web.ui.names import title_in

TITLES = [
    ("title_en", "en", _("Title in English")), ("title_zh", "zh-Hans", _("Title in Chinese")), ("title_lo", "lo", _("Title in Lao")),
    ("title_ur", "ur", _("Title in Urdu")),
]  # fmt: skip
MARKS = [("assumed", _("Assumed")), ("named", _("Named in a source"))]
ONE_A_LINE = _("One a line, by its reference; the first one leads.")
# How a field is called in a refusal of the room, and here.
COLUMNS = {
    "title": "title_en",
    "agreement": "agreements",
    "announcement": "announcements",
    "demand": "demands",
    "organisation": "members",
}
_BETWEEN = re.compile(r"[\s;,]+")


def lines_field(label: Any, help_text: Any, *, required: bool = False, rows: int = 2) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=4000, widget=forms.Textarea({"rows": rows})
    )


class ProgrammeForm(forms.Form):
    reference = forms.SlugField(
        label=_("Reference"), max_length=60, help_text=_("Short and for ever, for example driver-training: it is in the address.")
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=200, required=False)
    title_lo = forms.CharField(label=_("Title in Lao"), max_length=200, required=False)
    title_ur = forms.CharField(label=_("Title in Urdu"), max_length=200, required=False)
    agreements = lines_field(_("Agreements under which it is run"), ONE_A_LINE, required=True)
    announcements = lines_field(_("Announcements that it keeps"), ONE_A_LINE)
    demands = lines_field(_("Demand that it answers"), ONE_A_LINE)
    curriculum = forms.ChoiceField(label=_("Curriculum"), required=False)
    sites = lines_field(_("Sites where it is held"), _("One a line, by its reference."))
    members = lines_field(
        _("Who takes part, and as what"),
        _(
            "One a line: a member and its role, like lgtvc host. Roles: lead, host, teaching, employer, sending, funder, awarding."
        ),
        rows=4,
    )
    languages = forms.CharField(
        label=_("Languages of instruction"), required=False, max_length=100, help_text=_("Codes of languages, the main one first: lo zh-Hans en.")
    )  # fmt: skip
    source_mark = forms.ChoiceField(label=_("How it is known"), choices=MARKS)
    source = forms.CharField(label=_("Source"), required=False, max_length=300)

    def __init__(self, *args: Any, versions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["curriculum"].choices = [
            ("", _("None yet")),
            *((f"{each.curriculum.reference}/{each.version}", f"{title_in(each).text} · {each.version}") for each in versions),
        ]  # fmt: skip

    def words(self) -> ProgrammeWords:
        given = self.cleaned_data
        reference, _slash, version = given["curriculum"].partition("/")
        pairs = [line.split(maxsplit=1) for line in given["members"].splitlines() if line.strip()]
        return ProgrammeWords(
            reference=given["reference"], kind=given["kind"],
            titles={language: given[name] for name, language, _label in TITLES if given[name]},
            agreements=names_in(given["agreements"]), announcements=names_in(given["announcements"]),
            demands=names_in(given["demands"]), languages=names_in(given["languages"]),
            curriculum=(reference, version) if reference else None, sites=names_in(given["sites"]),
            members=[(each[0], each[1].strip() if len(each) > 1 else "") for each in pairs],
            source_mark=given["source_mark"], source=given["source"],
        )  # fmt: skip


def names_in(text: str) -> list[str]:
    return [each for each in _BETWEEN.split(text.strip()) if each]


def first_words(programme: Any) -> dict[str, Any]:
    """What stands in the form of a programme that is changed."""
    titles = {each.language: each.text for each in programme.titles.all()}
    version = programme.curriculum_version
    return {
        "reference": programme.reference, "kind": programme.kind,
        **{name: titles.get(language, "") for name, language, _label in TITLES},
        "agreements": _lined(each.agreement for each in programme.agreements_under.all()),
        "announcements": _lined(each.announcement for each in programme.announcements_kept.all() if each.announcement),
        "demands": _lined(each.demand for each in programme.demands_answered.all() if each.demand),
        "curriculum": f"{version.curriculum.reference}/{version.version}" if version else "",
        "sites": _lined(place.site for place in programme.places.all()),
        "members": "\n".join(f"{each.organisation.reference} {each.role}" for each in programme.members.all()),
        "languages": " ".join(each.language for each in programme.languages.all()),
        "source_mark": programme.source_mark, "source": programme.source,
    }  # fmt: skip


def _lined(things: Any) -> str:
    return "\n".join(each.reference for each in things)
