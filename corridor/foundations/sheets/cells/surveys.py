"""What the cells of a whole column show together: by evidence, or as a question to the sender."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from corridor.foundations.vocabularies.countries import KNOWN_COUNTRIES
from corridor.kernel.errors import Problem
from corridor.kernel.wording import N_

from ..columns import BUDDHIST_YEARS_AHEAD, Cell
from .days import looks_buddhist, order_shown, year_shown
from .numbers import separator_shown
from .phones import needs_country
from .reading import How
from .zawgyi import has_burmese, zawgyi_likelihood

MOST_QUESTIONS = 5
# So many texts are looked at for Zawgyi; one that is Zawgyi among many that are not is enough to ask.
_TEXTS = 20_000


@dataclass(frozen=True)
class Question:
    """``code`` is stable ("dates.born_on"); ``evidence`` says what in the file raises it; ``answers`` are (code, sentence)."""

    code: str
    column: str
    sentence: str
    evidence: Problem
    answers: tuple[tuple[str, str], ...]


ORDERS = (("dmy", N_("Day first: 03/04/2024 is 3 April")), ("mdy", N_("Month first: 03/04/2024 is 4 March")))
CALENDARS = (
    ("yes", N_("Years that look Buddhist are Buddhist; every other year is as it stands")),
    ("no", N_("They are mistakes: refuse these rows")),
)
SEPARATORS = (
    ("point", N_("The point: 1.234 is a little more than one")),
    ("comma", N_("The comma: 1.234 is a thousand and more")),
)
FONTS = (("yes", N_("It is Zawgyi: turn it into Unicode")), ("no", N_("It is Unicode: leave it as it stands")))


ANSWERS = {"dates": ORDERS, "calendar": CALENDARS, "numbers": SEPARATORS, "zawgyi": FONTS}


def answers_to(code: str) -> Collection[str]:
    """Every answer to a question about a column ("dates.born_on"); a country, where the question is of a country."""
    name = code.partition(".")[0]
    return [answer for answer, _sentence in ANSWERS[name]] if name in ANSWERS else KNOWN_COUNTRIES


@dataclass
class Survey:
    """Counts what one column shows; ``look`` at each cell, then ask ``decided`` and ``questions``."""

    column: str
    asks: str
    dmy: list[int] = field(default_factory=list)
    mdy: list[int] = field(default_factory=list)
    unclear: list[int] = field(default_factory=list)
    buddhist: list[int] = field(default_factory=list)
    buddhist_year: int = 0
    common: int = 0
    points: int = 0
    commas: int = 0
    homeless: list[int] = field(default_factory=list)
    burmese: int = 0
    zawgyi: list[int] = field(default_factory=list)

    def look(self, number: int, cell: Cell) -> None:
        match self.asks:
            case "day":
                self._look_at_day(number, cell)
            case "number":
                shown = separator_shown(cell)
                self.points += shown == "point"
                self.commas += shown == "comma"
                if shown == "?":
                    self.unclear.append(number)
            case "phone":
                if needs_country(cell):
                    self.homeless.append(number)
            case "text":
                self._look_at_text(number, cell)

    def _look_at_day(self, number: int, cell: Cell) -> None:
        shown = order_shown(cell)
        {"dmy": self.dmy, "mdy": self.mdy, "?": self.unclear}.get(shown, []).append(number)
        year = year_shown(cell)
        if year is not None and looks_buddhist(year):
            self.buddhist.append(number)
            self.buddhist_year = self.buddhist_year or year
        elif year is not None:
            self.common += 1

    def _look_at_text(self, number: int, cell: Cell) -> None:
        if isinstance(cell, str) and self.burmese < _TEXTS and has_burmese(cell):
            self.burmese += 1
            if zawgyi_likelihood(cell) > 0.9:
                self.zawgyi.append(number)

    def order(self) -> str:
        """The order of days that the evidence alone decides."""
        return "dmy" if self.dmy and not self.mdy else "mdy" if self.mdy and not self.dmy else ""

    def separator(self) -> str:
        return "point" if self.points and not self.commas else "comma" if self.commas and not self.points else ""

    def decided(self) -> list[tuple[str, str, Problem]]:
        """Questions that the evidence answers: (code, answer, evidence)."""
        found = []
        if self.unclear and self.asks == "day" and (order := self.order()):
            row = str((self.dmy or self.mdy)[0])
            said = Problem(
                N_("Row %(row)s decides which comes first, the day or the month."), {"row": row}, column=self.column
            )
            found.append((f"dates.{self.column}", order, said))
        if self.unclear and self.asks == "number" and (separator := self.separator()):
            said = Problem(N_("Other rows show which sign stands before the fraction."), column=self.column)
            found.append((f"numbers.{self.column}", separator, said))
        return found

    def questions(self) -> list[Question]:
        """What the evidence leaves open."""
        found = []
        if self.unclear and self.asks == "day" and not self.order():
            found.append(self._order_question())
        if self.buddhist:
            found.append(
                Question(
                    f"calendar.{self.column}",
                    self.column,
                    N_("Are the years above 2400 of the Buddhist calendar?"),
                    Problem(
                        N_(
                            "Rows that look Buddhist: %(buddhist)s (row %(row)s: %(year)s, which is %(common_year)s). "
                            "Rows with common years: %(common)s."
                        ),
                        {
                            "buddhist": len(self.buddhist),
                            "row": str(self.buddhist[0]),
                            "year": str(self.buddhist_year),
                            "common_year": str(self.buddhist_year - BUDDHIST_YEARS_AHEAD),
                            "common": self.common,
                        },
                        row=self.buddhist[0],
                        column=self.column,
                    ),
                    CALENDARS,
                )
            )
        if self.unclear and self.asks == "number" and not self.separator():
            found.append(
                Question(
                    f"numbers.{self.column}",
                    self.column,
                    N_("Which sign stands before the fraction of a number?"),
                    Problem(
                        N_("%(count)s rows can be read in two ways, the first is row %(row)s."),
                        {"count": len(self.unclear), "row": str(self.unclear[0])},
                        row=self.unclear[0],
                        column=self.column,
                    ),
                    SEPARATORS,
                )
            )
        if self.zawgyi:
            found.append(
                Question(
                    f"zawgyi.{self.column}",
                    self.column,
                    N_("Is the Burmese text in Zawgyi?"),
                    Problem(
                        N_(
                            "%(count)s of %(of)s texts that were looked at are probably Zawgyi, the first is in row %(row)s."
                        ),
                        {"count": len(self.zawgyi), "of": self.burmese, "row": str(self.zawgyi[0])},
                        row=self.zawgyi[0],
                        column=self.column,
                    ),
                    FONTS,
                )
            )
        if self.homeless:
            found.append(
                Question(
                    f"country.{self.column}",
                    self.column,
                    N_("Of which country are telephone numbers that name none?"),
                    Problem(
                        N_("%(count)s numbers have no country's code, the first is in row %(row)s."),
                        {"count": len(self.homeless), "row": str(self.homeless[0])},
                        row=self.homeless[0],
                        column=self.column,
                    ),
                    (),
                )
            )
        return found

    def _order_question(self) -> Question:
        if self.dmy and self.mdy:
            evidence = Problem(
                N_("Row %(dmy)s can only have the day first, row %(mdy)s only the month. Rows that can be read in both ways: %(count)s."),
                {"dmy": str(self.dmy[0]), "mdy": str(self.mdy[0]), "count": len(self.unclear)}, column=self.column,
            )  # fmt: skip
        else:
            evidence = Problem(
                N_("No row decides it. Days with slashes that can be read in both ways: %(count)s, the first in row %(row)s."),
                {"count": len(self.unclear), "row": str(self.unclear[0])}, column=self.column,
            )  # fmt: skip
        return Question(
            f"dates.{self.column}", self.column, N_("Which comes first, the day or the month?"), evidence, ORDERS
        )


def how_answered(column: str, answers: Mapping[str, str]) -> How:
    """How a column is read after the evidence and the sender have answered."""
    return How(
        order=answers.get(f"dates.{column}", ""),
        buddhist=answers.get(f"calendar.{column}", ""),
        decimal=answers.get(f"numbers.{column}", ""),
        zawgyi=answers.get(f"zawgyi.{column}", ""),
        country=answers.get(f"country.{column}", ""),
    )
