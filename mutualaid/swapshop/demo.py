"""A shop in every state for the demo: two families' children, grown-ups, things that wait, are promised, have gone. All of it is invented."""

from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from hub.core import clock
from hub.core.references import new_token
from hub.people.actions.consents import record_consent
from hub.people.actions.relatives import link_relatives
from hub.people.actions.residents import add_resident
from hub.people.models import Resident
from hub.people.states import CONSENT_TEXT_VERSION, Channels, ConsentPurposes
from mutualaid.swapshop import actions, queries
from mutualaid.swapshop.actions import Described, Lister, Side
from mutualaid.swapshop.jobs import expire
from mutualaid.swapshop.models import Barter, Item, Kind
from mutualaid.swapshop.pictures import Photo, photo_of

NICKNAMES = {"child": "小火箭", "friend": "跳绳高手", "resident": "绿豆糕", "neighbour": "老象棋", "elder": "茉莉花", "guardian": "向日葵"}
# whose, what, kind, condition, what for it ('' is given away), more, value, colours of its picture
THINGS = (
    ("child", "恐龙立体书", "图书画册", "good", "跳绳或飞行棋", "三册一套，边角有一点磨", "small", ("#7da08a", "#f1c45d")),
    ("child", "四驱小赛车", "玩具", "used", "拼图", "换过一次轮子，跑得快", "small", ("#c0563f", "#e8d9b0")),
    ("friend", "花样跳绳", "运动用品", "used", "恐龙书", "珠节绳，长度可以调", "small", ("#2a4852", "#9db3b2")),
    ("friend", "500片星空拼图", "玩具", "good", "赛车或积木", "一片不少，拼过两次", "small", ("#3b3f6b", "#f1c45d")),
    ("resident", "儿童自行车", "运动用品", "used", "护眼台灯", "16寸，辅助轮还在", "middle", ("#9f3220", "#eadfc8")),
    ("resident", "绘本二十册", "图书画册", "good", "", "适合3到6岁", "small", ("#e2cfa6", "#9f3220")),
    ("neighbour", "木头象棋", "棋牌游戏", "worn", "围棋子一副", "棋盘补过一次角", "small", ("#574c40", "#eadfc8")),
    ("neighbour", "二胡一把", "乐器", "used", "口琴", "弦是新换的", "large", ("#742011", "#e2cfa6")),
    ("elder", "搪瓷茶盘", "家居用品", "worn", "", "老式牡丹花样", "small", ("#dde6e2", "#9f3220")),
    ("elder", "毛线和棒针", "家居用品", "new", "花盆两只", "红的和灰的各三团", "small", ("#b7a688", "#742011")),
    ("guardian", "护眼台灯", "电器数码", "good", "儿童自行车", "三档亮度", "middle", ("#fffbf3", "#2a4852")),
    ("guardian", "羽毛球拍一对", "运动用品", "used", "乒乓球拍", "线有点松", "small", ("#9db3b2", "#241f19")),
)  # fmt: skip
WAITING = (
    ("child", "昆虫标本盒", "其他", "good", "放大镜", "十二格，自己写的标签", ("#7da08a", "#574c40")),
    ("neighbour", "收音机", "电器数码", "used", "暖水壶", "能收五个台", ("#241f19", "#b7a688")),
    ("elder", "竹编菜篮", "家居用品", "worn", "", "提手结实", ("#e2cfa6", "#2a4852")),
)


