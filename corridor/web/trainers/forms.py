"""Forms of the register of trainers: what is asked, and what is written down."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.foundations.vocabularies.languages import is_language
from corridor.rooms.training.queries.trainer_choices import LEVELS, LanguageScale, LanguageSource, StayKind, Teaching
from corridor.web.fields import Chosen, DayField

ONE_DAY = timedelta(days=1)
STATES = [("", _("All")), ("registered", _("In the register")), ("ended", _("Ended"))]
REFERENCE_OF_A_PERSON = _("The reference of the person's record.")
REFERENCE_OF_A_MEMBER = _("The reference on the page of the member; empty for nobody.")
GENERATIONS = [
    ("", _("Every generation")), ("0", _("Sent by the alliance (0)")), ("1", _("Trained by them (1)")), ("2", "2"), ("3", "3"),
    ("unknown", _("Trainer not written down")),
]  # fmt: skip
LEVEL_CHOICES = [
    ("", _("None: first language")),
    *((level, level) for scale in LEVELS.values() for level in dict.fromkeys(scale) if level and not level.isdigit()),
    *((level, level) for level in LEVELS[LanguageScale.HSK_2021]),
]


def day_after(last: date | None) -> date | None:
    """The first day after, of a last day that somebody wrote."""
    return last + ONE_DAY if last is not None else None


class TrainerFilter(forms.Form):
    """What the register is narrowed to; all of it stands in the address."""

    q = forms.CharField(label=_("Name or reference"), required=False, max_length=80)
    employer = forms.SlugField(label=_("Employer"), required=False, max_length=60, help_text=REFERENCE_OF_A_MEMBER)
    site = forms.SlugField(label=_("Teaches or is posted at"), required=False, max_length=60)
    language = forms.CharField(label=_("Speaks"), required=False, max_length=12)
    unit = forms.RegexField(
        r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_.-]+)?$", label=_("May train"), required=False, max_length=100
    )
    state = forms.ChoiceField(required=False, choices=STATES, widget=forms.HiddenInput())

    def clean_language(self) -> str:
        tag = str(self.cleaned_data["language"])
        if tag and not is_language(tag):
            raise forms.ValidationError(_("Write a tag of BCP 47, like lo or zh-Hans."))
        return tag


class TrainerForm(forms.Form):
    """Since when, until when, and employed by whom."""

    employer = forms.SlugField(label=_("Employer"), required=False, max_length=60, help_text=REFERENCE_OF_A_MEMBER)
    starts_on = DayField(label=_("Trains since"))
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Empty while it goes on."))


class RegisterForm(TrainerForm):
    field_order = ["person", "employer", "starts_on", "ends_on"]
    person = forms.SlugField(label=_("Person"), max_length=30, help_text=REFERENCE_OF_A_PERSON)


class QualificationForm(forms.Form):
    what = forms.CharField(label=_("What it is"), max_length=200)
    awarded_by = forms.CharField(
        label=_("Awarded by"), max_length=200, help_text=_("A body or an office, never a person.")
    )
    awarded_on = DayField(label=_("Awarded on"))
    valid_until = DayField(label=_("Valid until"), required=False, help_text=_("The last day; empty: for good."))
    paper = forms.FileField(label=_("The paper"), required=False, help_text=_("PDF, PNG or JPEG."))


class LanguageForm(forms.Form):
    language = forms.CharField(label=_("Language"), max_length=12, help_text=_("A tag, like lo, zh-Hans or en."))
    scale = forms.ChoiceField(label=_("Scale"), choices=LanguageScale.choices)
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=LEVEL_CHOICES, help_text=_("CEFR has A1 to C2, HSK of 2010 1 to 6, HSK of 2021 1 to 9."),
    )  # fmt: skip
    source = forms.ChoiceField(label=_("Known by"), choices=LanguageSource.choices, widget=forms.RadioSelect())


class UnitForm(forms.Form):
    unit = Chosen(label=_("Unit"))

    def offer(self, units: Iterable[tuple[str, str, Any]]) -> None:
        self.fields["unit"].offer(units, empty=str(_("Choose one")))


class StayFilter(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *StayKind.choices])
    member = forms.SlugField(label=_("Sent by"), required=False, max_length=60)
    site = forms.SlugField(label=_("Site"), required=False, max_length=60)
    since = DayField(label=_("Days from"), required=False)
    until = DayField(label=_("to"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", _("The last day is on or after the first one."))
        return given


class StayForm(forms.Form):
    """A posting, a trip or a course. Whose it is stays, once it is written down."""

    field_order = [
        "person",
        "kind",
        "sent_by",
        "site",
        "country",
        "city",
        "starts_on",
        "ends_on",
        "purpose",
        "paid_by",
        "cost",
        "currency",
    ]
    kind = forms.ChoiceField(label=_("Kind"), choices=StayKind.choices, widget=forms.RadioSelect())
    sent_by = forms.SlugField(
        label=_("Sent by"), max_length=60, help_text=_("The reference on the page of the member.")
    )
    site = forms.SlugField(
        label=_("Site"), required=False, max_length=60, help_text=_("A posting has one; a trip may go elsewhere.")
    )
    country = forms.CharField(
        label=_("Country or region"), required=False, max_length=2, help_text=_("Two letters, like LA; of a site it is known.")
    )  # fmt: skip
    city = forms.CharField(label=_("City"), required=False, max_length=100)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("A posting may go on without one."))
    purpose = forms.CharField(label=_("What for"), max_length=300, widget=forms.Textarea({"rows": 2}))
    paid_by = forms.SlugField(label=_("Paid by"), required=False, max_length=60, help_text=REFERENCE_OF_A_MEMBER)
    cost = forms.DecimalField(
        label=_("What it cost in all"), required=False, min_value=0, max_digits=18, decimal_places=3,
        help_text=_("Of what somebody was away to learn, the figures tell the cost for each teacher."),
    )  # fmt: skip
    currency = forms.CharField(
        label=_("Currency"), required=False, max_length=3, help_text=_("Three letters, like LAK (ISO 4217).")
    )

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()


class NewStayForm(StayForm):
    person = forms.SlugField(label=_("Person"), max_length=30, help_text=REFERENCE_OF_A_PERSON)


class CascadeFilter(forms.Form):
    generation = forms.ChoiceField(label=_("Generation"), required=False, choices=GENERATIONS)
    teaching = forms.ChoiceField(label=_("Teaching"), required=False, choices=[("", _("All")), *Teaching.choices])
    view = forms.ChoiceField(required=False, choices=[("table", ""), ("tree", "")], widget=forms.HiddenInput())


class RubricForm(forms.Form):
    """A version of a rubric in the language of the form; one line for each criterion, one for each level, the lowest first."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("The same for every version: teaching."))
    version = forms.IntegerField(label=_("Version"), min_value=1, max_value=999)
    starts_on = DayField(label=_("In use from"))
    language = forms.CharField(label=_("Language"), max_length=12, initial="en")
    criteria = forms.CharField(
        label=_("Criteria"), max_length=6_000, widget=forms.Textarea({"rows": 6}), help_text=_("One a line.")
    )
    levels = forms.CharField(
        label=_("Levels"), max_length=3_000, widget=forms.Textarea({"rows": 4}), help_text=_("One a line, the lowest first.")
    )  # fmt: skip

    def lines(self, name: str) -> tuple[dict[str, str], ...]:
        rows = (line.strip() for line in str(self.cleaned_data[name]).splitlines())
        return tuple({self.cleaned_data["language"]: row} for row in rows if row)


