"""
Registers of the last days as they were taken: on phones and a shared tablet, late, from paper; what two said differently, and what was decided.

Their marks are those that the plan of the seats drew; the files of sessions and attendance leave them to these.
"""

from random import Random

from .tables import Book, draws

VTE, LPQ, KOS = "LGTC-VI-2024-A", "LPQ-LO-01", "KOS-CP-01"
BOUNMY, LIU, PHOUKHAM, VANNARY = "trainer", "trainer-2", "trainer-luang-prabang", "trainer-sihanoukville"
TABLET, TABLET_LIU, PHONE, OLD_PHONE, FAR_PHONE, PORT_PHONE = (
    "tablet-hall-a", "tablet-hall-a-liu", "phone-bounmy", "old-phone-liu", "phone-phoukham", "phone-vannary",
)  # fmt: skip
# When, whose, which, and the name that its owner reads. The tablet lies in the hall: two accounts on it are two devices.
DEVICES = [
    ("2024-01-25 08:05+07:00", BOUNMY, TABLET, "Tablet in Hall A"), ("2024-01-24 13:10+07:00", LIU, TABLET_LIU, "Tablet in Hall A"),
    ("2024-01-24 17:20+07:00", BOUNMY, PHONE, "Bounmy’s phone"), ("2024-01-29 18:30+07:00", LIU, OLD_PHONE, "Old phone"),
    ("2024-01-25 17:00+07:00", PHOUKHAM, FAR_PHONE, "Phone"), ("2024-01-26 19:10+07:00", VANNARY, PORT_PHONE, "Vannary’s phone"),
]  # fmt: skip
# Session: sent at, by, device, clock of the marks, clock of the signature (empty: it was signed otherwise).
BY_DEVICE = [
    (VTE, 81, "2024-01-25 18:52+07:00", LIU, TABLET_LIU, "2024-01-25 16:50+07:00", "2024-01-25 18:46+07:00"),
    (VTE, 82, "2024-01-27 10:40+07:00", BOUNMY, TABLET, "2024-01-27 09:06+07:00", "2024-01-27 10:34+07:00"),
    (VTE, 32, "2024-01-29 16:36+07:00", BOUNMY, TABLET, "2024-01-29 13:38+07:00", "2024-01-29 16:31+07:00"),
    (VTE, 33, "2024-01-30 11:41+07:00", LIU, TABLET_LIU, "2024-01-30 08:34+07:00", "2024-01-30 11:33+07:00"),
    (VTE, 35, "2024-01-31 11:50+07:00", BOUNMY, PHONE, "2024-01-31 08:47+07:00", ""),
    (VTE, 36, "2024-01-31 16:38+07:00", BOUNMY, PHONE, "2024-01-31 13:36+07:00", "2024-01-31 16:33+07:00"),
    (VTE, 37, "2024-02-01 11:44+07:00", BOUNMY, PHONE, "2024-02-01 08:35+07:00", "2024-02-01 11:31+07:00"),
    (LPQ, 49, "2024-01-31 17:48+07:00", PHOUKHAM, FAR_PHONE, "2024-01-31 15:05+07:00", "2024-01-31 17:32+07:00"),
    (KOS, 14, "2024-01-30 20:06+07:00", VANNARY, PORT_PHONE, "2024-01-30 17:37+07:00", "2024-01-30 20:01+07:00"),
    (KOS, 15, "2024-02-01 20:08+07:00", VANNARY, PORT_PHONE, "2024-02-01 17:35+07:00", "2024-02-01 20:02+07:00"),
]  # fmt: skip
# At the depot there is no network: the manager of the site brought what the phone had kept as a file, in the order of its chain.
BY_FILE = [
    (LPQ, 47, "2024-01-26 13:36+07:00", "2024-01-26 16:02+07:00"), (LPQ, 63, "2024-01-27 09:05+07:00", "2024-01-27 10:31+07:00"),
    (LPQ, 48, "2024-01-29 13:34+07:00", "2024-01-29 16:01+07:00"),
]  # fmt: skip
# Liu Yan's old phone had lost its clock in the drawer. It knows what she marked herself, and nothing of what Bounmy had sent.
OTHERWISE = [
    (35, "2024-01-31 12:20+07:00", "2019-01-01 10:12+07:00", {5: ("absent", "")}),
    (36, "2024-02-01 07:50+07:00", "2019-01-01 15:05+07:00", {14: ("absent", "")}),
    (37, "2024-02-01 17:52+07:00", "2019-01-02 10:02+07:00", {12: ("absent", ""), 30: ("late", 20)}),
]  # fmt: skip
AT_A_PAGE = [
    (24, "2024-01-25 17:05+07:00", "late", "The tablet was at the repair shop for two days."),
    (28, "2024-01-27 08:40+07:00", "paper", "The power was out all afternoon; marked on the paper sheet."),
]  # fmt: skip
GUESTS = {
    (VTE, 33): ["Vilaysack Souphanthong, Savannakhet", "Noy Chanthavong, Savannakhet"], (VTE, 36): ["Souliya Vongphrachan, Phoukhamkeo Transport"],
    (LPQ, 49): ["Thongdy Keomany, railway depot"],
}  # fmt: skip
REMARKS = {(VTE, 36, 22): "Brought the sister to the clinic first", (LPQ, 48, 14): "The ferry was late"}
# Those who are placed in a company on Saturdays.
IN_THE_COMPANY = {(VTE, 82): (1, 2, 3)}
DECIDED = [
    ("2024-01-31 16:20+07:00", 35, 5, "standing", "The gate book says 08:52. Liu Yan had closed her list before."),
    ("2024-02-01 09:15+07:00", 36, 14, "brought", "Bounmy agrees: he had counted the seat beside it twice."),
]  # fmt: skip
OPENED = [
    ("2024-01-24 09:00+07:00", 19, "2024-01-26 18:00+07:00", "The office says that one of those who came late was sent for the key."),
    ("2024-02-01 14:00+07:00", 21, "2024-02-05 18:00+07:00", "The gate book of that Monday is being compared; one mark may be wrong."),
]  # fmt: skip
CORRECTED = [
    ("2024-01-25 10:05+07:00", BOUNMY, 19, 15, "present", "", "", "Was sent by the office to fetch the key of the hall."),
    ("2024-01-30 11:00+07:00", "manager-vientiane", 23, 7, "excused", "", "Paper of the clinic", "The paper of the clinic came today."),
    ("2024-02-01 09:30+07:00", LIU, 33, 18, "left_early", "", "", "Went home at ten with a fever; I had forgotten to mark it."),
]  # fmt: skip

