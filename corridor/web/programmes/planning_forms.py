from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from corridor.rooms.programmes.drafts import TermDraft
from corridor.web.fields import DayField
from corridor.web.ui.names import member_called

MOST_YEARS, MOST_TERMS = 8, 4


class IntakeForm(forms.Form):
    """How many are meant to begin in a year."""

    year = forms.IntegerField(label=_("Year"), min_value=1900, max_value=2200)
    cohorts = forms.IntegerField(label=_("Cohorts"), min_value=0, max_value=1000)
    learners = forms.IntegerField(label=_("Learners"), min_value=0, max_value=1_000_000)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=300,
        help_text=_("Why it is planned so, or planned anew. What the plan said before stays in the history."),
    )  # fmt: skip


class StudyShape(forms.Form):
    """How many years and terms a plan of joint study has."""

    years = forms.IntegerField(label=_("Years"), min_value=1, max_value=MOST_YEARS)
    terms = forms.IntegerField(label=_("Terms a year"), min_value=1, max_value=MOST_TERMS)


class StudyForm(forms.Form):
    """A table of credits: a row for each term, a column for each member, and what is needed at the end of both."""

    starts_on = DayField(label=_("From"))
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)

    def __init__(self, *args: Any, years: int, terms: int, members: Any, study: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shape = [(year, term) for year in range(1, years + 1) for term in range(1, terms + 1)]
        self.members = list(members)
        before = _before(study)
        for year, term in self.shape:
            where = {"year": year, "term": term}
            self._add(_name(year, term), now("Year %(year)s, term %(term)s: needed") % where, before)
            for member in self.members:
                label = now("Year %(year)s, term %(term)s: %(member)s")
                self._add(_name(year, term, member), label % (where | {"member": member_called(member).text}), before)
        for member in self.members:
            self._add(
                f"all-{member.reference}", now("All terms: %(member)s") % {"member": member_called(member).text}, before
            )

    def _add(self, name: str, label: str, before: dict[str, Decimal]) -> None:
        self.fields[name] = forms.DecimalField(
            label=label, required=False, min_value=0, max_value=1000, decimal_places=2, initial=before.get(name),
            widget=forms.NumberInput({"step": "0.01", "aria-label": label, "inputmode": "decimal"}),
        )  # fmt: skip

    def rows(self) -> list[tuple[int, int, list[tuple[str, Any]]]]:
        """(year, term, fields of the members and what is needed, each under its column), as the table stands."""
        heads = [*self._heads(), now("Needed")]
        return [
            (year, term, list(zip(heads, [*(self[_name(year, term, member)] for member in self.members), self[_name(year, term)]], strict=True)))
            for year, term in self.shape
        ]  # fmt: skip

    def last_row(self) -> list[tuple[str, Any]]:
        return list(zip(self._heads(), [self[f"all-{member.reference}"] for member in self.members], strict=True))

    def _heads(self) -> list[str]:
        return [member_called(member).text for member in self.members]

    def plain(self) -> list[Any]:
        """The fields beside the table."""
        return [self["starts_on"], self["reason"]]

    def drafts(self) -> list[TermDraft]:
        given = self.cleaned_data
        return [
            TermDraft(
                year, term, given[_name(year, term)] or Decimal(0),
                [(member, credit) for member in self.members if (credit := given[_name(year, term, member)])],
            )
            for year, term in self.shape
        ]  # fmt: skip

    def owed(self) -> list[tuple[Any, Decimal]]:
        given = self.cleaned_data
        return [(member, credit) for member in self.members if (credit := given[f"all-{member.reference}"])]


def _name(year: int, term: int, member: Any = None) -> str:
    return f"{year}-{term}-{member.reference}" if member else f"{year}-{term}"


def _before(study: Any) -> dict[str, Decimal]:
    """What the plan that holds says, by the names of the fields."""
    if study is None:
        return {}
    members = [member for member, _credits in study.members]
    found = {f"all-{member.reference}": credit for member, credit in study.members}
    for each in study.terms:
        found[_name(each.year, each.term)] = each.required
        found |= {_name(each.year, each.term, one): credit for one, credit in zip(members, each.given, strict=True)}
    return found
