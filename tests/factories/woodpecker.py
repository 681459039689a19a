"""Editions, reports and errors for tests: made as every way in makes them."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.core.files.base import ContentFile

from hub.core import clock
from hub.people.models import Resident
from mutualaid.woodpecker import actions
from mutualaid.woodpecker.actions import Reporter, Wrong
from mutualaid.woodpecker.actions.awards import FIRST_PRIZES
from mutualaid.woodpecker.models import Award, CanonicalError, Credit, Edition, EditionPrize, ErrorKind, Newspaper, PastWinner, Report
from tests.cast import user_with

_number = count(1)
PDF = b"%PDF-1.4\n%%EOF\n"


def newspaper(hub: Any, name: str = "社区晨报") -> Newspaper:
    """The one everybody reads."""
    return Newspaper.objects.get_or_create(hub=hub, name_zh=name, defaults={"name_en": "Community Morning"})[0]


def edition(hub: Any, *, panel: tuple[Any, ...] = (), prizes: bool = True, ago: int = 10, days: int = 20, **given: Any) -> Edition:
    """Out ten days ago, with ten more to go; with one best and ten excellent."""
    number, day = next(_number), clock.today()
    made = Edition.objects.create(
        hub=hub,
        **{
            "newspaper": newspaper(hub), "number": number, "title_zh": f"第{number}期", "issued_on": day - timedelta(days=ago),
            "pdf": ContentFile(PDF, "paper.pdf"),
            "deadline_on": day - timedelta(days=ago) + timedelta(days=days), "budget_fen": 10_000, **given,
        },
    )  # fmt: skip
    made.reviewers.set(panel)
    if prizes:
        EditionPrize.objects.bulk_create(EditionPrize(edition=made, **row) for row in FIRST_PRIZES)
    return made


def kind(hub: Any, name: str = "错别字", weight: int = 1, **given: Any) -> ErrorKind:
    return ErrorKind.objects.get_or_create(hub=hub, name_zh=name, defaults={"weight": weight, **given})[0]


def wrong(**given: Any) -> Wrong:
    """A wrong word on page 2."""
    return Wrong(**{"page": 2, "title": "春风进社区", "wrong": "把“座谈会”印成“坐谈会”", "right": "座谈会", **given})


def reporter(**given: Any) -> Reporter:
    """A neighbour with a number, in nobody's book."""
    return Reporter(**{"name": "赵晓云", "phone": "13800005001", **given})


def report(paper: Edition, *, by: Reporter | None = None, token: str = "", at: datetime | None = None, person: Resident | None = None, **given: Any) -> Report:
    """By web, from a number of its own unless said otherwise; `person` is a resident who is signed in."""
    n = next(_number)
    if person is not None:
        by = reporter(name=person.name, phone=f"1380001{n:04d}", for_person=person, asked_by=person)
    return actions.report_error(
        edition=paper, wrong=wrong(**given), by=by or reporter(name=f"读者{n}", phone=f"1380000{n:04d}"), token=token or f"report-token-{n:08d}", received_at=at
    )


def error_of(*reports: Report, by: Any = None, **given: Any) -> CanonicalError:
    """Under one new error."""
    facts = {"page": reports[0].page, "title": reports[0].title, "what": reports[0].wrong, **given}
    return actions.make_error(edition=reports[0].edition, reports=reports, by=by, **facts)


def valid(*reports: Report, by: Any = None, weight: int = 1, name: str = "错别字", **given: Any) -> CanonicalError:
    """Under one new error that is one, settled."""
    made = error_of(*reports, by=by)
    return actions.decide(error=made, verdict="valid", kind=kind(made.hub, name, weight), by=by, **given)


def credit_of(error: CanonicalError) -> Credit:
    """The one that stands."""
    return Credit.objects.standing().select_related("report", "error").get(error=error)


def a_panel(hub: Any, many: int = 2) -> tuple[Any, ...]:
    """reviewer, reviewer2 …"""
    return tuple(user_with("reviewer", hub, f"{hub.slug}-reviewer{n or ''}") for n in range(many))


def finished(hub: Any, *, readers: int = 3, panel: int = 2, **given: Any) -> Edition:
    """Its deadline over, one error a reader, all settled and scored: the first reader has the best points."""
    judges = a_panel(hub, panel)
    made = edition(hub, panel=judges, ago=40, days=20, **given)
    opens = made.window.opens_at
    for n in range(readers):
        found = late_report(made, opens + timedelta(hours=n + 1), page=n + 1, title=f"文章{n}")
        credit = credit_of(valid(found))
        for judge in judges:
            actions.score(credit=credit, points=max(0, 9 - n), by=judge)
    return made


def late_report(paper: Edition, at: datetime, **given: Any) -> Report:
    """On paper, received at that moment and typed later."""
    n = next(_number)
    by = reporter(name=f"读者{n}", phone=f"1380000{n:04d}", way="paper")
    return report(paper, by=by, at=at, **given)


def awarded(hub: Any, **given: Any) -> Edition:
    """Finished, and the prizes given."""
    made = finished(hub, **given)
    actions.award_prizes(edition=made, by=user_with("director", hub))
    made.refresh_from_db()
    return made


def closed(hub: Any, **given: Any) -> Edition:
    """Awarded, and its result frozen."""
    made = awarded(hub, **given)
    actions.close_edition(edition=made, by=user_with("director", hub))
    return made


def an_award(hub: Any, **given: Any) -> Award:
    """The best woodpecker of a closed edition."""
    found = Award.objects.standing().filter(edition=closed(hub, **given)).order_by("prize__rank", "place").first()
    assert found is not None
    return found


def past_winner(hub: Any, **given: Any) -> PastWinner:
    """From before the book was kept."""
    facts = {"year": 2025, "edition_name": "2025年10月版", "prize_name": "优秀啄木鸟", "name": "张**", **given}
    return PastWinner.objects.create(hub=hub, **facts)
