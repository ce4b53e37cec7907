"""Furniture for made pages: running heads and feet as newspapers, journals and books print them."""

from __future__ import annotations

import random

from bench.setting import Line, Setter

_PAPERS = ("重庆日报", "渝州日报", "湖北日报", "人民日报", "参考消息", "三峡都市报", "大众文艺", "地质通讯")
_SECTIONS = ("要闻", "综合", "国际", "理论", "副刊", "区县新闻", "读者来信", "经济观察")
_HEADS = (
    ("{paper}", "{date}", "第{page}版"),
    ("{date} {week}", "{paper}", "{section}", "{page}版"),
    ("{page}", "{section}", "{date} {week}", "{paper}"),
    ("{paper}  {date}  {week}", "第{page}版"),
    ("{section}", "{paper} {date} {page}"),
    ("责编：{name} 美编：{other}", "{date} {week}", "{page} {section}"),
    ("{paper}", "{issue}"),
    ("{folio}",),
    ("{paper}", "{folio}"),
    ("{issue}", "{folio}"),
)
_FEET = (
    ("— {folio} —",),
    ("·{folio}·",),
    ("{folio}",),
    ("- {folio} -",),
    ("第{folio}页",),
    ("第{page}版 本版责编 {name}",),
    ("本版编辑：{name} 校对：{other}",),
    ("{paper} {issue}", "{folio}"),
    ("责任编辑：{name}", "版式：{other}"),
)


def furniture(setter: Setter, chance: random.Random) -> None:
    """A running head, a foot, both or neither, of several kinds; in pieces far apart, or in one line."""
    em, lines = setter.em, setter.lines
    right = max(line.x + line.width for line in lines)
    top, bottom = min(line.y for line in lines), max(line.y + line.height for line in lines)
    year, month, day = chance.randrange(1950, 2025), chance.randrange(1, 13), chance.randrange(1, 29)
    fill = {
        "paper": chance.choice(_PAPERS),
        "section": chance.choice(_SECTIONS),
        "date": f"{year}年{month}月{day}日",
        "week": "星期" + chance.choice("一二三四五六日"),
        "page": str(chance.randrange(1, 17)),
        "folio": str(chance.randrange(1, 200)),
        "issue": f"{year}年第{chance.randrange(1, 25)}期",
        "name": chance.choice("王李张刘陈") + chance.choice(("小河", "明", "建国", "文静")),
        "other": chance.choice("赵周吴郑孙") + chance.choice(("大山", "亮", "卫东", "雪梅")),
    }
    for share, kinds, y in ((0.6, _HEADS, top - 3 * em), (0.6, _FEET, bottom + 2 * em)):
        if chance.random() >= share:
            continue
        texts = [piece.format(**fill) for piece in chance.choice(kinds)]
        if len(texts) > 1 and chance.random() < 0.2:
            texts = [" ".join(texts)]
        size = em * chance.uniform(0.7, 1.0)
        free = right - sum(len(text) * size for text in texts)
        if free < 5 * em * (len(texts) - 1):
            texts = texts[:1]
            free = right - len(texts[0]) * size
        between = free / max(1, len(texts) - 1)
        x = 0.0 if len(texts) > 1 else free * chance.choice((0.0, 0.5, 0.5, 1.0))
        for text in texts:
            lines.append(Line(text, x, y, len(text) * size, size, -1))
            x += len(text) * size + between
