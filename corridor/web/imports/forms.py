"""The forms of an import: the file, how it is read, its columns and its questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from corridor.foundations.sheets.intake.delimited import DELIMITERS
from corridor.foundations.sheets.intake.encodings import NAMES
from corridor.foundations.vocabularies.countries import KNOWN_COUNTRIES, country_name

HIDDEN = (("read", _("Read them like the others")), ("leave", _("Leave them out")))


class FileForm(forms.Form):
    """A file, and what its rows are about."""

    kind = forms.ChoiceField(label=_("What the rows are about"), widget=forms.RadioSelect())
    file = forms.FileField(
        label=_("The file"),
        help_text=_("XLSX, ODS or CSV in any encoding. You see what every row would do first."),
    )

    def __init__(self, *given: Any, kinds: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["kind"].choices = [(kind.name, gettext(kind.title)) for kind in kinds]  # type: ignore[attr-defined]
        if any(kind.is_settled for kind in kinds):
            self.fields["file"].help_text = _(
                "XLSX, ODS or CSV in any encoding, or a package of OneRoster as a ZIP. You see what every row would do first."
            )
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0].name


class TableForm(forms.Form):
    """Where the table stands in the file, and how its letters are read."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    header_row = forms.IntegerField(label=_("The head of the table is in row"), min_value=1, max_value=1000)
    header_depth = forms.TypedChoiceField(
        label=_("Rows of the head"), coerce=int, choices=[(1, _("One row")), (2, _("Two rows, one below the other"))]
    )
    encoding = forms.ChoiceField(label=_("Encoding"), required=False, widget=forms.RadioSelect())
    delimiter = forms.ChoiceField(label=_("Between the columns stand"), required=False)
    hidden = forms.ChoiceField(
        label=_("What is hidden or filtered"), required=False, choices=HIDDEN, widget=forms.RadioSelect()
    )

    def __init__(self, *given: Any, reading: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        fields: Any = self.fields
        fields["sheet"].choices = [(each.name, each.name) for each in reading.sheets]
        if reading.is_text:
            del self.fields["sheet"]
            guessed = [each.encoding for each in reading.encodings]
            fields["encoding"].choices = [
                (
                    each.encoding,
                    _sample(each),
                )
                for each in reading.encodings
            ] + [(code, name) for code, name in NAMES.items() if code not in {*guessed, "utf-8-sig"}]
            fields["delimiter"].choices = [(sign, gettext(name)) for sign, name in DELIMITERS.items()]
        else:
            del self.fields["encoding"], self.fields["delimiter"]
        if not (reading.hidden_rows or reading.hidden_columns or reading.is_hidden):
            del self.fields["hidden"]


class ColumnsForm(forms.Form):
    """Which column of the file is which."""

    def __init__(self, *given: Any, columns: Any, kind: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        choices = [("", gettext("Leave this column out"))]
        choices += [
            (
                each.name,
                gettext("%(label)s (needed)") % {"label": gettext(each.label)}
                if each.required
                else gettext(each.label),
            )
            for each in kind.columns
        ]
        for column in columns:
            self.fields[f"column-{column.position}"] = forms.ChoiceField(
                label=column.header, choices=choices, required=False, initial=column.name,
                help_text=_("A guess by likeness: look whether it is right.") if 0 < column.sure < 100 else "",
            )  # fmt: skip

    def names(self) -> dict[int, str]:
        return {int(name.removeprefix("column-")): value for name, value in self.cleaned_data.items()}


class QuestionsForm(forms.Form):
    """What only the sender knows."""

    def __init__(self, *given: Any, asked: Any, said: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for each in asked:
            answers = [(code, gettext(sentence)) for code, sentence in each.answers]
            is_country = not answers
            if is_country:
                answers = sorted(
                    ((code, country_name(code, said)) for code in KNOWN_COUNTRIES), key=lambda pair: pair[1]
                )
                answers.insert(0, ("", ""))
            self.fields[each.code] = forms.ChoiceField(
                label=each.label, help_text=each.evidence_text, choices=answers, initial=each.answer,
                widget=forms.Select() if is_country else forms.RadioSelect(),
            )  # fmt: skip


def _sample(guess: Any) -> str:
    percent = round(100 * guess.confidence)
    return gettext("%(name)s, %(percent)s%%: %(sample)s") % {
        "name": guess.name,
        "percent": percent,
        "sample": guess.sample,
    }


def _choice(column: Any) -> str:
    label = gettext(column.label)
    return gettext("%(label)s (needed)") % {"label": label} if column.required else label
