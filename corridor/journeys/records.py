"""The kinds of record that can be asked who sees them and what happened to them: how each is found, and by which verbs it is seen and changed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from corridor.foundations.access import Actor, Scope
from corridor.foundations.access.permissions import Permission as P  # noqa: N817
from corridor.foundations.documents import queries as documents
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.agreements import queries as agreements
from corridor.rooms.credentials import queries as credentials
from corridor.rooms.indicators import queries as indicators
from corridor.rooms.members import queries as members
from corridor.rooms.people import queries as people
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.sites import queries as sites
from corridor.rooms.training import queries as training


@dataclass(frozen=True)
class Kind:
    """``open`` is the verb that lets everyone see its public part, if there is one; ``parts`` are rows whose events belong to it."""

    word: str
    find: Callable[[str, Actor], Any]
    sees: tuple[P, ...]
    changes: tuple[P, ...]
    open: P | None = None
    parts: tuple[str, ...] = ()


def _learner(reference: str, by: Actor) -> Any:
    cohort, _, number = reference.rpartition("-")
    if not number.isdecimal() or len(number) > 6:
        raise NotFound(N_("There is no such place in a cohort that you may see."))
    return training.get_enrolment(cohort=cohort, number=int(number), by=by)


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
    "site": Kind(
        N_("Site"), lambda reference, by: sites.get_site(reference=reference, by=by),
        sees=(P.SITE_EDIT,), changes=(P.SITE_EDIT, P.SITE_CHANGE_STATE), open=P.SITE_VIEW, parts=("posts",),
    ),
    "programme": Kind(
        N_("Programme"), lambda reference, by: programmes.get_programme(reference=reference, by=by),
        sees=(P.PROGRAMME_CHANGE_STATE,), changes=(P.PROGRAMME_CHANGE_STATE,), open=P.PROGRAMME_VIEW,
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
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A record that the reader may see, with what reaches it."""

    code: str
    kind: Kind
    record: Any
    reference: str
    scopes: frozenset[Scope]
    person_id: UUID | None

    def may_change(self, by: Actor) -> bool:
        """Whether the reader oversees, or may change it in any way."""
        return by.may(P.GRANT_VIEW) or any(_may(by, verb, self.scopes) for verb in self.kind.changes)

    def keys(self, kind: str) -> frozenset[UUID]:
        return frozenset(key for each, key in self.scopes if each == kind)


def find_record(*, kind: str, reference: str, by: Actor) -> Found:
    """
    The record, for who may change it or oversees, and for the person it is about.

    :raises NotFound: for a kind that is not asked this way, and for what the reader may not see. :raises AccessDenied: for others who may see it.
    """
    known = KINDS.get(kind)
    if known is None:
        raise NotFound(N_("There is no such kind of record."))
    record = known.find(reference, by)
    scopes: frozenset[Scope] = record.scopes() if hasattr(record, "scopes") else frozenset()
    person = next((key for each, key in scopes if each == "person"), None)
    found = Found(kind, known, record, reference, scopes, person)
    is_own = person is not None and by.person_id == person
    if not is_own and not found.may_change(by):
        by.require(P.GRANT_VIEW)
    return found


def _may(by: Actor, verb: P, scopes: frozenset[Scope]) -> bool:
    return by.holds_everywhere(verb) or any(by.holds_for(verb, scope) for scope in scopes)


def may_ask(*, kind: str, record: Any, by: Actor) -> tuple[bool, bool]:
    """
    For the page of a record: whether this reader may ask who sees it, and what happened to it.

    A visitor may not, and nothing is read for that; nor for oversight. ``find_record`` decides again when they do ask.
    """
    if by.user_id is None:
        return False, False
    if by.may(P.GRANT_VIEW):
        return True, True
    changing = [verb for verb in KINDS[kind].changes if by.holds_somewhere(verb)]
    scopes: frozenset[Scope] = (
        record.scopes() if hasattr(record, "scopes") and (changing or by.person_id) else frozenset()
    )
    may_change = any(_may(by, verb, scopes) for verb in changing)
    return may_change or ("person", by.person_id) in scopes, may_change
