"""Posts, a roster, two closed months and the one that runs, for the demo. Every name is invented; the same seed gives the same demo."""

from datetime import date, datetime, timedelta
from typing import Any

from hub.core import clock
from hub.core.references import new_token
from hub.served.models import RatingCode
from hub.served.queries import code_of
from mutualaid.vanguard import actions, months
from mutualaid.vanguard.actions import Came
from mutualaid.vanguard.defaults import open_tags
from mutualaid.vanguard.models import CounterVisit, Post, Rating, RatingTag
from mutualaid.vanguard.states import NEEDS_CORRECTION, Sources, WordsStates

# number, centre, name, English, holder (a login of the cast with its own name, or a name), badge, promise, English
POSTS = (
    (1, "acceptance", "1号综合窗口", "Window 1", "clerk", "001", "一次说清要带什么", "We say once, and clearly, what to bring"),
    (2, "acceptance", "2号综合窗口", "Window 2", "钱学军", "002", "急事先办", "What is urgent goes first"),
    (3, "acceptance", "3号综合窗口", "Window 3", "赵玉兰", "003", "不让您跑第二趟", "You need not come twice"),
    (4, "acceptance", "医保窗口", "Medical insurance", "何建平", "004", "报销进度主动告诉您", "We tell you how far it is"),
    (5, "acceptance", "导办台", "Reception desk", "田秀英", "005", "您一进门就有人问", "Somebody asks as soon as you come in"),
    (6, "living", "服务热线", "Hotline", "operator", "006", "三声之内接电话", "We answer within three rings"),
    (7, "living", "物业维修", "Repairs", "周卫国", "007", "修不好不收钱", "Not mended, not charged"),
    (8, "living", "理发工作室", "Haircut studio", "胡东", "008", "行动不便我上门", "Who cannot come is visited"),
    (9, "living", "电脑维修", "Computer repair", "吕明", "009", "讲到您会用", "We explain until you can use it"),
    (10, "living", "图书室", "Library", "宋敏", "010", "找不到的书替您借", "We borrow what we do not have"),
    (11, "culture", "书画活动室", "Painting room", "李春华", "011", "笔墨随时备好", "Brush and ink are ready"),
    (12, "culture", "棋牌活动室", "Chess and cards", "杜国强", "012", "茶水管够", "Always enough tea"),
    (13, "culture", "4:30儿童课堂", "4:30 class", "许倩", "013", "孩子交给我放心", "Children are in good hands"),
    (14, "culture", "健康医疗站", "Health station", "马秀英", "014", "量血压不用等", "No waiting for the blood pressure"),
    (15, "culture", "健身房", "Gym", "高峰", "015", "教会再用器械", "We show each machine first"),
)  # fmt: skip
TAKES_REST = frozenset({5, 6, 12})
DUTY = ("陈国庆", "冯雪", "钱学军", "马秀英", "李春华", "周卫国", "田秀英")
# how many of each grade, from very satisfied down, two months ago and last month
PAST = (
    ((26, 9, 3, 0, 0), (31, 8, 2, 1, 0)), ((14, 9, 4, 1, 1), (15, 10, 5, 2, 0)), ((41, 9, 1, 0, 0), (55, 7, 2, 0, 0)), ((20, 12, 5, 2, 1), (18, 11, 6, 2, 1)),
    ((11, 4, 2, 0, 0), (12, 5, 1, 0, 0)), ((52, 11, 2, 1, 0), (60, 8, 3, 0, 0)), ((24, 6, 2, 0, 0), (33, 5, 1, 0, 0)), ((30, 3, 0, 0, 0), (29, 6, 2, 1, 0)),
    ((8, 2, 1, 0, 0), (9, 3, 1, 0, 0)), ((19, 8, 3, 0, 0), (22, 7, 4, 0, 0)), ((37, 6, 1, 0, 0), (41, 6, 1, 0, 0)), ((15, 6, 3, 1, 0), (17, 8, 2, 1, 0)),
    ((21, 4, 1, 0, 0), (25, 9, 3, 1, 1)), ((44, 9, 2, 0, 0), (54, 9, 3, 0, 0)), ((3, 0, 0, 0, 0), (5, 1, 0, 0, 0)),
)  # fmt: skip
GRADES = (5, 4, 3, 2, 1)
WORDS = (
    (3, 5, "耐心得很，复印都替我弄好了", "谢谢您，慢走，有事再来", "shown"), (7, 5, "师傅鞋套自己带的，修完还扫了地", "", "shown"),
    (11, 4, "要是周日也开门就更好了", "已经报上去了，下月起周日上午开", "shown"), (14, 5, "量完血压还教我怎么吃药", "", "waiting"),
    (2, 2, "排队太久，叫号也没听见", "", "waiting"), (12, 1, "某某说话难听", "", "hidden"),
)  # fmt: skip
A_BURST = 12


