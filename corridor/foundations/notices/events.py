"""Everything that somebody can be told of: one sentence an event. No sentence names a person, for it may travel by mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.kernel.wording import N_


class Event(models.TextChoices):
    """One line for each event, by room; the label is what a reader mutes."""

    GRANT_ENDED = "grants.ended", _("Roles that you held or passed on, and that ended")
    GRANT_GIVEN = "grants.given", _("Roles that are given or passed on to you")
    OVERRIDE_BEGUN = "grants.override_begun", _("Your own record, opened by somebody who oversees")
    JOB_FAILED = "jobs.failed", _("Long work that failed")
    LETTER_FAILED = "notices.letter_failed", _("Letters that could not be sent to you")
    IMPORT_ENDED = "sheets.import_ended", _("Imports that ended")
    REQUEST_ANSWERED = "people.request_answered", _("Answers to what you asked about your record")
    REQUEST_MADE = "people.request_made", _("What persons ask about their records")
    RETENTION_DUE = "people.retention_due", _("Records whose time to be kept is over")
    RETENTION_SOON = "people.retention_soon", _("Records whose time to be kept is nearly over")
    TRANSFERS_NEAR = "people.transfers_near", _("Transfers across borders that near a threshold")
    APPEAL_LODGED = "assessment.appeal_lodged", _("Appeals that are lodged")
    APPEAL_RULED = "assessment.appeal_ruled", _("Appeals that are ruled upon")
    PANEL_NAMED = "assessment.panel_named", _("Panels of appeals that you are named for")
    RESULTS_RELEASED = "assessment.results_released", _("Results of yours that can be seen")
    SECOND_NAMED = "assessment.second_named", _("Decisions that you are to judge a second time")
    SITTING_CANCELLED = (
        "assessment.sitting_cancelled",
        _("Days on which you were to be assessed and that are called off"),
    )
    SITTING_CALLED = "assessment.sitting_called", _("Days on which you are to be assessed")
    CONFLICT_WAITS = "journal.conflict_waits", _("What devices brought and somebody has to decide")
    AT_RISK_SOON = "members.at_risk_soon", _("Members that would soon be at risk")
    AT_RISK_UNSPOKEN = "members.at_risk_unspoken", _("Members that would soon be at risk, and that nobody speaks for")
    CERTIFICATE_LIFTED = "credentials.lifted", _("Certificates of yours that stand again")
    CERTIFICATE_LOOKED = "credentials.looked", _("Names of who looked at what you show")
    CERTIFICATE_OPENED = "credentials.opened", _("Certificates of yours that are opened by a link")
    CERTIFICATE_REPLACED = "credentials.replaced", _("Certificates of yours that are issued anew")
    CERTIFICATE_REVOKED = "credentials.revoked", _("Certificates of yours that are revoked")
    CERTIFICATE_SUSPENDED = "credentials.suspended", _("Certificates of yours that are suspended")
    KEY_COMPROMISED = "credentials.key_compromised", _("Signing keys that are not trusted any more")
    DATA_CALL_CLOSED = "members.data_call_closed", _("Data calls that close")
    DATA_CALL_LATE = "members.data_call_late", _("Data calls not answered by the deadline")
    DATA_CALL_OPENED = "members.data_call_opened", _("Data calls that open")
    DATA_CALL_SOON = "members.data_call_soon", _("Data calls whose deadline is near")
    DATA_CALL_UNSPOKEN = "members.data_call_unspoken", _("Data calls to members that nobody speaks for")
    AGREEMENT_COUNTERED = "agreements.countered", _("Proposals that another party answers with another text")
    AGREEMENT_GIVEN_UP = "agreements.given_up", _("Proposals that are rejected or withdrawn")
    AGREEMENT_MOVED = "agreements.moved", _("Agreements that are suspended, taken up again, ended or replaced")
    AGREEMENT_PROPOSED = "agreements.proposed", _("Agreements and amendments that wait for your signature")
    AGREEMENT_SIGNED = "agreements.signed_by_all", _("Agreements that all parties have signed")
    OBLIGATION_LATE = "agreements.obligation_late", _("Obligations whose day has passed")
    OBLIGATION_SOON = "agreements.obligation_soon", _("Obligations whose day is near")
    PLACE_OFFERED = "training.place_offered", _("Places in cohorts that are offered to you")
    PROPOSAL_DECIDED = "members.proposal_decided", _("Proposals about a member that are decided")
    PROPOSAL_MADE = "members.proposal_made", _("Proposals about a member")
    REVIEW_ASKED = "members.review_asked", _("Applications to judge")
    SEAT_ENDED = "members.seat_ended", _("Seats that end")
    SEAT_GIVEN = "members.seat_given", _("Seats that begin")
    SESSION_CANCELLED = "training.session_cancelled", _("Sessions of yours that are called off")
    SESSION_MOVED = "training.session_moved", _("Sessions of yours that are moved")
    STEP_ASKED = "agreements.step_asked", _("Steps in an agreement that wait for your answer")
    STEP_SETTLED = "agreements.step_settled", _("Answers to steps that were asked for in an agreement")
    SUBSTITUTE_ENDED = "members.substitute_ended", _("Substitutes who stop")
    SUBSTITUTE_NAMED = "members.substitute_named", _("Substitutes who act for the holder of a seat")
    SIGNED_BY_LINK = "agreements.signed_by_link", _("Signatures of a member that were given by a link")
    SIGNER_NAMED = "agreements.signer_named", _("Agreements that you are named to sign")
    TURN_TO_SIGN = "agreements.turn_to_sign", _("Agreements that are signed in order, when it is your turn")


# What the notice says. ``%(about)s`` is the reference of the record; other places are those given to ``tell``.
SENTENCES: dict[str, str] = {
    Event.GRANT_ENDED: N_("A role has ended: %(about)s. Your rights say which."),
    Event.GRANT_GIVEN: N_("A role is yours: %(about)s. Your rights say where and until when."),
    Event.OVERRIDE_BEGUN: N_(
        "Somebody who oversees the alliance opened the record %(about)s. Its page says who, when and why."
    ),
    Event.JOB_FAILED: N_("Long work that you asked for has failed: %(about)s. Its page says why."),
    Event.LETTER_FAILED: N_(
        "A letter to you could not be sent, and is not tried again. What it said stands among these notices. "
        "Look whether your e-mail address is right."
    ),
    Event.IMPORT_ENDED: N_("The import %(about)s has ended."),
    Event.REQUEST_ANSWERED: N_("What you asked about your record is answered: %(about)s."),
    Event.REQUEST_MADE: N_(
        "Somebody asks something about their own record: %(about)s. The page says until when it is owed an answer."
    ),
    Event.RETENTION_DUE: N_(
        "Records have been kept as long as the rules say: %(about)s. Look at the preview before you let them go."
    ),
    Event.RETENTION_SOON: N_(
        "By %(day)s the time of further records is over: %(about)s. The page says which; nothing goes by itself."
    ),
    Event.TRANSFERS_NEAR: N_("The persons whose data left a country this year near the threshold: %(about)s."),
    Event.APPEAL_LODGED: N_("The appeal %(about)s is lodged. Name its panel; the ruling is owed by %(day)s."),
    Event.APPEAL_RULED: N_("The panel has ruled on the appeal %(about)s. Its page says how, and why."),
    Event.PANEL_NAMED: N_("You sit on the panel of the appeal %(about)s. It rules by %(day)s."),
    Event.RESULTS_RELEASED: N_("Your results can be seen: %(about)s. Your path shows them."),
    Event.SECOND_NAMED: N_("You are named to judge a second time what was decided in %(about)s."),
    Event.SITTING_CANCELLED: N_("You are not assessed on %(day)s, as was said: %(about)s. The sitting is called off."),
    Event.SITTING_CALLED: N_("You are called to be assessed on %(day)s: %(about)s."),
    Event.CONFLICT_WAITS: N_("What a device brought could not simply be taken and waits for your decision: %(about)s."),
    Event.AT_RISK_SOON: N_("%(about)s will be at risk from %(day)s unless the records show that it took part."),
    Event.AT_RISK_UNSPOKEN: N_(
        "Nobody speaks for %(about)s, so nobody was reminded: it will be at risk from %(day)s unless the records show that it took part."
    ),
    Event.DATA_CALL_UNSPOKEN: N_(
        "Nobody speaks for %(about)s, so nobody was reminded: the deadline of the data call %(call)s is the end of %(day)s."
    ),
    Event.CERTIFICATE_LIFTED: N_("Your certificate %(about)s stands again: its suspension was lifted."),
    Event.CERTIFICATE_LOOKED: N_(
        "Somebody looked at what you show of your certificate %(about)s, and gave a name. Its page says who."
    ),
    Event.CERTIFICATE_OPENED: N_(
        "Your certificates were opened by a link that was made for %(about)s. If that was not you, tell the secretariat."
    ),
    Event.CERTIFICATE_REPLACED: N_(
        "Your certificate %(about)s was issued anew. Show the new one from now on; the old one says that it was replaced."
    ),
    Event.CERTIFICATE_REVOKED: N_(
        "Your certificate %(about)s was revoked. Its page says since when and why; ask the secretariat if you do not agree."
    ),
    Event.CERTIFICATE_SUSPENDED: N_(
        "Your certificate %(about)s is suspended for now. Its page says since when and why."
    ),
    Event.KEY_COMPROMISED: N_(
        "A signing key of %(about)s is not trusted any more. Its page lists the certificates that are to be issued anew."
    ),
    Event.DATA_CALL_CLOSED: N_("The data call %(about)s is closed."),
    Event.DATA_CALL_LATE: N_(
        "The deadline of the data call %(about)s was %(day)s. An answer is still taken, and counted as late."
    ),
    Event.DATA_CALL_OPENED: N_("The data call %(about)s asks for your answer by the end of %(day)s."),
    Event.DATA_CALL_SOON: N_(
        "The data call %(about)s still waits for your answer; its deadline is the end of %(day)s."
    ),
    Event.AGREEMENT_COUNTERED: N_(
        "Another text of %(about)s is before its parties. Read what differs, then sign it or answer it; whoever signed the earlier one signs again."
    ),
    Event.AGREEMENT_GIVEN_UP: N_("%(about)s was rejected or withdrawn and can be signed no more. Its page says why."),
    Event.AGREEMENT_MOVED: N_("The state of %(about)s has changed. Its page says since when, and why."),
    Event.AGREEMENT_PROPOSED: N_(
        "%(about)s is before its parties. Read it, then sign it or answer it with another text."
    ),
    Event.AGREEMENT_SIGNED: N_("All parties have signed %(about)s."),
    Event.OBLIGATION_LATE: N_("The day of the obligation %(about)s was %(day)s; it is still open."),
    Event.OBLIGATION_SOON: N_("The obligation %(about)s is due on %(day)s."),
    Event.PLACE_OFFERED: N_("A place in %(about)s is offered to you; take it up by the end of %(day)s."),
    Event.PROPOSAL_DECIDED: N_("The council has decided on the proposal %(about)s."),
    Event.PROPOSAL_MADE: N_("The proposal %(about)s waits for the council."),
    Event.REVIEW_ASKED: N_("You are asked to judge the application %(about)s."),
    Event.SEAT_ENDED: N_("A seat of %(about)s ends on %(day)s."),
    Event.SEAT_GIVEN: N_("A seat of %(about)s is yours from %(day)s."),
    Event.SESSION_CANCELLED: N_("The session %(about)s of %(day)s is called off."),
    Event.SESSION_MOVED: N_("The session %(about)s of %(day)s is moved to %(new_day)s, %(time)s at the site."),
    Event.STEP_ASKED: N_("Another party asks for a step in %(about)s. Confirm it, or say why not."),
    Event.STEP_SETTLED: N_("What was asked for in %(about)s has been answered. Its page says how."),
    Event.SUBSTITUTE_ENDED: N_("Nobody stands in for the holder of a seat of %(about)s any more."),
    Event.SUBSTITUTE_NAMED: N_(
        "A substitute acts for the holder of a seat of %(about)s. The page says who, and in which days."
    ),
    Event.SIGNED_BY_LINK: N_("%(about)s was signed for %(member)s by a link, in the office “%(office)s”."),
    Event.SIGNER_NAMED: N_("You are named to sign %(about)s."),
    Event.TURN_TO_SIGN: N_("It is your turn to sign %(about)s: all that come before you have signed."),
}
