"""The box finds what the reader may know of, and the index follows what was changed."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from corridor.foundations.audit.sealing import seal_entries
from corridor.foundations.search.finding import RANKED
from corridor.foundations.search.indexing import put
from corridor.foundations.search.models import Found
from corridor.journeys.find_anything import find_anything
from corridor.journeys.keep_index import follow_log, rebuild_index
from corridor.kernel.errors import AccessDenied
from corridor.rooms.people.actions import merge_persons, register_person
from corridor.rooms.people.drafts import Merge, NameForm, NameOfPerson, PersonDraft
from tests.factories.actors import NIGHTLY, VISITOR, make_actor
from tests.factories.curricula import make_version
from tests.factories.members import make_member
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_enrolment

AT = datetime(2024, 2, 2, 3, tzinfo=UTC)
ON = AT.date()

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
    register_person(draft=draft, on=ON, by=secretariat)
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


def test_a_manager_finds_who_learns_at_the_own_site_and_nobody_else():
    enrolment = make_enrolment(make_cohort())
    other = make_person("other")
    rebuild_index(by=NIGHTLY)
    manager = make_actor("site_manager", ("site", enrolment.cohort.site_id))
    assert found(enrolment.person.reference, by=manager) == [("person", enrolment.person.reference)]
    assert found(other.reference, by=manager) == []


def test_a_merged_person_is_found_as_the_one_that_stays_at_once():
    stays, gone = make_person(), make_person("other")
    rebuild_index(by=NIGHTLY)
    secretariat = make_actor("secretariat")
    merge_persons(merges=[Merge(gone, stays, AT, "The same passport.")], by=secretariat)
    assert found(gone.reference, by=secretariat) == [("person", stays.reference)]


def test_what_others_see_hides_nothing_of_what_the_reader_sees():
    """Of many that are called alike a reader of one finds this one."""
    person = make_person()
    put("person", {person.pk: ["Nguyen Van An"]} | {uuid4(): [f"Van An {number}"] for number in range(RANKED * 2)})
    learner = make_actor("learner", ("person", person.pk))
    assert found("van an", by=learner) == [("person", person.reference)]


def test_a_curriculum_that_is_a_draft_is_found_by_who_writes_curricula_alone():
    version = make_version(published_on=None)
    rebuild_index(by=NIGHTLY)
    reference = version.curriculum.reference
    assert found(reference) == []
    assert found(reference, by=make_actor("secretariat")) == [("curriculum", reference)]
