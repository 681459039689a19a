"""A gateway's messages: `payments.webhook.*`. Two workers as they are served, over HTTP, each message signed; fifty a second are sent whatever
the answers take, every tenth of them twice."""

import http.client
import itertools
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.db import connection
from django.db.models import F

from bench import databases
from bench.house_orders import HouseOrders, fill_orders
from bench.report import Row, told, within
from bench.run import Run, say
from bookings.payments.actions import begin_online
from bookings.payments.gateways.pretend import far_end
from bookings.payments.models import Charge, Payment
from bookings.payments.states import ChargeStates

DATABASES = ("postgresql",)
FILLED = 100_000
A_SECOND = 50
SECONDS = 20
SENDERS = 16
AGAIN = 10  # every tenth message comes twice
PATH = "/payments/stripe/webhook/"
BACK = "http://127.0.0.1/payments/x/back/"
Message = tuple[bytes, str]


@dataclass
class Answers:
    """What came back: milliseconds for each, what was not 200, and how long all of it took."""

    took: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    seconds: float = 0.0


def rows(this: Run) -> Iterator[Row]:
    """At fifty a second; then as fast as they are answered."""
    seconds = 4 if this.is_quick else SECONDS
    say("payments.webhook: filling the tables")
    databases.fresh("bench_payments")
    house = HouseOrders()
    fill_orders(house.place(), 1, FILLED // (20 if this.is_quick else 1))
    calm, rush = messages(house, A_SECOND * seconds), messages(house, A_SECOND * seconds)
    databases.tidy()
    with served() as port:
        this.watch.wait()
        with this.watch.block():
            at_fifty = send(port, calm, A_SECOND)
        is_void = this.watch.is_void
        in_a_rush = send(port, rush, 0)
    slow = sorted(at_fifty.took)
    yield within(f"payments.webhook.slowest_at_{A_SECOND}_a_second", slow[-1], "ms", at_most=1000, void=is_void)
    yield told(f"payments.webhook.middle_at_{A_SECOND}_a_second", slow[len(slow) // 2], "ms")
    yield within("payments.webhook.not_answered", len(at_fifty.refused) + len(in_a_rush.refused), "messages", at_most=0)
    yield within("payments.webhook.not_paid_once", not_paid_once(), "charges", at_most=0)
    yield told("payments.webhook.as_fast_as_answered", len(in_a_rush.took) / in_a_rush.seconds, "messages/s", "asked for", A_SECOND)


def messages(house: HouseOrders, count: int) -> list[Message]:
    """So many signed messages about orders that were just paid online, every tenth of them once more at the end of its second."""
    found: list[Message] = []
    for number in itertools.count():
        if len(found) >= count:
            return found[:count]
        order = house.place(entitled=False)
        charge = Charge.objects.get(purpose="orders.order", subject_ref=order.reference)
        begin_online(charge=charge, back_url=BACK, away_url=BACK)
        event = far_end().pay(Payment.objects.only("session_id").get(charge=charge).session_id)
        assert event is not None
        found.append(far_end().signed(event))
        if number % AGAIN == 0:
            found.append(found[-1])
    raise AssertionError


def send(port: int, signed: list[Message], a_second: int) -> Answers:
    """Send them at their times (0: at once), from as many threads as a gateway might have; wait for every answer."""
    answers, begins, next_one = Answers(), time.perf_counter() + 0.2, iter(enumerate(signed))
    taking_turns = threading.Lock()

    def sender() -> None:
        while True:
            with taking_turns:
                number, message = next(next_one, (0, None))
            if message is None:
                return
            due = begins + (number / a_second if a_second else 0)
            time.sleep(max(due - time.perf_counter(), 0))
            status = post(port, *message)
            answers.took.append((time.perf_counter() - due) * 1000)  # from when it was due: a sender that comes late counts
            if status != 200:
                answers.refused.append(str(status))

    senders = [threading.Thread(target=sender) for _sender in range(SENDERS)]
    for each in senders:
        each.start()
    for each in senders:
        each.join()
    answers.seconds = time.perf_counter() - begins
    return answers


def post(port: int, body: bytes, signature: str) -> int:
    """One message on a connection of its own; 0 when there was no answer."""
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        wire.request("POST", PATH, body, {"Content-Type": "application/json", "Stripe-Signature": signature})
        return wire.getresponse().status
    except OSError:
        return 0
    finally:
        wire.close()


def not_paid_once() -> int:
    """Charges of paid pages that did not end settled with exactly what is due."""
    paid = Charge.objects.filter(pk__in=Payment.objects.filter(method="online").values("charge"))
    return paid.exclude(state=ChargeStates.SETTLED, received_fen=F("due_fen"), refunded_fen=0).count()


@contextmanager
def served() -> Iterator[int]:
    """Two workers of four threads, as `make start` has them; the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    address = urlunsplit(urlsplit(os.environ["BENCH_DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}"))
    command = [str(Path(sys.executable).parent / "gunicorn"), "hub.wsgi:application", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
    command += ["--workers", "2", "--threads", "4", "--preload", "--log-level", "error"]
    environment: dict[str, Any] = {**os.environ, "BENCH_DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    server = subprocess.Popen(command, env=environment)
    try:
        while post(port, b"{}", "none") == 0:
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)
