"""The words that may not stand in a listing as a file: out as they stand, in row by row; a word is added or put into another group."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from import_export.formats.base_formats import CSV, XLSX
from tablib import Dataset

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.spreadsheets import BYTE_ORDER_MARK, TYPES, safe_cell
from hub.hubs.models import Hub
from hub.people.importing import cells
from hub.people.importing.files import FILE_ROW, Column
from hub.people.importing.resource import HubResource, refused
from hub.people.importing.viewset import ImportViewSet
from mutualaid.swapshop.models import BannedWord
from mutualaid.swapshop.permissions import user_can_keep_the_shop
from mutualaid.swapshop.states import WordGroups

GROUPS_OUT = {
    WordGroups.MEDICINE: "药品", WordGroups.WEAPONS: "武器烟花", WordGroups.TOBACCO: "烟酒", WordGroups.ANIMALS: "活物", WordGroups.FOOD: "过期食品",
    WordGroups.OTHER: "其他", WordGroups.MONEY: "钱", WordGroups.CONTACT: "联系方式",
}  # fmt: skip
GROUP_WORDS = {"": WordGroups.OTHER, **{said: group for group, said in GROUPS_OUT.items()}, **{group.value: group for group in WordGroups}}
IN_USE = {"": True, "是": True, "1": True, "yes": True, "否": False, "0": False, "no": False}


class WordResource(HubResource):
    """Words with what they are about."""

    name = "swap_words"
    title = gettext_lazy("Words not allowed, from a list")
    columns = (
        Column("word", gettext_lazy("word"), ("词语", "词", "违禁词"), "电子烟", is_required=True),
        Column("group", gettext_lazy("about"), ("类别", "分类"), "烟酒"),
        Column("is_active", gettext_lazy("in use"), ("启用", "在用"), "是"),
    )

    class Meta(HubResource.Meta):
        model = BannedWord
        fields = ("word",)

    def __init__(self, hub: Hub, by: Any = None, *, is_look: bool = False) -> None:
        super().__init__(hub, by, is_look=is_look)
        self.read: dict[str, Any] = {}
        self.met: dict[str, int] = {}

    def get_bulk_update_fields(self) -> list[str]:
        return ["group", "is_active"]

    def init_instance(self, row: Any = None) -> BannedWord:
        return BannedWord(hub=self.hub)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.known = {row.word: row for row in BannedWord.objects.at(self.hub)}

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        complaints: list[str] = []
        self.read = {}
        for name, read in (("word", self._word), ("group", self._group), ("is_active", self._in_use)):
            try:
                self.read[name] = read(row[name])
            except ValidationError as error:
                complaints.extend(error.messages)
        if complaints:
            raise refused(*complaints)
        if earlier := self.met.get(self.read["word"]):
            raise refused(_("The same word stands in row %(row)s.") % {"row": earlier})
        self.met[self.read["word"]] = row[FILE_ROW]

    def match(self, row: dict[str, Any]) -> BannedWord | None:
        return self.known.get(self.read["word"])

    def import_instance(self, instance: BannedWord, row: Any, **kwargs: Any) -> None:
        before = (instance.group, instance.is_active) if instance.pk else None
        for name, value in self.read.items():
            setattr(instance, name, value)
        self.is_changed = before != (instance.group, instance.is_active)

    def audit(self, totals: dict[str, int], digest: str) -> None:
        write_line(hub_id=self.hub.pk, actor=self.by, verb="import", subject="swapshop.bannedword", changes={**totals, "file_sha256": digest})

    def _word(self, cell: Any) -> str:
        said = cells.text(cell, 20, self.labels["word"])
        if not said:
            raise refused(_("Which word? Please write one."))
        return str(said)

    def _group(self, cell: Any) -> str:
        said = cells.text(cell, 20, self.labels["group"])
        if said not in GROUP_WORDS:
            raise refused(_("This group is not known. Please write one of: %(groups)s.") % {"groups": "、".join(GROUPS_OUT.values())})
        return GROUP_WORDS[said]

    def _in_use(self, cell: Any) -> bool:
        said = cells.text(cell, 10, self.labels["is_active"]).lower()
        if said not in IN_USE:
            raise refused(_("In use or not? Please write 是 or 否."))
        return IN_USE[said]


def word_table(hub: Hub) -> Dataset:
    """The words under the headings the import reads."""
    table = Dataset(headers=[column.headers[0] for column in WordResource.columns])
    for row in BannedWord.objects.at(hub).order_by("group", "word"):
        table.append([safe_cell(row.word), GROUPS_OUT[WordGroups(row.group)], "是" if row.is_active else "否"])
    return table


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The words as xlsx or csv; what goes out comes in again."""
    if not user_can_keep_the_shop(request.user):
        raise Http404
    table, is_csv = word_table(request.hub), request.GET.get("kind") == "csv"  # type: ignore[attr-defined]  # set by HubMiddleware
    body = BYTE_ORDER_MARK + str(CSV().export_data(table)) if is_csv else bytes(XLSX().export_data(table))
    name = f"swap-words-{clock.today():%Y%m%d}.{'csv' if is_csv else 'xlsx'}"
    return HttpResponse(body, content_type=TYPES["csv" if is_csv else "xlsx"], headers={"Content-Disposition": f'attachment; filename="{name}"'})


class WordImport(ImportViewSet):
    """The words from a file."""

    resource = WordResource
    question = staticmethod(user_can_keep_the_shop)
    back = "swap_word:index"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("export/", export, name="export")]
