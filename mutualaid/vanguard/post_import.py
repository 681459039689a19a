"""Posts and who holds them, from a list. A post is known by its number; a term begins where nobody holds the post on that day."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.audit.actions import write_line
from hub.core import clock
from hub.hubs.models import Hub
from hub.people.importing import cells
from hub.people.importing.files import FILE_ROW, Column
from hub.people.importing.resource import HubResource, refused
from hub.people.importing.viewset import ImportViewSet
from hub.served.states import Posts
from mutualaid.vanguard.actions import begin_term
from mutualaid.vanguard.actions.posts import span_of
from mutualaid.vanguard.models import Post, Term
from mutualaid.vanguard.permissions import user_can_keep_posts

CENTRES = {
    "行政事务受理中心": Posts.ACCEPTANCE, "受理大厅": Posts.ACCEPTANCE, "便民+生活站": Posts.LIVING, "便民生活站": Posts.LIVING,
    "居民文化活动中心": Posts.CULTURE, "文化活动中心": Posts.CULTURE, "居民互助中心": Posts.MUTUAL_AID, **{station.value: station for station in Posts},
}  # fmt: skip
FACTS = ("name_zh", "name_en", "station")


class PostResource(HubResource):
    """Posts by number; the very same row again changes nothing."""

    name = "vanguard_posts"
    title = gettext_lazy("Posts from a list")
    columns = (
        Column("number", gettext_lazy("number of the post"), ("编号", "岗位编号", "号"), "3", is_required=True),
        Column("name_zh", gettext_lazy("name in Chinese"), ("岗位", "岗位名称", "名称"), "3号综合窗口", is_required=True),
        Column("name_en", gettext_lazy("name in English"), ("英文名称",), "Window 3"),
        Column("station", gettext_lazy("centre"), ("中心", "所属中心"), "行政事务受理中心", is_required=True),
        Column("holder", gettext_lazy("holder's name"), ("姓名", "在岗人"), "赵玉兰"),
        Column("badge", gettext_lazy("badge number"), ("胸牌号", "工号"), "003"),
        Column("from_on", gettext_lazy("first day"), ("上岗日期", "开始日期"), "2026-01-01"),
        Column("promise", gettext_lazy("promise in Chinese"), ("承诺", "服务承诺"), "不让您跑第二趟"),
    )

    class Meta(HubResource.Meta):
        model = Post
        fields = ("number",)

    def __init__(self, hub: Hub, by: Any = None, *, is_look: bool = False) -> None:
        super().__init__(hub, by, is_look=is_look)
        self.read: dict[str, Any] = {}
        self.met: dict[int, int] = {}
        self.terms: list[tuple[int, str, str, date, str]] = []

    def get_bulk_update_fields(self) -> list[str]:
        return list(FACTS)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.known = {post.number: post for post in Post.objects.at(self.hub)}

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        complaints: list[str] = []
        self.read = {}
        for name, read in (("number", self._number), ("name_zh", self._name), ("name_en", self._name_en), ("station", self._station), ("term", self._term)):
            try:
                self.read[name] = read(row)
            except ValidationError as error:
                complaints.extend(error.messages)
        if complaints:
            raise refused(*complaints)
        if earlier := self.met.get(self.read["number"]):
            raise refused(_("The same post stands in row %(row)s.") % {"row": earlier})
        self.met[self.read["number"]] = row[FILE_ROW]

    def match(self, row: dict[str, Any]) -> Post | None:
        return self.known.get(self.read["number"])

    def import_instance(self, instance: Post, row: Any, **kwargs: Any) -> None:
        before = [getattr(instance, name) for name in FACTS] if instance.pk else None
        instance.number = self.read["number"]
        for name in FACTS:
            setattr(instance, name, self.read[name])
        self.is_changed = before != [getattr(instance, name) for name in FACTS]
        if self.read["term"] and not self._is_held(instance, self.read["term"]):
            self.terms.append((self.read["number"], *self.read["term"]))

    def write_more(self) -> None:
        posts = {post.number: post for post in Post.objects.at(self.hub)}
        for number, name, badge, from_on, promise in self.terms:
            begin_term(post=posts[number], name=name, badge=badge, from_on=from_on, promise_zh=promise, by=self.by)

    def audit(self, totals: dict[str, int], digest: str) -> None:
        write_line(hub_id=self.hub.pk, actor=self.by, verb="import", subject="vanguard.post", changes={**totals, "file_sha256": digest})

    def _is_held(self, post: Post, term: tuple[str, str, date, str]) -> bool:
        """Whether this very term stands; ValidationError when somebody else's does."""
        around = Term.objects.filter(post=post.pk).meeting(*span_of(term[2], None)) if post.pk else Term.objects.none()
        for held in around:
            if held.name != term[0]:
                raise refused(_("%(holder)s holds this post in that time. Please end that term first.") % {"holder": held.name})
        return bool(around)

    def _number(self, row: Any) -> int:
        said = cells.text(row["number"], 6, self.labels["number"]).removesuffix(".0").removesuffix("号")
        if not (said.isascii() and said.isdecimal() and 1 <= int(said) <= 999):
            raise refused(_("Which number? Please write one from 1 to 999."))
        return int(said)

    def _name(self, row: Any) -> str:
        said: str = cells.text(row["name_zh"], 30, self.labels["name_zh"])
        if not said:
            raise refused(_("What is the post called? Please write it."))
        return said

    def _name_en(self, row: Any) -> str:
        said: str = cells.text(row["name_en"], 60, self.labels["name_en"])
        return said

    def _station(self, row: Any) -> str:
        said = cells.text(row["station"], 20, self.labels["station"])
        if said not in CENTRES:
            raise refused(_("This centre is not known. Please write one of: %(centres)s.") % {"centres": "、".join(list(CENTRES)[:7:2])})
        return str(CENTRES[said])

    def _term(self, row: Any) -> tuple[str, str, date, str] | None:
        name = cells.text(row["holder"], 40, self.labels["holder"])
        if not name:
            return None
        from_on = cells.day(row["from_on"], self.labels["from_on"]) or clock.today()
        return name, cells.text(row["badge"], 20, self.labels["badge"]), from_on, cells.text(row["promise"], 100, self.labels["promise"])


class PostImport(ImportViewSet):
    """Posts and terms from a file."""

    resource = PostResource
    question = staticmethod(user_can_keep_posts)
    back = "vanguard_post:index"
