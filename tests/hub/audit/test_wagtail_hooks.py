"""The list of lines: for the director and the administrator, read only."""

from typing import Any

import pytest

from hub.audit.actions import write_line
from hub.audit.models import Line
from hub.people.states import Roles
from tests.cast import user_with

pytestmark = pytest.mark.django_db
LIST = "/admin/audit/"


def write(hub: Any, verb: str = "reveal_id", **more: Any) -> Line:
    write_line(**{"hub_id": hub.pk, "verb": verb, "subject": "people.resident", "ref": "12", "changes": {"id": None}, **more})
    return Line.objects.order_by("-id")[0]


@pytest.mark.parametrize("role", Roles.values)
def test_the_director_and_the_administrator_read_lines(as_role: Any, hub: Any, role: str) -> None:
    line, client = write(hub), as_role(role)
    answers = {client.get(f"{LIST}{path}").status_code for path in ("", f"inspect/{line.pk}/")}
    assert {200 if answer == 200 else 404 for answer in answers} == {200 if role in {Roles.DIRECTOR, Roles.ADMIN} else 404}


@pytest.mark.parametrize("verb", ["new/", "edit/{pk}/", "delete/{pk}/"])
def test_nobody_changes_a_line(as_role: Any, hub: Any, verb: str) -> None:
    line = write(hub)
    for method in ("get", "post"):
        assert getattr(as_role("admin"), method)(LIST + verb.format(pk=line.pk), {"reason": "x"}).status_code == 404
    assert Line.objects.get(pk=line.pk).reason == ""


def test_another_hubs_line_is_absent(as_role: Any, second_hub: Any) -> None:
    line, client = write(second_hub, reason="only_there"), as_role("director")
    assert client.get(f"{LIST}inspect/{line.pk}/").status_code == 404
    assert "only_there" not in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("who=xidajie-clerk", ["by_clerk"]),
        ("who=Clerk", ["by_clerk"]),
        ("verb=cancel", ["by_nobody"]),
        ("subject_label=resident", ["by_clerk", "by_nobody"]),
        ("subject_ref=99", ["elsewhere"]),
        ("at_from=2026-11-28&at_to=2026-11-28&subject_label=people", ["by_clerk", "by_nobody"]),
        ("at_from=2026-11-29&subject_label=people", []),
    ],
)
def test_lines_are_found_by_who_what_and_when(as_role: Any, hub: Any, frozen: Any, query: str, found: list[str]) -> None:
    client, clerk = as_role("director"), user_with("clerk", hub)
    write(hub, reason="by_clerk", actor=clerk)
    write(hub, verb="cancel", reason="by_nobody")
    write(hub, reason="elsewhere", subject="rooms.booking", ref="99")
    page = client.get(f"{LIST}?{query}").content.decode()
    assert [reason for reason in ("by_clerk", "by_nobody", "elsewhere") if reason in page] == found
