"""Who may do what. This table is the whole answer; docs/roles.md is made from it."""

from enum import StrEnum

from .bundles import OVERSIGHT, PUBLIC, SECRETARIAT, SIGNED_IN
from .permissions import Permission as P


class Role(StrEnum):
    """A role is held for the whole alliance, or for one country, member, site, programme, cohort or person (see Grant)."""

    SECRETARIAT = "secretariat"
    COUNCIL = "council"
    COORDINATOR = "coordinator"
    SITE_MANAGER = "site_manager"
    TRAINER = "trainer"
    ASSESSOR = "assessor"
    LEARNER = "learner"
    AUDITOR = "auditor"
    KEY_HOLDER = "key_holder"
    OVERRIDE = "override"
    APPLICANT = "applicant"
    DELEGATE = "delegate"
    SIGNER = "signer"
    HOLDER = "holder"
    MENTOR = "mentor"
    REPORTER = "reporter"
    VISITOR = "visitor"
    SYSTEM = "system"


PERMISSIONS_OF: dict[Role, frozenset[P]] = {
    Role.VISITOR: PUBLIC,
    Role.SECRETARIAT: SIGNED_IN | OVERSIGHT | SECRETARIAT,
    Role.COUNCIL: SIGNED_IN
    | {
        P.AGREEMENT_VIEW_TEXT,
        P.ANNOUNCEMENT_CONFIRM,
        P.DATA_CALL_VIEW,
        P.APPLICATION_DECIDE,
        P.APPLICATION_VIEW,
        P.DOCUMENT_VIEW,
        P.FIGURE_SIGN,
        P.FUNDING_VIEW_ANY,
        P.MAPPING_REVIEW,
        P.MEMBER_VIEW_ANY_STATE,
        P.CONTRIBUTION_REVIEW,
        P.CONTRIBUTION_VIEW,
        P.MINUTES_APPROVE,
        P.PROGRAMME_JUDGE,
        P.PROGRAMME_VIEW_LOG,
        P.PROPOSAL_DECIDE,
        P.SEAT_VIEW,
        P.SITE_PLAN_VIEW,
    },
    Role.COORDINATOR: SIGNED_IN
    | {
        P.ACCOUNT_INVITE,
        P.AGREEMENT_NAME_SIGNERS,
        P.AGREEMENT_NEGOTIATE,
        P.AGREEMENT_SIGN,
        P.AGREEMENT_VIEW_TEXT,
        P.ANNOUNCEMENT_REPORT,
        P.COHORT_VIEW,
        P.CONTRIBUTION_SEND,
        P.DATA_CALL_ANSWER,
        P.DEMAND_STATE,
        P.DOCUMENT_VIEW,
        P.EQUIPMENT_VIEW,
        P.FUNDING_PAY,
        P.FUNDING_VIEW_ANY,
        P.GRANT_DELEGATE,
        P.LAYOUT_SET,
        P.LEARNER_APPLY,
        P.LEARNER_VIEW,
        P.MEMBER_EDIT,
        P.OBLIGATION_FULFIL,
        P.OBLIGATION_WAIVE,
        P.ORGANISATION_PROPOSE,
        P.PROGRAMME_KEEP_LOG,
        P.PROGRAMME_VIEW_LOG,
        P.RESOLUTION_SETTLE,
        P.SEAT_HAND_OVER,
        P.SEAT_VIEW,
        P.SITE_PLAN_VIEW,
        P.SUBSTITUTE_NAME,
        P.TRAINER_KEEP,
        P.TRAINER_VIEW,
    },
    Role.SITE_MANAGER: SIGNED_IN
    | {
        P.ACCOUNT_INVITE,
        P.COHORT_OPEN,
        P.COHORT_VIEW,
        P.CREDENTIAL_HAND_OVER,
        P.CREDENTIAL_VIEW,
        P.DECISION_VIEW,
        P.EQUIPMENT_KEEP,
        P.EQUIPMENT_VIEW,
        P.FAULT_REPORT,
        P.GRANT_DELEGATE,
        P.LEARNER_ENROL,
        P.LEARNER_VIEW,
        P.MARK_RECORD,
        P.OUTCOME_VIEW,
        P.PERSON_EDIT,
        P.PERSON_VIEW,
        P.REGISTER_CORRECT,
        P.REGISTER_LOCK,
        P.RIGHTS_ANSWER,
        P.SESSION_OBSERVE,
        P.SESSION_PLAN,
        P.SITE_EDIT,
        P.SITE_PLAN,
        P.SITE_PLAN_VIEW,
        P.SITTING_PLAN,
        P.TRAINER_APPOINT,
        P.TRAINER_VIEW,
    },
    Role.TRAINER: SIGNED_IN
    | {P.COHORT_VIEW, P.GRANT_DELEGATE, P.LEARNER_VIEW, P.REGISTER_LOCK, P.REGISTER_TAKE, P.SESSION_PLAN},
    Role.ASSESSOR: SIGNED_IN
    | {
        P.COHORT_VIEW,
        P.DECISION_FINALISE,
        P.DECISION_RECORD,
        P.DECISION_VIEW,
        P.EVIDENCE_ADD,
        P.GRANT_DELEGATE,
        P.LEARNER_VIEW,
        P.MARK_RECORD,
        P.SITTING_PLAN,
    },
    Role.LEARNER: SIGNED_IN
    | {
        P.APPEAL_LODGE,
        P.CORRECTION_ASK,
        P.CREDENTIAL_VIEW,
        P.DECISION_VIEW,
        P.EVIDENCE_ADD,
        P.LEARNER_APPLY,
        P.LEARNER_VIEW,
        P.OWN_ARRIVAL_SAY,
        P.OWN_EVIDENCE_ADD,
        P.PERSON_EDIT,
        P.PERSON_VIEW,
        P.PRIOR_LEARNING_CLAIM,
        P.RIGHTS_USE,
    },
    Role.AUDITOR: SIGNED_IN | OVERSIGHT | {P.GRANT_DELEGATE},
    # Whoever holds the link of an application: this one and nothing else.
    Role.APPLICANT: frozenset({P.APPLICATION_FILL}),
    # Whoever holds the link of a registration for a conference: this one and nothing else.
    Role.DELEGATE: frozenset({P.DELEGATE_FILL}),
    # Whoever holds the link of a signer: this agreement, to read and to sign in that office.
    Role.SIGNER: frozenset({P.AGREEMENT_SIGN_BY_LINK, P.AGREEMENT_VIEW_TEXT}),
    # Whoever used a link to the own certificates: those, asking to put something right in one, and joining them to an account.
    Role.HOLDER: frozenset({P.ACCOUNT_JOIN, P.CORRECTION_ASK, P.CREDENTIAL_VIEW}),
    # Whoever holds the link of a mentor: the weeks of this one placement.
    Role.MENTOR: frozenset({P.PLACEMENT_CONFIRM}),
    # Whoever stands before a machine and reads its label: a fault of this one.
    Role.REPORTER: frozenset({P.FAULT_REPORT}),
    Role.KEY_HOLDER: SIGNED_IN | {P.KEY_MAKE, P.SEAT_HAND_OVER, P.SUBSTITUTE_NAME},
    # One record for an hour, with a written reason: reading alone (foundations/grants).
    Role.OVERRIDE: frozenset(
        {
            P.APPLICATION_VIEW,
            P.COHORT_VIEW,
            P.CREDENTIAL_VIEW,
            P.DECISION_VIEW,
            P.IMPORT_VIEW,
            P.LEARNER_VIEW,
            P.OUTCOME_VIEW,
            P.PERSON_VIEW,
        }
    ),
    # The example's loader, the worker and the nightly work: everything but the signatures that only persons give.
    Role.SYSTEM: frozenset(P)
    - {P.ACCOUNT_JOIN, P.AGREEMENT_SIGN, P.AGREEMENT_SIGN_BY_LINK, P.FIGURE_SIGN, P.PLACEMENT_CONFIRM, P.TOKEN_MAKE},
}

# Only reading: what is left to somebody who looks as a role, and all that an override gives.
READING = frozenset(permission for permission in P if permission.value.partition(".")[2].startswith("view"))
# Offices whose word counts for the alliance or a member; they are given to a person and passed on to nobody.
SIGNING = frozenset({Role.COUNCIL, Role.KEY_HOLDER})
# Roles that come with an enrolment, an override, or with nobody; they are neither given nor passed on.
NOT_GIVEN = frozenset(
    {
        Role.APPLICANT,
        Role.DELEGATE,
        Role.HOLDER,
        Role.LEARNER,
        Role.MENTOR,
        Role.OVERRIDE,
        Role.REPORTER,
        Role.SIGNER,
        Role.VISITOR,
        Role.SYSTEM,
    }
)
