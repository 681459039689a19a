"""A newspaper with a closed edition, one that is being judged and one that runs, for the demo. The same seed gives the same demo; safe to call again."""

from datetime import datetime, time, timedelta
from typing import Any

from hub.core import clock
from hub.people.models import Resident
from mutualaid.woodpecker import actions, defaults
from mutualaid.woodpecker.actions import Reporter, Wrong
from mutualaid.woodpecker.actions.awards import FIRST_PRIZES
from mutualaid.woodpecker.models import (
    Award,
    CanonicalError,
    Credit,
    Edition,
    EditionPrize,
    ErrorKind,
    Newspaper,
    PastWinner,
    Report,
)
from mutualaid.woodpecker.states import Ways

MONTHS_EN = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
# page, title, what is wrong, the right words, why, kind
WRONG = (
    (1, "春风进社区，邻里一家亲", "“座谈会”印成了“坐谈会”", "座谈会", "现代汉语词典作“座谈”", "错别字"),
    (1, "书院街新添口袋公园", "说公园面积“12000平方米”，实际为1200平方米", "1200平方米", "公园门口的牌子上写着", "事实错误"),
    (2, "老城面馆的三十年", "店主姓“陈”，文中两处写成“程”", "陈", "本人就是老主顾", "人名地名"),
    (2, "暑期4:30课堂开班", "开班日期写成“9月31日”，九月没有31日", "9月30日", "", "数字日期"),
    (3, "居民书画展侧记", "“络绎不绝”印成了“络绎不决”", "络绎不绝", "", "错别字"),
    (3, "养老服务问答", "热线少印一位：6621259", "66212590", "门牌上的热线", "数字日期"),
    (4, "小区里的植物课", "“银杏是落叶灌木”有误，银杏是乔木", "落叶乔木", "植物园的牌子", "事实错误"),
    (4, "青年义诊走进社区", "“通过这次活动，使居民受益”缺主语", "这次活动使居民受益", "", "语法不通"),
    (5, "北顺城街路灯修好了", "街名印成“北顺成街”", "北顺城街", "路牌", "人名地名"),
    (5, "换客工作室开张记", "引号只有前半边", "补上后引号", "", "标点排版"),
    (6, "读者来信", "“再接再励”应为“再接再厉”", "再接再厉", "", "错别字"),
    (6, "社区食谱：冬瓜汤", "图片与文字对不上，图上是南瓜", "换成冬瓜的图", "", "事实错误"),
    (7, "健康小屋开放时间", "星期写错：11月3日不是星期一", "星期二", "看了日历", "数字日期"),
)
OTHERS = ("何文清", "吕凤英", "施建民", "孔祥云", "曹玉梅", "严小平", "华志远", "金月娥", "魏大成", "陶桂芳", "姜海涛")
POINTS = (9, 8, 8, 7, 7, 6, 6, 6, 5, 5, 4, 4, 3)


def seed(world: Any) -> None:
    """Everything at the first hub, a newspaper alone at the second, unless there is one already."""
    if Newspaper.objects.filter(hub=world.hub).exists():
        return
    defaults.open_kinds(world.hub)
    Newspaper.objects.create(hub=world.second_hub, name_zh="北苑之声", name_en="Voice of Beiyuan")
    paper = Newspaper.objects.create(hub=world.hub, name_zh="社区晨报", name_en="Community Morning")
    put_past(world)
    today = clock.local(world.now).date()
    put_closed(world, put_edition(world, paper, today - timedelta(days=62), 34, 101))
    put_judged(world, put_edition(world, paper, today - timedelta(days=33), 28, 102))
    put_running(world, put_edition(world, paper, today - timedelta(days=6), 27, 103))


def put_edition(world: Any, paper: Newspaper, day: Any, days: int, number: int) -> Edition:
    """With one best and ten excellent, and three reviewers on the panel."""
    edition: Edition = Edition.objects.create(
        hub=world.hub, newspaper=paper, key=f"demo{number:06d}", number=number, title_zh=f"{day.year}年{day.month}月版", title_en=f"{MONTHS_EN[day.month]} {day.year}",
        issued_on=day, deadline_on=day + timedelta(days=days), pages_count=8, budget_fen=10_000,
    )  # fmt: skip
    EditionPrize.objects.bulk_create(EditionPrize(edition=edition, **row) for row in FIRST_PRIZES)
    edition.reviewers.set(world.notes["users"][name] for name in ("reviewer", "reviewer2", "reviewer3"))
    return edition


def reader(world: Any, place: int) -> Reporter:
    """The cast first, then neighbours that stand in no book."""
    people = [world.notes.get("residents", {}).get(name) for name in ("neighbour", "resident", "elder")]
    if place < len(people) and isinstance(people[place], Resident):
        person = people[place]
        return Reporter(name=person.name, phone=f"138000060{place:02d}", way=Ways.WEB, for_person=person, asked_by=person, prints_full_name=place == 0)
    clerk = world.notes["users"]["clerk"]
    way = (Ways.PAPER, Ways.PHONE, Ways.WEB)[place % 3]
    name = OTHERS[place % len(OTHERS)]
    return Reporter(name=name, phone=f"138000061{place:02d}", way=way, taken_by=None if way == Ways.WEB else clerk, prints_full_name=place % 5 == 4)


