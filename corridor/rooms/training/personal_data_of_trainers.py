"""What the register of trainers, the stays abroad and a learner's own evidence hold about one human being, and what an erasure does to it."""

from collections.abc import Collection
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.forgetting import forget_documents
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_

from .models import (
    AgreedAction,
    LanguageScale,
    LanguageSource,
    ObservedSession,
    OwnEvidence,
    Stay,
    StayKind,
    Trainer,
    TrainerLanguage,
    TrainerQualification,
)

_TO_TRUST = N_("To know who trains for the alliance, and what they may train.")
_WHILE_TRAINER = N_("As long as the record stands. An erasure takes it away.")
_NO_NEED = N_("No figure needs it.")
_FOR_GOOD = N_("For good: figures are counted from it. After an erasure nothing in it says who you were.")
_COUNTED = N_("Figures were counted from it; without a name it is nobody’s.")


def personal_data(keys: Collection[UUID]) -> list[PersonalPart]:
    """``keys``: all records of one human being. Seven statements."""
    entries = Trainer.objects.filter(person__in=keys).select_related("employer").order_by("held_from", "pk")
    learned = TrainerQualification.objects.filter(trainer__person__in=keys).order_by("awarded_on", "pk")
    spoken = TrainerLanguage.objects.filter(trainer__person__in=keys).order_by("language", "scale")
    stays = Stay.objects.filter(person__in=keys).select_related("sent_by").order_by("starts_on", "pk")
    seen = ObservedSession.objects.select_related("session__cohort").order_by("written_at", "pk")
    observed = [("trainer", each) for each in seen.filter(trainer__person__in=keys)]
    observed += [("observer", each) for each in seen.filter(observer__in=keys)]
    files = OwnEvidence.objects.filter(enrolment__person__in=keys).select_related("enrolment__cohort", "document")
    return [
        PersonalPart(
            "trainer", N_("Entry in the register of trainers"), ("training.Trainer", "training.TrainerUnit"),
            Permission.TRAINER_VIEW, _TO_TRUST, _FOR_GOOD, OnErasure.STAYS, _COUNTED,
            {"employer": N_("Employer"), "from": N_("From"), "before": N_("Before")},
            [
                {
                    "employer": each.employer.reference if each.employer else None, "from": each.held_from.isoformat(),
                    "before": each.held_before.isoformat() if each.held_before else None,
                }
                for each in entries
            ],
        ),
        PersonalPart(
            "qualifications", N_("Qualifications as a trainer"), ("training.TrainerQualification",),
            Permission.TRAINER_VIEW, _TO_TRUST, _WHILE_TRAINER, OnErasure.GOES, _NO_NEED,
            {"what": N_("What"), "awarded_by": N_("Awarded by"), "awarded_on": N_("Awarded on"), "valid_before": N_("Valid before")},
            [
                {
                    "what": each.what, "awarded_by": each.awarded_by, "awarded_on": each.awarded_on.isoformat(),
                    "valid_before": each.valid_before.isoformat() if each.valid_before else None,
                }
                for each in learned
            ],
        ),
        PersonalPart(
            "spoken_languages", N_("Languages you speak"), ("training.TrainerLanguage",), Permission.TRAINER_VIEW, _TO_TRUST,
            _WHILE_TRAINER, OnErasure.GOES, _NO_NEED,
            {
                "language": N_("Language"), "scale": N_("Scale"), "level": N_("Level"), "source": N_("Known by"),
                "claimed_on": N_("Said on"),
            },
            [
                {
                    "language": each.language, "scale": each.scale, "level": each.level, "source": each.source,
                    "claimed_on": each.claimed_on.isoformat(),
                }
                for each in spoken
            ],
            {"scale": dict(LanguageScale.choices), "source": dict(LanguageSource.choices)},
        ),
        PersonalPart(
            "sessions_watched", N_("Sessions that were watched"),
            ("training.ObservedSession", "training.ObservedScore", "training.AgreedAction"), Permission.TRAINER_VIEW,
            N_("To help trainers teach better: what somebody saw in a session, and what both agreed to do."), _FOR_GOOD,
            OnErasure.EMPTIED, N_("That a session was watched is counted; what was said in words goes."),
            {"cohort": N_("Cohort"), "held_on": N_("Day"), "was": N_("You were"), "remarks": N_("Remarks")},
            [
                {
                    "cohort": each.session.cohort.reference, "held_on": each.session.held_on.isoformat(),
                    "was": was, "remarks": each.remarks,
                }
                for was, each in observed
            ],
            {"was": {"trainer": N_("The trainer"), "observer": N_("Who watched")}},
        ),
        PersonalPart(
            "stays", N_("Postings and trips"), ("training.Stay",), Permission.TRAINER_VIEW,
            N_("To know who works where, and to count days of guidance abroad."), _FOR_GOOD, OnErasure.EMPTIED,
            N_("Days were counted from it; what it was for goes."),
            {
                "kind": N_("Kind"), "sent_by": N_("Sent by"), "country": N_("Country"), "city": N_("City"), "from": N_("From"),
                "before": N_("Before"), "purpose": N_("What for"),
                "cost": N_("What it cost"),
            },
            [
                {
                    "kind": each.kind, "sent_by": each.sent_by.reference, "country": each.country, "city": each.city,
                    "from": each.starts_on.isoformat(), "before": each.ends_before.isoformat() if each.ends_before else None,
                    "purpose": each.purpose, "cost": str(each.cost or ""),
                }
                for each in stays
            ],
            {"kind": dict(StayKind.choices)},
        ),
        PersonalPart(
            "own_evidence", N_("Files that you added to your places"), ("training.OwnEvidence",), Permission.LEARNER_VIEW,
            N_("To show those who assess you what you can do."), _WHILE_TRAINER, OnErasure.GOES, _NO_NEED,
            {"cohort": N_("Cohort"), "file": N_("File"), "words": N_("What it shows"), "added_at": N_("Added")},
            [
                {
                    "cohort": each.enrolment.cohort.reference, "file": each.document.file_name, "words": each.words,
                    "added_at": each.added_at.isoformat(),
                }
                for each in files
            ],
        ),
    ]  # fmt: skip


def forget(keys: Collection[UUID], *, by: Actor) -> int:
    """Take away qualifications, languages and own files, and make words about sessions and stays empty. Return how many rows."""
    by.require(Permission.PERSON_ERASE)
    learned = TrainerQualification.objects.filter(trainer__person__in=keys)
    files = OwnEvidence.objects.filter(enrolment__person__in=keys)
    papers = [*learned.values_list("document", flat=True), *files.values_list("document", flat=True)]
    observed = ObservedSession.objects.filter(trainer__person__in=keys)
    entries = list(Trainer.objects.filter(person__in=keys).order_by("pk"))
    count = AgreedAction.objects.filter(observed__in=observed).delete()[0] + observed.exclude(remarks="").update(
        remarks=""
    )
    count += Stay.objects.filter(person__in=keys).exclude(purpose="").update(purpose="")
    count += TrainerLanguage.objects.filter(trainer__person__in=keys).delete()[0]
    count += learned.delete()[0] + files.delete()[0]
    forget_documents([paper for paper in papers if paper is not None], by=by)
    log.record_each("training.trainer_erased", by=by, subjects=entries)
    return count
