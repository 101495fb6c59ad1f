from enum import StrEnum


class Permission(StrEnum):
    """
    Everything a person or a machine can be allowed to do.

    One line per verb, grouped by room in the order of the house, alphabetical inside a room.
    """

    AUDIT_VIEW = "audit.view"
    DOCUMENT_STORE = "documents.store"
    DOCUMENT_VIEW = "documents.view"
    TOKEN_MAKE = "accounts.make_token"

    ALLIANCE_DESCRIBE = "members.describe_alliance"
    MEMBER_CHANGE_STATE = "members.change_state"
    MEMBER_EDIT = "members.edit"
    MEMBER_REGISTER = "members.register"
    MEMBER_VIEW = "members.view"
    MEMBER_VIEW_ANY_STATE = "members.view_any_state"
    SEAT_GIVE = "members.give_seat"
    SEAT_HAND_OVER = "members.hand_over_seat"
    SEAT_VIEW = "members.view_seats"
    SUBSTITUTE_NAME = "members.name_substitute"

    PERSON_ERASE = "people.erase"
    PERSON_MERGE = "people.merge"
    PERSON_REGISTER = "people.register"
    PERSON_VIEW = "people.view"
    RETENTION_SET = "people.set_retention"
    RIGHTS_ANSWER = "people.answer_request"
    RIGHTS_USE = "people.use_own_rights"
    TRANSFER_RECORD = "people.record_transfer"
    TRANSFER_VIEW = "people.view_transfers"

    CURRICULUM_EDIT = "curricula.edit"
    CURRICULUM_PUBLISH = "curricula.publish"
    CURRICULUM_VIEW = "curricula.view"
    MAPPING_CLAIM = "curricula.claim_mapping"
    MAPPING_REVIEW = "curricula.review_mapping"

    ANNOUNCEMENT_CONFIRM = "conferences.confirm_announcement"
    ANNOUNCEMENT_MAKE = "conferences.make_announcement"
    ANNOUNCEMENT_MOVE = "conferences.move_announcement"
    ANNOUNCEMENT_REPORT = "conferences.report_on_announcement"
    ANNOUNCEMENT_VIEW = "conferences.view"
    CONFERENCE_PLAN = "conferences.plan"

    AGREEMENT_ACTIVATE = "agreements.activate"
    AGREEMENT_DRAFT = "agreements.draft"
    AGREEMENT_PROPOSE = "agreements.propose"
    AGREEMENT_SIGN = "agreements.sign"
    AGREEMENT_SIGN_ON_PAPER = "agreements.record_paper_signature"
    AGREEMENT_TERMINATE = "agreements.terminate"
    AGREEMENT_VIEW = "agreements.view"
    AGREEMENT_VIEW_TEXT = "agreements.view_text"

    DEMAND_STATE = "demand.state"
    DEMAND_VIEW = "demand.view"

    SITE_CHANGE_STATE = "sites.change_state"
    SITE_EDIT = "sites.edit"
    SITE_REGISTER = "sites.register"
    SITE_STAFF = "sites.appoint_staff"
    SITE_VIEW = "sites.view"

    PROGRAMME_CHANGE_STATE = "programmes.change_state"
    PROGRAMME_PROPOSE = "programmes.propose"
    PROGRAMME_VIEW = "programmes.view"

    COHORT_CLOSE = "training.close_cohort"
    COHORT_OPEN = "training.open_cohort"
    COHORT_VIEW = "training.view_cohorts"
    LEARNER_ENROL = "training.enrol"
    LEARNER_VIEW = "training.view_learners"
    REGISTER_CORRECT = "training.correct_register"
    REGISTER_LOCK = "training.lock_register"
    REGISTER_TAKE = "training.take_register"
    SESSION_PLAN = "training.plan_session"
    TRAINER_APPOINT = "training.appoint_trainer"

    ASSESSOR_APPOINT = "assessment.appoint_assessor"
    DECISION_FINALISE = "assessment.finalise"
    DECISION_RECORD = "assessment.record"
    DECISION_VIEW = "assessment.view"

    CREDENTIAL_AWARD = "credentials.award"
    CREDENTIAL_EXPORT = "credentials.export"
    CREDENTIAL_REVOKE = "credentials.revoke"
    CREDENTIAL_VIEW = "credentials.view"
    ENTITLEMENT_GRANT = "credentials.grant_entitlement"
    KEY_MAKE = "credentials.make_key"
    RECOGNITION_STATE = "credentials.state_recognition"

    OUTCOME_RECORD = "outcomes.record"
    OUTCOME_VIEW = "outcomes.view"
    WAVE_PLAN = "outcomes.plan_wave"

    CLAIM_STATE = "indicators.state_claim"
    EDITION_BUILD = "indicators.build_edition"
    EDITION_PUBLISH = "indicators.publish_edition"
    EDITION_VIEW = "indicators.view_edition"
    EVIDENCE_VIEW_ROWS = "indicators.view_evidence_rows"
    FIGURE_CORRECT = "indicators.correct_figure"
    FIGURE_FREEZE = "indicators.freeze_figure"
    FIGURE_SIGN = "indicators.sign_figure"
    FIGURE_VIEW = "indicators.view_figures"
