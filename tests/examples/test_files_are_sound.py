"""The files point at each other, follow the lives that the rooms declare, and keep to the days."""

from collections import defaultdict
from datetime import date

import pytest

from corridor.foundations.lifecycles.life import Lifecycle
from corridor.rooms.agreements.lifecycle import AGREEMENT
from corridor.rooms.conferences.lifecycle import ANNOUNCEMENT
from corridor.rooms.credentials.lifecycle import CREDENTIAL
from corridor.rooms.members.lifecycle import MEMBERSHIP
from corridor.rooms.programmes.lifecycle import PROGRAMME
from corridor.rooms.sites.lifecycle import SITE
from corridor.rooms.training.lifecycle import COHORT

from .folder import EXAMPLE, Row, attendance, table

# Table, column, the table and column it points at.
POINTERS = [
    ("member_names", "organisation", "members", "reference"),
    ("memberships", "organisation", "members", "reference"),
    ("curricula", "developer", "members", "reference"),
    ("mapping_claims", "evidence", "documents", "reference"),
    ("announcements", "owner", "members", "reference"),
    ("announcements", "conference", "conferences", "reference"),
    ("announcement_reports", "announcement", "announcements", "reference"),
    ("agreements", "announcement", "announcements", "reference"),
    ("agreements", "kind", "agreement_kinds", "code"),
    ("agreements", "parent", "agreements", "reference"),
    ("agreements", "renews", "agreements", "reference"),
    ("agreement_clauses", "kind", "agreement_kinds", "code"),
    ("agreement_lines", "agreement", "agreements", "reference"),
    ("agreement_counters", "agreement", "agreements", "reference"),
    ("agreement_counters", "member", "members", "reference"),
    ("agreement_amendments", "agreement", "agreements", "reference"),
    ("agreement_amendments", "scan", "documents", "reference"),
    ("agreement_steps", "agreement", "agreements", "reference"),
    ("agreement_changes", "successor", "agreements", "reference"),
    ("agreement_parties", "agreement", "agreements", "reference"),
    ("agreement_parties", "organisation", "members", "reference"),
    ("agreement_parties", "scan", "documents", "reference"),
    ("demand", "employer", "members", "reference"),
    ("demand", "replaces", "demand", "reference"),
    ("sites", "host", "members", "reference"),
    ("listings", "site", "sites", "reference"),
    ("listings", "brand", "brands", "code"),
    ("programmes", "agreement", "agreements", "reference"),
    ("programmes", "announcement", "announcements", "reference"),
    ("programme_members", "programme", "programmes", "reference"),
    ("programme_members", "organisation", "members", "reference"),
    ("cohorts", "programme", "programmes", "reference"),
    ("cohorts", "site", "sites", "reference"),
    ("cohorts", "demand", "demand", "reference"),
    ("enrolments", "cohort", "cohorts", "reference"),
    ("enrolments", "person", "people", "reference"),
    ("enrolments", "sending_organisation", "members", "reference"),
    ("sessions", "cohort", "cohorts", "reference"),
    ("sessions", "signed_by", "accounts", "username"),
    ("sessions", "sheet", "documents", "reference"),
    ("placements", "cohort", "cohorts", "reference"),
    ("placements", "company", "members", "reference"),
    ("placement_tasks", "cohort", "cohorts", "reference"),
    ("contact_checks", "cohort", "cohorts", "reference"),
    ("language_levels", "cohort", "cohorts", "reference"),
    ("language_goals", "cohort", "cohorts", "reference"),
    ("platform_links", "cohort", "cohorts", "reference"),
    ("jobs_to_return", "cohort", "cohorts", "reference"),
    ("selection_criteria", "cohort", "cohorts", "reference"),
    ("offers", "cohort", "cohorts", "reference"),
    ("decisions", "assessor", "people", "reference"),
    ("entitlements", "issuer", "members", "reference"),
    ("entitlements", "programme", "programmes", "reference"),
    ("recognition", "document", "documents", "reference"),
    ("awards", "cohort", "cohorts", "reference"),
    ("edition_figures", "edition", "editions", "reference"),
    ("edition_figures", "signed_by", "accounts", "username"),
    ("edition_figures", "second_by", "accounts", "username"),
    ("merges", "person", "people", "reference"),
    ("person_photos", "person", "people", "reference"),
    ("merges", "into", "people", "reference"),
    ("living/devices", "by", "accounts", "username"),
    ("living/device_registers", "device", "living/devices", "device"),
    ("living/device_registers", "cohort", "cohorts", "reference"),
    ("living/registers", "cohort", "cohorts", "reference"),
    ("living/conflict_decisions", "by", "accounts", "username"),
    ("living/planned_sessions", "cohort", "cohorts", "reference"),
    ("living/transfers", "to", "cohorts", "reference"),
]
LIVES: list[tuple[str, tuple[str, ...], Lifecycle, str]] = [
    ("announcement_changes", ("announcement",), ANNOUNCEMENT, "announced"),
    ("site_changes", ("site",), SITE, "proposed"),
    ("programme_changes", ("programme",), PROGRAMME, "proposed"),
    ("cohort_changes", ("cohort",), COHORT, "planned"),
    ("agreement_changes", ("agreement",), AGREEMENT, "in_force"),
    ("credential_changes", ("cohort", "number"), CREDENTIAL, "issued"),
]


