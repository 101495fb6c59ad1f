"""The way around: what stands in the head of every page. The addresses are promised (docs/web.md)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission, Role
from corridor.journeys.import_sheets import kinds_for


@dataclass(frozen=True)
class Entry:
    url: str
    label: str | Promise
    icon: str = ""
    is_button: bool = False
    is_here: bool = False


VERIFY = Entry("/verify/", _("Verify a certificate"), icon="qrcode", is_button=True)
DESK = Entry("/desk/", _("My desk"))
PUBLIC = [
    Entry("/announcements/", _("Announcements")),
    Entry("/programmes/", _("Programmes")),
    Entry("/sites/", _("Sites")),
    Entry("/members/", _("Members")),
    Entry("/figures/", _("Figures")),
]
AGREEMENTS = Entry("/agreements/", _("Agreements"))


def entries_for(actor: Actor, path: str) -> list[Entry]:
    """What this reader finds in the head of the page at ``path``, the one that leads here marked."""
    if actor.user_id is None:
        entries = [*PUBLIC, VERIFY]
    elif actor.roles() <= {Role.VISITOR}:
        entries = [DESK, *PUBLIC]
    else:
        entries = [DESK, AGREEMENTS, *PUBLIC]
    return [Entry(e.url, e.label, e.icon, e.is_button, path.startswith(e.url)) for e in entries]


def own_entries_for(actor: Actor) -> list[Entry]:
    """What stands in the reader's own menu, beside the profile: the work of the house that is not for everyone, and the own record."""
    entries = [
        (True, Entry("/search/", _("Search"))),
        (actor.user_id is not None, Entry("/notices/", _("Notices"))),
        (actor.user_id is not None, Entry("/jobs/", _("Long work"))),
        (actor.may(Permission.APPLICATION_VIEW), Entry("/applications/", _("Applications"))),
        (True, Entry("/cohorts/", _("Cohorts"))),
        (
            actor.holds_somewhere(Permission.REGISTER_TAKE) or actor.holds_somewhere(Permission.REGISTER_CORRECT),
            Entry("/registers/", _("Registers")),
        ),
        (actor.user_id is not None, Entry("/timetable/", _("Timetable"))),
        (actor.user_id is not None, Entry("/schemes/", _("How units are assessed"))),
        (actor.holds_somewhere(Permission.DECISION_RECORD), Entry("/judging/", _("Judging"))),
        (actor.holds_somewhere(Permission.DECISION_RECORD), Entry("/samples/", _("To judge a second time"))),
        (actor.holds_somewhere(Permission.DECISION_VIEW), Entry("/appeals/", _("Appeals"))),
        (actor.holds_somewhere(Permission.DECISION_VIEW), Entry("/prior-learning/", _("Prior learning"))),
        (actor.holds_somewhere(Permission.LICENCE_VIEW), Entry("/licences/conflicts/", _("Conflicts of interest"))),
        (
            actor.holds_somewhere(Permission.TRAINER_VIEW) or Role.TRAINER in actor.roles(),
            Entry("/trainers/", _("Trainers")),
        ),
        (
            actor.may(Permission.DATA_CALL_VIEW) or actor.holds_somewhere(Permission.DATA_CALL_ANSWER),
            Entry("/data-calls/", _("Data calls")),
        ),
        (
            actor.may(Permission.PERSON_VIEW) or bool(actor.ids_with(Permission.PERSON_VIEW, "site")),
            Entry("/people/", _("People")),
        ),
        (actor.holds_everywhere(Permission.AGREEMENT_VIEW_TEXT), Entry("/late/", _("What is late"))),
        (bool(actor.ids_with(Permission.OBLIGATION_FULFIL, "member")), Entry("/owed/", _("What we owe"))),
        (actor.user_id is not None, Entry("/demand/", _("Demand"))),
        (actor.user_id is not None, Entry("/funding/", _("Money"))),
        (bool(kinds_for(by=actor)), Entry("/imports/", _("Sheets in and out"))),
        (actor.may(Permission.ACCOUNT_VIEW), Entry("/accounts/", _("Accounts"))),
        (actor.holds_somewhere(Permission.OUTCOME_VIEW), Entry("/follow-ups/", _("Follow-ups"))),
        (actor.person_id is not None, Entry("/learn/", _("My path"))),
        (actor.person_id is not None, Entry("/my-certificates/", _("My certificates"))),
        (actor.person_id is not None, Entry("/people/me/", _("My record"))),
        (actor.user_id is not None and actor.only is None, Entry("/my-data/", _("My data"))),
        (actor.holds_somewhere(Permission.RIGHTS_ANSWER), Entry("/requests/", _("Requests about records"))),
        (actor.holds_somewhere(Permission.RETENTION_SET), Entry("/retention/", _("How long records are kept"))),
        (actor.holds_somewhere(Permission.TRANSFER_VIEW), Entry("/transfers/", _("Data across borders"))),
        (actor.user_id is not None, Entry("/profile/rights/", _("My rights"))),
    ]
    return [entry for is_theirs, entry in entries if is_theirs]
