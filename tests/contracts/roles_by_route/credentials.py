"""What issuers publish, and what a holder's token opens: the same for everyone."""

from datetime import UTC, date, datetime

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.rooms.credentials import actions
from corridor.rooms.credentials.actions import ShowingDraft
from corridor.rooms.credentials.actions.attesting import EndorsementDraft, give_endorsement
from corridor.rooms.credentials.models import Credential, Entitlement, LinkWay, Looking, ShownPart, SigningKey
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Enrolment
from tests.factories.actors import make_actor
from tests.factories.credentials import KEY_FROM, make_alliance_key, make_credential, make_key

from . import World, row
from .api import KEY

# The learner's own: an office that sees it holds it not.
OWN = "403 404 404 403 404 404 200 403 404 302"
OWN_BY_MACHINE = "403 404 404 403 404 404 200 403 404 401"
# in the order of ROLES: secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/members/{issuer}/did.json", "200"),
    row("GET", "/status/{issuer}/1", "200"),
    row("GET", "/status/{issuer}/1/reasons", "200"),
    row("GET", "/c/{token}/credential.json", "200"),
    row("GET", "/c/{token}/credential.jwt", "200"),
    row("GET", "/credentials/of/{graduate}/", "200 404 404 200 404 404 404 200 404 302"),
    row("GET", "/credentials/of/{graduate}/transcript.pdf", "200 404 404 200 404 404 404 200 404 302"),
    row("GET", "/credentials/of/{graduate}/transcript.xml", "200 404 404 200 404 404 404 200 404 302"),
    row("GET", "/credentials/of/{graduate}/transcript.jwt", "200 404 404 200 404 404 404 200 404 302"),
    row("GET", "/api/v1/persons/{graduate}/transcript", "200 404 404 200 404 404 404 200 404 401"),
    row("GET", "/credentials/{credential}/wallet/", "403 404 404 403 404 404 404 403 404 302"),
    row("POST", "/credentials/{credential}/wallet/", "403 404 404 403 404 404 404 403 404 302"),
    row("GET", "/my-certificates/", "200 200 200 200 200 200 200 200 200 302"),
    # Nobody here came by a link: there is nothing to join.
    row("GET", "/my-certificates/join/", "302"),
    row("POST", "/my-certificates/join/", "302"),
    row("POST", "/my-certificates/join/code/", "302"),
    row("POST", "/my-certificates/leave/", "302"),
    row("GET", "/my-certificates/{own_credential}/", OWN),
    row("GET", "/my-certificates/{own_credential}/all.zip", OWN),
    row("GET", "/my-certificates/{own_credential}/files/credential.json", OWN),
    row("GET", "/my-certificates/{own_credential}/show/", OWN),
    row("POST", "/my-certificates/{own_credential}/show/", "403 404 404 403 404 404 302 403 404 302",
        purpose="Work", days="7", looking="unasked"),
    row("GET", "/my-certificates/{own_credential}/correct/", OWN),
    row("POST", "/my-certificates/{own_credential}/correct/", "403 404 404 403 404 404 302 403 404 302", should_be="Noy"),
    row("POST", "/my-certificates/showings/{own_showing}/end/", "404 404 404 404 404 404 302 404 404 302"),
    row("GET", "/shown/{shown_token}/", "200"),
    row("POST", "/shown/{shown_token}/", "302", missing="404", name="Nok"),
    row("GET", "/shown/{shown_token}/1.sd-jwt", "200"),
    row("GET", "/claim/{holder_secret}/", "200"),
    row("POST", "/claim/{holder_secret}/", "302", missing="404"),
    # A sheet needs no code.
    row("POST", "/claim/{holder_secret}/code/", "409"),
    row("GET", "/credentials/{credential}/link/", "200 404 404 200 404 404 404 403 404 302"),
    row("POST", "/credentials/{credential}/link/", "409 404 404 409 404 404 404 403 404 302", way="mail", language="lo"),
    row("POST", "/credentials/{credential}/link/end/", "302 404 404 302 404 404 404 403 404 302"),
    row("GET", "/api/v1/credentials/{own_credential}/showings", OWN_BY_MACHINE),
    row("POST", "/api/v1/credentials/{own_credential}/showings", KEY, other=KEY, missing=KEY, purpose="Work", parts=["name"], days=7),
    row("GET", "/api/v1/showings/{own_showing}", "404 404 404 404 404 404 200 404 404 401"),
    row("POST", "/api/v1/showings/{own_showing}/end", "404 404 404 404 404 404 428 404 404 401"),
    row("GET", "/api/v1/shown/{shown_token}", "200"),
    row("POST", "/api/v1/credentials/{own_credential}/wallet-offers", "403 404 404 403 404 404 201 403 404 401"),
    row("GET", "/api/v1/credentials/{own_credential}/forms.zip", OWN_BY_MACHINE),
    row("GET", "/api/v1/credentials/{own_credential}/corrections", OWN_BY_MACHINE),
    row("POST", "/api/v1/credentials/{own_credential}/corrections", KEY, other=KEY, missing=KEY, should_be="Noy"),
    row("GET", "/api/v1/credentials/{credential}/links", "200 404 404 200 404 404 404 403 404 401"),
    row("POST", "/api/v1/credentials/{credential}/links", KEY, other=KEY, missing=KEY),
    row("POST", "/api/v1/credentials/{credential}/links/end", "428 404 404 428 404 404 404 403 404 401"),
    row("GET", "/.well-known/openid-credential-issuer", "200"),
    row("GET", "/.well-known/oauth-authorization-server", "200"),
    row("GET", "/credential-types/certificate", "200"),
    row("POST", "/credentials/issue", "400"),
    row("POST", "/credentials/verify", "400"),
    row("POST", "/presentations/verify", "400"),
    row("GET", "/credentials/status/1", "404"),
    row("POST", "/wallet/token", "400"),
    row("POST", "/wallet/nonce", "200"),
    row("POST", "/wallet/credential", "401"),
    row("GET", "/api/v1/credentials/{credential}/token", "200 404 404 200 404 404 404 200 404 401"),
    row("GET", "/c/{token}/certificate.pdf", "200"),
    row("GET", "/c/{token}/", "200"),
    row("GET", "/c/{token}/verify/", "200"),
    row("GET", "/verify/", "200"),
    row("GET", "/verify/bundle.json", "200"),
    row("GET", "/verify/manifest.json", "200"),
    row("POST", "/verify/", "200", text="no certificate"),
    row("GET", "/verify/report/", "200"),
    row("POST", "/verify/report/", "200", text="no certificate"),
    row("GET", "/c/{token}/verify/report.pdf", "200"),
    row("POST", "/api/v1/verifications", "200", text="no certificate"),
    row("POST", "/api/v1/verification-reports", "200", text="no certificate"),
    row("GET", "/credentials/", "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/credentials/change/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/credentials/change/", "422 403 403 403 403 403 403 403 403 302"),
    row("POST", "/api/v1/credential-changes", "428 403 403 403 403 403 403 403 403 401",
        references=["CRD-2024-0001"], step="suspend", why="under-review"),
    row("GET", "/credentials/layouts/", "302 403 200 403 403 403 403 403 403 302"),
    row("GET", "/credentials/layouts/{issuer}/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/credentials/layouts/{issuer}/", "302 403 403 403 403 403 403 403 403 302"),
    row("GET", "/credentials/layouts/{issuer}/specimen.pdf", "404 403 403 403 403 403 403 403 403 302"),
    row("GET", "/api/v1/members/{issuer}/certificate-layout", "200 403 403 403 403 403 403 403 403 401"),
    row("PUT", "/api/v1/members/{issuer}/certificate-layout", "428 403 403 403 403 403 403 403 403 401", signatories=[]),
    row("POST", "/api/v1/members/{issuer}/certificate-layout/specimens", "200 403 403 403 403 403 403 403 403 401", signatories=[]),
    row("GET", "/credentials/entitlements/", "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/credentials/recognition/", "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/credentials/entitlements/new/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/credentials/entitlements/new/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/credentials/entitlements/{entitlement}/end/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/credentials/entitlements/{entitlement}/end/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/credentials/recognition/new/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/credentials/recognition/new/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/credentials/{credential}/", "200 404 404 200 404 404 404 200 404 302"),
    row("POST", "/credentials/{credential}/", "302 404 404 403 404 404 404 403 404 302", step="suspend", why="under-review", sure="suspend"),
    row("GET", "/keys/", "403 403 403 403 403 403 403 403 200 302"),
    row("POST", "/keys/", "403 403 403 403 403 403 403 403 302 302",
        organisation="vientiane", fragment="key-2031", valid_from="2031-01-02"),
    row("GET", "/signatures/", "403 403 403 403 403 403 403 403 200 302"),
    row("POST", "/signatures/", "403 403 403 403 403 403 403 403 409 302", member="vientiane", cohort="COH-2023-077"),
    row("GET", "/api/v1/signatures", "403 403 403 403 403 403 403 403 200 401"),
    row("GET", "/attestations/", "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/attestations/endorse/", "403 403 403 403 403 403 403 403 200 302"),
    row("POST", "/attestations/endorse/", "403 403 403 403 403 403 403 403 422 302"),
    row("GET", "/attestations/people/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/attestations/people/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/attestations/{attestation}/", "200 404 404 200 404 404 404 200 200 302"),
    row("POST", "/attestations/{attestation}/", "403 404 404 403 404 404 404 403 302 302", to="suspended", why="under-review"),
    row("GET", "/attestations/held/{attested_token}.json", "200"),
    row("GET", "/attestations/held/{attested_token}/proof.json", "200"),
    row("GET", "/api/v1/attestations", "200 200 200 200 200 200 200 200 200 401"),
    row("GET", "/api/v1/attestations/{attestation}", "200 404 404 200 404 404 404 200 200 401"),
    row("GET", "/api/v1/attestations/{attestation}/proof", "200 404 404 200 404 404 404 200 200 401"),
    row("POST", "/api/v1/attestations", "428 403 403 403 403 403 403 403 403 401",
        kind="assessor", person="P-1", curriculum="vehicle-inspection", curriculum_version="1.0", entitlement="none"),
    row("POST", "/api/v1/attestations/{attestation}/steps", "428 404 404 428 404 404 404 428 428 401",
        to="suspended", why="under-review"),
    row("GET", "/.well-known/did.json", "200"),
    row("GET", "/checkpoints/", "200"),
    row("GET", "/checkpoints.json", "200"),
    row("GET", "/checkpoints/1.json", "200"),
    row("GET", "/c/{token}/proof.json", "200"),
    row("GET", "/api/v1/checkpoints", "200"),
    row("GET", "/api/v1/credentials/{credential}/proof", "200 404 404 200 404 404 404 200 404 401"),
    row("GET", "/issuers/", "200"),
    row("GET", "/issuers/elsewhere/", "200"),
    row("GET", "/issuers.json", "200"),
    row("GET", "/issuers/1.json", "200"),
    row("POST", "/issuers/sign/", "302 403 403 403 403 403 403 403 403 302"),
    row("GET", "/api/v1/issuers", "200"),
    row("GET", "/api/v1/issuers/elsewhere", "200"),
    row("GET", "/api/v1/issuers/editions/1", "200"),
    row("POST", "/api/v1/issuers/editions", "428 428 428 428 428 428 428 428 428 401"),
    row("GET", "/keys/vientiane/{key}/", "200 403 403 403 403 403 403 200 200 302"),
    row("POST", "/keys/vientiane/{key}/", "403 403 403 403 403 403 403 403 422 302"),
    row("POST", "/keys/vientiane/{key}/rotate/", "403 403 403 403 403 403 403 403 302 302"),
    row("POST", "/keys/vientiane/{key}/retire/", "403 403 403 403 403 403 403 403 302 302"),
    row("GET", "/keys/vientiane/lists/", "200 403 403 403 403 403 403 403 200 302"),
    row("POST", "/keys/vientiane/lists/", "422 403 403 403 403 403 403 403 422 302"),
    row("GET", "/api/v1/members/vientiane/status-lists/1", "200 403 403 403 403 403 403 403 200 401"),
    row("PUT", "/api/v1/members/vientiane/status-lists/1", "428 403 403 403 403 403 403 403 428 401", signed_list="{{}}", reasons="{{}}"),
    row("GET", "/api/v1/members/vientiane/keys", "200"),
    row("GET", "/api/v1/members/vientiane/keys/{key}", "200 403 403 403 403 403 403 200 200 401"),
    row("POST", "/api/v1/members/vientiane/keys/{key}/compromise", "428 403 403 403 403 403 403 428 428 401",
        since="2024-02-01T00:00:00Z"),
]  # fmt: skip


