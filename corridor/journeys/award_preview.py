"""What awarding a cohort would say, learner by learner and in each language, and who is refused and why: before anything is signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import Refusal
from corridor.rooms.credentials.certificates.languages import LanguagesOnPaper
from corridor.rooms.credentials.drafts import CredentialDraft
from corridor.rooms.credentials.models import CredentialKind
from corridor.rooms.credentials.recognition import recognition_sentences, statements_on
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.certificate_forms import certificate_forms
from corridor.rooms.people.models import CertificateName, PersonName
from corridor.rooms.training.models import Cohort, Enrolment

from ._award_drafts import in_the_way, proven_drafts, require_awardable
from ._award_languages import languages_on_paper
from ._award_texts import TextPreview, texts_of


@dataclass(frozen=True)
class LearnerPreview:
    """One learner: the names as they would stand, what they would get for which units, and what is in the way (nothing: ready)."""

    enrolment: Enrolment
    names: tuple[str, ...]
    kind: CredentialKind
    units: tuple[str, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class AwardPreview:
    """
    ``refusal`` is in the way of the whole cohort; ``recognition`` is what would be signed about what it counts as, by kind; ``languages`` are
    those in which the papers would be written, and those left out for want of which titles (the whole is "", units have their code).
    """

    cohort: Cohort
    issuer: Organisation
    on: date
    refusal: Refusal | None
    learners: tuple[LearnerPreview, ...]
    nothing: int
    texts: tuple[TextPreview, ...]
    recognition: dict[str, str]
    languages: tuple[LanguagesOnPaper, ...]

    @property
    def ready(self) -> list[LearnerPreview]:
        return [each for each in self.learners if not each.refusals]

    @property
    def waiting(self) -> list[LearnerPreview]:
        return [each for each in self.learners if each.refusals]

    @property
    def awards(self) -> int:
        return sum(each.kind == CredentialKind.AWARD for each in self.ready)

    @property
    def statements(self) -> int:
        return len(self.ready) - self.awards


def preview_award(
    *, cohort: Cohort, issuer: Organisation, on: date, at: datetime, by: Actor, signers: Sequence[Organisation] = ()
) -> AwardPreview:
    """What ``award_cohort`` would do, whole: nothing is raised but for who may not ask, and nothing is changed."""
    by.require(Permission.CREDENTIAL_AWARD, on=cohort)
    refusal: Refusal | None = None
    try:
        require_awardable(cohort, issuer=issuer, on=on, at=at, signers=signers)
    except Refusal as found:
        refusal = found
    drafts, nothing = proven_drafts(cohort)
    obstacles = in_the_way(cohort, drafts, issuer=issuer)
    names = _names(drafts)
    learners = tuple(
        LearnerPreview(
            each.enrolment, names[each.enrolment.person_id], each.kind,
            tuple(decision.unit.code for decision in each.decisions), tuple(obstacles[each.enrolment.pk]),
        )
        for each in drafts
    )  # fmt: skip
    kinds = dict.fromkeys(each.kind for each in drafts)
    statements = statements_on({(cohort.programme_id, kind) for kind in kinds}, on)
    recognition = {
        kind.value: recognition_sentences(statements.get((cohort.programme_id, kind.value), [])) for kind in kinds
    }
    languages = languages_on_paper(cohort, issuer, drafts, signers)
    return AwardPreview(
        cohort, issuer, on, refusal, learners, nothing, texts_of(cohort, drafts, on=on), recognition, languages
    )


def _names(drafts: Sequence[CredentialDraft]) -> dict[UUID, tuple[str, ...]]:
    persons = {each.enrolment.person_id for each in drafts}
    forms: dict[UUID, list[PersonName]] = {}
    for each in PersonName.objects.filter(person__in=persons).order_by("pk"):
        forms.setdefault(each.person_id, []).append(each)
    confirmed: dict[UUID, list[str]] = {}
    rows = CertificateName.objects.filter(person__in=persons, ended_at__isnull=True).order_by("language")
    for person, name in rows.values_list("person", "full_name"):
        confirmed.setdefault(person, []).append(name)
    return {key: tuple(certificate_forms(forms.get(key, []), confirmed.get(key, []))) for key in persons}
