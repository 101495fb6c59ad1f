"""Forms by which parties change, answer, renew and end an agreement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.foundations.vocabularies.languages import written_languages
from corridor.rooms.agreements.drafts import AgreementDraft
from corridor.web.fields import DayField
from corridor.web.ui.languages import language_name
from corridor.web.ui.names import member_called

from .forms import DraftForm

MOTIONS = {
    "reject": _("Reject the proposal"), "withdraw": _("Withdraw the proposal"), "suspend": _("Suspend the agreement"),
    "resume": _("Resume the agreement"), "terminate": _("End the agreement early"),
    "lapse": _("Let it end on its last day"), "supersede": _("Replace it by another agreement"),
}  # fmt: skip
ANSWERS = {"confirms": _("Confirms it"), "objects": _("Does not agree")}


class _Speaking(forms.Form):
    """Who speaks for several parties says for which."""

    def offer_sides(self, sides: Any) -> None:
        if len(sides) > 1:
            self.fields["member"] = forms.ChoiceField(
                label=_("You speak for"),
                choices=[(side.organisation.reference, member_called(side.organisation).text) for side in sides],
            )

    @property
    def member(self) -> str:
        return str(self.cleaned_data.get("member", ""))


class ReviseForm(DraftForm):
    """A draft as it stands, over the version of it that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    base = forms.IntegerField(widget=forms.HiddenInput(), required=False)


class ChangeForm(_Speaking, DraftForm):
    """Another text in the place of the one that is there, and why."""

    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea({"rows": 3}))
    over = forms.CharField(widget=forms.HiddenInput(), max_length=64, required=False)
    base = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, sides: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What it answers and stands under is settled when it is drafted.
        del self.fields["announcement"], self.fields["parent"]
        self.offer_sides(sides)
        # Why comes after what.
        self.order_fields([name for name in self.fields if name not in {"member", "reason"}])


class ProposeForm(forms.Form):
    """Why it is put before its parties; they read it."""

    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea({"rows": 3}))


class StepForm(_Speaking):
    """A step that the other parties are asked to confirm."""

    kind = forms.ChoiceField(label=_("What happens"))
    on = DayField(label=_("From"), required=False, help_text=_("Empty: as soon as the others have confirmed it."))
    successor = forms.SlugField(
        label=_("Replaced by"),
        required=False,
        max_length=20,
        help_text=_("The reference of the agreement that replaces it; only where it is replaced."),
    )
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, kinds: Any, sides: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, MOTIONS[kind]) for kind in kinds]  # type: ignore[attr-defined]
        if "supersede" not in kinds:
            del self.fields["successor"]
        if not set(kinds) - {"reject", "withdraw"}:
            del self.fields["on"]
        self.offer_sides(sides)


class AnswerForm(_Speaking):
    """What another party says to it."""

    answer = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"), max_length=300, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Needed where you do not agree."),
    )  # fmt: skip

    def __init__(self, *args: Any, may_object: bool, sides: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = list(ANSWERS.items())
        self.fields["answer"].choices = answers if may_object else answers[:1]  # type: ignore[attr-defined]
        self.offer_sides(sides)


class RenewForm(_Speaking):
    """The period of what follows, and which lines go on."""

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Leave it empty if it has no end."))
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, lines: Any, sides: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = dict.fromkeys(line.number for line in lines)
        if numbers:
            first = {line.number: line.text for line in reversed(lines)}
            self.fields["lines"] = forms.TypedMultipleChoiceField(
                label=_("Lines that go on"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(number, f"{number}. {first[number]}") for number in numbers], initial=list(numbers),
            )  # fmt: skip
        self.offer_sides(sides)


class KindForm(forms.Form):
    """A kind of agreement: how it is signed, what it is called, and its clauses in each language."""

    code = forms.SlugField(label=_("Code"), max_length=30, help_text=_("Short and for ever, for example “framework”."))
    position = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=500, initial=1)
    signing_order = forms.ChoiceField(
        label=_("Order of signing"),
        choices=[
            ("parallel", _("All at once, in any order")),
            ("in_order", _("One after another, in the order of parties and signers")),
        ],
    )
    quorum = forms.IntegerField(
        label=_("How many sign for each party"), min_value=1, max_value=20, initial=1
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _own_name in written_languages():
            language = language_name(code)
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name in %(language)s") % {"language": language}, max_length=150, required=code == "en"
            )
            self.fields[f"clauses_{code}"] = forms.CharField(
                label=_("Clauses in %(language)s") % {"language": language}, required=False,
                widget=forms.Textarea({"rows": 8}),
                help_text=_("Parted by an empty line. {parties}, {first_day} and {last_day} are filled in each draft."),
            )  # fmt: skip


def first_values(draft: AgreementDraft) -> dict[str, Any]:
    """What a form of an agreement shows of a draft."""
    shown: dict[str, Any] = {
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_before.fromordinal(draft.ends_before.toordinal() - 1) if draft.ends_before else None,
        "announcement": draft.announcement.reference if draft.announcement else "",
        "parties": "\n".join(
            f"{party.organisation.reference}: {party.role}" if party.role else party.organisation.reference
            for party in draft.parties
        ),
    }
    for text in draft.texts:
        shown |= {f"title_{text.language}": text.title, f"body_{text.language}": text.body}
        shown[f"standing_{text.language}"] = text.standing
    for code, _own_name in written_languages():
        rows = [f"{line.number}. {line.text}" for line in draft.lines if line.language == code]
        shown[f"lines_{code}"] = "\n".join(rows)
    return shown
