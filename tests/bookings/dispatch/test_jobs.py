"""The helper's phone: the link, the steps, what is shown when, and what people really send."""

import base64
import html
import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from bookings.dispatch.actions import accept, decline, withdraw
from bookings.dispatch.models import Offer, Proof
from bookings.orders import actions as orders
from bookings.orders.models import Order
from bookings.payments.models import Charge, Payment
from hub.core.joins import integrity_checks
from hub.notifications.models import Message
from hub.promises.models import Promise
from hub.served.models import ServiceEvent
from tests.cast import signed_in_as, user_with
from tests.factories.dispatch import ProviderFactory, accepted, helper_with_account, offered
from tests.factories.orders import ServiceFactory, asked, order
from tests.factories.people import UserFactory
from tests.factories.places import CommunityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
PERSONAL = ("王秀兰", "13800001234", "138 0000 1234", "3号楼2单元301", "厨房油烟重")


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())))


def shown(page: Any) -> list[str]:
    """What of the resident stands on a page, in its text or anywhere in its source."""
    return [words for words in PERSONAL if words in page.content.decode()]


def png(size: tuple[int, int] = (8, 8)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "white").save(out, "PNG")
    return out.getvalue()


def photo(content: bytes | None = None, name: str = "IMG_1.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png() if content is None else content, "image/png")


def drawn(content: bytes | None = None) -> str:
    return "data:image/png;base64," + base64.b64encode(png() if content is None else content).decode()


@pytest.fixture(autouse=True)
def _private_folder(settings: Any, tmp_path: Any) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture
def made(hub: Any) -> Order:
    community = CommunityFactory(hub=hub, name_zh="书院街社区", name_en="Shuyuan Street")
    return order(hub, ServiceFactory(hub=hub), asked(community=community.pk))


def at_the_door(made: Order) -> Offer:
    """The job of somebody who has arrived."""
    taken = accepted(made)
    orders.arrive(order=made, by=user_with("operator", made.hub))
    made.refresh_from_db()
    return taken


def press(client: Client, offer: Offer, name: str, given: dict[str, Any] | None = None) -> Any:
    return client.post(f"/jobs/{offer.token}/{name}/", given or {})


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("view", ["", "elder"])
def test_before_the_yes_the_community_alone_is_shown(made: Order, client: Client, language: str, view: str) -> None:
    sent = offered(made)
    if view:
        client.cookies["view"] = view
    page = client.get(f"{language}/jobs/{sent.token}/")
    assert (page.status_code, shown(page)) == (200, [])
    assert ("Shuyuan Street" if language else "书院街社区") in text_of(page)
    assert page.headers["Cache-Control"].count("no-store") == 1


@pytest.mark.parametrize("step", ["arrived", "parts", "done"])
def test_no_page_of_a_later_step_tells_the_door_before_the_yes_or_after_the_end(made: Order, client: Client, step: str) -> None:
    sent = offered(made)
    page = client.get(f"/jobs/{sent.token}/{step}/")
    assert (page.status_code, page.url) == (302, sent.url)
    press(client, sent, "accept")
    press(client, sent, "on-the-way")
    for at in ("arrived", "done"):
        made.refresh_from_db()
        press(client, sent, at, {"code": made.door_code})
    made.refresh_from_db()
    again, wrong = client.get(f"/jobs/{sent.token}/{step}/"), press(client, sent, step, {"code": "12"})
    assert (made.state, again.status_code, again.url, shown(wrong)) == ("done", 302, sent.url, [])


def test_the_whole_road_on_a_phone(made: Order, client: Client) -> None:
    sent = offered(made)
    assert press(client, sent, "accept").url == f"/jobs/{sent.token}/"
    page = client.get(f"/jobs/{sent.token}/")
    assert shown(page) == list(PERSONAL)
    press(client, sent, "on-the-way")
    made.refresh_from_db()
    first_code = made.door_code
    assert client.get(f"/jobs/{sent.token}/arrived/").status_code == 200
    press(client, sent, "arrived", {"code": f" {first_code[:2]} {first_code[2:]}"})
    made.refresh_from_db()
    assert made.state == "arrived"
    assert client.get(f"/jobs/{sent.token}/parts/").status_code == 200
    press(client, sent, "parts", {"what": "滤网", "extra": "５"})
    assert press(client, sent, "done", {"code": made.door_code}).status_code == 422
    slip = client.get(made.url)
    assert "滤网" in text_of(slip)
    client.post(f"/services/orders/{made.token}/extra/", {"asked": "500", "answer": "yes"})
    made.refresh_from_db()
    assert (made.extra_fen, made.extra_agreed_by, made.extra_asked_fen) == (500, "王秀兰", 0)
    assert client.get(f"/jobs/{sent.token}/done/").status_code == 200
    press(client, sent, "done", {"code": made.door_code, "method": "door_cash", "amount": "35", "receipt_no": "A-1"})
    made.refresh_from_db()
    assert (made.state, Charge.objects.get().state, ServiceEvent.objects.count()) == ("done", "settled", 1)
    paid = Payment.objects.get()
    assert (paid.amount_fen, paid.recorded_by) == (3500, sent.provider.answered_for_by)
    assert Proof.objects.get().kind == "code"
    assert (shown(client.get(f"/jobs/{sent.token}/")), client.get(f"/jobs/{sent.token}/").status_code) == ([], 200)
    assert Promise.objects.get().kind == "return_call"
    assert [fault for check in integrity_checks if check.name.startswith(("orders.", "payments.")) for fault in check.find()] == []


def test_a_photo_and_a_signature_do_as_well_and_are_written_anew(made: Order, client: Client) -> None:
    job = at_the_door(made)
    original = png((40, 30)) + b"GPS of somebody's home"
    answer = press(client, job, "done", {"photo": photo(original, "home of Wang.png"), "signature": drawn()})
    assert answer.status_code == 302
    kept = {proof.kind: proof for proof in Proof.objects.all()}
    assert set(kept) == {"photo", "signature"}
    content = kept["photo"].file.read()
    assert (b"GPS" in content, Image.open(BytesIO(content)).size, "Wang" in kept["photo"].file.name) == (False, (40, 30), False)
    assert client.get(f"/media/{kept['photo'].file.name}").status_code == 404


def test_a_helper_with_an_account_writes_the_receipt_in_their_own_name(hub: Any, made: Order) -> None:
    taken = accepted(made, helper_with_account(hub, services=[made.service]))
    orders.arrive(order=made, by=user_with("operator", hub))
    made.refresh_from_db()
    client = signed_in_as("provider", hub)
    press(client, taken, "done", {"code": made.door_code, "method": "door_qr", "amount": "30", "receipt_no": "B-1"})
    assert Payment.objects.get().recorded_by == user_with("provider", hub)


@pytest.mark.parametrize("answer", ["no", "yes"])
def test_the_residents_answer_about_parts_is_to_what_was_shown(made: Order, client: Client, answer: str) -> None:
    job = at_the_door(made)
    press(client, job, "parts", {"what": "水龙头", "extra": "25"})
    assert Message.objects.get(kind="order_extra_asked").text.count(made.url) == 1
    address = f"/services/orders/{made.token}/extra/"
    assert client.get(address).status_code == 405
    press(client, job, "parts", {"what": "水龙头", "extra": "80"})
    for given in ({"asked": "2500", "answer": answer}, {}, {"asked": "8000", "answer": "\0"}, {"asked": "x" * 9000, "answer": answer}):
        assert client.post(address, given).status_code in {422, 400}
    made.refresh_from_db()
    assert (made.extra_fen, made.extra_asked_fen) == (0, 8000)
    assert client.post(address, {"asked": "8000", "answer": answer}).url == made.url
    made.refresh_from_db()
    assert (made.extra_fen, made.extra_asked_fen) == (8000 if answer == "yes" else 0, 0)
    assert client.post(address, {"asked": "8000", "answer": answer}).status_code == 422


# --- links that do not hold -----------------------------------------------------------------------------------------
def dead(case: str, made: Order, frozen: Any) -> Offer:
    """A link after what happened."""
    hub, operator = made.hub, user_with("operator", made.hub)
    if case == "taken back":
        return withdraw(offer=accepted(made), by=operator, why="换人")
    if case == "said no":
        return decline(offer=offered(made), reason="busy")
    if case == "lapsed":
        sent = offered(made)
        frozen.shift(timedelta(minutes=16))
        return sent
    first = accepted(made)
    if case == "given to another":
        withdraw(offer=first, by=operator, why="换人")
        made.refresh_from_db()
        accept(offer=offered(made, ProviderFactory(hub=hub, services=[made.service])))
    elif case == "given by hand":
        orders.assign(order=made, by=operator, name="李师傅", phone="13800009999")
    elif case == "moved":
        orders.reschedule(order=made, asked=asked("14:00", "16:00"), by=operator, reason="x", as_staff=True)
    else:
        orders.cancel(order=made, by=operator, reason="x", as_staff=True)
    return first


DEAD = ["taken back", "said no", "lapsed", "given to another", "given by hand", "moved", "cancelled"]
STEPS = ["accept", "decline", "on-the-way", "arrived", "parts", "done"]


@pytest.mark.parametrize("case", DEAD)
def test_a_link_that_does_not_hold_says_so_plainly_and_shows_nothing(made: Order, client: Client, frozen: Any, case: str) -> None:
    link = dead(case, made, frozen)
    made.refresh_from_db()
    before = (made.state, made.steps.count(), Offer.objects.count())
    page = client.get(f"/jobs/{link.token}/")
    assert (page.status_code, shown(page), made.hub.hotline in text_of(page)) == (200, [], True)
    for step in STEPS:
        answer = press(client, link, step, {"reason": "busy", "code": made.door_code, "what": "x", "extra": "1"})
        assert (answer.status_code, shown(answer)) == (200, [])
    made.refresh_from_db()
    assert (made.state, made.steps.count(), Offer.objects.count()) == before


@pytest.mark.parametrize("has_account", [False, True])
def test_another_helper_who_is_signed_in_sees_nothing(hub: Any, made: Order, has_account: bool) -> None:
    provider = helper_with_account(hub, services=[made.service]) if has_account else None
    taken = accepted(made, provider)
    other = signed_in_as("provider", hub, "another-helper")
    page = other.get(f"/jobs/{taken.token}/")
    assert (page.status_code, shown(page)) == (200, [])
    press(other, taken, "on-the-way")
    made.refresh_from_db()
    assert made.state == "assigned"
    if has_account:
        assert "3号楼2单元301" in text_of(signed_in_as("provider", hub).get(f"/jobs/{taken.token}/"))


@pytest.mark.parametrize("has_account", [False, True])
def test_a_helper_who_is_signed_in_as_a_resident_keeps_the_link(hub: Any, made: Order, has_account: bool) -> None:
    """Whoever has an account as a helper uses that one: the link of such a helper opens for no other."""
    taken = accepted(made, helper_with_account(hub, services=[made.service]) if has_account else None)
    resident = Client()
    resident.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    page = resident.get(f"/jobs/{taken.token}/")
    assert (page.status_code, shown(page) == []) == (200, has_account)
    assert resident.get("/jobs/").status_code == 404


def test_a_yes_pressed_twice_is_one_yes(made: Order, client: Client) -> None:
    sent = offered(made)
    for _each in range(2):
        assert press(client, sent, "accept").status_code == 302
    assert made.steps.filter(state="assigned").count() == 1


@pytest.mark.parametrize("address", ["/jobs/nothing/", "/jobs/" + "a" * 3000 + "/", "/jobs/nothing/accept/", "/jobs/nothing/done/"])
def test_what_is_not_there(hub: Any, client: Client, address: str) -> None:
    assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}


