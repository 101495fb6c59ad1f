"""
Two frameworks that are no country's, and name each of their parts by an address: ESCO, the European classification of skills, and frameworks that
anybody publishes by CASE (1EdTech). Which of them a unit elsewhere belongs to, its address says.
"""

import re

ESCO, CASE = "esco", "case"
# ESCO stands under the letters that ISO 3166-1 keeps for the European Union, and is the only one that does.
UNION = "EU"
_ESCO = re.compile(r"https?://data\.europa\.eu/esco/(skill|occupation|isco)/[A-Za-z0-9.-]+")
_CASE = re.compile(
    r"https?://[^/\s]+/(\S*/)?(CFItems|uri)/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE
)


def framework_of(address: str) -> str:
    """``esco``, ``case``, or empty for a standard that is published otherwise."""
    if _ESCO.fullmatch(address):
        return ESCO
    return CASE if _CASE.fullmatch(address) else ""
