"""The list of residents as it leaves the house: masked, and safe to open in a spreadsheet."""

from typing import Any

from django.utils.translation import gettext as _
from import_export.formats.base_formats import CSV, XLSX
from tablib import Dataset

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.spreadsheets import BYTE_ORDER_MARK, safe_cell
from hub.hubs.models import Hub
from hub.people.models import Resident


def residents_table(hub: Hub) -> Dataset:
    """Everybody, masked: no full name, number or ID leaves the house this way."""
    today = clock.today()
    table = Dataset(
        headers=[_("name"), _("phones"), _("ID number"), _("year of birth"), _("community"), _("building"), _("entitlements"), _("entered")]
    )
    rows = Resident.objects.at(hub).living().select_related("building__grid__community").prefetch_related("phones", "entitlements")
    for resident in rows.order_by("id").iterator(chunk_size=1000):
        building = resident.building
        held = [str(entitlement) for entitlement in resident.entitlements.all() if entitlement.is_valid_on(today)]
        facts = (
            resident.masked_name,
            "、".join(phone.masked_number for phone in resident.phones.all()),
            resident.masked_id,
            resident.birth_on.year if resident.birth_on else "",
            building.grid.community if building else "",
            building or "",
            "、".join(held),
            clock.local(resident.created_at).date(),
        )
        table.append([safe_cell(fact) for fact in facts])
    return table


def export_residents(*, hub: Hub, by: Any, kind: str, reason: str) -> bytes:
    """The file (xlsx or csv), with a line in the audit. RuleBroken without a reason."""
    if not reason.strip():
        raise RuleBroken.of("staff_reason_missing", "reason")
    table = residents_table(hub)
    write_line(hub_id=hub.pk, actor=by, verb="export", subject="people.resident", reason=reason.strip(), changes={"kind": kind, "rows": len(table)})
    if kind == "xlsx":
        return bytes(XLSX().export_data(table))
    return (BYTE_ORDER_MARK + str(CSV().export_data(table))).encode()
