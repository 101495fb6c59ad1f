"""Say which kinds of agreement there are, how each is signed, and with which clauses a draft of it begins."""

from collections.abc import Sequence

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem, StaleForm
from corridor.kernel.wording import N_

from ..drafts import ClauseDraft, KindDraft
from ..models import AgreementKind, AgreementKindName, ClauseTemplate
from ..refusals import ReferenceTaken
from ..templates import PLACES, unknown_places


@transaction.atomic
def make_kinds(*, kinds: Sequence[KindDraft], by: Actor) -> list[AgreementKind]:
    """:raises ReferenceTaken: for a code that is in use. :raises BadInput: for a kind without a name, or a place that nothing fills."""
    by.require(Permission.AGREEMENT_KINDS_EDIT)
    _refuse(kinds)
    codes = [kind.code for kind in kinds]
    taken = AgreementKind.objects.filter(code__in=codes).values_list("code", flat=True).first()
    if taken or len(set(codes)) < len(codes):
        again = taken or next(code for place, code in enumerate(codes) if code in codes[:place])
        raise ReferenceTaken(N_("There is a kind “%(code)s” already."), code=again)
    made = AgreementKind.objects.bulk_create(
        [
            AgreementKind(code=kind.code, position=kind.position, signing_order=kind.signing_order, quorum=kind.quorum)
            for kind in kinds
        ]
    )
    for row, kind in zip(made, kinds, strict=True):
        _fill(row, kind)
    log.record_each("agreements.kind_made", by=by, subjects=made)
    return made


@transaction.atomic
def change_kind(*, kind: AgreementKind, draft: KindDraft, version: int, by: Actor) -> AgreementKind:
    """
    Names, clauses and the way of signing as given; its code stays. Agreements that were drafted before stay as they are.

    :raises StaleForm: if somebody changed it since ``version`` was read.
    """
    by.require(Permission.AGREEMENT_KINDS_EDIT)
    kind = AgreementKind.objects.select_for_update().get(pk=kind.pk)
    if kind.version != version:
        raise StaleForm(
            N_("Somebody has changed “%(code)s” since you opened this form."),
            theirs=str(kind.version), yours=str(version), code=kind.code,
        )  # fmt: skip
    _refuse([draft])
    kind.position, kind.signing_order, kind.quorum = draft.position, draft.signing_order, draft.quorum
    kind.version += 1
    kind.save(update_fields=["position", "signing_order", "quorum", "version"])
    kind.names.all().delete()
    kind.clauses.all().delete()
    _fill(kind, draft)
    log.record("agreements.kind_changed", by=by, subject=kind)
    return kind


@transaction.atomic
def write_clauses(*, clauses: Sequence[tuple[AgreementKind, ClauseDraft]], by: Actor) -> int:
    """Add clauses to kinds. :raises BadInput: for a number twice in a language, or a place that nothing fills."""
    by.require(Permission.AGREEMENT_KINDS_EDIT)
    held = list(
        AgreementKind.objects.select_for_update().filter(pk__in={kind.pk for kind, _ in clauses}).order_by("pk")
    )
    added: dict[object, list[ClauseDraft]] = {}
    for kind, clause in clauses:
        added.setdefault(kind.pk, []).append(clause)
    whole = [
        KindDraft(
            kind.code, {name.language: name.name for name in kind.names.all()},
            [*(ClauseDraft(each.language, each.number, each.text) for each in kind.clauses.all()), *added[kind.pk]],
        )
        for kind in held
    ]  # fmt: skip
    _refuse(whole)
    for kind in held:
        _write_clauses(kind, added[kind.pk])
        kind.version += 1
    AgreementKind.objects.bulk_update(held, ["version"])
    log.record_each("agreements.kind_changed", by=by, subjects=held)
    return len(clauses)


def _fill(kind: AgreementKind, draft: KindDraft) -> None:
    AgreementKindName.objects.bulk_create(
        [AgreementKindName(kind=kind, language=language, name=name.strip()) for language, name in draft.names.items()]
    )
    _write_clauses(kind, draft.clauses)


def _write_clauses(kind: AgreementKind, clauses: Sequence[ClauseDraft]) -> None:
    ClauseTemplate.objects.bulk_create(
        [
            ClauseTemplate(kind=kind, language=clause.language, number=clause.number, text=clause.text.strip())
            for clause in clauses
        ]
    )


def _refuse(kinds: Sequence[KindDraft]) -> None:
    problems = []
    for kind in kinds:
        if not any(name.strip() for name in kind.names.values()):
            problems.append(Problem(N_("A kind has a name."), column="name_en"))
        if kind.quorum < 1:
            problems.append(Problem(N_("At least one signs for each party."), column="quorum"))
        places = [(clause.language, clause.number) for clause in kind.clauses]
        if len(set(places)) < len(places):
            problems.append(Problem(N_("There is one clause of a number in a language, not two."), column="number"))
        if any(not clause.text.strip() for clause in kind.clauses):
            problems.append(Problem(N_("A clause says something."), column="text"))
        for clause in kind.clauses:
            problems += [
                Problem(
                    N_("Nothing fills “{%(place)s}”; a clause may name these places: %(places)s."),
                    {"place": place, "places": ", ".join(f"{{{each}}}" for each in PLACES)}, column=f"clauses_{clause.language}",
                )
                for place in unknown_places(clause.text)
            ]  # fmt: skip
    if problems:
        raise BadInput(problems)
