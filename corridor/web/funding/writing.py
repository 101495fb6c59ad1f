"""Money is pledged, contracted, paid, paid back and withdrawn; rates are written down; programmes are borne in shares."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.agreements import queries as agreements
from corridor.rooms.funding import actions, queries
from corridor.rooms.funding.drafts import CommitmentDraft, ContractDraft, MovementDraft, RateDraft, Withdrawal
from corridor.rooms.members import queries as members
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.programmes.actions import split_funding
from corridor.rooms.programmes.drafts import SplitDraft
from corridor.web.posting import form_status, posted, posted_files, shown_on
from corridor.web.wording import sentence

from .forms import CommitmentForm, ContractForm, MovementForm, RateForm, SplitForm, WithdrawForm

form_page = require_http_methods(["GET", "POST"])


@form_page
def pledge(request: HttpRequest) -> HttpResponse:
    by = request.actor
    by.require(Permission.FUNDING_COMMIT)
    form = CommitmentForm(
        posted(request), purposes=queries.PURPOSES,
        initial={"pledged_on": clock.today(), "currency": "CNY", "source_mark": "assumed"},
    )  # fmt: skip

    def write(given: dict[str, Any]) -> str:
        agreement = agreements.get_agreement(reference=given["agreement"], by=by) if given["agreement"] else None
        payer, payee = (members.get_organisation(reference=given[side], by=by) for side in ("payer", "payee"))
        draft = CommitmentDraft(
            payer, payee, form.money(), given["what"], given["pledged_on"], purpose=given["purpose"],
            agreement=agreement, disclosure=given["disclosure"], source_mark=given["source_mark"], source=given["source"],
        )  # fmt: skip
        made = actions.pledge_commitments(commitments=[draft], at=clock.now(), by=by)[0]
        messages.success(request, _("%(commitment)s is written down.") % {"commitment": made.reference})
        return reverse("commitment", args=[made.reference])

    words = {"title": _("Write down a commitment"), "button": _("Write it down"), "lead": ""}
    return _answer(request, form, write, words, (_("Money"), reverse("commitments")))


@form_page
def contract(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    by.require(Permission.FUNDING_COMMIT)
    found = queries.get_commitment(reference=reference, by=by, on=clock.today())
    form = ContractForm(
        posted(request), posted_files(request), currency=found.currency,
        initial={"on": clock.today(), "amount": found.pledged.amount},
    )  # fmt: skip

    def write(given: dict[str, Any]) -> str:
        parts = form.parts()
        if form.errors:
            return ""
        upload = _upload(given, _("Contract of %(commitment)s") % {"commitment": reference})
        draft = ContractDraft(found, given["on"], form.money(), parts, upload=upload)
        actions.contract_commitments(contracts=[draft], at=clock.now(), by=by)
        messages.success(request, _("The contract is written down."))
        return reverse("commitment", args=[reference])

    words = {"title": _("Write down the contract"), "button": _("It is contracted"), "lead": found.what}
    return _answer(request, form, write, words, _back(reference))


@form_page
def move(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    found = queries.get_commitment(reference=reference, by=by, on=clock.today())
    by.require(Permission.FUNDING_PAY, on=found)
    form = MovementForm(posted(request), posted_files(request), currency=found.currency, initial={"on": clock.today()})

    def write(given: dict[str, Any]) -> str:
        upload = _upload(given, _("Payment under %(commitment)s") % {"commitment": reference})
        draft = MovementDraft(found, given["on"], form.money(), given["kind"], given["reason"], upload=upload)
        actions.record_movements(movements=[draft], at=clock.now(), by=by)
        messages.success(request, _("The movement is written down."))
        return reverse("commitment", args=[reference])

    words = {"title": _("Write down a payment or a refund"), "button": _("Write it down"), "lead": found.what}
    return _answer(request, form, write, words, _back(reference))


@form_page
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    by.require(Permission.FUNDING_COMMIT)
    found = queries.get_commitment(reference=reference, by=by, on=clock.today())
    form = WithdrawForm(posted(request), initial={"on": clock.today()})

    def write(given: dict[str, Any]) -> str:
        gone = Withdrawal(found, given["on"], given["reason"])
        actions.withdraw_commitments(withdrawals=[gone], at=clock.now(), by=by)
        messages.success(request, _("The commitment is withdrawn; it stays to be read."))
        return reverse("commitment", args=[reference])

    words = {"title": _("Withdraw the commitment"), "button": _("Withdraw it"), "lead": found.what}
    return _answer(request, form, write, words, _back(reference))


@form_page
def set_rate(request: HttpRequest) -> HttpResponse:
    by = request.actor
    by.require(Permission.RATE_SET)
    form = RateForm(posted(request), initial={"on": clock.today(), "into": "CNY"})

    def write(given: dict[str, Any]) -> str:
        draft = RateDraft(given["of"], given["into"], given["on"], given["value"], given["source"])
        actions.set_rates(rates=[draft], at=clock.now(), by=by)
        messages.success(request, _("The rate is written down."))
        return reverse("exchange-rates")

    words = {"title": _("Write down a rate"), "button": _("Write it down"), "lead": ""}
    return _answer(request, form, write, words, (_("Rates"), reverse("exchange-rates")))


@form_page
def split(request: HttpRequest, reference: str) -> HttpResponse:
    by, today = request.actor, clock.today()
    by.require(Permission.FUNDING_COMMIT)
    programme = programmes.get_programme(reference=reference, by=by)
    form = SplitForm(posted(request), initial={"starts_on": today})

    def write(given: dict[str, Any]) -> str:
        lines = form.lines()
        if form.errors:
            return ""
        shares = [(queries.get_commitment(reference=named, by=by, on=today), share) for named, share in lines]
        draft = SplitDraft(programme, given["starts_on"], shares, given["reason"])
        split_funding(splits=[draft], by=by)
        messages.success(request, _("Who bears the programme is written down."))
        return reverse("programme", args=[reference])

    words = {"title": _("Who bears this programme?"), "button": _("Write it down"), "lead": ""}
    return _answer(request, form, write, words, (reference, reverse("programme", args=[reference])))


def _answer(
    request: HttpRequest,
    form: Any,
    write: Callable[[dict[str, Any]], str],
    words: dict[str, str],
    back: tuple[str, str],
) -> HttpResponse:
    """Show the form, or do what it says; ``write`` answers where to go, or "" where it found something wrong with a line."""
    status = form_status(request)
    if form.is_bound and form.is_valid():
        try:
            there = write(form.cleaned_data)
        except NotFound as missing:
            form.add_error(None, sentence(missing))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            if there:
                return redirect(there)
    return render(request, "partials/form_page.html", {"form": form, "back": back, **words}, status=status)


def _upload(given: dict[str, Any], title: str) -> Upload | None:
    sent = given.get("paper")
    return Upload(sent.name, sent.read(), title, kind="funding") if sent else None


def _back(reference: str) -> tuple[str, str]:
    return reference, reverse("commitment", args=[reference])
