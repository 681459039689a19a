"""Username and password, and the other ways to the same door."""

from typing import Any

import pytest
from django.test import Client

from hub.audit.models import Line
from hub.people.actions.roles import deactivate_user, revoke_role
from hub.people.models import Role, User
from hub.people.signin.forms import CodeForm, IsThisYouForm, NumberForm, PasswordForm, SecondStepForm
from tests.cast import user_with
from tests.hub.people.signin.conftest import PASSWORD, give_password, who
from tests.hub.people.signin.test_rules import EVIL

pytestmark = pytest.mark.django_db


def test_staff_come_out_in_the_admin(clerk: User, visitor: Client) -> None:
    answer = give_password(visitor)
    assert (answer.status_code, answer["Location"], who(visitor)) == (302, "/admin/", str(clerk.pk))
    assert [line.verb for line in Line.objects.filter(actor=clerk)] == ["sign_in"]


def test_residents_of_the_demo_come_out_on_their_own_page(hub: Any, visitor: Client) -> None:
    User.objects.create_user(username="resident", password="resident")
    answer = give_password(visitor, "resident", "resident")
    assert answer["Location"] == "/me/"
    assert Line.objects.filter(verb="sign_in").count() == 0


@pytest.mark.parametrize("typed", ["lin", " lin ", "ｌｉｎ"])
def test_a_username_is_read_as_people_type_it(clerk: User, visitor: Client, typed: str) -> None:
    give_password(visitor, typed)
    assert who(visitor) == str(clerk.pk)


def test_wrong_name_wrong_password_and_closed_account_hear_one_sentence(clerk: User, hub: Any) -> None:
    closed = user_with("editor", hub, "closed")
    closed.set_password(PASSWORD)
    closed.is_active = False
    closed.save()
    answers = [give_password(Client(), *each) for each in [("nobody", PASSWORD), ("lin", "wrong"), ("closed", PASSWORD), ("closed", "wrong")]]
    assert {answer.status_code for answer in answers} == {200}
    assert len({str(answer.context["form"].non_field_errors()) for answer in answers}) == 1


BAD: list[tuple[str, Any, Any]] = [
    ("nothing", "", ""),
    ("no password", "lin", ""),
    ("a megabyte of name", "l" * 1_000_000, PASSWORD),
    ("a megabyte of password", "lin", "p" * 1_000_000),
    ("a nul", "lin\x00", PASSWORD),
    ("a nul in the password", "lin", "a\x00b"),
    ("an array", ["lin", "other"], PASSWORD),
    ("sql", "lin' OR '1'='1", PASSWORD),
    ("a phone", "13800001234", PASSWORD),
    ("replaced half characters", "li\ufffd", PASSWORD),
]


@pytest.mark.parametrize(("username", "password"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input_is_answered_by_a_sentence(clerk: User, visitor: Client, username: Any, password: Any) -> None:
    answer = give_password(visitor, username, password)
    assert (answer.status_code, bool(answer.context["form"].errors), who(visitor)) == (200, True, None)


def test_half_a_character_is_refused_by_the_forms_themselves() -> None:
    half = "\ud800"
    forms = [NumberForm({"phone": half}), CodeForm({"code": half}), PasswordForm({"username": half, "password": half}), SecondStepForm({"code": half})]
    assert [form.is_valid() for form in [*forms, IsThisYouForm({"birth_on": half, "id_tail": half})]] == [False] * 5


@pytest.mark.parametrize("wanted", [wanted for wanted in EVIL if wanted.isascii()])
def test_nobody_is_led_off_the_site(clerk: User, wanted: str) -> None:
    assert give_password(Client(), next=wanted)["Location"] == "/admin/"
    by_address = Client().post("/login/", {"username": "lin", "password": PASSWORD}, query_params={"password": "1", "next": wanted})
    assert by_address["Location"] == "/admin/"


def test_the_wanted_page_comes_after_signing_in(clerk: User, visitor: Client) -> None:
    assert give_password(visitor, next="/admin/pages/?x=1&y=%E5%AE%B6")["Location"] == "/admin/pages/?x=1&y=%E5%AE%B6"


def test_the_session_is_a_new_one_after_signing_in(clerk: User, visitor: Client) -> None:
    session = visitor.session
    session["planted"] = True
    session.save()
    visitor.cookies["sessionid"] = before = session.session_key
    give_password(visitor)
    assert visitor.session.session_key != before
    planted = Client()
    planted.cookies["sessionid"] = before
    assert who(planted) is None


def test_signing_in_again_as_somebody_else_leaves_nothing_of_the_first(clerk: User, hub: Any, visitor: Client) -> None:
    other = user_with("editor", hub, "mei")
    other.set_password(PASSWORD)
    other.save()
    give_password(visitor)
    first = visitor.session.session_key
    session = visitor.session
    session["of_the_first"] = 1
    session.save()
    give_password(visitor, "mei")
    assert (who(visitor), "of_the_first" in visitor.session, visitor.session.session_key == first) == (str(other.pk), False, False)


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/admin/login/", "/login/?password=1&next=%2Fadmin%2F"),
        ("/admin/login/?next=/admin/pages/", "/login/?password=1&next=%2Fadmin%2Fpages%2F"),
        ("/admin/login/?next=//evil.example", "/login/?password=1&next=%2Fadmin%2F"),
        ("/_util/login/?next=/a/", "/login/?password=1&next=%2Fa%2F"),
        ("/en/_util/login/?next=/en/a/", "/en/login/?password=1&next=%2Fen%2Fa%2F"),
    ],
)
def test_there_is_one_door(hub: Any, visitor: Client, path: str, leads_to: str) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, answer["Location"]) == (302, leads_to)


