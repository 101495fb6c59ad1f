"""
How a state looks, for all things: one fixed colour, one icon and one word per code.

The codes are those of the rooms' ``lifecycle.py``, of the states that questions compute (silent, at risk, expiring ...), and of verdicts.
A code looks the same wherever it stands. Tones: quiet (nothing happened yet), agreed (promised), prep (on its way), running (alive),
done (finished well), silent (nobody speaks), withdrawn (taken back), bad (stands in the way).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Look:
    tone: str
    icon: str


@dataclass(frozen=True)
class Pill:
    tone: str
    icon: str
    word: str | Promise


LOOKS: dict[str, tuple[Look, Promise]] = {
    # members and applications
    "applied": (Look("quiet", "inbox"), pgettext_lazy("state", "Applied")),
    "under_review": (Look("prep", "eye"), pgettext_lazy("state", "Under review")),
    "approved": (Look("agreed", "thumb-up"), pgettext_lazy("state", "Approved")),
    "active": (Look("running", "circle-check"), pgettext_lazy("state", "Active")),
    "invited": (Look("prep", "mail"), pgettext_lazy("state", "Invited")),
    "at_risk": (Look("prep", "alert-triangle"), pgettext_lazy("state", "At risk")),
    "dormant": (Look("silent", "zzz"), pgettext_lazy("state", "Dormant")),
    "submitted": (Look("agreed", "send"), pgettext_lazy("state", "Submitted")),
    "in_review": (Look("prep", "eye"), pgettext_lazy("state", "In review")),
    "with_conditions": (Look("agreed", "list-check"), pgettext_lazy("state", "Approved with conditions")),
    "handed_in": (Look("agreed", "inbox"), pgettext_lazy("state", "Handed in")),
    "rejected": (Look("bad", "ban"), pgettext_lazy("state", "Rejected")),
    "suspended": (Look("bad", "player-pause"), pgettext_lazy("state", "Suspended")),
    "withdrawn": (Look("withdrawn", "arrow-back-up"), pgettext_lazy("state", "Withdrawn")),
    "ended": (Look("withdrawn", "flag-off"), pgettext_lazy("state", "Ended")),
    "erased": (Look("withdrawn", "eraser"), pgettext_lazy("state", "Erased")),
    "confirmed": (Look("agreed", "checks"), _("Confirmed")),
    "objected": (Look("bad", "ban"), _("Not agreed")),
    "asked": (Look("quiet", "message-question"), pgettext_lazy("state of a request", "Asked")),
    "merged": (Look("withdrawn", "arrow-merge"), pgettext_lazy("state", "Merged")),
    # conferences, sessions, follow-up waves
    "planned": (Look("quiet", "calendar"), pgettext_lazy("state", "Planned")),
    "held": (Look("running", "calendar-check"), pgettext_lazy("state", "Held")),
    "locked": (Look("done", "lock"), pgettext_lazy("state", "Locked")),
    "cancelled": (Look("withdrawn", "calendar-off"), pgettext_lazy("state", "Cancelled")),
    "late": (Look("prep", "clock"), pgettext_lazy("state", "Late")),
    "open": (Look("quiet", "circle-dashed"), pgettext_lazy("state", "Open")),
    "closed": (Look("withdrawn", "door-off"), pgettext_lazy("state", "Closed")),
    # steps of approval and risks of a programme
    "returned": (Look("prep", "arrow-back-up"), pgettext_lazy("state of a step", "Returned")),
    "came_true": (Look("bad", "alert-triangle"), pgettext_lazy("state", "Came true")),
    # announcements
    "announced": (Look("quiet", "speakerphone"), pgettext_lazy("state", "Announced")),
    "agreed": (Look("agreed", "writing-sign"), pgettext_lazy("state", "Agreed")),
    "in_preparation": (Look("prep", "tools"), pgettext_lazy("state", "In preparation")),
    "running": (Look("running", "player-play"), pgettext_lazy("state", "Running")),
    "done": (Look("done", "check"), pgettext_lazy("state", "Done")),
    "silent": (Look("silent", "volume-off"), pgettext_lazy("state", "Silent")),
    # agreements and obligations
    "draft": (Look("quiet", "pencil"), pgettext_lazy("state", "Draft")),
    "proposed": (Look("quiet", "bulb"), pgettext_lazy("state", "Proposed")),
    "signed": (Look("agreed", "signature"), pgettext_lazy("state", "Signed")),
    "in_force": (Look("running", "circle-check"), pgettext_lazy("state", "In force")),
    "activated": (Look("running", "bolt"), pgettext_lazy("state", "Activated")),
    "expiring": (Look("prep", "hourglass-low"), pgettext_lazy("state", "Expiring")),
    "renewed": (Look("done", "rotate-clockwise"), pgettext_lazy("state", "Renewed")),
    "declined": (Look("withdrawn", "circle-x"), pgettext_lazy("state", "Declined")),
    "carried_out": (Look("done", "check"), pgettext_lazy("state", "Carried out")),
    "dropped": (Look("withdrawn", "circle-x"), pgettext_lazy("state", "Dropped")),
    "taken_back": (Look("withdrawn", "arrow-back-up"), pgettext_lazy("state", "Taken back")),
    "lapsed": (Look("silent", "hourglass-off"), pgettext_lazy("state", "Lapsed")),
    "terminated": (Look("withdrawn", "circle-x"), pgettext_lazy("state", "Terminated")),
    "fulfilled": (Look("done", "check"), pgettext_lazy("state", "Fulfilled")),
    "overdue": (Look("bad", "alert-triangle"), pgettext_lazy("state", "Overdue")),
    "waived": (Look("withdrawn", "arrow-back-up"), pgettext_lazy("state", "Waived")),
    # funding
    "pledged": (Look("quiet", "coins"), pgettext_lazy("state", "Pledged")),
    "contracted": (Look("agreed", "file-text"), pgettext_lazy("state", "Contracted")),
    "disbursed": (Look("done", "cash"), pgettext_lazy("state", "Disbursed")),
    # demand
    "stated": (Look("agreed", "building-factory-2"), pgettext_lazy("state", "Stated")),
    "partly_met": (Look("prep", "progress-check"), pgettext_lazy("state", "Partly met")),
    "met": (Look("done", "check"), pgettext_lazy("state", "Met")),
    "expired": (Look("withdrawn", "hourglass-off"), pgettext_lazy("state", "Expired")),
    # sites and brands
    "feasible": (Look("quiet", "ruler-measure"), pgettext_lazy("state", "Feasible")),
    "equipping": (Look("prep", "tool"), pgettext_lazy("state", "Equipping")),
    "unveiled": (Look("prep", "eye"), pgettext_lazy("state", "Unveiled")),
    "operating": (Look("running", "player-play"), pgettext_lazy("state", "Operating")),
    "accepted": (Look("done", "rosette-discount-check"), pgettext_lazy("state", "Accepted")),
    "handed_over": (Look("withdrawn", "transfer"), pgettext_lazy("state", "Handed over")),
    # equipment
    "in_use": (Look("running", "player-play"), pgettext_lazy("state", "In use")),
    "working": (Look("running", "circle-check"), pgettext_lazy("state", "Working")),
    "not_used": (Look("prep", "zzz"), pgettext_lazy("state", "Not used")),
    "faulty": (Look("bad", "alert-triangle"), pgettext_lazy("state", "Faulty")),
    "in_repair": (Look("bad", "tool"), pgettext_lazy("state", "In repair")),
    "retired": (Look("withdrawn", "archive"), pgettext_lazy("state", "Retired")),
    # programmes, curricula
    "completed": (Look("done", "check"), pgettext_lazy("state", "Completed")),
    "published": (Look("done", "check"), pgettext_lazy("state", "Published")),
    "superseded": (Look("withdrawn", "history"), pgettext_lazy("state", "Superseded")),
    "reviewed": (Look("done", "eye-check"), pgettext_lazy("state", "Reviewed")),
    "stale": (Look("prep", "history"), pgettext_lazy("state", "Out of date")),
    # cohorts
    "recruiting": (Look("prep", "user-plus"), pgettext_lazy("state", "Recruiting")),
    "finished": (Look("agreed", "flag"), pgettext_lazy("state", "Finished")),
    "assessed": (Look("agreed", "clipboard-check"), pgettext_lazy("state", "Assessed")),
    "certified": (Look("done", "certificate"), pgettext_lazy("state", "Certified")),
    "followed_up": (Look("done", "phone-check"), pgettext_lazy("state", "Followed up")),
    # enrolments
    "selected": (Look("agreed", "user-check"), pgettext_lazy("state", "Selected")),
    "enrolled": (Look("agreed", "user-check"), pgettext_lazy("state", "Enrolled")),
    "attending": (Look("running", "school"), pgettext_lazy("state", "Attending")),
    "transferred": (Look("withdrawn", "transfer"), pgettext_lazy("state", "Transferred")),
    "withdrew": (Look("withdrawn", "arrow-back-up"), pgettext_lazy("state", "Withdrew")),
    "never_started": (Look("silent", "user-off"), pgettext_lazy("state", "Never started")),
    # trainers
    "teaches": (Look("running", "school"), pgettext_lazy("state", "Teaches")),
    "taught_before": (Look("agreed", "history"), pgettext_lazy("state", "Taught before")),
    "not_taught_yet": (Look("quiet", "hourglass-low"), pgettext_lazy("state", "Not taught yet")),
    "has_not_taught": (Look("silent", "zzz"), pgettext_lazy("state", "Has not taught")),
    # marks in a register
    "present": (Look("running", "check"), pgettext_lazy("state", "Present")),
    "left_early": (Look("prep", "logout"), _("Left early")),
    "absent": (Look("bad", "x"), pgettext_lazy("state", "Absent")),
    "excused": (Look("quiet", "file-text"), pgettext_lazy("state", "Excused")),
    # assessment
    "registered": (Look("quiet", "clipboard"), pgettext_lazy("state", "Registered")),
    "eligible": (Look("agreed", "clipboard-check"), pgettext_lazy("state", "Eligible")),
    "moderated": (Look("agreed", "scale"), pgettext_lazy("state", "Moderated")),
    "final": (Look("done", "lock"), pgettext_lazy("state", "Final")),
    "appealed": (Look("prep", "message-report"), pgettext_lazy("state", "Appealed")),
    "overturned": (Look("withdrawn", "arrow-back-up"), pgettext_lazy("state", "Overturned")),
    "lodged": (Look("quiet", "inbox"), pgettext_lazy("state", "Lodged")),
    "before_panel": (Look("prep", "eye"), pgettext_lazy("state", "Before the panel")),
    "interviewed": (Look("prep", "message-question"), pgettext_lazy("state", "Interviewed")),
    "recognised": (Look("done", "circle-check"), pgettext_lazy("state", "Recognised")),
    "disagreed": (Look("bad", "arrows-diff"), pgettext_lazy("state", "Disagreed")),
    "settled": (Look("done", "checks"), pgettext_lazy("state", "Settled")),
    "upheld": (Look("done", "check"), pgettext_lazy("state", "Upheld")),
    "dismissed": (Look("withdrawn", "x"), pgettext_lazy("state", "Dismissed")),
    "competent": (Look("done", "check"), pgettext_lazy("state", "Competent")),
    "not_yet_competent": (Look("prep", "refresh"), pgettext_lazy("state", "Not yet competent")),
    # credentials and verdicts
    "issued": (Look("running", "certificate"), pgettext_lazy("state", "Issued")),
    "revoked": (Look("bad", "circle-x"), pgettext_lazy("state", "Revoked")),
    "replaced": (Look("withdrawn", "replace"), pgettext_lazy("state", "Replaced")),
    "valid": (Look("done", "rosette-discount-check"), pgettext_lazy("state", "Genuine and in force")),
    "key_ended": (Look("bad", "key-off"), pgettext_lazy("state", "Key was not in use")),
    "key_compromised": (Look("bad", "key-off"), pgettext_lazy("state", "Key is not trusted")),
    "tampered": (Look("bad", "shield-x"), pgettext_lazy("state", "Changed after signing")),
    "unknown_issuer": (Look("prep", "help"), pgettext_lazy("state", "Unknown issuer")),
    "out_of_scope": (Look("bad", "ban"), pgettext_lazy("state", "Not entitled")),
    "malformed": (Look("bad", "file-off"), pgettext_lazy("state", "Not a certificate")),
    "pass": (Look("done", "check"), pgettext_lazy("state", "Fits")),
    "fail": (Look("bad", "x"), pgettext_lazy("state", "Does not fit")),
    "unknown": (Look("prep", "help"), pgettext_lazy("state", "Unknown")),
    "not_looked_at": (Look("quiet", "minus"), pgettext_lazy("state", "Not looked at")),
    # recognition
    "attendance": (Look("quiet", "calendar-check"), pgettext_lazy("state", "Attendance only")),
    "institution": (Look("agreed", "building"), pgettext_lazy("state", "By the institution")),
    "national": (Look("done", "building-bank"), pgettext_lazy("state", "National")),
    "referenced": (Look("agreed", "link"), pgettext_lazy("state", "Referenced")),
    "bilateral": (Look("done", "arrows-exchange"), pgettext_lazy("state", "Bilateral")),
    # figures and editions
    "computed": (Look("quiet", "math-function"), pgettext_lazy("state", "Computed now")),
    "collected": (Look("quiet", "inbox"), pgettext_lazy("state", "Collected")),
    "validated": (Look("prep", "list-check"), pgettext_lazy("state", "Validated")),
    "reconciled": (Look("prep", "scale"), pgettext_lazy("state", "Reconciled")),
    "frozen": (Look("agreed", "snowflake"), pgettext_lazy("state", "Frozen")),
    "signed_off": (Look("agreed", "signature"), pgettext_lazy("state", "Signed off")),
    "corrected": (Look("prep", "history"), pgettext_lazy("state", "Corrected")),
    # sheets and jobs
    "create": (Look("running", "plus"), pgettext_lazy("state", "Create")),
    "update": (Look("agreed", "pencil"), pgettext_lazy("state", "Update")),
    "unchanged": (Look("quiet", "equal"), pgettext_lazy("state", "Unchanged")),
    "refused": (Look("bad", "ban"), pgettext_lazy("state", "Refused")),
    "question": (Look("prep", "help"), pgettext_lazy("state", "Question")),
    "waiting": (Look("quiet", "clock"), pgettext_lazy("state", "Waiting")),
    "failed": (Look("bad", "alert-triangle"), pgettext_lazy("state", "Failed")),
}


def pill_of(status: object, word: str = "") -> Pill:
    """
    The look and the word of a status: a code, or a member of a room's enum (whose own label is the word).

    A code that has no look is quiet and says its own label, or the code itself.
    """
    code = str(getattr(status, "value", status)).replace("-", "_")
    look, own_word = LOOKS.get(code, (Look("quiet", "circle-dashed"), code.replace("_", " ")))
    return Pill(look.tone, look.icon, word or getattr(status, "label", "") or own_word)
