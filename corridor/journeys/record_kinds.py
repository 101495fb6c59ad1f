"""Every kind of record that can be asked who sees it and what happened to it: how it is found, and by which verbs it is seen and changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from corridor.foundations.access import Actor, Source
from corridor.foundations.access.permissions import Permission as P  # noqa: N817
from corridor.foundations.accounts import keeping as accounts
from corridor.foundations.documents import queries as documents
from corridor.foundations.grants.holding import Holder
from corridor.foundations.jobs import looking as jobs
from corridor.foundations.sheets.steps import looking as imports
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.agreements import queries as agreements
from corridor.rooms.conferences import queries as conferences
from corridor.rooms.credentials import queries as credentials
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.demand import queries as demand
from corridor.rooms.funding import queries as funding
from corridor.rooms.indicators import queries as indicators
from corridor.rooms.members import queries as members
from corridor.rooms.members.opening import reviewers_of
from corridor.rooms.outcomes import queries as outcomes
from corridor.rooms.people import queries as people
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.sites import queries as sites
from corridor.rooms.training import queries as training
from corridor.rooms.training.queries import trainers

from .answer_requests import get_request


def _key(reference: str) -> UUID:
    try:
        return UUID(reference)
    except ValueError:
        raise NotFound(N_("There is no record %(reference)s of this kind."), reference=reference) from None


def _nobody(_record: Any) -> Iterable[Holder]:
    return ()


@dataclass(frozen=True)
class Kind:
    """
    ``open`` is the verb that lets everyone see its public part, if there is one; ``parts`` are rows whose events belong to it; ``holders``
    are accounts that see this one by no office: who sent it, asked for it or was asked to judge it.
    """

    word: str
    find: Callable[[str, Actor], Any]
    sees: tuple[P, ...]
    changes: tuple[P, ...]
    open: P | None = None
    parts: tuple[str, ...] = ()
    holders: Callable[[Any], Iterable[Holder]] = _nobody


def _learner(reference: str, by: Actor) -> Any:
    cohort, _, number = reference.rpartition("-")
    if not number.isdecimal() or len(number) > 6:
        raise NotFound(N_("There is no such place in a cohort that you may see."))
    return training.get_enrolment(cohort=cohort, number=int(number), by=by)


def _curriculum(reference: str, by: Actor) -> Any:
    """``vehicle-inspection.2023``: no reference of a curriculum has a dot."""
    curriculum, _, version = reference.partition(".")
    return curricula.get_version(reference=curriculum, version=version, by=by).version


def _answer(reference: str, by: Actor) -> Any:
    """``DTC-2024-0001.lgtvc``: what a call asked one member."""
    call, _, member = reference.partition(".")
    return members.get_asked(call=call, member=member, by=by)


def _sent(import_: Any) -> Iterable[Holder]:
    if import_.sender is not None:
        yield Holder(import_.sender_id, import_.sender.username, None, None, Source.SENT)


def _asked_for(job: Any) -> Iterable[Holder]:
    if job.owner is not None:
        yield Holder(job.owner_id, job.owner.username, None, None, Source.SENT)


KINDS: dict[str, Kind] = {
    "member": Kind(
        N_("Member"), lambda reference, by: members.get_organisation(reference=reference, by=by),
        sees=(P.MEMBER_VIEW_ANY_STATE, P.MEMBER_EDIT), changes=(P.MEMBER_EDIT, P.MEMBER_CHANGE_STATE), open=P.MEMBER_VIEW,
        parts=("memberships", "seats"),
    ),
    "person": Kind(
        N_("Person"), lambda reference, by: people.get_person(reference=reference, by=by),
        sees=(P.PERSON_VIEW,), changes=(P.PERSON_REGISTER, P.PERSON_MERGE),
    ),
    "agreement": Kind(
        N_("Agreement"), lambda reference, by: agreements.get_agreement(reference=reference, by=by),
        sees=(P.AGREEMENT_VIEW_TEXT, P.AGREEMENT_DRAFT), changes=(P.AGREEMENT_DRAFT, P.AGREEMENT_SIGN, P.AGREEMENT_TERMINATE),
        open=P.AGREEMENT_VIEW, parts=("parties",),
    ),
    "obligation": Kind(
        N_("Obligation"), lambda reference, by: agreements.get_obligation(reference=reference, by=by),
        sees=(P.AGREEMENT_VIEW_TEXT,), changes=(P.OBLIGATION_SET, P.OBLIGATION_FULFIL),
    ),
    "site": Kind(
        N_("Site"), lambda reference, by: sites.get_site(reference=reference, by=by),
        sees=(P.SITE_EDIT,), changes=(P.SITE_EDIT, P.SITE_CHANGE_STATE), open=P.SITE_VIEW, parts=("posts",),
    ),
    "equipment": Kind(
        N_("Equipment"), lambda reference, by: sites.get_equipment(key=_key(reference), by=by),
        sees=(P.EQUIPMENT_VIEW,), changes=(P.EQUIPMENT_KEEP,),
    ),
    "programme": Kind(
        N_("Programme"), lambda reference, by: programmes.get_programme(reference=reference, by=by),
        sees=(P.PROGRAMME_CHANGE_STATE,), changes=(P.PROGRAMME_CHANGE_STATE,), open=P.PROGRAMME_VIEW,
    ),
    "trainer": Kind(
        N_("Trainer"), lambda reference, by: trainers.find_trainer(reference=reference, by=by),
        sees=(P.TRAINER_VIEW,), changes=(P.TRAINER_KEEP,), parts=("qualifications", "observed"),
    ),
    "cohort": Kind(
        N_("Cohort"), lambda reference, by: training.get_cohort(reference=reference, by=by),
        sees=(P.COHORT_VIEW,), changes=(P.LEARNER_ENROL, P.SESSION_PLAN, P.COHORT_CLOSE), parts=("trainers", "sessions"),
    ),
    "learner": Kind(
        N_("Learner"), _learner, sees=(P.LEARNER_VIEW,), changes=(P.LEARNER_ENROL, P.REGISTER_TAKE, P.REGISTER_CORRECT),
    ),
    "credential": Kind(
        N_("Credential"), lambda reference, by: credentials.get_credential(reference=reference, by=by),
        sees=(P.CREDENTIAL_VIEW,), changes=(P.CREDENTIAL_REVOKE,),
    ),
    "document": Kind(
        N_("Document"), lambda reference, by: documents.get_document(reference=reference, by=by),
        sees=(P.DOCUMENT_VIEW,), changes=(P.DOCUMENT_STORE,),
    ),
    "figure": Kind(
        N_("Evidence of a figure"), lambda reference, by: indicators.get_figure(reference=reference, by=by),
        sees=(P.EVIDENCE_VIEW_ROWS,), changes=(P.FIGURE_FREEZE, P.FIGURE_CORRECT), open=P.FIGURE_VIEW,
    ),
    "application": Kind(
        N_("Application"), lambda reference, by: members.seen_application(reference=reference, by=by),
        sees=(P.APPLICATION_VIEW, P.APPLICATION_FILL), changes=(P.APPLICATION_MANAGE, P.APPLICATION_DECIDE, P.APPLICATION_FILL),
        parts=("conditions",), holders=reviewers_of,
    ),
    "proposal": Kind(
        N_("Proposal"), lambda reference, by: members.get_proposal(reference=reference, by=by),
        sees=(P.MEMBER_VIEW_ANY_STATE, P.MEMBER_EDIT), changes=(P.PROPOSAL_DECIDE, P.MEMBER_PROPOSE),
    ),
    "data-call": Kind(
        N_("Data call"), lambda reference, by: members.get_call(reference=reference, by=by),
        sees=(P.DATA_CALL_VIEW, P.DATA_CALL_ANSWER), changes=(P.DATA_CALL_MAKE,), parts=("questions",),
    ),
    "answer": Kind(
        N_("Answer to a data call"), _answer, sees=(P.DATA_CALL_VIEW, P.DATA_CALL_ANSWER), changes=(P.DATA_CALL_ANSWER,),
        parts=("returns",),
    ),
    "conference": Kind(
        N_("Conference"), lambda reference, by: conferences.get_conference(reference=reference, by=by),
        sees=(P.CONFERENCE_PLAN,), changes=(P.CONFERENCE_PLAN,), open=P.ANNOUNCEMENT_VIEW,
    ),
    "announcement": Kind(
        N_("Announcement"), lambda reference, by: conferences.get_announcement(reference=reference, by=by),
        sees=(P.ANNOUNCEMENT_REPORT, P.ANNOUNCEMENT_CONFIRM), open=P.ANNOUNCEMENT_VIEW,
        changes=(
            P.ANNOUNCEMENT_MAKE, P.ANNOUNCEMENT_MOVE, P.ANNOUNCEMENT_MERGE, P.ANNOUNCEMENT_REPORT, P.ANNOUNCEMENT_CONFIRM,
        ),
    ),
    "commitment": Kind(
        N_("Funding commitment"), lambda reference, by: funding.find_commitment(reference=reference, by=by),
        sees=(P.FUNDING_VIEW_ANY,), changes=(P.FUNDING_COMMIT, P.FUNDING_PAY), open=P.FUNDING_VIEW,
    ),
    "demand": Kind(
        N_("Demand"), lambda reference, by: demand.get_demand(reference=reference, by=by),
        sees=(P.DEMAND_STATE,), changes=(P.DEMAND_STATE,), open=P.DEMAND_VIEW,
    ),
    "curriculum": Kind(
        N_("Curriculum"), _curriculum, sees=(P.CURRICULUM_EDIT,), changes=(P.CURRICULUM_EDIT, P.CURRICULUM_PUBLISH),
        open=P.CURRICULUM_VIEW, parts=("units",),
    ),
    "wave": Kind(
        N_("Follow-up wave"), lambda reference, by: outcomes.get_wave(reference=reference, by=by),
        sees=(P.OUTCOME_VIEW,), changes=(P.WAVE_PLAN, P.OUTCOME_RECORD),
    ),
    "edition": Kind(
        N_("Edition"), lambda reference, by: indicators.get_edition(reference=reference, by=by),
        sees=(P.EDITION_BUILD,), changes=(P.EDITION_BUILD, P.EDITION_PUBLISH), open=P.EDITION_VIEW,
    ),
    "request": Kind(
        N_("Request about a record"), lambda reference, by: get_request(reference=reference, by=by),
        sees=(P.RIGHTS_ANSWER, P.RIGHTS_USE), changes=(P.RIGHTS_ANSWER,),
    ),
    "import": Kind(
        N_("Import"), lambda reference, by: imports.see_import(key=_key(reference), by=by),
        sees=(P.IMPORT_VIEW,), changes=(), holders=_sent,
    ),
    "job": Kind(
        N_("Long work"), lambda reference, by: jobs.get_job(key=str(_key(reference)), by=by),
        sees=(P.AUDIT_VIEW,), changes=(P.JOB_CANCEL,), holders=_asked_for,
    ),
    "account": Kind(
        N_("Account"), lambda reference, by: accounts.get_kept_account(user_id=_key(reference), by=by),
        sees=(P.ACCOUNT_VIEW,), changes=(P.ACCOUNT_CLOSE,),
        holders=lambda user: [Holder(user.pk, user.username, None, None, Source.SELF)],
    ),
}  # fmt: skip
