"""Words of events around conferences: delegates, the agenda, what was decided."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "conferences.agenda_changed": _("Agenda changed"),
    "conferences.agenda_item_taken_away": _("Item taken from an agenda"),
    "conferences.checked_in": _("Delegates checked in"),
    "conferences.contribution_decided": _("Contribution decided on"),
    "conferences.contribution_judged": _("Contribution judged"),
    "conferences.contribution_sent": _("Contribution sent in"),
    "conferences.contribution_withdrawn": _("Contribution taken back"),
    "conferences.contributions_called": _("Days of a call for contributions set"),
    "conferences.delegate_emptied": _("Data of a delegate taken away"),
    "conferences.delegate_registered": _("Delegate registered"),
    "conferences.delegate_withdrawn": _("Registration of a delegate taken back"),
    "conferences.delegates_asked": _("Delegates asked something"),
    "conferences.document_added": _("Document of a conference added"),
    "conferences.listing_changed": _("List of participants changed by a delegate"),
    "conferences.minutes_approved": _("Minutes approved"),
    "conferences.minutes_written": _("Minutes written"),
    "conferences.passport_forgotten": _("Passport of a delegate forgotten"),
    "conferences.question_taken_away": _("Question to delegates taken away"),
    "conferences.registration_opened": _("Days of registration set"),
    "conferences.resolution_settled": _("Resolution settled"),
    "conferences.resolved": _("Resolution written down"),
    "conferences.visa_letter_asked": _("Letter for a visa asked for"),
    "conferences.visa_letter_decided": _("Letter for a visa decided on"),
}
