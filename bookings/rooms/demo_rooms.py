"""The demo's rooms. Eight are named by reports on a real street; door numbers, hours and prices are invented and editable."""

from dataclasses import dataclass

DAY = "08:00-20:30"
CLEANING = {0: "13:00-20:30"}  # Monday mornings are for cleaning


@dataclass(frozen=True)
class Plan:
    """One room of the demo. `uses` names spans that are not for booking: {weekday: [("16:30-18:00", "programme")]}."""

    slug: str
    name_zh: str
    name_en: str
    floor: int
    number: str
    capacity: int
    area: int
    about_zh: str
    about_en: str
    equipment_zh: str = ""
    equipment_en: str = ""
    manners_zh: str = "用完请关窗、关灯，桌椅放回原处。"
    manners_en: str = "Please close the windows, switch off the light and put the chairs back."
    hours: str = DAY
    use: str = "bookable"
    price: int = 0  # fen an hour
    deposit: int = 0  # fen
    grid: int = 30
    shortest: int = 60
    longest: int = 240
    buffer: int = 0
    horizon: int = 30
    approval: bool = False
    for_organisations: bool = False
    entitlements: bool = False
    drawing: str = ""
    classes: tuple[tuple[int, str], ...] = ()
    is_step_free: bool = True


ROOMS = [
    Plan("classroom430", "4:30儿童课堂", "4:30 children's class", 2, "201", 24, 48, "放学以后写作业、学手艺的地方，桌椅按孩子的个头做的。",
         "Where children do homework and learn a craft after school; tables and chairs are their size.", "小桌椅二十四套、黑板、投影", "24 small desks, blackboard, projector",
         classes=tuple((day, "16:30-18:00") for day in range(5)), drawing="kids"),
    Plan("chess", "棋牌活动室", "Chess and cards room", 2, "202", 24, 40, "六张棋桌，象棋围棋都有。不用订，来了就坐。", "Six tables with Chinese chess and go. No booking: come and sit down.",
         "棋桌六张、茶水", "Six tables, tea", use="walk_in", drawing="chess"),
    Plan("painting", "书画活动室", "Calligraphy and painting room", 2, "203", 16, 45, "朝南的大窗，八张毡面长桌。笔墨砚台都有，纸请自己带。",
         "A large south window and eight felt-topped tables. Brushes and ink are here; please bring paper.", "毡面长桌八张、笔墨砚台", "Eight felt tables, brushes, ink",
         "洗笔去走廊水池，走前关窗。", "Please wash brushes at the sink in the corridor and close the windows.", buffer=0, drawing="brush"),
    Plan("tearoom", "心灵茶吧", "Tea room for the heart", 2, "204", 14, 30, "安静说话的地方。有热水，茶叶自己带。", "A quiet place to talk. Hot water is here; bring your own tea.",
         "茶桌两张、热水", "Two tea tables, hot water", drawing="tea"),
    Plan("xie", "谢阿姨工作站", "Aunt Xie's workshop", 2, "205", 10, 25, "谢阿姨带着大家改衣服、做针线。", "Aunt Xie shows how to alter and mend clothes.", "缝纫机三台、熨台", "Three sewing machines, ironing table",
         classes=((1, "09:00-11:00"), (3, "09:00-11:00")), drawing="sew"),
    Plan("library", "图书室", "Library", 2, "206", 40, 80, "八千册书，靠窗有座。年轻人爱来这里看书。不用订。", "Eight thousand books and seats by the window. No booking needed.", "书架、阅读桌、插座", "Shelves, reading tables, sockets",
         use="walk_in", drawing="books"),
    Plan("calligraphy", "书法室", "Calligraphy room", 2, "207", 12, 30, "一人一案，练字清静。", "A desk each; quiet practice.", "字帖、毛毡、笔架", "Copybooks, felts, brush stands", drawing="calligraphy"),
    Plan("dance", "舞蹈排练室", "Dance rehearsal room", 3, "301", 30, 90, "木地板，一面墙的大镜子，有音响。", "Wooden floor, a wall of mirrors, a sound system.", "大镜子、把杆、音响", "Mirrors, barre, sound system",
         "请穿软底鞋。晚上八点以后音响小声些。", "Soft shoes, please. Turn the music down after eight.", buffer=15, grid=15, drawing="dance"),
    Plan("rehab", "运动康复室", "Rehab exercise room", 3, "302", 12, 40, "平行杠、康复车，周二周四上午有人指导。", "Parallel bars and exercise bikes; guidance on Tuesday and Thursday mornings.", "平行杠、康复踏车、垫子", "Parallel bars, bikes, mats",
         classes=((1, "08:30-10:30"), (3, "08:30-10:30")), drawing="rehab"),
    Plan("gym", "健身房", "Gym", 3, "303", 20, 70, "跑步机、哑铃都有。不用订，来了就练。", "Treadmills and dumbbells. No booking: come and train.", "跑步机四台、哑铃", "Four treadmills, dumbbells", use="walk_in", drawing="gym"),
    Plan("science", "社区科普大学实践课堂", "Popular-science class", 3, "304", 36, 60, "天文望远镜、小实验台。周三下午是科普课。", "A telescope and small lab benches. Popular-science class on Wednesday afternoons.", "望远镜、实验台、投影", "Telescope, lab benches, projector",
         classes=((2, "14:00-16:00"),), drawing="science"),
    Plan("reading", "阅览室", "Reading room", 3, "305", 30, 50, "报纸杂志每天换新。不用订。", "Newspapers and magazines, fresh every day. No booking needed.", "报架、老花镜", "Newspaper racks, reading glasses", use="walk_in", drawing="read"),
    Plan("music", "民乐室", "Folk music room", 3, "308", 14, 35, "豫剧票友常来，墙上做了隔音。", "Home of the Henan opera friends; the walls are soundproof.", "谱架、锣鼓一套", "Music stands, gongs and drums", price=1000, entitlements=True, drawing="music"),
    Plan("meeting", "会议室", "Meeting room", 3, "306", 20, 40, "单位、楼院开会都行。本辖区单位免费。", "For organisations and courtyard meetings. Free for organisations of the area.", "长桌、投影、白板", "Long table, projector, whiteboard",
         price=2000, for_organisations=True, entitlements=True, drawing="meet"),
    Plan("hall", "多功能厅", "Multi-purpose hall", 3, "307", 120, 200, "整厅能坐一百二十人，有舞台；也可以只用半边。用之前要等我们答复。", "Seats 120, with a stage; either half can be had alone. We answer each request.",
         "舞台、音响、投影、移动隔断", "Stage, sound system, projector, movable wall", price=3000, deposit=10000, for_organisations=True, approval=True, buffer=30, horizon=60, drawing="hall"),
    Plan("hall-east", "多功能厅东半", "Hall, east half", 3, "307东", 60, 100, "带舞台的半边，坐六十人。", "The half with the stage; seats sixty.", "舞台、音响", "Stage, sound system", price=1500, for_organisations=True, buffer=30, horizon=60, drawing="hall"),
    Plan("hall-west", "多功能厅西半", "Hall, west half", 3, "307西", 60, 100, "靠窗的半边，坐六十人。", "The half by the windows; seats sixty.", "移动桌椅", "Movable chairs and tables", price=1500, for_organisations=True, buffer=30, horizon=60, drawing="hall"),
]  # fmt: skip

PARTS = {"hall": (101, 102), "hall-east": (101, 101), "hall-west": (102, 102)}
WAY_THERE_ZH, WAY_THERE_EN = "有电梯，全程没有台阶，门宽90厘米", "Lift, no step anywhere, doors 90 cm wide"

PURPOSES = [
    "楼院舞蹈队排练", "书法小组练字", "老友喝茶", "读书会", "楼院开会", "业主代表碰头", "社工小组活动", "党支部学习", "孩子过生日", "豫剧票友会", "手机课小组练习", "家庭聚会", "就业培训", "健康讲座", "志愿者碰头会",
]  # fmt: skip
NAMES = ["王秀兰", "李建国", "张桂英", "刘德福", "陈玉珍", "赵志强", "孙淑芬", "周卫东", "吴美玲", "郑立新", "冯春梅", "马长顺", "阿依古丽·买买提", "欧阳静", "丁一"]