class WatchForm(forms.Form):
    """A session that was watched: who watched, a level for each criterion of the rubric, and what was agreed."""

    session = Chosen(label=_("Session"))
    observer = forms.SlugField(
        label=_("Who watched"), max_length=30, help_text=_("The reference of the person's record; not who taught the session.")
    )  # fmt: skip

    def __init__(
        self, *args: Any, criteria: Iterable[tuple[Any, str]], levels: Iterable[tuple[Any, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria, self.scale = list(criteria), list(levels)
        for criterion, words in self.criteria:
            self.fields[f"c{criterion.position}"] = forms.ChoiceField(
                label=words, choices=[(str(level.position), said) for level, said in self.scale], widget=forms.RadioSelect()
            )  # fmt: skip
        self.fields["remarks"] = forms.CharField(
            label=_("What you saw"), required=False, max_length=1_000, widget=forms.Textarea({"rows": 3})
        )
        for number in (1, 2, 3):
            self.fields[f"agreed_{number}"] = forms.CharField(label=_("Agreed to do"), required=False, max_length=300)
            self.fields[f"due_{number}"] = DayField(label=_("By the day"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number in (1, 2, 3):
            if given.get(f"agreed_{number}") and not given.get(f"due_{number}"):
                self.add_error(f"due_{number}", _("Say by which day."))
        return given

    def scores(self) -> dict[Any, Any]:
        levels = {str(level.position): level for level, _words in self.scale}
        return {criterion: levels[self.cleaned_data[f"c{criterion.position}"]] for criterion, _words in self.criteria}

    def agreed(self) -> tuple[tuple[str, date], ...]:
        given = self.cleaned_data
        return tuple((given[f"agreed_{n}"], given[f"due_{n}"]) for n in (1, 2, 3) if given[f"agreed_{n}"])


class DoneForm(forms.Form):
    on = DayField(label=_("Done on"))
