"""Money: nobody keeps records of it here yet, and that is not the same as zero."""

from django.utils.translation import gettext_lazy as _

from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Rule
from corridor.kernel.refusals import NotCollected
from corridor.kernel.wording import N_

from ..scopes import Scope
from .definition import Definition, Form, Gathered, Time, When, Words


def _nothing(scope: Scope, when: When) -> Gathered:  # noqa: ARG001 (every definition is asked the same way)
    raise NotCollected(
        N_("No records of money promised, contracted or paid are collected. That is not the same as zero.")
    )


def _money(code: str, title: Words, counted: Words, time: Time) -> Definition:
    return Definition(
        code=code,
        version=1,
        title=title,
        counted=counted,
        unit=Unit.MONEY,
        additivity=Additivity.ADDS,
        time=time,
        form=Form.MONEY,
        rule=Rule.SUM_AMOUNTS,
        collect=_nothing,
        wrong_way=_("Adding the states of one commitment, or two currencies; calling a promise a payment."),
        follows=_("Our own choice."),
        is_collected=False,
    )


DEFINITIONS = (
    _money(
        "funding.pledged",
        _("Money pledged"),
        _("Commitments whose highest state on the day is pledged, in one currency."),
        Time.ON_DAY,
    ),
    _money(
        "funding.contracted",
        _("Money contracted"),
        _("Commitments whose highest state on the day is contracted, in one currency."),
        Time.ON_DAY,
    ),
    _money(
        "funding.disbursed",
        _("Money disbursed"),
        _("Payments made in the period, in one currency; refunds are shown apart."),
        Time.PERIOD,
    ),
)
