from dataclasses import replace

from corridor.kernel.differences import differences
from corridor.kernel.evidence import EvidenceRow


def row(number, person, site="vientiane"):
    return EvidenceRow("enrolment", f"e{number}", person, 1, "", {"site": site})


KEPT = [row(1, "mei"), row(2, "khamla"), row(3, "nimali", "colombo"), row(4, "nimali")]


def test_the_same_rows_in_another_order_are_the_same():
    assert differences(KEPT, list(reversed(KEPT))).is_same


def test_late_removed_and_corrected_records_are_listed():
    now = [row(1, "mei", "colombo"), *KEPT[2:], row(5, "somchai")]
    found = differences(KEPT, now)
    assert found.added == (("enrolment", "e5"),)
    assert found.removed == (("enrolment", "e2"),)
    assert found.changed == (("enrolment", "e1"),)
    assert found.merged == ()


def test_merged_persons_are_listed_as_merged_and_their_records_not_as_changed():
    now = [replace(each, subject_id="mei") if each.subject_id == "khamla" else each for each in KEPT]
    for merges in (None, {"khamla": "mei"}):
        found = differences(KEPT, now, merges=merges)
        assert found.merged == (("khamla", "mei"),)
        assert found.changed == ()
        assert not found.is_same


def test_a_merge_and_a_correction_of_one_record_are_both_listed():
    found = differences(KEPT, [row(1, "mei"), row(2, "mei", "colombo"), *KEPT[2:]])
    assert (found.merged, found.changed) == ((("khamla", "mei"),), (("enrolment", "e2"),))


def test_a_record_given_to_somebody_else_is_a_change_not_a_merge():
    found = differences(KEPT, [*KEPT[:3], row(4, "mei")])
    assert (found.changed, found.merged) == ((("enrolment", "e4"),), ())


def test_the_records_know_better_which_persons_were_merged():
    now = [row(1, "mei"), row(2, "mei"), *KEPT[2:]]
    found = differences(KEPT, now, merges={})
    assert (found.changed, found.merged) == ((("enrolment", "e2"),), ())


def test_a_record_in_two_rows_is_one_record():
    assert differences([*KEPT, row(1, "mei", "colombo")], KEPT).changed == (("enrolment", "e1"),)