def put_report(world: Any, edition: Edition, row: tuple[Any, ...], place: int, *, hours: int, wrong: str = "") -> Report:
    """As somebody sent it, so many hours after the edition came out."""
    at: datetime = clock.at(edition.issued_on, time(8, 10)) + timedelta(hours=hours, minutes=7 * place)
    found = Wrong(row[0], row[1], wrong or row[2], row[3], row[4])
    token = f"demo-report-{edition.number}-{hours:04d}-{place:02d}"
    return actions.report_error(edition=edition, wrong=found, by=reader(world, place), token=token, received_at=min(at, world.now - timedelta(minutes=1)))


def decided(world: Any, reports: list[Report], row: tuple[Any, ...], **verdict: Any) -> CanonicalError:
    """Sorted by the first reviewer, decided by the second."""
    users = world.notes["users"]
    error = actions.make_error(edition=reports[0].edition, reports=reports, page=row[0], title=row[1], what=row[2], right=row[3], by=users["reviewer"])
    kind = ErrorKind.objects.get(hub=world.hub, name_zh=row[5])
    facts: dict[str, Any] = {"verdict": "valid", "kind": kind, **verdict}
    return actions.decide(error=error, by=users["reviewer2"], **facts)


def scored(world: Any, error: CanonicalError, points: int, judges: tuple[str, ...]) -> None:
    """Each of the panel in their own way."""
    credit = Credit.objects.standing().select_related("error").get(error=error)
    for shift, name in enumerate(judges):
        actions.score(credit=credit, points=max(0, min(10, points + shift - 1)), by=world.notes["users"][name])


def put_closed(world: Any, edition: Edition) -> None:
    """Thirteen readers, a double, one that was no error; one best, ten excellent, some of them handed over."""
    judges = ("reviewer", "reviewer2", "reviewer3")
    users = world.notes["users"]
    for place, row in enumerate(WRONG):
        reports = [put_report(world, edition, row, place, hours=20 + 9 * place)]
        if place % 4 == 0:
            reports.append(put_report(world, edition, row, place + 1, hours=200 + place, wrong=f"{row[2]}，请更正"))
        scored(world, decided(world, reports, row), POINTS[place], judges)
    put_none(world, edition)
    actions.award_prizes(edition=edition, by=users["director"])
    actions.close_edition(edition=edition, by=users["reviewer"])
    for award in Award.objects.standing().filter(edition=edition).order_by("prize__rank", "place")[:6]:
        if award.account_id is None or award.account_id != users["clerk"].pk:
            is_signed = award.place % 3 != 0
            actions.hand_over(award=award, receipt="signed" if is_signed else "witnessed", witness="" if is_signed else "孙敏", by=users["clerk"])


def put_none(world: Any, edition: Edition) -> None:
    """A matter of taste, told so."""
    row = (8, "编者的话", "“咱们”不如“我们”文雅", "我们", "", "错别字")
    report = put_report(world, edition, row, 4, hours=150)
    decided(world, [report], row, verdict="invalid", kind=None, reason_code="style", reply="“咱们”更亲切，就这样留着。")


def put_judged(world: Any, edition: Edition) -> None:
    """In every state: scored by all, by some, by nobody; decided and not settled; sorted; judged by itself; raw."""
    users = world.notes["users"]
    judges = ("reviewer", "reviewer2", "reviewer3")
    for place, row in enumerate(WRONG[:6]):
        reports = [put_report(world, edition, row, place, hours=15 + 11 * place)]
        if place % 2 == 0:
            reports.append(put_report(world, edition, row, place + 2, hours=210 + place, wrong=f"{row[1]}：{row[2]}"))
        scored(world, decided(world, reports, row), POINTS[place], judges[: 3 if place < 3 else place % 3])
    row = WRONG[7]
    decided(world, [put_report(world, edition, row, 8, hours=130)], row, is_settled=False)
    row = WRONG[8]
    actions.make_error(
        edition=edition, reports=[put_report(world, edition, row, 9, hours=140)], page=row[0], title=row[1], what=row[2], right=row[3], by=users["reviewer"]
    )
    spam = put_report(world, edition, (1, "报头", "报纸字太小", "", "", ""), 6, hours=150)
    actions.judge_report(report=spam, reason_code="nothing_said", reply="谢谢，字号的事我们转给编辑部。", by=users["reviewer"])
    for place in (9, 10, 11):
        put_report(world, edition, WRONG[place], place, hours=160 + place)
    put_report(world, edition, WRONG[10], 12, hours=190, wrong="读者来信里“再接再励”写错了")


def put_running(world: Any, edition: Edition) -> None:
    """A few early birds."""
    for place in (0, 2, 5):
        put_report(world, edition, WRONG[place + 1], place, hours=20 + 8 * place)


def put_past(world: Any) -> None:
    """A year of winners from before the book was kept."""
    year = clock.local(world.now).date().year - 1
    for month in range(1, 13, 3):
        for prize, name in (("最佳啄木鸟", OTHERS[month % len(OTHERS)]), ("优秀啄木鸟", OTHERS[(month + 3) % len(OTHERS)])):
            PastWinner.objects.create(hub=world.hub, year=year, edition_name=f"{year}年{month}月版", prize_name=prize, name=name[:1] + "*" * (len(name) - 1))
