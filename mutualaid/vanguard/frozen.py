"""A closed month as pages, papers and notices read it: from what was frozen, never reckoned anew."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub.closings.models import Closing
from hub.core.joins import ResultText
from hub.core.wording import is_chinese
from hub.served.states import Posts
from mutualaid.vanguard import rules
from mutualaid.vanguard.months import month_from, month_words


@dataclass(frozen=True)
class FrozenPost:
    """One post's line of a closed month."""

    line: dict[str, Any]

    @property
    def number(self) -> int:
        return int(self.line["number"])

    @property
    def name(self) -> str:
        """In the page's language."""
        return str(self.line["name_zh"] if is_chinese() or not self.line["name_en"] else self.line["name_en"])

    @property
    def marked_name(self) -> str | SafeString:
        """For HTML, marked when it is Chinese on an English page."""
        return self.name if is_chinese() or self.line["name_en"] else format_html('<span lang="zh-Hans">{}</span>', self.name)

    @property
    def holder(self) -> str:
        return str(self.line["holder"])

    @property
    def station(self) -> str:
        """Which centre, in words."""
        return str(Posts(self.line["station"]).label)

    @property
    def votes(self) -> int:
        return int(self.line["votes"])

    @property
    def paper(self) -> int:
        return int(self.line["paper"])

    @property
    def aside(self) -> int:
        return int(self.line["aside"])

    @property
    def score(self) -> str:
        """`4.612`; '' below the minimum."""
        return str(self.line["score"])

    @property
    def struck(self) -> str:
        """Why the committee struck it; '' where it did not."""
        return str(self.line["struck"])

    @property
    def shown_grades(self) -> tuple[int | None, ...]:
        """From very satisfied down; None where fewer than five are hidden."""
        five, four, three, two, one = self.line["grades"]
        return rules.shown_counts((five, four, three, two, one))


class FrozenMonth:
    """What one closing holds."""

    def __init__(self, closing: Closing) -> None:
        self.closing = closing
        self.month: date = month_from(closing.period)  # type: ignore[assignment]  # closings of this kind are written by us
        self.rules: dict[str, Any] = closing.result["rules"]
        self.five = [FrozenPost(line) for line in closing.result["five"]]
        self.posts = [FrozenPost(line) for line in sorted(closing.result["posts"], key=lambda line: (line["place"] or 999, line["number"]))]

    @property
    def period(self) -> str:
        return self.closing.period

    @property
    def words(self) -> str:
        """2026年10月, October 2026."""
        return month_words(self.month)

    @property
    def votes(self) -> int:
        return int(self.rules["votes"])

    @property
    def struck(self) -> list[FrozenPost]:
        """Posts the committee struck, each with its reason."""
        return [post for post in self.posts if post.struck]

    def has(self, number: int) -> bool:
        """Whether the post of this number is one of the five."""
        return any(post.number == number for post in self.five)


def result_text(closing: Closing) -> ResultText | None:
    """The five in words, for a notice; None for a month without any."""
    found = FrozenMonth(closing)
    if not found.five:
        return None
    lines = {}
    for language in ("zh-hans", "en"):
        with override(language):
            lines[language] = (title(found), paragraphs(found))
    (title_zh, lines_zh), (title_en, lines_en) = lines["zh-hans"], lines["en"]
    return ResultText(title_zh, title_en, f"vanguard-{found.period}", lines_zh, lines_en)


def title(found: FrozenMonth) -> str:
    """Of the notice, in the language that is spoken."""
    return _("Vanguard posts of %(month)s") % {"month": found.words}


def paragraphs(found: FrozenMonth) -> tuple[tuple[str, str], ...]:
    """Its lines, in the language that is spoken."""
    facts = {"votes": found.votes, "posts": len(found.posts), "minimum": found.rules["minimum"]}
    intro = _("%(votes)s ratings by neighbours, %(posts)s posts. These were rated best:") % facts
    five = [("li", _("%(post)s: %(holder)s, %(station)s") % {"post": post.name, "holder": post.holder or "–", "station": post.station}) for post in found.five]
    struck = [("p", _("%(post)s was left out by the committee: %(reason)s") % {"post": post.name, "reason": post.struck}) for post in found.struck]
    how = _("Ranked by the published formula; a post needs at least %(minimum)s ratings. All figures stand on the page of the vanguard posts.") % facts
    return (("p", intro), *five, *struck, ("p", how))
