"""Chinese characters written in two ways: each is compared as its simplified form, sign by sign, whatever the reader writes."""

from functools import lru_cache
from importlib.resources import files


def simplified(text: str) -> str:
    """陳美 and 陈美 are both 陈美. It folds for comparing; it does not translate: 著 is 着 in every word."""
    return text if text.isascii() else text.translate(_signs())


@lru_cache(maxsize=1)
def _signs() -> dict[int, str]:
    """The table of OpenCC; where a character may become several, the first."""
    table = files("opencc_purepy").joinpath("dicts", "TSCharacters.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if "\t" in line and not line.startswith("#"))
    return {ord(sign): becomes.split()[0] for sign, becomes in rows if len(sign) == 1}
