"""A holder asks to put something right in a certificate; who answers may say so by a new certificate in its place."""

from datetime import date, datetime, timedelta

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.attempts import Attempts
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.credentials.actions import note_correction, replace_credential
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.models import AskedCorrection, Credential, HolderLink
from corridor.rooms.credentials.queries import credential_asked_about
from corridor.rooms.people.actions.requests import Correction, accept_correction, finish_request
from corridor.rooms.people.lifecycle import RequestStatus
from corridor.rooms.people.models import Part, RightsRequest
from corridor.rooms.people.records import records_of

from . import answer_requests

# Through links to one certificate, also when a new one was made.
BY_LINK = Attempts("credentials.corrections-by-link", most=5, within=timedelta(days=1))


def ask_correction(
    *,
    credential: Credential,
    should_be: str,
    words: str = "",
    evidence: Upload | None = None,
    link: HolderLink | None = None,
    on: date,
    at: datetime,
    by: Actor,
) -> AskedCorrection:
    """
    A request like any other about the own record, which names the certificate. The secretariat and the managers of the site are told.

    ``link``: through which a holder without an account came. Who answers sees that nobody signed in.

    :raises AccessDenied: for anybody but the holder. :raises BadInput: if it is not said what it should say.
    :raises TooManyAttempts: after five in a day through links.
    """
    if link is not None:
        BY_LINK.require_left(credential.pk)
        BY_LINK.count(credential.pk)
    with transaction.atomic():
        # With the record that stays: requests about a merged one are nobody's.
        person = records_of(credential.enrolment.person)[0]
        asked = Correction(Part.CREDENTIAL, should_be, words, evidence)
        request = answer_requests.ask_correction(person=person, correction=asked, on=on, at=at, by=by)
        return note_correction(request=request, credential=credential, link=link, by=by)


@transaction.atomic
def replace_as_asked(*, request: RightsRequest, answer: str = "", on: date, at: datetime, by: Actor) -> Credential:
    """
    Answer by issuing the certificate anew from the records as they are now, which are put right before. Return the new one.

    :raises NotFound: if the request names no certificate. :raises AccessDenied: for who answers no requests, or replaces no certificates.
    :raises WrongMoment: if it is answered, or the certificate is not in force.
    """
    about = credential_asked_about(request_reference=request.reference, by=by)
    if about is None:
        raise NotFound(N_("%(request)s is about no certificate."), request=request.reference)
    if request.status == RequestStatus.ASKED:
        request = accept_correction(request=request, on=on, at=at, by=by, answer=answer)
    new = replace_credential(credential=about, on=on, at=at, by=by, why=Why.NAME_CORRECTED)
    if request.status == RequestStatus.ACCEPTED:
        finish_request(request=request, on=on, at=at, by=by)
    return new
