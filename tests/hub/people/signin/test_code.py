"""Phone and code."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hub.audit.models import Line
from hub.core.phones import masked
from hub.notifications.models import Message
from hub.notifications.states import SECRET_KINDS
from hub.people.models import User
from hub.people.signin import actions, gateway
from tests.hub.people.signin.conftest import PHONE, ask_code, code_in_outbox, sign_in_by_code, who

pytestmark = pytest.mark.django_db
WRONG = "This is not the code we sent"


def wrong_for(phone: str) -> str:
    """Six digits that are not the code."""
    return f"{(int(code_in_outbox(phone)) + 1) % 1_000_000:06}"


def test_a_new_number_gets_a_code_and_an_account(visitor: Client) -> None:
    asked = ask_code(visitor)
    assert (asked.status_code, asked["Location"]) == (302, "/login/code/")
    assert User.objects.count() == 0
    came_in = visitor.post("/login/code/", {"code": code_in_outbox()})
    assert (came_in.status_code, came_in["Location"]) == (302, "/me/")
    user = User.objects.get()
    assert (user.phone, user.phone_verified, user.has_usable_password(), who(visitor)) == (PHONE, True, False, str(user.pk))
    assert user.username.startswith("u")
    assert PHONE not in user.username


def test_a_known_number_comes_into_its_own_account(visitor: Client) -> None:
    user = User.objects.create(username="u1", phone=PHONE, phone_verified=True)
    sign_in_by_code(visitor)
    assert (who(visitor), User.objects.count()) == (str(user.pk), 1)


def test_a_number_written_down_at_the_desk_is_verified_by_its_first_code(visitor: Client) -> None:
    User.objects.create(username="u1", phone=PHONE)
    sign_in_by_code(visitor)
    assert User.objects.get().phone_verified is True
    assert [line.verb for line in Line.objects.all() if line.verb == "verify_phone"] == ["verify_phone"]


@pytest.mark.parametrize("typed", ["+86 138 0000 1234", "0086-13800001234", "１３８００００１２３４", "138-0000-1234", " 13800001234 "])
def test_a_number_is_read_as_people_type_it(visitor: Client, typed: str) -> None:
    ask_code(visitor, typed)
    visitor.post("/login/code/", {"code": code_in_outbox()})
    assert User.objects.get().phone == PHONE


@pytest.mark.parametrize(("before", "between", "after"), [(" ", "", " "), ("", " ", ""), ("", "-", ""), ("验证码：", "", "，5分钟内有效。")])
def test_a_code_is_read_as_people_paste_it(visitor: Client, before: str, between: str, after: str) -> None:
    ask_code(visitor)
    code = code_in_outbox()
    visitor.post("/login/code/", {"code": f"{before}{code[:3]}{between}{code[3:]}{after}"})
    assert who(visitor) is not None


def test_a_full_width_code_is_read(visitor: Client) -> None:
    ask_code(visitor)
    wide = code_in_outbox().translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    visitor.post("/login/code/", {"code": wide})
    assert who(visitor) is not None


def test_the_code_field_helps_the_phone_fill_it(visitor: Client) -> None:
    ask_code(visitor)
    page = visitor.get("/login/code/").content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    assert "138****1234" in page
    assert PHONE not in page


def test_the_page_is_there_in_english(visitor: Client) -> None:
    assert "Send me a code" in visitor.get("/en/login/").content.decode()
    visitor.post("/en/login/", {"phone": PHONE})
    came_in = visitor.post("/en/login/code/", {"code": code_in_outbox()})
    assert came_in["Location"] == "/en/me/"


BAD_NUMBERS: list[tuple[str, Any]] = [
    ("nothing", ""),
    ("letters", "abc"),
    ("too short", "1380000"),
    ("too long", "138000012345"),
    ("a landline", "0371-66212590"),
    ("a local number", "66212590"),
    ("another country", "+1 650 253 0000"),
    ("indian digits", "१३८००००१२३४"),
    ("a megabyte", "1" * 1_000_000),
    ("an array", ["13800001234", "abc"]),
    ("half a character", "1380000\udc80234"),
    ("markup", "<script>alert(1)</script>"),
]


@pytest.mark.parametrize("typed", [row[1] for row in BAD_NUMBERS], ids=[row[0] for row in BAD_NUMBERS])
def test_a_bad_number_is_answered_by_a_sentence(visitor: Client, typed: Any) -> None:
    if isinstance(typed, str):
        typed = typed.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    answer = ask_code(visitor, typed)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Message.objects.count() == 0


@pytest.mark.parametrize("body", [b"phone=%ED%A0%80", b"phone=%FF%FE", b"phone[]=13800001234", b"phone[a]=1", b"", b"&&&", b"phone"])
def test_a_broken_body_is_no_crash(visitor: Client, body: bytes) -> None:
    answer = visitor.generic("POST", "/login/", body, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, Message.objects.count()) == (200, 0)


@pytest.mark.parametrize("path", ["/login/", "/login/code/", "/login/?password=1", "/login/second-step/"])
def test_a_nul_byte_is_refused(visitor: Client, path: str) -> None:
    answer = visitor.generic("POST", path, b"phone=%00&code=%00&username=%00&password=x", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400


def test_a_nul_byte_in_a_multipart_form_is_a_form_error(visitor: Client) -> None:
    assert ask_code(visitor, "138\x000000").context["form"].errors


BAD_CODES: list[tuple[str, Any]] = [
    ("nothing", ""),
    ("five digits", "12345"),
    ("seven digits", "1234567"),
    ("letters", "abcdef"),
    ("two codes", "123456 654321"),
    ("a megabyte", "1" * 1_000_000),
    ("an array", ["1", "2"]),
    ("a nul", "123\x00456"),
    ("half a character", "12345\ufffd"),
]


@pytest.mark.parametrize("typed", [row[1] for row in BAD_CODES], ids=[row[0] for row in BAD_CODES])
def test_what_is_no_code_is_answered_by_a_sentence_and_costs_no_try(visitor: Client, typed: Any) -> None:
    ask_code(visitor)
    for _each in range(6):
        answer = visitor.post("/login/code/", {"code": typed})
        assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)
    visitor.post("/login/code/", {"code": code_in_outbox()})
    assert who(visitor) is not None


def test_after_five_wrong_codes_the_right_one_is_too_late(visitor: Client) -> None:
    ask_code(visitor)
    right, wrong = code_in_outbox(), wrong_for(PHONE)
    for _each in range(5):
        assert WRONG in visitor.post("/en/login/code/", {"code": wrong}).content.decode()
    too_late = visitor.post("/en/login/code/", {"code": right})
    assert too_late.status_code == 429
    assert "Please ask for a new one" in too_late.content.decode()
    assert visitor.post("/login/code/", {"code": right})["Location"] == "/login/"
    assert who(visitor) is None


def test_a_copied_session_gives_no_more_tries(visitor: Client) -> None:
    """The count stands in the shared cache, not in the session: restoring an old session row restores no tries."""
    ask_code(visitor)
    right, wrong, before = code_in_outbox(), wrong_for(PHONE), dict(visitor.session.items())
    for _each in range(5):
        visitor.post("/login/code/", {"code": wrong})
    session = visitor.session
    session.update(before)
    session.save()
    assert visitor.post("/login/code/", {"code": right}).status_code == 429


def test_a_code_is_good_for_five_minutes(visitor: Client) -> None:
    with time_machine.travel("2026-11-28T02:00:00Z", tick=False) as clock:
        ask_code(visitor)
        clock.shift(timedelta(minutes=5, seconds=1))
        assert visitor.post("/login/code/", {"code": code_in_outbox()})["Location"] == "/login/"
    assert who(visitor) is None


def test_a_new_code_ends_the_old_one(visitor: Client) -> None:
    with time_machine.travel("2026-11-28T02:00:00Z", tick=False) as clock:
        ask_code(visitor)
        old = code_in_outbox()
        clock.shift(timedelta(seconds=61))
        assert visitor.post("/login/code/", {"again": "1"})["Location"] == "/login/code/"
        new = code_in_outbox()
        if old != new:
            visitor.post("/login/code/", {"code": old})
            assert who(visitor) is None
        visitor.post("/login/code/", {"code": new})
    assert who(visitor) is not None


def test_a_code_belongs_to_the_browser_that_asked(visitor: Client, hub: Any) -> None:
    ask_code(visitor)
    other = Client()
    assert other.post("/login/code/", {"code": code_in_outbox()})["Location"] == "/login/"


def test_a_code_of_one_number_does_not_open_another(visitor: Client) -> None:
    ask_code(visitor)
    first = code_in_outbox()
    ask_code(visitor, "13900001111")
    second = code_in_outbox("13900001111")
    if first != second:
        visitor.post("/login/code/", {"code": first})
        assert who(visitor) is None
    visitor.post("/login/code/", {"code": second})
    assert User.objects.get().phone == "13900001111"


def pages_of(phone: str) -> list[tuple[int, str]]:
    """What somebody sees who asks for a code to a number and types a wrong one, cleaned of what differs by nature."""
    client = Client()
    answers = [ask_code(client, phone), client.get("/login/code/"), client.post("/login/code/", {"code": wrong_for(phone)})]
    return [(answer.status_code, cleaned(answer, phone)) for answer in answers]


def cleaned(answer: Any, phone: str) -> str:
    text = answer.content.decode().replace(masked(phone), "NUMBER")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|value="\d{6}"', "", text)


def test_new_known_and_closed_numbers_look_alike(hub: Any) -> None:
    User.objects.create(username="known", phone="13900000001", phone_verified=True)
    User.objects.create(username="closed", phone="13900000002", phone_verified=True, is_active=False)
    assert pages_of("13900000001") == pages_of("13900000002") == pages_of("13900000003")


def test_asking_for_a_code_costs_the_same_whoever_asks(hub: Any) -> None:
    User.objects.create(username="known", phone="13900000001", phone_verified=True)
    counts = []
    for phone in ("13900000001", "13900000003"):
        with CaptureQueriesContext(connection) as queries:
            ask_code(Client(), phone)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_closed_account_hears_the_sentence_of_a_wrong_code(visitor: Client) -> None:
    User.objects.create(username="closed", phone=PHONE, phone_verified=True, is_active=False)
    visitor.post("/en/login/", {"phone": PHONE})
    answer = visitor.post("/en/login/code/", {"code": code_in_outbox()})
    assert (answer.status_code, WRONG in answer.content.decode(), who(visitor)) == (200, True, None)


def test_the_session_is_a_new_one_after_signing_in(visitor: Client) -> None:
    ask_code(visitor)
    before = visitor.session.session_key
    visitor.post("/login/code/", {"code": code_in_outbox()})
    after = visitor.session.session_key
    assert before
    assert after
    assert before != after
    planted = Client()
    planted.cookies["sessionid"] = before
    assert who(planted) is None


def test_the_code_stands_nowhere_in_the_session(visitor: Client) -> None:
    ask_code(visitor)
    assert code_in_outbox() not in str(dict(visitor.session.items()))


def test_the_message_is_of_a_secret_kind_and_blank_once_it_has_gone(visitor: Client, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ask_code(visitor)
    message = Message.objects.get()
    assert (message.kind in SECRET_KINDS, message.state, message.text, message.phone) == (True, "sent", "", PHONE)


def test_two_first_sign_ins_at_once_make_one_account(hub: Any) -> None:
    first = actions.open_account(hub=hub, phone=PHONE)
    second = actions.open_account(hub=hub, phone=PHONE)
    assert first.pk == second.pk


def test_who_is_signed_in_already_is_led_on(visitor: Client) -> None:
    sign_in_by_code(visitor)
    assert visitor.get("/login/")["Location"] == "/me/"
    assert visitor.get("/login/?next=/rooms/")["Location"] == "/rooms/"
    assert visitor.get("/login/?next=//evil.example")["Location"] == "/me/"
    assert visitor.get("/login/code/")["Location"] == "/login/"


def test_codes_are_six_digits_by_chance() -> None:
    codes = {gateway.new_code() for _each in range(50)}
    assert {len(code) for code in codes} == {6}
    assert len(codes) > 40
