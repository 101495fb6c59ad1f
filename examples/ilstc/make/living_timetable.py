"""The timetable of the last weeks: rooms and machines booked, a session moved, one made up for, two that two sites have together; a learner who goes on in another group."""

from .tables import Book

VTE, LPQ = "LGTC-VI-2024-A", "LPQ-LO-01"
# Session, room, machines.
NEEDS = [
    (VTE, 35, "Room for theory", ""), (VTE, 36, "Hall A", "LGT-0102 2;LGT-0101 1"), (VTE, 37, "Hall A", "LGT-0102 2;LGT-0104 1"),
    (VTE, 39, "Room for theory", "LGT-0105 4"), (VTE, 40, "Hall A", "LGT-0102 2;LGT-0101 1"), (VTE, 41, "Hall A", "LGT-0102 2"),
    (VTE, 42, "Room for theory", ""), (VTE, 43, "Hall A", "LGT-0102 2;LGT-0101 1"), (VTE, 45, "Room for theory", ""),
    (VTE, 46, "Hall A", "LGT-0101 1"), (LPQ, 50, "Room for theory", ""), (LPQ, 51, "Vehicle hall", "LP-02 1"),
]  # fmt: skip
# The rows of one joint session have one word.
SAFE_LIFTS, ROAD_RULES = "safe under a lift", "rules of the road"
PLANNED = [
    ("2024-01-18 10:05+07:00", "manager-vientiane", VTE, 81, "2024-01-25 16:45", 120, "language", "VI-01 Receive and identify a vehicle",
     "VI-01", "Room for theory", 13, ""),
    *(("2024-01-22 14:30+08:00", "secretariat", cohort, number, "2024-01-27 09:00", 90, "online",
       "Working safely under a lift: one lecture for both sites", "", "Room for theory", "", SAFE_LIFTS)
      for cohort, number in ((VTE, 82), (LPQ, 63))),
    *(("2024-01-30 10:20+08:00", "secretariat", cohort, number, "2024-02-10 09:00", 90, "online",
       "Rules of the road on both sides of the border", "", "Room for theory", "", ROAD_RULES)
      for cohort, number in ((VTE, 83), (LPQ, 64))),
]  # fmt: skip


# Who was decided about before one of them went on in the other group: what was decided goes along.
DECIDED = {
    "KOS-CP-01": ("WC-01", (4, 9, 15), "P-0014", "Said and wrote the words of the shift; answered at the counter")
}


def write(book: Book) -> None:
    for cohort, (unit, seats, assessor, note) in DECIDED.items():
        for seat in seats:
            book.add(
                "decisions", cohort=cohort, number=seat, unit=unit, attempt=1, assessor=assessor, result="competent", decided_on="2024-01-31",
                final_on="2024-02-01", evidence_note=note,
            )  # fmt: skip
    book.open(
        "living/planned_sessions", "at,by,cohort,number,begins_at,minutes,kind,topic,unit,room,makes_up_for,joint"
    )
    for row in PLANNED:
        book.add("living/planned_sessions", **dict(zip(book.columns["living/planned_sessions"], row, strict=True)))
    book.open("living/session_needs", "at,by,cohort,session,room,trainers,equipment")
    for cohort, session, room, machines in NEEDS:
        by, at = (
            ("trainer-luang-prabang", "2024-01-29 16:40+07:00")
            if cohort == LPQ
            else ("trainer", "2024-01-26 16:50+07:00")
        )
        book.add("living/session_needs", at=at, by=by, cohort=cohort, session=session, room=room, equipment=machines)
    book.open("living/moved_sessions", "at,by,cohort,session,begins_at,minutes,reason")
    for at, by, cohort, session, begins, minutes, reason in (
        ("2024-01-23 11:10+07:00", "manager-luang-prabang", LPQ, 49, "2024-01-31 15:00", 150, "The railway depot receives us an hour and a half later."),
        ("2024-02-01 10:15+07:00", "manager-vientiane", VTE, 44, "2024-02-08 16:45", 180, "The brake tester is calibrated that afternoon."),
    ):  # fmt: skip
        book.add(
            "living/moved_sessions", at=at, by=by, cohort=cohort, session=session, begins_at=begins, minutes=minutes, reason=reason
        )  # fmt: skip
    book.open("living/arrivals", "at,by,cohort,session,what")
    for time, by, what in (("08:20", "trainer", "shown"), ("08:24", "learner", "said"), ("08:41", "trainer", "confirmed"),
                           ("08:45", "trainer", "ended")):  # fmt: skip
        book.add("living/arrivals", at=f"2024-01-31 {time}+07:00", by=by, cohort=VTE, session=35, what=what)
    book.open("living/transfers", "at,by,cohort,seat,to,number,on,reason")
    book.add(
        "living/transfers", at="2024-02-01 11:30+08:00", by="secretariat", cohort="KOS-CP-01", seat=9, to="KOS-CP-02", number=23, on="2024-02-02",
        reason="The employer moved the shift; Mondays and Saturdays are no longer free.",
    )  # fmt: skip
