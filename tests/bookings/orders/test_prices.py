"""The price list as a file: looked at, written, and given out again. (The kept file goes by the real clock, so nothing is frozen here.)"""

import io
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from tablib import Dataset

from bookings.orders.models import ServicePrice
from hub.audit.models import Line
from tests.factories.orders import MONDAY, ServiceFactory, a_price

pytestmark = pytest.mark.django_db


def upload(client: Any, rows: str, *, confirm: bool = True) -> Any:
    file = io.BytesIO(("服务,生效日期,价格,单位,上门费\n" + rows).encode())
    file.name = "prices.csv"
    page = client.post(reverse("price_import:index"), {"file": file})
    token = (getattr(page, "context_data", None) or {}).get("token")
    return client.post(reverse("price_import:confirm"), {"token": token}) if confirm and token else page


def test_a_price_list_is_looked_at_then_written(hub: Any, as_role: Any) -> None:
    service, clerk = ServiceFactory(hub=hub, name_zh="管道疏通"), as_role("clerk")
    rows = "管道疏通,2026-01-01,35.50,次,5\n管道疏通,2027-01-01,４０元,小时,\n"
    page = upload(clerk, rows, confirm=False)
    assert (page.context_data["outcome"].new, page.context_data["outcome"].changed, ServicePrice.objects.get().fen) == (1, 1, 3000)
    upload(clerk, rows)
    assert list(service.prices.values_list("valid_from", "fen", "unit", "call_out_fen")) == [
        (date(2026, 1, 1), 3550, "time", 500),
        (date(2027, 1, 1), 4000, "hour", 0),
    ]
    assert Line.objects.get(verb="import").subject_label == "orders.serviceprice"
    assert upload(clerk, rows, confirm=False).context_data["outcome"].unchanged == 2


@pytest.mark.parametrize(
    "row", ["没有的,2027-01-01,1,次,", "管道疏通,昨天,1,次,", "管道疏通,,1,次,", "管道疏通,2027-01-01,-1,次,", "管道疏通,2027-01-01,1.234,次,",
            "管道疏通,2027-01-01,1e9,次,", "管道疏通,2027-01-01,NaN,次,", "管道疏通,2027-01-01,,次,", "管道疏通,2027-01-01,1,斤,", "管道疏通,2027-01-01,1,次,x"]
)  # fmt: skip
def test_a_row_that_cannot_be_taken_is_named_and_nothing_is_written(hub: Any, as_role: Any, row: str) -> None:
    ServiceFactory(hub=hub, name_zh="管道疏通")
    page = upload(as_role("clerk"), f"管道疏通,2028-01-01,1,次,\n{row}\n", confirm=False)
    assert [problem.row for problem in page.context_data["outcome"].problems] == [3]
    assert ServicePrice.objects.count() == 1


def test_another_hubs_service_is_none_of_the_lists(hub: Any, second_hub: Any, as_role: Any) -> None:
    theirs = ServiceFactory(hub=second_hub, name_zh="别家的")
    upload(as_role("clerk"), "别家的,2026-01-01,1,次,\n")
    assert theirs.prices.get().fen == 3000


def test_what_goes_out_comes_in_again(hub: Any, second_hub: Any, as_role: Any) -> None:
    a_price(ServiceFactory(hub=hub, name_zh="管道疏通"), 4050, valid_from=MONDAY, unit="hour", call_out_fen=500)
    ServiceFactory(hub=second_hub)
    clerk = as_role("clerk")
    body = clerk.get(reverse("price_import:export"), {"kind": "csv"}).content.decode("utf-8-sig")
    assert body.splitlines()[1:] == ["管道疏通,2026-01-01,30,次,0", "管道疏通,2026-11-30,40.50,小时,5"]
    assert upload(clerk, "\n".join(body.splitlines()[1:]), confirm=False).context_data["outcome"].unchanged == 2
    assert len(Dataset().load(clerk.get(reverse("price_import:export")).content, format="xlsx")) == 2


@pytest.mark.parametrize("role", ["operator", "editor", "admin"])
def test_others_neither_import_nor_export_prices(as_role: Any, role: str) -> None:
    client = as_role(role)
    assert (client.get(reverse("price_import:index")).status_code, client.get(reverse("price_import:export")).status_code) == (404, 404)
