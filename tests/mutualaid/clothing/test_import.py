"""The stock as a file: looked at, written, and given out again. (The kept file goes by the real clock, so nothing is frozen here.)"""

import io
from typing import Any

import pytest
from django.urls import reverse
from tablib import Dataset

from mutualaid.clothing.models import Garment, Movement
from tests.factories.clothing import garment
from tests.mutualaid.clothing.test_stock import faults

pytestmark = pytest.mark.django_db
HEAD = "品类,适合,尺码,季节,成色,件数,货架\n"


def upload(client: Any, rows: str, *, confirm: bool = True, head: str = HEAD) -> Any:
    file = io.BytesIO((head + rows).encode())
    file.name = "stock.csv"
    page = client.post(reverse("stock_import:index"), {"file": file})
    token = (getattr(page, "context_data", None) or {}).get("token")
    return client.post(reverse("stock_import:confirm"), {"token": token}) if confirm and token else page


def test_a_stock_list_is_looked_at_then_written_and_given_out_again(hub: Any, as_role: Any) -> None:
    row, clerk = garment(hub, piece_count=5, shelf="A1"), as_role("clerk")
    rows = "外套,女,L,冬,九成新,3,\n鞋,男,４２码,四季,完好,2件,D1\n帽子,男女,均码,冬,,4,E1\n"
    page = upload(clerk, rows, confirm=False)
    assert (page.context_data["outcome"].new, page.context_data["outcome"].changed, Garment.objects.count()) == (2, 1, 1)
    upload(clerk, rows)
    assert list(Garment.objects.order_by("id").values_list("size", "piece_count", "shelf")) == [("L", 3, "A1"), ("42", 2, "D1"), ("one", 4, "E1")]
    assert list(Movement.objects.filter(garment=row).order_by("id").values_list("kind", "change")) == [("in", 5), ("correction", -2)]
    assert (faults(), upload(clerk, rows, confirm=False).context_data["outcome"].unchanged) == ([], 3)
    body = clerk.get(reverse("stock_import:export"), {"kind": "csv"}).content.decode("utf-8-sig")
    assert (
        upload(clerk, "".join(body.splitlines(keepends=True)[1:]), confirm=False, head=body.splitlines(keepends=True)[0]).context_data["outcome"].unchanged == 3
    )
    assert len(Dataset().load(clerk.get(reverse("stock_import:export")).content, format="xlsx")) == 3
    assert clerk.get(reverse("stock_import:sample")).status_code == 200


@pytest.mark.parametrize(
    "row",
    [
        "飞船,女,L,冬,完好,3,", "外套,猫,L,冬,完好,3,", "外套,女,38,冬,完好,3,", "外套,女,,冬,完好,3,", "外套,女,L,雨季,完好,3,", "外套,女,L,冬,破,3,",
        "外套,女,L,冬,完好,-1,", "外套,女,L,冬,完好,很多,", "外套,女,L,冬,完好,501,", "外套,女,L,冬,完好,1.5,", "外套,女,L,冬,完好,,",
        "保暖内衣,女,L,冬,完好,3,",
        "外套,女,L,冬,完好,3," + "B" * 21, "外套,女,L,冬,完好,1,\n外套,女,L,冬,完好,2,", ",女,L,冬,完好,3,", "外套,女,L,冬,完好," + "9" * 400 + ",",
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_named_and_nothing_is_written(hub: Any, as_role: Any, row: str) -> None:
    page = upload(as_role("clerk"), row + "\n")
    assert (page.status_code, len(page.context_data["outcome"].problems), Garment.objects.count()) == (200, 1, 0)
