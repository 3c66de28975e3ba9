"""National code lists that statistics speak in: code → name, as published.

Sources: GB/T 2261.1-2003 (sex), GB/T 2261.2-2003 (marriage), GB/T 3304-1991 (ethnicity), GB/T 4658-2006 (education),
GB/T 4762-1984 (political status), GB/T 2261.4-2003 (employment).
"""

from collections.abc import Mapping
from types import MappingProxyType

SEX: Mapping[str, str] = MappingProxyType({"0": "未知的性别", "1": "男", "2": "女", "9": "未说明的性别"})

MARRIAGE: Mapping[str, str] = MappingProxyType({
    "10": "未婚", "20": "已婚", "21": "初婚", "22": "再婚", "23": "复婚", "30": "丧偶", "40": "离婚",
    "90": "未说明的婚姻状况",
})

_ETHNIC_NAMES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
_ETHNIC_LETTERS = (
    "HA MG HU ZA UG MH YI ZH BY CS MA DO YA BA TJ HN KZ DA LI LS VA SH GS LH SU DX NX JP "
    "KG TU DU ML QI BL SL MN GL XB AC PM TA NU UZ RS EW DE BN YG GI "
    "TT DR OR HZ MB LB JN"
)

# A statistics code only; tables hide small cells. 97 and 98 are a common extension of the standard.
ETHNICITY: Mapping[str, str] = MappingProxyType({
    **{f"{n:02d}": f"{name}族" for n, name in enumerate(_ETHNIC_NAMES.split(), 1)},
    "97": "其他", "98": "外国血统中国籍人士",
})
ETHNICITY_LETTERS: Mapping[str, str] = MappingProxyType(
    {f"{n:02d}": letters for n, letters in enumerate(_ETHNIC_LETTERS.split(), 1)}
)

EDUCATION: Mapping[str, str] = MappingProxyType({
    "10": "研究生教育", "11": "博士研究生毕业", "12": "博士研究生结业", "13": "博士研究生肄业",
    "14": "硕士研究生毕业", "15": "硕士研究生结业", "16": "硕士研究生肄业",
    "17": "研究生班毕业", "18": "研究生班结业", "19": "研究生班肄业",
    "20": "大学本科教育", "21": "大学本科毕业", "22": "大学本科结业", "23": "大学本科肄业", "28": "大学普通班毕业",
    "30": "大学专科教育", "31": "大学专科毕业", "32": "大学专科结业", "33": "大学专科肄业",
    "40": "中等职业教育", "41": "中等专科毕业", "42": "中等专科结业", "43": "中等专科肄业",
    "44": "职业高中毕业", "45": "职业高中结业", "46": "职业高中肄业",
    "47": "技工学校毕业", "48": "技工学校结业", "49": "技工学校肄业",
    "60": "普通高级中学教育", "61": "普通高中毕业", "62": "普通高中结业", "63": "普通高中肄业",
    "70": "初级中学教育", "71": "初中毕业", "73": "初中肄业",
    "80": "小学教育", "81": "小学毕业", "83": "小学肄业", "90": "其他",
})

POLITICAL_STATUS: Mapping[str, str] = MappingProxyType({
    "01": "中国共产党党员", "02": "中国共产党预备党员", "03": "中国共产主义青年团团员",
    "04": "中国国民党革命委员会会员", "05": "中国民主同盟盟员", "06": "中国民主建国会会员",
    "07": "中国民主促进会会员", "08": "中国农工民主党党员", "09": "中国致公党党员",
    "10": "九三学社社员", "11": "台湾民主自治同盟盟员", "12": "无党派民主人士", "13": "群众",
})

EMPLOYMENT: Mapping[str, str] = MappingProxyType({
    "11": "国家公务员", "13": "专业技术人员", "17": "职员", "21": "企业管理人员", "24": "工人", "27": "农民",
    "31": "学生", "37": "现役军人", "51": "自由职业者", "54": "个体经营者", "70": "无业人员",
    "80": "退（离）休人员", "90": "其他",
})


def is_college_or_above(education: str) -> bool:
    """大专以上学历 as the statistics cut it: 31 and 28 are, 41 is not. Raises KeyError for a code outside the list."""
    if education not in EDUCATION:
        raise KeyError(education)
    return education[0] in "123"
