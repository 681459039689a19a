"""The swap shop: `swapshop.list.*` at ten thousand things, by page, kind and word; milliseconds and statements."""

import statistics
import time
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import databases
from bench.report import Row, within
from bench.run import Run, say
from hub.core import clock
from hub.core.references import new_token
from hub.hubs.models import Hub
from hub.people.models import Resident
from mutualaid.swapshop.models import Item, ItemPhoto, Kind, Swapper

DATABASES = ("postgresql", "sqlite")
ITEMS, PEOPLE = 10_000, 500
CALLS = 15
WORDS = ("恐龙立体书", "花样跳绳", "木头象棋", "星空拼图", "羽毛球拍", "搪瓷茶盘", "四驱小赛车")


def rows(this: Run) -> Iterator[Row]:
    """What everybody opens."""
    name = "swapshop" if connection.vendor == "postgresql" else "swapshop.sqlite"
    count = ITEMS // 20 if this.is_quick else ITEMS
    databases.fresh("bench_swapshop")
    hub = Hub.objects.get(slug="bench")
    say(f"{name}: {count} things")
    fill(hub, count)
    assert Item.objects.shown().count() == count
    databases.tidy()
    client, kind = Client(headers={"host": "127.0.0.1"}), Kind.objects.at(hub).order_by("pk")[3].pk
    pages = {"first_page": "", "last_page": "?page=9999", "of_a_kind": f"?kind={kind}", "by_word": "?q=象棋", "by_a_word_nobody_wrote": "?q=钢琴"}
    this.watch.wait()
    with this.watch.block():
        found = {page: measured(client, f"/swap/{query}") for page, query in pages.items()}
    for page, (milliseconds, statements) in found.items():
        yield within(f"{name}.list.{page}_at_{count}", milliseconds, "ms", at_most=50, void=this.watch.is_void)
        yield within(f"{name}.list.{page}_statements", statements, "a page", at_most=8)


def fill(hub: Hub, count: int) -> None:
    """Things of five hundred people over every kind, each with one photo."""
    people = Resident.objects.bulk_create(Resident(hub=hub, name="王秀兰") for _number in range(PEOPLE))
    Swapper.objects.bulk_create(Swapper(hub=hub, resident=person, nickname=f"换客{number}") for number, person in enumerate(people))
    kinds = list(Kind.objects.at(hub).order_by("pk"))
    items = Item.objects.bulk_create((thing(hub, number, people[number % PEOPLE], kinds[number % len(kinds)]) for number in range(count)), batch_size=1000)
    photos = (ItemPhoto(item=item, token=new_token(), large="none.jpg", small="none.jpg", content_hash=f"{item.pk:064d}") for item in items)
    ItemPhoto.objects.bulk_create(photos, batch_size=1000)


def thing(hub: Hub, number: int, person: Resident, kind: Kind) -> Item:
    """Unsaved; shown since some minutes."""
    at = clock.now() - timedelta(minutes=number)
    return Item(
        hub=hub, kind=kind, for_person=person, reference=f"{20_000_000 + number}", token=new_token(), state="listed", title=WORDS[number % len(WORDS)],
        about="一套，边角有一点磨", condition="good", wish="拼图或积木", band="small", asked_at=at, checked_at=at, listed_at=at,
        expires_at=at + timedelta(days=30),
    )  # fmt: skip


def measured(client: Client, address: str) -> tuple[float, int]:
    """Milliseconds (the middle of fifteen) and statements, once warm."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    statements = len(asked)
    times = []
    for _call in range(CALLS):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), statements
