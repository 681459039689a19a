"""The demo's menu. Which services there are is reported of a real street; prices, windows and rules are invented and editable."""

from dataclasses import dataclass

ALL_FREE = {"low_income": 0, "disabled": 0, "lone_elder": 0, "hardship": 0}
DAYTIME = ("08:00-10:00", "10:00-12:00", "14:00-16:00", "16:00-18:00")
CALL_OUT_ZH, CALL_OUT_EN = "师傅到了，修不好只收上门费。", "If it cannot be mended, only the call-out is paid."
EXTRA_ZH, EXTRA_EN = "要换零件先问您，您点头才换，按进价收。", "Parts are asked first and charged at cost; without your yes nothing is put in."


@dataclass(frozen=True)
class Dish:
    """One service of the demo; prices in fen."""

    slug: str
    name_zh: str
    name_en: str
    line_zh: str
    line_en: str
    group: str
    drawing: str
    price: int
    unit: str = "time"
    call_out: int = 0
    place: str = "home"
    station_zh: str = ""
    station_en: str = ""
    included_zh: str = ""
    included_en: str = ""
    not_included_zh: str = ""
    not_included_en: str = ""
    days: str = "every_day"
    lead: int = 2
    most: int = 1
    windows: tuple[str, ...] = DAYTIME
    half_price: str = ""
    has_parts: bool = False


MENU = (
    Dish(
        "repair", "水电维修", "Water and electric repairs", "水龙头、灯、开关、插座", "Taps, lamps, switches, sockets", "repair", "tap", 2000, call_out=1000,
        included_zh="检查、换垫圈、换灯泡", included_en="A look at it, washers, bulbs", not_included_zh="改线路、凿墙", not_included_en="New lines, opening walls",
        has_parts=True,
    ),
    Dish(
        "drains", "管道疏通", "Unblocking drains", "下水道、马桶、地漏", "Drains, toilets, floor drains", "repair", "tools", 5000, included_zh="疏通并试水",
        included_en="Unblocking, and a test with water", not_included_zh="清掏化粪池", not_included_en="Emptying septic tanks",
    ),
    Dish(
        "locks", "开锁换锁", "Locks", "门锁打不开、换锁芯", "Opening a door, changing a lock", "repair", "key", 3000, call_out=1000, lead=1,
        included_zh="要看身份证或者社区证明", included_en="We look at your ID or the committee's word", has_parts=True,
    ),
    Dish(
        "cleaning", "家政保洁", "House cleaning", "擦窗、拖地、整理厨房", "Windows, floors, the kitchen", "household", "clean", 3000, "hour", most=6, lead=12,
        included_zh="带齐工具和清洁剂", included_en="Tools and cleaner are brought", not_included_zh="高空擦外窗", not_included_en="Outside windows up high",
    ),
    Dish(
        "bathing", "上门助浴", "Help with bathing", "帮行动不便的老人洗澡", "For those who cannot manage alone", "household", "health", 6000, lead=24,
        included_zh="两人上门，先量血压", included_en="Two helpers; blood pressure is taken first", days="workdays", windows=DAYTIME[1:3],
    ),
    Dish(
        "appliances", "家电清洗", "Appliance cleaning", "空调、油烟机、洗衣机", "Air conditioner, cooker hood, washing machine", "appliances", "clean", 6000, "piece",
        most=5, lead=24, included_zh="拆洗、消毒、试机", included_en="Taken apart, washed, tried out", half_price="hardship",
    ),
    Dish(
        "appliance-repair", "家电维修", "Appliance repairs", "电视、冰箱、洗衣机、电饭锅", "Television, fridge, washing machine, rice cooker", "appliances", "tools",
        3000, call_out=1000, has_parts=True,
    ),
    Dish(
        "computer", "电脑维修", "Computer repair", "电脑慢、上不了网、手机不会用", "A slow computer, no network, a phone one cannot manage", "appliances", "pc", 0,
        place="station", station_zh="一楼便民站电脑维修点", station_en="Ground floor, computer desk", days="workdays", has_parts=True,
    ),
    Dish(
        "haircut", "义务理发", "Free haircut", "给有需要的人理发", "For people in need", "personal", "hair", 0, place="walk_in", station_zh="一楼理发工作室",
        station_en="Ground floor, haircut studio", days="workdays", windows=("08:00-12:00", "14:00-17:00"),
    ),
    Dish(
        "haircut-home", "上门理发", "Haircut at home", "给下不了楼的老人理发", "For those who cannot come down", "personal", "hair", 1500, lead=24,
    ),
    Dish(
        "sewing", "衣物缝补", "Mending clothes", "改裤脚、换拉链、钉扣子", "Hems, zips, buttons", "personal", "sew", 500, "piece", place="station", most=10,
        station_zh="一楼谢阿姨工作站", station_en="Ground floor, Aunt Xie's workshop",
    ),
    Dish(
        "errands", "代购跑腿", "Errands", "买菜、取药、交费", "Shopping, medicine, bills", "errands", "bike", 500, lead=1, included_zh="两公里以内",
        included_en="Within two kilometres", not_included_zh="东西的钱另算，凭小票", not_included_en="The goods themselves, by the receipt",
    ),
    Dish(
        "clinic", "陪同就医", "Company to the doctor", "挂号、排队、取药全程陪着", "Registering, queueing, medicine: somebody is with you", "errands", "visit", 2500, "hour",
        most=8, lead=24, included_zh="出门到回家", included_en="From door to door", not_included_zh="看病和打车的钱", not_included_en="Treatment and taxi",
    ),
    Dish(
        "meals", "送餐上门", "Meals brought", "中午一荤两素一汤", "Lunch: meat, two vegetables, soup", "errands", "meal", 1200, "piece", most=4, lead=3,
        windows=("11:00-12:30",),
    ),
)  # fmt: skip
WORDS = ("", "水龙头关不紧", "请打电话再上来", "厨房油烟重", "一楼，门口有狗", "老人耳背，敲门重一点", "家里没有电梯，三楼")
PRAISE = ("", "师傅很细心", "来得准时", "活干得干净", "还行，就是晚了一会儿", "说话和气")
REASONS = ("不需要了", "家里临时有事", "老人住院")
HELPERS = (("李师傅", "13800009101"), ("王阿姨", "13800009102"), ("张师傅", "13800009103"))
ADDRESSES = ("3号楼2单元301", "1号楼1单元102", "7号楼3单元602", "书院街12号院2号楼401", "商城路5号院1号楼203")
