"""Staff's buttons, the desk, the list of earlier winners, and what the review page says is left."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tablib import Dataset

from hub.audit.models import Line
from hub.core import clock
from hub.core.joins import Caller, desk_cards, desk_tasks, figures, review_parts
from hub.core.wording import date_words
from hub.people.importing.files import FILE_ROW
from mutualaid.woodpecker import actions
from mutualaid.woodpecker.models import Award, CanonicalError, Edition, Handover, PastWinner, Report, Score
from mutualaid.woodpecker.past_import import PastWinnerResource
from tests.cast import user_with
from tests.factories.people import ResidentFactory
from tests.factories.woodpecker import PDF, a_panel, an_award, closed, credit_of, edition, error_of, finished, kind, newspaper, report, valid

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def taken(paper: Any, **given: Any) -> dict[str, Any]:
    """A paper form, received an hour ago."""
    at = clock.local(clock.now() - timedelta(hours=1))
    return {
        "edition": paper.key, "page": "2", "title": "春风进社区", "wrong": "坐谈会", "way": "paper", "day": f"{at:%Y-%m-%d}", "at_time": f"{at:%H:%M}",
        "name": "赵晓云", "phone": "13800005001", "token": "token-of-the-paper-1", **given,
    }  # fmt: skip


def test_paper_is_typed_with_when_it_was_received(hub: Any, as_role: As, frozen: Any) -> None:
    answer = as_role("clerk").post("/admin/woodpecker_report/take/", taken(edition(hub)))
    made = Report.objects.get()
    assert (answer.status_code, made.way, made.received_at, made.sender.taken_by.username) == (302, "paper", clock.now() - timedelta(hours=1), "xidajie-clerk")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"page": "99"}, "page"), ({"page": "x"}, "page"), ({"title": " "}, "title"), ({"wrong": ""}, "wrong"), ({"name": ""}, "name"),
        ({"phone": "1"}, "phone"), ({"day": "2026-13-01"}, "day"), ({"day": "2026-12-24"}, "__all__"), ({"day": "2026-01-01"}, "edition"),
        ({"at_time": "25:00"}, "at_time"), ({"way": "web"}, "way"), ({"edition": "x"}, "edition"),
    ],
)  # fmt: skip
def test_bad_input_at_the_counter_is_said_at_its_field(hub: Any, as_role: As, frozen: Any, given: dict[str, str], field: str) -> None:
    answer = as_role("clerk").post("/admin/woodpecker_report/take/", taken(edition(hub), **given))
    assert (list(answer.context["form"].errors), Report.objects.count()) == ([field], 0)


def test_a_reviewer_walks_an_edition_by_buttons(hub: Any, as_role: As) -> None:
    client, paper = as_role("reviewer"), edition(hub, panel=(user_with("reviewer", hub),))
    one, two = report(paper), report(paper)
    sort = f"/admin/woodpecker_edition/sort/{paper.pk}/"
    client.post(sort, {"reports": [one.pk], "where": "new", "page": "2", "title": "文章", "what": "错字"})
    error = CanonicalError.objects.get()
    stale = f"{error.pk}-{error.version}"
    client.post(sort, {"reports": [two.pk], "where": stale})
    assert error.groupings.count() == 2
    late = client.post(sort, {"reports": [report(paper).pk], "where": stale})
    assert (late.status_code, list(late.context["form"].errors), error.groupings.count()) == (422, ["where"], 2)
    error.refresh_from_db()
    answers = {"verdict": "valid", "kind": kind(hub).pk, "reason_code": "", "reply": "", "is_settled": "on", "version": error.version}
    client.post(f"/admin/woodpecker_error/decide/{error.pk}/", answers)
    score = f"/admin/woodpecker_edition/score/{paper.pk}/"
    assert [client.post(score, {"credit": credit_of(error).pk, "points": points}).status_code for points in ("11", "x", "7")] == [422, 422, 302]
    assert (Score.objects.get().points, client.get(score).context["entry"]) == (7, None)
    client.post(f"/admin/woodpecker_report/judge/{one.pk}/", {"reason_code": "spam", "reply": ""})
    assert credit_of(error).report == two
    client.post(f"/admin/woodpecker_report/unjudge/{one.pk}/")
    client.post(f"/admin/woodpecker_report/ungroup/{one.pk}/")
    client.post(f"/admin/woodpecker_error/open-again/{error.pk}/")
    error.refresh_from_db()
    assert (credit_of(error).report, error.status) == (two, "open")


def test_names_are_nowhere_a_reviewer_looks(hub: Any, as_role: As) -> None:
    paper = edition(hub, panel=a_panel(hub))
    row = report(paper, person=ResidentFactory(hub=hub, name="欧阳晓云"))
    valid(row)
    client = as_role("reviewer")
    pages = ["/admin/woodpecker_report/", f"/admin/woodpecker_report/inspect/{row.pk}/", f"/admin/woodpecker_edition/score/{paper.pk}/"]
    pages += [f"/admin/woodpecker_edition/{page}/{paper.pk}/" for page in ("sort", "desk", "ranks")]
    assert [("欧" in client.get(page).content.decode(), client.get(page).status_code) for page in pages] == [(False, 200)] * 6
    shown = as_role("clerk").post(f"/admin/woodpecker_report/whose/{row.pk}/")
    assert ("欧阳晓云" in shown.content.decode(), Line.objects.filter(verb="look_who").count()) == (True, 1)


def test_a_winners_full_name_is_shown_to_a_press_and_kept(hub: Any, as_role: As) -> None:
    paper = finished(hub)
    as_role("director").post(f"/admin/woodpecker_edition/give/{paper.pk}/")
    as_role("reviewer").post(f"/admin/woodpecker_edition/close/{paper.pk}/")
    award = Award.objects.filter(prize__rank=1).get()
    Award.objects.filter(pk=award.pk).update(name="欧**", full_name="欧阳晓云")
    client, certificate = as_role("clerk"), f"/woodpecker/certificate/{award.grouped_number}"
    looked = ("/admin/woodpecker_award/", f"/admin/woodpecker_award/inspect/{award.pk}/", f"/admin/woodpecker_award/hand-over/{award.pk}/")
    pressed = (f"/admin/woodpecker_award/whose/{award.pk}/", "/admin/woodpecker_award/register/", f"{certificate}/paper/")
    assert [page for page in (*looked, *pressed, f"{certificate}/") if "欧阳" in client.get(page).content.decode()] == []
    assert Line.objects.filter(verb__startswith="look_").count() == 0
    assert [page for page in pressed if "欧阳晓云" not in client.post(page).content.decode()] == []
    assert list(Line.objects.filter(verb__startswith="look_").order_by("pk").values_list("verb", flat=True)) == ["look_winner", "look_register", "look_winner"]


def test_the_director_awards_the_reviewer_closes_the_clerk_hands_over(hub: Any, as_role: As) -> None:
    paper = finished(hub)
    as_role("director").post(f"/admin/woodpecker_edition/give/{paper.pk}/")
    as_role("reviewer").post(f"/admin/woodpecker_edition/close/{paper.pk}/")
    award = Award.objects.get(prize__rank=1)
    hand = f"/admin/woodpecker_award/hand-over/{award.pk}/"
    refused = as_role("clerk").post(hand, {"receipt": "witnessed", "witness": ""})
    assert list(refused.context["form"].errors) == ["witness"]
    as_role("clerk").post(hand, {"receipt": "witnessed", "witness": "孙敏"})
    assert (Handover.objects.get().witness, as_role("clerk").get("/admin/woodpecker_award/register/?unclaimed=1").context["rows"].count()) == ("孙敏", 2)
    as_role("director").post(f"/admin/woodpecker_edition/reopen/{paper.pk}/", {"reason": "漏看一条"})
    assert "漏看一条" in as_role("reviewer").get(f"/admin/woodpecker_edition/desk/{paper.pk}/").content.decode()


def new_edition(hub: Any, **given: Any) -> dict[str, Any]:
    day = clock.today()
    return {
        "newspaper": newspaper(hub).pk, "number": "7", "title_zh": "2026年12月版", "title_en": "", "issued_on": day, "deadline_on": day + timedelta(days=20),
        "pages_count": "8", "credit": "first", "light_most": "5", "budget_fen": "100", **given,
    }  # fmt: skip


def test_a_new_edition_begins_with_prizes_and_the_panel_is_of_this_hub(hub: Any, second_hub: Any, as_role: As) -> None:
    stranger = user_with("reviewer", second_hub)
    client = as_role("editor")
    refused = client.post("/admin/woodpecker_edition/new/", new_edition(hub, reviewers=[stranger.pk]))
    assert (list(refused.context["form"].errors), Edition.objects.count()) == (["reviewers"], 0)
    client.post("/admin/woodpecker_edition/new/", new_edition(hub, reviewers=[user_with("reviewer", hub).pk], pdf=SimpleUploadedFile("a.pdf", PDF)))
    made = Edition.objects.get()
    assert (made.budget_fen, [row.name_zh for row in made.prizes.all()], made.pdf.size) == (10_000, ["最佳啄木鸟", "优秀啄木鸟"], len(PDF))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"deadline_on": "2020-01-01"}, "__all__"), ({"number": "-1"}, "number"), ({"pages_count": "0"}, "__all__"), ({"budget_fen": "1e9"}, "budget_fen"),
        ({"credit": "nobody"}, "credit"), ({"pdf": SimpleUploadedFile("a.pdf", b"no pdf")}, "pdf"), ({"pdf": SimpleUploadedFile("a.docx", b"x")}, "pdf"),
        ({"title_zh": ""}, "title_zh"),
    ],
)  # fmt: skip
def test_an_edition_that_cannot_be_is_refused(hub: Any, as_role: As, given: dict[str, Any], field: str) -> None:
    answer = as_role("editor").post("/admin/woodpecker_edition/new/", new_edition(hub, **given))
    assert (list(answer.context["form"].errors), Edition.objects.count()) == ([field], 0)


def test_how_errors_are_credited_stays_once_one_is_and_given_prizes_stay(hub: Any, as_role: As) -> None:
    award = an_award(hub)
    paper, client = award.edition, as_role("editor")
    facts = new_edition(hub, number=paper.number, credit="shared", title_zh=paper.title_zh)
    answer = client.post(f"/admin/woodpecker_edition/edit/{paper.pk}/", facts)
    assert "credit" in answer.context["form"].errors
    prize = {"edition": paper.pk, "rank": "1", "name_zh": "别的", "places_count": "1", "cash_fen": "100"}
    assert client.post(f"/admin/woodpecker_prize/edit/{award.prize_id}/", prize).context["form"].errors


# --- desk, review, figures --------------------------------------------------------------------------------------------
def test_the_desk_writes_a_callers_report_down_and_shows_what_is_like_it(hub: Any) -> None:
    paper, by = edition(hub), user_with("operator", hub)
    report(paper)
    person = ResidentFactory(hub=hub, phone="13800007777")
    caller = Caller(person, person.name, "13800007777", "phone")
    task = desk_tasks["woodpecker"]
    form = task.form(hub, caller, {"edition": paper.key, "page": "2", "title": "春风进社区", "wrong": "坐谈会", "whom": str(person.pk)}, None)
    assert (form.is_valid(), form.errors) == (True, {})
    look = task.preview(hub, caller, form.cleaned_data)
    done, again = (task.act(hub, caller, form.cleaned_data, by, "token-of-the-call-1") for _tap in range(2))
    made = Report.objects.get(reference=done.reference)
    assert (len(look.same), done, made.way, made.sender.for_person, made.sender.taken_by) == (1, again, "phone", person, by)
    assert [row.url for row in desk_cards["woodpecker"].rows(hub, caller, by)] == [done.url]


def test_the_review_page_says_what_is_left_in_order(hub: Any) -> None:
    reviewer = user_with("reviewer", hub)
    paper = edition(hub, panel=(reviewer,), ago=40, days=20)
    late = [report(paper, at=paper.window.opens_at, page=n) for n in (1, 2, 3)]
    valid(late[0])
    error_of(late[1])
    parts = review_parts["woodpecker"], review_parts["woodpecker.prizes"]
    steps = [[(step.left, bool(step.waits)) for step in part.steps(hub, clock.today().replace(day=1), reviewer)] for part in parts]
    assert steps == [[(1, False), (1, False), (1, True)], [(1, True), (1, True)]]
    done = closed(hub)
    found = [step.left for step in parts[1].steps(hub, done.deadline_on.replace(day=1), reviewer)]
    assert found[-2:] == [0, 3]


def test_figures_count_what_their_lists_show(hub: Any, as_role: As) -> None:
    paper = closed(hub)
    day = clock.today()
    start, end = clock.day_bounds(day - timedelta(days=60))[0], clock.day_bounds(day)[1]
    client = as_role("director")
    for name, expected in (("reports", 3), ("errors", 3), ("unclaimed", 3)):
        figure = figures[f"woodpecker.{name}"]
        rows = client.get(figure.url(day - timedelta(days=60), day)).context["object_list"]
        assert (name, figure.count(hub, start, end), len(rows)) == (name, expected, expected)
    assert paper.awards.count() == 3


@pytest.mark.parametrize(
    ("screen", "statements"),
    [("woodpecker_report", 15), ("woodpecker_error", 16), ("woodpecker_award", 15), ("woodpecker_edition", 16), ("woodpecker_prize", 15)],
)
def test_lists_ask_as_much_for_three_rows_as_for_one(hub: Any, as_role: As, screen: str, statements: int, django_assert_num_queries: Any) -> None:
    client = as_role("director")
    client.get(f"/admin/{screen}/")
    for readers in (1, 3):
        closed(hub, readers=readers)
        with django_assert_num_queries(statements):
            assert client.get(f"/admin/{screen}/").status_code == 200


# --- earlier winners ------------------------------------------------------------------------------------------------
def imported(hub: Any, *rows: tuple[str, ...]) -> Any:
    """As the staff's import does, on all rows at once."""
    table = Dataset(headers=[*(column.name for column in PastWinnerResource.columns), FILE_ROW])
    for number, row in enumerate(rows, 2):
        table.append([*row, number])
    return PastWinnerResource(hub, user_with("editor", hub)).import_data(table, dry_run=False, raise_errors=False)


