"""``./run figures list | show CODE | open CODE | claims``: every figure, counted, broken down and opened to its records."""

import argparse
import json
from dataclasses import replace
from datetime import date
from typing import Any

from corridor.foundations import clock
from corridor.foundations.access import Actor
from corridor.journeys.recognise import at_the_machine, visitor
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.periods import Period
from corridor.kernel.wording import N_
from corridor.rooms.indicators.answers import FigureAnswer
from corridor.rooms.indicators.queries import (
    check_claims,
    list_indicators,
    open_figure,
    show_figure,
    walk_record,
)
from corridor.rooms.indicators.scopes import Scope

from .figure_pages import claim_page, figure_page, list_page, record_page, rows_page
from .saying import sentence

SCOPE_WORDS = {
    "brand": "a brand, by code or name",
    "kind": "a kind of the indicator's own unit: school, company ... or teacher, student, company_employee",
    "country": "a country or region: LA",
    "site": "a site, by reference",
    "programme": "a programme, by reference",
    "cohort": "a cohort, by reference",
    "sending-country": "where the sending organisation is: LA",
    "conference": "a conference, by reference",
    "curriculum": "a curriculum, by reference",
    "framework": "a framework of qualifications, by code",
    "call": "for the response: a data call, by reference",
    "currency": "for money: its currency, CNY",
    "purpose": "for money: what it is for, like equipment or maintenance",
    "stage": "for the funnel: how far somebody came, like attended",
    "months": "for outcomes: so many months after completing",
}


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "figures",
        help="count figures and open them to their records",
        description="Every figure is counted from records and can be opened to them.",
    )
    inner = parser.add_subparsers(metavar="WHAT", required=True)
    listed = inner.add_parser("list", help="every indicator there is")
    listed.add_argument("--json", action="store_true", help="answer as JSON")
    listed.set_defaults(run=run_list)
    for name, run, about in (
        ("show", run_show, "one figure with its breakdowns, fingerprints and what is missing"),
        ("open", run_open, "the records behind a figure"),
    ):
        words = inner.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".")
        _add_question(words)
        words.set_defaults(run=run)
        if name == "show":
            words.add_argument("--by", metavar="DIM", help="show one breakdown only: country, site, sex ...")
        else:
            words.add_argument("--sample", type=_whole, metavar="N", help="draw N rows at random")
            words.add_argument("--seed", default="", metavar="S", help="the same seed draws the same rows")
            words.add_argument(
                "--row", type=_whole, metavar="N", help="open one row's record, down to what it stands on"
            )
    claims = inner.add_parser("claims", help="check what was published against the records")
    claims.add_argument("--json", action="store_true", help="answer as JSON")
    claims.add_argument("--on", type=_day, metavar="DAY", help="leave out claims about later days")
    claims.set_defaults(run=run_claims)


def _add_question(words: argparse.ArgumentParser) -> None:
    words.add_argument("code", metavar="CODE", help="an indicator: members.active, training.persons_completed ...")
    words.add_argument("--on", type=_day, metavar="DAY", help="the day: 2024-01-18")
    words.add_argument(
        "--from", dest="first", type=_day, metavar="DAY", help="the first day; else since the alliance began"
    )
    words.add_argument("--to", dest="last", type=_day, metavar="DAY", help="the last day, inside")
    for name, about in SCOPE_WORDS.items():
        words.add_argument(f"--{name}", metavar=name.upper(), help=about)
    words.add_argument("--as", dest="reader", choices=["auditor", "visitor"], default="auditor", help="who reads")
    words.add_argument("--fresh", action="store_true", help="count again even where the figure was frozen")
    words.add_argument("--json", action="store_true", help="answer as JSON")