def scene(world: World) -> None:
    credential = make_credential("COH-2023-077")
    make_alliance_key()
    actions.sign_issuers(on=date(2024, 2, 2), at=clock.real_now(), by=NIGHTLY)
    world.records["credential"] = credential
    own = make_credential("COH-2023-078")
    person = Person.objects.get(user=world.users["learner"])
    Enrolment.objects.filter(pk=own.enrolment_id).update(person=person)
    own = Credential.objects.get(pk=own.pk)
    holder = make_actor("learner", ("person", person.pk))
    draft = ShowingDraft("Work", frozenset({ShownPart.NAME}), 7, Looking.ASKED)
    showing = actions.show_certificate(credential=own, draft=draft, at=clock.now(), by=holder)
    (link,) = actions.make_links(credentials=[credential], way=LinkWay.PAPER, language="lo", at=clock.now(), by=NIGHTLY)
    world.places |= {
        "issuer": credential.issuer.reference,
        "token": credential.token,
        "graduate": credential.enrolment.person.reference,
        "credential": credential.reference,
        "own_credential": own.reference,
        "own_showing": showing.pk,
        "shown_token": showing.token,
        "holder_secret": link.secret,
        "entitlement": Entitlement.objects.get(issuer=credential.issuer).pk,
        "key": make_key(
            world.records["member"], fragment="key-2024", valid_before=datetime(2031, 1, 1, tzinfo=UTC)
        ).fragment,
    }
    ended = make_key(
        world.records["member"], fragment="key-2022", valid_from=datetime(2022, 1, 1, tzinfo=UTC), valid_before=KEY_FROM
    )
    SigningKey.objects.filter(pk=ended.pk).update(handed_over_at=KEY_FROM)
    said = EndorsementDraft(endorser=world.records["member"], about=credential, claims={"en": "We hire who holds it."})
    attestation = give_endorsement(draft=said, on=date(2024, 2, 2), at=clock.real_now(), by=NIGHTLY)
    world.places |= {"attestation": attestation.reference, "attested_token": attestation.token}
    actions.grow_tree(on=date(2024, 2, 2), at=clock.real_now(), by=NIGHTLY)
