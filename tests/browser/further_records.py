"""
Records that the example alliance has none of and some page shows: two that may be one, a merge, sheets half-way in. Made once, after it was
loaded, by the product's own actions: ``python -m tests.browser.further_records`` prints their keys by the names of their places.
"""

import json
import sys
from datetime import timedelta

import django

django.setup()

from corridor.foundations import clock  # noqa: E402 (tables need Django set up)
from corridor.foundations.access import Actor  # noqa: E402
from corridor.foundations.accounts.models import User  # noqa: E402
from corridor.foundations.journal.models import Conflict  # noqa: E402
from corridor.foundations.sheets.models import Import  # noqa: E402
from corridor.foundations.sheets.steps.preparing import ask_questions, map_import_columns  # noqa: E402
from corridor.foundations.sheets.steps.receiving import receive_import  # noqa: E402
from corridor.journeys.find_doubles import search_people, start_search  # noqa: E402
from corridor.journeys.import_sheets import check_import, kind_named  # noqa: E402
from corridor.journeys.propose_step import propose_step  # noqa: E402
from corridor.journeys.recognise import recognise  # noqa: E402
from corridor.rooms.agreements import actions as agreements  # noqa: E402
from corridor.rooms.agreements.drafts import AgreementDraft, PartyDraft, SignerDraft  # noqa: E402
from corridor.rooms.assessment.actions import lodge_appeal, withdraw_appeal  # noqa: E402
from corridor.rooms.assessment.models import Decision  # noqa: E402
from corridor.rooms.conferences import actions as conferences  # noqa: E402
from corridor.rooms.conferences.actions.contributions import ContributionDraft  # noqa: E402
from corridor.rooms.conferences.models import Conference  # noqa: E402
from corridor.rooms.members import actions as members  # noqa: E402
from corridor.rooms.members.drafts import CampusDraft, OrganisationDraft  # noqa: E402
from corridor.rooms.members.lifecycle import MembershipStatus  # noqa: E402
from corridor.rooms.members.models import Organisation, OrganisationKind, OrganisationPair  # noqa: E402
from corridor.rooms.people.models import LikelyDouble  # noqa: E402
from corridor.rooms.sites import actions as sites  # noqa: E402
from corridor.rooms.sites.drafts import AccreditationDraft  # noqa: E402
from corridor.rooms.sites.models import Equipment, Site  # noqa: E402
from corridor.rooms.training.models import Session  # noqa: E402
from tests.factories.devices import Phone  # noqa: E402

from .places import PLACES  # noqa: E402

REFUSED = "Name,Sex,Date of birth\nຄຳຫຼ້າ ສີສະຫວາດ,ຍິງ,31/02/2001\nນາງ ແກ້ວ,F,2002-05-04\n"
ASKED = "Name,Date of birth\nຄຳຫຼ້າ ສີສະຫວາດ,03/04/2544\n"


def organisations(by: Actor) -> dict[str, object]:
    """Two that may be one, one merged into another, one that somebody typed; a campus of the coordinator's member, and a proposal about it."""
    names = (
        "Sainyabuli Driving School",
        "Sainyabuli School of Driving",
        "Oudomxay Crane School",
        "Crane School of Oudomxay",
    )
    drafts = [
        OrganisationDraft(
            f"told-{number}", OrganisationKind.SCHOOL, "LA", "Sainyabuli", source="Letter", names={"en": name}
        )
        for number, name in enumerate(names, start=1)
    ]
    made = members.register_organisations(drafts=drafts, by=by)
    members.look_for_doubles(at=clock.now(), by=by)
    pair = OrganisationPair.objects.get(one__in=made[:2], other__in=made[:2])
    merge = members.merge_organisations(
        gone=made[3], stays=made[2], reason="One school under two names.", on=clock.today(), at=clock.now(), by=by
    )
    typed = members.propose_organisation(
        draft=OrganisationDraft("", OrganisationKind.COMPANY, "LA", "Thakhek", names={"en": "Thakhek Haulage"}), by=by
    )
    own = Organisation.objects.get(reference=PLACES["member"])
    campus = CampusDraft(own, "LA", "Pakse", {"en": "Pakse campus"})
    (campus,) = members.add_campuses(campuses=[campus], by=by)
    proposal = propose_step(
        organisation=own,
        to=MembershipStatus.DORMANT,
        reason="Asked by letter.",
        on=clock.today(),
        at=clock.now(),
        by=by,
    )
    return {
        "org_pair": pair.pk, "org_merge": merge.pk, "typed": typed.reference, "campus": campus.pk, "own_proposal": proposal.reference,
    }  # fmt: skip


