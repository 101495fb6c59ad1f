"""What became of graduates, wave by wave: counts with their silence, never a bare share."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from corridor.foundations import clock
from corridor.kernel.outcome_block import OutcomeBlock
from corridor.rooms.outcomes import queries

from .asking import After, Limit, Page, Reference, page, rows_after
from .etags import tagged

TAG = "outcomes"
router = Router()


class WaveOut(Schema):
    reference: str
    months: int
    design: str
    status: str
    opens_on: date
    closes_on: date
    eligible: int
    asked: int
    answered: int


class CountsOut(Schema):
    """One question: those to ask, asked, reached, who answered, and who said yes. Who did not answer has not said no."""

    eligible: int
    to_ask: int
    asked: int
    reached: int
    answered: int
    yes: int


class WaveReportOut(WaveOut):
    """``not_agreed`` were not asked, because they do not agree to it; they stay among those to be asked."""

    not_agreed: int
    working: CountsOut
    relevant: CountsOut


@router.get("/waves", response=Page[WaveOut])
def list_waves(request: HttpRequest, after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """Waves that this account may see, the latest first."""

    def key(wave: Any) -> str:
        return wave.reference

    found = rows_after(queries.list_waves(by=request.auth), after, key)
    return page(found, lambda each: WaveOut(**_wave(each)), limit=limit, key=key)


@router.get("/waves/{reference}", response=WaveReportOut)
def get_wave(request: HttpRequest, response: HttpResponse, reference: Reference) -> WaveReportOut:
    wave = queries.get_wave(reference=reference, by=request.auth)
    report = queries.wave_report(wave=wave, on=clock.today(), by=request.auth)
    return tagged(
        WaveReportOut(
            **_wave(wave),
            not_agreed=report.not_agreed,
            working=_counts(report.working),
            relevant=_counts(report.relevant),
        ),
        response,
    )


def _wave(wave: Any) -> dict[str, Any]:
    return {
        "reference": wave.reference,
        "months": wave.months,
        "design": wave.design,
        "status": wave.status,
        "opens_on": wave.opens_on,
        "closes_on": wave.closes_on,
        "eligible": wave.eligible,
        "asked": wave.asked,
        "answered": wave.answered,
    }


def _counts(block: OutcomeBlock) -> CountsOut:
    return CountsOut(
        eligible=block.eligible,
        to_ask=block.to_ask,
        asked=block.asked,
        reached=block.reached,
        answered=block.answered,
        yes=block.yes,
    )
