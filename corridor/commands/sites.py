"""``./run sites capability | year``: what may be assessed at a site, and a year of it, planned against spent."""

import argparse
import json
from datetime import date
from typing import Any

from corridor.foundations import clock
from corridor.foundations.vocabularies.sentences import sentence
from corridor.journeys.recognise import at_the_machine
from corridor.journeys.site_capability import capability_of_site
from corridor.journeys.site_year import SiteYear, Use, year_of_site
from corridor.rooms.assessment.capability import Capability
from corridor.rooms.sites.queries import get_site


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "sites",
        help="what may be assessed at a site, and its years",
        description="What may be assessed at a site on a day and why not, and what was planned, spent and done there in a year.",
    )
    inner = parser.add_subparsers(metavar="WHAT", required=True)
    capability = inner.add_parser(
        "capability",
        help="which units may be assessed there, and why not",
        description="One unit a line, of all that is taught there; below it what stands in the way, or what nobody has written down.",
    )
    capability.add_argument("site", metavar="SITE", help="the site's reference: wks-01")
    capability.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="as on that day; else today")
    capability.add_argument("--json", action="store_true", help="answer as JSON")
    capability.set_defaults(run=run_capability)
    year = inner.add_parser(
        "year",
        help="a year of a site, planned against spent and done",
        description="The lines of the budget with what was spent, each in its own currency, and what was done against what was planned.",
    )
    year.add_argument("site", metavar="SITE", help="the site's reference: wks-01")
    year.add_argument("year", type=int, metavar="YEAR", help="2023")
    year.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="as on that day; else today")
    year.add_argument("--json", action="store_true", help="answer as JSON")
    year.set_defaults(run=run_year)


def run_capability(arguments: argparse.Namespace) -> int:
    """Exit code 1 where something stands in the way of a unit."""
    by, on = at_the_machine(), arguments.on or clock.today()
    site = get_site(reference=arguments.site, by=by)
    found = capability_of_site(site=site, on=on, by=by)
    if arguments.json:
        said = {"site": site.reference, "on": on.isoformat(), "units": [_said(each) for each in found]}
        print(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        for each in found:
            word = "no " if not each.may else "yes" if each.is_asked else "?  "
            print(f"{word} {each.unit.version.curriculum.reference} {each.unit.code}")
            for lack in (*each.lacks, *each.unstated):
                print(f"      {sentence(lack)}")
        if not found:
            print("nothing is taught there")
    return 0 if all(each.may for each in found) else 1


def run_year(arguments: argparse.Namespace) -> int:
    on = arguments.on or clock.today()
    found = year_of_site(site=arguments.site, year=arguments.year, on=on, by=at_the_machine())
    if arguments.json:
        print(json.dumps(_year(found), ensure_ascii=False, indent=2))
        return 0
    for each in found.lines:
        print(f"{each.line.number:>3}  {each.planned!s:>22}  {each.spent!s:>22}  {each.standing:12}  {each.line.what}")
        for money in each.apart:
            print(f"{'':29}{money!s:>22}  no rate")
    for balance in found.balances:
        print(f"all  {balance.planned!s:>22}  {balance.spent!s:>22}  {balance.standing}")
    for name, use in (
        ("sessions", found.sessions),
        ("learners", found.learners),
        ("machine hours", found.machine_hours),
    ):
        planned = "not planned" if use.planned is None else f"{use.planned} planned"
        print(f"{name}: {planned}, {'not known' if use.done is None else f'{use.done} done'}")
    return 0


def _said(found: Capability) -> dict[str, Any]:
    version = found.unit.version
    return {
        "curriculum": version.curriculum.reference, "version": version.version, "unit": found.unit.code, "may": found.may,
        "is_asked": found.is_asked, "exception": found.exception.reason if found.exception else None,
        "lacks": [_lack(each) for each in found.lacks], "unstated": [_lack(each) for each in found.unstated],
    }  # fmt: skip


def _lack(lack: Any) -> dict[str, Any]:
    return {"code": lack.code, "message": sentence(lack), "since": lack.since.isoformat() if lack.since else None}


def _year(found: SiteYear) -> dict[str, Any]:
    uses = {"sessions": found.sessions, "learners": found.learners, "machine_hours": found.machine_hours}
    return {
        "site": found.plan.site.reference, "year": found.plan.year, "on": found.on.isoformat(), "is_over": found.is_over,
        **{name: _use(use) for name, use in uses.items()},
        "lines": [
            {
                "number": each.line.number, "kind": each.line.kind, "what": each.line.what, "planned": str(each.planned),
                "spent": str(each.spent), "standing": each.standing, "apart": [str(money) for money in each.apart],
                "paid_by": each.line.paid_by.reference if each.line.paid_by else None,
            }
            for each in found.lines
        ],
        "rates": [
            {"of": each.of, "into": each.into, "on": each.on.isoformat(), "value": str(each.value), "source": each.source}
            for each in found.rates
        ],
    }  # fmt: skip


def _use(use: Use) -> dict[str, Any]:
    return {"planned": use.planned, "done": None if use.done is None else str(use.done), "standing": use.standing}
