"""
Sweeps over all routes, on the scene of roles_by_route: every record's page says who sees it; whoever sees as a role sends nothing and is told so
on every page; and no answer holds a field of a person that its reader may not see.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import get_resolver, resolve
from pypdfium2 import PdfDocument

from corridor.foundations.access import Role
from corridor.foundations.clock import real_now, today
from corridor.foundations.grants.models import Override, Viewing
from corridor.journeys.find_persons import get_person
from corridor.journeys.recognise import recognise
from corridor.journeys.record_kinds import KINDS
from corridor.kernel.errors import NotFound
from corridor.rooms.people.fields import FIELD_RULES, PersonField, fields_seen
from corridor.rooms.people.models import CertificateName, ContactChannel, PaperSeen, Person, Purpose
from corridor.web.middleware import SENT_AS_ANYONE
from tests.factories.people import make_purpose

from .kinds_of_pages import NO_RECORD, PAGES_OF_RECORDS
from .roles_by_route import ROLES, Row, World, all_rows, set_the_scene
from .test_roles_by_route import routes, send

LINK = re.compile(r'href="(/access/([a-z-]+)/[^"]+)"')
BAND = "See as myself again"
# Shown in the hall and on other people's pages: the same for everybody, with nothing around it.
FOR_ALL_TO_SEE = {"/announcements/widget/", "/conferences/{conference}/screen/"}


def detail_pages() -> Iterator[tuple[str, str]]:
    """(route, name) of every address that ends in a place: a page of one thing."""
    for route, _view in routes(get_resolver().url_patterns):
        if route.rstrip("/").endswith(">") and not route.startswith("api/"):
            name = next(found.name for found in _named(get_resolver().url_patterns, route))
            yield route, name


def _named(patterns: Iterable, route: str, prefix: str = "") -> Iterator:
    for found in patterns:
        whole = prefix + str(found.pattern)
        if hasattr(found, "url_patterns"):
            yield from _named(found.url_patterns, route, whole)
        elif whole == route:
            yield found


def body(response: HttpResponse) -> str:
    content = b"" if response.streaming else response.content
    # The bytes of a PDF hold any four digits somewhere; what it says is on its pages.
    if content.startswith(b"%PDF"):
        return "\n".join(page.get_textpage().get_text_bounded() for page in PdfDocument(content))
    return content.decode("utf-8", "replace")


def stands_in(text: str, mark: str) -> bool:
    """A year is no part of a fingerprint or of a longer number."""
    return bool(re.search(rf"(?<!\w){mark}(?!\w)", text)) if mark.isdigit() else mark in text


def is_page(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


class Sweeps(TestCase):
    world: World

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = set_the_scene()

    def test_every_page_of_one_thing_is_a_records_or_is_known_to_be_none(self) -> None:
        names = {name for _route, name in detail_pages()}
        assert names - PAGES_OF_RECORDS.keys() - NO_RECORD.keys() == set()
        assert set(PAGES_OF_RECORDS.values()) - KINDS.keys() == set()

    def test_every_record_says_on_its_page_who_sees_it_and_what_happened_to_it(self) -> None:
        office, missing, told = "secretariat", [], set()
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = self.world.sessions[office]
        for one in (each for each in all_rows() if each.method == "GET" and not each.is_api):
            name = resolve(one.url.format(**self.world.places).partition("?")[0]).view_name
            # The pages of one's own, which no office opens, are read by whose they are.
            first = next((role for role, code in zip(ROLES, one.codes, strict=True) if code == 200), "")
            reader = office if one.codes[0] == 200 else first
            if name not in PAGES_OF_RECORDS or reader in {"", "visitor"}:
                continue
            kind = PAGES_OF_RECORDS[name]
            found = {code: link for link, code in LINK.findall(body(send(one, reader, self.world)))}
            if kind not in found:
                missing.append(f"{one.url} as {reader}: no way to /access/{kind}/")
                continue
            told.add(name)
            client.cookies[settings.SESSION_COOKIE_NAME] = self.world.sessions[reader]
            answer = client.get(found[kind])
            history = client.get(found[kind].replace("/access/", "/audit/of/"))
            if answer.status_code != 200 or (reader == office and history.status_code != 200):
                missing.append(f"{found[kind]}: {answer.status_code}, history {history.status_code}")
        assert missing == []
        # The scene has no long work.
        assert PAGES_OF_RECORDS.keys() - told <= {"job", "own-request"}

    def see_as(self, role: str) -> None:
        now: datetime = real_now()
        whole = {"scope_kind": "alliance", "begins_at": now, "ends_at": now + timedelta(minutes=30)}
        Viewing.objects.create(user=self.world.users["secretariat"], role=role, **whole)

    def test_whoever_sees_as_a_role_sends_nothing_by_any_route(self) -> None:
        self.see_as("auditor")
        sent = [one for one in all_rows() if one.method != "GET" and not one.is_api]
        assert len(sent) > 100
        strays = []
        for one in sent:
            name = resolve(one.url.format(**self.world.places).partition("?")[0]).view_name
            code = send(one, "secretariat", self.world).status_code
            if name not in SENT_AS_ANYONE and code != 403:
                strays.append(f"{one.method} {one.url}: {code}")
        assert strays == []

    def test_no_other_verb_of_the_protocol_is_a_way_around(self) -> None:
        self.see_as("auditor")
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = self.world.sessions["secretariat"]
        for verb in ("put", "patch", "delete"):
            assert getattr(client, verb)("/members/new/").status_code == 403, verb
        assert client.post("/api/v1/announcements", {}, content_type="application/json").status_code == 403

    def test_whoever_sees_as_a_role_reads_so_on_every_page(self) -> None:
        self.see_as("council")
        bare = []
        for one in (each for each in all_rows() if each.method == "GET" and not each.is_api):
            answer = send(one, "secretariat", self.world)
            bands = BAND in body(answer) or one.url in FOR_ALL_TO_SEE
            if is_page(answer) and answer.status_code not in {301, 302} and not bands:
                bare.append(f"{one.url}: {answer.status_code}")
        assert bare == []


# One value for each field of a person that is found in no other record of the scene, as it may be written in an answer.
MARKS = {
    PersonField.NAMES: ("Zzyxname",),
    PersonField.CERTIFICATE_NAME: ("Zzyxcertificate",),
    PersonField.BIRTH: ("1931-05-17", "17 May 1931", "May 17, 1931", "1931"),
    PersonField.RESIDENCE: ("Bhutan", '"BT"', ",BT,"),
    PersonField.CONTACTS: ("zzyx@contact.invalid",),
    PersonField.PAPERS: ("Z9Q7",),
    PersonField.DISABILITY: ("zzyx_purpose",),
    PersonField.CONSENTS: ("Zzyxconsent",),
}
# Sex, offices and a photo have no words of their own to look for: their rules are tried on the record itself.
UNMARKED = {PersonField.SEX, PersonField.OFFICES, PersonField.PHOTO}


def mark(person: Person) -> None:
    purpose = make_purpose("zzyx_purpose", en="Zzyxpurpose")
    make_purpose("zzyx_consent", en="Zzyxconsent")
    Person.objects.filter(pk=person.pk).update(
        born_on=date(1931, 5, 17),
        residence_country="BT",
        disability="yes",
        disability_because=Purpose.objects.get(pk=purpose.pk),
    )
    person.names.update(full_name="Zzyxname")
    CertificateName.objects.create(
        person=person,
        language="en",
        full_name="Zzyxcertificate",
        confirmed_on=date(2024, 1, 10),
        confirming="self",
        written_by="the-learner",
    )
    ContactChannel.objects.create(
        person=person,
        kind="email",
        value="zzyx@contact.invalid",
        confirmed_on=date(2024, 1, 10),
        confirmed_by="the-learner",
    )
    paper = {"kind": "passport", "country": "LA", "number_end": "Z9Q7", "seen_by": "the-secretariat"}
    PaperSeen.objects.create(person=person, seen_on=date(2024, 1, 10), **paper)


class FieldByField(TestCase):
    world: World
    person: Person

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = set_the_scene()
        cls.person = Person.objects.get(reference=cls.world.places["person"])
        mark(cls.person)

    def seen_by(self, role: str) -> set[PersonField]:
        """What the table of fields says for this account over the person; nothing where the record is not to be seen."""
        if role == "visitor":
            return set()
        by = recognise(self.world.users[role], on=today(), at=real_now())
        try:
            return set(fields_seen(get_person(reference=self.person.reference, by=by), by=by))
        except NotFound:
            return set()

    def held_in(self, text: str) -> set[PersonField]:
        """Which fields stand in an answer; what a form offers to choose from says nothing of anybody."""
        told = re.sub(r"<option.*?</option>", "", text, flags=re.DOTALL)
        told = re.sub(r'\["[A-Z]{2}", "[^"]*"\]', "", told)  # of such pairs the verifier makes its choice of countries
        return {field for field, marks in MARKS.items() if any(stands_in(told, each) for each in marks)}

    def test_every_field_has_a_mark_or_is_known_to_have_none(self) -> None:
        assert set(MARKS) | UNMARKED == set(FIELD_RULES)

    def test_the_page_and_the_operation_hold_the_fields_of_the_table_and_no_other(self) -> None:
        page = next(one for one in all_rows() if one.url == "/people/{person}/" and one.method == "GET")
        operation = Row("GET", "/api/v1/people/{person}", (), {}, {})
        # What an operation tells of a person at all.
        in_api = {PersonField.NAMES, PersonField.BIRTH, PersonField.RESIDENCE}
        readers = set()
        for role in ROLES:
            wanted = self.seen_by(role)
            got = send(page, role, self.world)
            assert (got.status_code == 200) == bool(wanted), role
            if got.status_code == 200:
                readers.add(role)
                assert self.held_in(body(got)) == wanted & set(MARKS), role
                assert (">Sex<" in body(got)) == (PersonField.SEX in wanted), role
                told = send(operation, role, self.world)
                assert self.held_in(body(told)) == wanted & in_api, role
                assert (told.json()["sex"] is not None) == (PersonField.SEX in wanted), role
        assert {"secretariat", "learner"} <= readers

    def test_who_opened_the_record_with_a_reason_is_shown_its_fields_alone(self) -> None:
        now = real_now()
        Override.objects.create(
            user=self.world.users["auditor"], record_kind="person", record_key=self.person.pk,
            record_reference=self.person.reference, reason="x" * 30, begins_at=now, ends_at=now + timedelta(minutes=5),
        )  # fmt: skip
        page = next(one for one in all_rows() if one.url == "/people/{person}/" and one.method == "GET")
        wanted = {field for field, rule in FIELD_RULES.items() if Role.OVERRIDE in rule.see}
        assert self.held_in(body(send(page, "auditor", self.world))) == wanted & set(MARKS)

    def test_no_answer_of_any_route_holds_a_field_that_its_reader_may_not_see(self) -> None:
        strays = []
        for role in ("council", "coordinator", "trainer", "auditor", "visitor"):
            # Names go with learners, whom these may see in their cohorts.
            allowed = self.seen_by(role) | {PersonField.NAMES}
            for one in (each for each in all_rows() if each.method == "GET"):
                # One's own record is the reader's own.
                if one.codes[ROLES.index(role)] != 200 or one.url.startswith(("/people/me/", "/my-data/")):
                    continue
                found = self.held_in(body(send(one, role, self.world))) - allowed
                strays += [f"{one.url} tells {role} {field.value}" for field in found]
        assert strays == []


def test_a_mark_in_an_answer_is_caught():
    assert FieldByField().held_in("born 1931-05-17 in Bhutan") == {PersonField.BIRTH, PersonField.RESIDENCE}
