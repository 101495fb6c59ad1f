"""A holder without an account: the page of a link that came by letter or on paper, and joining what it opened to an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.attempts import TooManyAttempts
from corridor.kernel.errors import Refusal
from corridor.rooms.agreements.links import masked
from corridor.rooms.credentials import actions
from corridor.rooms.credentials.queries import LinkWay
from corridor.rooms.credentials.refusals import HolderLinkOver, WrongHolderCode
from corridor.web.errors import answer
from corridor.web.posting import form_status, posted, status_in_place
from corridor.web.unkept import unseen
from corridor.web.wording import sentence

from .holding import SESSION, for_holders, speak
from .own_forms import HolderCodeForm


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, secret: str) -> HttpResponse:
    """Looking at it changes nothing: a program that follows links in letters uses nothing up."""
    at, by = clock.now(), request.actor
    try:
        link = actions.find_link(secret=secret, at=at, by=by)
        speak(request, link.language)
        is_paper = link.way == LinkWay.PAPER
        form, status = HolderCodeForm(posted(request)), form_status(request)
        if request.method == "POST" and (is_paper or form.is_valid()):
            code = "" if is_paper else form.cleaned_data["code"]
            used = actions.open_link(secret=secret, code=code, at=at, by=by)
            request.session.cycle_key()
            request.session[SESSION] = str(used.pk)
            return unseen(redirect("my-certificates"))
    except HolderLinkOver as over:
        return _closed(request, over)
    except WrongHolderCode as wrong:
        form.add_error("code", sentence(wrong))
    except TooManyAttempts as enough:
        form.add_error("code", sentence(enough))
        status = 429
    has_code = link.code_expires_at is not None and at < link.code_expires_at
    shown = {
        "secret": secret, "is_paper": is_paper, "address": masked(link.email), "has_code": has_code, "form": form,
        "until": link.expires_at.date(), "issuer": link.credential.issuer,
    }  # fmt: skip
    return unseen(render(request, "credentials/claim.html", shown, status=status))


@login_not_required
@never_cache
@require_POST
def claim_code(request: HttpRequest, secret: str) -> HttpResponse:
    try:
        link = actions.send_holder_code(secret=secret, at=clock.now(), by=request.actor)
    except HolderLinkOver as over:
        return _closed(request, over)
    except TooManyAttempts as enough:
        return _enough(request, enough)
    speak(request, link.language)
    _told(request, link.email)
    return redirect(reverse("claim", args=[secret]) + "#h-open")


@for_holders
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """What the link opened, to the account that is signed in: an act of its own, confirmed by a code."""
    if request.holder_link is None:
        return redirect("my-certificates")
    if request.actor.user_id is None:
        return redirect_to_login(request.get_full_path())
    form, status, refused = HolderCodeForm(posted(request)), form_status(request), ""
    if form.is_valid():
        try:
            actions.join_to_account(
                key=request.holder_link.pk, code=form.cleaned_data["code"], at=clock.now(), by=request.actor
            )
        except WrongHolderCode as wrong:
            form.add_error("code", sentence(wrong))
        except TooManyAttempts as enough:
            form.add_error("code", sentence(enough))
            status = 429
        except Refusal as refusal:
            status, refused = status_in_place(refusal), sentence(refusal)
        else:
            del request.session[SESSION]
            messages.success(
                request, _("Your certificates stand with your account now. From now on sign in to see them.")
            )
            return redirect("my-certificates")
    until = request.holder_link.code_expires_at
    shown = {"form": form, "refused": refused, "has_code": until is not None and clock.now() < until}
    return render(request, "credentials/join.html", shown, status=status)


@for_holders
@require_POST
def join_code(request: HttpRequest) -> HttpResponse:
    if request.holder_link is None:
        return redirect("my-certificates")
    if request.actor.user_id is None:
        return redirect_to_login(reverse("join-certificates"))
    try:
        address = actions.send_joining_code(key=request.holder_link.pk, at=clock.now(), by=request.actor)
    except TooManyAttempts as enough:
        return _enough(request, enough)
    except Refusal as refusal:
        status = status_in_place(refusal)
        shown = {"form": HolderCodeForm(), "refused": sentence(refusal), "has_code": False}
        return render(request, "credentials/join.html", shown, status=status)
    _told(request, address)
    return redirect("join-certificates")


def _told(request: HttpRequest, address: str) -> None:
    said = _("A code is on its way to %(address)s. It works for a quarter of an hour.")
    messages.success(request, said % {"address": masked(address)})


def _enough(request: HttpRequest, enough: TooManyAttempts) -> HttpResponse:
    way_out = _("The letters that were sent are in your mailbox.")
    return unseen(answer(request, 429, text=sentence(enough), way_out=way_out))


def _closed(request: HttpRequest, over: HolderLinkOver) -> HttpResponse:
    way_out = _("Ask the site where you learned, or the secretariat, for a new one. If you have an account, sign in.")
    return unseen(answer(request, 410, text=sentence(over), way_out=way_out, rule=over.code))
