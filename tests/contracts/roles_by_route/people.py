"""Records of persons: the secretariat keeps them, and everyone sees the own one."""

from tests.factories.people import make_person

from . import World, row

# ROLES:                                     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/people/",                   "200 403 403 403 403 403 403 403 403 302"),
    row("GET", "/people/me/",                "404 404 404 404 200 200 200 404 404 302"),
    row("GET", "/people/new/",               "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/people/new/",              "302 403 403 403 403 403 403 403 403 302", reference="nimali",
        own_name="නිමාලි", own_language="si", romanised_name="Nimali", sex="female", source_mark="assumed"),
    row("GET", "/people/{person}/",          "200 404 404 404 404 404 200 404 404 302"),
    row("GET", "/people/{person}/merge/",    "200 404 404 404 404 404 403 404 404 302"),
    row("POST", "/people/{person}/merge/",   "409 404 404 404 404 404 403 404 404 302", into="web-twin", reason="The same passport."),
    row("POST", "/people/{twin}/merge/",     "302 404 404 404 404 404 404 404 404 302", into="{person}", reason="The same passport."),
]  # fmt: skip


def scene(world: World) -> None:
    world.places |= {
        "person": make_person("web-learner", user=world.users["learner"]).reference,
        "twin": make_person("web-twin").reference,
    }
