"""Walks every address of the site as one person and tells where the answer is not what the table says."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from unittest import mock
from urllib.parse import quote
from zlib import crc32

from django.db import connection
from django.http import HttpResponseNotFound
from django.template.backends.django import Template as DjangoTemplate
from django.test import Client
from django.utils.translation import get_language
from django.views.defaults import ERROR_404_TEMPLATE_NAME, page_not_found
from wagtail.users.models import UserProfile

from hub.people.models import User
from hub.people.signin.tokens import issue_token
from tests.cast import user_with
from tests.permissions.table import AT_A_DESK, LOOK, RESIDENT, STRANGER, VISITOR, Rule, action_of, rules_of
from tests.permissions.things import Address, addresses, fill, fill_with_nothing

# Tables a GET may write to, each with its reason. Nothing else may change.
KEPT_BESIDE = {
    "django_session": "the session's own row",
    "django_content_type": "a kind of row is numbered when it is first met",
    "wagtailadmin_editingsession": "Wagtail notes who has a page open, so that two do not overwrite each other",
    "wagtailcore_pagesubscription": "Wagtail notes that an editor has not yet chosen to be told of comments",
    "wagtailusers_userprofile": "Wagtail's settings of an account, made when it first enters",
    "cms_hubrendition": "a smaller copy of a picture, made when it is first shown",
    "people_apitoken": "when a token was last used, once an hour",
}
# Screens that answer 404 to everybody until something more is given than an address holds.
NEEDS_MORE = {
    "/admin/api/main/^pages/find/": "a question",
    "/admin/api/main/^images/find/": "a question",
    "/admin/api/main/^documents/find/": "a question",
    "/admin/api/main/^pages/<int:pk>/action/<str:action_name>/": "a post",
    "/admin/bulk/<str:app_label>/<str:model_name>/<str:action>/": "chosen rows",
    "/admin/block-preview/": "a block",
    "/payments/pretend/<str:session_id>/": "the demo's gateway",
    "/admin/pages/<int:page_id>/convert_alias/": "a page that is an alias",
    "/admin/images/<int:image_id>/generate_url/": "a setting that is off",
    "/admin/images/<int:image_id>/generate_url/output/": "a setting that is off",
}
# The same for every hub on purpose.
OF_ALL_HUBS = {
    "/media/<path:name>": "a picture in the size a page shows it; in production the web server gives it out and asks nobody",
    "/admin/special_days/confirm/<int:year>/": "a year is no row",
    "/admin/hoursentry/close-month/<str:month>/": "a month is no row",
    "/admin/vanguard_rating/month/<str:period>/": "a month is no row",
    "/admin/vanguard_rating/close/<str:period>/": "a month is no row",
    "/admin/vanguard_rating/strike/<str:period>/": "a month is no row",
    "/admin/pages/create/<slug:app_label>/<slug:model_name>": "a kind of page",
    "/admin/pages/usage/<slug:content_type_app_name>/<slug:content_type_model_name>/": "a kind of page",
    "/admin/pages/usage/<slug:content_type_app_name>/<slug:content_type_model_name>/results/": "a kind of page",
    "/admin/tag-autocomplete/<slug:app_name>/<slug:model_name>/": "a kind of tag",
    "/admin/images/multiple/create_from_uploaded_image/<int:uploaded_file_id>/": "no upload is under way",
}
TRIES = {"is_superuser": "1", "is_staff": "1", "is_active": "1", "groups": "1", "user_permissions": "1"}  # goes along with every post
TOKENS = re.compile(rb'(csrfmiddlewaretoken|csrf|csrfToken)("?[^"\w]{1,12})[\w-]{20,}')


class NotFound:
    """The house's page for what is not there, and Wagtail's, drawn once for each person and part of the house: it took a quarter of the walk. A view that says
    404 in words of its own is still seen to do so."""

    def __init__(self) -> None:
        self.drawn: dict[tuple[Any, str, str], bytes] = {}

    def __call__(self, request: Any, exception: Exception, template_name: str = ERROR_404_TEMPLATE_NAME) -> HttpResponseNotFound:
        key = (request.user.pk, request.path.split("/")[1], f"{get_language()} {template_name}")
        if key not in self.drawn:
            self.drawn[key] = without_path(page_not_found(request, exception, template_name).content, request.path)
        return HttpResponseNotFound(self.drawn[key])


def without_path(body: bytes, path: str) -> bytes:
    """A page says where one is, which tells nothing."""
    for said in (path, path.removeprefix("/en"), quote(path, safe=""), quote(path.removeprefix("/en"), safe="")):
        body = body.replace(said.encode(), b"")
    return body


def draws(name: str, address: Address, rule: Rule) -> bool:
    """Whether it falls to this person to see the page of an address drawn. Each page is drawn once, by one of those who may open it: drawing it for all of them
    took two thirds of the walk, and who may and what is written is settled before a template is. The lot falls evenly, and the same way in every run."""
    may = sorted(rule.who)
    return may[crc32(address.template.encode()) % len(may)] == name


@contextmanager
def not_drawn() -> Iterator[None]:
    """A page is answered, its template is not."""
    with mock.patch.object(DjangoTemplate, "render", return_value="<p>-</p>"):
        yield


@dataclass(frozen=True)
class Answer:
    """What somebody sees from outside: two answers that are equal tell nothing apart."""

    status: int
    leads_to: str
    length: int

    def __str__(self) -> str:
        return f"{self.status}{' to ' + self.leads_to if self.leads_to else ''} ({self.length * 50} bytes)"


class Browser(Client):
    """Django's test client without its copies of every template's context, which take a third of the time."""

    def request(self, **request: Any) -> Any:
        response = self.handler(self._base_environ(**request))
        self.cookies.update(response.cookies)
        return response


@dataclass
class Person:
    """Somebody in the walk, with a browser and, for the programme interface, a token."""

    name: str
    client: Client
    headers: dict[str, str]

    @classmethod
    def of(cls, name: str, ours: SimpleNamespace, theirs: SimpleNamespace, **settings: Any) -> "Person":
        client = Browser(headers={"host": ours.hub.site.hostname}, **settings)
        if name == VISITOR:
            return cls(name, client, {})
        at = theirs.hub if name == STRANGER else ours.hub
        user = ours.account if name == RESIDENT else user_with("director" if name == STRANGER else name, at)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        UserProfile.objects.get_or_create(user=user)  # Wagtail's settings of an account, which it looks for at each of its screens
        return cls(name, client, {"authorization": f"Bearer {issue_token(user=user, hub=at)}"})

    def ask(self, path: str, method: str = "get") -> Any:
        headers = self.headers if path.startswith("/api/") else None
        return getattr(self.client, method)(path, data=TRIES if method == "post" else None, headers=headers)


class Walk:
    """One person's way past every address; `violations` says in words what is not as the table has it."""

    def __init__(self, person: Person, ours: SimpleNamespace, theirs: SimpleNamespace) -> None:
        self.person, self.ours, self.theirs = person, ours, theirs
        self.violations: list[str] = []
        self.refusals: dict[str, Answer] = {}

    def run(self, only: str = "/") -> list[str]:
        """Every address that begins with `only`."""
        for start in ("/", "/admin/"):
            self.person.ask(start)  # a first visit makes what is made once: the session, Wagtail's settings of an account
        before = privileges()
        for address in addresses():
            if address.template.startswith(only):
                self.visit(address)
        if privileges() != before:
            self.complain("a post", "somebody has become more than they were")
        return self.violations

    def complain(self, where: object, what: str) -> None:
        self.violations.append(f"{self.person.name} at {where}: {what}")

    def visit(self, address: Address) -> None:
        """One pattern with its own, the other hub's and an absent row."""
        rules = rules_of(address.template)
        if len(rules) != 1:
            self.complain(address, f"{len(rules)} rows of the table speak about it, not one")
            return
        try:
            own = fill(address, self.ours)
            other = fill(address, self.theirs)
        except LookupError as missing:
            self.complain(address, str(missing))
            return
        absent = fill_with_nothing(address)
        if self.person.name in rules[0].who:
            self.visit_allowed(address, rules[0], own, other, absent)
        else:
            self.visit_forbidden(address, rules[0], own, other, absent)

    def visit_allowed(self, address: Address, rule: Rule, own: str, other: str, absent: str) -> None:
        with nullcontext() if draws(self.person.name, address, rule) else not_drawn():
            answer = self.get(own)
        self.person.client.cookies.pop("messages", None)  # what a page that was not drawn would have said
        if answer.status != 405 and not (answer.status == 404 and address.template in NEEDS_MORE) and not is_welcome(answer):
            self.complain(own, f"may, but is answered {answer}")
        if other == own or absent == own or address.template in OF_ALL_HUBS:
            return
        method = "post" if answer.status == 405 else "get"
        theirs, nobodys = self.quietly(other, method), self.quietly(absent, method)
        if theirs != nobodys:
            self.complain(other, f"the other hub's row is answered {theirs}, an absent one {nobodys}")

    def visit_forbidden(self, address: Address, rule: Rule, own: str, other: str, absent: str) -> None:
        # What is nobody's, and the whole admin for who has no desk, is closed before any row or method is looked at: once is enough.
        is_shut = not rule.who or (address.template.startswith("/admin/") and self.person.name not in AT_A_DESK)
        for path in dict.fromkeys((own,) if is_shut else (own, other)):
            self.expect_no(address, path, "get", self.get(path))
        if not is_shut and action_of(address.template) != LOOK:
            self.expect_no(address, own, "post", self.quietly(own, "post"))

    def expect_no(self, address: Address, path: str, method: str, answer: Answer) -> None:
        """The door for who is signed out; for the others what an absent address answers."""
        if answer.status == 405:
            if method == "get":
                self.expect_no(address, path, "post", self.quietly(path, "post"))
        elif not self.turns_away(path, answer):
            self.complain(path, f"may not, but a {method} is answered {answer}, not {self.refusal(path)}")

    def turns_away(self, path: str, answer: Answer) -> bool:
        """Whether the answer tells no more than that of an absent address does."""
        if self.person.name == VISITOR and (is_door(answer) or answer.status == 404):
            return True
        asks_for_token = path.startswith("/api/") and answer.status == 401
        return asks_for_token or answer == self.refusal(path)

    def refusal(self, path: str) -> Answer:
        """What this person is answered at an address that does not exist, in the same part of the house; asked once."""
        start = next(start for start in ("/admin/", "/en/", "/") if path.startswith(start))
        if start not in self.refusals:
            self.refusals[start] = self.ask(f"{start}no-such-address/", "get")
        return self.refusals[start]

    # --- asking
    def get(self, path: str) -> Answer:
        """A GET changes nothing but what KEPT_BESIDE names."""
        with watched() as written:
            answer = self.ask(path, "get")
        if written:
            self.complain(path, f"a GET writes to {', '.join(sorted(written))}")
        if answer.status >= 500:
            self.complain(path, f"breaks with {answer.status}")
        return answer

    def quietly(self, path: str, method: str) -> Answer:
        """Asked by somebody who may not, or for a row that is not there: nothing changes either."""
        with watched() as written:
            answer = self.ask(path, method)
        if written:
            self.complain(path, f"a {method} that is refused writes to {', '.join(sorted(written))}")
        return answer

    def ask(self, path: str, method: str) -> Answer:
        response = self.person.ask(path, method)
        leads_to = response.get("Location", "").split("?")[0] if 300 <= response.status_code < 400 else ""
        body = b"" if response.streaming else TOKENS.sub(rb"\1\2", without_path(response.content, path))
        return Answer(response.status_code, re.sub(r"\d+", "#", leads_to), len(body) // 50)


def is_welcome(answer: Answer) -> bool:
    """Shown, or led further inside."""
    return answer.status == 200 or (answer.status == 302 and not answer.leads_to.endswith("/login/")) or is_door(answer)


def is_door(answer: Answer) -> bool:
    return answer.status == 302 and answer.leads_to in {"/login/", "/en/login/", "/admin/login/"}


def privileges() -> list[tuple[Any, ...]]:
    """What an account may be by itself: nobody gains any of it by a form."""
    rows = User.objects.order_by("pk").values_list("pk", "is_superuser", "is_staff", "is_active", "groups", "user_permissions", "roles__role")
    return list(rows.order_by("pk", "groups", "roles__role"))


@contextmanager
def watched() -> Iterator[set[str]]:
    """Collects the tables that are written to, those of KEPT_BESIDE apart; SQLite's own count of changed rows must agree."""
    written: set[str] = set()
    seen = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITE.match(sql)
        if found:
            seen.append(found[1])
        return execute(sql, params, many, context)

    before = connection.connection.total_changes
    with connection.execute_wrapper(note):
        yield written
    if connection.connection.total_changes != before:
        written |= set(seen) - KEPT_BESIDE.keys() if seen else {"a table unseen"}


WRITE = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
