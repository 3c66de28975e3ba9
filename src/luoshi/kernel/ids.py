"""Whether a citizen identity number or a unified credit code is well formed; nothing is looked up."""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from operator import mul

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# Provincial codes of GB/T 2260; 83 stands on residence permits of Taiwan residents, 91 on those of foreigners.
_REGIONS = frozenset(
    str(n)
    for n in (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66),
              71, 81, 82, 83, 91)
)
_SHAPE = re.compile("[0-9]{17}[0-9X]")
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_BODY_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@lru_cache(maxsize=4)  # one record asks several times in a row; few, so that numbers do not linger
def check_identity_number(text: str) -> tuple[str, str | None]:
    """(number without blanks and with a capital X, what is wrong in Chinese or None). Source: GB 11643-1999.

    Checks length, characters, region (two digits), date of birth and check character. Whether the date lies in the
    future is the caller's to ask, who knows today.
    """
    number = _plain(text)
    if problem := _identity_shape(number):
        return number, problem
    if number[:2] not in _REGIONS:
        return number, "身份证号前两位不是有效的地区代码，请核对"
    if identity_birthday(number) is None:
        return number, "身份证号中的出生日期不存在，请核对第 7 至 14 位"
    if identity_check(number[:17]) != number[17]:
        return number, "身份证号的校验位不符，请逐位核对"
    return number, None


def identity_check(first17: str) -> str:
    """The check character that belongs to the first 17 digits (ISO 7064 MOD 11-2). Raises ValueError for non-digits."""
    if len(first17) != len(_WEIGHTS):
        raise ValueError(first17)
    return _CHECKS[sum(map(mul, map(int, first17), _WEIGHTS)) % 11]


def identity_birthday(number: str) -> date | None:
    """The date of birth that an 18-character number carries; None where there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def identity_sex(number: str) -> str:
    """The code of GB/T 2261.1 that an 18-character number carries in its 17th digit: "1" male, "2" female."""
    return "1" if int(number[16]) % 2 else "2"


def check_credit_code(text: str) -> tuple[str, str | None]:
    """(code without blanks and in capitals, what is wrong in Chinese or None). Source: GB 32100-2015, GB 11714-1997."""
    code = _plain(text)
    if len(code) != 18:
        return code, f"统一社会信用代码应为 18 位，现在是 {len(code)} 位，请核对"
    wrong = [f"第 {place} 位“{one}”" for place, one in enumerate(code, 1) if one not in _CREDIT]
    if wrong:
        return code, f"统一社会信用代码{wrong[0]}不能使用（不含 I、O、S、V、Z），请核对"
    if not code[2:8].isdigit():
        return code, "统一社会信用代码第 3 至 8 位应为数字，请核对"
    if credit_check(code[:17]) != code[17]:
        return code, "统一社会信用代码的校验位不符，请逐位核对"
    if body_check(code[8:16]) != code[16]:
        return code, "统一社会信用代码中的组织机构代码（第 9 至 17 位）校验位不符，请核对"
    return code, None


def credit_check(first17: str) -> str:
    """The check character of a credit code's first 17. Raises ValueError for characters outside its alphabet."""
    total = sum(_CREDIT.index(one) * weight for one, weight in zip(first17, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT[-total % 31]


def body_check(first8: str) -> str:
    """The check character of an organisation code's first 8 characters (GB 11714-1997): a digit or X."""
    total = sum(_BODY_DIGITS.index(one) * weight for one, weight in zip(first8, _BODY_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def _plain(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text.upper()
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _identity_shape(number: str) -> str | None:
    if _SHAPE.fullmatch(number):
        return None
    if len(number) == 15 and number.isascii() and number.isdigit():
        return "这是 15 位的旧身份证号，请填写 18 位的新号码"
    if len(number) != 18:
        return f"身份证号应为 18 位，现在是 {len(number)} 位，请核对"
    for place, one in enumerate(number, 1):
        if one == "O":
            return f"身份证号第 {place} 位是字母 O，请改为数字 0"
        if one not in "0123456789" and not (place == 18 and one == "X"):
            return f"身份证号第 {place} 位“{one}”不能使用，请核对"
    return None


def mask_ends(text: str) -> str:
    """A number as it may be shown beside a date of birth and a sex, which would fill the gap of a longer mask."""
    return text[0] + "*" * (len(text) - 2) + text[-1] if len(text) > 4 else mask_short(text)


def mask_phone(text: str) -> str:
    """A telephone number as it may be shown: the first three and the last four."""
    return f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}" if len(text) >= 9 else mask_short(text)


def mask_short(text: str) -> str:
    """A short text as it may be shown: its first and last character at most."""
    return text if not text else text[0] + "***" + text[-1] if len(text) > 4 else "***"
