"""A version is drafted in peace, published whole, never rewritten, and superseded by a later one."""

from datetime import date

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, NotFound, WrongMoment
from corridor.rooms.curricula import actions
from corridor.rooms.curricula.drafts import (
    CriterionDraft,
    ElementDraft,
    FrameworkDraft,
    LearningOutcomeDraft,
    LevelDraft,
    UnitContentDraft,
    UnitDraft,
    VersionDraft,
)
from corridor.rooms.curricula.models import CurriculumVersion, FrameworkEdition, Unit
from corridor.rooms.curricula.queries import get_version, list_frameworks, list_versions
from corridor.rooms.curricula.texts import text_for
from corridor.rooms.members.models import SourceMark
from tests.factories.actors import VISITOR, make_actor
from tests.factories.curricula import make_level, make_version
from tests.factories.members import make_member

ON = date(2022, 3, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


@pytest.fixture
def version(secretariat):
    draft = VersionDraft(
        curriculum="vehicle-inspection",
        version="1.0",
        developer=make_member("chongqing"),
        titles={"en": "Vehicle inspection", "zh-Hans": "车辆检测"},
        level=make_level(),
    )
    return actions.add_versions(drafts=[draft], by=secretariat)[0]


def add_unit(version, by, code="VI-1", position=1, hours=30, titles=None):
    draft = UnitDraft(version, code, position, titles or {"en": "Read the papers"}, {"theory": 0, "practice": hours})
    return actions.add_units(drafts=[draft], by=by)[0]


def fill(unit, by):
    criterion = CriterionDraft(1, {"en": "Every lamp is lit"})
    element = ElementDraft(1, {"en": "Check the lamps", "lo": "ກວດໂຄມໄຟ"}, (criterion,))
    outcome = LearningOutcomeDraft(1, {"en": "Explains why lamps matter"})
    return actions.fill_units(drafts=[UnitContentDraft(unit, (element,), (outcome,))], by=by)


def test_a_whole_version_is_published_and_read_as_a_tree(version, secretariat, django_assert_max_num_queries):
    unit = add_unit(version, secretariat)
    add_unit(version, secretariat, "VI-2", 2)
    fill(unit, secretariat)
    actions.publish_version(version=version, on=ON, by=secretariat)
    with django_assert_max_num_queries(14):
        record = get_version(reference="vehicle-inspection", version="1.0", by=VISITOR)
        element = record.units[0].elements.all()[0]
        assert text_for(record.version.titles.all(), "zh-hans").text == "车辆检测"
        assert text_for(element.texts.all(), "lo").language == "lo"
        assert text_for(element.criteria.all()[0].texts.all(), "lo").language == "en"
        assert [hours.hours for hours in record.units[0].hours.all()] == [30]
        assert record.units[0].learning_outcomes.all()[0].texts.all()[0].text == "Explains why lamps matter"
    assert (record.published_on, record.superseded_on) == (ON, None)
    assert [unit.code for unit in record.units] == ["VI-1", "VI-2"]


def test_a_draft_is_seen_by_who_may_edit_alone(version, secretariat):
    assert list(list_versions(by=VISITOR)) == []
    assert list(list_versions(by=secretariat)) == [version]
    for by in (VISITOR, make_actor("council"), make_actor("trainer")):
        with pytest.raises(NotFound):
            get_version(reference="vehicle-inspection", version="1.0", by=by)
    assert get_version(reference="vehicle-inspection", version="1.0", by=secretariat).version == version


@pytest.mark.parametrize("lack", ["title", "units", "unit title", "hours"])
def test_what_is_not_whole_is_not_published(version, secretariat, lack):
    if lack == "title":
        version.titles.filter(language="en").delete()
    if lack != "units":
        titles = {"lo": "ກວດ"} if lack == "unit title" else None
        add_unit(version, secretariat, hours=0 if lack == "hours" else 30, titles=titles)
    with pytest.raises(actions.NotComplete):
        actions.publish_version(version=version, on=ON, by=secretariat)
    version.refresh_from_db()
    assert version.status == "draft"


def test_a_published_version_is_not_rewritten(version, secretariat):
    unit = add_unit(version, secretariat)
    actions.publish_version(version=version, on=ON, by=secretariat)
    with pytest.raises(actions.PublishedAlready):
        add_unit(version, secretariat, "VI-2", 2)
    with pytest.raises(actions.PublishedAlready):
        fill(unit, secretariat)
    with pytest.raises(WrongMoment):
        actions.publish_version(version=version, on=ON, by=secretariat)


def test_a_version_is_superseded_only_after_it_was_published(secretariat):
    old, draft = make_version(version="1.0"), make_version(version="2.0", published_on=None)
    actions.supersede_version(version=old, on=date(2023, 9, 1), by=secretariat, reason="2.0 takes its place")
    assert old.status_on(date(2023, 8, 31)) == "published"
    assert old.status_on(date(2023, 9, 1)) == "superseded"
    with pytest.raises(WrongMoment):
        actions.supersede_version(version=draft, on=date(2023, 9, 1), by=secretariat)


def test_codes_positions_and_versions_stand_once(version, secretariat):
    add_unit(version, secretariat)
    for code, position in (("VI-1", 2), ("VI-2", 1)):
        with pytest.raises(BadInput):
            add_unit(version, secretariat, code, position)
    again = VersionDraft("vehicle-inspection", "1.0", version.curriculum.developer, {"en": "Again"})
    with pytest.raises(BadInput):
        actions.add_versions(drafts=[again], by=secretariat)
    assert (Unit.objects.count(), CurriculumVersion.objects.count()) == (1, 1)


def test_an_element_stands_at_one_position(version, secretariat):
    unit = add_unit(version, secretariat)
    fill(unit, secretariat)
    with pytest.raises(BadInput, match="A position stands twice"):
        fill(unit, secretariat)


def test_frameworks_come_with_their_levels(secretariat):
    levels = (LevelDraft("II", 1, "Second"), LevelDraft("I", 2, "First"))
    draft = FrameworkDraft("NQF", "2019", "National framework", "Its ministry", SourceMark.NAMED, levels, "LA")
    actions.register_frameworks(drafts=[draft], by=secretariat)
    (framework,) = list_frameworks(by=VISITOR)
    assert [level.code for level in framework.levels.all()] == ["II", "I"]
    with pytest.raises(BadInput):
        actions.register_frameworks(drafts=[draft], by=secretariat)
    assert FrameworkEdition.objects.count() == 1


@pytest.mark.parametrize("role", ["coordinator", "council", "site_manager", "auditor"])
def test_nobody_but_the_secretariat_edits_or_publishes(version, secretariat, role):
    by = make_actor(role)
    with pytest.raises(AccessDenied):
        add_unit(version, by)
    add_unit(version, secretariat)
    with pytest.raises(AccessDenied):
        actions.publish_version(version=version, on=ON, by=by)