def test_earlier_winners_come_in_masked_once(hub: Any) -> None:
    rows = [("2025", "2025年10月版", "优秀啄木鸟", "张桂兰", ""), ("2025年", "2025年10月版", "最佳啄木鸟", "王建国", "是")]
    for _again in range(2):
        imported(hub, *rows)
    assert sorted(PastWinner.objects.values_list("name", flat=True)) == ["张**", "王建国"]


@pytest.mark.parametrize(
    "row",
    [
        ("", "2025年10月版", "奖", "张三", ""), ("3025", "2025年10月版", "奖", "张三", ""), ("2025", "", "奖", "张三", ""), ("2025", "版", "", "张三", ""),
        ("2025", "版", "奖", "", ""), ("2025", "版", "奖", "张三", "也许"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_refused(hub: Any, row: tuple[str, ...]) -> None:
    result = imported(hub, row)
    assert (len(result.invalid_rows), PastWinner.objects.count()) == (1, 0)


def test_actions_are_written_down_without_names(hub: Any) -> None:
    closed(hub)
    lines = Line.objects.filter(subject_label__startswith="woodpecker")
    assert {"report_error", "make_error", "decide", "score", "award", "credit"} <= set(lines.values_list("verb", flat=True))
    assert [line for line in lines if "读者" in str(line.changes)] == []
    assert actions.forget_names() == 0


def test_a_day_to_come_stands_in_a_staff_list_as_a_day(as_role: Any, hub: Any) -> None:
    paper = edition(hub)
    page = as_role("reviewer").get("/admin/woodpecker_edition/").content.decode()
    assert f"<td>{date_words(paper.deadline_on)}</td>" in page
