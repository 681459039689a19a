"""Readers' pages: what everybody sees, what the slip says, and nothing of an open edition."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from hub.closings.models import Closing
from hub.core.joins import my_things
from mutualaid.woodpecker import actions
from mutualaid.woodpecker.models import Report, Sender
from tests.cast import user_with
from tests.factories.people import ResidentFactory, UserFactory
from tests.factories.swapshop import a_photo
from tests.factories.woodpecker import an_award, closed, edition, error_of, report, valid

pytestmark = pytest.mark.django_db
TYPED = {"page": "2", "title": "春风进社区", "wrong": "坐谈会", "name": "赵晓云", "phone": "13800005001", "printed": "masked", "token": "a-token-of-the-page-1"}


def sent(paper: Any, client: Client | None = None, **given: Any) -> Any:
    return (client or Client()).post("/woodpecker/report/", {**TYPED, "edition": paper.key, "step": "send", **given})


def test_a_reader_looks_it_over_and_gets_a_slip(hub: Any) -> None:
    paper = edition(hub)
    report(paper)
    looked = Client().post("/woodpecker/report/", {**TYPED, "edition": paper.key, "step": "check"})
    assert (looked.status_code, [row.title for row in looked.context["similar"]], Report.objects.count()) == (200, ["春风进社区"], 1)
    answer = sent(paper, photo=a_photo())
    made = Report.objects.latest("pk")
    assert (answer.url, made.sender.photo.size > 0, answer.status_code) == (made.url, True, 302)
    slip = Client().get(made.url)
    assert (slip.status_code, slip.context["standing"].value, "no-store" in slip["Cache-Control"]) == (200, "waiting", True)
    assert sent(paper, photo=a_photo()).url == made.url


@pytest.mark.parametrize(
    ("given", "is_found"),
    [
        ({}, True),
        ({"page": ""}, True),
        ({"title": ""}, True),
        ({"wrong": "坐"}, False),
        ({"wrong": ""}, False),
        ({"wrong": "完全别的话", "title": "另一篇", "page": "4"}, False),
        ({"page": "two"}, False),
        ({"wrong": "x" * 501}, False),
        ({"edition": "nothing"}, False),
        ({"edition": ""}, False),
    ],
)
def test_while_one_types_the_page_asks_for_what_is_alike(hub: Any, given: dict[str, str], is_found: bool) -> None:
    paper = edition(hub)
    report(paper)
    typed = {"edition": paper.key, "page": "2", "title": "春风进社区", "wrong": "坐谈会", **given}
    answer = Client().post("/woodpecker/report/", typed, headers={"x-part": "alike"})
    assert (answer.status_code, "春风进社区" in answer.content.decode(), Report.objects.count()) == (200, is_found, 1)
    assert bool(answer.content) == is_found


BAD = [
    ({"page": "99"}, ["page"]),
    ({"page": "two"}, ["page"]),
    ({"page": ""}, ["page"]),
    ({"title": ""}, ["title"]),
    ({"title": "题" * 61}, ["title"]),
    ({"wrong": " "}, ["wrong"]),
    ({"wrong": "x" * 501}, ["wrong"]),
    ({"name": ""}, ["name"]),
    ({"phone": "123"}, ["phone"]),
    ({"printed": "loud"}, ["printed"]),
    ({"edition": "nothing"}, ["edition"]),
    ({"edition": ""}, ["edition"]),
    ({"page": "", "title": "", "phone": ""}, ["page", "title", "phone"]),
]


@pytest.mark.parametrize("step", ["check", "send"])
@pytest.mark.parametrize(("given", "fields"), BAD)
def test_bad_input_is_said_at_its_field_and_what_was_typed_stays(hub: Any, given: dict[str, str], fields: list[str], step: str) -> None:
    paper = edition(hub)
    answer = sent(paper, step=step, **given)
    form = answer.context["form"]
    assert (answer.status_code, sorted(form.errors), Report.objects.count()) == (422, sorted(fields), 0)
    assert form["right"].value() is None or form["title"].value() == given.get("title", TYPED["title"])


def test_too_late_names_the_edition_that_runs_and_keeps_what_was_typed(hub: Any) -> None:
    old, new = edition(hub, ago=30, days=20), edition(hub)
    answer = sent(old)
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors), new.title_zh in str(form.errors["edition"]), form["wrong"].value()) == (422, ["edition"], True, "坐谈会")


def test_without_a_running_edition_the_page_says_so(hub: Any) -> None:
    edition(hub, ago=30, days=20)
    assert "woodpecker/no_edition.html" in [row.name for row in Client().get("/woodpecker/report/").templates]


def test_another_hubs_edition_and_slip_are_not_there(hub: Any, second_hub: Any) -> None:
    paper = edition(second_hub)
    made = report(paper)
    edition(hub)
    assert [Client().get(url).status_code for url in (paper.url, made.url, f"{paper.url}pdf/")] == [404] * 3
    assert sent(paper).status_code == 422


def test_nothing_of_an_open_edition_is_shown_and_a_closed_one_shows_it_all(hub: Any) -> None:
    paper = edition(hub)
    valid(report(paper, wrong="秘密的错字"))
    pages = ("/woodpecker/", paper.url, "/woodpecker/standings/")
    assert [b"\xe7\xa7\x98\xe5\xaf\x86" in Client().get(page).content for page in pages] == [False] * 3
    assert [Client().get(f"{paper.url}{page}/").status_code for page in ("print", "text", "pdf")] == [404, 404, 200]
    done = closed(hub)
    text = Client().get(f"{done.url}text/")
    assert (text["Content-Type"], "最佳啄木鸟" in text.content.decode(), "读**" in text.content.decode()) == ("text/plain; charset=utf-8", True, True)


def test_an_edition_opened_again_says_so_and_shows_what_was_published(hub: Any) -> None:
    paper = closed(hub)
    actions.reopen_edition(edition=paper, reason="漏看一条", by=user_with("director", hub))
    page = Client().get(paper.url).content.decode()
    assert ("漏看一条" in page, "最佳啄木鸟" in page, Closing.objects.standing().count()) == (True, True, 0)


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        (lambda row, by: None, "waiting"),
        (lambda row, by: error_of(row, by=by), "waiting"),
        (lambda row, by: actions.decide(error=error_of(row, by=by), verdict="invalid", reason_code="style", is_settled=False, by=by), "waiting"),
        (lambda row, by: actions.decide(error=error_of(row, by=by), verdict="invalid", reason_code="style", by=by), "no_error"),
        (lambda row, by: valid(row, by=by), "credited"),
        (lambda row, by: valid(report(row.edition, at=row.edition.window.opens_at), row, by=by), "thanked"),
        (lambda row, by: actions.judge_report(report=row, reason_code="spam", by=by), "no_error"),
    ],
)
def test_the_slip_says_how_the_report_stands(hub: Any, what: Any, expected: str) -> None:
    row = report(edition(hub))
    what(row, user_with("reviewer", hub))
    assert Client().get(row.url).context["standing"].value == expected


def test_lists_ask_the_same_number_of_statements_with_one_row_and_three(hub: Any, django_assert_num_queries: Any) -> None:
    person = ResidentFactory(hub=hub, user=UserFactory())
    paper = edition(hub)
    things = my_things["woodpecker.report"]
    for many in (1, 2):
        for page in range(many):
            report(paper, person=person, page=page + 1)
        with django_assert_num_queries(1):
            rows = list(things.rows(person.user, hub))
            assert [row.edition.newspaper.name_zh for row in rows] == ["社区晨报"] * len(rows)
    for readers in (1, 3):
        paper = closed(hub, readers=readers)
        with django_assert_num_queries(9):
            Client().get(paper.url)


def test_by_number_and_phone_a_report_is_found(hub: Any) -> None:
    made = report(edition(hub))
    answer = Client().post("/find/", {"reference": made.reference, "phone": made.sender.contact_phone})
    assert answer.url == made.url


def test_one_prints_ones_own_certificate_and_others_check_it(hub: Any) -> None:
    award, person = an_award(hub), ResidentFactory(hub=hub, user=UserFactory())
    Sender.objects.filter(reader=award.reader).update(contact_name="赵晓云")
    award.reader.resident, award.reader.phone = person, ""
    award.reader.save()
    mine, other = Client(), Client()
    mine.force_login(person.user)
    other.force_login(UserFactory())
    paper = f"{award.url}paper/"
    assert [client.get(paper).status_code for client in (mine, other, Client())] == [200, 404, 302]
    checked = Client().get(award.url)
    assert (checked.status_code, checked.context["stands"], Client().get("/woodpecker/certificate/XXXX/").status_code) == (200, True, 404)


def test_winners_by_year_come_from_closed_editions_and_lists(hub: Any) -> None:
    paper = closed(hub)
    page = Client().get(f"/woodpecker/standings/?year={paper.issued_on.year}")
    assert [prize for prize, _rows in page.context["prizes"]] == ["最佳啄木鸟", "优秀啄木鸟"]
    assert [Client().get(f"/woodpecker/standings/?year={year}").status_code for year in ("1999", "x", "99999")] == [404] * 3


def test_the_board_changes_with_the_deadline(hub: Any) -> None:
    paper = edition(hub)
    assert Client().get("/woodpecker/").context["running"] == [paper]
    with time_machine.travel(paper.window.closes_at + timedelta(seconds=1)):
        board = Client().get("/woodpecker/").context
        assert (board["running"], board["judging"]) == ([], [paper])
