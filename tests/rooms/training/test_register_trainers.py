"""The register of trainers: who stands in it, who keeps it, who sees it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from corridor.foundations.documents.models import Document
from corridor.foundations.documents.receiving import Upload
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.people.actions import merge_person
from corridor.rooms.training.actions.registering import (
    describe_trainers,
    drop_qualification,
    register_trainers,
    remove_trainers,
    write_qualifications,
)
from corridor.rooms.training.queries import trainers as register
from corridor.rooms.training.queries.knowing import person_to_register
from corridor.rooms.training.trainer_drafts import QualificationDraft, Spoken, TrainerDraft, TrainerFacts
from corridor.rooms.training.trainer_refusals import RegisteredAlready, WrittenBefore
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.curricula import make_version
from tests.factories.members import make_member
from tests.factories.people import make_people, make_person
from tests.factories.trainers import make_session_taught, make_teachers_trained, make_trainer
from tests.factories.training import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db
ON, AT = date(2024, 2, 2), datetime(2024, 2, 2, 3, tzinfo=UTC)
FACTS = TrainerFacts(held_from=date(2023, 1, 9))


def write(person, *, by, **facts):
    return register_trainers(trainers=[TrainerDraft(person, replace(FACTS, **facts))], on=ON, by=by)[0]


def test_the_secretariat_writes_anybody_into_the_register():
    unit = make_version().units.first()
    spoken = (Spoken("lo", "first"), Spoken("en", "cefr", "B2", "certificate"))
    mei = write(make_person("mei"), by=make_actor("secretariat"), languages=spoken, units=(unit,))
    record = register.get_trainer(reference="mei", on=ON, by=NIGHTLY)
    assert [(each.language, each.level) for each in record.languages] == [("en", "B2"), ("lo", "")]
    assert [each.unit for each in record.units] == [unit]
    assert (record.is_registered, mei.is_registered(on=date(2023, 1, 8))) == (True, False)


def test_a_coordinator_keeps_the_trainers_of_the_own_member_alone():
    vientiane, colombo = make_member("vientiane", country="LA"), make_member("colombo", country="LK")
    by = make_actor("coordinator", ("member", vientiane.pk))
    khamla = write(make_person("khamla"), by=by, employer=vientiane)
    for employer in (None, colombo):
        with pytest.raises(AccessDenied):
            write(make_person(f"nimali-{employer}"), by=by, employer=employer)
        with pytest.raises(AccessDenied):
            describe_trainers(changes=[(khamla, replace(FACTS, employer=employer))], on=ON, by=by)
    with pytest.raises(AccessDenied):
        describe_trainers(
            changes=[(make_trainer(make_person("dao")), replace(FACTS, employer=vientiane))], on=ON, by=by
        )


def test_one_human_being_stands_in_the_register_once():
    mei, again = make_person("mei"), make_person("mei-again")
    write(mei, by=NIGHTLY)
    with pytest.raises(RegisteredAlready):
        write(mei, by=NIGHTLY)
    merge_person(person=again, into=mei, at=AT, reason="The same day of birth", by=NIGHTLY)
    with pytest.raises(RegisteredAlready):
        write(again, by=NIGHTLY)


def test_two_entries_of_one_human_being_are_listed_once_and_told_together():
    mei, again = make_person("mei"), make_person("mei-again")
    first, second = make_trainer(mei), make_trainer(again, languages=[("en", "cefr", "B1")])
    merge_person(person=again, into=mei, at=AT, reason="The same day of birth", by=NIGHTLY)
    assert [line.trainer for line in register.list_trainers_on(by=NIGHTLY, on=ON).rows] == [first]
    record = register.get_trainer(reference="mei-again", on=ON, by=NIGHTLY)
    assert (record.trainer, record.entries, len(record.languages)) == (first, [first, second], 1)


@pytest.mark.parametrize(
    ("facts", "column"),
    [
        ({"languages": (Spoken("xx-nonsense", "first"),)}, "languages"),
        ({"languages": (Spoken("zh-Hans", "hsk_2010", "7"),)}, "languages"),
        ({"languages": (Spoken("zh-Hans", "hsk_2021", ""),)}, "languages"),
        ({"languages": (Spoken("en", "cefr", "B1"), Spoken("en", "cefr", "B2"))}, "languages"),
        ({"held_before": date(2023, 1, 9)}, "ends_on"),
    ],
    ids=["no-language", "no-level-of-that-scale", "no-level", "twice-in-a-scale", "ends-before-it-begins"],
)
def test_what_cannot_be_is_refused_at_its_field(facts, column):
    with pytest.raises(BadInput) as refused:
        write(make_person(), by=NIGHTLY, **facts)
    assert refused.value.problems[0].column == column


def test_what_is_said_again_keeps_the_day_on_which_it_was_said():
    mei = write(make_person(), by=NIGHTLY, languages=(Spoken("lo", "first"),))
    said = replace(FACTS, languages=(Spoken("lo", "first"), Spoken("en", "cefr", "A2")))
    describe_trainers(changes=[(mei, said)], on=date(2024, 3, 1), by=NIGHTLY)
    assert list(mei.languages.values_list("language", "claimed_on")) == [("en", date(2024, 3, 1)), ("lo", ON)]


def test_a_qualification_is_kept_with_its_paper_and_goes_with_it():
    mei = make_trainer(make_person("mei"))
    paper = Upload("certificate.txt", b"Welding trainer", "Certificate")
    draft = QualificationDraft(mei, "Welding trainer", "Ministry of Education", date(2022, 5, 2), None, paper)
    (made,) = write_qualifications(qualifications=[draft], at=AT, by=NIGHTLY)
    document, content = register.open_qualification(trainer="mei", key=made.pk, by=NIGHTLY)
    assert content == b"Welding trainer"
    with pytest.raises(WrittenBefore):
        write_qualifications(qualifications=[replace(draft, upload=None)], at=AT, by=NIGHTLY)
    drop_qualification(qualification=made, by=NIGHTLY)
    assert not Document.objects.filter(pk=document.pk).exists()


@pytest.mark.parametrize(
    ("more", "column"),
    [({"what": " "}, "what"), ({"awarded_by": ""}, "awarded_by"), ({"valid_before": date(2022, 5, 2)}, "valid_until")],
    ids=["nothing", "nobody", "ends-at-once"],
)
def test_a_qualification_says_what_by_whom_and_until_when(more, column):
    draft = QualificationDraft(make_trainer(make_person()), "Welding", "Ministry", date(2022, 5, 2))
    with pytest.raises(BadInput) as refused:
        write_qualifications(qualifications=[replace(draft, **more)], at=AT, by=NIGHTLY)
    assert refused.value.problems[0].column == column


def test_who_sees_which_trainers():
    vientiane, colombo = make_member("vientiane", country="LA"), make_member("colombo", country="LK")
    mei, khamla, nimali = make_person("mei"), make_person("khamla"), make_person("nimali")
    make_trainer(mei)
    make_trainer(khamla, employer=vientiane)
    make_trainer(nimali, employer=colombo)
    cohort = make_cohort(trainers=[mei])

    def seen(by):
        return [line.trainer.person.reference for line in register.list_trainers_on(by=by, on=ON).rows]

    assert seen(make_actor("secretariat")) == seen(make_actor("auditor")) == ["khamla", "mei", "nimali"]
    assert seen(make_actor("coordinator", ("member", colombo.pk))) == ["nimali"]
    # Vientiane hosts the site at which Mei teaches.
    assert seen(make_actor("coordinator", ("member", vientiane.pk))) == ["khamla", "mei"]
    assert seen(make_actor("site_manager", ("site", cohort.site_id))) == ["mei"]
    assert seen(make_actor("trainer", ("cohort", cohort.pk), person=nimali)) == ["nimali"]
    assert seen(make_actor("council")) == []
    with pytest.raises(NotFound):
        register.get_trainer(reference="mei", on=ON, by=make_actor("council"))


def test_whom_a_coordinator_may_name():
    colombo = make_member("colombo", country="LK")
    make_enrolment(make_cohort(), person=make_person("nimali"), sending_organisation=colombo)
    make_person("mei")
    by = make_actor("coordinator", ("member", colombo.pk))
    assert person_to_register(reference="nimali", by=by).reference == "nimali"
    with pytest.raises(NotFound):
        person_to_register(reference="mei", by=by)
    assert person_to_register(reference="mei", by=make_actor("secretariat")).reference == "mei"


def test_the_list_is_narrowed_in_every_way():
    colombo, unit = make_member("colombo", country="LK"), make_version().units.first()
    write(make_person("mei"), by=NIGHTLY, languages=(Spoken("lo", "first"),), units=(unit,))
    write(make_person("khamla", own_name="ຄຳຫຼ້າ", romanised_name="Khamla"), by=NIGHTLY, employer=colombo)
    write(make_person("nimali", own_name="Nimali"), by=NIGHTLY, held_before=date(2023, 6, 1))
    make_session_taught(
        "COH-1", trainer=register.find_trainer(reference="mei", by=NIGHTLY).person, on=date(2024, 1, 30)
    )

    def found(**narrowed):
        return [line.trainer.person.reference for line in register.list_trainers_on(by=NIGHTLY, on=ON, **narrowed).rows]

    assert found(language="lo") == found(unit="vehicle-inspection") == found(site="wks-vientiane") == ["mei"]
    assert found(unit=f"vehicle-inspection.1.0.{unit.code}") == []
    assert found(employer="colombo") == found(words="Khamla") == ["khamla"]
    assert found(state="ended") == ["nimali"]
    assert found(state="registered") == ["khamla", "mei"]
    (line,) = register.list_trainers_on(by=NIGHTLY, on=ON, site="wks-vientiane").rows
    assert (line.cohorts, line.sessions, line.hours) == (1, 1, 3)


def test_the_list_costs_the_same_for_many(django_assert_num_queries, django_assert_max_num_queries):
    make_trainer(make_person("mei"))
    with django_assert_max_num_queries(14) as few:
        register.list_trainers_on(by=NIGHTLY, on=ON)
    for person in make_people(20, prefix="t"):
        make_trainer(person)
    with django_assert_num_queries(len(few)):
        register.list_trainers_on(by=NIGHTLY, on=ON)


def test_the_page_says_who_trained_them_and_whom_they_trained():
    mei, khamla, dao = make_person("mei"), make_person("khamla"), make_person("dao")
    make_trainer(khamla)
    make_teachers_trained(
        "TT-1", trainers=[mei], teachers=[khamla], starts_on=date(2023, 1, 9), completed_on=date(2023, 2, 10)
    )
    make_teachers_trained(
        "TT-2", trainers=[khamla], teachers=[dao], starts_on=date(2023, 6, 5), completed_on=date(2023, 7, 7)
    )
    record = register.get_trainer(reference="khamla", on=ON, by=NIGHTLY)
    assert [each.reference for each in record.trained_by] == ["mei"]
    assert [each.reference for each in record.trained] == ["dao"]
    assert (record.node.generation, record.hours, record.sessions) == (1, 3, 1)
    own = register.get_trainer(reference="khamla", on=ON, by=make_actor("trainer", ("site", mei.pk), person=khamla))
    assert [each.reference for each in own.trained_by] == [""]


def test_an_import_takes_back_what_nobody_built_on():
    mei, khamla = make_trainer(make_person("mei")), make_trainer(make_person("khamla"))
    draft = QualificationDraft(khamla, "Welding", "Ministry", date(2022, 5, 2))
    write_qualifications(qualifications=[draft], at=AT, by=NIGHTLY)
    with pytest.raises(BuiltOn):
        remove_trainers(keys=[mei.pk, khamla.pk], by=NIGHTLY)
    assert remove_trainers(keys=[mei.pk], by=NIGHTLY) == 1
