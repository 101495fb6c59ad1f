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
    "other_content": _("The same event came twice with different content. The first counts, and both are kept."),
    "signature_contested": _("The signature came, but two marks still differ."),
    "signature_empty": _("The signature came, but not everybody has a mark."),
    "signature_locked": _("Somebody else has signed the register already."),
    "signature_refused": _("The signature could not be taken: the programme asks for more than a name."),
}

# What the page on the phone says by itself, without a network: the places in braces are filled there.
WORDS = {
    "sent": _("Everything is sent"),
    "waiting": _("{count} waiting here, the oldest for {age}"),
    "offline": _("Offline"),
    "signed-out": _("You are signed out. Sign in again; what you marked stays on this phone."),
    "too-old": _(
        "This page is older than the house. Open it again with a network; what you marked stays on this phone."
    ),
    "busy": _("The house does not answer now. It is tried again."),
    "refused": _("The house does not take what waits here. Save it as a file, and give it to the secretariat."),
    "full": _("This phone is full: the mark is not kept. Make room, then mark again."),
    "stranger": _("Open this page once with a network, signed in. Then the registers are on this phone."),
    "forgotten": _("Nobody has opened this for long, so the names were taken off this phone. Open it with a network."),
    "moment": _("a moment"),
    "minutes": _("{count} min"),
    "hours": _("{count} h"),
    "days": _("{count} days"),
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
    "by-factor": _("The programme asks for a second factor: sign on the page of the session, with a network."),
    "everybody": _("Everybody was on time."),
    "marks": _("{count} marks"),
    "signature": _("Signature"),
    "clock": _("The clock of this phone is wrong. Marks are kept all the same."),
}
