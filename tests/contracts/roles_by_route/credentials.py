"""What issuers publish, and what a holder's token opens: the same for everyone."""

from tests.factories.credentials import make_credential

from . import World, row

# in the order of ROLES: secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/members/{issuer}/did.json", "200"),
    row("GET", "/status/{issuer}/1", "200"),
    row("GET", "/status/{issuer}/1/reasons", "200"),
    row("GET", "/c/{token}/credential.json", "200"),
    row("GET", "/c/{token}/certificate.pdf", "200"),
]


def scene(world: World) -> None:
    credential = make_credential("COH-2023-077")
    world.records["credential"] = credential
    world.places |= {
        "issuer": credential.issuer.reference,
        "token": credential.token,
        "credential": credential.reference,
    }
