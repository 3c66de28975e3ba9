"""Extract the stroke order of 20,902 characters from the cn_sort package into one small text file, once.

cn_sort is read as a file and never imported: importing it sets up logging and pulls a word segmenter.
Run again only when a new release of cn_sort corrects its table: python scripts/strokes.py
"""

import importlib.metadata
import json
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src/luoshi/kernel/data/strokes.txt"
WIDTH = 60

HEADER = """\
# Chinese characters in stroke order: fewer strokes first, then 横竖撇点折 stroke by stroke, then structure.
# Made by scripts/strokes.py from the table of cn_sort {version}, https://github.com/bmxbmx3/cn_sort
# MIT License, Copyright (c) 2019 bmxbmx3; the licence text is in strokes.LICENSE beside this file.
"""


def ordered(entries: list[dict[str, object]]) -> list[str]:
    """Characters by the table's stroke ordinal, ASCII left out, each once."""
    levels = {str(entry["chinese"]): int(str(entry["stroke_increment_level"])) for entry in entries}
    characters = sorted((one for one in levels if not one.isascii()), key=levels.__getitem__)
    if len({levels[one] for one in characters}) != len(characters):
        raise SystemExit("Two characters share an ordinal: the table is not a total order.")
    return characters


def main() -> None:
    package = importlib.metadata.distribution("cn_sort")
    source = Path(str(package.locate_file("cn_sort/res/all_word.json")))
    characters = ordered(json.loads(source.read_text(encoding="utf-8"))["all_word"])
    lines = ["".join(characters[start : start + WIDTH]) for start in range(0, len(characters), WIDTH)]
    TARGET.write_text(HEADER.format(version=package.version) + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(characters)} characters, {TARGET.stat().st_size} bytes: {TARGET.name}")


if __name__ == "__main__":
    main()
