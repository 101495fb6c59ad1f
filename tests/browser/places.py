"""Where each page of the roles table is found in the example alliance, and who goes there."""

from dataclasses import dataclass
from uuid import UUID

from tests.contracts.roles_by_route import ROLES, Row, all_rows

from .alliance import Alliance

ACCOUNT_OF = {
    "secretariat": "secretariat", "council": "council", "coordinator": "coordinator-lgtvc", "site_manager": "manager-vientiane",
    "trainer": "trainer", "assessor": "assessor", "learner": "learner", "auditor": "auditor", "key_holder": "key-holder",
    "visitor": None,
}  # fmt: skip
PLACES = {
    "agreement_kind": "framework", "draft": "AGR-2024-0003",
    "agreement": "AGR-2023-0031", "proposed": "AGR-2024-0006", "member": "lgtvc", "announcement": "ANN-2023-0002",
    "unconfirmed": "ANN-2023-0012", "conference": "CONF-2023", "planned": "CONF-2024",
    "resolution": "RES-2023-0002", "demand": "DEM-2023-0007", "cohort": "LGTC-VI-2024-A", "judged": "LGTC-VI-2024-A",
    "curriculum": "vehicle-inspection", "version": "2023", "unit": "VI-01", "programme": "panda-college", "site": "wks-vientiane",
    "credential": "CRD-2023-0052", "own_credential": "CRD-2023-0052", "issuer": "cqipc", "kept_figure": "FIG-2024-0019", "published_edition": "2024",
    "programme_kind": "language", "risk": "1", "draft_edition": "2023", "year": "2023",
    "listed": "wks-vientiane", "brand": "panda", "person": "P-0022", "wave": "WAVE-6M-2023H1",
    "graduate_cohort": "VTE-BS-02", "graduate": "P-0022", "asked": "REQ-2024-0001", "leaver": "P-0090",
    "call": "DTC-2023-0001", "draft_call": "DTC-2024-0001", "answerer": "lgtvc", "proposal": "PRP-2024-0001",
    "application": "APL-2023-0002", "obligation": "OBL-2024-0001", "commitment": "FND-2023-0003",
    "attestation": "ATT-2024-0002", "appeal": "APP-2024-0003",
    "trainer": "P-0001", "pledge": "FND-2024-0001", "new_application": "APL-2023-0003", "approved_application": "APL-2023-0001",
}  # fmt: skip
# Rows whose address says more than places: here the session with that state has another number.
ADDRESSES = {
    # A draft is seen by who writes schemes alone.
    "/schemes/{scheme}/": "/schemes/{published_scheme}/",
    # Two assessors who differ are settled between; the assessor's own second look waits for a judgement.
    "/samples/{sample}/settle/": "/samples/{differing_sample}/settle/",
    "/applications/forms/school/": "/applications/forms/school/versions/1/",
    "/cohorts/{cohort}/sessions/2/sign/": "/cohorts/LGTC-VI-2024-A/sessions/38/sign/",
    "/cohorts/{cohort}/sessions/1/paper/": "/cohorts/LGTC-VI-2024-A/sessions/39/paper/",
    "/cohorts/{cohort}/sessions/1/arrivals/": "/cohorts/LGTC-VI-2024-A/sessions/39/arrivals/",
    "/cohorts/{cohort}/sessions/71/correct/1/": "/cohorts/LGTC-VI-2024-A/sessions/1/correct/1/",
}
# The same page, for a role that has its own.
ADDRESSES_OF = {
    ("/cohorts/{cohort}/close/", "secretariat"): "/cohorts/LGTC-VI-2023-A/close/",
    ("/proposals/{proposal}/", "coordinator"): "/proposals/{own_proposal}/",
    ("/appeals/{appeal}/", "learner"): "/appeals/{own_appeal}/",
}
# What the table reads that is not a page: files and what machines read.
FILES = {
    "/trainers/of/{trainer}/qualifications/{qualification}/paper/", "/learn/files/{own_file}/", "/placements/{placement}/contract/",
    "/audit/checkpoints/{checkpoint}/", "/agreements/{proposed}/scans/{member}/", "/agreements/{proposed}/scans/chongqing/", "/documents/{document}/",
    "/documents/{restricted}/", "/members/{issuer}/did.json", "/.well-known/did.json", "/issuers.json", "/issuers/1.json",
    "/verify/bundle.json", "/verify/manifest.json",
    "/checkpoints.json", "/checkpoints/1.json", "/c/{token}/proof.json", "/status/{issuer}/1", "/status/{issuer}/1/reasons",
    "/c/{token}/credential.json", "/c/{token}/credential.jwt", "/c/{token}/verify/report.pdf", "/credentials/of/{graduate}/transcript.pdf",
    "/credentials/of/{graduate}/transcript.xml", "/credentials/of/{graduate}/transcript.jwt", "/credential-types/certificate",
    "/my-certificates/{own_credential}/all.zip", "/my-certificates/{own_credential}/files/credential.json",
    "/.well-known/openid-credential-issuer", "/.well-known/oauth-authorization-server", "/credentials/status/1",
    "/attestations/held/{attested_token}.json", "/attestations/held/{attested_token}/proof.json",
    "/c/{token}/certificate.pdf", "/reports/{published_edition}/edition.json", "/language/",
    "/evidence/{evidence}/", "/health/live", "/health/ready", "/imports/template/people/csv/", "/obligations/{obligation}/evidence/",
    "/obligations/{obligation}/evidence/1/", "/obligations/calendar/{calendar}.ics", "/funding/{commitment}/papers/contract/",
    "/sites/{site}/visit/photos/{photo}/", "/sites/{site}/years/{year}/spending/{spending}/paper/",
    "/sites/{site}/equipment/{equipment}/paper/", "/sites/{site}/equipment/{equipment}/papers/{repair}/",
    "/worker.js", "/judging/phone/data/", "/judging/phone/manifest.json", "/judging/phone/evidence/{evidence}/",
    "/registers/phone/photos/", "/registers/phone/data/", "/registers/phone/manifest.json", "/registers/files/journal.json",
    "/cohorts/{cohort}/sessions/1/paper/sheet.pdf",
    "/cohorts/{cohort}/registers/week.pdf", "/cohorts/{cohort}/sessions/71/paper/photos/{register_photo}/",
    "/imports/template/oneroster/zip/", "/data-calls/{call}/answers/",
    "/my-data/account/", "/demand/{demand}/paper/file/",
    "/agreements/{proposed}/agreement.pdf", "/agreements/{proposed}/signatures/{signature}/scan/",
    "/announcements/feed.atom", "/announcements/widget/", "/announcements/{announcement}/evidence/{shown}/",
    "/conferences/{conference}/agenda.ics", "/conferences/{conference}/agenda/{item}.ics", "/conferences/{conference}/documents/{paper}/",
    "/conferences/{planned}/delegates/cards.pdf", "/conferences/{planned}/delegates/participants/", "/conferences/{planned}/door/names.json",
    "/timetable/{timetable}.ics",
    # Who has a password changes it on another page.
    "/account/password/first/",
    # Their addresses are secrets that nobody has: test_invitation.py looks at them.
    "/invited/{invited}/",
}  # fmt: skip
# Behind a link that is shown once, or in a draft that the example does not hold: looked at by test_applying.py and test_four_parties_sign.py on
# their way there.
BY_OWN_STEPS = (
    "/cohorts/{judged}/decisions/", "/cohorts/{cohort}/decisions/{unit}/1/files/", "/mentor/", "/arrive/nothing/",
    "/placements/{placement}/", "/learn/cohorts/{recruiting}/apply/", "/keys/vientiane/",
    "/cohorts/{cohort}/trainers/web-trainer/end/",
    "/apply/to/", "/applications/forms/school/add/", "/applications/forms/school/parts/", "/applications/{application}/files/",
    "/applications/{application}/letters/", "/notices/mute/{mute}/",
    "/delegates/", "/conferences/{planned}/delegates/{delegate}/", "/sign/{signing_secret}/", "/shown/", "/claim/",
)  # fmt: skip
# Pages of the table in a further state: what they show differs enough to be looked at for itself.
# Who looks after one member alone is led on to it; the list is looked at with the page of a member.
LED_ON = {"/credentials/layouts/"}
FURTHER = {
    "/credentials/layouts/{issuer}/": ["/credentials/layouts/"],
    "/attestations/{attestation}/": ["/attestations/ATT-2024-0001/", "/attestations/ATT-2024-0003/", "/attestations/ATT-2024-0005/"],
    "/appeals/{appeal}/": ["/appeals/APP-2023-0001/", "/appeals/APP-2024-0001/", "/appeals/APP-2024-0002/"],
    "/samples/{sample}/settle/": ["/samples/{settled_sample}/settle/"],
    "/trainers/": ["/trainers/?state=ended", "/trainers/?language=lo"],
    "/trainers/cascade/": ["/trainers/cascade/?view=tree", "/trainers/cascade/?teaching=has_not_taught"],
    "/trainers/stays/": ["/trainers/stays/?since=2023-01-01&until=2023-12-31"],
    "/account/": ["/account/password/", "/account/confirm/", "/account/app/", "/account/passkeys/add/", "/account/e-mail/"],
    "/imports/{import}/": ["/imports/{import}/table/", "/imports/{import}/columns/", "/imports/{asked_import}/columns/"],
    "/imports/{import}/questions/": ["/imports/{asked_import}/questions/"],
    "/jobs/": ["/jobs/{job}/"],
    "/members/": ["/members/?on=2022-01-31"],
    "/funding/": ["/funding/?into=CNY", "/funding/?state=late"],
    "/funding/{commitment}/": ["/funding/FND-2023-0005/"],
    "/agreements/activation/": ["/agreements/activation/?year=2022&within=12&outcome=activated"],
    "/obligations/calendar/": ["/obligations/calendar/?month=2023-12&whose=all"],
    "/demand-totals/": ["/demand-totals/?per=quarter", "/demand-totals/?per=unit"],
    "/demand/{demand}/": ["/demand/DEM-2022-0003/", "/demand/DEM-2023-0006/"],
    "/occupations/": ["/occupations/?q=731"],
    "/cohorts/{judged}/moderation/": ["/cohorts/LGTC-VI-2023-A/moderation/"],
    "/members/{member}/": ["/members/sainamkhong-fleet-service/"],
    "/announcements/{announcement}/": ["/announcements/ANN-2023-0006/", "/announcements/ANN-2022-0002/", "/announcements/ANN-2023-0013/"],
    "/conferences/{conference}/": ["/conferences/CONF-2024/"],
    "/conferences/{conference}/register/": ["/conferences/CONF-2024/register/"],
    "/agreements/{agreement}/": [
        "/agreements/AGR-2024-0006/", "/agreements/AGR-2024-0003/", "/agreements/AGR-2022-0007/", "/agreements/AGR-2022-0007-A1/",
        "/agreements/AGR-2021-0004/", "/agreements/AGR-2022-0010/", "/agreements/AGR-2024-0004/?on=2024-01-18",
    ],
    "/agreements/{agreement}/compare/?first=1&second=1": [
        "/agreements/AGR-2024-0004/compare/?first=1&second=2", "/agreements/AGR-2022-0007/compare/?first=1&second=2",
    ],
    "/agreements/{agreement}/versions/": ["/agreements/AGR-2022-0007/versions/"],
    "/agreements/new/": ["/agreements/new/?kind=framework"],
    "/figures/members.active/?on=2024-01-18": [
        "/figures/training.persons_completed/?brand=panda&to=2024-01-18",
        "/figures/outcomes.employed_any/?months=6",
        "/figures/credentials.recognised_share/",
        "/figures/funding.pledged/",
        "/figures/funding.disbursed/?currency=CNY",
    ],
    "/figures/members.active/evidence/?on=2024-01-18": [
        "/figures/training.persons_completed/evidence/?brand=panda&to=2024-01-18",
    ],
    "/cohorts/{cohort}/": ["/cohorts/LGTC-VI-2023-A/"],
    "/cohorts/{cohort}/funnel/": ["/cohorts/LGTC-VI-2023-A/funnel/?who=completed"],
    "/timetable/": ["/timetable/?whose=all&site=wks-vientiane"],
    "/cohorts/{cohort}/sessions/1/": ["/cohorts/LGTC-VI-2024-A/sessions/38/", "/cohorts/LGTC-VI-2024-A/sessions/39/"],
    "/programmes/{programme}/": ["/programmes/crane-battambang/", "/programmes/diploma-signalling/"],
    "/programmes/{programme}/steps/": ["/programmes/diploma-signalling/steps/"],
    "/programmes/{programme}/study/": ["/programmes/degree-automotive/study/"],
    "/programmes/{programme}/study/plan/": ["/programmes/degree-automotive/study/plan/"],
    "/programmes/{programme}/log/": ["/programmes/degree-automotive/log/"],
    "/sites/{site}/": ["/sites/wks-luang-prabang/", "/sites/deves-technology-school/"],
    "/sites/{site}/visit/": ["/sites/wks-cebu/visit/"],
    "/sites/{site}/years/": ["/sites/wks-khon-kaen/years/"],
    "/sites/{site}/years/{year}/": ["/sites/wks-vientiane/years/2024/", "/sites/wks-phnom-penh/years/2023/?into=CNY"],
    "/reports/{published_edition}/": [],
}  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """A reader and an address; the roles table says that this reader gets the page."""

    role: str
    address: str


