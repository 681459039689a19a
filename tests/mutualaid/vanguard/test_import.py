"""Posts and terms from a list. (The kept file goes by the real clock, so nothing is frozen here.)"""

import io
from typing import Any

import pytest
from django.urls import reverse

from mutualaid.vanguard.models import Post, Term
from tests.factories.vanguard import PostFactory

pytestmark = pytest.mark.django_db
HEAD = "编号,岗位,中心,姓名,胸牌号,上岗日期,承诺\n"


def upload(client: Any, rows: str, *, confirm: bool = True) -> Any:
    file = io.BytesIO((HEAD + rows).encode())
    file.name = "posts.csv"
    page = client.post(reverse("vanguard_import:index"), {"file": file})
    token = (getattr(page, "context_data", None) or {}).get("token")
    return client.post(reverse("vanguard_import:confirm"), {"token": token}) if confirm and token else page


def test_posts_and_their_holders_are_looked_at_then_written(hub: Any, as_role: Any) -> None:
    PostFactory(hub=hub, number=1, name_zh="旧名", station="acceptance")
    rows, director = "1,1号窗口,受理大厅,赵玉兰,001,2026-01-01,\n2号,图书室,便民生活站,宋敏,010,2026-03-01,替您借\n3,健身房,culture,,,,\n", as_role("director")
    page = upload(director, rows, confirm=False)
    assert (page.context_data["outcome"].new, page.context_data["outcome"].changed, Term.objects.count()) == (2, 1, 0)
    upload(director, rows)
    assert list(Post.objects.values_list("number", "name_zh", "station")) == [(1, "1号窗口", "acceptance"), (2, "图书室", "living"), (3, "健身房", "culture")]
    assert [(term.post.number, term.name, f"{term.from_on}", term.promise_zh) for term in Term.objects.all()] == [
        (1, "赵玉兰", "2026-01-01", ""), (2, "宋敏", "2026-03-01", "替您借"),
    ]  # fmt: skip
    assert upload(director, rows, confirm=False).context_data["outcome"].unchanged == 3


@pytest.mark.parametrize(
    "row",
    [
        "0,窗口,受理大厅,,,,",
        "一,窗口,受理大厅,,,,",
        "4,,受理大厅,,,,",
        "4,窗口,月球,,,,",
        "4,窗口,受理大厅,赵玉兰,,去年,",
        "4,窗口,受理大厅,,,,\n4,窗口,受理大厅,,,,",
        "4," + "长" * 31 + ",受理大厅,,,,",
    ],
)
def test_a_row_that_cannot_be_is_named_and_nothing_is_written(hub: Any, as_role: Any, row: str) -> None:
    page = upload(as_role("director"), row + "\n")
    assert (page.status_code, len(page.context_data["outcome"].problems), Post.objects.count()) == (200, 1, 0)
