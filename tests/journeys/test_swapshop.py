"""A barter between two children with a guardian's consent, from the guardian's yes to both words, in every view."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from hub.core import clock
from hub.core.references import grouped
from hub.people.models import Resident
from mutualaid.swapshop import actions, queries
from mutualaid.swapshop.models import Barter, Item, Kind
from tests.cast import user_with
from tests.factories.swapshop import a_child, a_swapper, in_the_shop, photo, promised
from tests.journeys.conftest import Visitor
from tests.journeys.sound import findings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(visitor: Visitor, person: Resident) -> None:
    """Another person takes the phone."""
    client = Client()
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    visitor.page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": visitor.base}])


@pytest.fixture
def families(ticking: None, live_server: Any, hub: Any) -> tuple[Resident, Resident, Resident, Resident]:
    """Two mothers; the first has not agreed yet."""
    first, second = a_swapper(hub, "向日葵", name="陈丽"), a_swapper(hub, "绿豆糕", name="李晓梅")
    return first, a_child(hub, "小火箭", agreed=False, guardian=first, name="陈小明"), second, a_child(hub, "跳绳高手", guardian=second, name="李小雨")


def picture(folder: Path) -> str:
    file = folder / "book.jpg"
    out = BytesIO()
    Image.new("RGB", (1600, 1200), "#7da08a").save(out, format="JPEG")
    file.write_bytes(out.getvalue())
    return str(file)


def test_two_children_swap_with_their_mothers_consent(visitor: Visitor, families: Any, hub: Any, tmp_path: Path) -> None:
    mother, child, other_mother, friend = families
    rope = in_the_shop(friend, title="花样跳绳", wish="恐龙书")
    sign_in(visitor, mother)
    # the mother agrees, then lists the child's book; a price is refused and everything else kept
    visitor.go("/swap/children/")
    visitor.press("button[value=yes]")
    visitor.go("/swap/")
    visitor.press("a.key-main[href$='/swap/new/']")
    visitor.page.check(f"[name=who][value='{child.pk}']", force=True)
    visitor.fill(title="恐龙立体书", wish="跳绳，或者20元", about="三册一套")
    visitor.choose(kind=str(Kind.objects.at(hub).first().pk))
    visitor.page.check("[name=condition][value=good]", force=True)
    visitor.page.check("[name=way][value=swap]", force=True)
    visitor.page.set_input_files("[name=photo_1]", picture(tmp_path))
    visitor.press("form[enctype] .key-main")
    assert (visitor.page.locator("#errors li").count(), visitor.page.input_value("[name=about]"), visitor.page.locator("[name=held]").count()) == (
        1,
        "三册一套",
        1,
    )
    visitor.fill(wish="跳绳")
    visitor.press("form[enctype] .key-main")
    book = Item.objects.get(title="恐龙立体书")
    assert (book.state, book.photos.count(), visitor.path) == ("checking", 1, f"{visitor.prefix}{book.own_url}")
    # the house looks; the other mother offers her child's rope
    actions.approve(item=book, band="small", by=user_with("clerk", hub))
    sign_in(visitor, other_mother)
    visitor.go("/swap/")
    visitor.press(f"a[href='{visitor.prefix}{book.url}']")
    assert visitor.shows("小火箭") and not visitor.shows("陈小明")
    visitor.press("a.key-main[href$='/offer/']")
    visitor.page.check(f"[name=who][value='{friend.pk}']", force=True)
    visitor.page.check(f"[name=things][value='{rope.pk}']", force=True)
    visitor.press("form[novalidate] .key-main")
    # the first mother sees it under her things and says yes; a time by day; both say it is done
    sign_in(visitor, mother)
    visitor.go("/me/")
    visitor.press(f"a.key-row[href='{visitor.prefix}{book.own_url}']")
    visitor.press("button[value=yes]")
    barter = Barter.objects.get()
    assert (barter.with_child, visitor.path) == (True, f"{visitor.prefix}{barter.url_for('owner')}")
    visitor.press("a.key-main[href$='/time/']")
    visitor.page.select_option("select[name=slot]", index=1)
    visitor.press("form[novalidate] .key-main")
    visitor.press("form[action$='/confirm/'] button")
    visitor.go(barter.url_for("taker"))
    visitor.press("form[action$='/confirm/'] button")
    barter.refresh_from_db()
    assert (barter.state, set(Item.objects.values_list("state", flat=True))) == ("done", {"swapped"})


def test_every_page_is_sound(visitor: Visitor, families: Any, hub: Any) -> None:
    mother, _child, _other, friend = families
    item = in_the_shop(friend, title="花样跳绳", photos=[photo()])
    mine = in_the_shop(mother, title="绘本", is_give_away=True)
    barter = promised(in_the_shop(mother, title="象棋"), in_the_shop(friend, title="拼图"))
    offer = actions.make_offer(item=mine, things=[], by=actions.Lister(friend), token="journey-offer-token")
    sign_in(visitor, mother)
    pages = ["/swap/", "/swap/?q=nothing", item.url, "/swap/new/", "/swap/wishes/", "/swap/children/", f"{item.url}offer/", f"{item.url}report/"]
    pages += [mine.own_url, f"{mine.own_url}change/", f"{mine.own_url}withdraw/", offer.url, "/me/"]
    pages += [barter.url_for("owner"), f"{barter.url_for('owner')}time/", f"{barter.url_for('owner')}break/"]
    slot = queries.free_slots(hub, with_child=True)[0]
    actions.choose_slot(barter=barter, slot_at=slot)
    wrong = {}
    for page in pages:
        visitor.bytes_loaded = 0
        assert (page, visitor.go(page).status) == (page, 200)
        if found := findings(visitor):
            wrong[page] = found
    assert wrong == {}
    sign_in(visitor, Resident(user=user_with("clerk", hub)))
    visitor.page.goto(f"{visitor.base}{reverse('swap_barter:sheet')}?day={clock.local(slot).date()}")
    assert visitor.shows(grouped(barter.reference))  # the house's script once took a table's cells for keys
