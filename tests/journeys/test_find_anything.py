"""The box finds what the reader may know of, and the index follows what was changed."""

import pytest

from corridor.foundations.audit.sealing import seal_entries
from corridor.foundations.search.models import Found
from corridor.journeys.find_anything import find_anything
from corridor.journeys.keep_index import follow_log, rebuild_index
from corridor.kernel.errors import AccessDenied
from corridor.rooms.people.actions import register_person
from corridor.rooms.people.drafts import NameForm, NameOfPerson, PersonDraft
from tests.factories.actors import NIGHTLY, VISITOR, make_actor
from tests.factories.members import make_member
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def found(words: str, by=VISITOR, **more) -> list[tuple[str, str]]:
    return [(thing.kind, thing.record.reference) for thing in find_anything(words=words, by=by, **more)]


def test_a_member_is_found_by_anybody_and_a_person_by_who_may_see_persons():
    member = make_member("vientiane")
    person = make_person()
    rebuild_index(by=NIGHTLY)
    assert ("member", member.reference) in found("vientiane")
    assert found(person.reference) == []
    assert found(person.reference, by=make_actor("secretariat")) == [("person", person.reference)]
    assert found(person.reference, by=make_actor("learner", ("person", person.pk))) == [("person", person.reference)]
    assert found(person.reference, by=make_actor("learner", ("person", member.pk))) == []


def test_the_index_follows_the_log():
    secretariat = make_actor("secretariat")
    draft = PersonDraft(reference="P-9", names=(NameOfPerson(NameForm.OWN, "lo", "ນາງ ໃໝ່"),))
    register_person(draft=draft, by=secretariat)
    assert found("ໃໝ່", by=secretariat) == []
    seal_entries()
    assert follow_log(by=NIGHTLY) > 0
    assert found("ໃໝ່", by=secretariat) == [("person", "P-9")]
    assert follow_log(by=NIGHTLY) == 0


def test_one_kind_alone_when_asked():
    make_member("vientiane")
    rebuild_index(by=NIGHTLY)
    assert found("vientiane", kinds=frozenset({"agreement"})) == []


def test_nobody_but_the_house_writes_the_index():
    with pytest.raises(AccessDenied):
        rebuild_index(by=make_actor("secretariat"))
    assert not Found.objects.exists()
