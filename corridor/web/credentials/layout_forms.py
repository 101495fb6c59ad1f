"""What is sent about how certificates look."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.foundations.documents.receiving import Upload
from corridor.rooms.credentials.compact.claims import Signatory
from corridor.rooms.credentials.layouts import MOST_SIGNATORIES, PictureDraft
from corridor.rooms.credentials.paper_words import paper_languages
from corridor.rooms.credentials.queries import LayoutShown
from corridor.rooms.credentials.queries.choices import CredentialKind
from corridor.web.fields import Chosen
from corridor.web.ui.languages import language_name
from corridor.web.ui.names import title_of

LONGEST = 120
_ACCEPT = {"accept": ".png,.jpg,.jpeg,.svg,image/png,image/jpeg,image/svg+xml"}
_LANGUAGES = (_("First language of the paper"), _("Second language of the paper"), _("Third language of the paper"))


class LayoutForm(forms.Form):
    """
    The languages of the paper, a logo, a seal, and who stands below. A picture that is not sent stays the one of today. ``offices`` are the
    languages in which an office can be written.
    """

    programme = Chosen(label=_("Certificates of"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of certificate"), required=False, choices=[("", _("All kinds without a layout of their own")), *CredentialKind.choices],
        help_text=_("The layout of programme and kind goes before that of the programme, this before that of the kind, and this before that of all."),
    )  # fmt: skip
    logo = forms.FileField(
        label=_("Logo"), required=False, help_text=_("PNG, JPEG or SVG. It stands before the name of the member."),
        widget=forms.FileInput(_ACCEPT),
    )  # fmt: skip
    without_logo = forms.BooleanField(label=_("No logo"), required=False)
    seal = forms.FileField(
        label=_("Seal"), required=False, help_text=_("PNG, JPEG or SVG, best with a transparent ground."),
        widget=forms.FileInput(_ACCEPT),
    )  # fmt: skip
    without_seal = forms.BooleanField(label=_("No seal"), required=False)

    def __init__(self, *given: Any, offices: Sequence[str], **more: Any) -> None:
        super().__init__(*given, **more)
        self._offices = offices
        for place, label in enumerate(_LANGUAGES, start=1):
            self.fields[f"language_{place}"] = forms.ChoiceField(label=label, required=False, choices=_paper_choices())
        self.fields["language_1"].help_text = _(
            "Where a language is chosen, certificates are refused until every title on them is reviewed in it. Without any they are written in "
            "the languages of the site, of the issuer and of the alliance’s home that have these texts, and in English."
        )
        for place in _places():
            self.fields[f"name_{place}"] = forms.CharField(
                label=_("Name below, place %(place)s") % {"place": place}, required=False, max_length=LONGEST
            )
            for language in offices:
                self.fields[f"office_{place}_{language}"] = forms.CharField(
                    label=_("Office in %(language)s") % {"language": language_name(language)}, required=False,
                    max_length=LONGEST, widget=forms.TextInput({"lang": language, "dir": "auto"}),
                )  # fmt: skip

    def offer(self, programmes: Iterable[Any]) -> None:
        rows = [(each.reference, title_of(each).text, each) for each in programmes]
        self.fields["programme"].offer(rows, empty=str(_("All without a layout of their own")))

    def chosen_kind(self) -> CredentialKind | None:
        return CredentialKind(self.cleaned_data["kind"]) if self.cleaned_data["kind"] else None

    def languages(self) -> tuple[str, ...]:
        """Those that were chosen, in their order."""
        chosen = (self.cleaned_data[f"language_{place}"] for place in range(1, len(_LANGUAGES) + 1))
        return tuple(each for each in chosen if each)

    def pictures(self) -> dict[str, PictureDraft]:
        """As the action takes them, by their field."""
        found = {}
        for field, title in (("logo", _("Logo")), ("seal", _("Seal"))):
            sent = self.cleaned_data[field]
            if sent is not None:
                found[field] = PictureDraft(
                    upload=Upload(sent.name, sent.read(), str(title), kind=f"certificate-{field}")
                )
            else:
                found[field] = PictureDraft(keep=not self.cleaned_data[f"without_{field}"])
        return found

    def signatories(self) -> tuple[Signatory, ...]:
        """Those of whom anything was written."""
        found = []
        for place in _places():
            name = self.cleaned_data[f"name_{place}"]
            offices = {language: self.cleaned_data[f"office_{place}_{language}"] for language in self._offices}
            office = {language: text for language, text in offices.items() if text}
            if name or office:
                found.append(Signatory(name, office))
        return tuple(found)


def initial_of(shown: LayoutShown | None) -> dict[str, str]:
    """The languages of now and what stands below, to be changed."""
    named = shown.layout.named_languages if shown else ()
    found = {f"language_{place}": language for place, language in enumerate(named, start=1)}
    for place, person in enumerate(shown.signatories if shown else (), start=1):
        found[f"name_{place}"] = person.name
        found |= {f"office_{place}_{language}": text for language, text in person.office.items()}
    return found


def offices_of(shown: LayoutShown | None, *, usual: Sequence[str]) -> list[str]:
    """The languages in which offices are asked for: those that the layout names, or the usual ones; and those in which there is one."""
    written = [language for person in (shown.signatories if shown else ()) for language in person.office]
    return list(dict.fromkeys([*((shown.layout.named_languages if shown else ()) or usual), *written]))


def _paper_choices() -> list[tuple[str, str]]:
    return [("", "—"), *((each, language_name(each)) for each in paper_languages())]


def _places() -> Iterator[int]:
    return iter(range(1, MOST_SIGNATORIES + 1))
