"""Forms of letters that printers used beside today's, which no conversion of scripts knows.

By hand: what foundries of 1900–1965 cut and OpenCC (t2s, jp2t) leaves as it is.
"""

from __future__ import annotations

_PAIRS = (
    "淸清 尙尚 吿告 飮饮 髙高 囯国 塲场 硏研 槪概 姉姊 尅克 噉啖 擧举 敍叙 棃梨 楡榆 疎疏 "
    "皐皋 砲炮 秊年 筭算 緖绪 縂总 罸罚 荅答 菓果 蔴麻 虵蛇 袴裤 覔觅 覩睹 觧解 詧察 讃赞 "
    "輭软 輙辄 邨村 郞郎 酧酬 鍜锻 鎻锁 鐡铁 闗关 隷隶 頺颓 餠饼 餻糕 饍膳 騐验 鬪斗 鬬斗 "
    "鬰郁 鴈雁 鵞鹅 麁粗 麕麇 戸户 愼慎 顚颠 塡填 鄕乡 靑青 冩写 寳宝 珎珍 衞卫"
)
VARIANTS = {pair[0]: pair[1] for pair in _PAIRS.split()}
"""Variant → simplified letter."""