def by(rows: list[Row], *columns: str) -> dict[tuple[str, ...], list[Row]]:
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row[column] for column in columns)].append(row)
    return found


@pytest.mark.parametrize(("name", "column", "other", "key"), POINTERS)
def test_every_pointer_has_its_row(name, column, other, key):
    there = {row[key] for row in table(other)}
    assert sorted({row[column] for row in table(name) if row[column]} - there) == []


@pytest.mark.parametrize(("name", "keys", "life", "now"), LIVES)
def test_lives_take_allowed_steps_in_the_order_of_days(name, keys, life, now):
    for thing, steps in by(table(name), *keys).items():
        state, last = now, ""
        for step in steps:
            assert life.may_become(state, life.first.__class__(step["to_status"])), (name, thing, state, step)
            assert step["effective_on"] >= last, (name, thing, step)
            state, last = step["to_status"], step["effective_on"]


def test_memberships_begin_with_an_application_and_a_new_one_only_after_an_end():
    for organisation, steps in by(table("memberships"), "organisation").items():
        state, last = "", ""
        for step in steps:
            if step["to_status"] == "applied":
                assert state in {"", "withdrawn", "rejected"}, organisation
            else:
                assert MEMBERSHIP.may_become(state, MEMBERSHIP.first.__class__(step["to_status"])), (organisation, step)
            assert step["effective_on"] >= last, organisation
            state, last = step["to_status"], step["effective_on"]


def test_every_document_stands_in_its_folder_and_is_small():
    files = {row["file"] for row in table("documents")}
    assert files == {path.name for path in (EXAMPLE / "documents").iterdir()}
    assert max(path.stat().st_size for path in (EXAMPLE / "documents").iterdir()) < 80_000


def test_programmes_are_approved_when_all_have_signed_and_run_when_it_is_in_force():
    signed = {
        key[0]: [row["signed_on"] for row in rows] for key, rows in by(table("agreement_parties"), "agreement").items()
    }
    starts = {row["reference"]: row["starts_on"] for row in table("agreements")}
    agreement = {row["reference"]: row["agreement"] for row in table("programmes")}
    for step in table("programme_changes"):
        under = agreement[step["programme"]]
        assert all(signed[under]), step
        assert max(signed[under]) <= step["effective_on"], step
        if step["to_status"] == "running":
            assert starts[under] <= step["effective_on"], step


