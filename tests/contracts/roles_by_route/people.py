"""Records of persons: the secretariat keeps them, and everyone sees the own one."""

from tests.factories.people import make_double, make_person, make_purpose

from . import World, row

# ROLES:                                     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/people/",                   "200 403 403 200 403 403 403 403 403 302"),
    row("GET", "/people/me/",                "404 404 404 404 200 200 200 404 404 302"),
    row("GET", "/people/new/",               "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/people/new/",              "302 403 403 403 403 403 403 403 403 302", reference="nimali",
        own_name="නිමාලි", own_language="si", romanised_name="Nimali", sex="unknown", source_mark="assumed"),
    row("GET", "/people/{person}/",          "200 404 404 200 404 404 200 404 404 302"),
    row("GET", "/people/me/consents/",       "404 404 404 404 302 302 302 404 404 302"),
    row("GET", "/people/doubles/",           "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/people/doubles/",          "302 403 403 403 403 403 403 403 403 302"),
    row("GET", "/people/doubles/{double}/",  "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/people/doubles/{double}/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/people/purposes/",          "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/people/purposes/",         "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/people/{person}/certificate-name/",  "200 404 404 200 404 404 200 404 404 302"),
    row("POST", "/people/{person}/certificate-name/", "422 404 404 422 404 404 422 404 404 302"),
    row("GET", "/people/{person}/consents/",  "200 404 404 200 404 404 200 404 404 302"),
    row("GET", "/people/{person}/consents/follow_up/paper/", "200 404 404 200 404 404 302 404 404 302"),
    row("POST", "/people/{person}/consents/follow_up/paper/", "422 404 404 422 404 404 302 404 404 302"),
    row("GET", "/people/{person}/consents/00000000-0000-0000-0000-000000000000/file/", "404 404 404 404 404 404 404 404 404 302"),
    row("POST", "/people/{person}/consents/", "302 404 404 302 404 404 302 404 404 302", purpose="follow_up", do="give"),
    row("GET", "/people/{person}/contacts/",  "200 404 404 200 404 404 200 404 404 302"),
    row("POST", "/people/{person}/contacts/", "422 404 404 422 404 404 422 404 404 302", kind="phone", value="123"),
    row("GET", "/people/{person}/edit/",     "200 404 404 200 404 404 403 404 404 302"),
    row("POST", "/people/{person}/edit/",    "422 404 404 422 404 404 403 404 404 302"),
    row("GET", "/people/{person}/names/",    "200 404 404 200 404 404 403 404 404 302"),
    row("POST", "/people/{person}/names/",   "422 404 404 422 404 404 403 404 404 302"),
    row("GET", "/people/{person}/papers/",   "200 404 404 200 404 404 403 404 404 302"),
    row("POST", "/people/{person}/papers/",  "422 404 404 422 404 404 403 404 404 302"),
    row("GET", "/people/{person}/photo/",    "403 404 404 200 404 404 200 404 404 302"),
    row("POST", "/people/{person}/photo/",   "403 404 404 422 404 404 422 404 404 302"),
    row("GET", "/people/{person}/photo/file/", "404 404 404 404 404 404 404 404 404 302"),
    row("GET", "/people/{person}/unmerge/",  "200 404 404 403 404 404 403 404 404 302"),
    row("POST", "/people/{person}/unmerge/", "409 404 404 403 404 404 403 404 404 302", reason="Two human beings."),
    row("GET", "/people/{person}/merge/",    "200 404 404 403 404 404 403 404 404 302"),
    row("POST", "/people/{person}/merge/",   "409 404 404 403 404 404 403 404 404 302", into="web-twin", reason="The same passport."),
    row("POST", "/people/{twin}/merge/",     "302 404 404 404 404 404 404 404 404 302", into="{person}", reason="The same passport."),
]  # fmt: skip


def scene(world: World) -> None:
    person = make_person("web-learner", user=world.users["learner"])
    twin = make_person("web-twin")
    pair = make_double(make_person("web-one"), make_person("web-other"))
    make_purpose("follow_up")
    world.places |= {"person": person.reference, "twin": twin.reference, "double": pair.pk}