# What the story needs of some seats: who said to be there is there, and who is marked differently was marked so at first.
AS_TOLD = {(VTE, 35, 1): ("present", ""), (VTE, 35, 5): ("late", 25), (VTE, 36, 14): ("present", ""), (VTE, 37, 12): ("present", ""),
           (VTE, 37, 30): ("present", "")}  # fmt: skip

type Said = tuple[str, object]


def write(book: Book) -> None:
    marks = {(cohort, session): _taken_out(book, cohort, session) for cohort, session in _lived()}
    for (cohort, session), first in (((VTE, 81), 25), ((VTE, 82), 31), ((LPQ, 63), 46)):
        marks[cohort, session] = _drawn(book, cohort, session, like=first)
    _devices(book)
    _at_pages(book, marks)
    _by_devices(book, marks)
    _by_file(book, marks)
    _decided(book)


def _lived() -> list[tuple[str, int]]:
    planned = {(VTE, 81), (VTE, 82), (LPQ, 63)}
    by_device = [
        (cohort, session) for cohort, session, *_ in [*BY_DEVICE, *BY_FILE] if (cohort, session) not in planned
    ]
    return [*by_device, *((VTE, session) for session, *_ in AT_A_PAGE)]


def _taken_out(book: Book, cohort: str, session: int) -> dict[int, Said]:
    """The marks of a session by seat, with minutes for those who came late; its files say only that it was planned."""
    random = draws(f"living {cohort} {session}")
    row = next(row for row in book.rows("sessions") if (row["cohort"], row["number"]) == (cohort, str(session)))
    row |= {"status": "planned", "signed_by": "", "locked_on": "", "capture_mode": "", "sheet": ""}
    name = f"attendance/{cohort}"
    taken = [mark for mark in book.rows(name) if mark["session"] == str(session)]
    book.tables[name] = [mark for mark in book.rows(name) if mark["session"] != str(session)]
    said = {int(mark["number"]): _said(mark["mark"], random) for mark in taken}
    return {seat: AS_TOLD.get((cohort, session, seat), value) for seat, value in said.items()}


def _said(mark: str, random: Random) -> Said:
    return (mark, random.randrange(5, 40, 5)) if mark == "late" else (mark, "")


