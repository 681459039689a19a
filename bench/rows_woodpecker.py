"""What is alike in a large edition: `woodpecker.*` at five thousand reports under a thousand errors."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db import connection

from bench import databases
from bench.report import Row, within
from bench.run import Run, say
from hub.core import clock
from hub.hubs.models import Hub
from mutualaid.woodpecker.models import CanonicalError, Edition, Grouping, Newspaper, Reader, Report, Sender
from mutualaid.woodpecker.queries import errors_like, raw_reports, reports_like

DATABASES = ("postgresql", "sqlite")
REPORTS, A_GROUP = 5_000, 5
QUICK = 500
CALLS = 21
WORDS = "社区晨报读者来信邻里春风养老服务课堂菜场路灯公园书画义诊食谱植物面馆热线日期街道名字标点图片数字错印少一位多一个应为写成"


def rows(this: Run) -> Iterator[Row]:
    """What a reader is shown while they look their report over, and to which error a raw report may belong."""
    name = "woodpecker" if connection.vendor == "postgresql" else "woodpecker.sqlite"
    many = QUICK if this.is_quick else REPORTS
    databases.fresh("bench_woodpecker")
    edition = put_edition(Hub.objects.get(slug="bench"), many)
    databases.tidy()
    raw = raw_reports(edition).first()
    assert raw is not None
    say(f"{name}: {many} reports, {many // A_GROUP} errors")
    this.watch.wait()
    with this.watch.block():
        readers = measured(lambda: reports_like(edition, raw.page, raw.title, raw.wrong))
        reviewers = measured(lambda: errors_like(edition, raw))
    yield within(f"{name}.similar_of_{many}", readers, "ms", at_most=200, void=this.watch.is_void)
    yield within(f"{name}.errors_like_of_{many}", reviewers, "ms", at_most=200, void=this.watch.is_void)


def put_edition(hub: Hub, many: int) -> Edition:
    """One edition with everything sorted but the last hundredth."""
    chance, today = random.Random(7), clock.today()
    paper = Newspaper.objects.create(hub=hub, name_zh="社区晨报")
    edition: Edition = Edition.objects.create(
        hub=hub, newspaper=paper, number=1, title_zh="大版", issued_on=today - timedelta(days=20), deadline_on=today + timedelta(days=5), pages_count=16
    )
    now, reader = clock.now(), Reader.objects.create(hub=hub, phone="13800000000")
    Report.objects.bulk_create((report(hub, edition, n, chance, now) for n in range(many)), batch_size=1000)
    sent = list(Report.objects.filter(edition=edition).order_by("pk"))
    Sender.objects.bulk_create((Sender(report=row, reader=reader, contact_name="读者", contact_phone="13800000000") for row in sent), batch_size=1000)
    heads = sent[::A_GROUP]
    CanonicalError.objects.bulk_create(
        (CanonicalError(hub=hub, edition=edition, page=row.page, title=row.title, what=row.wrong, created_at=now) for row in heads), batch_size=1000
    )
    errors = list(CanonicalError.objects.filter(edition=edition).order_by("pk"))
    Grouping.objects.bulk_create(
        (Grouping(report=row, error=errors[n // A_GROUP], at=now) for n, row in enumerate(sent[: -max(1, many // 100)])), batch_size=1000
    )
    return edition


def report(hub: Hub, edition: Edition, number: int, chance: random.Random, now: object) -> Report:
    """A title of ten characters, forty of what is wrong; unsaved."""
    title, wrong = ("".join(chance.choices(WORDS, k=length)) for length in (10, 40))
    return Report(
        hub=hub, edition=edition, reference=f"0{number:07d}", token=f"bench-{number:016d}", body_digest="", page=chance.randint(1, 16), title=title,
        wrong=wrong, received_at=now, typed_at=now,
    )  # fmt: skip


def measured(call: Callable[[], object]) -> float:
    """The slowest but one of twenty-one in milliseconds, once warm."""
    call()
    times = []
    for _call in range(CALLS):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    say(f"  middle {statistics.median(times):.1f} ms")
    return sorted(times)[-2]
