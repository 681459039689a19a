"""The director opens a colleague's account, and helps somebody who lost the telephone."""

import re

import pytest
from django.urls import reverse

from hub.audit.models import Line
from hub.people.models import Role, User
from hub.people.signin.gateway import SecondFactor
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
FACTS = {"name": "王芳", "username": "wangfang", "role": "clerk"}


def test_the_answer_shows_the_password_once_and_it_works(as_role, hub, client):
    director = as_role("director")
    page = director.post(reverse("staff:open_account"), FACTS).content.decode()
    password = re.search(r"\w{4}(-\w{4}){4}", page).group()

    made = User.objects.get(username="wangfang")
    assert made.check_password(password)
    assert (made.name, made.is_superuser, made.is_staff) == ("王芳", False, False)
    assert list(Role.objects.filter(user=made).values_list("role", "hub")) == [("clerk", hub.pk)]
    assert list(Line.objects.filter(verb="open_account").values_list("subject_ref", flat=True)) == [str(made.pk)]
    assert password not in director.get(reverse("staff:open_account")).content.decode()
    assert password not in str(list(Line.objects.values_list("changes", "reason", "subject_ref")))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"username": "taken"}, "有人用了"),
        ({"username": "a b"}, "用户名用字母和数字"),
        ({"username": ""}, "要填"),
        ({"name": ""}, "要填"),
        ({"role": "superuser"}, "选择一个有效的选项"),
        ({"username": "x" * 31}, "30"),
        ({"username": "a\0b"}, ""),
    ],
)
def test_what_cannot_be_an_account_is_said_and_kept(as_role, change, words):
    UserFactory(username="taken")
    director = as_role("director")
    before = User.objects.count(), Role.objects.count()
    answer = director.post(reverse("staff:open_account"), {**FACTS, **change})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert change.get("name", FACTS["name"]) in page
    assert (User.objects.count(), Role.objects.count()) == before


@pytest.fixture
def colleague(hub):
    """A clerk with an app."""
    user = UserFactory(username="with-app", name="李敏")
    role = Role.objects.create(user=user, hub=hub, role="clerk")
    SecondFactor.objects.create(user=user, type="totp", data={"secret": "x"})
    return role


def test_a_second_step_is_forgotten_with_a_reason(as_role, colleague):
    director = as_role("director")
    address = reverse("staff:forget_second_step", args=[colleague.pk])
    assert address in director.get(reverse("staff:index")).content.decode()
    assert "要填" in director.post(address, {"reason": ""}).content.decode()
    assert SecondFactor.objects.filter(user=colleague.user).count() == 1
    assert director.post(address, {"reason": "手机丢了，本人来的"}).status_code == 302
    assert SecondFactor.objects.filter(user=colleague.user).count() == 0
    assert Line.objects.get(verb="reset_totp").reason == "手机丢了，本人来的"


@pytest.mark.parametrize("role", ["clerk", "editor", "operator", "reviewer"])
def test_nobody_else_opens_accounts_or_forgets_a_step(as_role, colleague, role):
    somebody = as_role(role)
    for address in (reverse("staff:open_account"), reverse("staff:forget_second_step", args=[colleague.pk])):
        assert somebody.post(address, {**FACTS, "reason": "x"}).status_code in {302, 403, 404}
    assert not User.objects.filter(username="wangfang").exists()
    assert SecondFactor.objects.filter(user=colleague.user).count() == 1


def test_nobody_forgets_their_own_and_none_of_another_hub(as_role, hub, second_hub, colleague):
    director = as_role("director")
    own = Role.objects.get(hub=hub, role="director", user_id=director.session["_auth_user_id"])
    assert director.post(reverse("staff:forget_second_step", args=[own.pk]), {"reason": "x"}).status_code == 404
    elsewhere = as_role("director", at=second_hub)
    assert elsewhere.post(reverse("staff:forget_second_step", args=[colleague.pk]), {"reason": "x"}).status_code == 404
