"""Past hours from a list. They come in as filed: somebody else than who took them over confirms them."""

import unicodedata
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import sentence
from hub.core.names import masked_name
from hub.hubs.models import Hub
from hub.people.importing import cells
from hub.people.importing.files import FILE_ROW, Column, tail_alone
from hub.people.importing.resource import HubResource, refused
from hub.people.importing.viewset import ImportViewSet
from hub.people.models import ContactPhone, Resident
from mutualaid.volunteers import rules
from mutualaid.volunteers.actions.hours import said
from mutualaid.volunteers.models import HoursEntry, Team
from mutualaid.volunteers.permissions import user_can_keep_volunteers
from mutualaid.volunteers.rules import Span
from mutualaid.volunteers.states import Sources
from mutualaid.volunteers.texts import HOURS


def clock_cell(cell: Any, label: str) -> time:
    """A time cell, or 9:00, 09:00, 9点, ９：３０."""
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    typed = unicodedata.normalize("NFKC", cells.text(cell, 10, label)).replace("点半", ":30").replace("点", ":00").removesuffix(":00:00")
    hour, _colon, minute = typed.partition(":")
    try:
        if not (hour.isascii() and hour.isdecimal() and minute[:2].isascii() and minute[:2].isdecimal()):
            raise ValueError
        return time(int(hour), int(minute[:2]))
    except ValueError:
        raise ValidationError(_("%(column)s is no time. Please write it like 9:00.") % {"column": label}) from None


class HoursResource(HubResource):
    """Entries by person, day and time. The very same row again is left as it is."""

    name = "volunteer_hours"
    title = gettext_lazy("Past hours from a list")
    columns = (
        Column("name", gettext_lazy("name"), ("姓名", "志愿者"), "郑勇", is_required=True, shown=masked_name),
        Column("phone", gettext_lazy("phone"), ("电话", "手机", "联系电话"), "13800001234", is_required=True, shown=tail_alone),
        Column("day", gettext_lazy("day"), ("日期", "服务日期"), "2026-03-08", is_required=True),
        Column("starts", gettext_lazy("from"), ("开始", "开始时间"), "9:00", is_required=True),
        Column("ends", gettext_lazy("until"), ("结束", "结束时间"), "11:30", is_required=True),
        Column("what", gettext_lazy("what was done"), ("内容", "服务内容", "项目"), "便民站引导"),
        Column("team", gettext_lazy("team"), ("队伍", "服务队"), ""),
    )

    class Meta(HubResource.Meta):
        model = HoursEntry
        fields = ("what",)

    def __init__(self, hub: Hub, by: Any = None, *, is_look: bool = False) -> None:
        super().__init__(hub, by, is_look=is_look)
        self.read: dict[str, Any] = {}
        self.known: dict[int, list[tuple[Span, HoursEntry | None, int]]] = {}  # by person: span, entry, row of the file

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        rows = ContactPhone.objects.at(self.hub).filter(resident__erased_at=None).select_related("resident")
        self.people: dict[tuple[str, str], Resident] = {(phone.resident.name, phone.number): phone.resident for phone in rows}
        self.teams = {team.name_zh: team for team in Team.objects.at(self.hub)}
        for entry in HoursEntry.objects.at(self.hub).taking_time():
            self.known.setdefault(entry.resident_id, []).append((entry.span, entry, 0))

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        complaints: list[str] = []
        self.read = {}
        for name, read in (("resident", self._person), ("span", self._span), ("what", self._what), ("team", self._team)):
            try:
                self.read[name] = read(row)
            except ValidationError as error:
                complaints.extend(error.messages)
        if complaints:
            raise refused(*complaints)
        if self.match(row) is None:
            self._ask_the_rules(row[FILE_ROW])

    def match(self, row: dict[str, Any]) -> HoursEntry | None:
        """The entry of this very span."""
        around = self.known.get(self.read["resident"].pk, [])
        return next((entry for span, entry, _row in around if entry is not None and span == self.read["span"]), None)

    def import_instance(self, instance: HoursEntry, row: Any, **kwargs: Any) -> None:
        self.is_changed = instance.pk is None  # what stands in the book is not changed by a list
        if not self.is_changed:
            return
        person, span = self.read["resident"], self.read["span"]
        instance.resident, instance.account_id, instance.team, instance.what = person, person.user_id, self.read["team"], self.read["what"]
        instance.starts_at, instance.ends_at, instance.minutes = span[0], span[1], rules.minutes_of(span)
        instance.source, instance.filed_by, instance.filed_at = Sources.IMPORTED, self.by, clock.now()

    def audit(self, totals: dict[str, int], digest: str) -> None:
        write_line(hub_id=self.hub.pk, actor=self.by, verb="import", subject=HOURS, changes={**totals, "file_sha256": digest})

    def _ask_the_rules(self, number: int) -> None:
        person, span = self.read["resident"], self.read["span"]
        around = self.known.setdefault(person.pk, [])
        others = [other for other, _entry, _row in around if abs(other[0] - span[0]) < timedelta(days=3)]
        found = rules.hours_complaints(
            span, now=clock.now(), earliest=clock.at(rules.EARLIEST, time.min), others=others, cap_minutes=settings.VOLUNTEER_HOURS_A_DAY * 60
        )
        if found:
            raise refused(*(sentence(said(refusal)) for refusal in found))
        around.append((span, None, number))

    def _person(self, row: Any) -> Resident:
        name = cells.text(row["name"], 40, self.labels["name"])
        numbers = cells.phones(row["phone"], self.hub.area_code, self.labels["phone"])
        found = next((self.people[(name, number)] for number in numbers if (name, number) in self.people), None)
        if found is None:
            raise refused(_("We know nobody of this name with this number. Please compare both, or let the counter enter the person."))
        return found

    def _span(self, row: Any) -> Span:
        day = cells.day(row["day"], self.labels["day"])
        if day is None:
            raise refused(_("Which day? Please write it like 2026-03-08."))
        if not rules.EARLIEST <= day <= clock.today():
            raise refused(_("This day lies in the future, or before the year 2000."))
        starts, ends = clock_cell(row["starts"], self.labels["starts"]), clock_cell(row["ends"], self.labels["ends"])
        return clock.at(day, starts), clock.at(day + timedelta(days=1) if ends < starts else day, ends)

    def _what(self, row: Any) -> str:
        return cells.text(row["what"], 100, self.labels["what"])

    def _team(self, row: Any) -> Team | None:
        name = cells.text(row["team"], 40, self.labels["team"])
        if not name:
            return None
        if name not in self.teams:
            raise refused(_("There is no team called %(name)s here. Please add it first, or correct the name.") % {"name": name})
        return self.teams[name]


class HoursImport(ImportViewSet):
    """Past hours from a file."""

    resource = HoursResource
    question = staticmethod(user_can_keep_volunteers)
    back = "hoursentry:index"