def test_another_hubs_link_is_not_there(second_hub: Any, hub: Any, client: Client) -> None:
    sent = offered(order(second_hub, ServiceFactory(hub=second_hub)))
    assert client.get(f"/jobs/{sent.token}/").status_code == 404


# --- codes ----------------------------------------------------------------------------------------------------------
def test_five_wrong_codes_shut_the_door_and_staff_write_it_down(made: Order, client: Client) -> None:
    taken = accepted(made)
    made.refresh_from_db()
    wrong = f"{(int(made.door_code) + 1) % 10_000:04d}"
    said = [text_of(press(client, taken, "arrived", {"code": wrong})) for _each in range(5)]
    taken.refresh_from_db()
    assert taken.wrong_codes_count == 5
    assert press(client, taken, "arrived", {"code": made.door_code}).status_code == 422
    assert made.hub.hotline in said[4]
    orders.arrive(order=made, by=user_with("operator", made.hub))
    made.refresh_from_db()
    assert made.state == "arrived"
    assert press(client, taken, "done", {"photo": photo(), "signature": drawn()}).status_code == 302


def test_a_right_code_forgives_the_wrong_ones_before(made: Order, client: Client) -> None:
    taken = accepted(made)
    made.refresh_from_db()
    press(client, taken, "arrived", {"code": f"{(int(made.door_code) + 1) % 10_000:04d}"})
    press(client, taken, "arrived", {"code": made.door_code})
    taken.refresh_from_db()
    assert taken.wrong_codes_count == 0


