"""A notice is drafted from what was closed."""

from typing import Any

import pytest
from django.urls import reverse

from cms.models import NoticePage
from cms.results import draft_notice, publishable, words_of
from hub.closings.actions import close, reopen
from hub.core.errors import RuleBroken
from tests.cast import user_with

pytestmark = pytest.mark.django_db
RESULT = {"minutes": 4530, "people": 23, "rows": []}


@pytest.fixture
def closing(hub: Any) -> Any:
    return close(hub=hub, kind="volunteers.month", period="2026-10", result=RESULT)


def test_both_languages_are_drafted_once_and_nothing_is_public(hub: Any, closing: Any, client: Any) -> None:
    editor = user_with("editor", hub)
    page = draft_notice(closing=closing, by=editor)
    again = draft_notice(closing=closing, by=editor)

    pages = NoticePage.objects.filter(translation_key=page.translation_key).order_by("locale__language_code")
    assert (again.pk, [(one.locale.language_code, one.slug, one.live, one.owner) for one in pages]) == (
        page.pk,
        [("en", "volunteer-hours-2026-10", False, editor), ("zh-hans", "volunteer-hours-2026-10", False, editor)],
    )
    assert (page.title, "23名志愿者" in page.get_latest_revision_as_object().body.render_as_block()) == ("2026年10月志愿服务时长", True)
    assert client.get("/notices/volunteer-hours-2026-10/").status_code == 404


def test_an_editor_drafts_it_and_lands_in_the_editor(hub: Any, second_hub: Any, closing: Any, as_role: Any) -> None:
    editor, theirs = as_role("editor"), close(hub=second_hub, kind="volunteers.month", period="2026-10", result=RESULT)
    assert [row["closing"] for row in editor.get(reverse("cms_results")).context["rows"]] == [closing]
    done = editor.post(reverse("cms_draft_result", args=[closing.pk]))
    page = NoticePage.objects.get(slug="volunteer-hours-2026-10", locale__language_code="zh-hans")
    assert done.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (editor.get(done.url).status_code, editor.get(reverse("cms_results")).context["rows"][0]["page"]) == (200, page)
    assert (editor.post(reverse("cms_draft_result", args=[theirs.pk])).status_code, as_role("clerk").get(reverse("cms_results")).status_code) == (404, 404)


def test_what_was_opened_again_is_not_published_and_its_next_version_is_another_notice(hub: Any, closing: Any) -> None:
    editor = user_with("editor", hub)
    first = draft_notice(closing=closing, by=editor)
    reopen(closing=closing, reason="漏了一张", by=user_with("reviewer", hub))
    with pytest.raises(RuleBroken) as refused:
        draft_notice(closing=closing, by=editor)
    assert (refused.value.code, publishable(hub)) == ("closing_not_for_print", [])

    second = close(hub=hub, kind="volunteers.month", period="2026-10", result=RESULT)
    assert (draft_notice(closing=second, by=editor).slug, first.slug) == ("volunteer-hours-2026-10-2", "volunteer-hours-2026-10")


def test_a_kind_nobody_registered_is_refused_in_words(hub: Any, as_role: Any) -> None:
    unknown = close(hub=hub, kind="nobody.knows", period="1", result={})
    done = as_role("editor").post(reverse("cms_draft_result", args=[unknown.pk]))
    assert (done.url, NoticePage.objects.count()) == (reverse("cms_results"), 0)


def test_names_are_text_not_markup() -> None:
    lines = (("h2", "本月五强"), ("li", "<b>张</b>"), ("li", "李"), ("p", "谢谢"))
    assert words_of(lines) == "<h2>本月五强</h2><ol><li>&lt;b&gt;张&lt;/b&gt;</li><li>李</li></ol><p>谢谢</p>"
