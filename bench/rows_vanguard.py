"""A month of ratings: `vanguard.*`, a hundred thousand ratings over sixty posts, counted and ranked as the reviewer's page and the closing do it."""

import random
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection

from bench import databases
from bench.report import Row, told, within
from bench.rows_volunteers import measured
from bench.run import Run, say
from hub.hubs.models import Hub
from mutualaid.vanguard import months
from mutualaid.vanguard.models import Post, Rating
from mutualaid.vanguard.tallies import frozen, month_at

DATABASES = ("postgresql", "sqlite")
RATINGS, POSTS, QUICK = 100_000, 60, 10_000
GRADES, WEIGHTS = (5, 4, 3, 2, 1), (60, 25, 10, 3, 2)


def rows(this: Run) -> Iterator[Row]:
    """The tally with its ranking, and the same frozen."""
    name = "vanguard" if connection.vendor == "postgresql" else "vanguard.sqlite"
    count = QUICK if this.is_quick else RATINGS
    databases.fresh("bench_vanguard")
    hub = Hub.objects.get(slug="bench")
    month = months.last_month(months.this_month())
    say(f"{name}: {count} ratings over {POSTS} posts")
    put_ratings(hub, month, count)
    databases.tidy()
    found = month_at(hub, month)
    assert (sum(line.tally.votes + line.aside + line.earlier for line in found.posts), len(found.five)) == (count, 5)
    this.watch.wait()
    with this.watch.block():
        tally_ms, asked = measured(lambda: month_at(hub, month))
        frozen_ms, _asked = measured(lambda: frozen(month_at(hub, month)))
    yield within(f"{name}.monthly_tally_of_{count}_over_{POSTS}", tally_ms, "ms", at_most=1000, void=this.watch.is_void)
    yield told(f"{name}.monthly_tally_statements", asked, "statements")
    yield told(f"{name}.frozen", frozen_ms, "ms")


def put_ratings(hub: Hub, month: object, count: int) -> None:
    """One in a hundred set aside, one in fifty taken over by a later one, one in ten on paper."""
    chance = random.Random(6)
    posts = Post.objects.bulk_create(Post(hub=hub, number=n, name_zh=f"{n}号岗", station="living") for n in range(1, POSTS + 1))
    first, _end = months.bounds(month)  # type: ignore[arg-type]  # a day
    for start in range(0, count, 5000):
        Rating.objects.bulk_create(
            (rating(hub, posts[n % POSTS], month, first + timedelta(seconds=20 * n), chance, n) for n in range(start, min(start + 5000, count))),
            batch_size=1000,
        )


def rating(hub: Hub, post: Post, month: object, at: object, chance: random.Random, n: int) -> Rating:
    """One, unsaved."""
    is_aside, is_earlier = n % 100 == 7, n % 50 == 11
    return Rating(
        hub=hub, post=post, token=f"bench-{n}", event_mark=f"event-{n}", voice=f"voice-{n}", month=month, received_at=at,
        grade=chance.choices(GRADES, WEIGHTS)[0], source="paper" if n % 10 == 3 else "link", counts=not is_earlier, why_not="later" if is_earlier else "",
        set_aside_at=at if is_aside else None, suspicion="browser" if is_aside else "",
    )  # fmt: skip
