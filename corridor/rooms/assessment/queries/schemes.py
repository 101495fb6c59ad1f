"""How units are assessed, for whoever is signed in; drafts for who writes them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import AccessDenied, NotFound
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit

from ..lifecycle import SchemeStatus
from ..models import Scheme, SchemeCriterion
from ..schemes import needed_of, schemes_on, whole


def list_schemes(
    *, by: Actor, curriculum: str = "", version: str = "", unit: str = "", status: str = ""
) -> QuerySet[Scheme]:
    """By curriculum, unit and version, the latest first; all that they say has been read."""
    _require_signed_in(by)
    found = Scheme.objects.select_related("unit__version__curriculum").prefetch_related(
        "unit__titles", "instruments__texts", "instruments__criteria__texts", "changes"
    )
    if not by.holds_everywhere(Permission.SCHEME_EDIT):
        found = found.exclude(status=SchemeStatus.DRAFT)
    for field, value in (
        ("unit__version__curriculum__reference", curriculum), ("unit__version__version", version), ("unit__code", unit),
        ("status", status),
    ):  # fmt: skip
        found = found.filter(**{field: value}) if value else found
    return found


def get_scheme(*, key: UUID, by: Actor) -> Scheme:
    """:raises NotFound: if there is none, or it is a draft."""
    found = list_schemes(by=by).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such scheme."))
    return found


def scheme_of(*, unit: Unit, on: date, by: Actor) -> Scheme | None:
    """By which a decision of that day about the unit is made; None: there is none."""
    _require_signed_in(by)
    return schemes_on([(unit.pk, on)]).get((unit.pk, on))


def schemes_by_key(*, keys: Iterable[UUID], by: Actor) -> dict[UUID, Scheme]:
    """Those that decisions were made under."""
    _require_signed_in(by)
    return {each.pk: each for each in whole(keys)}


def needed_criteria(*, scheme: Scheme | None, by: Actor) -> list[SchemeCriterion]:
    """What nobody is competent without; nothing where there is no scheme."""
    _require_signed_in(by)
    return needed_of(scheme) if scheme is not None else []


def _require_signed_in(by: Actor) -> None:
    if by.user_id is None and not by.holds_everywhere(Permission.DECISION_VIEW):
        raise AccessDenied(N_("Sign in to see how units are assessed."))
