"""The canonical hash of an agreement of 50 parties and 500 lines, and the difference of two of its versions, in memory."""

import hashlib
import json
import random
from datetime import date
from typing import Any

from corridor.rooms.agreements.canonical import content_of, hash_of
from corridor.rooms.agreements.comparing import differences
from corridor.rooms.agreements.models import Agreement, AgreementLine, AgreementParty, AgreementText
from corridor.rooms.members.models import Organisation

from .measuring import Result, mean_milliseconds

PARTIES, LINES, CLAUSES, CHANGED, ROUNDS = 50, 500, 40, 50, 5
LANGUAGES = ("en", "zh-Hans", "lo")
WORDS = {
    "en": [
        "workshop",
        "trainer",
        "learner",
        "equipment",
        "delivers",
        "within",
        "thirty",
        "days",
        "after",
        "the",
        "start",
        "of",
        "each",
        "cohort",
    ],
    "zh-Hans": list("承办方提供场地电力和管理人员牵头方提供设备和首批教师"),
    "lo": ["ຜູ້ຮັບຮອງ", "ໃຫ້ສະຖານທີ່", "ຜູ້ນຳພາ", "ໃຫ້ອຸປະກອນ", "ແລະ", "ຄູຝຶກ", "ຊຸດທຳອິດ"],
}
# The whole of it may take so long: a page is drawn while somebody waits.
MOST_MS = 50.0


def agreement(changed: int = 0) -> Agreement:
    """Not in any database. ``changed`` of its lines and every tenth clause say something else than in the first."""
    draw = random.Random(11)
    made = Agreement(reference="AGR-2024-9999", starts_on=date(2024, 1, 1))

    def text(language: str, words: int, is_changed: bool) -> str:
        said = [draw.choice(WORDS[language]) for _ in range(words)]
        return ("" if language == "zh-Hans" else " ").join([*said, "2025"] if is_changed else said)

    held: dict[str, list[Any]] = {"texts": [], "lines": []}
    for language in LANGUAGES:
        clauses = [text(language, 40, changed > 0 and number % 10 == 0) for number in range(CLAUSES)]
        held["texts"].append(
            AgreementText(agreement=made, language=language, title=language, body="\n\n".join(clauses))
        )
        held["lines"] += [
            AgreementLine(agreement=made, number=number, language=language, text=text(language, 12, number <= changed))
            for number in range(1, LINES + 1)
        ]
    held["parties"] = [
        AgreementParty(
            agreement=made, organisation=Organisation(reference=f"member-{number}"), position=number, role="leads"
        )
        for number in range(1, PARTIES + 1)
    ]
    made._prefetched_objects_cache = held  # type: ignore[attr-defined]
    return made


def _floor(content: dict[str, Any]) -> str:
    """What a fingerprint costs at least: the same content, written by the standard library, and hashed."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _both_in_words(before: dict[str, Any], after: dict[str, Any]) -> int:
    return len([each.pieces() for each in differences(before, after)])


def measure(seconds: float) -> list[Result]:
    """The hash against json.dumps and SHA-256 of the same content; hash and difference against what a reader may wait."""
    one, other = agreement(), agreement(CHANGED)
    before, after = content_of(one), content_of(other)
    turn = seconds / ROUNDS
    hashed = [mean_milliseconds(lambda: hash_of(one), turn) for _ in range(ROUNDS)]
    bare = [mean_milliseconds(lambda: _floor(before), turn) for _ in range(ROUNDS)]
    compared = [mean_milliseconds(lambda: _both_in_words(before, after), turn) for _ in range(ROUNDS)]
    size = f"{PARTIES} parties, {LINES} lines and {CLAUSES} clauses in {len(LANGUAGES)} languages"
    waits = [MOST_MS] * ROUNDS
    return [
        Result.of("canonical form and hash", "json.dumps and SHA-256 of the same content", "ms", hashed, bare, note=size),
        Result.of("canonical form and hash", f"{MOST_MS:.0f} ms", "ms", hashed, waits, goal=1),
        Result.of(
            "difference by field and in words", f"{MOST_MS:.0f} ms", "ms", compared, waits, goal=1,
            note=f"{len(differences(before, after))} fields differ",
        ),
    ]  # fmt: skip
