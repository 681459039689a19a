"""Lists from the street office."""

import io
import os
import time
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from hub.audit.models import Line
from hub.core.spreadsheets import safe_cell
from hub.hubs.models import Hub
from hub.people.exporting import export_residents, residents_table
from hub.people.importing import files, flow, vault
from hub.people.models import ContactPhone, Resident
from hub.people.resident_import import ResidentResource, import_residents
from tests.cast import user_with
from tests.factories.people import BORN, EntitlementFactory, ResidentFactory, id_number
from tests.factories.places import BuildingFactory

pytestmark = pytest.mark.django_db
HEADINGS = ["姓名", "手机", "身份证号", "出生日期", "楼栋", "门牌号", "备注"]
ONE, TWO = id_number(), id_number(serial=2)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.IMPORTS_DIR = tmp_path / "imports"


def xlsx(*rows: list[Any], headings: list[str] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in [HEADINGS if headings is None else headings, *rows]:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_of(*rows: list[str], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    return "\r\n".join(delimiter.join(row) for row in [HEADINGS, *rows]).encode(encoding)


def row(name: str = "张桂兰", phone: Any = "13800001234", number: Any = ONE, born: Any = "", building: str = "", door: str = "", note: str = "") -> list[Any]:
    return [name, phone, number, born, building, door, note]


def looked(hub: Hub, raw: bytes, filename: str = "list.xlsx") -> flow.Outcome:
    return flow.look(ResidentResource, hub=hub, by=None, raw=raw, filename=filename)


def problems(hub: Hub, *rows: list[Any]) -> list[tuple[int, int]]:
    return [(problem.row, len(problem.sentences)) for problem in looked(hub, xlsx(*rows)).problems]


# --- reading ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_however_it_was_saved(hub: Hub, encoding: str, delimiter: str) -> None:
    import_residents(hub, csv_of(row(name="𬭊·买买提"), encoding=encoding, delimiter=delimiter), filename="list.csv")
    assert [resident.name for resident in Resident.objects.all()] == ["𬭊·买买提"]


def test_xlsx_is_read_with_numbers_and_dates_as_cells(hub: Hub) -> None:
    building = BuildingFactory(hub=hub)
    import_residents(hub, xlsx(row(phone=13800001234, number="", born=datetime(1956, 3, 8), building=building.name_zh, door=301, note="听障")))
    resident = Resident.objects.get()
    assert (resident.birth_on, resident.building, resident.door, resident.flag_note, resident.initials, resident.hub) == (
        date(1956, 3, 8), building, "301", "听障", "zgl", hub,
    )  # fmt: skip
    assert [(phone.number, phone.is_first) for phone in resident.phones.all()] == [("13800001234", True)]


@pytest.mark.parametrize("typed", ["1956-03-08", "1956/3/8", "1956年3月8日", "19560308", "1956.3.8", "１９５６-０３-０８"])
def test_dates_are_read_as_people_write_them(hub: Hub, typed: str) -> None:
    import_residents(hub, xlsx(row(number="", born=typed)))
    assert Resident.objects.get().birth_on == BORN


def test_several_numbers_stand_in_one_cell(hub: Hub) -> None:
    import_residents(hub, xlsx(row(phone="13800001234、0371-66210001，138 0000 1235")))
    assert sorted(phone.number for phone in ContactPhone.objects.all()) == ["037166210001", "13800001234", "13800001235"]


@pytest.mark.parametrize(
    ("raw", "filename"),
    [
        (b"", "list.xlsx"),
        (b"\n\n", "list.csv"),
        (csv_of(), "list.csv"),
        (xlsx(headings=["a", "b"]), "list.xlsx"),
        (xlsx([], headings=[]), "list.xlsx"),
        (b"PK\x03\x04 broken", "list.xlsx"),
        (b"\xd0\xcf\x11\xe0 old excel", "list.xls"),
        (b"\x00\x01\x02", "list.csv"),
        (b"\xff\xff\xff\xff\xff", "list.csv"),
        ("电话\r\n13800001234".encode(), "list.csv"),
        (b"x" * (files.BIGGEST + 1), "list.csv"),
        ("姓名,电话\r\n".encode() + "张,13800001234\r\n".encode() * (files.MOST_ROWS + 1), "list.csv"),
    ],
    ids=[
        "empty", "blank", "headings only", "wrong headings", "nothing", "broken zip", "old excel", "binary", "no encoding", "no name", "too big",
        "too many rows",
    ],
)
def test_an_unusable_file_says_why(hub: Hub, raw: bytes, filename: str) -> None:
    with pytest.raises(files.FileRefused, match="."):
        looked(hub, raw, filename)


# --- rows ---


@pytest.mark.parametrize(
    "bad",
    [
        row(name=""),
        row(name="字" * 41),
        row(phone="123"),
        row(number=ONE[:17]),
        row(number=410105195603080012),
        row(number=4.10105195603080e17),
        row(number="4.10105E+17"),
        row(born="昨天"),
        row(born="2099-01-01"),
        row(born="1956-03-09"),
        row(building="没有的楼"),
        row(phone="", number=""),
        row(name="=1+1"),
        row(phone="=A1"),
        row(number='=HYPERLINK("http://x")'),
    ],
)
def test_a_bad_row_is_a_sentence_at_its_number(hub: Hub, bad: list[Any]) -> None:
    outcome = looked(hub, xlsx(row(number=TWO, phone="13900001111"), bad))
    assert ([problem.row for problem in outcome.problems], outcome.new) == ([3], 1)


def test_every_complaint_of_a_row_is_told_at_once(hub: Hub) -> None:
    assert problems(hub, row(name="", phone="12", number="12", born="x", building="y")) == [(2, 5)]


def test_a_number_that_lost_digits_says_so(hub: Hub) -> None:
    from django.utils.translation import override

    with override("en"):
        (problem,) = looked(hub, xlsx(row(number=410105195603080012))).problems
    assert problem.sentences == ["The ID number was saved as a number and has lost digits. Please set the column to text and type the number again."]


def test_looking_writes_nothing(hub: Hub) -> None:
    outcome = looked(hub, xlsx(row()))
    assert (outcome.new, Resident.objects.count(), ContactPhone.objects.count(), Line.objects.filter(verb="import").count()) == (1, 0, 0, 0)


# --- matching ---


def test_the_id_number_finds_the_person(hub: Hub) -> None:
    known = ResidentFactory(hub=hub, id_number=ONE)
    outcome = import_residents(hub, xlsx(row(phone="13900001111", note="听障")))
    known.refresh_from_db()
    assert (outcome.changed, known.flag_note, [phone.number for phone in known.phones.all()]) == (1, "听障", ["13900001111"])


def test_phone_and_name_find_the_person_and_the_id_is_added(hub: Hub) -> None:
    known = ResidentFactory(hub=hub, phone="13800001234")
    outcome = import_residents(hub, xlsx(row()))
    known.refresh_from_db()
    assert (outcome.changed, Resident.objects.count(), known.id_tail, known.birth_on) == (1, 1, ONE[-4:], BORN)


def test_the_same_phone_with_another_name_is_another_person(hub: Hub) -> None:
    ResidentFactory(hub=hub, phone="13800001234")
    assert import_residents(hub, xlsx(row(name="李秀英", number=""))).new == 1


def test_two_of_one_name_and_phone_are_an_error_never_a_merge(hub: Hub) -> None:
    for _person in range(2):
        ResidentFactory(hub=hub, phone="13800001234")
    assert (problems(hub, row(number="")), Resident.objects.count()) == ([(2, 1)], 2)


def test_an_id_number_under_another_name_is_an_error(hub: Hub) -> None:
    ResidentFactory(hub=hub, name="李秀英", id_number=ONE)
    assert problems(hub, row()) == [(2, 1)]


def test_name_and_phone_with_another_id_number_are_an_error(hub: Hub) -> None:
    ResidentFactory(hub=hub, phone="13800001234", id_number=TWO)
    assert problems(hub, row()) == [(2, 1)]


@pytest.mark.parametrize(
    ("second", "found"),
    [
        (row(), [(3, 1)]),
        (row(number=""), [(3, 1)]),
        (row(phone="13900001111"), [(3, 1)]),
        (row(number=TWO), []),
        (row(name="李秀英", number=TWO), []),
    ],
)
def test_the_same_person_twice_in_a_list_is_told(hub: Hub, second: list[Any], found: list[tuple[int, int]]) -> None:
    assert problems(hub, row(), second) == found


def test_residents_of_another_hub_and_erased_ones_are_never_matched(hub: Hub, second_hub: Hub) -> None:
    ResidentFactory(hub=second_hub, phone="13800001234", id_number=ONE)
    assert import_residents(hub, xlsx(row())).new == 1


def test_a_blank_cell_changes_nothing_and_a_second_time_nothing_changes(hub: Hub) -> None:
    import_residents(hub, xlsx(row(note="听障")))
    again = import_residents(hub, xlsx(row()))
    assert (again.new, again.changed, again.unchanged, Resident.objects.get().flag_note) == (0, 0, 1, "听障")


# --- taking it ---


def test_a_list_with_a_bad_row_is_refused_whole_or_taken_without_it(hub: Hub) -> None:
    raw = xlsx(row(), row(name="李秀英", number="1", phone=""))
    with pytest.raises(flow.HasProblems):
        import_residents(hub, raw)
    before = Resident.objects.count()
    outcome = import_residents(hub, raw, leave_out_problems=True)
    assert (before, outcome.new, len(outcome.problems), Resident.objects.count()) == (0, 1, 1, 1)


def test_one_line_tells_of_the_whole_list(hub: Hub) -> None:
    raw = xlsx(row())
    import_residents(hub, raw, user_with("clerk", hub))
    line = Line.objects.get(verb="import")
    assert (line.actor, line.changes) == (
        user_with("clerk", hub), {"new": 1, "changed": 0, "left_out": 0, "file_sha256": flow.digest_of(raw)},
    )  # fmt: skip


def test_rows_may_come_as_dicts(hub: Hub) -> None:
    assert import_residents(hub, [{"name": "张桂兰", "phone": "13800001234"}]).new == 1


# --- the pages ---


def uploaded(client: Any, raw: bytes, name: str = "list.xlsx") -> Any:
    return client.post("/admin/resident_import/", {"file": SimpleUploadedFile(name, raw)})


def test_upload_look_confirm(as_role: Any, hub: Hub) -> None:
    clerk = as_role("clerk")
    page = uploaded(clerk, xlsx(row()))
    (kept,) = vault.folder().iterdir()
    sealed = kept.read_bytes()
    done = clerk.post("/admin/resident_import/confirm/", {"token": page.context["token"]})
    assert (page.context["outcome"].new, b"PK" in sealed[:4], oct(kept.parent.stat().st_mode)[-3:]) == (1, False, "700")
    assert (done.status_code, Resident.objects.count(), list(vault.folder().iterdir())) == (302, 1, [])
    again = clerk.post("/admin/resident_import/confirm/", {"token": page.context["token"]})
    assert (again.status_code, Resident.objects.count()) == (302, 1)


def test_the_first_rows_are_shown_with_people_masked(as_role: Any, hub: Hub) -> None:
    more = (row(name="李明", phone=f"1390000{n:04d}", number="") for n in range(11))
    page = uploaded(as_role("clerk"), xlsx(row(name="张桂兰", phone="13900001111", number=ONE), *more))
    first, *others = page.context["outcome"].first_rows
    assert (first.number, first.verdict, first.cells[0], len(others)) == (2, "new", "张**", 9)
    said = page.content.decode()
    assert [text in said for text in ("张桂兰", "13900001111", ONE, "****1111", f"****{ONE[-4:]}")] == [False, False, False, True, True]
    assert said.count("<td>李*</td>") == 9


def test_cells_stand_there_as_people_read_them() -> None:
    column = files.Column("on", "day", ())  # type: ignore[arg-type]  # a label needs no translation here
    assert [column.shown_cell(cell) for cell in (datetime(2026, 3, 8), datetime(2026, 3, 8, 9, 30), 2024.0, 1.5, " a ", "")] == [
        "2026-03-08", "2026-03-08 09:30:00", "2024", "1.5", "a", "",
    ]  # fmt: skip
    assert [files.tail_alone("138"), files.tail_alone(""), files.stars("x"), files.stars("")] == ["****", "", "****", ""]


def test_a_list_with_bad_rows_is_shown_and_taken_without_them_on_request(as_role: Any, hub: Hub) -> None:
    clerk = as_role("clerk")
    page = uploaded(clerk, xlsx(row(), row(name="", phone="13900001111", number="")))
    token = page.context["token"]
    shown_again = clerk.post("/admin/resident_import/confirm/", {"token": token})
    before = Resident.objects.count()
    clerk.post("/admin/resident_import/confirm/", {"token": token, "leave_out_problems": "1"})
    assert (shown_again.status_code, before, Resident.objects.count()) == (200, 0, 1)


def test_cancelling_forgets_the_file(as_role: Any, hub: Hub) -> None:
    clerk = as_role("clerk")
    token = uploaded(clerk, xlsx(row())).context["token"]
    clerk.post("/admin/resident_import/cancel/", {"token": token})
    clerk.post("/admin/resident_import/confirm/", {"token": token})
    assert (list(vault.folder().iterdir()), Resident.objects.count()) == ([], 0)


def test_a_token_serves_nobody_else(as_role: Any, hub: Hub, second_hub: Hub) -> None:
    token = uploaded(as_role("clerk"), xlsx(row())).context["token"]
    tried = [
        client.post("/admin/resident_import/confirm/", {"token": sent}).status_code
        for client, sent in [(as_role("director"), token), (as_role("clerk", at=second_hub), token), (as_role("clerk"), token + "x"), (as_role("clerk"), "")]
    ]
    assert (tried, Resident.objects.count()) == ([404, 404, 404, 404], 0)


def test_an_unusable_file_is_an_error_at_the_field(as_role: Any, hub: Hub) -> None:
    page = uploaded(as_role("clerk"), b"PK\x03\x04 broken")
    assert (page.status_code, sorted(page.context["form"].errors), list(vault.folder().iterdir())) == (200, ["file"], [])


def test_a_file_waits_an_hour_and_no_longer() -> None:
    old, fresh = vault.keep(b"old"), vault.keep(b"fresh")
    past = time.time() - vault.AN_HOUR - 1
    os.utime(vault.folder() / old, (past, past))
    with pytest.raises(vault.IsGone):
        vault.open_kept(old)
    assert (vault.forget_old(), vault.forget_old(), vault.open_kept(fresh)) == (1, 0, b"fresh")


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a" * 32, "x"])
def test_a_name_of_no_file_opens_nothing(name: str) -> None:
    with pytest.raises(vault.IsGone):
        vault.open_kept(name)


def test_the_sample_file_has_the_headings_that_are_read(as_role: Any, hub: Hub) -> None:
    raw = as_role("clerk").get("/admin/resident_import/sample/").content
    assert len(files.read_table(raw, "sample.csv", ResidentResource.columns)) == 1


# --- the other way ---


@pytest.mark.parametrize(
    ("value", "safe"),
    [("=1+1", "'=1+1"), ("+86", "'+86"), ("-1", "'-1"), ("@x", "'@x"), ("\t=1", "'\t=1"), ("张**", "张**"), (None, ""), (1956, "1956")],
)
def test_no_cell_is_a_formula(value: Any, safe: str) -> None:
    assert safe_cell(value) == safe


def test_the_list_leaves_the_house_masked(hub: Hub, second_hub: Hub) -> None:
    resident = ResidentFactory(hub=hub, name="=张桂兰", phone="13800001234", id_number=ONE, birth_on=BORN, building=BuildingFactory(hub=hub))
    EntitlementFactory(resident=resident)
    ResidentFactory(hub=second_hub, name="李秀英")
    (only,) = residents_table(hub)
    assert only[:4] == ("'=**", "138****1234", "*" * 14 + ONE[-4:], "1956")


@pytest.mark.parametrize(("kind", "begins"), [("csv", "\ufeff".encode()), ("xlsx", b"PK")])
def test_an_export_is_a_line_with_its_reason(hub: Hub, kind: str, begins: bytes) -> None:
    ResidentFactory(hub=hub)
    raw = export_residents(hub=hub, by=user_with("director", hub), kind=kind, reason="年度统计")
    line = Line.objects.get(verb="export")
    assert (raw[: len(begins)], line.reason, line.changes) == (begins, "年度统计", {"kind": kind, "rows": 1})


def test_the_director_downloads_the_file(as_role: Any, hub: Hub) -> None:
    director = as_role("director")
    without = director.post("/admin/residents/export/", {"kind": "csv", "reason": ""})
    file = director.post("/admin/residents/export/", {"kind": "csv", "reason": "统计"})
    assert (without["Content-Type"].partition(";")[0], file["Content-Type"]) == ("text/html", "text/csv; charset=utf-8")
