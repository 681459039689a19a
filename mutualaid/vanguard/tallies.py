"""The one way of counting a month: what the reviewer's page shows, what is exported, and what is frozen."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from hub.closings.models import Closing
from hub.hubs.models import Hub
from mutualaid.vanguard import rules
from mutualaid.vanguard.actions.writing import MONTH
from mutualaid.vanguard.models import Post, Rating, Strike, Term
from mutualaid.vanguard.months import bounds, period_of
from mutualaid.vanguard.rules import GRADES, Grades, Placed, Tally
from mutualaid.vanguard.states import Sources


@dataclass(frozen=True)
class PostMonth:
    """A post's line of a month: what counts, what came on paper, what is set aside and what a later rating took the place of."""

    post: Post
    tally: Tally
    paper: int
    aside: int
    earlier: int
    placed: Placed | None
    holder: Term | None
    struck: Strike | None

    @property
    def score(self) -> str:
        """`4.612`; '' below the minimum."""
        return rules.in_thousandths(self.placed.score) if self.placed else ""


@dataclass(frozen=True)
class Month:
    """A month as it stands: the posts in the order of their numbers, the ranking, the five."""

    month: date
    posts: list[PostMonth]
    ranked: list[Placed]
    five: list[Placed]
    house: Grades
    mean: Fraction | None
    minimum: int
    prior: int

    @property
    def votes(self) -> int:
        """Of all posts."""
        return sum(line.tally.votes for line in self.posts)

    def line_of(self, placed: Placed) -> PostMonth:
        """The post's line."""
        return next(line for line in self.posts if line.post.pk == placed.tally.post)


def counts_of(hub: Hub, month: date) -> dict[int | None, list[int]]:
    """What counts, by post (None: not rated for a post) and grade from very satisfied down; one statement."""
    found: dict[int | None, list[int]] = {}
    rows = Rating.objects.at(hub).of_month(month).counted().order_by().values_list("post", "grade").annotate(n=Count("pk"))
    for post, grade, count in rows:
        found.setdefault(post, [0] * len(GRADES))[GRADES.index(grade)] = count
    return found


def by_grade(rows: Any) -> Grades:
    """How many of these ratings gave each grade."""
    found = dict(rows.order_by().values_list("grade").annotate(n=Count("pk")))
    return as_grades([found.get(grade, 0) for grade in GRADES])


def beside_of(hub: Hub, month: date) -> dict[int, tuple[int, int, int]]:
    """By post: counted ratings on paper, ratings set aside, ratings a later one took the place of; one statement."""
    rows = Rating.objects.at(hub).of_month(month).filter(Q(source=Sources.PAPER) | Q(set_aside_at__isnull=False) | Q(counts=False)).exclude(post=None)
    sums = rows.order_by().values_list("post").annotate(
        paper=Count("pk", filter=Q(source=Sources.PAPER, counts=True, set_aside_at=None)),
        aside=Count("pk", filter=Q(set_aside_at__isnull=False)),
        earlier=Count("pk", filter=Q(counts=False, set_aside_at=None)),
    )  # fmt: skip
    return {post: (paper, aside, earlier) for post, paper, aside, earlier in sums}


def last_chosen(hub: Hub, month: date) -> dict[int, str]:
    """By post number, the last month before this one in which it was one of the five."""
    found: dict[int, str] = {}
    rows = Closing.objects.at(hub).standing().filter(kind=MONTH, period__lt=period_of(month)).order_by("period")
    for closing in rows:
        for chosen in closing.result["five"]:
            found[chosen["number"]] = closing.period
    return found


def month_at(hub: Hub, month: date) -> Month:
    """The whole month, reckoned anew."""
    minimum, prior = settings.VANGUARD_MINIMUM, settings.VANGUARD_PRIOR
    counts, beside, chosen = counts_of(hub, month), beside_of(hub, month), last_chosen(hub, month)
    posts = [post for post in Post.objects.at(hub) if post.is_active or post.pk in counts]
    tallies = {post.pk: Tally(post.pk, post.number, as_grades(counts.get(post.pk)), chosen.get(post.number, "")) for post in posts}
    strikes = {strike.post_id: strike for strike in Strike.objects.at(hub).standing().filter(month=month)}
    ranked = rules.rank(tallies.values(), minimum=minimum, prior=prior)
    places = {placed.tally.post: placed for placed in ranked}
    holders: dict[int, Term] = {term.post_id: term for term in Term.objects.at(hub).meeting(*bounds(month)).order_by("starts_at")}
    lines = [
        PostMonth(post, tallies[post.pk], *beside.get(post.pk, (0, 0, 0)), places.get(post.pk), holders.get(post.pk), strikes.get(post.pk)) for post in posts
    ]
    five = rules.first_five(ranked, strikes)
    return Month(month, lines, ranked, five, as_grades(counts.get(None)), rules.mean_of(tallies.values()), minimum, prior)


def as_grades(counts: list[int] | None) -> Grades:
    """Nothing counted: five noughts."""
    five, four, three, two, one = counts or (0, 0, 0, 0, 0)
    return five, four, three, two, one


def frozen(found: Month) -> dict[str, Any]:
    """What a closing keeps: the rules as they were, every post's figures, the five in their order, who was struck and why."""
    return {
        "rules": {
            "minimum": found.minimum,
            "prior": found.prior,
            "mean": rules.in_thousandths(found.mean) if found.mean is not None else "",
            "votes": found.votes,
        },
        "posts": [frozen_post(line) for line in found.posts],
        "five": [frozen_post(found.line_of(placed)) for placed in found.five],
        "house": list(found.house),
    }


def frozen_post(line: PostMonth) -> dict[str, Any]:
    """One post's line as plain data; the holder's name and badge are worn to be seen."""
    return {
        "number": line.post.number, "name_zh": line.post.name_zh, "name_en": line.post.name_en, "station": line.post.station,
        "holder": line.holder.name if line.holder else "", "badge": line.holder.badge if line.holder else "", "term": line.holder.pk if line.holder else None,
        "grades": list(line.tally.grades), "votes": line.tally.votes, "paper": line.paper, "aside": line.aside, "earlier": line.earlier,
        "score": line.score, "place": line.placed.place if line.placed else None, "struck": line.struck.reason if line.struck else "",
    }  # fmt: skip
