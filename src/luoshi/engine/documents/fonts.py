"""Which faces a PDF is set in: a site's licensed ones, else free ones of the system, else those of a Python package."""

import os
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import typst

from .errors import PaperError
from .lines import FANG, HEI, KAI, SONG

FOLDER_VARIABLE = "LUOSHI_FONTS"
FONT_PACKAGE = "pylopdf_fonts_zh_cn"

_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "Noto Serif SC")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC", "WenQuanYi Zen Hei",
         "WenQuanYi Micro Hei", "Droid Sans Fallback")
_BRUSH = ("FandolKai", "LXGW WenKai", "AR PL UKai CN")
_PLAIN_SONG = ("SimSun", "STSong", "Songti SC", "FandolSong", "AR PL UMing CN")


@dataclass(frozen=True, slots=True)
class _Role:
    name: str
    label: str
    wanted: tuple[str, ...]
    free: tuple[str, ...]
    bold: bool = False


_ROLES = (
    _Role(SONG, "方正小标宋简体", ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK"),
          (*_SERIF, *_PLAIN_SONG, *_SANS), bold=True),
    _Role(FANG, "仿宋_GB2312", ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FZFangSong-Z02S"),
          ("FandolFang R", "FandolFang", *_SERIF, *_PLAIN_SONG, *_BRUSH, *_SANS)),
    _Role(KAI, "楷体_GB2312", ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "Kaiti SC", "FZKai-Z03S"),
          (*_BRUSH, *_SERIF, *_PLAIN_SONG, *_SANS)),
    _Role(HEI, "黑体", ("SimHei", "黑体", "STHeiti", "Heiti SC", "FZHei-B01S"),
          (*_SANS, *_SERIF, *_PLAIN_SONG, *_BRUSH)),
    _Role("digits", "宋体", ("SimSun", "宋体", "STSong", "Songti SC"), (*_SERIF, *_PLAIN_SONG, *_SANS, *_BRUSH)),
)


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a paper: what the standard asks for, what is used, at what weight (400 or 700), and a sentence.

    `outlined` is true where the title's face has no bold cut and is thickened; `families` adds those that fill in for
    characters the first one lacks.
    """

    role: str
    wanted: str
    used: str
    weight: int
    outlined: bool
    families: tuple[str, ...]
    sentence: str


def fonts_used(*, system_fonts: bool = True) -> list[Face]:
    """The faces a PDF made now is set in, each with a Chinese sentence. Raises PaperError without a Chinese font."""
    return list(stock(system_fonts=system_fonts)[1])


def stock(*, system_fonts: bool = True) -> tuple[typst.Fonts, tuple[Face, ...]]:
    """The fonts at hand and the faces chosen from them; read once for each folder named by LUOSHI_FONTS."""
    return _stock(os.environ.get(FOLDER_VARIABLE, ""), system_fonts)


@lru_cache(maxsize=4)
def _stock(folder: str, system_fonts: bool) -> tuple[typst.Fonts, tuple[Face, ...]]:
    if folder and not Path(folder).is_dir():
        raise PaperError(f"找不到字体文件夹，请核对环境变量 {FOLDER_VARIABLE} 的设置。")
    paths = [p for p in (folder, _package_folder()) if p]
    fonts = typst.Fonts(include_system_fonts=system_fonts, include_embedded_fonts=False, font_paths=paths)
    weights: dict[str, set[int]] = {}
    for info in fonts.fonts():
        if info.style == "normal":
            weights.setdefault(info.family, set()).add(info.weight)
    return fonts, tuple(_face(role, weights) for role in _ROLES)


def _face(role: _Role, weights: dict[str, set[int]]) -> Face:
    found = [name for name in (*role.wanted, *role.free) if name in weights]
    if not found:
        raise PaperError(
            "本机没有可用的中文字体，无法生成 PDF。"
            f"请安装 Noto CJK 字体，或用环境变量 {FOLDER_VARIABLE} 指定字体文件夹。"
        )
    used = found[0]
    licensed = used in role.wanted
    bold = role.bold and not licensed and max(weights[used]) >= 600
    # Rare characters are missing from most faces, so that every family at hand stands behind the chosen one.
    spare = [n for n in dict.fromkeys((*_SERIF, *_BRUSH, *_SANS, *_PLAIN_SONG)) if n in weights and n not in found]
    return Face(
        role=role.name, wanted=role.label, used=used, weight=700 if bold else 400,
        outlined=role.bold and not licensed and not bold, families=(*found, *spare),
        sentence=f"{role.label}使用本机的“{used}”。" if licensed else f"{role.label}未安装，以“{used}”代替。",
    )


def _package_folder() -> str:
    spec = find_spec(FONT_PACKAGE)
    return str(Path(spec.origin).parent) if spec and spec.origin else ""