def to_be_signed(by: Actor) -> dict[str, object]:
    """A draft of the coordinator's member for which a signer is named already."""
    own, other = (Organisation.objects.get(reference=key) for key in (PLACES["member"], PLACES["issuer"]))
    draft = AgreementDraft(starts_on=clock.today(), parties=[PartyDraft(own), PartyDraft(other)])
    agreement = agreements.draft_agreement(agreement=draft, by=by)
    signer = agreements.name_signer(
        party=agreement.parties.get(organisation=own), draft=SignerDraft("Director", email="director@school.example"),
        at=clock.now(), by=by,
    )  # fmt: skip
    return {"with_signers": agreement.reference, "signer": signer.pk}


def place(by: Actor) -> dict[str, object]:
    site = Site.objects.get(reference=PLACES["listed"])
    draft = AccreditationDraft(site, "Ministry of Labour", "Vehicle inspection, level 3", clock.today())
    (made,) = sites.accredit_sites(accreditations=[draft], at=clock.now(), by=by)
    machine = Equipment.objects.filter(site__reference=PLACES["site"]).order_by("inventory_number")[0]
    (label,) = sites.label_equipment(equipment=[machine], on=clock.today(), by=by)
    return {"accreditation": made.pk, "label": label.secret}


def offered(by: Actor, coordinator: Actor) -> dict[str, object]:
    """The conference to come calls for contributions; the coordinator's member offers one, which somebody judged."""
    conference, today = Conference.objects.get(reference=PLACES["planned"]), clock.today()
    conferences.call_for_contributions(
        conference=conference, opens_on=today, closes_before=conference.starts_on - timedelta(days=60), by=by
    )
    draft = ContributionDraft(
        conference, Organisation.objects.get(reference=PLACES["member"]), "Brakes on mountain roads",
        "What a year of tests on the roller brake tester showed.", "en", ["Somchit Vongsa, an invented speaker"],
    )  # fmt: skip
    made = conferences.send_contribution(contribution=draft, on=today, by=coordinator)
    conferences.judge_contribution(contribution=made, score=4, note="Close to practice.", on=today, by=by)
    return {"contribution": made.reference}


def appealed(learner: Actor) -> dict[str, object]:
    """The learner did not accept the oldest decision, and thought better of it the next day: nobody waits for it."""
    decision = Decision.objects.filter(enrolment__person__user__username="learner", status="final").earliest(
        "decided_on"
    )
    day = decision.decided_on + timedelta(days=1)
    appeal = lodge_appeal(
        decision=decision, grounds="I was asked for something that we had not learned.", on=day, by=learner
    )
    withdraw_appeal(appeal=appeal, on=day + timedelta(days=1), by=learner)
    return {"own_appeal": appeal.reference}


def persons(by: Actor) -> dict[str, object]:
    search_people(at=clock.now(), by=by)
    return {
        "double": LikelyDouble.objects.order_by("-score", "pk")[0].pk,
        "job": start_search(at=clock.now(), by=by).pk,
    }


def conflicts(trainer: User) -> dict[str, object]:
    """A phone of the trainer says of one learner what the register does not say, twice."""
    session = Session.objects.filter(cohort__reference=PLACES["cohort"], status="held").order_by("number")[0]
    phone = Phone.of(trainer, at=clock.now())
    rows = list(session.marks.filter(mark="present").select_related("enrolment").order_by("enrolment__number")[:2])
    phone.mark(session, {row.enrolment: "absent" for row in rows})
    phone.send(at=clock.now())
    brought = Conflict.objects.filter(event__device=phone.device).order_by("raised_at", "pk")
    return {"conflict": brought[0].pk, "device": phone.device.pk}


def sheets(by: Actor) -> dict[str, object]:
    """One whose rows have their verdicts, and one with an open question."""
    checked, asked = sent("learners.csv", REFUSED, by), sent("more.csv", ASKED, by)
    check_import(held=checked, at=clock.now(), by=by)
    return {"import": checked.pk, "asked_import": asked.pk}


def sent(name: str, content: str, by: Actor) -> Import:
    kind = kind_named(name="people", by=by)
    held = receive_import(kind=kind, file_name=name, content=content.encode(), language="en", at=clock.now(), by=by)
    map_import_columns(key=held.pk, kind=kind, names={each.position: each.name for each in held.columns.all()}, by=by)
    ask_questions(key=held.pk, kind=kind, at=clock.now(), by=by)
    held.refresh_from_db()
    return held


if __name__ == "__main__":
    mei, coordinator, learner = (
        recognise(User.objects.get(username=name), on=clock.today())
        for name in ("secretariat", "coordinator-lgtvc", "learner")
    )
    made = organisations(mei) | to_be_signed(mei) | place(mei) | persons(mei) | sheets(mei) | offered(mei, coordinator)
    made |= appealed(learner)
    made |= conflicts(User.objects.get(username="trainer"))
    json.dump({name: str(key) for name, key in made.items()}, sys.stdout)
