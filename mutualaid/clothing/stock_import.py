"""The stock as a file: out as it stands, in row by row.

A list says how many lie there; the difference becomes a movement, so the same list twice changes nothing.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe
from import_export.formats.base_formats import CSV, XLSX
from tablib import Dataset

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.spreadsheets import BYTE_ORDER_MARK, safe_cell
from hub.hubs.models import Hub
from hub.people.importing import cells
from hub.people.importing.files import FILE_ROW, Column
from hub.people.importing.resource import HubResource, refused
from hub.people.importing.viewset import ImportViewSet
from mutualaid.clothing import rules
from mutualaid.clothing.actions.stock import STOCK
from mutualaid.clothing.models import Garment, Movement
from mutualaid.clothing.permissions import user_can_keep_stock
from mutualaid.clothing.states import Conditions, Fits, Kinds, Moves, Seasons

KINDS_OUT = {
    Kinds.COAT: "外套", Kinds.JUMPER: "毛衣", Kinds.SHIRT: "衬衫", Kinds.TROUSERS: "裤子", Kinds.DRESS: "裙子", Kinds.THERMAL: "保暖内衣",
    Kinds.UNIFORM: "校服", Kinds.SHOES: "鞋", Kinds.ACCESSORIES: "帽子围巾手套", Kinds.BEDDING: "被子毯子",
}  # fmt: skip
FITS_OUT = {Fits.WOMEN: "女", Fits.MEN: "男", Fits.ANYBODY: "男女", Fits.GIRLS: "女童", Fits.BOYS: "男童", Fits.CHILDREN: "儿童"}
SEASONS_OUT = {Seasons.WINTER: "冬", Seasons.BETWEEN: "春秋", Seasons.SUMMER: "夏", Seasons.ALL_YEAR: "四季"}
CONDITIONS_OUT = {Conditions.NEW: "全新", Conditions.LIKE_NEW: "九成新", Conditions.GOOD: "完好"}
SAID_OTHERWISE: dict[str, dict[str, Any]] = {
    "kind": {"大衣": Kinds.COAT, "羽绒服": Kinds.COAT, "棉衣": Kinds.COAT, "T恤": Kinds.SHIRT, "鞋子": Kinds.SHOES, "被子": Kinds.BEDDING,
             "毯子": Kinds.BEDDING, "帽子": Kinds.ACCESSORIES, "围巾": Kinds.ACCESSORIES, "手套": Kinds.ACCESSORIES},
    "fit": {"女款": Fits.WOMEN, "男款": Fits.MEN, "女装": Fits.WOMEN, "男装": Fits.MEN, "通用": Fits.ANYBODY, "均可": Fits.ANYBODY, "童": Fits.CHILDREN},
    "season": {"冬季": Seasons.WINTER, "夏季": Seasons.SUMMER, "春秋季": Seasons.BETWEEN, "": Seasons.ALL_YEAR},
    "condition": {"新": Conditions.NEW, "": Conditions.GOOD},
}  # fmt: skip
OUT: dict[str, dict[Any, str]] = {"kind": KINDS_OUT, "fit": FITS_OUT, "season": SEASONS_OUT, "condition": CONDITIONS_OUT}
READS: dict[str, dict[str, Any]] = {
    name: {word: code for code, word in out.items()} | {str(code.value): code for code in out} | SAID_OTHERWISE[name] for name, out in OUT.items()
}
KEY = ("kind", "fit", "size", "season", "condition")


class StockResource(HubResource):
    """Stock by kind, fit, size, season and condition."""

    name = "clothing_stock"
    title = gettext_lazy("Stock of clothes from a list")
    columns = (
        Column("kind", pgettext_lazy("clothes", "what"), ("品类", "种类", "名称"), "外套", is_required=True),
        Column("fit", pgettext_lazy("clothes", "for whom"), ("适合", "适用", "男女"), "女", is_required=True),
        Column("size", pgettext_lazy("clothes", "size"), ("尺码", "尺寸", "号码"), "L", is_required=True),
        Column("season", pgettext_lazy("clothes", "season"), ("季节",), "冬"),
        Column("condition", pgettext_lazy("clothes", "condition"), ("成色", "新旧"), "九成新"),
        Column("piece_count", gettext_lazy("pieces there"), ("件数", "数量"), "3", is_required=True),
        Column("shelf", gettext_lazy("where it lies"), ("货架", "位置"), "B3"),
    )

    class Meta(HubResource.Meta):
        model = Garment
        fields = ("shelf",)

    def __init__(self, hub: Hub, by: Any = None, *, is_look: bool = False) -> None:
        super().__init__(hub, by, is_look=is_look)
        self.read: dict[str, Any] = {}
        self.met: dict[tuple[Any, ...], int] = {}
        self.changes: list[tuple[Garment, int]] = []

    def get_bulk_update_fields(self) -> list[str]:
        return ["piece_count", "shelf"]

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Every row of the shelf stays locked until the list is written: a parcel chosen meanwhile waits, and is counted."""
        rows = Garment.objects.at(self.hub).order_by("pk")
        rows = rows if self.is_look else rows.select_for_update(of=("self",))
        self.known = {tuple(getattr(garment, name) for name in KEY): garment for garment in rows}

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        complaints: list[str] = []
        self.read = {}
        for name in OUT:
            try:
                self.read[name] = self._choice(row, name)
            except ValidationError as error:
                complaints.extend(error.messages)
        for name, read in (("size", self._size), ("piece_count", self._count), ("shelf", self._shelf)):
            try:
                self.read[name] = read(row)
            except ValidationError as error:
                complaints.extend(error.messages)
        if not complaints and self.read["kind"] == Kinds.THERMAL and self.read["condition"] != Conditions.NEW:
            complaints.append(_("Underwear is passed on only when it is new."))
        if complaints:
            raise refused(*complaints)
        key = tuple(self.read[name] for name in KEY)
        if earlier := self.met.get(key):
            raise refused(_("The same stands in row %(row)s. Please add the two up.") % {"row": earlier})
        self.met[key] = row[FILE_ROW]

    def match(self, row: dict[str, Any]) -> Garment | None:
        return self.known.get(tuple(self.read[name] for name in KEY))

    def import_instance(self, instance: Garment, row: Any, **kwargs: Any) -> None:
        before = (instance.piece_count, instance.shelf) if instance.pk else None
        change = self.read["piece_count"] - instance.piece_count
        shelf = self.read["shelf"] or instance.shelf
        for name, value in self.read.items():
            setattr(instance, name, value)
        instance.shelf, instance.size_order = shelf, rules.order_of_size(instance.size)
        self.is_changed = before != (instance.piece_count, instance.shelf)
        if change:
            self.changes.append((instance, change))

    def write_more(self) -> None:
        """One movement a difference; the rows that came new have their ids by now."""
        now = clock.now()
        reason = _("counted, from a list")
        Movement.objects.bulk_create(
            [
                Movement(hub=self.hub, garment=garment, kind=Moves.CORRECTION, change=change, at=now, by=self.by, reason=reason)
                for garment, change in self.changes
            ],
            batch_size=1000,
        )

    def audit(self, totals: dict[str, int], digest: str) -> None:
        write_line(hub_id=self.hub.pk, actor=self.by, verb="import", subject=STOCK, changes={**totals, "file_sha256": digest})

    def _choice(self, row: Any, name: str) -> str:
        said = cells.text(row[name], 20, self.labels[name])
        found = READS[name].get(said)
        if found is None:
            known = "、".join(OUT[name].values())
            raise refused(_("%(column)s is not known. Please write one of these: %(known)s.") % {"column": self.labels[name], "known": known})
        return str(found.value)

    def _size(self, row: Any) -> str:
        said = cells.text(row["size"], 12, self.labels["size"])
        if "kind" not in self.read or "fit" not in self.read:
            return said
        size = rules.normal_size(said, self.read["kind"], self.read["fit"])
        if not size:
            scale = rules.scale_of(self.read["kind"], self.read["fit"])
            raise refused(_("This comes in the sizes %(first)s to %(last)s.") % {"first": scale[0], "last": scale[-1]})
        return size

    def _count(self, row: Any) -> int:
        said = cells.text(row["piece_count"], 12, self.labels["piece_count"]).removesuffix("件").strip()
        if not (said.isascii() and said.isdecimal() and len(said) <= 4 and int(said) <= rules.MOST_AT_ONCE):
            raise refused(_("%(column)s is no number from 0 to %(most)s.") % {"column": self.labels["piece_count"], "most": rules.MOST_AT_ONCE})
        return int(said)

    def _shelf(self, row: Any) -> str:
        return cells.text(row["shelf"], 20, self.labels["shelf"])


