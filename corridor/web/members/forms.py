from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Role
from corridor.rooms.members.lifecycle import MEMBERSHIP, MembershipStatus
from corridor.rooms.members.queries import IN_THE_ALLIANCE
from corridor.web.fields import DayField
from corridor.web.ui.languages import country_name
from corridor.web.ui.names import role_name

KINDS = [("", _("All kinds")), ("school", _("Schools")), ("company", _("Companies")), ("association", _("Associations")),
         ("authority", _("Authorities"))]  # fmt: skip


class MemberFilter(forms.Form):
    """What a list of members is narrowed to; its state is in the address."""

    q = forms.CharField(
        label=_("Search, in any script"), required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    on = DayField(label=_("On the day"), required=False)
    country = forms.RegexField("^[A-Z]{2}$", label=_("Country or region"), required=False, widget=forms.Select())
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=KINDS)
    status = forms.ChoiceField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [("", ""), *((each.value, each.label) for each in IN_THE_ALLIANCE)]

    def offer_countries(self, codes: Sequence[str]) -> None:
        """Put these into the choice of places, by their names."""
        places = sorted(((code, country_name(code)) for code in codes), key=lambda each: each[1])
        self.fields["country"].widget.choices = [("", _("All places")), *places]


class MoveForm(forms.Form):
    """The next state of a membership, from a day, with the reason. An organisation without one can apply."""

    to = forms.ChoiceField(label=_("It is now"))
    on = DayField(label=_("Since"))
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("Seen by the member and those who oversee the alliance.")
    )

    def __init__(self, *args, status: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        following = MEMBERSHIP.transitions[MembershipStatus(status)] if status else frozenset()
        choices = [(each.value, each.label) for each in MembershipStatus if each in following]
        self.fields["to"].choices = choices or [(MembershipStatus.APPLIED.value, MembershipStatus.APPLIED.label)]


class PlaceForm(forms.Form):
    """Where a member sits; its names and its kind are for the secretariat's sheets."""

    city = forms.CharField(label=_("City"), max_length=80)
    region = forms.CharField(
        label=_("Part of the country"),
        max_length=10,
        required=False,
        help_text=_("A code of ISO 3166-2, for example CN-50."),
    )
    latitude = forms.DecimalField(label=_("Degrees north"), required=False, max_digits=8, decimal_places=5)
    longitude = forms.DecimalField(label=_("Degrees east"), required=False, max_digits=8, decimal_places=5)
    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=1)


class NameForm(forms.Form):
    """One more name of a member, in one language."""

    language = forms.CharField(label=_("Language"), max_length=12, help_text=_("Its tag, for example lo, th, zh-Hans."))
    name = forms.CharField(label=_("Name"), max_length=250)
    kind = forms.ChoiceField(
        label=_("What kind of name"),
        choices=[
            ("official", _("Official name")), ("short", _("Short name")), ("alias", _("Also known as")),
            ("former", _("Formerly known as")),
        ],
    )  # fmt: skip
    valid_from = DayField(label=_("In use from the day"), required=False)
    valid_before = DayField(label=_("Out of use from the day"), required=False)


class RegisterForm(forms.Form):
    """An organisation that the alliance comes to know; its membership begins with an application."""

    reference = forms.SlugField(
        label=_("Reference"), max_length=60, help_text=_("Short and for ever: it stands in the address.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS[1:])
    country = forms.RegexField("^[A-Z]{2}$", label=_("Country or region"), help_text=_("Two letters of ISO 3166-1."))
    city = forms.CharField(label=_("City"), max_length=80)
    name_en = forms.CharField(label=_("Official name in English"), max_length=250)
    own_language = forms.CharField(
        label=_("Its own language"), max_length=12, required=False, help_text=_("A tag, for example lo, th, zh-Hans.")
    )
    own_name = forms.CharField(label=_("Official name in its own language"), max_length=250, required=False)
    source_mark = forms.ChoiceField(
        label=_("Where this comes from"), choices=[("named", _("A source names it")), ("assumed", _("We assume it"))]
    )
    source = forms.CharField(label=_("Source"), max_length=300, required=False)

    def names(self) -> dict[str, str]:
        given = self.cleaned_data
        own = {given["own_language"]: given["own_name"]} if given["own_language"] and given["own_name"] else {}
        return {"en": given["name_en"], **own}


class SeatForm(forms.Form):
    """An account and the role in which it is to act for a member."""

    username = forms.CharField(label=_("User name"), max_length=150)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=lambda: [(role.value, role_name(role.value)) for role in (Role.COORDINATOR, Role.KEY_HOLDER)],
    )
    held_from = DayField(label=_("First day"))


class EndSeatForm(forms.Form):
    """On a day, or this minute."""

    when = forms.ChoiceField(
        label=_("When"),
        choices=[("day", _("From a day")), ("now", _("Now: the next click of this account is refused"))],
        widget=forms.RadioSelect,
        required=False,
    )
    on = DayField(label=_("From the day"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("when") != "now" and not given.get("on") and "on" not in self.errors:
            self.add_error("on", _("Give the first day on which it is not held any more."))
        return given


class HandOverForm(forms.Form):
    """To whom, and from which day."""

    account = forms.CharField(
        label=_("To whom"),
        max_length=150,
        help_text=_("A user name, or an e-mail address: who has no account yet is invited."),
    )
    on = DayField(label=_("From the day"), help_text=_("Today: it passes this minute."))


class SubstituteForm(forms.Form):
    """Who stands in, from the first day through the last."""

    account = forms.CharField(
        label=_("Who stands in"),
        max_length=150,
        help_text=_("A user name, or an e-mail address: who has no account yet is invited."),
    )
    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"))


class ProposalForm(forms.Form):
    """A step out of the active members, and why."""

    to = forms.ChoiceField(
        label=_("What is proposed"),
        choices=[(each.value, each.label) for each in (MembershipStatus.DORMANT, MembershipStatus.SUSPENDED, MembershipStatus.WITHDRAWN)],
    )  # fmt: skip
    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea({"rows": 4}))


class DecisionForm(forms.Form):
    """What the council said."""

    decision = forms.ChoiceField(
        label=_("The council"), choices=[("agreed", _("Agrees")), ("declined", _("Declines"))], widget=forms.RadioSelect
    )
    minute = forms.CharField(
        label=_("Minute"), max_length=1000, widget=forms.Textarea({"rows": 4}), help_text=_("The member reads it too.")
    )


class DayForm(forms.Form):
    on = DayField(label=_("From the day"))


class WhyForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)
