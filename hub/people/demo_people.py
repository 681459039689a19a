"""Who plays in the demo. Every name, number and organisation is invented."""

from dataclasses import dataclass
from datetime import date

from hub.people.states import EntitlementKinds, Flags, OrganisationKinds, ProofKinds, Roles

# (login, name, role at the hub; none for residents); `stranger` works at the second hub.
ROLES = (
    ("resident", "李晓梅", ""),
    ("neighbour", "王建国", ""),
    ("elder", "刘桂兰", ""),
    ("guardian", "陈丽", ""),
    ("organisation", "赵校长", ""),
    ("operator", "孙敏", Roles.OPERATOR),
    ("clerk", "周静", Roles.CLERK),
    ("provider", "吴师傅", Roles.PROVIDER),
    ("volunteer", "郑勇", Roles.VOLUNTEER),
    ("coordinator", "冯雪", Roles.COORDINATOR),
    ("reviewer", "卫东", Roles.REVIEWER),
    ("reviewer2", "蒋红", Roles.REVIEWER),
    ("reviewer3", "沈杰", Roles.REVIEWER),
    ("editor", "韩露", Roles.EDITOR),
    ("publisher", "杨帆", Roles.PUBLISHER),
    ("director", "朱主任", Roles.DIRECTOR),
    ("admin", "秦工", Roles.ADMIN),
    ("stranger", "尤外", Roles.DIRECTOR),
)


@dataclass(frozen=True)
class Player:
    """One person with a story; `key` is the login, where there is one."""

    key: str
    name: str
    born: date
    serial: int
    house: int
    door: str
    phone: str = ""
    flags: tuple[str, ...] = ()
    entitled: str = ""
    proof: str = ""
    document: str = ""
    is_child: bool = False


CAST = (
    Player("resident", "李晓梅", date(1988, 5, 12), 101, 0, "2-301"),
    Player("mother", "张秀英", date(1958, 10, 3), 102, 0, "2-301", phone="13800000001", flags=(Flags.POOR_SIGHT,)),
    Player("neighbour", "王建国", date(1962, 2, 20), 103, 1, "1-102"),
    Player(
        "elder", "刘桂兰", date(1941, 9, 9), 104, 1, "1-101", flags=(Flags.HARD_OF_HEARING, Flags.LIVES_ALONE),
        entitled=EntitlementKinds.LONE_ELDER, proof=ProofKinds.COMMITTEE, document="南顺城街社区居委会 2026年1月证明",
    ),
    Player("guardian", "陈丽", date(1986, 7, 1), 105, 2, "3-502"),
    Player("child", "陈小明", date(2017, 6, 1), 106, 2, "3-502", phone="13800000004", is_child=True),
    Player(
        "wheelchair", "马国强", date(1970, 11, 30), 107, 3, "1-103", phone="13800009002", flags=(Flags.WHEELCHAIR,),
        entitled=EntitlementKinds.DISABLED, proof=ProofKinds.CERTIFICATE, document="残疾人证 990000",
    ),
    Player(
        "low_income", "买买提·阿卜杜拉", date(1979, 4, 4), 108, 4, "2-204", phone="13800009003",
        entitled=EntitlementKinds.LOW_INCOME, proof=ProofKinds.CERTIFICATE, document="低保证 990001",
    ),
    Player(
        "hardship", "何𬭊", date(1983, 12, 25), 109, 5, "1-401", phone="13800009004",
        entitled=EntitlementKinds.HARDSHIP, proof=ProofKinds.COMMITTEE, document="书院街社区居委会 2026年3月证明",
    ),
)  # fmt: skip

# (name, English, kind, address, council member, of the area)
ORGANISATIONS = (
    ("南顺城街小学", "Nanshuncheng Primary School", OrganisationKinds.PUBLIC, "南顺城街20号", True, True),
    ("商城社区卫生站", "Shangcheng Health Station", OrganisationKinds.PUBLIC, "书院街8号", True, True),
    ("东大物业有限公司", "Dongda Property Care", OrganisationKinds.FIRM, "北顺城街3号", True, True),
    ("老城面馆", "Old Town Noodles", OrganisationKinds.FIRM, "代书胡同1号", False, True),
    ("青禾社工服务社", "Qinghe Social Work", OrganisationKinds.SOCIAL, "南顺城街66号", True, True),
    ("城东书画社", "East City Calligraphers", OrganisationKinds.SOCIAL, "城东路100号", False, False),
)

SURNAMES = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = "桂兰秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚文华建国玉梅志红春燕宇浩然子涵欣怡"
