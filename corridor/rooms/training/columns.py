"""The columns of the sheets of cohorts, learners, sessions and registers, as a folder of the alliance holds them."""

from corridor.foundations.sheets.columns import choice, day, local_time, many, reference, text, user_name, whole
from corridor.foundations.sheets.kinds import Column

from .lifecycle import CohortStatus, EnrolmentStatus, SessionStatus
from .models import CaptureMode, Mark, ParticipantKind, SessionKind, StudyMode

COHORT_COLUMNS = (
    Column("reference", reference(40)),
    Column("programme", reference()),
    Column("curriculum", reference()),
    Column("version", text(20)),
    Column("site", reference()),
    Column("brand", reference(40), required=False),
    Column("demand", reference(), required=False, about="a statement dated on or before the first day"),
    Column("no_demand_reason", text(300), required=False, about="why there is no demand statement"),
    Column("starts_on", day),
    Column("ends_on", day, about="the last day, inside"),
    Column("capacity", whole(1, 2_000), required=False, about="how many places"),
    Column("languages", many(text(12)), required=False, about="tags of languages, the main one first, with ; between"),
    Column("required_share", whole(1, 100), required=False, about="percent of a unit's hours before it is assessed"),
    Column("trainers", many(reference()), required=False, about="persons, with ; between"),
    Column("assessors", many(reference()), required=False, about="persons, with ; between; none of the trainers"),
)
CHANGE_COLUMNS = (
    Column("cohort", reference(40)),
    Column("to_status", choice(CohortStatus)),
    Column("effective_on", day),
    Column("reason", text(300), required=False),
)
ENROLMENT_COLUMNS = (
    Column("cohort", reference(40)),
    Column("number", whole(1, 9_999), about="the seat, as on the register sheet"),
    Column("person", reference()),
    Column("participant_kind", choice(ParticipantKind)),
    Column("sending_organisation", reference(), required=False),
    Column("study_mode", choice(StudyMode)),
    Column("applied_on", day),
    Column("enrolled_on", day, required=False),
    Column("attending_on", day, required=False),
    Column("exit_status", choice(EnrolmentStatus), required=False),
    Column("exit_on", day, required=False),
    Column("reason", text(300), required=False),
)
SESSION_COLUMNS = (
    Column("cohort", reference(40)),
    Column("number", whole(1, 9_999)),
    Column("begins_at", local_time, about="in the site's own time"),
    Column("minutes", whole(1, 1_440)),
    Column("kind", choice(SessionKind)),
    Column("topic", text(200), required=False),
    Column("unit", text(20), required=False, about="the code of a unit of the cohort's curriculum"),
    Column("room", text(80), required=False, about="the name of a room of the site"),
    Column("status", choice(SessionStatus)),
    Column("signed_by", user_name, required=False),
    Column("locked_on", day, required=False),
    Column("capture_mode", choice(CaptureMode), required=False),
    Column("sheet", reference(), required=False, about="the scan of the paper sheet"),
)
ATTENDANCE_COLUMNS = (
    Column("session", whole(1, 9_999)),
    Column("number", whole(1, 9_999), about="the seat, as on the register sheet"),
    Column("mark", choice(Mark)),
)
