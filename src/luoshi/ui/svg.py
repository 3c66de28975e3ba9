"""Drawings made on the server: lamp grid, timeline, bars, bullet, step bar.

Each function returns one ``<svg>`` as a string: a title and a description for those who listen, every label escaped,
colour and shape both carrying the state, no style attribute (the page's policy forbids it) and no motion.
Sizes are in CSS pixels of the drawing's own grid; the page scales it to its width.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape
from zlib import crc32

Row = str | tuple[str, str | None]
Bar = tuple[str, date, date, str, float | None, str | None]

COLOURS = {"ok": "#157F3C", "soon": "#B54708", "late": "#B42318", "none": "#5F6670", "waived": "#646A73"}
INK, SOFT, LINE, SERIES, NOW = "#1F2329", "#646A73", "#E4E7EB", "#1D4ED8", "#0B57D0"
GLYPHS = {
    "ok": '<rect x="2" y="2" width="22" height="18" rx="3" fill="#E3F3E8"/>'
    '<path d="M8 11l4 4 7-8" fill="none" stroke="#157F3C" stroke-width="2"/>',
    "soon": '<rect x="2.7" y="2.7" width="20.6" height="16.6" rx="3" fill="#FFF7E6" stroke="#B54708"/>'
    '<path d="M13 6v5.5l3.5 2" fill="none" stroke="#B54708" stroke-width="2"/>',
    "late": '<rect x="2" y="2" width="22" height="18" rx="3" fill="#B42318"/>'
    '<path d="M13 6v6.5M13 15.2v1.6" stroke="#FFF" stroke-width="2.2"/>',
    "none": '<path d="M10 11h6" stroke="#5F6670" stroke-width="2"/>',
    "waived": '<path d="M9 15l8-8" stroke="#767C85" stroke-width="1.6"/>',
}


def lamp_grid(
    rows: Sequence[Row],
    columns: Sequence[str],
    cells: Sequence[Sequence[str]],
    *,
    title: str,
    desc: str,
    words: Mapping[str, str],
    label_width: int = 150,
) -> str:
    """Units by duties or months, one lamp a cell; ``cells`` holds one sequence of states a row.

    Raises ``KeyError`` for an unknown state and ``ValueError`` when the shape of ``cells`` is not rows x columns.
    """
    if len(cells) != len(rows) or any(len(line) != len(columns) for line in cells):
        raise ValueError("cells must be rows x columns")
    step, head, tall = max(30, 14 * max((len(c) for c in columns), default=0) + 8), 26, 24
    width, number = label_width + step * len(columns), _key(title, desc)
    linked = any(isinstance(row, tuple) and row[1] for row in rows)
    parts = [_open(width, head + tall * len(rows), title, desc, linked), "<defs>"]
    for state in sorted({state for line in cells for state in line}):
        parts.append(f'<g id="g{number}{state}"><title>{escape(words.get(state, state))}</title>{GLYPHS[state]}</g>')
    parts.append(f'<path id="r{number}" d="M0 {tall - 1}.5H{width}" stroke="{LINE}"/></defs>')
    parts.append('<g text-anchor="middle" fill="#51565D">')
    left = label_width + step / 2
    parts += [_text(left + step * i, 17, label) for i, label in enumerate(columns)]
    parts.append(f'</g><path d="M0 {head - 1}.5H{width}" stroke="#767C85"/>')
    shift = label_width + (step - 26) // 2
    for i, row in enumerate(rows):
        label, href = row if isinstance(row, tuple) else (row, None)
        lamps = "".join(f'<use href="#g{number}{state}" x="{shift + step * j}"/>' for j, state in enumerate(cells[i]))
        name = _linked(_text(2, 16, _fit(label, label_width)), href)
        parts.append(f'<g transform="translate(0 {head + tall * i})">{name}{lamps}<use href="#r{number}"/></g>')
    parts.append("</svg>")
    return "".join(parts)


def timeline(
    bars: Sequence[Bar],
    today: date | None,
    milestones: Sequence[tuple[date, str]],
    months: Sequence[date],
    *,
    title: str,
    desc: str,
    words: Mapping[str, str],
    label_width: int = 220,
) -> str:
    """One bar a task on an axis of months; the last of ``months`` closes the axis. ``ValueError`` for fewer than 2.

    A bar is ``(label, start, end, state, share done or None, href or None)``; share from 0 to 1.
    """
    if len(months) < 2:
        raise ValueError("the axis needs at least two months")
    axis, tall, first = 780, 28, months[0]
    head = 46 if milestones else 28
    width, height, number = label_width + axis + 64, head + tall * len(bars) + 6, _key(title, desc)

    def x(day: date) -> float:
        share = (day - first).days / (months[-1] - first).days
        return round(label_width + axis * min(1.0, max(0.0, share)), 1)

    parts = [_open(width, height + 16, title, desc, any(bar[5] for bar in bars)), _hatch(number)]
    ticks = "".join(f"M{x(m)} {head - 8}V{height}" for m in months)
    parts.append(f'<path d="{ticks}" stroke="{LINE}"/><g fill="#51565D">')
    parts += [_text(x(m) + 3, head - 12, f"{m.month}{words.get('month', '')}", 12) for m in months[:-1]]
    parts.append("</g>")
    for i, bar in enumerate(bars):
        parts.append(_bar(bar, head + tall * i, x, number, words, label_width))
    for day, label in milestones:
        at = x(day)
        parts.append(f'<g><title>{escape(label)} {day}</title><path d="M{at} 4l7 7-7 7-7-7z" fill="{INK}"/>')
        parts.append(_text(at + 10, 15, _fit(label, 110), 12) + "</g>")
    if today is not None and first <= today <= months[-1]:
        line = f'<path d="M{x(today)} {head - 10}V{height}" stroke="{NOW}" stroke-width="2" stroke-dasharray="5 3"/>'
        parts.append(f'<g fill="{NOW}">{line}{_text(x(today), height + 12, words.get("today", ""), 12, "middle")}</g>')
    parts.append("</svg>")
    return "".join(parts)


def bars(
    values: Sequence[tuple[str, float]],
    compare: Sequence[tuple[str, float]] | None = None,
    *,
    title: str,
    desc: str,
    unit: str = "",
    now: str = "",
    then: str = "",
) -> str:
    """Lying bars from zero, the number at the end; ``compare`` gives the earlier period, drawn in outline."""
    past = dict(compare or ())
    top = max([v for _, v in values] + list(past.values()), default=0) or 1
    label_width, axis, tall = 130, 330, (38 if past else 28)
    head = 24 if (now or then) else 4
    parts = [_open(label_width + axis + 110, head + tall * len(values), title, desc)]
    if now or then:
        parts.append(
            f'<rect x="{label_width}" y="6" width="12" height="10" fill="{SERIES}"/>'
            + _text(label_width + 17, 16, now, 12)
        )
        if past:
            parts.append(f'<rect x="{label_width + 150.5}" y="6.5" width="11" height="9" fill="#FFF" stroke="{SOFT}"/>')
            parts.append(_text(label_width + 167, 16, then, 12))
    for i, (label, value) in enumerate(values):
        y, long = head + tall * i, round(axis * value / top, 1)
        parts.append(_text(label_width - 8, y + 16, _fit(label, label_width - 10), 14, "end"))
        parts.append(f'<rect x="{label_width}" y="{y + 4}" width="{long}" height="16" fill="{SERIES}"/>')
        parts.append(_text(label_width + long + 6, y + 17, _number(value) + unit))
        if label in past:
            long = round(axis * past[label] / top, 1)
            parts.append(
                f'<rect x="{label_width}.5" y="{y + 20.5}" width="{max(long - 1, 0)}" height="9" '
                f'fill="#FFF" stroke="{SOFT}"/>'
            )
            parts.append(_text(label_width + long + 6, y + 30, _number(past[label]) + unit, 12))
    parts.append(f'<path d="M{label_width}.5 {head}V{head + tall * len(values)}" stroke="#767C85"/></svg>')
    return "".join(parts)


def bullet(
    value: float, target: float, *, title: str, desc: str, label: str = "", unit: str = "", limit: float | None = None
) -> str:
    """One amount against its target: the bar is what is, the upright stroke the plan, the light bed the limit."""
    top = max(value, target, limit or 0) or 1
    left, axis = (130 if label else 0), 300
    colour = COLOURS["late"] if limit and value > limit else SERIES
    bed, done, mark = (round(axis * n / top, 1) for n in (limit or top, value, target))
    return (
        _open(left + axis + 150, 34, title, desc)
        + (_text(left - 8, 22, _fit(label, left - 10), 14, "end") if label else "")
        + f'<rect x="{left}" y="6" width="{bed}" height="22" fill="#EDF0F4"/>'
        + f'<rect x="{left}" y="11" width="{done}" height="12" fill="{colour}"/>'
        + f'<path d="M{left + mark} 3v28" stroke="{INK}" stroke-width="3"/>'
        + _text(left + axis + 10, 22, f"{_number(value)} / {_number(target)}{unit}")
        + "</svg>"
    )


def step_bar(steps: Sequence[tuple[str, int, str]], *, title: str, desc: str) -> str:
    """Stages in order with how many stand in each and a note (such as median days); arrows lead onward."""
    wide = 170
    parts = [_open(max(1, len(steps)) * wide + 12, 74, title, desc)]
    for i, (label, number, note) in enumerate(steps):
        x = wide * i
        back = "l10-36-10-36" if i else "v-72"
        parts.append(f'<path d="M{x + 1} 1h{wide - 6}l10 36-10 36h-{wide - 6}{back}" fill="#F1F4F8" stroke="#C3C9D2"/>')
        parts.append(_text(x + 20, 20, _fit(label, wide - 36), 13))
        parts.append(_text(x + 20, 44, f"{number:,}", 20) + _text(x + 20, 64, _fit(note, wide - 36), 12))
    return "".join(parts) + "</svg>"


def _bar(bar: Bar, y: int, x: Callable[[date], float], number: str, words: Mapping[str, str], label_width: int) -> str:
    label, start, end, state, share, href = bar
    left, right = x(start), x(end)
    long, colour = max(4.0, round(right - left, 1)), COLOURS[state]
    fill = {"late": f"url(#h{number})", "none": "#FFF", "waived": "#FFF"}.get(state, "#F1F4F8")
    done = (
        f'<rect x="{left}" y="{y + 6}" width="{round(long * share, 1)}" height="16" fill="{colour}"/>' if share else ""
    )
    word = words.get(state, state)
    beside = _text(left + long + 5, y + 19, word, 12)
    return (
        f"<g><title>{escape(label)} {start} – {end} {escape(word)}</title>"
        + _linked(_text(2, y + 19, _fit(label, label_width - 6)), href)
        + f'<rect x="{left}" y="{y + 6}" width="{long}" height="16" fill="{fill}" stroke="{colour}"/>{done}'
        + f'<g fill="{colour}">{beside}</g></g>'
    )


def _open(width: float, height: float, title: str, desc: str, linked: bool = False) -> str:
    number = _key(title, desc)
    role = "group" if linked else "img"  # what is read as one picture may not hold links
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" '
        f'role="{role}" aria-labelledby="t{number} d{number}" font-size="14" fill="{INK}">'
        f'<title id="t{number}">{escape(title)}</title><desc id="d{number}">{escape(desc)}</desc>'
    )


def _key(title: str, desc: str) -> str:
    # Ids must differ between the drawings of one page, and stay the same from one request to the next.
    return f"{crc32(f'{title}|{desc}'.encode()):x}"


def _hatch(number: str) -> str:
    return (
        f'<defs><pattern id="h{number}" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect width="6" height="6" fill="#FFF"/>'
        '<path d="M0 6L6 0" stroke="#B42318" stroke-width="1.6"/></pattern></defs>'
    )


def _text(x: float, y: float, text: str, size: int = 14, anchor: str = "") -> str:
    more = (f' font-size="{size}"' if size != 14 else "") + (f' text-anchor="{anchor}"' if anchor else "")
    return f'<text x="{round(x, 1):g}" y="{round(y, 1):g}"{more}>{escape(text)}</text>' if text else ""


def _linked(inner: str, href: str | None) -> str:
    # Only addresses of this site: anything with a scheme stays plain text.
    return f'<a href="{escape(href)}">{inner}</a>' if href and href[0] in "/?#" and href[:2] != "//" else inner


def _fit(text: str, width: float) -> str:
    """Text cut to what ``width`` pixels hold at 14 px, a Chinese character counted as 14 and a Latin one as 8."""
    room = width
    for place, sign in enumerate(text):
        room -= 14 if ord(sign) > 0x2E7F else 8
        if room < 0:
            return text[: max(1, place - 1)] + "…"
    return text


def _number(value: float) -> str:
    return f"{value:,.1f}".rstrip("0").rstrip(".") if value % 1 else f"{int(value):,}"
