"""From what somebody typed to a scope: keys and codes that exist, brands by their name too, or a refusal that names what there is."""

from collections.abc import Callable, Mapping
from typing import Any

from corridor.foundations.vocabularies.countries import is_country
from corridor.kernel.money import MINOR_UNITS
from corridor.kernel.wording import N_
from corridor.rooms.conferences.models import Conference
from corridor.rooms.curricula.models import Curriculum, FrameworkEdition
from corridor.rooms.funding.models import Purpose
from corridor.rooms.members.models import DataCall
from corridor.rooms.programmes.models import Programme
from corridor.rooms.sites.models import Brand, Site
from corridor.rooms.training.models import Cohort

from .definitions.brands import NO_BRAND
from .definitions.curricula import NO_FRAMEWORK
from .definitions.definition import Definition
from .definitions.funnel import Stage
from .definitions.taking_part import Group
from .refusals import UnknownScope
from .scopes import Scope

NAMED_AT_MOST = 20
LONGEST_MONTHS = 120


def read_scope(definition: Definition, given: str | Scope | Mapping[str, str]) -> Scope:
    """
    The scope in its canonical form.

    :raises UnknownScope: for a key that the indicator does not take, a code that does not exist, or a needed key that is missing.
    """
    scope = given if isinstance(given, Scope) else Scope.parse(given) if isinstance(given, str) else Scope.of(given)
    for key, _code in scope.codes:
        if key not in definition.keys:
            raise UnknownScope(
                N_("%(indicator)s cannot be narrowed by “%(key)s”. It takes: %(keys)s."),
                indicator=definition.code,
                key=key,
                keys=", ".join(sorted(definition.keys)) or "–",
            )
    for key in definition.needs:
        if not scope.get(key):
            raise UnknownScope(
                N_("%(indicator)s needs “%(key)s” in its scope, for example %(example)s."),
                indicator=definition.code,
                key=key,
                example=f"{key}={EXAMPLES[key]}",
            )
    return Scope.of({key: _code_of(definition, key, code) for key, code in scope.codes})


EXAMPLES = {"currency": "CNY", "group": "women", "months": "6"}


def _code_of(definition: Definition, key: str, given: str) -> str:
    if key == "months":
        return _months(given)
    if key in {"country", "sending_country", "reporting_country"}:
        return _country(key, given)
    if key == "currency":
        return _currency(given)
    codes = _kinds(definition) if key == "kind" else READ[key]()
    code = codes.get(given.lower())
    if code is None:
        there = sorted(set(codes.values()))
        raise UnknownScope(
            N_("There is no %(key)s “%(code)s” here. There are: %(codes)s."),
            key=key,
            code=given,
            codes=", ".join(there[:NAMED_AT_MOST]) + (" …" if len(there) > NAMED_AT_MOST else "") or "–",
        )
    return code


def _kinds(definition: Definition) -> dict[str, str]:
    return {value.lower(): value for value in definition.kinds.values} if definition.kinds else {}


def _brands() -> dict[str, str]:
    found = {NO_BRAND: NO_BRAND}
    for code, name in Brand.objects.order_by("code").values_list("code", "name"):
        found |= {name.lower(): code, code.lower(): code}
    return found


def _references(model: Any, field: str = "reference", **also: str) -> Callable[[], dict[str, str]]:
    def read() -> dict[str, str]:
        return also | {code.lower(): code for code in model.objects.values_list(field, flat=True)}

    return read


READ: Mapping[str, Callable[[], dict[str, str]]] = {
    "brand": _brands,
    "call": _references(DataCall),
    "cohort": _references(Cohort),
    "conference": _references(Conference),
    "curriculum": _references(Curriculum),
    "group": lambda: {code: code for code in Group.values},
    "framework": _references(FrameworkEdition, "code", **{NO_FRAMEWORK: NO_FRAMEWORK}),
    "programme": _references(Programme),
    "purpose": lambda: {code: code for code in Purpose.values},
    "site": _references(Site),
    "stage": lambda: {code: code for code in Stage.values},
}


def _country(key: str, given: str) -> str:
    code = given.upper()
    if code.lower() == "unknown" and key == "sending_country":
        return "unknown"
    if not is_country(code):
        raise UnknownScope(
            N_("“%(code)s” is no country or region; write two letters of ISO 3166-1, like LA."), code=given
        )
    return code


def _currency(given: str) -> str:
    code = given.upper()
    if code not in MINOR_UNITS:
        raise UnknownScope(
            N_("“%(currency)s” is no currency; write its three letters (ISO 4217), like LAK."), currency=given
        )
    return code


def _months(given: str) -> str:
    if not given.isascii() or not given.isdigit() or not 0 < int(given) <= LONGEST_MONTHS:
        raise UnknownScope(N_("“%(code)s” is no number of months."), code=given)
    return str(int(given))