def test_the_code_at_the_end_is_another_than_at_the_door(made: Order) -> None:
    codes = set()
    for _each in range(3):  # by chance equal once in ten thousand
        taken = accepted(order(made.hub, made.service, asked(community=made.community_id), another=True))
        before = taken.order
        before.refresh_from_db()
        first = before.door_code
        orders.arrive(order=before, by=user_with("operator", made.hub))
        before.refresh_from_db()
        codes.add(first == before.door_code)
        withdraw_all(made.hub)
    assert False in codes


def withdraw_all(hub: Any) -> None:
    """Everybody's jobs of today end, so that the next can be sent."""
    for row in Order.objects.at(hub).open():
        orders.cancel(order=row, by=user_with("operator", hub), reason="x", as_staff=True)


# --- what people really send ----------------------------------------------------------------------------------------
BAD: list[tuple[str, str, dict[str, Any]]] = [
    ("decline", "no reason", {}),
    ("decline", "a reason that is none", {"reason": "lazy"}),
    ("decline", "a NUL", {"reason": "\0"}),
    ("decline", "a megabyte", {"reason": "a" * 1_000_000}),
    ("decline", "an array", {"reason[]": "busy"}),
    ("arrived", "no code", {}),
    ("arrived", "three digits", {"code": "123"}),
    ("arrived", "words", {"code": "一二三四"}),
    ("arrived", "other digits", {"code": "١٢٣٤"}),
    ("arrived", "a NUL", {"code": "12\x0034"}),
    ("arrived", "a megabyte", {"code": "1" * 1_000_000}),
    ("arrived", "an array", {"code[]": "1234"}),
    ("parts", "nothing", {}),
    ("parts", "no words", {"what": " ", "extra": "5"}),
    ("parts", "no amount", {"what": "滤网", "extra": ""}),
    ("parts", "nought", {"what": "滤网", "extra": "0"}),
    ("parts", "less than nought", {"what": "滤网", "extra": "-5"}),
    ("parts", "more than there is", {"what": "滤网", "extra": "50001"}),
    ("parts", "a floating point", {"what": "滤网", "extra": "1e9"}),
    ("parts", "three places", {"what": "滤网", "extra": "1.234"}),
    ("parts", "a NUL", {"what": "滤\0网", "extra": "5"}),
    ("parts", "a megabyte", {"what": "网" * 350_000, "extra": "5"}),
    ("done", "nothing", {}),
    ("done", "a photo alone", {"photo": "good"}),
    ("done", "a signature alone", {"signature": "good"}),
    ("done", "a broken photo", {"photo": b"\x89PNG\r\n\x1a\nbroken", "signature": "good"}),
    ("done", "a cut photo", {"photo": png((200, 200))[:150], "signature": "good"}),
    ("done", "a text for a photo", {"photo": b"hello", "signature": "good"}),
    ("done", "an empty photo", {"photo": b"", "signature": "good"}),
    ("done", "a page for a photo", {"photo": b"<svg onload=alert(1)>", "signature": "good"}),
    ("done", "a signature in words", {"photo": "good", "signature": "王秀兰"}),
    ("done", "a signature that is no picture", {"photo": "good", "signature": drawn(b"hello")}),
    ("done", "a wrong code", {"code": "wrong"}),
    ("done", "a NUL in the receipt", {"code": "right", "method": "door_cash", "amount": "30", "receipt_no": "A\0"}),
    ("done", "no receipt", {"code": "right", "method": "door_cash", "amount": "30"}),
    ("done", "no method", {"code": "right", "amount": "30", "receipt_no": "A-1"}),
    ("done", "a method that is none", {"code": "right", "method": "online", "amount": "30", "receipt_no": "A-1"}),
    ("done", "more than is owed", {"code": "right", "method": "door_cash", "amount": "31", "receipt_no": "A-1"}),
    ("done", "less than nothing", {"code": "right", "method": "door_cash", "amount": "-30", "receipt_no": "A-1"}),
    ("done", "a receipt without end", {"code": "right", "method": "door_cash", "amount": "30", "receipt_no": "9" * 5000}),
]


