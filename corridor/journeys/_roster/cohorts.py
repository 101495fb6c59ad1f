"""The organisations of a package, which are found or told of, and its groups of learners, which are cohorts or may become them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from corridor.foundations.access import Permission
from corridor.foundations.sheets.importing import Given, Planned, Shift, Verdict, refused
from corridor.foundations.sheets.resolving import by_reference
from corridor.kernel.errors import Refusal
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation, OrganisationIdentifier
from corridor.rooms.programmes.models import Programme
from corridor.rooms.sites.models import Site, SiteName
from corridor.rooms.training.actions import CohortPlan, open_cohorts
from corridor.rooms.training.actions.sourced_ids import Sourced, keep_sourced_ids
from corridor.rooms.training.models import Cohort
from corridor.rooms.training.opening import Ground
from corridor.rooms.training.sourcing import cohorts_called, cohorts_referenced

from .verdicts import Asking, brought, remark, unchanged

_REFERENCE = re.compile(r"[A-Za-z0-9_-]{1,40}")
# Why a cohort that a package brings cites no demand statement; it stands in its record, in the language of records.
REASON = "Brought in with a package of OneRoster."


class Places:
    """The sites and organisations that some rows name: by our key or reference, by a number they are known by, or by their whole name."""

    def __init__(self, codes: Sequence[str], names: Sequence[str]) -> None:
        wanted = [code for code in codes if code]
        self.sites = by_reference(Site.objects, wanted)
        self.organisations = by_reference(Organisation.objects, wanted)
        numbers = OrganisationIdentifier.objects.filter(value__in=wanted).select_related("organisation")
        self.organisations |= {row.value: row.organisation for row in numbers}
        self.sites |= {str(key): site for key, site in Site.objects.in_bulk(_keys(wanted)).items()}
        self.organisations |= {str(key): one for key, one in Organisation.objects.in_bulk(_keys(wanted)).items()}
        self.called: dict[str, set[Site]] = {}
        for row in SiteName.objects.filter(text__in=[name for name in names if name]).select_related("site"):
            self.called.setdefault(row.text, set()).add(row.site)

    def site(self, key: str, code: str, name: str) -> Site | None:
        found = self.called.get(name, set())
        return self.sites.get(key) or self.sites.get(code) or (next(iter(found)) if len(found) == 1 else None)

    def organisation(self, key: str, code: str) -> Organisation | None:
        found = self.organisations.get(key) or self.organisations.get(code)
        return found.surviving() if found else None


def _keys(values: Sequence[str]) -> list[UUID]:
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


def plan_organisations(rows: Sequence[Given]) -> dict[int, Planned]:
    """Whom each row means; nothing is written about organisations."""
    if not rows:
        return {}
    places = Places([code for row in rows for code in (row["sourced_id"], row["code"])], [row["title"] for row in rows])
    decided = {}
    for row in rows:
        site = places.site(row["sourced_id"], row["code"], row["title"])
        one = site or places.organisation(row["sourced_id"], row["code"])
        if one is None:
            said = remark(
                row, "title", "unknown", N_("No site and no organisation here has this identifier, code or name; it is left aside.")
            )  # fmt: skip
            decided[row.number] = unchanged(row, "", said)
        else:
            decided[row.number] = unchanged(row, one.reference)
    return decided


def plan_cohorts(rows: Sequence[Given], asking: Asking) -> dict[int, Planned]:
    """A verdict for each row, by its number. Which cohort a row means is remembered for the rows of places that follow."""
    if not rows:
        return {}
    called = cohorts_called(rows[0]["source"], [row["sourced_id"] for row in rows], by=asking.by)
    referenced = cohorts_referenced([row["code"] for row in rows if row["sourced_id"] not in called], by=asking.by)
    decided, fresh = {}, []
    for row in rows:
        key = row["sourced_id"]
        cohort = called.get(key) or referenced.get(row["code"])
        if cohort is not None:
            asking.seen["cohort", key] = cohort
            decided[row.number] = _standing(row, cohort, is_called=key in called, asking=asking)
        elif row["status"] == "tobedeleted":
            decided[row.number] = unchanged(row)
        elif asking.answers.get("unknown_cohort") != "open":
            decided[row.number] = refused(
                row, "code", "unknown_cohort", N_("No cohort here is called “%(cell)s”."),
                fix=N_("Write the reference of its cohort into the column classCode, or answer that cohorts are to be opened."),
            )  # fmt: skip
        else:
            fresh.append(row)
    return decided | _opened(fresh, asking)


def _standing(row: Given, cohort: Cohort, *, is_called: bool, asking: Asking) -> Planned:
    if not asking.by.may(Permission.LEARNER_ENROL, on=cohort):
        return refused(
            row, "code", "not_yours", N_("%(cell)s is no cohort that you may write about."), cell=cohort.reference,
            fix=N_("Leave the row out; the site that holds the cohort can import it."),
        )  # fmt: skip
    if row["status"] == "tobedeleted":
        said = remark(row, "status", "not_deleted", N_("A package deletes no cohort; it stays as it is."))
        return unchanged(row, cohort.reference, said)
    if is_called:
        return unchanged(row, cohort.reference)
    shift = Shift("sourced_id", "", row["sourced_id"])
    return Planned(row, Verdict.UPDATE, cohort.reference, cohort.pk, (shift,), (), cohort)


def _opened(rows: Sequence[Given], asking: Asking) -> dict[int, Planned]:
    if not rows:
        return {}
    places = Places([code for row in rows for code in (row["school"], row["school_code"])], [row["school_name"] for row in rows])  # fmt: skip
    programmes = by_reference(
        Programme.objects.select_related("curriculum_version__curriculum"), [row["programme"] for row in rows]
    )
    taken = set(Cohort.objects.filter(reference__in=[row["code"] for row in rows]).values_list("reference", flat=True))
    decided: dict[int, Planned] = {}
    plans: dict[int, CohortPlan] = {}
    for row in rows:
        plan = _plan(row, programmes.get(row["programme"]), places, taken, asking)
        if isinstance(plan, Planned):
            decided[row.number] = plan
        else:
            plans[row.number] = plan
            taken.add(plan.reference)
    ground = Ground.under(
        programmes=[plan.programme for plan in plans.values()], sites=[plan.site for plan in plans.values()],
        versions=[plan.curriculum_version for plan in plans.values()],
    )  # fmt: skip
    for row in rows:
        if row.number in plans:
            decided[row.number] = _on_ground(row, plans[row.number], ground, asking)
    return decided


def _plan(
    row: Given, programme: Programme | None, places: Places, taken: set[str], asking: Asking
) -> CohortPlan | Planned:
    site = places.site(row["school"], row["school_code"], row["school_name"])
    if site is None:
        return refused(
            row, "school_code", "unknown_site", N_("No site here has this identifier, code or name (%(cell)s)."),
            cell=row["school_code"] or row["school_name"] or row["school"],
            fix=N_("Write the reference of the site into the column identifier of its record."),
        )  # fmt: skip
    if not asking.by.may(Permission.COHORT_OPEN, on=site):
        return refused(
            row, "school_code", "not_yours", N_("You open no cohorts at %(cell)s."), cell=site.reference,
            fix=N_("Leave the row out; the manager of the site can import it."),
        )  # fmt: skip
    if programme is None or programme.curriculum_version is None:
        return refused(
            row, "programme", "unknown_programme", N_("“%(cell)s” is no programme with a curriculum that a cohort could be opened under."),
            fix=N_("Write the reference of the programme into the column courseCode."),
        )  # fmt: skip
    if not _REFERENCE.fullmatch(row["code"]) or row["code"] in taken:
        return refused(
            row, "code", "reference", N_("“%(cell)s” cannot be the reference of a new cohort: it is taken, or no reference."),
            fix=N_("Write up to 40 of the letters A to Z, digits, “-” and “_” into the column classCode."),
        )  # fmt: skip
    if row["starts_on"] is None or row["ends_before"] is None:
        return refused(
            row, "starts_on", "no_days", N_("The package does not say from when until when."),
            fix=N_("Send the table of terms with it."),
        )  # fmt: skip
    return CohortPlan(
        reference=row["code"], programme=programme, curriculum_version=programme.curriculum_version, site=site,
        starts_on=row["starts_on"], ends_before=row["ends_before"], no_demand_reason=REASON,
    )  # fmt: skip


def _on_ground(row: Given, plan: CohortPlan, ground: Ground, asking: Asking) -> Planned:
    try:
        ground.require_room_for(plan)
    except Refusal as no:
        places = {name: str(value) for name, value in no.places.items()}
        return refused(row, "code", no.code, no.message, **places)
    key = new_id()
    asking.seen["cohort", row["sourced_id"]] = Cohort(
        pk=key, reference=plan.reference, site=plan.site, starts_on=plan.starts_on, ends_before=plan.ends_before,
        status=Cohort.LIFE.first.value,
    )  # fmt: skip
    return Planned(row, Verdict.CREATE, plan.reference, key, brought(row), (), plan)


def apply_cohorts(planned: Sequence[Planned], asking: Asking) -> None:
    plans = [replace(each.record, key=each.subject) for each in planned if each.verdict == Verdict.CREATE]
    if plans:
        open_cohorts(plans=plans, by=asking.by)
    cohorts = Cohort.objects.select_related("site").in_bulk([each.subject for each in planned])
    ids = [
        Sourced(cohorts[each.subject], each.given["source"], each.given["sourced_id"])
        for each in planned
        if each.subject is not None
    ]
    if ids:
        keep_sourced_ids(ids=ids, by=asking.by)