def test_cohorts_open_where_and_when_they_may():
    programmes = {row["reference"]: row for row in table("programmes")}
    approved = {
        row["programme"]: row["effective_on"] for row in table("programme_changes") if row["to_status"] == "approved"
    }
    opened = {row["site"]: row["effective_on"] for row in table("site_changes") if row["to_status"] == "operating"}
    listed = {(row["site"], row["brand"]): row["starts_on"] for row in table("listings")}
    published = {(row["curriculum"], row["version"]): row["published_on"] for row in table("curricula")}
    stated = {row["reference"]: row["stated_on"] for row in table("demand")}
    for row in table("cohorts"):
        starts = row["starts_on"]
        assert row["site"] in programmes[row["programme"]]["sites"].split(";"), row
        assert approved[row["programme"]] <= starts, row
        assert opened[row["site"]] <= starts, row
        assert published[row["curriculum"], row["version"]] <= starts, row
        assert not row["brand"] or listed[row["site"], row["brand"]] <= starts, row
        assert bool(row["demand"]) != bool(row["no_demand_reason"]), row
        assert not row["demand"] or stated[row["demand"]] <= starts, row
        assert not set(row["trainers"].split(";")) & set(row["assessors"].split(";")) - {""}, row


def test_enrolments_keep_the_order_of_their_days():
    for row in table("enrolments"):
        days = [row[name] for name in ("applied_on", "enrolled_on", "attending_on", "exit_on") if row[name]]
        assert days == sorted(days), row
        assert not row["attending_on"] or row["enrolled_on"], row


def test_marks_are_of_learners_who_were_there_and_nobody_is_left_out():
    enrolments = by(table("enrolments"), "cohort")
    sessions = by(table("sessions"), "cohort")
    for cohort, rows in attendance().items():
        marked = by(rows, "session")
        for session in sessions[cohort,]:
            day, got = session["begins_at"][:10], {row["number"] for row in marked.get((session["number"],), [])}
            if session["status"] in {"planned", "cancelled"}:
                assert not got, session
                continue
            may = {row["number"] for row in enrolments[cohort,] if row["attending_on"] and row["attending_on"] <= day
                   and day <= (row["exit_on"] or "9999")}  # fmt: skip
            must = {
                row["number"]
                for row in enrolments[cohort,]
                if row["number"] in may and day < (row["exit_on"] or "9999")
            }
            assert must <= got <= may, session


def test_nobody_is_at_two_sessions_at_once():
    seats = {(row["cohort"], row["number"]): row["person"] for row in table("enrolments")}
    begins = {(row["cohort"], row["number"]): row["begins_at"] for row in table("sessions")}
    seen: dict[tuple[str, str], str] = {}
    for cohort, rows in attendance().items():
        for row in rows:
            place = (seats[cohort, row["number"]], begins[cohort, row["session"]])
            assert seen.setdefault(place, cohort) == cohort, place


def test_what_a_register_says_comes_once_by_sheet_or_by_what_people_did():
    planned = {(row["cohort"], row["number"]): row["status"] for row in table("sessions")}
    new = {(row["cohort"], row["number"]) for row in table("living/planned_sessions")}
    for name in ("living/device_registers", "living/device_files", "living/registers"):
        for row in table(name):
            session = (row["cohort"], row["session"])
            assert (session in new) != (planned.get(session) == "planned"), session


def test_all_kinds_of_mark_capture_and_end_occur():
    assert {row["mark"] for rows in attendance().values() for row in rows} == {"present", "late", "absent", "excused"}
    assert {row["status"] for row in table("sessions")} == {"planned", "held", "locked", "cancelled"}
    assert {row["kind"] for row in table("sessions")} == {"theory", "practice", "language", "company"}
    assert {row["capture_mode"] for row in table("sessions")} == {"", "live", "late", "paper", "imported"}
    ends = {row["exit_status"] for row in table("enrolments")}
    assert ends == {"", "completed", "withdrew", "transferred", "never_started", "suspended"}


