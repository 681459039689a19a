"""Helpers from a list: what every row can be wrong about, and that what goes out comes in again."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bookings.dispatch.models import Provider
from bookings.dispatch.provider_import import ProviderResource, provider_table
from hub.people.importing.flow import HasProblems, apply_rows, look, table_of
from tests.cast import user_with
from tests.factories.dispatch import ProviderFactory
from tests.factories.orders import ServiceFactory
from tests.factories.places import CommunityFactory

pytestmark = pytest.mark.django_db
GOOD = {"name": "吴师傅", "phone": "137 0000 0000", "kind": "个人", "services": "家政保洁", "communities": "书院街社区", "most_a_day": "3", "is_active": "是"}


@pytest.fixture(autouse=True)
def _places(hub: Any) -> None:
    ServiceFactory(hub=hub, name_zh="家政保洁", slug="cleaning")
    CommunityFactory(hub=hub, name_zh="书院街社区")


def take(hub: Any, *rows: dict[str, Any], leave_out: bool = False) -> Any:
    table = table_of(ProviderResource, list(rows))
    return apply_rows(ProviderResource, hub=hub, by=user_with("clerk", hub), table=table, leave_out_problems=leave_out)


def test_a_row_is_added_then_known_again_then_put_right(hub: Any) -> None:
    assert [(found.new, found.changed, found.unchanged) for found in (take(hub, GOOD), take(hub, GOOD), take(hub, {**GOOD, "services": "", "note": "x"}))] == [
        (1, 0, 0),
        (0, 0, 1),
        (0, 1, 0),
    ]
    helper = Provider.objects.get()
    assert (helper.phone, helper.note, helper.services.count(), helper.communities.get().name_zh) == ("13700000000", "x", 0, "书院街社区")
    assert helper.answered_for_by == user_with("clerk", hub)


def test_another_hubs_helper_is_another(hub: Any, second_hub: Any) -> None:
    ProviderFactory(hub=second_hub, name="吴师傅", phone="13700000000")
    assert take(hub, GOOD).new == 1


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "王" * 41},
        {"name": "王\0"},
        {"phone": ""},
        {"phone": "1370"},
        {"phone": "13700000001、13700000002"},
        {"kind": "神仙"},
        {"services": "修火箭"},
        {"services": "保" * 500},
        {"communities": "月亮社区"},
        {"most_a_day": "0"},
        {"most_a_day": "31"},
        {"most_a_day": "-1"},
        {"most_a_day": "三"},
        {"most_a_day": "1e3"},
        {"is_active": "也许"},
        {"note": "a" * 201},
    ],
)
def test_a_row_that_cannot_be_is_named_and_nothing_is_written(hub: Any, change: dict[str, str]) -> None:
    with pytest.raises(HasProblems) as problems:
        take(hub, {**GOOD, **change}, {**GOOD, "name": "好师傅"})
    assert ([problem.row for problem in problems.value.outcome.problems], Provider.objects.count()) == ([2], 0)
    assert take(hub, {**GOOD, **change}, {**GOOD, "name": "好师傅"}, leave_out=True).new == 1


def test_the_same_helper_twice_in_a_list(hub: Any) -> None:
    with pytest.raises(HasProblems):
        take(hub, GOOD, GOOD)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_comes_in_again(hub: Any, as_role: Any, kind: str) -> None:
    take(hub, GOOD, {**GOOD, "name": "=1+1", "phone": "13700000009", "kind": "公司", "is_active": "否"})
    raw = as_role("clerk").get(reverse("provider_import:export"), {"kind": kind}).content
    found = look(ProviderResource, hub=hub, by=user_with("clerk", hub), raw=raw, filename=f"x.{kind}")
    assert (found.unchanged, found.new, len(found.problems)) == (1, 1, 0)  # the name that looked like a formula has an apostrophe now
    assert provider_table(hub)["姓名"] == ["'=1+1", "吴师傅"]


def test_the_pages_look_before_they_write(hub: Any, as_role: Any) -> None:
    clerk = as_role("clerk")
    assert clerk.get(reverse("provider_import:index")).status_code == 200
    assert clerk.get(reverse("provider_import:sample")).status_code == 200
    page = clerk.post(reverse("provider_import:index"), {"file": SimpleUploadedFile("x.csv", "姓名,电话\n吴师傅,13700000000\n".encode())})
    assert (page.status_code, Provider.objects.count()) == (200, 0)
    clerk.post(reverse("provider_import:confirm"), {"token": page.context["token"]})
    assert Provider.objects.get().name == "吴师傅"
    assert as_role("operator").get(reverse("provider_import:index")).status_code == 404
