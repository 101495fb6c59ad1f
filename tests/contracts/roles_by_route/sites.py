"""Sites are public; the secretariat moves them on. The site is that of the scene of training, the listing its own."""

from datetime import date

from tests.factories.reviews import make_review
from tests.factories.sites import make_brand, make_listing, make_site

from . import World, row

SIGNED_IN = "200 200 200 200 200 200 200 200 200 302"
# Whoever looks after the site: the secretariat and its manager.
KEEPS = "200 403 403 200 403 403 403 403 403 302"
# The same, of what is for those concerned alone: its host, the council and the auditor see it and change nothing.
PLANS = "200 403 403 200 404 404 404 403 404 302"

# in the order of ROLES:       secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/sites/", "200"),
    row("GET", "/sites/{site}/", "200"),
    row("GET", "/sites/{site}/move/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/sites/{site}/move/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/sites/{site}/agreement/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/sites/{site}/agreement/", "302 403 403 403 403 403 403 403 403 302"),
    row("GET", "/sites/{site}/managers/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/sites/{site}/managers/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/sites/{site}/managers/relieve/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/sites/{site}/managers/relieve/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/sites/{site}/listings/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/sites/{site}/listings/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/sites/{site}/accreditations/", "200 403 403 200 403 403 403 403 403 302"),
    row("POST", "/sites/{site}/accreditations/", "422 403 403 422 403 403 403 403 403 302"),
    row("GET", "/sites/{listed}/accreditations/{accreditation}/end/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/sites/{listed}/accreditations/{accreditation}/end/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/sites/{listed}/accreditations/{accreditation}/paper/", "404 404 404 403 403 403 403 404 403 302"),
    row("GET", "/sites/{site}/equipment/", "200 403 200 200 403 403 403 200 403 302"),
    row("GET", "/sites/{site}/equipment/new/", "200 403 403 200 403 403 403 403 403 302"),
    row("POST", "/sites/{site}/equipment/new/", "422 403 403 422 403 403 403 403 403 302"),
    row("GET", "/sites/{site}/equipment/{equipment}/", "200 404 200 200 404 404 404 200 404 302"),
    row("GET", "/sites/{site}/equipment/{equipment}/correct/", "200 404 403 200 404 404 404 403 404 302"),
    row("POST", "/sites/{site}/equipment/{equipment}/correct/", "422 404 403 422 404 404 404 403 404 302"),
    row("GET", "/sites/{site}/equipment/{equipment}/move/", "200 404 403 200 404 404 404 403 404 302"),
    row("POST", "/sites/{site}/equipment/{equipment}/move/", "422 404 403 422 404 404 404 403 404 302"),
    row("GET", "/sites/{site}/equipment/{equipment}/paper/", "404 404 404 404 404 404 404 404 404 302"),
    row("GET", "/sites/{site}/equipment/{equipment}/faults/", "200 404 403 200 404 404 404 403 404 302"),
    row("POST", "/sites/{site}/equipment/{equipment}/faults/", "422 404 403 422 404 404 404 403 404 302"),
    row("GET", "/sites/{site}/equipment/{equipment}/hours/", "200 404 403 200 404 404 404 403 404 302"),
    row("POST", "/sites/{site}/equipment/{equipment}/hours/", "422 404 403 422 404 404 404 403 404 302"),
    row("GET", "/sites/{site}/equipment/{equipment}/repairs/", "200 404 403 200 404 404 404 403 404 302"),
    row("POST", "/sites/{site}/equipment/{equipment}/repairs/", "422 404 403 422 404 404 404 403 404 302"),
    row("GET", "/sites/{site}/equipment/{equipment}/calibrations/", "200 404 403 200 404 404 404 403 404 302"),
    row("POST", "/sites/{site}/equipment/{equipment}/calibrations/", "422 404 403 422 404 404 404 403 404 302"),
    row("GET", "/sites/{site}/equipment/{equipment}/instructions/", "200 404 403 200 404 404 404 403 404 302"),
    row("POST", "/sites/{site}/equipment/{equipment}/instructions/", "422 404 403 422 404 404 404 403 404 302"),
    row("GET", "/sites/{site}/equipment/{equipment}/faults/{fault}/settle/", "200 404 403 200 404 404 404 403 404 302"),
    row(
        "POST", "/sites/{site}/equipment/{equipment}/faults/{fault}/settle/", "422 404 403 422 404 404 404 403 404 302"
    ),
    row("GET", "/sites/{site}/equipment/{equipment}/repairs/{repair}/end/", "200 404 403 200 404 404 404 403 404 302"),
    row("POST", "/sites/{site}/equipment/{equipment}/repairs/{repair}/end/", "422 404 403 422 404 404 404 403 404 302"),
    row("GET", "/sites/{site}/equipment/{equipment}/papers/{repair}/", "404 404 404 404 404 404 404 404 404 302"),
    row("POST", "/sites/{site}/equipment/labels/", "200 403 403 200 403 403 403 403 403 302"),
    row("GET", "/sites/{site}/parts/", "200 403 200 200 403 403 403 200 403 302"),
    row("GET", "/sites/{site}/parts/new/", "200 403 403 200 403 403 403 403 403 302"),
    row("POST", "/sites/{site}/parts/new/", "422 403 403 422 403 403 403 403 403 302"),
    row("GET", "/sites/{site}/parts/{part}/move/", "200 404 403 200 404 404 404 403 404 302"),
    row("POST", "/sites/{site}/parts/{part}/move/", "422 404 403 422 404 404 404 403 404 302"),
    row("GET", "/fault/", "200"),
    row("GET", "/fault/{label}/", "200"),
    row("POST", "/fault/{label}/", "422"),
    row("GET", "/sites/{listed}/listings/{brand}/", "200"),
    row("GET", "/sites/{listed}/listings/{brand}/review/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/sites/{listed}/listings/{brand}/review/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/sites/{listed}/listings/{brand}/corrections/{correction}/", "200 403 403 403 403 403 403 403 403 302"),
    row(
        "POST", "/sites/{listed}/listings/{brand}/corrections/{correction}/", "422 403 403 403 403 403 403 403 403 302"
    ),
    row("GET", "/sites/{listed}/listings/{brand}/reports/{review}/", "404"),
    row("GET", "/sites/{site}/rooms/", "200 403 403 200 403 403 403 403 403 302"),
    row("POST", "/sites/{site}/rooms/", "422 403 403 422 403 403 403 403 403 302"),
    row("GET", "/sites/{site}/address/", "200 403 403 200 403 403 403 403 403 302"),
    row("POST", "/sites/{site}/address/", "422 403 403 422 403 403 403 403 403 302"),
    row("GET", "/sites/{site}/visit/", SIGNED_IN, other=SIGNED_IN),
    row("GET", "/sites/{site}/visit/photos/", KEEPS),
    row("GET", "/sites/{site}/visit/photos/new/", KEEPS),
    row("POST", "/sites/{site}/visit/photos/new/", KEEPS.replace("200", "422")),
    row("GET", "/sites/{site}/visit/photos/{photo}/", "200 200 200 200 200 200 200 200 200 404"),
    row("GET", "/sites/{site}/visit/photos/{photo}/words/", KEEPS),
    row("POST", "/sites/{site}/visit/photos/{photo}/words/", KEEPS.replace("200", "422")),
    row("GET", "/sites/{site}/visit/photos/{photo}/place/", KEEPS),
    row("POST", "/sites/{site}/visit/photos/{photo}/place/", KEEPS.replace("200", "422")),
    row("GET", "/sites/{site}/visit/photos/{photo}/down/", KEEPS),
    row("POST", "/sites/{site}/visit/photos/{photo}/down/", KEEPS.replace("200", "302")),
    row("GET", "/sites/{site}/visit/public/", KEEPS),
    row("POST", "/sites/{site}/visit/public/", KEEPS.replace("200", "422")),
    row("GET", "/sites/{site}/visit/public/{showing}/end/", KEEPS.replace("403", "404")),
    row("POST", "/sites/{site}/visit/public/{showing}/end/", KEEPS.replace("403", "404").replace("200", "422")),
    row("GET", "/sites/{site}/years/", "200 200 200 200 403 403 403 200 403 302"),
    row("GET", "/sites/{site}/years/new/", KEEPS),
    row("POST", "/sites/{site}/years/new/", KEEPS.replace("200", "422")),
    row("GET", "/sites/{site}/years/{year}/", "200 200 200 200 403 403 403 200 403 302"),
    row("GET", "/sites/{site}/years/{year}/targets/", PLANS),
    row("POST", "/sites/{site}/years/{year}/targets/", PLANS.replace("200", "409")),
    row("GET", "/sites/{site}/years/{year}/lines/new/", PLANS),
    row("POST", "/sites/{site}/years/{year}/lines/new/", PLANS.replace("200", "422")),
    row("GET", "/sites/{site}/years/{year}/lines/{plan_line}/", PLANS),
    row("POST", "/sites/{site}/years/{year}/lines/{plan_line}/", PLANS.replace("200", "422")),
    row("GET", "/sites/{site}/years/{year}/lines/{plan_line}/remove/", PLANS),
    row("POST", "/sites/{site}/years/{year}/lines/{plan_line}/remove/", PLANS.replace("200", "409")),
    row("GET", "/sites/{site}/years/{year}/lines/{plan_line}/spend/", PLANS),
    row("POST", "/sites/{site}/years/{year}/lines/{plan_line}/spend/", PLANS.replace("200", "422")),
    row("GET", "/sites/{site}/years/{year}/spending/{spending}/strike/", PLANS),
    row("POST", "/sites/{site}/years/{year}/spending/{spending}/strike/", PLANS.replace("200", "422")),
    row("GET", "/sites/{site}/years/{year}/spending/{spending}/paper/", "404 404 404 404 404 404 404 404 404 302"),
    row("GET", "/sites/{listed}/listings/{brand}/end/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/sites/{listed}/listings/{brand}/end/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/sites/{listed}/listings/{brand}/accept/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/sites/{listed}/listings/{brand}/accept/", "422 403 403 403 403 403 403 403 403 302"),
]


def scene(world: World) -> None:
    listing = make_listing(make_site("wks-web"), make_brand("web-brand"))
    accreditation = listing.site.accreditations.create(
        accredited_by="Ministry", accredited_for="Vehicle inspection", starts_on=date(2022, 1, 1)
    )
    world.places["accreditation"] = accreditation.pk
    review = make_review(listing)
    world.places |= {"review": review.pk, "correction": review.corrections.get().pk}
    world.places |= {"listed": listing.site.reference, "brand": listing.brand.code}