def test_decisions_are_made_by_assessors_of_the_cohort_and_repeated_only_after_a_final_no():
    assessors = {row["reference"]: row["assessors"].split(";") for row in table("cohorts")}
    for key, rows in by(table("decisions"), "cohort", "number", "unit").items():
        for place, row in enumerate(rows, start=1):
            assert row["attempt"] == str(place), key
            assert row["assessor"] in assessors[row["cohort"]], key
            assert not row["final_on"] or row["final_on"] >= row["decided_on"], key
            if place > 1:
                before = rows[place - 2]
                assert before["result"] == "not_yet_competent", key
                assert "" < before["final_on"] <= row["decided_on"], key


def test_awards_stand_on_final_decisions_an_entitlement_and_a_key():
    cohorts = {row["reference"]: row for row in table("cohorts")}
    decisions, allowed = by(table("decisions"), "cohort"), by(table("entitlements"), "issuer", "site", "programme")
    keys = by(table("keys"), "organisation")
    for row in table("awards"):
        cohort, on = cohorts[row["cohort"]], row["awarded_on"]
        assert all("" < each["final_on"] <= on for each in decisions[row["cohort"],]), row
        own = allowed[row["issuer"], cohort["site"], cohort["programme"]]
        assert any(each["starts_on"] <= on <= each["ends_on"] for each in own), row
        assert any(each["valid_from"] <= on < each["valid_before"] for each in keys[row["issuer"],]), row


def test_the_wave_asks_everybody_who_completed_and_counts_make_sense():
    (wave,) = table("waves")
    done = {(row["cohort"], row["number"]) for row in table("enrolments")
            if row["exit_status"] == "completed" and row["cohort"] in wave["cohorts"].split(";")}  # fmt: skip
    rows = table("follow_ups")
    assert {(row["cohort"], row["number"]) for row in rows} == done
    assert all(row["ends_on"] <= "2023-06-30" for row in table("cohorts") if row["reference"] in wave["cohorts"])
    asked = [row for row in rows if row["asked_on"]]
    reached = [row for row in rows if row["reached_on"]]
    answered = [row for row in rows if row["answered_on"]]
    assert len(rows) > len(asked) > len(reached) > 0
    assert len(reached) > len([row for row in answered if row["source"] == "self"]) > 0
    assert {row["working"] for row in rows} == {"yes", "no", "unknown"}


def test_the_last_week_has_something_to_do():
    today = date(2024, 2, 2)
    register = [row for row in table("sessions") if row["cohort"] == "LGTC-VI-2024-A"]
    seats = [row for row in table("enrolments") if row["cohort"] == "LGTC-VI-2024-A"]
    assert len(seats) == 40
    assert not any(row["exit_status"] for row in seats)
    assert [row["status"] for row in register if row["begins_at"] == f"{today} 08:30"] == ["planned"]
    assert [row["begins_at"][:10] for row in register if row["status"] == "held"] == ["2024-02-01"]
    waiting = [
        row for row in table("agreement_parties") if row["agreement"] == "AGR-2024-0006" and not row["signed_on"]
    ]
    assert len(waiting) == 2
    assert "lgtvc" in {row["organisation"] for row in waiting}
    assert [row["reference"] for row in table("announcements") if not row["confirmed_by"]] == ["ANN-2023-0012"]


def test_names_stand_in_twelve_languages_some_with_one_word_and_some_very_long():
    people = table("people")
    tongues = by(people, "own_language")
    assert {key[0] for key in tongues} == {
        "en", "zh-Hans", "id", "ko", "th", "si", "ta", "lo", "my", "km", "fil", "ur",
    }  # fmt: skip
    assert any(" " not in row["own_name"] for row in tongues["id",])
    assert any(" " not in row["own_name"] for row in tongues["my",])
    assert any(len(row["own_name"].split()) >= 4 for row in tongues["si",])
    assert len({row["own_name"] for row in people}) == len(people) - 2
    assert {row["sex"] for row in people} == {"female", "male", "unknown"}
    assert any(not row["born_on"] for row in people)
