"""What every new hub's swap shop begins with: kinds, words that may not stand in a listing, hours. All of it is the staff's to change."""

from datetime import time
from typing import Any

from mutualaid.swapshop.models import BannedWord, HandoverHour, Kind
from mutualaid.swapshop.states import WordGroups

KINDS = (
    ("图书画册", "Books and picture books", "books"),
    ("玩具", "Toys", "kids"),
    ("文具", "Pens and paper", "brush"),
    ("运动用品", "Sports", "gym"),
    ("棋牌游戏", "Board games", "chess"),
    ("乐器", "Instruments", "music"),
    ("衣服鞋包", "Clothes, shoes, bags", "coat"),
    ("家居用品", "Things for the home", "stool"),
    ("电器数码", "Electrical things", "pc"),
    ("其他", "Other things", "box"),
)
WORDS: dict[str, str] = {
    WordGroups.MEDICINE: "处方药 药品 药片 药丸 胶囊 感冒药 降压药 降糖药 退烧药 止痛药 安眠药 减肥药 偏方 医疗器械 medicine pills tablets",
    WordGroups.WEAPONS: "管制刀具 弹簧刀 匕首 砍刀 仿真枪 气枪 枪支 子弹 弩 电击棒 烟花 爆竹 鞭炮 炸药 汽油 dagger gun firecrackers",
    WordGroups.TOBACCO: "香烟 卷烟 电子烟 雪茄 烟草 烟丝 白酒 啤酒 红酒 黄酒 葡萄酒 洋酒 药酒 cigarettes tobacco vape beer liquor",
    WordGroups.ANIMALS: "活体 活鸡 活鸭 活鱼 活兔 幼犬 幼猫 奶猫 奶狗 宠物狗 宠物猫 野生动物 领养 puppy puppies",
    WordGroups.FOOD: "过期 临期 已开封 已拆封 开过封 剩菜 自制食品 散装食品 expired",
    WordGroups.OTHER: "身份证 银行卡 购物卡 充值卡 彩票 优惠券 发票 公章 账号转让 盗版 色情 赌博 一次性用品",
    WordGroups.MONEY: "卖 出售 售价 价格 标价 定价 底价 买断 收钱 付钱 付款 转账 红包 押金 现金 补差价 差价 包邮 支付宝 收款码 for sale price cash deposit",
    WordGroups.CONTACT: "微信 薇信 威信 微博 抖音 快手 小红书 闲鱼 扣扣 企鹅号 手机号 电话 打给我 加我 私聊 二维码 家住 我家在 email phone call me add me",
}  # fmt: skip
PHRASES = frozenset({"for sale", "call me", "add me"})
HOURS = tuple((weekday, span) for weekday in range(1, 7) for span in (("09:00", "12:00"), ("14:00", "17:30"))) + ((5, ("18:00", "20:00")),)


def words_of(line: str) -> list[str]:
    """The words of one line; phrases of several English words are kept together."""
    found = [phrase for phrase in PHRASES if phrase in line]
    for phrase in found:
        line = line.replace(phrase, " ")
    return [*line.split(), *found]


def open_shop(hub: Any) -> None:
    """The first kinds, words and hours; where there are some already, they are left as staff have made them."""
    if not Kind.objects.at(hub).exists():
        Kind.objects.bulk_create(
            Kind(hub=hub, name_zh=name_zh, name_en=name_en, drawing=drawing, sort_order=place * 10)
            for place, (name_zh, name_en, drawing) in enumerate(KINDS, 1)
        )
    if not BannedWord.objects.at(hub).exists():
        BannedWord.objects.bulk_create(BannedWord(hub=hub, word=word, group=group) for group, line in WORDS.items() for word in words_of(line))
    if not HandoverHour.objects.at(hub).exists():
        HandoverHour.objects.bulk_create(
            HandoverHour(hub=hub, weekday=weekday, starts_at=time.fromisoformat(start), ends_at=time.fromisoformat(end)) for weekday, (start, end) in HOURS
        )
