"""Winners of earlier years from a list. Names are masked on the way in, unless the list says that they were printed in full."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.names import masked_name
from hub.hubs.models import Hub
from hub.people.importing import cells
from hub.people.importing.files import FILE_ROW, Column
from hub.people.importing.resource import HubResource, refused
from hub.people.importing.viewset import ImportViewSet
from mutualaid.woodpecker.models import PastWinner
from mutualaid.woodpecker.permissions import user_can_keep_editions

FULL = {"": False, "否": False, "0": False, "no": False, "是": True, "1": True, "yes": True}
FIRST_YEAR = 1990
KEY = ("edition_name", "prize_name", "name")


class PastWinnerResource(HubResource):
    """By edition, prize and name. The very same row again is left as it is."""

    name = "past_winners"
    title = gettext_lazy("Earlier winners from a list")
    columns = (
        Column("year", gettext_lazy("year"), ("年份", "年"), "2025", is_required=True),
        Column("edition_name", pgettext_lazy("newspaper", "edition"), ("期次", "版次", "期"), "2025年10月版", is_required=True),
        Column("prize_name", pgettext_lazy("newspaper", "prize"), ("奖项",), "优秀啄木鸟", is_required=True),
        Column("name", gettext_lazy("name"), ("姓名", "获奖者"), "张桂兰", is_required=True, shown=masked_name),
        Column("is_full_name", gettext_lazy("printed in full"), ("全名刊登", "实名"), "否"),
    )

    class Meta(HubResource.Meta):
        model = PastWinner
        fields = ("name",)

    def __init__(self, hub: Hub, by: Any = None, *, is_look: bool = False) -> None:
        super().__init__(hub, by, is_look=is_look)
        self.read: dict[str, Any] = {}
        self.met: dict[tuple[str, ...], int] = {}

    def get_bulk_update_fields(self) -> list[str]:
        return ["year", "is_full_name"]

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.known = {tuple(getattr(row, name) for name in KEY): row for row in PastWinner.objects.at(self.hub)}

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        complaints: list[str] = []
        self.read = {}
        for name, read in (
            ("year", self._year), ("edition_name", self._words(40)), ("prize_name", self._words(20)), ("is_full_name", self._full), ("name", self._words(40)),
        ):  # fmt: skip
            try:
                self.read[name] = read(row, name)
            except ValidationError as error:
                complaints.extend(error.messages)
        if complaints:
            raise refused(*complaints)
        if not self.read["is_full_name"] and "*" not in self.read["name"]:
            self.read["name"] = masked_name(self.read["name"])
        key = tuple(self.read[name] for name in KEY)
        if earlier := self.met.get(key):
            raise refused(_("The same stands in row %(row)s.") % {"row": earlier})
        self.met[key] = row[FILE_ROW]

    def match(self, row: dict[str, Any]) -> PastWinner | None:
        return self.known.get(tuple(self.read[name] for name in KEY))

    def import_instance(self, instance: PastWinner, row: Any, **kwargs: Any) -> None:
        before = (instance.year, instance.is_full_name) if instance.pk else None
        for name, value in self.read.items():
            setattr(instance, name, value)
        self.is_changed = before != (instance.year, instance.is_full_name)

    def audit(self, totals: dict[str, int], digest: str) -> None:
        write_line(hub_id=self.hub.pk, actor=self.by, verb="import", subject="woodpecker.pastwinner", changes={**totals, "file_sha256": digest})

    def _year(self, row: Any, name: str) -> int:
        said = cells.text(row[name], 6, self.labels[name]).removesuffix("年").removesuffix(".0")
        if not (said.isascii() and said.isdecimal() and FIRST_YEAR <= int(said) <= clock.today().year):
            raise refused(_("%(column)s is no year from %(first)s to this one.") % {"column": self.labels[name], "first": FIRST_YEAR})
        return int(said)

    def _words(self, most: int) -> Any:
        def read(row: Any, name: str) -> str:
            said = str(cells.text(row[name], most, self.labels[name]))
            if not said:
                raise refused(_("%(column)s is empty.") % {"column": self.labels[name]})
            return said

        return read

    def _full(self, row: Any, name: str) -> bool:
        said = cells.text(row[name], 10, self.labels[name]).lower()
        if said not in FULL:
            raise refused(_("Printed in full or not? Please write 是 or 否."))
        return FULL[said]


class PastWinnerImport(ImportViewSet):
    """Winners of earlier years from a file."""

    resource = PastWinnerResource
    question = staticmethod(user_can_keep_editions)
    back = "past_winner:index"
