"""How a member's certificates look: set by its coordinator, seen as a specimen, and kept with who and when."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import NotFound, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.layouts import LayoutDraft
from corridor.rooms.credentials.queries.choices import CredentialKind
from corridor.rooms.credentials.queries.layouts import try_layout
from corridor.rooms.members import queries as members
from corridor.web.posting import form_status, posted, posted_files, shown_on

from .layout_forms import LayoutForm, initial_of, offices_of

# The button that shows what would be set, and keeps nothing.
TRY = "try"


@require_safe
def layout_members(request: HttpRequest) -> HttpResponse:
    """Whose layouts the reader sets; who sets one member's goes there at once."""
    found = list(queries.members_with_layouts(by=request.actor))
    if len(found) == 1:
        return redirect("layout", found[0].reference)
    return render(request, "credentials/layout_members.html", {"members": found})


@require_http_methods(["GET", "POST"])
def layout(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    member = members.get_organisation(reference=reference, by=by)
    by.require(Permission.LAYOUT_SET, on=member)
    programmes = queries.programmes_of_issuer(organisation=member, by=by)
    chosen, kind = _chosen(request, programmes), _kind(request)
    now = queries.current_layout(organisation=member, programme=chosen, kind=kind, by=by)
    initial = {"programme": chosen.reference if chosen else "", "kind": kind or ""} | initial_of(now)
    offices = offices_of(now, usual=queries.languages_of_issuer(organisation=member, by=by))
    form = LayoutForm(posted(request), posted_files(request), initial=initial, offices=offices)
    status = form_status(request)
    form.offer(programmes)
    if form.is_bound and form.is_valid():
        draft = LayoutDraft(
            organisation=member, programme=form.cleaned_data["programme"], kind=form.chosen_kind(), signatories=form.signatories(),
            languages=form.languages(), **form.pictures(),
        )  # fmt: skip
        try:
            if TRY in request.POST:
                return _pdf(try_layout(draft=draft, on=clock.today(), by=by), reference)
            kept = actions.set_layout(draft=draft, at=clock.now(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Certificates look so from now on. Those that were issued stay as they are."))
            of = _named(kept.programme, kept.kind)
            return redirect(reverse("layout", args=[reference]) + (f"?{of}" if of else ""))
    logo, seal = queries.pictures_in_use(organisation=member, programme=chosen, kind=kind, by=by)
    shown = {
        "member": member, "form": form, "now": now, "logo": logo, "seal": seal, "of": _named(chosen, kind),
        "layouts": queries.list_layouts(organisation=member, by=by),
    }  # fmt: skip
    return render(request, "credentials/layout.html", shown, status=status)


@never_cache
@require_safe
def layout_preview(request: HttpRequest, reference: str) -> HttpResponse:
    """A specimen of what is set now."""
    by = request.actor
    member = members.get_organisation(reference=reference, by=by)
    by.require(Permission.LAYOUT_SET, on=member)
    chosen = _chosen(request, queries.programmes_of_issuer(organisation=member, by=by))
    return _pdf(queries.layout_preview(organisation=member, programme=chosen, kind=_kind(request), by=by), reference)


def _pdf(content: bytes, reference: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{reference}-specimen.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _chosen(request: HttpRequest, programmes: Any) -> Any:
    """The programme that the address names; None for all without one of their own. :raises NotFound: for another."""
    reference = request.GET.get("programme", "")
    found = next((each for each in programmes if each.reference == reference), None)
    if reference and found is None:
        raise NotFound(N_("The member issues nothing for a programme of that number."))
    return found


def _kind(request: HttpRequest) -> CredentialKind | None:
    """The kind of certificate that the address names; None for all kinds. :raises NotFound: for what is none."""
    said = request.GET.get("kind", "")
    if said and said not in CredentialKind:
        raise NotFound(N_("There is no such kind of certificate."))
    return CredentialKind(said) if said else None


def _named(programme: Any, kind: str | None) -> str:
    """As an address names whose layout it is: ``programme=PRG-2023-0001&kind=unit``."""
    return urlencode(({"programme": programme.reference} if programme else {}) | ({"kind": str(kind)} if kind else {}))
