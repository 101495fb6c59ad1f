"""Texts in further languages by chance, wherever a certificate or an endorsement can have them."""

from collections.abc import Callable
from random import Random
from typing import Any

from corridor.rooms.credentials.proofs.facts import Alignment, Measured
from tests.rooms.credentials.proofs.cast import HOURS, LEVEL


def in_languages(text: Callable[[], str]) -> dict[str, Any]:
    """What is added to the facts of a certificate."""
    lao, both = f"ລ{text()}", (("km", f"ក{text()}"), ("lo", f"ລ{text()}"))
    return {
        "achievement_names": (("lo", lao), ("zh-Hans", f"中{text()}")), "issuer_names": (("zh-Hans", f"中{text()}"),),
        "description_texts": both, "recognition_texts": both,
        "alignments": (Alignment(text(), LEVEL, names=(("ur", f"سطح{text()}"),)),),
        "measured": (Measured(HOURS, text(), "40", names=(("lo", lao),)),),
    }  # fmt: skip


def claims_in_languages(text: Callable[[], str]) -> dict[str, Any]:
    """What is added to an endorsement; none of it is in English."""
    return {"claims": {"lo": f"ລ{text()}", "th": f"ไ{text()}"}, "names": (("lo", f"ລ{text()}"),)}


def paper_in_languages(chance: Random) -> dict[str, Any]:
    """What a paper says of the languages in which it is written: often nothing, and now and then what no paper says."""
    told = [("th", "en"), ("ur",), ("si", "ta", "en"), ("zh-Hans", "lo", "en"), ("lo", "lo"), ("a", "b", "c", "d"), ()]
    return {} if chance.randrange(3) else {"languages": chance.choice(told)}