def pages() -> list[Row]:
    """Every row of the table that some role reads as a page."""
    read = [one for one in all_rows() if one.method == "GET" and not one.is_api and 200 in one.codes]
    return [one for one in read if one.url not in FILES | LED_ON and not one.url.startswith(BY_OWN_STEPS)]


def visits(one: Row, alliance: Alliance) -> list[Visit]:
    """
    Who reads the page, and where.

    :raises KeyError: for a place that the example has no record for.
    """
    places = PLACES | tokens(alliance) | alliance.further_places()
    found = []
    for role in (role for role, code in zip(ROLES, one.codes, strict=True) if code == 200):
        address = ADDRESSES_OF.get((one.url, role)) or ADDRESSES.get(one.url) or one.url
        found.append(Visit(role, address.format(**places)))
    return found + [Visit(found[0].role, further.format(**places)) for further in FURTHER.get(one.url, [])]


def tokens(alliance: Alliance) -> dict[str, str]:
    """The addresses that nobody can guess: a certificate of the learner's, and records known by their keys."""
    held = f"SELECT token FROM credentials_credential WHERE reference = '{PLACES['credential']}'"
    seat = (
        "SELECT s.id FROM members_seat s JOIN members_organisation o ON o.id = s.organisation_id "
        f"WHERE o.reference = '{PLACES['member']}'"
    )
    named = (
        "SELECT n.id FROM members_organisationname n JOIN members_organisation o ON o.id = n.organisation_id "
        f"WHERE o.reference = '{PLACES['member']}' ORDER BY n.id"
    )
    equipment = (
        "SELECT e.id FROM sites_equipment e JOIN sites_site s ON s.id = e.site_id "
        f"WHERE s.reference = '{PLACES['site']}' AND e.status = 'in_repair'"
    )
    condition = (
        "SELECT c.id FROM members_applicationcondition c JOIN members_application a ON a.id = c.application_id "
        f"WHERE a.reference = '{PLACES['application']}' AND c.status = 'open'"
    )
    agenda = (
        "SELECT i.id FROM conferences_agendaitem i JOIN conferences_conference c ON c.id = i.conference_id "
        f"WHERE c.reference = '{PLACES['conference']}' ORDER BY i.starts_at"
    )
    kept = f"sites_equipment e ON e.id = r.equipment_id JOIN sites_site s ON s.id = e.site_id WHERE s.reference = '{PLACES['site']}'"
    of_site = f"JOIN sites_site s ON s.id = {{}} WHERE s.reference = '{PLACES['site']}'"
    line = f"sites_planline l JOIN sites_yearplan y ON y.id = l.plan_id {of_site.format('y.site_id')} AND y.year = 2023"
    spending = f"SELECT x.id FROM sites_spending x JOIN {line.replace(' l JOIN', ' l ON l.id = x.line_id JOIN', 1)} AND x.struck_on IS NULL"
    part = f"SELECT p.id FROM sites_sparepart p JOIN sites_site s ON s.id = p.site_id WHERE s.reference = '{PLACES['site']}'"
    correction = (
        "SELECT c.id FROM sites_correction c JOIN sites_review v ON v.id = c.review_id JOIN sites_listing l ON l.id = v.listing_id "
        f"JOIN sites_site s ON s.id = l.site_id WHERE s.reference = '{PLACES['listed']}' AND c.done_on IS NULL"
    )
    unit = (
        "SELECT u.id FROM curricula_unit u JOIN curricula_curriculumversion v ON v.id = u.version_id "
        "JOIN curricula_curriculum c ON c.id = v.curriculum_id "
        f"WHERE c.reference = '{PLACES['curriculum']}' AND v.version = '{PLACES['version']}' AND u.code = '{PLACES['unit']}'"
    )
    watched = (
        "FROM training_observedsession o JOIN training_trainer t ON t.id = o.trainer_id JOIN people_person p ON p.id = t.person_id "
        f"WHERE p.reference = '{PLACES['trainer']}'"
    )
    differing = (
        "SELECT s.id FROM assessment_sample s JOIN assessment_decision d ON d.id = s.decision_id "
        "WHERE s.judged_on IS NOT NULL AND s.result != d.result"
    )
    return {
        "qualification": _uuid(
            alliance,
            "SELECT q.id FROM training_trainerqualification q JOIN training_trainer t ON t.id = q.trainer_id "
            f"JOIN people_person p ON p.id = t.person_id WHERE p.reference = '{PLACES['trainer']}'",
        ),
        "watched": _uuid(alliance, f"SELECT o.id {watched}"),
        "agreed": _uuid(
            alliance, f"SELECT a.id FROM training_agreedaction a WHERE a.observed_id IN (SELECT o.id {watched})"
        ),
        "stay": _uuid(
            alliance,
            "SELECT s.id FROM training_stay s JOIN members_organisation o ON o.id = s.sent_by_id WHERE o.reference = 'lgtvc'",
        ),
        "account": _uuid(alliance, "SELECT id FROM accounts_user"),
        "token": alliance.ask(held)[0][0],
        "entitlement": _uuid(alliance, "SELECT id FROM credentials_entitlement"),
        "claim": _uuid(alliance, "SELECT id FROM curricula_mappingclaim"),
        "seat": _uuid(alliance, seat),
        "application_condition": _uuid(alliance, condition),
        "org_name": str(alliance.ask(named)[0][0]),
        "equipment": _uuid(alliance, equipment),
        "item": _uuid(alliance, agenda),
        "fault": _uuid(alliance, f"SELECT r.id FROM sites_fault r JOIN {kept} AND r.settled_on IS NULL"),
        "repair": _uuid(alliance, f"SELECT r.id FROM sites_repair r JOIN {kept} AND r.ended_on IS NULL"),
        "part": _uuid(alliance, part),
        "correction": _uuid(alliance, correction),
        "photo": _uuid(
            alliance, f"SELECT p.id FROM sites_sitephoto p {of_site.format('p.site_id')} ORDER BY p.position"
        ),
        "showing": _uuid(alliance, f"SELECT p.id FROM sites_siteshowing p {of_site.format('p.site_id')}"),
        "plan_line": _uuid(alliance, f"SELECT l.id FROM {line} ORDER BY l.number"),
        "spending": _uuid(alliance, spending),
        "unit_key": _uuid(alliance, unit),
        "scheme": _uuid(alliance, "SELECT id FROM assessment_scheme WHERE status = 'draft'"),
        "published_scheme": _uuid(alliance, "SELECT id FROM assessment_scheme WHERE status = 'published'"),
        "prior": _uuid(alliance, "SELECT id FROM assessment_priorclaim WHERE status = 'asked'"),
        "sitting": _uuid(alliance, "SELECT id FROM assessment_sitting ORDER BY held_on DESC"),
        "sample": _uuid(
            alliance,
            "SELECT s.id FROM assessment_sample s JOIN people_person p ON p.id = s.second_id "
            f"JOIN accounts_user u ON u.id = p.user_id WHERE u.username = '{ACCOUNT_OF['assessor']}' AND s.judged_on IS NULL",
        ),
        "differing_sample": _uuid(alliance, f"{differing} AND s.settled = '' ORDER BY s.judged_on DESC"),
        "settled_sample": _uuid(alliance, f"{differing} AND s.settled != ''"),
        "appealable": _uuid(
            alliance,
            "SELECT d.id FROM assessment_decision d JOIN training_enrolment e ON e.id = d.enrolment_id "
            "JOIN people_person p ON p.id = e.person_id JOIN accounts_user u ON u.id = p.user_id "
            f"WHERE u.username = '{ACCOUNT_OF['learner']}' AND d.status = 'final' ORDER BY d.decided_on DESC",
        ),
        "work": _uuid(alliance, "SELECT id FROM assessment_employment WHERE ends_before IS NULL ORDER BY id"),
        "licence": _uuid(alliance, "SELECT id FROM assessment_licence ORDER BY ends_before DESC"),
    }


def _uuid(alliance: Alliance, statement: str) -> str:
    """The key of the first of these rows, as it stands in an address."""
    return str(UUID(alliance.ask(statement)[0][0]))
