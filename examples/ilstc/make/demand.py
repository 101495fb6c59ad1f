"""What employers say they need. All numbers are invented."""

from .references import References
from .tables import Book, pool


def write(book: Book, refer: References) -> None:
    book.open("demand", "reference,employer,occupation_code,occupation_title,posts,country,stated_on,needed_by,strength,curriculum,"
              "version,units,replaces,source_mark")  # fmt: skip
    for reference, employer, code, title, posts, country, stated, needed, strength, taught, units, replaces in pool(
        "demand"
    ):
        curriculum, version = taught.split("/") if taught else ("", "")
        book.add("demand", reference=reference, employer=refer(employer), occupation_code=code, occupation_title=title, posts=posts,
                 country=country, stated_on=stated, needed_by=needed, strength=strength, curriculum=curriculum, version=version,
                 units=units, replaces=replaces, source_mark="assumed")  # fmt: skip
