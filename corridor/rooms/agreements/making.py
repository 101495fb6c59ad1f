"""How drafts are made: by whoever drafts, amends or renews."""

from collections.abc import Sequence

from corridor.foundations.access import Actor
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from .drafts import AgreementDraft
from .lifecycle import AgreementStatus
from .models import Agreement, SigningOrder
from .refusals import ReferenceTaken
from .writing import faults_of, name_all_parties, placed, write_all_lines, write_all_texts


def make_drafts(agreements: Sequence[AgreementDraft], *, by: Actor) -> list[Agreement]:
    """For an action that has asked who may, and holds an open transaction. :raises ReferenceTaken, BadInput: as draft_agreements."""
    problems = [problem for draft in agreements for problem in faults_of(draft)]
    if problems:
        raise BadInput(problems)
    unnumbered = [draft.starts_on for draft in agreements if not draft.reference]
    numbers = iter(give_numbers(model=Agreement, prefix="AGR", days=unnumbered, gate=Organisation))
    references = [draft.reference or next(numbers) for draft in agreements]
    taken = Agreement.objects.filter(reference__in=references).values_list("reference", flat=True).first()
    if taken or len(set(references)) < len(references):
        again = taken or next(each for place, each in enumerate(references) if each in references[:place])
        raise ReferenceTaken(N_("There is an agreement %(reference)s already."), reference=again)
    made = Agreement.objects.bulk_create(
        [
            Agreement(
                id=draft.key or new_id(), reference=reference, status=AgreementStatus.DRAFT, announcement=draft.announcement,
                starts_on=draft.starts_on, ends_before=draft.ends_before, source_mark=draft.source_mark, kind=draft.kind,
                parent=draft.parent, renews=draft.renews, amends=draft.amends, copied_from=draft.copied_from, why=draft.why,
                quorum=draft.kind.quorum if draft.kind else 1,
                signing_order=draft.kind.signing_order if draft.kind else SigningOrder.PARALLEL,
            )
            for reference, draft in zip(references, agreements, strict=True)
        ]
    )  # fmt: skip
    pairs = list(zip(made, agreements, strict=True))
    write_all_texts([(agreement, text) for agreement, draft in pairs for text in draft.texts])
    name_all_parties([(agreement, party) for agreement, draft in pairs for party in placed(draft.parties)])
    write_all_lines([(agreement, line) for agreement, draft in pairs for line in draft.lines])
    log.record_each("agreements.drafted", by=by, subjects=made)
    return made


def require_reason(reason: str) -> None:
    """:raises BadInput: without one."""
    if not reason.strip():
        raise BadInput([Problem(N_("Say why, so that the others can follow."), column="reason")])