@pytest.mark.parametrize(("step", "case", "given"), BAD, ids=[f"{step}: {case}" for step, case, _given in BAD])
def test_bad_input_is_refused_with_words_and_nothing_happens(made: Order, client: Client, step: str, case: str, given: dict[str, Any]) -> None:
    job = offered(made) if step == "decline" else accepted(made) if step == "arrived" else at_the_door(made)
    made.refresh_from_db()
    other = f"{(int(made.door_code) + 1) % 10_000:04d}"
    sent = {name: real(name, value, made.door_code, other) for name, value in given.items()}
    before = (made.state, made.steps.count(), made.extra_asked_fen)
    page = press(client, job, step, sent)
    assert (case, page.status_code) == (case, 422)
    assert 'id="errors"' in page.content.decode()
    made.refresh_from_db()
    assert ((made.state, made.steps.count(), made.extra_asked_fen), Payment.objects.count(), Proof.objects.count()) == (before, 0, 0)


def real(name: str, value: Any, right: str, wrong: str) -> Any:
    """What stands in the table as what is sent."""
    if name == "photo":
        return photo() if value == "good" else photo(value)
    if value == "good":
        return drawn()
    return {"right": right, "wrong": wrong}.get(value, value) if name == "code" else value


# --- the list of a helper who has signed in -------------------------------------------------------------------------
@pytest.mark.parametrize("count", [10, 200])
def test_my_jobs_are_one_number_of_statements(hub: Any, count: int, django_assert_num_queries: Any) -> None:
    provider = helper_with_account(hub, services=[], most_a_day=30)
    service = ServiceFactory(hub=hub)
    jobs_for(hub, provider, service, count)
    client = signed_in_as("provider", hub)
    client.get("/jobs/")
    with django_assert_num_queries(6):
        page = client.get("/jobs/")
    assert (page.status_code, page.content.decode().count("room-name"), shown(page)) == (200, count, [])