class Upload:
    """A drawn picture in place of what a phone would send."""

    def __init__(self, ground: str, thing: str, place: int) -> None:
        self.file = BytesIO()
        picture = Image.new("RGB", (900, 700), ground)
        pen = ImageDraw.Draw(picture)
        pen.rectangle((0, 520, 900, 700), fill="#eadfc8")
        left, top, right, bottom = 120 + place * 61 % 260, 90 + place * 37 % 170, 560 + place * 83 % 260, 470 + place * 29 % 150
        middle = (left + right) // 2
        if place % 3 == 0:
            pen.ellipse((left, top, right, bottom), fill=thing, outline="#241f19", width=14)
        elif place % 3 == 1:
            pen.rectangle((left, top, right, bottom), fill=thing, outline="#241f19", width=14)
        else:
            pen.polygon(((middle, top), (right, bottom), (left, bottom)), fill=thing, outline="#241f19", width=14)
        pen.line((left, (top + bottom) // 2, right, (top + bottom) // 2), fill="#241f19", width=10)
        picture.save(self.file, format="JPEG", quality=85)

    def seek(self, place: int) -> None:
        self.file.seek(place)

    def read(self) -> bytes:
        return self.file.read()


def seed(world: Any) -> None:
    """Unless there is something in the shop already."""
    users, people = world.notes.get("users", {}), dict(world.notes.get("residents", {}))
    clerk = users.get("clerk")
    if clerk is None or "child" not in people or Item.objects.at(world.hub).exists():
        return
    people["friend"] = a_friend(world, people["resident"], clerk)
    for key, nickname in NICKNAMES.items():
        actions.join(person=people[key], nickname=nickname)
    for key, guardian in (("child", "guardian"), ("friend", "resident")):
        actions.agree_for_child(child=people[key], guardian=people[guardian], by=clerk, channel=Channels.COUNTER)
    kinds = {kind.name_zh: kind for kind in Kind.objects.at(world.hub)}
    things = {row[1]: put_thing(world, people, kinds, clerk, place, row) for place, row in enumerate(THINGS)}
    for place, (key, title, kind, condition, wish, about, colours) in enumerate(WAITING):
        described = Described(kinds[kind], title, condition, about, wish, not wish)
        hand_in(world, people[key], described, [picture(colours, place + 20)])
    refuse_one(world, people, kinds, clerk)
    barter_of_two_children(world, things, people, clerk)
    promises_and_queue(world, things, people)
    put_ends(world, things, people, kinds, clerk)
    actions.make_wish(person=people["neighbour"], kind=kinds["乐器"], words="")
    actions.make_wish(person=people["friend"], kind=None, words="积木、放大镜")


def a_friend(world: Any, guardian: Resident, clerk: Any) -> Resident:
    """The resident's daughter, in the next class."""
    friend = add_resident(hub=world.hub, name="李小雨", by=clerk, birth_on=date(2016, 3, 20), building=guardian.building, door=guardian.door)
    consent = record_consent(resident=friend, purpose=ConsentPurposes.CHILD, text_version=CONSENT_TEXT_VERSION, given_by=guardian, by=clerk)
    link_relatives(person=friend, relative=guardian, kind="guardian", note="母亲", may_act=True, consent=consent, by=clerk)
    return friend


def picture(colours: tuple[str, str], place: int) -> Photo:
    """A drawn one in both sizes."""
    return photo_of(Upload(*colours, place))


def hand_in(world: Any, person: Resident, described: Described, photos: list[Photo]) -> Item:
    """As from a phone."""
    return actions.list_item(hub=world.hub, thing=described, by=Lister(person, asked_by=person), photos=photos, token=new_token())


def put_thing(world: Any, people: dict[str, Any], kinds: dict[str, Kind], clerk: Any, place: int, row: tuple[Any, ...]) -> Item:
    """Handed in, looked at, in the shop; some days ago."""
    key, title, kind, condition, wish, about, band, colours = row
    item = hand_in(world, people[key], Described(kinds[kind], title, condition, about, wish, not wish), [picture(colours, place)])
    item = actions.approve(item=item, band=band, by=clerk)
    day = clock.local(world.now).date() - timedelta(days=place + 1)
    looked_at = clock.at(day, time(14 + place % 4))
    Item.objects.filter(pk=item.pk).update(
        asked_at=clock.at(day, time(8 + place % 5, 40)), checked_at=looked_at, listed_at=looked_at, expires_at=looked_at + timedelta(days=30)
    )
    item.refresh_from_db()
    return item


def refuse_one(world: Any, people: dict[str, Any], kinds: dict[str, Kind], clerk: Any) -> None:
    """Too valuable for a child."""
    item = hand_in(world, people["child"], Described(kinds["电器数码"], "平板电脑", "used", "屏幕有一道划痕", "游戏机"), [])
    actions.refuse(item=item, reason="value", words="请家长来登记", by=clerk)


def barter_of_two_children(world: Any, things: dict[str, Item], people: dict[str, Any], clerk: Any) -> None:
    """The rope for the dinosaurs: promised, with a time at the house; both lie here under their tags. A second offer waits behind it."""
    wanted = things["恐龙立体书"]
    offer = actions.make_offer(item=wanted, things=[things["花样跳绳"]], by=Lister(people["friend"]), token=new_token())
    actions.make_offer(item=wanted, things=[things["毛线和棒针"]], by=Lister(people["elder"]), token=new_token())
    barter = actions.accept_offer(offer=offer, by=clerk)
    slots = queries.free_slots(world.hub, with_child=True)
    if slots:
        actions.choose_slot(barter=barter, slot_at=slots[0], by=clerk)
    actions.take_in(item=wanted, shelf="A-3", by=clerk)


def promises_and_queue(world: Any, things: dict[str, Item], people: dict[str, Any]) -> None:
    """An offer that waits; a promise that was broken, after which the next offer is proposed; a listing somebody has reported."""
    actions.make_offer(item=things["四驱小赛车"], things=[things["500片星空拼图"]], by=Lister(people["friend"]), token=new_token())
    lamp = things["护眼台灯"]
    broken = actions.make_offer(item=lamp, things=[things["儿童自行车"]], by=Lister(people["resident"]), token=new_token())
    actions.make_offer(item=lamp, things=[things["木头象棋"]], by=Lister(people["neighbour"]), token=new_token())
    actions.renege(barter=actions.accept_offer(offer=broken), side="taker", reason="changed_mind")
    actions.report(item=things["二胡一把"], person=people["resident"], reason="false")


def put_ends(world: Any, things: dict[str, Item], people: dict[str, Any], kinds: dict[str, Kind], clerk: Any) -> None:
    """One swapped on the spot, one given away, one expired, one taken back."""
    first = Side(people["neighbour"], (), Described(kinds["图书画册"], "三国连环画", "worn", wish="当面换"), "small")
    second = Side(people["elder"], (), Described(kinds["家居用品"], "青花小碗", "good", wish="当面换"), "small")
    actions.swap_on_the_spot(hub=world.hub, owner=first, taker=second, by=clerk)
    gift = actions.accept_offer(offer=actions.make_offer(item=things["搪瓷茶盘"], things=[], by=Lister(people["resident"]), token=new_token()))
    actions.confirm(barter=gift, sides=["owner", "taker"], by=clerk, as_staff=True)
    for days, barter in enumerate(Barter.objects.at(world.hub).filter(state="done").order_by("pk"), 2):
        at = world.now - timedelta(days=days)
        Barter.objects.filter(pk=barter.pk).update(made_at=at - timedelta(hours=2), owner_confirmed_at=at, taker_confirmed_at=at, ended_at=at)
    Item.objects.filter(pk=things["羽毛球拍一对"].pk).update(expires_at=clock.now() - timedelta(minutes=1))
    expire()
    actions.withdraw_item(item=things["毛线和棒针"])
