"""Closing a visit at the counter with one key, and cards for guests who just walked in: each becomes a service with its code."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.references import new_token
from hub.hubs.models import Hub
from hub.notifications.actions import queue_message
from hub.people.models import Resident
from hub.served.actions import record_service
from hub.served.queries import code_about
from hub.served.rules import grouped
from hub.served.states import Posts
from mutualaid.vanguard.actions.writing import VISIT
from mutualaid.vanguard.models import CounterVisit, Post
from mutualaid.vanguard.states import VisitKinds

A_SHEET, MOST_SHEETS = 10, 20
WHAT = {VisitKinds.VISIT: "窗口办事", VisitKinds.CARD: "到访体验"}


@transaction.atomic
def close_visit(
    *,
    hub: Hub,
    by: Any,
    token: str,
    station: str = Posts.ACCEPTANCE,
    post: Post | None = None,
    what: str = "",
    name: str = "",
    person: Resident | None = None,
) -> tuple[CounterVisit, str | None]:
    """A visit is over: the ledger gets its row, and the visitor a code. Rated for `post`, where one is named. The same token again gives the first."""
    station = post.station if post else station
    if station not in Posts.values:
        raise RuleBroken.of("visit_station_unknown", "station")
    facts = {"kind": VisitKinds.VISIT, "station": station, "post": post, "what": what.strip()[:60], "name": name.strip()[:40], "for_person": person}
    made, is_new = CounterVisit.objects.get_or_create(token=token, defaults={"hub": hub, "closed_by": by, "closed_at": clock.now(), **facts})
    if not is_new:
        return made, code_about(VISIT, made.token)
    return made, _record(made, by)


@transaction.atomic
def print_cards(*, hub: Hub, by: Any, token: str, station: str = Posts.CULTURE, post: Post | None = None, sheets: int = 1) -> list[CounterVisit]:
    """Sheets of ten cards, each with a code of its own, for guests of rooms into which one just walks. The same token again gives the first."""
    station = post.station if post else station
    if station not in Posts.values:
        raise RuleBroken.of("visit_station_unknown", "station")
    if not 1 <= sheets <= MOST_SHEETS:
        raise RuleBroken.of("visit_sheets", "sheets", most=MOST_SHEETS)
    Hub.objects.select_for_update(no_key=True).get(pk=hub.pk)
    if earlier := list(CounterVisit.objects.at(hub).filter(batch=token).order_by("pk")):
        return earlier
    now = clock.now()
    made = []
    for _card in range(sheets * A_SHEET):
        card: CounterVisit = CounterVisit.objects.create(
            hub=hub, token=new_token(), batch=token, kind=VisitKinds.CARD, station=station, post=post, closed_by=by, closed_at=now
        )
        _record(card, by)
        made.append(card)
    return made


def _record(visit: CounterVisit, by: Any) -> str | None:
    _event, code = record_service(
        hub_id=visit.hub_id, post=visit.station, what=visit.what or WHAT[VisitKinds(visit.kind)], subject=VISIT, ref=visit.token,
        happened_at=visit.closed_at, for_person_id=visit.for_person_id, by=by,
    )  # fmt: skip
    return code


@transaction.atomic
def send_code(*, visit: CounterVisit, phone: str, address: str, by: Any) -> None:
    """The code as a text message. The number is kept with the message alone. RuleBroken when the code is used or has run out."""
    code = code_about(VISIT, visit.token)
    if code is None:
        raise RuleBroken.of("visit_code_gone")
    facts = {"house": visit.hub.name, "link": address, "code": grouped(code)}
    text = _("%(house)s: thank you for coming. How was it? One tap: %(link)s or type the code %(code)s there.") % facts
    queue_message(hub_id=visit.hub_id, key=f"visit:{visit.token}:{phone}"[:100], kind="visit_code", text=text, phone=phone, subject=VISIT, ref=visit.token)