def stock_table(hub: Hub) -> Dataset:
    """The stock under the headings the import reads."""
    table = Dataset(headers=[column.headers[0] for column in StockResource.columns])
    for garment in Garment.objects.at(hub):
        words = [KINDS_OUT[Kinds(garment.kind)], FITS_OUT[Fits(garment.fit)], "均码" if garment.size == rules.ONE_SIZE else garment.size]
        words += [SEASONS_OUT[Seasons(garment.season)], CONDITIONS_OUT[Conditions(garment.condition)], str(garment.piece_count), safe_cell(garment.shelf)]
        table.append(words)
    return table


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The stock as xlsx or csv; what goes out comes in again."""
    if not user_can_keep_stock(request.user):
        raise Http404
    table, is_csv = stock_table(request.hub), request.GET.get("kind") == "csv"  # type: ignore[attr-defined]  # set by HubMiddleware
    body = BYTE_ORDER_MARK + str(CSV().export_data(table)) if is_csv else bytes(XLSX().export_data(table))
    kind = "text/csv; charset=utf-8" if is_csv else "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    name = f"stock-{clock.today():%Y%m%d}.{'csv' if is_csv else 'xlsx'}"
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


class StockImport(ImportViewSet):
    """The stock from a file."""

    resource = StockResource
    question = staticmethod(user_can_keep_stock)
    back = "garment:index"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("export/", export, name="export")]
