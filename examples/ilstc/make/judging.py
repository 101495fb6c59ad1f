"""How units are assessed, who is called, what was looked at again, an appeal, and what somebody could do before."""

from .tables import Book, pool

RUNNING, FINISHED = "LGTC-VI-2024-A", "LGTC-VI-2023-A"
LANGUAGES = ("en", "zh-Hans", "lo")
# Whose curriculum a unit is, by how its code begins.
CURRICULA = {"VI": "vehicle-inspection", "LO": "logistics-operations"}


def write(book: Book) -> None:
    titles = ",".join(f"title_{language}" for language in LANGUAGES)
    texts = ",".join(f"text_{language}" for language in LANGUAGES)
    book.open(
        "schemes",
        "curriculum,version,unit,published_on,attempts_allowed,signing,judges,appeal_days,instrument,kind,scale,pass_mark,"
        f"{titles},weight,evidence,{texts}",
    )
    for unit, on, signing, instrument, kind, scale, passed, *said in pool("schemes"):
        title, (weight, evidence), text = said[:3], said[3:5], said[5:]
        book.add(
            "schemes", curriculum=CURRICULA[unit[:2]], version="2023", unit=unit, published_on=on, attempts_allowed=3,
            signing=signing, judges="one", appeal_days=14, instrument=instrument, kind=kind, scale=scale, pass_mark=passed,
            weight=weight, evidence=evidence,
            **{f"title_{language}": one for language, one in zip(LANGUAGES, title, strict=True)},
            **{f"text_{language}": one for language, one in zip(LANGUAGES, text, strict=True)},
        )  # fmt: skip
    book.open("marks", "cohort,number,unit,test,taken_on,mark")
    for number, mark in enumerate((78, 64.5, 91, 55, 70, 83), start=1):
        book.add("marks", cohort=RUNNING, number=number, unit="VI-02", test=2, taken_on="2024-02-01", mark=mark)
    book.open("sittings", "cohort,unit,held_on,assessor,seats")
    book.add("sittings", cohort=RUNNING, unit="VI-02", held_on="2024-02-05", assessor="P-0004", seats="1;2;3;5;6")
    book.open("samplings", "cohort,share,least,seed,drawn_on,second,judged_on,otherwise,note")
    book.add(
        "samplings", cohort=FINISHED, share=8, least=5, seed="Vientiane 26 January", drawn_on="2024-01-26", second="P-0005",
        judged_on="2024-01-30", note="As the film and the record show it",
    )  # fmt: skip
    book.open("appeals", "cohort,number,unit,attempt,lodged_on,grounds,chair,members,panel_on,ruling,reasons,ruled_on")
    book.add(
        "appeals", cohort=FINISHED, number=8, unit="VI-03", attempt=1, lodged_on="2023-09-08",
        grounds="The tester stood still for an hour, and I was asked to explain what I had not been able to do.",
        chair="P-0008", members="P-0011;P-0017", panel_on="2023-09-12", ruling="dismissed", ruled_on="2023-09-20",
        reasons="The log of the tester shows no fault on that day. A second date had been given.",
    )  # fmt: skip
    book.open("prior_claims", "cohort,number,unit,claimed_on,claim")
    book.add(
        "prior_claims", cohort=RUNNING, number=1, unit="VI-08", claimed_on="2024-01-15",
        claim="Three years in a garage in Vientiane, mostly batteries and running gear.",
    )  # fmt: skip
