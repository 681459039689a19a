"""The price list as a file: out as it stands, in row by row; a price is added or put right by its service and the date it begins."""

import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from import_export.formats.base_formats import CSV, XLSX
from tablib import Dataset

from bookings.orders.models import Service, ServicePrice
from bookings.orders.permissions import user_can_keep_services
from bookings.orders.states import Units
from hub.audit.actions import write_line
from hub.core import clock
from hub.core.money import fen_from_yuan, yuan_text
from hub.core.spreadsheets import BYTE_ORDER_MARK
from hub.hubs.models import Hub
from hub.people.importing import cells
from hub.people.importing.files import FILE_ROW, Column
from hub.people.importing.resource import HubResource, refused
from hub.people.importing.viewset import ImportViewSet

MOST_YUAN = 10_000
UNIT_WORDS = {
    "": Units.TIME, "次": Units.TIME, "每次": Units.TIME, "小时": Units.HOUR, "每小时": Units.HOUR, "件": Units.PIECE, "每件": Units.PIECE, "间": Units.ROOM,
    "每间": Units.ROOM, **{unit.value: unit for unit in Units},
}  # fmt: skip
UNITS_OUT = {Units.TIME: "次", Units.HOUR: "小时", Units.PIECE: "件", Units.ROOM: "间"}


def yuan_cell(cell: Any, label: str) -> int:
    """20, 20.5, 20元 as whole fen."""
    said = unicodedata.normalize("NFKC", cells.text(cell, 20, label)).removesuffix("元").strip()
    try:
        fen = fen_from_yuan(Decimal(said))
        if not 0 <= fen <= MOST_YUAN * 100:
            raise ValueError
    except (InvalidOperation, ValueError, OverflowError):
        raise ValidationError(_("%(column)s is no amount from 0 to %(most)s yuan.") % {"column": label, "most": MOST_YUAN}) from None
    return fen


class PriceResource(HubResource):
    """Prices by service and date. What an order was made at never changes with them."""

    name = "service_prices"
    title = gettext_lazy("Prices of the services from a list")
    columns = (
        Column("service", gettext_lazy("service"), ("服务", "服务名称", "项目", "name"), "家政保洁", is_required=True),
        Column("valid_from", gettext_lazy("valid from"), ("生效日期", "自", "开始日期"), "2027-01-01", is_required=True),
        Column("price", gettext_lazy("price, in yuan"), ("价格", "单价", "价格元"), "30", is_required=True),
        Column("unit", gettext_lazy("for one"), ("单位", "计价单位"), "次"),
        Column("call_out", gettext_lazy("call-out fee, in yuan"), ("上门费", "上门费元"), "0"),
    )

    class Meta(HubResource.Meta):
        model = ServicePrice
        fields = ("fen",)

    def __init__(self, hub: Hub, by: Any = None, *, is_look: bool = False) -> None:
        super().__init__(hub, by, is_look=is_look)
        self.read: dict[str, Any] = {}
        self.met: dict[tuple[int, date], int] = {}

    def get_bulk_update_fields(self) -> list[str]:
        return ["fen", "unit", "call_out_fen"]

    def init_instance(self, row: Any = None) -> ServicePrice:
        return ServicePrice()

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        services = list(Service.objects.at(self.hub))
        self.services = {service.name_zh: service for service in services} | {service.slug: service for service in services}
        self.known = {(price.service_id, price.valid_from): price for price in ServicePrice.objects.filter(service__hub=self.hub)}

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        complaints: list[str] = []
        self.read = {}
        for name, read in (("service", self._service), ("valid_from", self._day), ("fen", self._fen), ("unit", self._unit), ("call_out_fen", self._call_out)):
            try:
                self.read[name] = read(row)
            except ValidationError as error:
                complaints.extend(error.messages)
        if complaints:
            raise refused(*complaints)
        key = (self.read["service"].pk, self.read["valid_from"])
        if earlier := self.met.get(key):
            raise refused(_("The same service and date stand in row %(row)s.") % {"row": earlier})
        self.met[key] = row[FILE_ROW]

    def match(self, row: dict[str, Any]) -> ServicePrice | None:
        return self.known.get((self.read["service"].pk, self.read["valid_from"]))

    def import_instance(self, instance: ServicePrice, row: Any, **kwargs: Any) -> None:
        before = (instance.fen, instance.unit, instance.call_out_fen) if instance.pk else None
        for name, value in self.read.items():
            setattr(instance, name, value)
        self.is_changed = before != (instance.fen, instance.unit, instance.call_out_fen)

    def audit(self, totals: dict[str, int], digest: str) -> None:
        write_line(hub_id=self.hub.pk, actor=self.by, verb="import", subject="orders.serviceprice", changes={**totals, "file_sha256": digest})

    def _service(self, row: Any) -> Service:
        said = cells.text(row["service"], 60, self.labels["service"])
        if said not in self.services:
            raise refused(_("There is no service called %(name)s here. Please add it first, or correct the name.") % {"name": said})
        return self.services[said]

    def _day(self, row: Any) -> date:
        found = cells.day(row["valid_from"], self.labels["valid_from"])
        if found is None:
            raise refused(_("From when? Please write the date on which the price begins."))
        return found

    def _fen(self, row: Any) -> int:
        return yuan_cell(row["price"], self.labels["price"])

    def _unit(self, row: Any) -> str:
        said = cells.text(row["unit"], 20, self.labels["unit"])
        if said not in UNIT_WORDS:
            raise refused(_("This unit is not known. Please write 次, 小时, 件 or 间."))
        return UNIT_WORDS[said]

    def _call_out(self, row: Any) -> int:
        return yuan_cell(row["call_out"] if row["call_out"] != "" else 0, self.labels["call_out"])


def price_table(hub: Hub) -> Dataset:
    """The price list under the headings the import reads."""
    table = Dataset(headers=[column.headers[0] for column in PriceResource.columns])
    for price in ServicePrice.objects.filter(service__hub=hub).select_related("service").order_by("service__sort_order", "service_id", "valid_from"):
        cells_out = [price.service.name_zh, price.valid_from.isoformat(), yuan_text(price.fen), UNITS_OUT[Units(price.unit)], yuan_text(price.call_out_fen)]
        table.append([f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell for cell in cells_out])
    return table


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The price list as xlsx or csv; what goes out comes in again."""
    if not user_can_keep_services(request.user):
        raise Http404
    table, is_csv = price_table(request.hub), request.GET.get("kind") == "csv"  # type: ignore[attr-defined]  # set by HubMiddleware
    body = BYTE_ORDER_MARK + str(CSV().export_data(table)) if is_csv else bytes(XLSX().export_data(table))
    kind = "text/csv; charset=utf-8" if is_csv else "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    name = f"prices-{clock.today():%Y%m%d}.{'csv' if is_csv else 'xlsx'}"
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


class PriceImport(ImportViewSet):
    """The price list from a file."""

    resource = PriceResource
    question = staticmethod(user_can_keep_services)
    back = "service:index"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("export/", export, name="export")]
