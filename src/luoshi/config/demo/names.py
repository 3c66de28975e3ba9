"""Names made by a generator: common surnames, given characters that suit them, and the fictional ministry's own units."""

from collections.abc import Iterator
from random import Random

MINISTRY = "远图部"

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单解仇区查乐覃翟"
)
COMPOUND = ("欧阳", "上官", "司徒", "诸葛", "尉迟", "令狐")
FIRST = "文明志远思承嘉子宇泽俊博立建国海晓雨若静雅慧欣梓诗佳怡安宁书云清景天一永德世启敬知行致弘允修维绍"
SECOND = "远航宁峰涛磊杰鹏飞辉强军平华斌岩松林洋帆晨轩然琳娜婷颖雪梅兰芳燕玲莉瑶琪萱蕾洁洲川岳恒毅诚谦和同舟南北桐"

# (name, kind, weight): the weight decides how many branches a first-level unit has.
FIRST_LEVEL = (
    ("规划司", "organ", 7), ("远图研究院", "direct", 22), ("驻外机构", "overseas", 0), ("综合司", "organ", 8),
    ("远海司", "organ", 3), ("星图司", "organ", 3), ("山川司", "organ", 9), ("风物司", "organ", 3),
    ("驿路司", "organ", 7), ("典籍司", "organ", 3), ("合作司", "organ", 9), ("财务司", "organ", 3),
    ("人事司", "organ", 3), ("法规司", "organ", 3), ("东岭特派员办事处", "special", 8),
    ("南汀特派员办事处", "special", 8), ("西屿特派员办事处", "special", 7), ("测绘中心", "direct", 24),
    ("信息中心", "direct", 18), ("远图出版社", "direct", 16), ("培训学院", "direct", 20), ("博览馆", "direct", 15),
    ("机关服务中心", "direct", 21), ("远图学会", "society", 9), ("驿路协会", "society", 10),
)
OFFICES = (("机关党委办公室", "DB"), ("机关纪委", "JW"), ("机关工会", "GH"), ("机关团委", "TW"))
TASK_FORCES = ("海图大会筹备组", "山川普查专班", "驿路博览会服务组")

POSTS_ABROAD = (
    ("东京", "Asia/Tokyo"), ("首尔", "Asia/Seoul"), ("新加坡", "Asia/Singapore"), ("雅加达", "Asia/Jakarta"),
    ("曼谷", "Asia/Bangkok"), ("河内", "Asia/Bangkok"), ("吉隆坡", "Asia/Kuala_Lumpur"), ("马尼拉", "Asia/Manila"),
    ("金边", "Asia/Phnom_Penh"), ("新德里", "Asia/Kolkata"), ("达卡", "Asia/Dhaka"), ("科伦坡", "Asia/Colombo"),
    ("加德满都", "Asia/Kathmandu"), ("阿斯塔纳", "Asia/Almaty"), ("塔什干", "Asia/Tashkent"), ("迪拜", "Asia/Dubai"),
    ("多哈", "Asia/Qatar"), ("安卡拉", "Europe/Istanbul"), ("开罗", "Africa/Cairo"), ("内罗毕", "Africa/Nairobi"),
    ("拉各斯", "Africa/Lagos"), ("约翰内斯堡", "Africa/Johannesburg"), ("卡萨布兰卡", "Africa/Casablanca"),
    ("罗马", "Europe/Rome"), ("马德里", "Europe/Madrid"), ("柏林", "Europe/Berlin"), ("巴黎", "Europe/Paris"),
    ("布鲁塞尔", "Europe/Brussels"), ("伦敦", "Europe/London"), ("维也纳", "Europe/Vienna"),
    ("华沙", "Europe/Warsaw"), ("布达佩斯", "Europe/Budapest"), ("斯德哥尔摩", "Europe/Stockholm"),
    ("多伦多", "America/Toronto"), ("墨西哥城", "America/Mexico_City"), ("圣保罗", "America/Sao_Paulo"),
    ("布宜诺斯艾利斯", "America/Argentina/Buenos_Aires"), ("利马", "America/Lima"), ("悉尼", "Australia/Sydney"),
    ("奥克兰", "Pacific/Auckland"),
)

ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九")


def ordinal(n: int) -> str:
    """1 → 一, 12 → 十二, 30 → 三十; up to 99."""
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else "十" if tens == 1 else ORDINALS[tens - 1] + "十"
    return head + (ORDINALS[ones - 1] if ones else "")


def people(dice: Random) -> Iterator[str]:
    """Names without end, two to four characters; namesakes occur as they do in life."""
    while True:
        surname = dice.choice(COMPOUND) if dice.random() < 0.008 else dice.choice(SURNAMES)
        given = dice.choice(SECOND) if dice.random() < 0.16 else dice.choice(FIRST) + dice.choice(SECOND)
        yield surname + given
