"""Parts of a country by their codes of ISO 3166-2."""

import re

from corridor.kernel.errors import Problem
from corridor.kernel.wording import N_


def faults_of_region(region: str, country: str) -> list[Problem]:
    """A part of a country is of that very country: CN-50 is no place in Laos."""
    if not region or re.fullmatch(rf"{re.escape(country)}-[A-Z0-9]{{1,3}}", region):
        return []
    wrong = N_("“%(region)s” is no part of this country; its codes of ISO 3166-2 begin with %(country)s-.")
    return [Problem(wrong, {"region": region, "country": country}, column="region")]
