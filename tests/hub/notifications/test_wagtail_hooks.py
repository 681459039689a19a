"""The outbox and the call list: who sees them, what is masked, what the buttons do."""

import random
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from hub.core import clock
from hub.notifications.demo import seed
from hub.notifications.joins import erase, export, stuck_messages
from hub.notifications.models import Message
from hub.notifications.states import States
from hub.people.models import ContactPhone, Resident
from hub.people.states import Roles
from tests.cast import user_with
from tests.factories.notifications import CallFactory, MessageFactory

pytestmark = pytest.mark.django_db
OUTBOX, CALLS = "/admin/outbox/", "/admin/call_list/"
TEXT, PHONE, MASKED = "您好，书画活动室已为您留好。", "13800001234", "138****1234"
TELL = {Roles.OPERATOR, Roles.CLERK, Roles.DIRECTOR}


def page(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", Roles.values)
def test_who_tells_people_things_sees_the_outbox(as_role: Any, hub: Any, role: str) -> None:
    message, client = MessageFactory(hub=hub), as_role(role)
    answers = {client.get(address).status_code for address in (OUTBOX, CALLS, f"{OUTBOX}inspect/{message.pk}/")}
    assert {200 if answer == 200 else 404 for answer in answers} == {200 if role in TELL | {Roles.ADMIN} else 404}


@pytest.mark.parametrize("role", Roles.values)
def test_who_tells_people_things_rings_and_sends_again(as_role: Any, hub: Any, role: str) -> None:
    call, failed, client = CallFactory(hub=hub), MessageFactory(hub=hub, state=States.FAILED), as_role(role)
    addresses = (f"{CALLS}ring/{call.pk}/", f"{OUTBOX}send-again/{failed.pk}/", f"{OUTBOX}ring-instead/{failed.pk}/")
    assert {200 if client.get(address).status_code == 200 else 404 for address in addresses} == {200 if role in TELL else 404}


@pytest.mark.parametrize(("role", "text_is_read"), [("clerk", True), ("admin", False)])
def test_the_number_is_masked_and_the_administrator_reads_no_text(as_role: Any, hub: Any, role: str, text_is_read: bool) -> None:
    message, client = MessageFactory(hub=hub, phone=PHONE, text=TEXT), as_role(role)
    for address in (OUTBOX, f"{OUTBOX}inspect/{message.pk}/"):
        shown = page(client, address)
        assert (MASKED in shown, PHONE in shown, TEXT in shown) == (True, False, text_is_read)


def test_a_sign_in_code_is_read_by_nobody(as_role: Any, hub: Any) -> None:
    message, client = MessageFactory(hub=hub, kind="sign_in_code", text="您的验证码是 662102"), as_role("director")
    for address in (OUTBOX, f"{OUTBOX}inspect/{message.pk}/"):
        assert "662102" not in page(client, address)


def test_the_call_list_holds_whom_to_ring_now(as_role: Any, hub: Any, second_hub: Any) -> None:
    CallFactory(hub=hub, phone="037166000001")
    CallFactory(hub=hub, phone="037166000002", send_after=clock.now() + timedelta(hours=1))
    CallFactory(hub=hub, phone="037166000003", state=States.RUNG, sent_at=clock.now())
    CallFactory(hub=second_hub, phone="037166000004")
    MessageFactory(hub=hub, phone="13800000005")
    shown = page(as_role("clerk"), CALLS)
    assert [tail for tail in ("0001", "0002", "0003", "0004", "0005") if f"****{tail}" in shown] == ["0001"]


def test_ringing_shows_the_number_and_writes_the_outcome(as_role: Any, hub: Any) -> None:
    call, client = CallFactory(hub=hub, phone="037166000001", text=TEXT), as_role("operator")
    shown = page(client, f"{CALLS}ring/{call.pk}/")
    assert ("037166000001" in shown, TEXT in shown) == (True, True)
    assert client.post(f"{CALLS}ring/{call.pk}/", {"outcome": "nonsense"}).status_code == 200
    assert Message.objects.get().state == States.TO_RING
    assert client.post(f"{CALLS}ring/{call.pk}/", {"outcome": "told"}).status_code == 302
    assert Message.objects.get().state == States.RUNG


def test_what_did_not_arrive_goes_out_again_or_on_the_call_list(as_role: Any, hub: Any) -> None:
    first, second = MessageFactory.create_batch(2, hub=hub, state=States.FAILED)
    client = as_role("clerk")
    assert client.post(f"{OUTBOX}send-again/{first.pk}/").status_code == 302
    assert client.post(f"{OUTBOX}ring-instead/{second.pk}/").status_code == 302
    assert list(Message.objects.order_by("pk").values_list("state", flat=True)) == [States.WAITING, States.TO_RING]


@pytest.mark.parametrize("verb", ["new/", "edit/{pk}/", "delete/{pk}/"])
def test_nobody_edits_a_message(as_role: Any, hub: Any, verb: str) -> None:
    message = MessageFactory(hub=hub)
    for screen in (OUTBOX, CALLS):
        assert as_role("director").post(screen + verb.format(pk=message.pk), {"kind": "x"}).status_code == 404
    assert Message.objects.get().kind == "test"


def test_another_hubs_message_is_absent(as_role: Any, second_hub: Any) -> None:
    message, client = CallFactory(hub=second_hub, state=States.FAILED), as_role("director")
    addresses = (f"{OUTBOX}inspect/{message.pk}/", f"{OUTBOX}send-again/{message.pk}/", f"{OUTBOX}ring-instead/{message.pk}/", f"{CALLS}ring/{message.pk}/")
    assert {client.post(address).status_code for address in addresses} == {404}
    assert message.masked_phone not in page(client, OUTBOX)


def test_buttons_fit_the_message(as_role: Any, hub: Any) -> None:
    client = as_role("clerk")
    shown = {}
    for state in (States.WAITING, States.FAILED, States.TO_RING):
        message = MessageFactory(hub=hub, state=state)
        text = page(client, f"{OUTBOX}inspect/{message.pk}/")
        shown[state] = [verb for verb in ("/ring/", "/send-again/", "/ring-instead/") if verb in text]
    assert shown == {States.WAITING: [], States.FAILED: ["/send-again/", "/ring-instead/"], States.TO_RING: ["/ring/"]}


@pytest.mark.parametrize(
    ("to", "masked"),
    [
        ({"phone": PHONE}, MASKED),
        ({"phone": "", "email": "office@example.org"}, "o***@example.org"),
        ({"phone": "", "email": ""}, "–"),
    ],
)
def test_an_address_is_masked(to: dict[str, str], masked: str) -> None:
    assert Message(**to).masked_address == masked


def test_an_account_is_masked_by_its_name(hub: Any) -> None:
    assert Message(user=user_with("clerk", hub)).masked_address == "C**"


def test_a_person_has_what_was_said_to_it_alone_and_can_have_it_blanked(hub: Any) -> None:
    person, spouse = (Resident.objects.create(hub=hub, name=name) for name in ("张桂兰", "李大山"))
    for resident, number in ((person, "13800000001"), (person, "13800000002"), (spouse, "13800000002")):
        ContactPhone.objects.create(hub=hub, resident=resident, number=number)
    mine = MessageFactory(hub=hub, phone="13800000001", text="我的")
    MessageFactory(hub=hub, phone="13800000002", text="共用的")
    assert [(row["to"], row["text"]) for row in export(person)] == [("13800000001", "我的")]
    assert erase(person) == 1
    mine.refresh_from_db()
    assert (mine.phone, mine.text, mine.state) == ("", "", States.GIVEN_UP)
    assert Message.objects.get(phone="13800000002").text == "共用的"


def test_an_outbox_that_nobody_empties_is_found(hub: Any) -> None:
    MessageFactory(hub=hub, send_after=clock.now() - timedelta(hours=23))
    assert list(stuck_messages()) == []
    MessageFactory(hub=hub, send_after=clock.now() - timedelta(hours=25))
    assert len(list(stuck_messages())) == 1


def test_the_demo_has_a_message_in_every_state_and_stays_as_it_is(hub: Any) -> None:
    for _each in range(2):
        seed(SimpleNamespace(hub=hub, random=random.Random(1)))
    assert set(Message.objects.values_list("state", flat=True)) == set(States) - {States.SENDING}
    assert Message.objects.count() == 7
