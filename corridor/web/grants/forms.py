"""Forms for roles beside the offices, for passing one on, and for looking where one usually may not."""

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import NOT_GIVEN, SIGNING, Actor, Role, Source
from corridor.foundations.grants.looking import SHORTEST_REASON
from corridor.foundations.grants.models import RecordKind
from corridor.web.fields import DayField
from corridor.web.ui.names import role_name

KINDS = [
    ("alliance", _("The whole alliance")), ("country", _("A country or region")), ("member", _("A member")), ("site", _("A site")),
    ("programme", _("A programme")), ("cohort", _("A cohort")),
]  # fmt: skip


class PlaceForm(forms.Form):
    """A role, and where it is held."""

    role = forms.ChoiceField(label=_("Role"))
    kind = forms.ChoiceField(label=_("Held for"), choices=KINDS)
    reference = forms.CharField(
        label=_("Which one"), required=False, max_length=80,
        help_text=_("Its reference, or the two letters of a country; nothing for the whole alliance."),
    )  # fmt: skip

    def offer(self, roles: list[str]) -> None:
        self.fields["role"].choices = sorted(((role, role_name(role)) for role in roles), key=lambda each: each[1])


class GrantForm(PlaceForm):
    """A role for an account, from a day until a day."""

    username = forms.CharField(label=_("Account"), max_length=150, help_text=_("The name with which it signs in."))
    held_from = DayField(label=_("From"))
    held_before = DayField(
        label=_("Until, not included"), required=False, help_text=_("Without a day it holds until it is ended.")
    )
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("Seen by both accounts and by oversight."))

    field_order = ["username", "role", "kind", "reference", "held_from", "held_before", "reason"]


class PassOnForm(GrantForm):
    """The same for one's own role; it always has an end."""

    held_before = DayField(
        label=_("Until, not included"), help_text=_("90 days at most; sooner if your own role ends.")
    )


class OpenForm(forms.Form):
    """Which record, for how long, and why."""

    kind = forms.ChoiceField(label=_("Kind of record"), choices=RecordKind, initial=RecordKind.PERSON)
    reference = forms.CharField(
        label=_("Reference"), max_length=80, help_text=_("Of an import: the long key in its address.")
    )
    minutes = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        choices=[(15, _("15 minutes")), (30, _("30 minutes")), (60, _("60 minutes"))],
    )
    reason = forms.CharField(
        label=_("Why"), max_length=600, min_length=SHORTEST_REASON, widget=forms.Textarea({"rows": 4}),
        help_text=_("In full sentences: those whom it is about read them, with your account and the time."),
    )  # fmt: skip


def roles_to_give() -> list[str]:
    return [role.value for role in Role if role not in NOT_GIVEN]


def roles_to_pass_on(by: Actor) -> list[str]:
    own = {grant.role for grant in by.grants if grant.source != Source.DELEGATION}
    return [role.value for role in own - NOT_GIVEN - SIGNING]
