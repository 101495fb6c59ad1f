"""What stands in the way of making decisions final: signatures, evidence that is on its way, and second judgements."""

from collections.abc import Sequence
from uuid import UUID

from corridor.kernel.errors import Refusal
from corridor.kernel.wording import N_

from .models import (
    ChecklistPlace,
    Decision,
    Evidence,
    EvidenceCriterion,
    EvidenceNeed,
    Finding,
    Found,
    Judges,
    Sample,
    Scheme,
    SchemeCriterion,
    SignerRole,
    Signing,
    SignOff,
)
from .moderating import undecided_samples
from .refusals import DecisionIsDrawn, EvidenceMissing, MediaPending, NotSigned
from .schemes import criteria_of, whole

# An assessor who alone answers for a decision signs it by making it final.
SIGNERS: dict[Signing, tuple[SignerRole, ...]] = {
    Signing.ASSESSOR: (),
    Signing.LEARNER: (SignerRole.ASSESSOR, SignerRole.LEARNER),
    Signing.WITNESS: (SignerRole.ASSESSOR, SignerRole.LEARNER, SignerRole.WITNESS),
}


def signers_missing(decision: Decision, scheme: Scheme) -> list[SignerRole]:
    """Who has not signed a decision as it stands; nobody where its checklist is on paper."""
    if decision.checklist != ChecklistPlace.HERE:
        return []
    signed = {each.role for each in decision.signoffs.all() if each.decision_version == decision.version}
    return [role for role in SIGNERS[Signing(scheme.signing)] if role not in signed]


def obstacles_of(decisions: Sequence[Decision]) -> list[Refusal]:
    """One for each decision that cannot be final yet, in their order. Seven statements, however many decisions."""
    keys = [each.pk for each in decisions]
    schemes = {each.pk: each for each in whole({each.scheme_id for each in decisions if each.scheme_id})}
    waiting = {each.decision_id for each in undecided_samples(keys)}
    drawn = set(Sample.objects.filter(decision__in=keys).values_list("decision_id", flat=True))
    here = [each for each in decisions if each.checklist == ChecklistPlace.HERE]
    signed = set(SignOff.objects.filter(decision__in=here).values_list("decision_id", "decision_version", "role"))
    met: dict[UUID, set[UUID]] = {}
    for decision, criterion in Finding.objects.filter(decision__in=here, found=Found.MET).values_list(
        "decision_id", "criterion_id"
    ):
        met.setdefault(decision, set()).add(criterion)
    shown = _Shown(here)
    found: list[Refusal] = []
    for each in decisions:
        named = {"decision": str(each)}
        scheme = schemes.get(each.scheme_id) if each.scheme_id else None
        if each.pk in waiting or (scheme is not None and scheme.judges == Judges.TWO and each.pk not in drawn):
            text = N_("%(decision)s is judged a second time, and that is not over.")
            found.append(DecisionIsDrawn(text, **named))
        elif scheme is not None and each.checklist == ChecklistPlace.HERE:
            missing = [role for role in SIGNERS[Signing(scheme.signing)] if (each.pk, each.version, role) not in signed]
            if missing:
                text = N_("%(decision)s is not signed as it stands: %(who)s is missing.")
                found.append(NotSigned(text, who=missing[0].label, **named))
            elif (refusal := shown.refusal(each, scheme, met.get(each.pk, set()))) is not None:
                found.append(refusal)
    return found


class _Shown:
    """What the evidence of these decisions shows."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        rows = Evidence.objects.filter(enrolment__in={each.enrolment_id for each in decisions})
        self._of: dict[tuple[UUID, UUID, int], list[Evidence]] = {}
        for each in rows:
            self._of.setdefault((each.enrolment_id, each.unit_id, each.attempt), []).append(each)
        self._shows: dict[UUID, set[UUID]] = {}
        links = EvidenceCriterion.objects.filter(evidence__in=rows.values("pk"))
        for evidence, criterion in links.values_list("evidence_id", "criterion_id"):
            self._shows.setdefault(evidence, set()).add(criterion)

    def refusal(self, decision: Decision, scheme: Scheme, met: set[UUID]) -> Refusal | None:
        held = self._of.get((decision.enrolment_id, decision.unit_id, decision.attempt), [])
        if any(each.document_id is None for each in held):
            text = N_(
                "Evidence of %(decision)s is still on its way from a device. Let it arrive, or take it off the list."
            )
            return MediaPending(text, decision=str(decision))
        for criterion in criteria_of(scheme):
            if criterion.pk in met and not self._is_shown(criterion, held):
                text = N_("Criterion %(criterion)s of %(decision)s needs evidence: %(what)s.")
                what = EvidenceNeed(criterion.evidence).label
                return EvidenceMissing(text, criterion=criterion.code, decision=str(decision), what=what)
        return None

    def _is_shown(self, criterion: SchemeCriterion, held: list[Evidence]) -> bool:
        if criterion.evidence == EvidenceNeed.NONE:
            return True
        return any(
            criterion.pk in self._shows.get(each.pk, ()) and criterion.evidence in {EvidenceNeed.ANY.value, each.kind}
            for each in held
        )
