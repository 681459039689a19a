"""The house looks at a thing: into the shop with a value band, or not, with the reason. And at what people report."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.references import grouped
from hub.core.wording import day_words
from hub.people.models import Resident
from hub.promises.actions import keep_about
from mutualaid.swapshop import reaching, rules
from mutualaid.swapshop.actions.leaving import withdraw_locked
from mutualaid.swapshop.actions.listing import CHECK, leave, shown_until
from mutualaid.swapshop.actions.writing import ITEM, locked_item, note, refuse_item_step, refuse_without_guardian, tell
from mutualaid.swapshop.models import Item, ItemPhoto, Report, Wish
from mutualaid.swapshop.states import Bands, ItemStates, RefuseReasons, ReportReasons, ReportStates

REPORT = "swapshop.report"


def refuse_own(item: Item, by: Any) -> None:
    """Nobody looks at their own thing, or their child's."""
    people = {item.for_person_id, *(guardian.pk for guardian in reaching.guardians_of(item.for_person))}
    if by is not None and Resident.objects.filter(pk__in=people, user_id=by.pk).exists():
        raise RuleBroken.of("swap_own_check")


def same_photo_as(item: Item) -> Item | None:
    """The first other thing, of anybody at this hub, that came with one of the same photos, or with one that looks like it."""
    own = list(item.photos.values_list("content_hash", "look"))
    if not own:
        return None
    others = ItemPhoto.objects.filter(item__hub_id=item.hub_id).exclude(item=item).order_by("id")
    same = others.filter(content_hash__in=[content_hash for content_hash, _look in own]).values_list("pk", flat=True).first()
    if same is None:
        looks = [look for _content_hash, look in own]
        rows = others.exclude(look="").values_list("pk", "look")
        same = next((pk for pk, look in rows.iterator(chunk_size=2000) if any(rules.look_alike(look, each) for each in looks)), None)
    return others.select_related("item").get(pk=same).item if same else None


@transaction.atomic
def approve(*, item: Item, band: str, by: Any, has_compared: bool = False) -> Item:
    """Into the shop, with its value band. The same photo with another thing holds it until somebody has compared the two. Again, nothing happens."""
    item = locked_item(item)
    if item.state == ItemStates.LISTED and item.band == band:
        return item
    if item.state != ItemStates.CHECKING:
        refuse_item_step(item)
    refuse_own(item, by)
    if band not in Bands.values:
        raise RuleBroken.of("swap_band_missing", "band")
    twin = same_photo_as(item)
    if twin and not has_compared:
        raise RuleBroken.of("swap_same_photo", "has_compared", reference=grouped(twin.reference))
    refuse_without_guardian(item.for_person, item.hub.hotline, guardian_present=item.guardian_was_there)
    if reaching.is_child(item.for_person) and rules.is_above(band, settings.SWAP_CHILD_BAND):
        raise RuleBroken.of("swap_child_band", "band")
    put_in(item, band, by)
    note(ITEM, item, "approve", by, ref=item.reference, person=item.for_person, band=band, same_photo=bool(twin))
    keep_about(kind=CHECK, subject=ITEM, ref=item.reference, by=by)
    tell(item.for_person, "listed", item, url=item.own_url, about=f"{item.checked_at:%Y%m%d%H%M%S}", until=until_words(item))
    tell_wishers(item)
    return item


def put_in(item: Item, band: str, by: Any) -> None:
    """A locked thing stands in the shop from now on."""
    now = clock.now()
    item.state, item.band, item.checked_at, item.checked_by = ItemStates.LISTED, Bands(band), now, by
    item.listed_at, item.expires_at = item.listed_at or now, shown_until()
    item.save()


def until_words(item: Item) -> str:
    """The last day it is shown."""
    return day_words(clock.local(item.expires_at).date()) if item.expires_at else ""


