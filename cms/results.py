"""A notice from what was closed: the frozen month or edition in words, as a draft that goes through the usual way to publication."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils.html import escape
from wagtail.models import Page

from cms.models import NoticeIndexPage, NoticePage
from cms.models.notice import board_of
from hub.audit.actions import write_line
from hub.closings.models import Closing
from hub.core.errors import RuleBroken
from hub.core.joins import ResultText, closing_kinds
from hub.hubs.models import Hub

SHOWN = 24  # closings to choose from


def publishable(hub: Hub) -> list[tuple[Closing, ResultText, NoticePage | None]]:
    """What stands closed at this hub and has something to publish, the latest first; with the notice that was drafted from it, if there is one."""
    rows = Closing.objects.at(hub).standing().filter(kind__in=[kind.name for kind in closing_kinds]).order_by("-closed_at", "-id")[:SHOWN]
    found = [(row, text) for row in rows if (text := closing_kinds[row.kind].words(row)) is not None]
    drafted = drafted_at(hub, [slug_of(row, text) for row, text in found])
    return [(row, text, drafted.get(slug_of(row, text))) for row, text in found]


@transaction.atomic
def draft_notice(*, closing: Closing, by: Any) -> NoticePage:
    """The notice in Chinese with its English translation, both as drafts; drafted once, the first again. RuleBroken when it was opened again, or has
    nothing to publish."""
    held = Closing.objects.select_for_update(of=("self",), no_key=True).select_related("hub__site").get(pk=closing.pk)
    text = closing_kinds[held.kind].words(held) if held.kind in closing_kinds else None
    board = board_of(held.hub)
    if text is None or board is None or hasattr(held, "reopening"):
        raise RuleBroken.of("closing_not_for_print")
    slug = slug_of(held, text)
    if (known := drafted_at(held.hub, [slug]).get(slug)) is not None:
        return known
    chinese = _draft(board, text.title_zh, slug, text.lines_zh, by)
    english_board = NoticeIndexPage.objects.filter(translation_key=board.specific.translation_key, locale__language_code="en").first()
    if english_board is not None:
        _draft(english_board, text.title_en, slug, text.lines_en, by, translation_key=chinese.translation_key)
    write_line(hub_id=held.hub_id, actor=by, verb="draft_notice", subject="closings.closing", ref=str(held.pk), changes={"page": chinese.pk})
    return chinese


def slug_of(closing: Closing, text: ResultText) -> str:
    """The second version of a month is another notice."""
    return text.slug if closing.version == 1 else f"{text.slug}-{closing.version}"


def drafted_at(hub: Hub, slugs: Iterable[str]) -> dict[str, NoticePage]:
    """Notices of these short addresses on the Chinese board."""
    board = board_of(hub)
    rows = NoticePage.objects.child_of(board).filter(slug__in=list(slugs)) if board else []
    return {page.slug: page for page in rows}


def _draft(board: Page, title: str, slug: str, lines: Iterable[tuple[str, str]], by: Any, **fields: Any) -> NoticePage:
    page = NoticePage(title=title, slug=slug, locale=board.locale, live=False, has_unpublished_changes=True, owner=by, **fields)
    page.body = [("words", words_of(lines))]
    board.add_child(instance=page)
    page.save_revision(user=by)
    return page


def words_of(lines: Iterable[tuple[str, str]]) -> str:
    """Rich text of ("h2" | "p" | "li", words)."""
    parts = []
    for kind, group in groupby(lines, key=lambda line: line[0]):
        items = "".join(f"<{kind}>{escape(words)}</{kind}>" for _kind, words in group)
        parts.append(f"<ol>{items}</ol>" if kind == "li" else items)
    return "".join(parts)