@pytest.mark.parametrize("path", ["/admin/login/", "/_util/login/"])
def test_nothing_can_be_posted_to_another_door(clerk: User, visitor: Client, path: str) -> None:
    assert visitor.post(path, {"username": "lin", "password": PASSWORD}).status_code == 405
    assert who(visitor) is None


def test_the_admin_leads_to_the_door_and_back(clerk: User, visitor: Client) -> None:
    at_the_door = visitor.get("/admin/pages/", follow=True)
    assert at_the_door.redirect_chain[-1][0] == "/login/?password=1&next=%2Fadmin%2Fpages%2F"
    assert 'name="next" value="/admin/pages/"' in at_the_door.content.decode()


def test_who_is_signed_in_does_not_meet_the_door_again(clerk: User, hub: Any, visitor: Client) -> None:
    give_password(visitor)
    assert visitor.get("/admin/login/?next=/admin/account/")["Location"] == "/admin/account/"
    volunteer = Client()
    volunteer.force_login(user_with("volunteer", hub), backend="django.contrib.auth.backends.ModelBackend")
    assert volunteer.get("/admin/", follow=True).status_code == 404


@pytest.mark.parametrize(("path", "home"), [("/logout/", "/"), ("/en/logout/", "/en/"), ("/admin/logout/", "/")])
def test_signing_out_is_a_post_and_clears_what_the_browser_kept(clerk: User, visitor: Client, path: str, home: str) -> None:
    give_password(visitor)
    assert visitor.get(path).status_code == 405
    assert who(visitor) == str(clerk.pk)
    out = visitor.post(path)
    assert (out["Location"], out["Clear-Site-Data"], who(visitor)) == (home, '"cache", "storage"', None)


def test_signing_out_needs_the_forms_token(clerk: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert strict.post("/logout/").status_code == 403
    assert who(strict) == str(clerk.pk)


def test_a_closed_account_is_out_at_the_next_request(clerk: User, hub: Any, visitor: Client) -> None:
    give_password(visitor)
    deactivate_user(user=clerk, hub=hub, by=None, reason="left")
    assert visitor.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/login/?password=1")


def test_without_the_role_the_admin_is_not_there_at_the_next_request(clerk: User, visitor: Client) -> None:
    give_password(visitor)
    revoke_role(role=Role.objects.get(user=clerk))
    assert visitor.get("/admin/").status_code == 404


def test_a_new_password_ends_the_other_sessions(clerk: User, visitor: Client) -> None:
    give_password(visitor)
    clerk.set_password("another-one-entirely")
    clerk.save()
    assert visitor.get("/admin/")["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("path", ["/login/", "/en/login/", "/login/?password=1", "/login/?view=elder"])
def test_the_pages_are_never_kept_and_refer_to_nobody_outside(hub: Any, visitor: Client, path: str) -> None:
    page = visitor.get(path, follow=True)
    assert (page.status_code, "no-store" in page["Cache-Control"]) == (200, True)
    assert "<script>" not in page.content.decode()
    assert "style=" not in page.content.decode()


@pytest.mark.parametrize("path", ["/login/", "/login/?password=1"])
def test_looking_at_the_door_writes_nothing(hub: Any, visitor: Client, path: str) -> None:
    visitor.get(path)
    assert "sessionid" not in visitor.cookies
