"""Helpers as a file: out as they stand, in row by row; a helper is added, or known again by name and phone and put right."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from import_export.formats.base_formats import CSV, XLSX
from tablib import Dataset

from bookings.dispatch.models import Provider
from bookings.dispatch.permissions import user_can_keep_helpers
from bookings.dispatch.rules import MOST_A_DAY
from bookings.dispatch.states import ProviderKinds
from bookings.orders.models import Service
from hub.audit.actions import write_line
from hub.core import clock
from hub.core.spreadsheets import BYTE_ORDER_MARK, TYPES, safe_cell
from hub.hubs.models import Hub
from hub.people.importing import cells
from hub.people.importing.files import FILE_ROW, Column, stars, tail_alone
from hub.people.importing.resource import HubResource, refused
from hub.people.importing.viewset import ImportViewSet
from hub.places.models import Community

KIND_WORDS = {"": ProviderKinds.SINGLE, "个人": ProviderKinds.SINGLE, "师傅": ProviderKinds.SINGLE, "公司": ProviderKinds.FIRM, "单位": ProviderKinds.FIRM}
KIND_WORDS |= {kind.value: kind for kind in ProviderKinds}
KINDS_OUT = {ProviderKinds.SINGLE: "个人", ProviderKinds.FIRM: "公司"}
YES_NO = {"": True, "是": True, "在岗": True, "1": True, "yes": True, "否": False, "停": False, "0": False, "no": False}


class ProviderResource(HubResource):
    """Helpers with what they do and where. Hours and leave are written on a helper's own page."""

    name = "providers"
    title = gettext_lazy("Helpers from a list")
    columns = (
        Column("name", gettext_lazy("name"), ("姓名", "师傅", "单位名称"), "吴师傅", is_required=True),
        Column("phone", gettext_lazy("phone"), ("电话", "手机", "联系电话"), "13700000000", is_required=True, shown=tail_alone),
        Column("kind", gettext_lazy("kind"), ("类型", "类别"), "个人"),
        Column("services", gettext_lazy("what they do"), ("服务", "服务项目", "技能"), "家政保洁、管道疏通"),
        Column("communities", gettext_lazy("communities served"), ("社区", "服务社区"), "书院街社区"),
        Column("most_a_day", gettext_lazy("at most so many jobs a day"), ("每天最多", "每日上限"), "4"),
        Column("is_active", gettext_lazy("takes jobs"), ("在岗", "接单"), "是"),
        Column("note", gettext_lazy("note"), ("备注",), "", shown=stars),
    )

    class Meta(HubResource.Meta):
        model = Provider
        fields = ("name",)

    def __init__(self, hub: Hub, by: Any = None, *, is_look: bool = False) -> None:
        super().__init__(hub, by, is_look=is_look)
        self.read: dict[str, Any] = {}
        self.met: dict[tuple[str, str], int] = {}
        self.lists: dict[tuple[str, str], tuple[list[int], list[int]]] = {}

    def get_bulk_update_fields(self) -> list[str]:
        return ["kind", "most_a_day", "is_active", "note"]

    def init_instance(self, row: Any = None) -> Provider:
        return Provider(hub=self.hub, answered_for_by=self.by)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        services = list(Service.objects.at(self.hub))
        self.services = {service.name_zh: service.pk for service in services} | {service.slug: service.pk for service in services}
        self.communities = dict(Community.objects.filter(hub=self.hub).values_list("name_zh", "pk"))
        rows = Provider.objects.at(self.hub).prefetch_related("services", "communities")
        self.known = {(provider.name, provider.phone): provider for provider in rows}

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        complaints: list[str] = []
        self.read = {}
        for name in ("name", "phone", "kind", "services", "communities", "most_a_day", "is_active", "note"):
            try:
                self.read[name] = getattr(self, f"read_{name}")(row[name])
            except ValidationError as error:
                complaints.extend(error.messages)
        if complaints:
            raise refused(*complaints)
        if earlier := self.met.get(self.key):
            raise refused(_("The same name and phone stand in row %(row)s.") % {"row": earlier})
        self.met[self.key] = row[FILE_ROW]

    @property
    def key(self) -> tuple[str, str]:
        """What makes a helper the same."""
        return self.read["name"], self.read["phone"]

    def match(self, row: dict[str, Any]) -> Provider | None:
        return self.known.get(self.key)

    def import_instance(self, instance: Provider, row: Any, **kwargs: Any) -> None:
        wanted = (sorted(self.read["services"]), sorted(self.read["communities"]))
        names = ("name", "phone", "kind", "most_a_day", "is_active", "note")
        before: Any = None
        if instance.pk:
            lists = (sorted(one.pk for one in instance.services.all()), sorted(one.pk for one in instance.communities.all()))
            before = ([getattr(instance, name) for name in names], lists)
        for name in names:
            setattr(instance, name, self.read[name])
        self.is_changed = before != ([self.read[name] for name in names], wanted)
        if self.is_changed:
            self.lists[self.key] = wanted

    def write_more(self) -> None:
        """The services and communities of those that are new or have changed."""
        rows = {(provider.name, provider.phone): provider for provider in Provider.objects.at(self.hub)}
        for key, (services, communities) in self.lists.items():
            provider = rows[key]
            for field, wanted, column in (("services", services, "service_id"), ("communities", communities, "community_id")):
                through: Any = getattr(Provider, field).through
                through.objects.filter(provider=provider).delete()
                through.objects.bulk_create(through(provider=provider, **{column: pk}) for pk in wanted)

    def audit(self, totals: dict[str, int], digest: str) -> None:
        write_line(hub_id=self.hub.pk, actor=self.by, verb="import", subject="dispatch.provider", changes={**totals, "file_sha256": digest})

    def read_name(self, cell: Any) -> str:
        said = cells.text(cell, 40, self.labels["name"])
        if not said:
            raise refused(_("The name is missing."))
        return said

    def read_phone(self, cell: Any) -> str:
        numbers = cells.phones(cell, self.hub.area_code, self.labels["phone"])
        if len(numbers) != 1:
            raise refused(_("Please write one phone number."))
        return numbers[0]

    def read_kind(self, cell: Any) -> str:
        said = cells.text(cell, 20, self.labels["kind"])
        if said not in KIND_WORDS:
            raise refused(_("This kind is not known. Please write 个人 or 公司."))
        return KIND_WORDS[said]

    def read_services(self, cell: Any) -> list[int]:
        return self.listed(cell, "services", self.services)

    def read_communities(self, cell: Any) -> list[int]:
        return self.listed(cell, "communities", self.communities)

    def listed(self, cell: Any, name: str, known: dict[str, int]) -> list[int]:
        """Names with 、 or a comma between them, as ids; each once."""
        said = cells.text(cell, 400, self.labels[name])
        words = [word.strip() for word in said.replace("，", "、").replace(",", "、").split("、") if word.strip()]
        unknown = [word for word in words if word not in known]
        if unknown:
            raise refused(
                _("%(column)s: %(name)s is not known here. Please add it first, or correct the name.") % {"column": self.labels[name], "name": unknown[0]}
            )
        return sorted({known[word] for word in words})

    def read_most_a_day(self, cell: Any) -> int:
        said = cells.text(cell, 10, self.labels["most_a_day"]) or "4"
        if not (said.isascii() and said.isdigit() and 1 <= int(said) <= MOST_A_DAY):
            raise refused(_("How many jobs a day? Please write a number from 1 to 30."))
        return int(said)

    def read_is_active(self, cell: Any) -> bool:
        said = cells.text(cell, 10, self.labels["is_active"]).lower()
        if said not in YES_NO:
            raise refused(_("Takes jobs? Please write 是 or 否."))
        return YES_NO[said]

    def read_note(self, cell: Any) -> str:
        return cells.text(cell, 200, self.labels["note"])


