"""Reports: as they were sent, in time or refused with the edition that runs, one a form."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from mutualaid.woodpecker import actions, queries
from mutualaid.woodpecker.models import Reader, Report, Sender
from tests.cast import user_with
from tests.factories.people import ResidentFactory
from tests.factories.woodpecker import edition, report, reporter, wrong

pytestmark = pytest.mark.django_db
LAST_SECOND = datetime(2026, 12, 1, 23, 59, 59, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_a_report_is_written_down_with_a_number_and_the_time_it_came(hub: Any, frozen: Any) -> None:
    made = report(edition(hub), by=reporter(phone="13800005001"))
    made.refresh_from_db()
    assert (made.reference[0], len(made.reference), made.received_at, made.way) == ("0", 8, clock.now(), "web")
    assert (made.sender.contact_name, made.sender.reader.phone, made.sender.reader.resident) == ("赵晓云", "13800005001", None)


def test_what_was_sent_can_never_be_changed(hub: Any) -> None:
    made = report(edition(hub))
    for change in (lambda: Report.objects.filter(pk=made.pk).update(wrong="别的"), lambda: Report.objects.filter(pk=made.pk).delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    made.refresh_from_db()
    assert made.wrong == wrong().wrong


@pytest.mark.parametrize("server", ["UTC", "America/New_York"])
def test_the_deadline_falls_between_two_seconds_wherever_the_server_stands(hub: Any, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", server)
    with time_machine.travel(LAST_SECOND - timedelta(days=5), tick=False):
        paper = edition(hub, ago=30, days=34, title_zh="十一月版", deadline_on=LAST_SECOND.date())
        nearby = edition(hub, ago=1, days=30, title_zh="十二月版")
    for moment, is_taken in [(LAST_SECOND, True), (LAST_SECOND + timedelta(microseconds=999_999), True), (LAST_SECOND + timedelta(seconds=1), False)]:
        with time_machine.travel(moment.astimezone(UTC), tick=False):
            if is_taken:
                assert report(paper).received_at == clock.now()
                continue
            with pytest.raises(RuleBroken) as refused:
                report(paper)
            assert (refused.value.code, nearby.title_zh in refused.value.sentence) == ("woodpecker_late_next", True)
    assert Report.objects.count() == 2


BAD = [
    ({"page": 0}, "woodpecker_page", "page"),
    ({"page": 9}, "woodpecker_page", "page"),
    ({"title": "　 "}, "woodpecker_title_missing", "title"),
    ({"wrong": "，。"}, "woodpecker_wrong_missing", "wrong"),
]


@pytest.mark.parametrize(("given", "code", "field"), BAD)
def test_what_says_nothing_is_refused(hub: Any, given: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        report(edition(hub), **given)
    assert [(row.code, row.field) for row in refused.value.refusals] == [(code, field)]
    assert Report.objects.count() == 0


@pytest.mark.parametrize(
    ("ago", "days", "at", "code"),
    [
        (10, 5, timedelta(0), "woodpecker_late"),
        (-2, 5, timedelta(0), "woodpecker_early"),
        (10, 20, timedelta(minutes=1), "woodpecker_future"),
        (10, 20, -timedelta(days=11), "woodpecker_early"),
        (10, 5, -timedelta(days=8), ""),
    ],
)
def test_paper_counts_from_when_the_hub_received_it(hub: Any, frozen: Any, ago: int, days: int, at: timedelta, code: str) -> None:
    paper, clerk = edition(hub, ago=ago, days=days), user_with("clerk", hub)
    by = reporter(way="paper", taken_by=clerk)
    if code:
        with pytest.raises(RuleBroken, match=code):
            report(paper, by=by, at=clock.now() + at)
        return
    made = report(paper, by=by, at=clock.now() + at)
    assert (made.received_at, made.typed_at, made.sender.channel) == (clock.now() + at, clock.now(), "counter")


def test_the_same_form_makes_one_report_and_other_words_are_refused(hub: Any) -> None:
    paper = edition(hub)
    one, same = (report(paper, by=reporter(), token="one-form-for-both") for _tap in range(2))
    with pytest.raises(RuleBroken) as refused:
        report(paper, by=reporter(), token="one-form-for-both", page=3)
    assert (one.pk, Report.objects.count(), refused.value.code) == (same.pk, 1, "done_otherwise")


def test_a_number_has_so_many_reports_a_day_and_staff_may_go_on(hub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mutualaid.woodpecker.rules.MOST_A_DAY", 2)
    paper = edition(hub)
    for page in (1, 2):
        report(paper, by=reporter(), page=page)
    with pytest.raises(RuleBroken) as refused:
        report(paper, by=reporter(), page=3)
    assert (refused.value.code, hub.hotline in refused.value.sentence) == ("woodpecker_too_many", True)
    report(paper, by=reporter(taken_by=user_with("clerk", hub), way="phone"), page=3)


def test_one_person_is_one_reader_however_they_report(hub: Any, second_hub: Any) -> None:
    paper, person = edition(hub), ResidentFactory(hub=hub, name="赵晓云", phone="13800005001")
    report(paper, person=person)
    report(paper, by=reporter())  # name and number are those of the resident
    report(paper, by=reporter(name="别人"))  # the number alone is not
    report(edition(second_hub), by=reporter())
    assert Reader.objects.at(hub).count() == 2
    assert Sender.objects.filter(reader__resident=person).count() == 2


def test_similar_reports_are_found_in_the_same_edition_alone(hub: Any, django_assert_num_queries: Any) -> None:
    paper = edition(hub)
    same = report(paper, wrong="标题里座谈会错印为坐谈会")
    report(paper, page=5, title="菜场搬家", wrong="电话号码少一位")
    report(edition(hub))
    with django_assert_num_queries(2):
        found = queries.reports_like(paper, 2, "春风进社区", "座谈会印成坐谈会")
    assert found == [same]


def test_a_photo_can_follow_once(hub: Any) -> None:
    made = report(edition(hub))
    actions.add_photo(report=made, photo=b"photo")
    with pytest.raises(RuleBroken) as refused:
        actions.add_photo(report=made, photo=b"other")
    assert (Sender.objects.get().photo.read(), refused.value.code) == (b"photo", "woodpecker_photo_there")
