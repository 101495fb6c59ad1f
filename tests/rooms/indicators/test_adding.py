"""Adding figures: by their units and their kinds, or by joining the evidence and counting again."""

from datetime import date

import pytest

from corridor.foundations.access import VISITOR, Role
from corridor.kernel.errors import AccessDenied
from corridor.kernel.periods import Period
from corridor.kernel.refusals import BareRate, DefinitionsDiffer, NotAdditive, NotCollected, UnlikeUnits
from corridor.rooms.indicators.queries import FigureAsk, add_figures, list_indicators, show_figure
from corridor.rooms.indicators.refusals import UnknownIndicator, UnknownScope, WrongTime
from tests.factories.actors import make_actor
from tests.factories.figures import AT, REPORT_DAY, complete, make_cohort_at, make_learners, make_members, make_place
from tests.factories.members import make_alliance
from tests.factories.training import make_demand

pytestmark = pytest.mark.django_db
AUDITOR = make_actor(Role.AUDITOR)


@pytest.fixture(autouse=True)
def alliance():
    make_alliance()
    make_members({"LA": 3, "CN": 4})


def add(*parts: FigureAsk, joined: bool = False, by=AUDITOR):
    return add_figures(parts=parts, at=AT, by=by, joined=joined)


def members(scope: str = "", on: date = REPORT_DAY) -> FigureAsk:
    return FigureAsk("members.active", scope, on=on)


def test_separate_parts_of_one_day_add():
    assert add(members("country=LA"), members("country=CN")).value == 7


def test_parts_that_share_records_do_not_add():
    with pytest.raises(NotAdditive, match="can share records"):
        add(members("country=LA"), members("kind=school"))


def test_two_days_do_not_add():
    with pytest.raises(NotAdditive, match="Two days"):
        add(members("country=LA"), members("country=CN", on=date(2023, 1, 1)))


def test_members_and_places_are_unlike():
    with pytest.raises(UnlikeUnits, match="organisations and countries and regions"):
        add(members(), FigureAsk("members.countries", on=REPORT_DAY))
    with pytest.raises(UnlikeUnits):
        add(members(), FigureAsk("members.countries", on=REPORT_DAY), joined=True)


def test_places_are_joined_not_added():
    asked = [FigureAsk("members.countries", scope, on=REPORT_DAY) for scope in ("country=LA", "country=CN")]
    with pytest.raises(NotAdditive, match="join the two sets"):
        add(*asked)
    assert add(*asked, joined=True).value == 2


def test_persons_at_two_sites_are_joined_and_counted_once():
    for site, country in (("wks-vientiane", "LA"), ("wks-rayong", "TH")):
        make_place(site, country)
    persons = make_learners(15, prefix="p")
    complete(make_cohort_at("wks-vientiane", "COH-A"), persons[:10])
    complete(make_cohort_at("wks-rayong", "COH-B"), persons[5:])
    asked = [
        FigureAsk("training.persons_completed", f"site={site}", on=REPORT_DAY)
        for site in ("wks-vientiane", "wks-rayong")
    ]
    with pytest.raises(NotAdditive):
        add(*asked)
    assert add(*asked, joined=True).value == 15
    with pytest.raises(AccessDenied):
        add(*asked, joined=True, by=VISITOR)


def test_rates_are_never_added():
    rate = FigureAsk("curricula.units_mapped", on=REPORT_DAY)
    for joined in (False, True):
        with pytest.raises(NotAdditive):
            add(rate, rate, joined=joined)


def test_two_definitions_of_one_unit_are_not_joined():
    asked = [FigureAsk("announcements.made", on=REPORT_DAY), FigureAsk("announcements.silent", on=REPORT_DAY)]
    with pytest.raises(DefinitionsDiffer):
        add(*asked, joined=True)


def test_posts_of_two_years_add():
    make_demand()
    make_demand("DEM-2022-0001", stated_on=date(2022, 5, 1))
    years = [FigureAsk("demand.posts_stated", period=Period.year(year)) for year in (2022, 2023)]
    assert add(*years).value == 90


def test_a_label_without_a_code_is_a_bare_rate():
    with pytest.raises(BareRate, match="employment rate"):
        show_figure(code="employment rate", on=REPORT_DAY, at=AT, by=VISITOR)


def test_what_nobody_collects_is_not_zero():
    for code in ("funding.pledged", "funding.contracted", "funding.disbursed", "funding.refunded"):
        with pytest.raises(NotCollected, match="not the same as zero"):
            show_figure(code=code, scope="currency=CNY", on=REPORT_DAY, at=AT, by=VISITOR)


def test_an_unknown_code_names_those_there_are():
    with pytest.raises(UnknownIndicator, match=r"members\.active"):
        show_figure(code="members.total", on=REPORT_DAY, at=AT, by=VISITOR)


def test_an_unknown_brand_names_those_there_are():
    make_place("wks-vientiane", "LA")
    with pytest.raises(UnknownScope, match="There are: none, panda"):
        show_figure(code="sites.operating", scope="brand=luban", on=REPORT_DAY, at=AT, by=VISITOR)


@pytest.mark.parametrize("scope", ["brand", "brand=", "=panda", "brand=panda&brand=panda", "brand=panda&"])
def test_what_is_no_scope_is_refused(scope):
    with pytest.raises(UnknownScope):
        show_figure(code="sites.operating", scope=scope, on=REPORT_DAY, at=AT, by=VISITOR)


def test_a_period_needs_a_last_day_and_an_alliance_that_had_begun():
    with pytest.raises(WrongTime):
        show_figure(code="demand.posts_stated", period=Period(date(2022, 1, 1), None), at=AT, by=VISITOR)
    with pytest.raises(WrongTime):
        show_figure(code="demand.posts_stated", on=date(2020, 1, 1), at=AT, by=VISITOR)


def test_every_indicator_is_described_and_keeps_its_own_rules():
    for definition in list_indicators(by=VISITOR):
        assert definition.title and definition.counted
        assert set(definition.needs) | set(definition.own_keys) <= set(definition.keys)
        assert set(definition.claimants) <= set(definition.dimensions)
        assert ("kind" in definition.keys) == (definition.kinds is not None)