@transaction.atomic
def refuse(*, item: Item, reason: str, words: str = "", by: Any) -> Item:
    """Not into the shop, and why; the owner puts it right or leaves it. Again, nothing happens."""
    item = locked_item(item)
    if item.state == ItemStates.REFUSED:
        return item
    if item.state != ItemStates.CHECKING:
        refuse_item_step(item)
    refuse_own(item, by)
    if reason not in RefuseReasons.values:
        raise RuleBroken.of("swap_reason_missing", "reason")
    if reason == RefuseReasons.OTHER and not words.strip():
        raise RuleBroken.of("reason_missing", "words")
    item.refuse_reason, item.refuse_words, item.checked_at, item.checked_by = RefuseReasons(reason), words.strip()[:100], None, by
    keep_about(kind=CHECK, subject=ITEM, ref=item.reference, by=by)
    leave(item, ItemStates.REFUSED)
    note(ITEM, item, "refuse", by, ref=item.reference, person=item.for_person, why=reason, reason=item.refuse_words)
    tell(item.for_person, "refused", item, url=item.own_url, about=f"{clock.now():%Y%m%d%H%M%S}", reason=refusal_words(item))
    return item


def refusal_words(item: Item) -> str:
    """The reason, and what the checker added."""
    said = item.get_refuse_reason_display()
    return f"{said} ({item.refuse_words})" if item.refuse_words else said


def tell_wishers(item: Item) -> None:
    """Whoever looks for such a thing is told, once for each thing; a child of nothing above the cap."""
    text = f"{item.title} {item.about}"
    for wish in Wish.objects.at(item.hub).standing().exclude(person=item.for_person_id).select_related("person").order_by("id"):
        if not rules.fits(wanted_kind=wish.kind_id, wanted=wish.words, kind=item.kind_id, said=text):
            continue
        if reaching.is_child(wish.person) and rules.is_above(item.band, settings.SWAP_CHILD_BAND):
            continue
        tell(wish.person, "found", item, url=item.url, about="found")


# --- reports --------------------------------------------------------------------------------------------------------
@transaction.atomic
def report(*, item: Item, person: Resident, reason: str, by: Any = None) -> Report:
    """Somebody says that something is wrong with a listing, once each; so many of them hide it until the house has looked."""
    item = locked_item(item)
    if not item.is_shown:
        raise RuleBroken.of("swap_item_gone")
    if item.for_person_id == person.pk:
        raise RuleBroken.of("swap_own_thing")
    if reason not in ReportReasons.values:
        raise RuleBroken.of("swap_reason_missing", "reason")
    try:
        with transaction.atomic():
            made: Report = Report.objects.create(hub_id=item.hub_id, item=item, person=person, reason=reason, made_at=clock.now())
    except IntegrityError:
        raise RuleBroken.of("swap_reported") from None
    note(REPORT, made, "report", by, ref=item.reference, person=person, why=reason)
    if Report.objects.filter(item=item, state=ReportStates.OPEN).count() >= settings.SWAP_REPORTS_HIDE:
        item.hidden_at = clock.now()
        item.save(update_fields=["hidden_at"])
        note(ITEM, item, "hide", None, ref=item.reference)
    return made


@transaction.atomic
def decide_reports(*, item: Item, is_so: bool, reason: str = "", words: str = "", by: Any) -> Item:
    """The house has looked: it was so, and the thing leaves the shop (a living promise about it is called off); or nothing was wrong, and it is
    shown again."""
    item = locked_item(item)
    refuse_own(item, by)
    if is_so and reason not in RefuseReasons.values:
        raise RuleBroken.of("swap_reason_missing", "reason")
    state = ReportStates.UPHELD if is_so else ReportStates.DISMISSED
    if not Report.objects.filter(item=item, state=ReportStates.OPEN).update(state=state, decided_at=clock.now(), decided_by=by):
        raise RuleBroken.of("swap_no_reports")
    item.hidden_at = None
    item.save(update_fields=["hidden_at"])
    note(ITEM, item, "decide_reports", by, ref=item.reference, is_so=is_so, why=reason, reason=words.strip())
    if not is_so or not item.is_living:
        return item
    item.refuse_reason, item.refuse_words = RefuseReasons(reason), words.strip()[:100]
    item.save(update_fields=["refuse_reason", "refuse_words"])
    item = withdraw_locked(item, ItemStates.REFUSED, why=refusal_words(item), by=by)
    tell(item.for_person, "taken_down", item, url=item.own_url, about=f"{clock.now():%Y%m%d%H%M%S}", reason=refusal_words(item))
    return item
