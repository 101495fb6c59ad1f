"""What the registers on a phone say, and why something of them waits to be decided."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "other_mark": _("Two have marked the same learner differently."),
    "locked": _("The register was signed before this mark came."),
    "not_trainer": _("Who marked it did not teach this cohort any more when it came."),
    "cancelled": _("The session was called off meanwhile."),
    "moved": _("The session was moved to another day meanwhile."),
    "not_begun": _("It came before the day of the session."),
    "closed": _("The register had closed when it came."),
    "not_here": _("The learner has no place in this cohort."),
    "not_on_roll": _("The learner was not on the roll on that day."),
    "merged": _("The person’s record was merged with another meanwhile."),
    "unread": _("What came is of a kind that this house does not know. It is kept word for word."),
    "other_decision": _("The learner was decided about meanwhile, and not in the same way."),
    "other_scheme": _("Another scheme is in force for the unit than the one that was on the phone."),
    "not_candidate": _("The learner does not attend any more."),
    "not_assessor": _("Who judged does not assess this cohort any more."),
    "not_licensed": _("Who judged holds no licence for the unit on that day."),
    "not_capable": _("The unit cannot be assessed at that place on that day."),
    "not_independent": _("Who judged teaches the learner, is close to them, or works for the same organisation."),
    "not_assessing": _("The cohort is not being assessed at this time."),
    "hours_missing": _("The learner has not attended the hours that the unit asks for."),
    "no_attempt_left": _("The learner has had all attempts that the unit allows."),
    "checklist": _("The result does not fit the checklist and the written tests."),
    "wrong_day": _("The phone said a day that is still to come."),
    "signature_stale": _("What was signed is not what stands now: it is signed anew."),
    "not_signable": _("The signature could not be taken: the decision is final, or somebody has signed there already."),
    "evidence_refused": _("The file could not be taken: the attempt is final, or it is of a kind that is not kept."),
    "other_content": _("The same event came twice with different content. The first counts, and both are kept."),
    "signature_contested": _("The signature came, but two marks still differ."),
    "signature_empty": _("The signature came, but not everybody has a mark."),
    "signature_locked": _("Somebody else has signed the register already."),
    "signature_refused": _("The signature could not be taken: the programme asks for more than a name."),
}

# What an event is of, where no value of it is shown; of a kind that is not here its own code stands, word for word.
KINDS = {
    "register.marked": _("Register"),
    "register.signed": _("Signature"),
    "assessment.judged": _("Decision"),
    "assessment.signed": _("Signature"),
    "assessment.evidence": _("Photo or film"),
    "assessment.evidence_taken_off": _("Photo or film"),
}

# What pages on the phone say by themselves, without a network: the places in braces are filled there.
EVERY_PAGE = {
    "sent": _("Everything is sent"),
    "waiting": _("{count} waiting here, the oldest for {age}"),
    "offline": _("Offline"),
    "signed-out": _("You are signed out. Sign in again; what you marked stays on this phone."),
    "too-old": _(
        "This page is older than the house. Open it again with a network; what you marked stays on this phone."
    ),
    "busy": _("The house does not answer now. It is tried again."),
    "refused": _("The house does not take what waits here. Save it as a file, and give it to the secretariat."),
    "too-large": _("The house takes less at once. It is tried again."),
    "forgotten": _("Nobody has opened this for long, so the names were taken off this phone. Open it with a network."),
    "moment": _("a moment"),
    "minutes": _("{count} min"),
    "hours": _("{count} h"),
    "days": _("{count} days"),
    "marks": _("{count} marks"),
    "signature": _("Signature"),
    "judgement": _("Decision"),
    "picture": _("Photo or film"),
}
# The registers on a phone.
WORDS = {
    "full": _("This phone is full: the mark is not kept. Make room, then mark again."),
    "stranger": _("Open this page once with a network, signed in. Then the registers are on this phone."),
    "today": _("Today"),
    "earlier": _("Earlier, not signed"),
    "later": _("Later"),
    "registers": _("Registers"),
    "not-taken": _("Nobody is marked yet"),
    "some": _("{count} of {all} marked"),
    "taken": _("Marked, not signed"),
    "locked": _("Signed"),
    "on-this-phone": _("Signed on this phone, not sent yet"),
    "counts": _("{present} present, {away} not, {open} open"),
    "sum": _("{present} on time, {exceptions} exceptions"),
    "sign-as": _("You sign as {who}."),
    "not-begun": _("The register opens on {day}."),
    "has-closed": _("This register has closed. What you mark waits for a decision."),
    "contested": _("Two have marked the same learner differently. Somebody decides that with a network."),
    "differs": _("Differs"),
    "there": _("Says to be there"),
    "by-factor": _("The programme asks for a second factor: sign on the page of the session, with a network."),
    "everybody": _("Everybody was on time."),
    "clock": _("The clock of this phone is wrong. Marks are kept all the same."),
}