def jobs_for(hub: Any, provider: Any, service: Any, count: int) -> None:
    """Accepted offers written past the rules."""
    first = order(hub, service)
    moment = first.created_at
    Order.objects.filter(pk=first.pk).update(state="assigned", helper=provider.user)
    rows = []
    for n in range(count - 1):
        row = Order.objects.get(pk=first.pk)
        row.pk, row.reference, row.token = None, f"3{n:07d}", f"job-{n}"
        rows.append(row)
    Order.objects.bulk_create(rows)
    Offer.objects.bulk_create(
        Offer(
            hub=hub, order=row, provider=provider, token=f"offer-{row.pk}", state="accepted", offered_at=moment, lapses_at=moment, answered_at=moment,
            helper=provider.user,
        )
        for row in Order.objects.all()
    )  # fmt: skip


def test_who_is_no_helper_has_no_list(hub: Any, client: Client) -> None:
    assert client.get("/jobs/").status_code == 302
    assert [signed_in_as(role, hub).get("/jobs/").status_code for role in ("clerk", "volunteer", "director")] == [404] * 3
    assert signed_in_as("provider", hub).get("/jobs/").status_code == 200


# --- the outside world away -----------------------------------------------------------------------------------------
def test_with_the_gateway_hanging_the_job_is_sent_and_the_message_goes_once_later(hub: Any, made: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    from hub.notifications import sending

    def hang(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("nothing is sent while somebody waits")

    for name in ("send_due", "send_now"):
        monkeypatch.setattr(sending, name, hang)
    sent = offered(made)
    accept(offer=sent)
    assert list(Message.objects.filter(kind__in=["offer_asked", "order_assigned"]).values_list("state", flat=True)) == ["waiting", "waiting"]
    accept(offer=sent)
    assert Message.objects.filter(kind="offer_asked").count() == 1