def seed(world: Any) -> None:
    """Fifteen posts at the first hub, one at the second; ratings, unless there are posts already."""
    if Post.objects.at(world.hub).exists():
        return
    users = world.notes["users"]
    for hub in (world.hub, world.second_hub):
        open_tags(hub)
    posts = {row[0]: put_post(world.hub, row, users) for row in POSTS}
    put_post(world.second_hub, POSTS[0][:4] + ("孟洁",) + POSTS[0][5:], {})
    reviewers = [at_work(users[key], world.hub) for key in ("reviewer", "reviewer2")]
    put_roster(world, users)
    put_past(world, posts, reviewers)
    put_this_month(world, posts, users, reviewers)


def at_work(user: Any, hub: Any) -> Any:
    """As in a request at that hub."""
    user.acting_at = hub
    return user


def put_post(hub: Any, row: tuple[Any, ...], users: dict[str, Any]) -> Post:
    """One post and who holds it since the year began."""
    number, station, name_zh, name_en, holder, badge, promise_zh, promise_en = row
    post = Post.objects.create(hub=hub, number=number, station=station, name_zh=name_zh, name_en=name_en, takes_rest=number in TAKES_REST)
    account = users.get(holder)
    actions.begin_term(
        post=post, name=account.name if account else holder, account=account, badge=badge, from_on=date(2026, 1, 1), promise_zh=promise_zh,
        promise_en=promise_en, by=users.get("director"),
    )  # fmt: skip
    return post


def put_roster(world: Any, users: dict[str, Any]) -> None:
    """Last week, this one and the next."""
    monday = clock.local(world.now).date() - timedelta(days=clock.local(world.now).weekday())
    days = {monday + timedelta(days=n - 7): (DUTY[n % len(DUTY)], None) for n in range(21)}
    actions.set_duty(hub=world.hub, days=days, by=users["director"])


def put_past(world: Any, posts: dict[int, Post], reviewers: list[Any]) -> None:
    """Two months: ratings, last month's box counted by two, both closed; the earlier was opened again once."""
    this = months.month_of(world.now)
    last = months.last_month(this)
    for place, month in enumerate((months.last_month(last), last)):
        for (number, post), grades in zip(posts.items(), PAST, strict=True):
            put_ratings(world, post, month, grades[place], start=number)
    for reviewer in reviewers:
        actions.type_box(post=posts[10], month=last, cards=(9, 4, 1, 0, 0), by=reviewer)
    earlier = months.last_month(last)
    director = at_work(world.notes["users"]["director"], world.hub)
    actions.strike(post=posts[14], month=earlier, reason="当月有一起有效投诉，评审会研究不列入", by=director)
    closing = actions.close_month(hub=world.hub, month=earlier, by=reviewers[0])
    actions.reopen_month(closing=closing, reason="补录便民站漏交的一箱纸质评价", by=reviewers[0])
    for reviewer in reviewers:
        actions.type_box(post=posts[8], month=earlier, cards=(6, 1, 0, 0, 0), by=reviewer)
    actions.close_month(hub=world.hub, month=earlier, by=reviewers[1])
    actions.close_month(hub=world.hub, month=last, by=reviewers[0])


