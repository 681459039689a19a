"""The month's work, from what waits to what is closed and opened again."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from hub.closings.actions import close, standing_of
from hub.closings.models import Closing
from mutualaid.volunteers.models import HoursEntry
from tests.factories.volunteers import a_volunteer, confirmed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
OCTOBER = {"kind": "volunteers.month", "period": "2026-10"}


@pytest.fixture
def waiting(hub: Any) -> HoursEntry:
    """Hours of October that nobody has decided about."""
    return an_entry(hub)


def an_entry(hub: Any) -> HoursEntry:
    """Filed, five weeks before the usual one."""
    entry = confirmed(a_volunteer(hub))
    shift_by = timedelta(days=35)
    HoursEntry.objects.filter(pk=entry.pk).update(
        starts_at=entry.starts_at - shift_by, ends_at=entry.ends_at - shift_by, state="filed", decided_at=None, decided_by=None
    )
    return HoursEntry.objects.get(pk=entry.pk)


def test_the_last_month_is_shown_with_what_is_left(hub: Any, waiting: HoursEntry, as_role: Any) -> None:
    page = as_role("coordinator").get("/review/")
    assert page.status_code == 200
    (part,) = [part for part in page.context["parts"] if part.part.name == "volunteers.hours"]
    assert [(step.left, bool(step.url), bool(step.waits)) for step in part.steps] == [(1, True, False), (1, False, True)]
    assert (page.context["next"], f"{page.context['month']:%Y-%m}", page.context["later"] is not None) == (part.steps[0], "2026-10", True)


@pytest.mark.parametrize(("who", "status"), [("reviewer", 200), ("director", 200), ("coordinator", 200), ("clerk", 404), ("editor", 404), ("volunteer", 404)])
def test_it_opens_to_who_reviews(as_role: Any, who: str, status: int) -> None:
    assert as_role(who).get("/review/").status_code == status


@pytest.mark.parametrize("month", ["2026-13", "2027-01", "x", "2026-1", "9999-99"])
def test_no_month_is_no_page(as_role: Any, month: str) -> None:
    assert as_role("reviewer").get("/review/", {"month": month}).status_code == 404


def test_a_month_is_closed_when_nothing_waits_and_then_stays(hub: Any, waiting: HoursEntry, as_role: Any) -> None:
    reviewer, coordinator = as_role("reviewer"), as_role("coordinator")
    way = reverse("hoursentry:close_month", args=["2026-10"])
    refused = reviewer.post(way)
    assert (refused.status_code, standing_of(hub=hub, **OCTOBER)) == (200, None)

    coordinator.post(reverse("hoursentry:confirm", args=[waiting.pk]))
    assert reviewer.post(way).status_code == 302
    closing = standing_of(hub=hub, **OCTOBER)
    assert closing is not None
    assert closing.result == {"minutes": waiting.minutes, "people": 1, "rows": [[waiting.resident_id, waiting.minutes]]}
    again = reviewer.post(way)
    assert (again.status_code, Closing.objects.count()) == (302, 1)

    page = coordinator.post(reverse("hoursentry:reverse", args=[waiting.pk]), {"reason": "填错了"})
    assert (page.status_code, HoursEntry.objects.count()) == (200, 1)

    url = reverse("review:closing", args=[closing.pk])
    assert coordinator.post(url, {"reason": "想改"}).status_code == 404
    assert (reviewer.post(url, {"reason": " "}).status_code, reviewer.post(url, {"reason": "漏了一张纸质签到表"}).status_code) == (422, 302)
    assert (standing_of(hub=hub, **OCTOBER), reviewer.post(url, {"reason": "再来"}).status_code) == (None, 404)
    assert coordinator.post(reverse("hoursentry:reverse", args=[waiting.pk]), {"reason": "填错了"}).status_code == 302

    reviewer.post(way)
    assert list(Closing.objects.order_by("version").values_list("version", "result__minutes")) == [(1, waiting.minutes), (2, 0)]
    assert "漏了一张纸质签到表" in reviewer.get("/review/?month=2026-10").content.decode()


def test_the_running_month_is_not_closed(hub: Any, as_role: Any) -> None:
    refused = as_role("reviewer").post(reverse("hoursentry:close_month", args=["2026-11"]))
    assert (refused.status_code, Closing.objects.count()) == (200, 0)
    for month in ("november", "0001-01", "9999-12", "2026-1"):
        assert as_role("reviewer").get(reverse("hoursentry:close_month", args=[month])).status_code == 404


def test_what_is_closed_is_seen_at_its_own_hub(hub: Any, second_hub: Any, as_role: Any) -> None:
    result = {"minutes": 90, "people": 1, "rows": []}
    ours, theirs = (close(hub=place, **OCTOBER, result=result) for place in (hub, second_hub))
    unknown = close(hub=hub, kind="nobody.knows", period="1", result={})
    found = [as_role("reviewer").get(reverse("review:closing", args=[row.pk])).status_code for row in (ours, theirs, unknown)]
    assert found == [200, 404, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_is_one_number_of_statements(hub: Any, as_role: Any, django_assert_num_queries: Any, count: int) -> None:
    for number in range(count):
        close(hub=hub, kind="volunteers.month", period=f"2026-0{number + 1}", result={"minutes": 0, "people": 0, "rows": []})
        an_entry(hub)
    client = as_role("coordinator")
    client.get("/review/")
    with django_assert_num_queries(9):
        client.get("/review/")
