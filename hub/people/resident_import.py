"""The list of residents as it comes from the street office: matched by ID number, else by phone and name; never guessed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import sentence
from hub.core.names import masked_name
from hub.hubs.models import Hub
from hub.people import rules
from hub.people.identity import look_up, put_id
from hub.people.importing import cells, flow
from hub.people.importing.files import FILE_ROW, Column, stars, tail_alone
from hub.people.importing.resource import HubResource, refused
from hub.people.initials import initials_of
from hub.people.models import ContactPhone, Resident
from hub.people.states import IdKinds
from hub.places.models import Building

KIND_WORDS = {
    "": IdKinds.RESIDENT, "身份证": IdKinds.RESIDENT, "居民身份证": IdKinds.RESIDENT,
    "港澳": IdKinds.HK_MACAU, "港澳通行证": IdKinds.HK_MACAU, "港澳居民来往内地通行证": IdKinds.HK_MACAU, "港澳居民居住证": IdKinds.HK_MACAU,
    "台湾": IdKinds.TAIWAN, "台胞证": IdKinds.TAIWAN, "台湾居民来往大陆通行证": IdKinds.TAIWAN, "台湾居民居住证": IdKinds.TAIWAN,
    "护照": IdKinds.FOREIGN, "外国护照": IdKinds.FOREIGN, "外国人永久居留身份证": IdKinds.FOREIGN,
    **{kind.value: kind for kind in IdKinds},
}  # fmt: skip


@dataclass
class Facts:
    """One row of the file, read."""

    row: int
    name: str
    id_kind: str = ""
    id_number: str = ""
    id_hash: str | None = None
    birth_on: date | None = None
    building: Building | None = None
    door: str = ""
    flag_note: str = ""
    phones: list[str] = field(default_factory=list)


class Known:
    """Everybody at the hub, looked up once for the whole list, and who of them and of the list has been met already."""

    def __init__(self, hub: Hub) -> None:
        self.residents = {resident.pk: resident for resident in Resident.objects.at(hub).living()}
        self.by_id = {resident.id_hash: resident for resident in self.residents.values() if resident.id_hash}
        self.numbers: dict[int, set[str]] = defaultdict(set)
        self.by_phone: dict[tuple[str, str], list[Resident]] = defaultdict(list)
        for number, pk in ContactPhone.objects.at(hub).values_list("number", "resident_id"):
            if pk in self.residents:
                self.numbers[pk].add(number)
                self.by_phone[number, self.residents[pk].name].append(self.residents[pk])
        self.met: dict[int, int] = {}
        self.met_ids: dict[str, int] = {}
        self.met_phones: dict[tuple[str, str], tuple[int, str | None]] = {}

    def match(self, facts: Facts) -> Resident | None:
        """The resident, or None for a new one; ValidationError when it could be several, or the same person twice."""
        self._refuse_twice_in_the_list(facts)
        resident = self._found(facts)
        if resident is not None:
            if earlier := self.met.get(resident.pk):
                raise refused(_("This is the same person as in row %(row)s.") % {"row": earlier})
            self.met[resident.pk] = facts.row
        if facts.id_hash:
            self.met_ids[facts.id_hash] = facts.row
        for number in facts.phones:
            self.met_phones.setdefault((number, facts.name), (facts.row, facts.id_hash))
        return resident

    def _found(self, facts: Facts) -> Resident | None:
        if facts.id_hash and (resident := self.by_id.get(facts.id_hash)):
            if resident.name != facts.name:
                raise refused(_("This ID number stands with another name here. Please look the person up first."))
            return resident
        same = {resident.pk: resident for number in facts.phones for resident in self.by_phone.get((number, facts.name), ())}
        if len(same) > 1:
            raise refused(_("Several residents have this name and phone. Please add the ID number, or change them by hand."))
        resident = next(iter(same.values()), None)
        if resident is not None and facts.id_hash and resident.id_hash:
            raise refused(_("Somebody with this name and phone has another ID number. Please look the person up first."))
        return resident

    def _refuse_twice_in_the_list(self, facts: Facts) -> None:
        earlier = self.met_ids.get(facts.id_hash, 0) if facts.id_hash else 0
        for number in facts.phones:
            row, id_hash = self.met_phones.get((number, facts.name), (0, None))
            if row and not (facts.id_hash and id_hash):
                earlier = earlier or row
        if earlier:
            raise refused(_("This is the same person as in row %(row)s.") % {"row": earlier})


class ResidentResource(HubResource):
    """Residents with their phones. A blank cell changes nothing; a name is never changed by a list."""

    name = "residents"
    title = gettext_lazy("Residents from a list")
    columns = (
        Column("name", gettext_lazy("name"), ("姓名", "名字", "居民姓名"), "张桂兰", is_required=True, shown=masked_name),
        Column("phone", gettext_lazy("phones"), ("电话", "手机", "手机号", "手机号码", "联系电话", "phone", "mobile"), "13800001234", shown=tail_alone),
        Column("id_kind", gettext_lazy("paper"), ("证件类型", "证件种类"), "身份证"),
        Column(
            "id_number", gettext_lazy("ID number"), ("身份证", "身份证号", "身份证号码", "证件号", "证件号码", "公民身份号码"), "99000019560308002X",
            shown=tail_alone,
        ),  # fmt: skip
        Column("birth_on", gettext_lazy("date of birth"), ("出生日期", "生日", "出生年月日"), "1956-03-08", shown=stars),
        Column("building", gettext_lazy("building"), ("楼栋", "楼院", "小区楼栋"), ""),
        Column("door", gettext_lazy("door"), ("门牌", "门牌号", "房号", "室"), "2-301", shown=stars),
        Column("flag_note", gettext_lazy("more to mind"), ("备注", "注意事项"), "", shown=stars),
    )

    class Meta(HubResource.Meta):
        model = Resident
        fields = ("name",)

    def __init__(self, hub: Hub, by: Any = None, *, is_look: bool = False) -> None:
        super().__init__(hub, by, is_look=is_look)
        self.facts = Facts(0, "")
        self.today = clock.today()
        self.new_phones: list[tuple[Resident, list[str]]] = []

    def get_bulk_update_fields(self) -> list[str]:
        return ["birth_on", "id_kind", "id_sealed", "id_hash", "id_tail", "building", "door", "flag_note"]

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.known = Known(self.hub)
        self.buildings = {building.name_zh: building for building in Building.objects.at(self.hub)}

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        complaints: list[str] = []
        facts = Facts(row[FILE_ROW], "")
        for read in (self._read_name, self._read_phones, self._read_birth, self._read_id, self._read_home):
            try:
                read(row, facts)
            except ValidationError as error:
                complaints.extend(error.messages)
        if not complaints and not facts.phones and not facts.id_hash:
            complaints.append(_("A phone or an ID number is needed, so that the person is found again."))
        if complaints:
            raise refused(*complaints)
        self.facts = facts

    def match(self, row: dict[str, Any]) -> Resident | None:
        return self.known.match(self.facts)

    def import_instance(self, instance: Resident, row: Any, **kwargs: Any) -> None:
        facts, is_new = self.facts, instance.pk is None
        before = (instance.id_hash, instance.birth_on, instance.building_id, instance.door, instance.flag_note)
        if is_new:
            instance.name, instance.initials = facts.name, initials_of(facts.name)
        if facts.id_hash and self.is_look:
            instance.id_hash = facts.id_hash  # only looking: nothing to seal
        elif facts.id_hash:
            put_id(instance, facts.id_number, facts.id_kind, found=facts.id_hash)
        instance.birth_on = facts.birth_on or instance.birth_on
        if facts.building:
            instance.building = facts.building
        instance.door = facts.door or instance.door
        instance.flag_note = facts.flag_note or instance.flag_note
        numbers = [number for number in facts.phones if is_new or number not in self.known.numbers[instance.pk]]
        if numbers:
            self.new_phones.append((instance, numbers))
        after = (instance.id_hash, instance.birth_on, instance.building_id, instance.door, instance.flag_note)
        self.is_changed = is_new or bool(numbers) or before != after

    def write_more(self) -> None:
        ContactPhone.objects.bulk_create(
            (
                ContactPhone(hub_id=self.hub.pk, resident_id=resident.pk, number=number, is_first=place == 0 and not self.known.numbers.get(resident.pk))
                for resident, numbers in self.new_phones
                for place, number in enumerate(numbers)
            ),
            batch_size=1000,
        )

    def audit(self, totals: dict[str, int], digest: str) -> None:
        write_line(
            hub_id=self.hub.pk, actor=self.by, verb="import", subject="people.resident", changes={**totals, "file_sha256": digest}
        )

    def _read_name(self, row: Any, facts: Facts) -> None:
        facts.name = rules.plain_name(cells.text(row["name"], 200, self.labels["name"]))
        if wrong := rules.name_refusal(facts.name):
            raise refused(sentence(wrong))

    def _read_phones(self, row: Any, facts: Facts) -> None:
        facts.phones = cells.phones(row["phone"], self.hub.area_code, self.labels["phone"])

    def _read_birth(self, row: Any, facts: Facts) -> None:
        facts.birth_on = cells.day(row["birth_on"], self.labels["birth_on"])
        if facts.birth_on and (wrong := rules.birth_refusal(facts.birth_on, self.today)):
            raise refused(sentence(wrong))

    def _read_id(self, row: Any, facts: Facts) -> None:
        typed = cells.id_number(row["id_number"], self.labels["id_number"])
        if not typed:
            return
        kind = KIND_WORDS.get(cells.text(row["id_kind"], 40, self.labels["id_kind"]))
        if kind is None:
            raise refused(_("This kind of paper is not known. Please write 身份证, 港澳通行证, 台胞证 or 护照."))
        number = rules.normal_id(typed, kind)
        if wrong := rules.id_refusal(number, kind, self.today) or rules.birth_differs(facts.birth_on, number, kind):
            raise refused(sentence(wrong))
        facts.id_number, facts.id_kind, facts.id_hash = number, kind, look_up(number, kind)
        if facts.birth_on is None and kind == IdKinds.RESIDENT:
            facts.birth_on = rules.birth_date_in(number)

    def _read_home(self, row: Any, facts: Facts) -> None:
        facts.flag_note = cells.text(row["flag_note"], 200, self.labels["flag_note"])
        facts.door = cells.text(row["door"], 20, self.labels["door"])
        said = cells.text(row["building"], 60, self.labels["building"])
        if said:
            facts.building = self.buildings.get(said)
            if facts.building is None:
                raise refused(_("There is no building called %(name)s here. Please add it under places first, or correct the name.") % {"name": said})


def import_residents(
    hub: Hub, rows: Sequence[dict[str, Any]] | bytes, by: Any = None, *, filename: str = "residents.xlsx", leave_out_problems: bool = False
) -> flow.Outcome:
    """Import residents from a file's bytes, or from dicts under the columns' names (name, phone, id_kind, id_number, birth_on, building, door, flag_note).

    FileRefused when the file is unusable; HasProblems when a row is and none may be left out.
    """
    if isinstance(rows, bytes):
        return flow.apply(ResidentResource, hub=hub, by=by, raw=rows, filename=filename, leave_out_problems=leave_out_problems)
    table = flow.table_of(ResidentResource, rows)
    return flow.apply_rows(ResidentResource, hub=hub, by=by, table=table, leave_out_problems=leave_out_problems)