def put_ratings(world: Any, post: Post, month: date, grades: tuple[int, ...], *, start: int) -> None:
    """As many of each grade, spread over the month by unknown visitors."""
    first, end = months.bounds(month)
    hours = int((end - first).total_seconds()) // 3600
    is_long_ago = end < world.now - timedelta(days=40)  # by then every low grade was put right
    given = [grade for grade, count in zip(GRADES, grades, strict=True) for _each in range(count)]
    Rating.objects.bulk_create(
        Rating(
            hub_id=post.hub_id, post=post, token=new_token(), event_mark=new_token(), voice=new_token(), month=month, grade=grade,
            done_words="已和岗位人员核对，流程牌改好了" if is_long_ago and grade in NEEDS_CORRECTION else "",
            done_at=end if is_long_ago and grade in NEEDS_CORRECTION else None,
            received_at=first + timedelta(hours=(start * 37 + n * 11) % hours), source=world.random.choice((Sources.LINK, Sources.LINK, Sources.WEB, Sources.DESK)),
        )
        for n, grade in enumerate(given)
    )  # fmt: skip


def put_this_month(world: Any, posts: dict[int, Post], users: dict[str, Any], reviewers: list[Any]) -> None:
    """The month that runs: visits and codes, words in every state, corrections open and done, a burst set aside, a box counted by one."""
    clerk = at_work(users["clerk"], world.hub)
    codes = [put_code(world, post) for post in posts.values() for _each in range(2)]
    for n, code in enumerate(codes):
        actions.rate(hub=world.hub, code=code, grade=world.random.choices(GRADES[:3], (70, 22, 8))[0], came=Came(source=(Sources.WEB, Sources.LINK)[n % 2]))
    praise = list(RatingTag.objects.at(world.hub).filter(is_praise=True))
    for number, grade, words, reply, state in WORDS:
        made = put_rating(world, posts[number], grade)
        actions.add_words(rating=made, words=words, tags=praise[:2] if grade >= 4 else ())
        if state != WordsStates.WAITING:
            actions.decide_words(rating=made, is_shown=state == WordsStates.SHOWN, by=reviewers[0])
        if reply:
            Rating.objects.filter(pk=made.pk).update(reply=reply, reply_at=world.now, reply_by=users["director"])
        if grade == 1:
            actions.put_right(rating=made, words="已当面沟通，本人表示歉意", by=reviewers[0])
    came = Came(source=Sources.LINK, mark="demo-browser", address="demo-address")
    for code in [put_code(world, posts[15]) for _each in range(A_BURST)]:
        actions.rate(hub=world.hub, code=code, grade=5, came=came)
    actions.type_box(post=posts[10], month=months.month_of(world.now), cards=(7, 2, 1, 0, 0), by=reviewers[0])
    resident = world.notes["residents"].get("resident")
    for n in range(3):
        actions.close_visit(hub=world.hub, by=clerk, token=new_token(), what="医保转移", person=resident if n == 0 else None)
    actions.print_cards(hub=world.hub, by=clerk, token=new_token(), sheets=1)


def put_rating(world: Any, post: Post, grade: int) -> Rating:
    """By an unknown visitor, with a code of a service of that post."""
    return actions.rate(hub=world.hub, code=put_code(world, post), grade=grade, came=Came(source=Sources.LINK))


def put_code(world: Any, post: Post) -> str:
    """A code of a visit that will be rated for this post."""
    visit, _code = actions.close_visit(hub=world.hub, by=world.notes["users"]["director"], token=new_token(), post=post)
    held = RatingCode.objects.select_related("event").get(event__subject_ref=visit.token)
    at: datetime = min(world.now, held.event.happened_at) - timedelta(minutes=30)
    type(held.event).objects.filter(pk=held.event_id).update(happened_at=at, recorded_at=at)
    CounterVisit.objects.filter(pk=visit.pk).update(closed_at=at)
    return code_of(held.event) or ""
