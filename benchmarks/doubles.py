"""The search for organisations that are recorded twice: 5,000 of them at once, and one more after that."""

import random
from datetime import UTC, datetime

from corridor.foundations.access import NIGHTLY
from corridor.rooms.members import actions
from corridor.rooms.members.models import Organisation, OrganisationName, OrganisationPair

from . import stores
from .measuring import Result, milliseconds

AT = datetime(2024, 1, 18, tzinfo=UTC)
COUNT, DOUBLED, ROUNDS = 5_000, 100, 3
SYLLABLES = ["ba", "den", "ko", "lan", "mi", "nor", "pa", "ri", "sa", "tu", "vel", "xin", "yo", "zha"]
SIGNS = "川渝交通江海山林东西南北金华永安明德光大"
TAILS = ["Vocational College", "Technical College", "Polytechnic", "Machinery Co., Ltd.", "Logistics Co., Ltd."]
TAILS_ZH = ["职业技术学院", "技师学院", "机械制造有限公司", "物流有限公司"]


def fill(count: int, *, doubled: int) -> None:
    """``count`` organisations with two names each in two scripts, of which ``doubled`` are written down a second time, a little otherwise."""
    draw = random.Random(7)
    made, names = [], []
    for number in range(count):
        if number >= count - doubled:
            was = number - (count - doubled)
            first, country, city = names[2 * was].name, made[was].country, made[was].city
            title, local = first.replace("College", "Coll.").replace(" ", "  ", 1), ""
        else:
            word = "".join(draw.choice(SYLLABLES) for _ in range(3)).title()
            title = f"{word} {draw.choice(TAILS)}"
            local = "".join(draw.sample(SIGNS, 3)) + draw.choice(TAILS_ZH)
            country, city = draw.choice(["CN", "LA", "TH"]), f"City {number % 90}"
        one = Organisation(
            reference=f"org-{number}", kind="school", country=country, city=city, source_mark="assumed",
        )  # fmt: skip
        made.append(one)
        names.append(OrganisationName(organisation=one, language="en", name=title))
        names.append(OrganisationName(organisation=one, language="zh-Hans", name=local or title))
    Organisation.objects.bulk_create(made, batch_size=500)
    OrganisationName.objects.bulk_create(names, batch_size=500)


def measure(seconds: float) -> list[Result]:  # noqa: ARG001 (one search is one turn)
    """The whole search against a minute, which is what may pass before somebody looks; and one changed organisation against the whole."""
    with stores.kept("doubles"):
        fill(COUNT, doubled=DOUBLED)
        whole = milliseconds(lambda: actions.look_for_doubles(at=AT, by=NIGHTLY, everything=True))
        again = []
        for number in range(ROUNDS):
            changed = OrganisationName.objects.filter(organisation__reference=f"org-{number}", language="en")
            changed.update(name=f"Badenko Polytechnic {number}")
            again.append(milliseconds(lambda: actions.look_for_doubles(at=AT, by=NIGHTLY)))
        pairs = OrganisationPair.objects.count()
    note = f"{pairs} pairs of which {DOUBLED} were made"
    return [
        Result.of(f"search {COUNT:,} organisations", "one minute", "ms", [whole], [60_000.0], goal=1, note=note),
        Result.of("search again after one change", "the whole search", "ms", again, [whole] * ROUNDS, goal=0.1),
    ]
