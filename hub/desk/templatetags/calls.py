"""How the desk's pages say things."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub.core import clock
from hub.core.joins import Caller, desk_tasks
from hub.core.names import masked_name
from hub.core.phones import is_mobile, masked
from hub.core.references import grouped
from hub.desk.board import when_words
from hub.desk.models import Call
from hub.people.models import Relationship, Resident
from hub.promises.models import Promise
from hub.promises.wording import due_words

register = template.Library()
BETWEEN = "　"
DAYS_A_YEAR = 365.2425


@register.simple_tag
def keycap(*words: object) -> SafeString:
    """A key, shown on the control it belongs to."""
    return format_html("<kbd>{}</kbd>", " ".join(str(word) for word in words))


@register.filter
def row_key(place: int) -> str:
    """The key of the n-th task, from left to right in the row of digits; '' when the row is at its end."""
    return "1234567890-="[place - 1 : place]


@register.filter
def grouped_phone(number: str) -> str:
    """138 0000 1234, 0371 6621 2590: as it is read out."""
    if is_mobile(number):
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    return f"{number[:-8]} {number[-8:-4]} {number[-4:]}".strip()


@register.filter
def where(person: Resident) -> str:
    """Which of two of one name: the house and the year, not the door."""
    year = str(person.birth_on.year) if person.birth_on else ""
    return BETWEEN.join(part for part in (str(person.building or ""), year) if part)


@register.filter
def about(person: Resident) -> str:
    """Age, community and address of the open card."""
    years = int((clock.today() - person.birth_on).days / DAYS_A_YEAR) if person.birth_on else None
    age = ngettext("%(n)s year old", "%(n)s years old", years) % {"n": years} if years is not None else ""
    community = person.building.grid.community.name if person.building else ""
    home = f"{person.building.name_zh}{person.door}" if person.building else ""
    return BETWEEN.join(part for part in (age, community, home) if part)


@register.filter
def masked_said(caller: Caller) -> str:
    """Somebody who is no resident, as lists show them."""
    return f"{masked_name(caller.name)} {masked(caller.phone)}".strip()


@register.filter
def number_of_link(link: Relationship) -> str:
    """The masked number to ring: written with the link, or the relative's first."""
    if link.relative is None:
        return link.masked_phone
    first = next(iter(link.relative.phones.all()), None)
    return first.masked_number if first else ""


@register.filter
def began(call: Call) -> str:
    """When it began."""
    return when_words(call)


@register.filter
def is_late_now(promise: Promise) -> bool:
    return promise.due_at < clock.now()


@register.filter
def due_in_words(promise: Promise) -> str:
    return due_words(promise, clock.now())


@register.filter
def wrong_of(wrap_form: Any, form: Any) -> Any:
    """Which form's complaints stand above both: the task's, else the wrap-up's."""
    return form if form.is_bound and form._errors else wrap_form


@register.filter
def done_words(row: dict[str, Any]) -> str:
    """Service 3456 7890."""
    label = str(desk_tasks[row["task"]].label) if row["task"] in desk_tasks else _("done")
    return f"{label} {grouped(row['reference'])}".strip()
