"""Words that a text speaks of as wrong: 把“已经”写成“己经”, “治金”应为“冶金”. They stay as they are."""

from __future__ import annotations

from functools import lru_cache

from cleanup.model.fix import Span
from cleanup.text.patterns import re_pattern

_QUOTED = r"[“‘「『\"](?P<{}>[^“”‘’「」『』\"\n，。；]{{1,12}})[”’」』\"]"
_AS = (
    "写成|寫成|写作|误作|誤作|错作|误为|誤為|错成|錯成|错为|读成|讀成|念成|唸成|印成|排成|打成|认成|看成|误认为|误认作|讹作|訛作|讹为|"
    "刻成|抄成|抄作|录成|识别成|识别为|识成|误排为|误印为|误刻作|误植为|误植作"
)
_OUGHT = "应为|應為|应作|應作|应是|應是|应改为|應改為|當作|当作|疑为|疑作|疑是|疑當作|疑当作"
_BEHIND = re_pattern(rf"(?:{_AS})了?[：:]?{_QUOTED.format('form')}(?:[、或和]?{_QUOTED.format('more')})?")
_BEFORE = re_pattern(
    rf"{_QUOTED.format('form')}(?:一?[字词句]|[二两三]字)?"
    rf"(?:(?:{_OUGHT}|(?:系|係|是|乃|为|為){_QUOTED.format('right')}(?:一?[字词]|[二两]字)?(?:之误|之誤|之讹|的误|的讹))"
    r"|(?:是|系|乃|为|為|係)?(?:错字|错别字|别字|误字|讹字|誤字|误植))"
)
_SIGNS = ("误", "誤", "错", "錯", "讹", "訛", "成“", "成「", '成"', "作“", "应", "應", "疑", "别字", "识别")
"""One of these stands wherever a word is called wrong."""


@lru_cache(maxsize=4)
def wrong_forms(text: str) -> tuple[Span, ...]:
    """Where words stand that the text itself calls wrong, or other than they should be; in order."""
    if not any(sign in text for sign in _SIGNS):
        return ()
    found = {
        Span(*match.span(group))
        for pattern, groups in ((_BEHIND, ("form", "more")), (_BEFORE, ("form",)))
        for match in pattern.finditer(text)
        for group in groups
        if match[group]
    }
    return tuple(sorted(found))
