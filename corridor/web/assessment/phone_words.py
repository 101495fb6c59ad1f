"""What the page on which assessors judge says by itself, without a network: the places in braces are filled there."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "judging": _("Judging"),
    "stranger": _("Open this page once with a network, signed in. Then those whom you judge are on this phone."),
    "full": _(
        "This phone is full: this is not kept. Delete films or apps, then do it again. What was kept before stays."
    ),
    "called": _("Called on {day}"),
    "to-judge": _("{count} to judge"),
    "open": _("Not judged yet"),
    "begun": _("Begun on this phone"),
    "on-this-phone": _("On this phone, not sent yet"),
    "unsigned": _("To be signed: {who}"),
    "decided": _("Decided, not final yet"),
    "waits": _("Waits for a named person"),
    "attempt": _("Attempt {attempt}"),
    "not-capable": _("On {day} it could not be assessed here: {why}"),
    "on-paper": _("Its checklist is kept on paper."),
    "no-scheme": _("This unit has no checklist: decide it as a whole."),
    "met-before": _("met before"),
    "photo-added": _("Photo kept on this phone"),
    "film-added": _("Film kept on this phone"),
    "on-its-way": _("{count} on the way: the decision stands while they come"),
    "file-of": _("{what}, {size} kB"),
    "take-off": _("Take it off"),
    "refused-file": _("The house does not take this file: {why}"),
    "say-result": _("Choose a result: competent, or not yet."),
    "say-missing": _("Say to the learner what is missing."),
    "look-at": _("Criterion {criterion} was not looked at. Mark it as met or not met."),
    "critical": _("Criterion {criterion} is critical and was not met; nobody is competent without it."),
    "required": _("Criterion {criterion} is required and was not met. Decide “not yet competent”."),
    "all-met": _("All that is needed is met; mark what is not, or decide “competent”."),
    "no-test": _("There is no passing mark in a written test. Marks come in by sheet; or decide “not yet competent”."),
    "waits-already": _("What you decided here waits for a named person. Nothing more is decided before."),
    "no-photo": _("This file is no picture that this phone can read. Take another one with the camera."),
    "no-film": _("This file is no film of a kind that is kept (MP4, MOV or 3GP). Film with the camera of the phone."),
    "long-film": _(
        "The film has {size} MB; at most {most} MB are kept. Film one step at a time, or choose a smaller picture in the camera."
    ),
    "same-file": _("This file is kept already."),
    "smaller": _("The film is made smaller, and kept then. Keep this page open: {seconds} s."),
    "working": _("It is being put away. One moment."),
    "sign-next": _("Hand the phone over. Who signs reads this and writes their name: {who}"),
    "say-name": _("Write the name of who signs."),
    "say-company": _("Say for which company the witness signs."),
    "signed-by": _("{who}: signed on this phone"),
    "signed-before": _("{who}: signed"),
    "all-signed": _("Everybody has signed."),
    "films": _("{count} of these are photos and films. A file carries them too, each up to {most} MB."),
}