def provider_table(hub: Hub) -> Dataset:
    """Everybody under the headings the import reads."""
    table = Dataset(headers=[column.headers[0] for column in ProviderResource.columns])
    for row in Provider.objects.at(hub).prefetch_related("services", "communities").order_by("name", "pk"):
        cells_out = [
            row.name, row.phone, KINDS_OUT[ProviderKinds(row.kind)], "、".join(service.name_zh for service in row.services.all()),
            "、".join(community.name_zh for community in row.communities.all()), str(row.most_a_day), "是" if row.is_active else "否", row.note,
        ]  # fmt: skip
        table.append([safe_cell(cell) for cell in cells_out])
    return table


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The helpers as xlsx or csv; what goes out comes in again."""
    if not user_can_keep_helpers(request.user):
        raise Http404
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    table, kind = provider_table(hub), "csv" if request.GET.get("kind") == "csv" else "xlsx"
    body = BYTE_ORDER_MARK + str(CSV().export_data(table)) if kind == "csv" else bytes(XLSX().export_data(table))
    return HttpResponse(body, content_type=TYPES[kind], headers={"Content-Disposition": f'attachment; filename="helpers-{clock.today():%Y%m%d}.{kind}"'})


class ProviderImport(ImportViewSet):
    """Helpers from a file."""

    resource = ProviderResource
    question = staticmethod(user_can_keep_helpers)
    back = "provider:index"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("export/", export, name="export")]
