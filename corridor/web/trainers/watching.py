"""Sessions that are watched: writing one down, what was agreed, and the rubrics by which."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.vocabularies.languages import choose
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.training.actions import observing
from corridor.rooms.training.queries import knowing
from corridor.rooms.training.queries import observed as watched
from corridor.rooms.training.queries import trainers as register
from corridor.rooms.training.queries.trainer_choices import RubricPart
from corridor.rooms.training.trainer_drafts import ObservedDraft, RubricDraft
from corridor.web.posting import posted
from corridor.web.sites.answering import form_answer
from corridor.web.ui.days import day_text
from corridor.web.ui.names import reader_language

from .forms import DoneForm, RubricForm, WatchForm

form_page = require_http_methods(["GET", "POST"])


@form_page
def watch(request: HttpRequest, reference: str) -> HttpResponse:
    by, on = request.actor, clock.today()
    trainer = register.find_trainer(reference=reference, by=by)
    sessions = watched.sessions_to_watch(trainer=trainer, on=on, by=by)
    if not sessions:
        by.require(Permission.SESSION_OBSERVE)
    rubric = _rubric(request)
    if rubric is None:
        shown = {"trainer": trainer, "may_describe": by.may(Permission.SESSION_OBSERVE)}
        return render(request, "trainers/no_rubric.html", shown, status=409 if request.method == "POST" else 200)
    lines = [(line, words_of(line)) for line in rubric.lines.all()]
    form = WatchForm(
        posted(request),
        criteria=[each for each in lines if each[0].part == RubricPart.CRITERION],
        levels=[each for each in lines if each[0].part == RubricPart.LEVEL],
    )
    form.fields["session"].offer(
        [
            (str(each.pk), f"{each.cohort.reference}, {day_text(each.held_on)}, {each.topic or each.number}", each)
            for each in sessions
        ],
        empty=_("Choose one"),
    )

    def act(given: dict[str, Any]) -> None:
        draft = ObservedDraft(
            trainer=trainer, session=given["session"], observer=_observer(given["observer"], request), scores=form.scores(),
            remarks=given["remarks"], agreed=form.agreed(),
        )  # fmt: skip
        observing.observe_sessions(observed=[draft], at=clock.now(), by=by)

    words = {
        "title": _("Write about a session you watched"), "button": _("Write it down"), "done": _("What you saw is written down."),
        "lead": _("The trainer reads it too. Rubric: %(rubric)s.") % {"rubric": str(rubric)},
    }  # fmt: skip
    return form_answer(
        request, form, act, words=words, back=(trainer.reference, reverse("trainer", args=[trainer.reference]))
    )


@require_GET
def observed_page(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    by = request.actor
    found = watched.get_observed(trainer=reference, key=key, by=by)
    shown = {
        "found": found, "trainer": found.trainer, "on": clock.today(),
        "levels": [(words_of(score.criterion), words_of(score.level)) for score in found.scores.all()],
        "agreed": [(each, each.is_late(on=clock.today())) for each in found.agreed.all()],
        "may_settle": by.may(Permission.SESSION_OBSERVE, on=found.session),
    }  # fmt: skip
    return render(request, "trainers/observed.html", shown)


@form_page
def settle(request: HttpRequest, reference: str, key: UUID, action: UUID) -> HttpResponse:
    by = request.actor
    found = watched.get_observed(trainer=reference, key=key, by=by)
    by.require(Permission.SESSION_OBSERVE, on=found.session)
    agreed = next((each for each in found.agreed.all() if each.pk == action), None)
    if agreed is None:
        raise NotFound(N_("Nothing like that was agreed after this session."))
    form = DoneForm(posted(request), initial={"on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        observing.settle_agreed(action=agreed, on=given["on"], by=by)

    words = {
        "title": _("What was agreed is done"),
        "button": _("It is done"),
        "done": _("It is written down as done."),
        "lead": agreed.what,
    }
    back = (found.trainer.reference, reverse("observed-session", args=[reference, key]))
    return form_answer(request, form, act, words=words, back=back)


@require_GET
def rubric_list(request: HttpRequest) -> HttpResponse:
    by, on = request.actor, clock.today()
    rows = [(each, each.is_in_use(on=on), _parts(each)) for each in watched.rubrics(by=by)]
    return render(request, "trainers/rubrics.html", {"rows": rows, "may_describe": by.may(Permission.SESSION_OBSERVE)})


@form_page
def new_rubric(request: HttpRequest) -> HttpResponse:
    by = request.actor
    by.require(Permission.SESSION_OBSERVE)
    before = next(iter(watched.rubrics(by=by)), None)
    first: dict[str, Any] = {"starts_on": clock.today(), "language": "en"}
    if before is not None:
        criteria, levels = _parts(before)
        first |= {
            "code": before.code, "version": before.version + 1, "criteria": "\n".join(words for _line, words in criteria),
            "levels": "\n".join(words for _line, words in levels),
        }  # fmt: skip
    form = RubricForm(posted(request), initial=first)

    def act(given: dict[str, Any]) -> None:
        draft = RubricDraft(
            code=given["code"], version=given["version"], starts_on=given["starts_on"], criteria=form.lines("criteria"),
            levels=form.lines("levels"),
        )  # fmt: skip
        observing.describe_rubrics(rubrics=[draft], by=by)

    words = {
        "title": _("A new version of a rubric"), "button": _("Put it in use"), "done": _("The version is in use from its day."),
        "lead": _("Sessions that were watched keep the version by which they were."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=(_("Rubrics"), reverse("rubrics")))


def words_of(line: Any) -> str:
    """The words of a line for this reader."""
    return choose({each.language: each.text for each in line.texts.all()}, reader_language())[0]


def _rubric(request: HttpRequest) -> Any:
    """The rubric in use, the first by its code."""
    return next(iter(watched.rubrics_in_use(on=clock.today(), by=request.actor)), None)


def _observer(reference: str, request: HttpRequest) -> Any:
    return knowing.person_who_watched(reference=reference, by=request.actor)


def _parts(rubric: Any) -> tuple[list[tuple[Any, str]], list[tuple[Any, str]]]:
    lines = [(line, words_of(line)) for line in rubric.lines.all()]
    return (
        [each for each in lines if each[0].part == RubricPart.CRITERION],
        [each for each in lines if each[0].part == RubricPart.LEVEL],
    )
