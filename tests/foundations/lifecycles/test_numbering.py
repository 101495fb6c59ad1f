from datetime import date

import pytest

from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.training.models import Cohort
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db


def test_numbers_go_on_in_their_own_year_and_only_its_references_are_read(django_assert_num_queries):
    for reference in ("COH-2023-0007", "COH-2023-0003", "COH-2022-0040"):
        make_cohort(reference)
    days = [date(2023, 5, 1), date(2024, 1, 1), date(2023, 6, 1)]
    with django_assert_num_queries(2) as captured:
        given = give_numbers(model=Cohort, prefix="COH", days=days, gate=Announcement)
    assert given == ["COH-2023-0008", "COH-2024-0001", "COH-2023-0009"]
    assert "COH-2022-" not in captured[-1]["sql"]
