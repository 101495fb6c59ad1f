"""What employers say they need, and what occupations are called. All numbers are invented; the words for occupations are our own."""

from .references import References
from .tables import Book, pool


def write(book: Book, refer: References) -> None:
    book.open("demand", "reference,employer,occupation_code,occupation_title,posts,country,stated_on,needed_by,strength,curriculum,"
              "version,units,replaces,source_mark,place,wage_from,wage_to,wage_currency,wage_period,languages,paper")  # fmt: skip
    for (
        reference, employer, code, title, posts, country, stated, needed, strength, taught, units, replaces,
        place, lowest, highest, currency, period, languages, paper,
    ) in pool("demand"):  # fmt: skip
        curriculum, version = taught.split("/") if taught else ("", "")
        book.add("demand", reference=reference, employer=refer(employer), occupation_code=code, occupation_title=title, posts=posts,
                 country=country, stated_on=stated, needed_by=needed, strength=strength, curriculum=curriculum, version=version,
                 units=units, replaces=replaces, source_mark="assumed", place=place, wage_from=lowest, wage_to=highest,
                 wage_currency=currency, wage_period=period, languages=languages, paper=paper)  # fmt: skip
    book.open(
        "occupations", "code,title_en,title_zh-Hans,title_lo,title_ur,aliases_en,aliases_zh-Hans,aliases_lo,aliases_ur"
    )
    for code, english, chinese, lao, urdu, *others in pool("occupations"):
        book.add("occupations", code=code, title_en=english, **{
            "title_zh-Hans": chinese, "title_lo": lao, "title_ur": urdu,
            **dict(zip(("aliases_en", "aliases_zh-Hans", "aliases_lo", "aliases_ur"), others, strict=True)),
        })  # fmt: skip
