"""What a person agrees to, in plain words; and the purposes that the secretariat keeps."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.receiving import Upload
from corridor.journeys.find_persons import get_person, get_self
from corridor.kernel.errors import Refusal
from corridor.rooms.people import actions, queries
from corridor.rooms.people.actions import ConsentDraft, PaperConsent
from corridor.rooms.people.choices import Need, PurposeBasis, Taking
from corridor.rooms.people.fields import PersonField, is_own, require_field
from corridor.web.documents.answers import file_answer
from corridor.web.posting import form_status, posted, posted_files, shown_on
from corridor.web.ui.languages import language_name
from corridor.web.ui.names import reader_language

from .keeping import tried
from .part_forms import PaperConsentForm, PurposeForm

form_page = require_http_methods(["GET", "POST"])


@require_GET
def own_consents(request: HttpRequest) -> HttpResponse:
    return redirect("person-consents", get_self(by=request.actor).reference)


@form_page
def consents(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    person = get_person(reference=reference, by=by)
    require_field(PersonField.CONSENTS, person, by=by)
    states = queries.list_consents(person=person, language=reader_language(), on=clock.today(), by=by)
    if request.method == "POST":
        state = next((each for each in states if each.purpose.code == request.POST.get("purpose")), None)
        if state is None:
            raise Http404
        if request.POST.get("do") == "withdraw":
            tried(
                request,
                lambda: actions.withdraw_consent(person=person, purpose=state.purpose, at=clock.now(), by=by),
                _("It is taken back from now on."),
            )
        elif not is_own(person, by=by):
            return redirect("person-consent-paper", reference, state.purpose.code)
        elif state.text is not None:
            draft = ConsentDraft(person=person, text=state.text, given_at=clock.now(), taking=Taking.SELF)
            tried(request, lambda: actions.give_consent(draft=draft, by=by), _("Thank you. It is written down."))
        return redirect("person-consents", reference)
    shown = {"person": person, "states": states, "is_own": is_own(person, by=by)}
    return render(request, "people/consents.html", shown)


@form_page
def paper(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """What was signed on paper, with its scan; nobody writes down one for themself, who agrees on the page."""
    by, on = request.actor, clock.today()
    person = get_person(reference=reference, by=by)
    require_field(PersonField.CONSENTS, person, by=by)
    if is_own(person, by=by):
        return redirect("person-consents", reference)
    purpose = queries.get_purpose(code=code, by=by)
    form, status = PaperConsentForm(posted(request), posted_files(request)), form_status(request)
    form.offer(queries.sentences_of(purpose=purpose, on=on, by=by), language_name)
    if form.is_valid():
        given = form.cleaned_data
        scan = Upload(
            given["scan"].name, given["scan"].read(), title=f"{form.known[given['text']].title}: {person.reference}"
        )
        consent = PaperConsent(person=person, text=form.known[given["text"]], signed_on=given["signed_on"], scan=scan)
        try:
            actions.take_paper_consent(paper=consent, on=on, at=clock.now(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The consent and its paper are written down."))
            return redirect("person-consents", reference)
    return render(
        request, "people/consent_paper.html", {"person": person, "purpose": purpose, "form": form}, status=status
    )


@require_GET
def paper_file(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    person = get_person(reference=reference, by=request.actor)
    return file_answer(*queries.open_consent_paper(person=person, key=key, by=request.actor))


@form_page
def purposes(request: HttpRequest) -> HttpResponse:
    by = request.actor
    by.require(Permission.PURPOSE_DESCRIBE)
    form, status = PurposeForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        texts = {"en": (given["title"], given["text"])}
        if given["other_language"]:
            texts[given["other_language"]] = (given["other_title"], given["other_text"])
        try:
            purpose = actions.describe_purpose(
                code=given["code"], legal_basis=PurposeBasis(given["legal_basis"]), need=Need(given["need"]), by=by
            )
            actions.write_purpose_text(purpose=purpose, texts=texts, on=clock.today(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The purpose is written down; people are asked with this sentence now."))
            return redirect("purposes")
    missing = queries.purposes_missing(on=clock.today(), by=by)
    shown = {"form": form, "rows": queries.list_purposes(by=by), "missing": missing}
    return render(request, "people/purposes.html", shown, status=status)