def run_list(arguments: argparse.Namespace) -> int:
    indicators = list_indicators(by=at_the_machine())
    if arguments.json:
        said = [
            {
                "code": each.code,
                "definition_version": each.version,
                "title": str(each.title),
                "unit": each.unit.value,
                "time": each.time.value,
                "additivity": each.additivity.value,
                "dimensions": list(each.dimensions),
                "scope": list(each.keys),
                "collected": each.is_collected,
            }
            for each in indicators
        ]
        print(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        print(list_page(indicators))
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    answered = show_figure(**_question(arguments), at=clock.now(), by=_reader(arguments), fresh=arguments.fresh)
    if arguments.by:
        answered = _only(answered, arguments.by)
    if arguments.json:
        print(json.dumps(answered.as_json(), ensure_ascii=False, indent=2))
    else:
        print(figure_page(answered))
    return 0


def run_open(arguments: argparse.Namespace) -> int:
    by = _reader(arguments)
    opened = open_figure(
        **_question(arguments),
        at=clock.now(),
        by=by,
        sample=arguments.sample,
        seed=arguments.seed,
        fresh=arguments.fresh,
        **({"start": arguments.row, "at_most": 1} if arguments.row else {}),
    )
    if arguments.row:
        if not opened.rows:
            raise BadInput([Problem(N_("There is no row %(number)s that you may see."), {"number": arguments.row})])
        row = opened.rows[0].row
        walked = walk_record(kind=row.record_kind, record_id=row.record_id, by=by)
        print(record_page(walked, as_json=arguments.json))
        return 0
    if not arguments.json:
        print(rows_page(opened))
        return 0
    said = {
        "figure": opened.answer.as_json(),
        "rows": [
            {
                "number": each.number,
                **each.row.as_dict(),
                "reference": each.card.reference if each.card else None,
                "opens": {"kind": each.card.link.kind, "reference": each.card.link.reference}
                if each.card and each.card.link
                else None,
                "erased": each.is_erased,
            }
            for each in opened.rows
        ],
        "of_rows": opened.of_rows,
        "hidden_rows": opened.hidden_rows,
        "cohorts": dict(opened.cohorts),
        "sample": opened.sample,
        "seed": opened.seed or None,
    }
    print(json.dumps(said, ensure_ascii=False, indent=2))
    return 0


def run_claims(arguments: argparse.Namespace) -> int:
    """Exit code 1 if any claim differs."""
    checks = check_claims(at=clock.now(), on=arguments.on or clock.today(), by=at_the_machine())
    if arguments.json:
        said = [
            {
                "claim": each.claim.reference,
                "words": each.claim.words,
                "code": each.claim.code,
                "scope": each.claim.scope,
                "verdict": each.verdict,
                "reason": sentence(each),
                "named": each.named,
                "of": each.of,
            }
            for each in checks
        ]
        print(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        print(claim_page(checks))
    return 1 if any(each.verdict == "differs" for each in checks) else 0


def _question(arguments: argparse.Namespace) -> dict[str, Any]:
    codes = {name.replace("-", "_"): getattr(arguments, name.replace("-", "_")) for name in SCOPE_WORDS}
    scope = Scope.of({key: code for key, code in codes.items() if code})
    if arguments.on and (arguments.first or arguments.last):
        raise BadInput([Problem(N_("Give one day with --on, or a period with --from and --to, not both."))])
    if arguments.first:
        period = Period.through(arguments.first, arguments.last or clock.today())
        return {"code": arguments.code, "scope": scope, "period": period}
    return {"code": arguments.code, "scope": scope, "on": arguments.on or arguments.last or clock.today()}


def _reader(arguments: argparse.Namespace) -> Actor:
    return visitor() if arguments.reader == "visitor" else at_the_machine()


def _only(answered: FigureAnswer, dimension: str) -> FigureAnswer:
    if dimension not in answered.breakdown:
        raise BadInput(
            [
                Problem(
                    N_("%(code)s is not broken down by %(dimension)s. It is by: %(dimensions)s."),
                    {"code": answered.code, "dimension": dimension, "dimensions": ", ".join(answered.breakdown) or "–"},
                )
            ]
        )
    numbers = dict(answered.numbers) | {"breakdown": {dimension: answered.breakdown[dimension]}}
    return replace(answered, numbers=numbers)


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is no day; write it like 2024-01-18") from None


def _whole(word: str) -> int:
    if not word.isascii() or not word.isdigit() or int(word) == 0:
        raise argparse.ArgumentTypeError(f"{word!r} is no whole number above zero")
    return int(word)
