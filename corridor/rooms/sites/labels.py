"""The label on a machine: its address, and whoever holds it."""

from django.conf import settings

from corridor.foundations.access import Actor, Grant, Role

from .models import Equipment, EquipmentLabel

WITHOUT_ACCOUNT = "label"


def address_of(label: EquipmentLabel) -> str:
    """Where a phone goes that reads the label."""
    return f"{settings.PUBLIC_URL}/fault/{label.secret}/"


def the_reporter(equipment: Equipment, by: Actor) -> Actor:
    """Whoever stands before the machine: may do what they could before, and report a fault of this one."""
    grant = Grant(Role.REPORTER, ("equipment", equipment.pk))
    label = by.label if by.user_id is not None else WITHOUT_ACCOUNT
    return Actor(
        label=label, user_id=by.user_id, person_id=by.person_id, grants=by.grants | {grant}, reach=by.reach
    )  # fmt: skip
