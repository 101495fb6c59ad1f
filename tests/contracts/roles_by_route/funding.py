"""Money: what is disclosed is for anyone, the rest for those concerned; the secretariat writes it down, those concerned what moved."""

from tests.factories.funding import make_commitment, make_contract

from . import World, row

KEYED = {"Idempotency-Key": "one"}

# in the order of ROLES:     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/funding/", "200"),
    row("GET", "/funding/new/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/funding/new/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/funding/rates/", "200"),
    row("GET", "/funding/rates/new/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/funding/rates/new/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/funding/{commitment}/", "200 200 200 404 404 404 404 200 404 404"),
    row("GET", "/funding/{pledge}/contract/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/funding/{pledge}/contract/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/funding/{commitment}/move/", "200 403 200 404 404 404 404 403 404 302"),
    row("POST", "/funding/{commitment}/move/", "422 403 422 404 404 404 404 403 404 302"),
    row("GET", "/funding/{commitment}/withdraw/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/funding/{commitment}/withdraw/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/funding/{commitment}/papers/contract/", "404 404 404 404 404 404 404 404 404 302"),
    row("GET", "/programmes/{programme}/funding/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/programmes/{programme}/funding/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/api/v1/commitments", "200"),
    row("POST", "/api/v1/commitments", "201 403 403 403 403 403 403 403 403 401", headers=KEYED, payer="chongqing", payee="vientiane",
        amount="5", currency="CNY", purpose="training", what="Readers", pledged_on="2023-06-01"),
    row("GET", "/api/v1/commitments/{commitment}", "200 200 200 404 404 404 404 200 404 404"),
    row("POST", "/api/v1/commitments/{pledge}/contract", "200 403 403 404 404 404 404 403 404 401",
        headers={"If-Match": "{pledge_etag}"}, on="2023-07-01", amount="5"),
    row("POST", "/api/v1/commitments/{commitment}/movements", "200 403 200 404 404 404 404 403 404 401",
        headers={"If-Match": "{commitment_etag}"}, kind="disbursement", on="2023-09-01", amount="5", reason="Shown by the bank"),
    row("POST", "/api/v1/commitments/{pledge}/withdrawal", "200 403 403 404 404 404 404 403 404 401",
        headers={"If-Match": "{pledge_etag}"}, on="2023-07-01", reason="The supplier closed."),
    row("GET", "/api/v1/funding-totals", "200"),
    row("GET", "/api/v1/exchange-rates", "200"),
    row("POST", "/api/v1/exchange-rates", "201 403 403 403 403 403 403 403 403 401", headers=KEYED, of="LAK", into="CNY", on="2023-06-01",
        value="0.0004", source="Central bank"),
    row("GET", "/api/v1/programmes/{api_programme}/funding", "200"),
    row("POST", "/api/v1/programmes/{api_programme}/funding", "201 403 403 403 403 403 403 403 403 401", headers=KEYED,
        starts_on="2023-09-01", shares=[{"commitment": "FND-2023-0001", "share": "100%"}]),
]  # fmt: skip


def scene(world: World) -> None:
    """The coordinator's member is paid, and is promised more; neither is disclosed."""
    member = world.records["member"]
    world.places["commitment"] = make_contract(payee=member, disclosure="parties", reference="FND-2023-0001").reference
    pledge = make_commitment(payee=member, disclosure="parties", what="Running costs", reference="FND-2023-0002")
    world.places["pledge"] = pledge.reference