def _drawn(book: Book, cohort: str, session: int, *, like: int) -> dict[int, Said]:
    """Marks of a session that the files of sessions do not know, for the seats of another one."""
    random = draws(f"living {cohort} {session}")
    seats = [int(row["number"]) for row in book.rows(f"attendance/{cohort}") if row["session"] == str(like)]
    marks = {
        seat: _said(random.choices(["present", "late", "absent"], weights=[92, 5, 3])[0], random) for seat in seats
    }
    return marks | dict.fromkeys(IN_THE_COMPANY.get((cohort, session), ()), ("excused", ""))


def _devices(book: Book) -> None:
    book.open("living/devices", "at,by,device,name")
    for at, by, device, name in DEVICES:
        book.add("living/devices", at=at, by=by, device=device, name=name)


def _at_pages(book: Book, marks: dict[tuple[str, int], dict[int, Said]]) -> None:
    book.open("living/registers", "at,by,cohort,session,capture_mode,reason,what,seat,mark,minutes,text")
    for session, at, mode, reason in AT_A_PAGE:
        head = {"at": at, "by": BOUNMY, "cohort": VTE, "session": session, "capture_mode": mode, "reason": reason}
        for row in _rows_of(VTE, session, marks[VTE, session]):
            book.add("living/registers", **head, **row)
        book.add("living/registers", **head, what="signature")
    book.add(
        "living/registers", at="2024-01-31 16:45+07:00", by=BOUNMY, cohort=VTE, session=35, capture_mode="live", what="signature"
    )  # fmt: skip


def _by_devices(book: Book, marks: dict[tuple[str, int], dict[int, Said]]) -> None:
    name = "living/device_registers"
    book.open(name, "at,by,device,cohort,session,clock,what,seat,mark,minutes,text")
    for cohort, session, at, by, device, clock, signed in sorted(BY_DEVICE, key=lambda row: row[2]):
        head = {"at": at, "by": by, "device": device, "cohort": cohort, "session": session}
        for row in _rows_of(cohort, session, marks[cohort, session]):
            book.add(name, **head, clock=clock, **row)
        if signed:
            book.add(name, **head, clock=signed, what="signature")
    for session, at, clock, others in OTHERWISE:
        head = {"at": at, "by": LIU, "device": OLD_PHONE, "cohort": VTE, "session": session, "clock": clock}
        for row in _rows_of(VTE, session, marks[VTE, session] | others, guests=False):
            book.add(name, **head, **row)


def _by_file(book: Book, marks: dict[tuple[str, int], dict[int, Said]]) -> None:
    name = "living/device_files"
    book.open(name, ",".join(book.columns["living/device_registers"]))
    for cohort, session, clock, signed in BY_FILE:
        head = {
            "at": "2024-01-30 08:20+07:00", "by": "manager-luang-prabang", "device": FAR_PHONE, "cohort": cohort, "session": session,
        }  # fmt: skip
        for row in _rows_of(cohort, session, marks[cohort, session]):
            book.add(name, **head, clock=clock, **row)
        book.add(name, **head, clock=signed, what="signature")


def _rows_of(cohort: str, session: int, marks: dict[int, Said], *, guests: bool = True) -> list[dict[str, object]]:
    """Everybody present, as one tap does it, and a row for each who was not."""
    rows: list[dict[str, object]] = [{"what": "mark", "mark": "present"}]
    rows += [
        {"what": "mark", "seat": seat, "mark": mark, "minutes": minutes, "text": REMARKS.get((cohort, session, seat), "")}
        for seat, (mark, minutes) in sorted(marks.items()) if mark != "present"
    ]  # fmt: skip
    return rows + [{"what": "guest", "text": name} for name in GUESTS.get((cohort, session), []) if guests]


def _decided(book: Book) -> None:
    book.open("living/conflict_decisions", "at,by,cohort,session,seat,outcome,reason")
    for at, session, seat, outcome, reason in DECIDED:
        book.add(
            "living/conflict_decisions", at=at, by="manager-vientiane", cohort=VTE, session=session, seat=seat, outcome=outcome, reason=reason
        )  # fmt: skip
    book.open("living/register_openings", "at,by,cohort,session,until,reason")
    for at, session, until, reason in OPENED:
        book.add(
            "living/register_openings",
            at=at,
            by="manager-vientiane",
            cohort=VTE,
            session=session,
            until=until,
            reason=reason,
        )
    book.open("living/mark_corrections", "at,by,cohort,session,seat,mark,minutes,text,reason")
    for at, by, session, seat, mark, minutes, text, reason in CORRECTED:
        book.add(
            "living/mark_corrections", at=at, by=by, cohort=VTE, session=session, seat=seat, mark=mark, minutes=minutes, text=text, reason=reason
        )  # fmt: skip
