"""What docs/benchmarks and docs/rules say, in Chinese and in English; | parts the heads of a table."""

from __future__ import annotations

from cleanup.model.fix import Message

MADE = Message(
    "本页由 `{run.command}` 于 {run.date} 在提交 {run.commit} 上写出；请勿手改。",
    "Made by `{run.command}` on {run.date} at commit {run.commit}; do not edit by hand.",
)
SET = Message("数据集", "Set")
GIVEN, REPAIRED = Message("原样", "as given"), Message("修复后", "repaired")
NONE = Message("无", "none")

BENCHMARKS = Message("评测", "Benchmarks")
INTRO = Message(
    "真实引擎识读由真实文章排版、按扫描件降质的版面；视觉模型的页面按这类模型的常见错误损坏。数字均为整套数据、默认设置、"
    "只用自带名册的结果；小字为按文件自助抽样的 95 % 置信区间。各规则的成绩见 [各规则的成绩](rules.zh.md)。",
    "Real engines read pages typeset from real articles and degraded like scans; vision-model pages are damaged as "
    "such models damage them. Every figure is over whole sets, with the tool's default settings and no roster but its "
    "own; in small type the 95 % interval, by bootstrap over documents. What each rule did stands in "
    "[what each rule did](rules.en.md).",
)
SIZE = Message("（{} 个文件，{:,} 字）", " ({} documents, {:,} characters)")
BEFORE_AFTER = Message("修复前后", "Before and after")
CHANGES = Message("修复的作用", "What the repair did")
RIGHT = Message("本来正确的文字", "Right text")
HARM = Message(
    "默认设置在这里的每处改动都是误伤，只有来源自身的误排除外（人民日报句子中的半角标点）。",
    "Everything that the defaults change here is harm, but for misprints of the sources (half-width marks in the "
    "People's Daily sentences).",
)
RIGHT_HEAD = Message("文本|字数|改动|按规则", "Text|Characters|Edits|By rule")
TOOLS = Message("与其他工具比较", "Beside other tools")
NO_TOOL = Message("未安装其他工具。", "No other tool was installed.")
BESIDE = Message(
    "同样的文字在同一进程、单线程中逐一交给各工具；速度是正确文字上的 CPU 时间（每页 8,000 字），以 ocrfix 为 1。"
    "各工具的目的不同：autocorrect 调整空格和全半角，ftfy 修复编码，OpenCC 转换繁简，ProperCorrector 按名单改正专名。",
    "The same texts through every tool, one after the other in one process, one thread; speed is CPU time on right "
    "text, page by page (8,000 characters), as a ratio to ocrfix. Tools have other aims than ours: autocorrect sets "
    "spaces and widths, ftfy mends encodings, OpenCC converts script, ProperCorrector mends proper names of its list.",
)
TOOLS_HEAD = Message(
    "工具|{}：错误减少 / 每十万字改坏|改动的正确行|速度",
    "Tool|{}: CER cut / spoilt per 100,000|Right lines changed|Speed",
)
EXPECTED = Message("无真值的估计", "Expected without truth")
ESTIMATED = Message(
    "`ocrfix estimate` 在这些数据上的结果，拟合时都未用过。丢失、移位的行在文字里不留痕迹，所以修复后的页面比原样的页面"
    "更难分出高下；也没有一页会被估为全对。",
    "`ocrfix estimate` on these sets, none of which it was fitted on. Lost and moved lines leave no trace in the "
    "text, so that repaired pages are told apart less well than pages as given; and no page is expected to be "
    "wholly right.",
)
EXPECTED_HEAD = Message(
    "平均 CER|估计|平均绝对误差（百分点）|等级相关",
    "mean CER|expected|mean absolute error (points)|rank correlation",
)
DEFINITIONS = Message("定义与局限", "Definitions and limits")
DEFINED = Message(
    """\
- **CER**：最少的插入、删除、替换次数与真值字数之比，空白和标题记号不计；由几个码位组成的一个字算一个。引擎读出而真值没有的版面附件（报眉、页码）算作错误。
- **文字错误率**：同上，只算汉字、拉丁字母、数字。
- **标点 F1**：与真值位置相同的标点，占两边全部标点之比。
- **词错误率**：同 CER，以词计；用 jieba 的词表分词，不猜未登录词，标点不计。
- **段落边界 F1**：各行（段）之末与真值相比。
- **人名、数字完整**：真值中的人名（公众人物名册中的，以及只会是人名之处的）和数字原样出现；*改坏*：修复前完整而修复后不完整。
- **不计次序的错误率**：假如次序无关还剩的错误；文字移位时远低于 CER。
- **改好、改坏**：真值中原来错而后来对的字，及其反面；多出的字按字数计。**改动精度**：改好占两者之和的比例。
- 一万字以上的文件，在两边都只出现一次的段落之间对齐。
- *made-…* 的版面由本命令排版、降质、识读。""",
    """\
- **CER**: fewest insertions, deletions and substitutions over the truth's characters; white space and heading marks left out. A grapheme of several code points is one character. Furniture that the engine read and the truth lacks counts as errors.
- **CER of letters**: the same over Han, Latin letters and digits.
- **Punctuation F1**: marks that stand where the truth has them, of all marks on either side.
- **WER**: the same as CER over words, segmented by jieba's lexicon without guessing unknown words; marks left out.
- **Boundaries F1**: ends of lines (paragraphs) against the truth's.
- **Names / numbers whole**: the truth's names (roster of public figures, and what stands where only names stand) and numbers that stand in the text unaltered; *spoilt*: whole before the repair and not after.
- **CER without regard to order**: the errors that would be left if order did not count; far below the CER where text was moved.
- **Repaired, spoilt**: characters of the truth wrong before and right after, and the reverse; characters too many count by their number. **Precision**: repaired of both together.
- Documents over 10,000 characters are aligned between passages that both texts have once.
- Pages of *made-…* were typeset, degraded and read by this very command.""",
)  # fmt: skip
THIS_RUN = Message("本次运行", "This run")
OTHERS, ENGINES = Message("工具：", "tools: "), Message("引擎：", "engines: ")
MISSING = Message("缺少：", "missing: ")

RULES = Message("各规则的成绩", "What each rule did")
COUNTED = Message(
    "数据集：{sets}。*对*：改动使该处更近于真值；*错*：更远；*无关*：都一样（怎么改都不对，或是真值不计的空白）。"
    "可判定的改动有 {safe:.0%}（safe）或 {likely:.0%}（likely）正确，即守住了承诺。"
    "*正确文字中的改动*在评测的全部正确文字上计数（含来源自身的误排）。",
    "Sets: {sets}. *Right*: the change brought the text nearer to the truth, where it stands; *wrong*: farther from "
    "it; *neutral*: neither (what stands there is wrong both ways, or white space that the truth does not know). A "
    "promise is kept where at least {safe:.0%} (safe) or {likely:.0%} (likely) of the judged changes are right. "
    "*Edits in right text* are counted over all right texts of the benchmark (misprints of the sources included).",
)
BELOW = Message("未达到承诺的", "Below their promise")
BELOW_LINE = Message(
    "- `{one.rule}`（{one.promise}，承诺 {promised:.0%}）：{one.right} 对，{one.wrong} 错（{share:.1%}）",
    "- `{one.rule}` ({one.promise}, promised {promised:.0%}): {one.right} right, {one.wrong} wrong ({share:.1%})",
)
FEW_CASES = Message("：例子太少", " – few cases")
ALL = Message("全部规则", "All rules")
LEDGER_HEAD = Message(
    "规则|级别|改动|对|错|无关|改好的字|改坏的字|正确率|95 % 区间|建议（对 / 错）|正确文字中的改动",
    "Rule|Promise|Made|Right|Wrong|Neutral|Signs repaired|Signs spoilt|Right share|95 % interval|"
    "Suggested (right / wrong)|Edits in right text",
)
FLAGS = Message("待查", "Flags")
FLAGGED = Message(
    "待查只请人看一看；只计数，不判对错。", "Flags ask a person to look; they are counted, not judged."
)
SILENT = Message("这些数据上没有出现的", "Never seen on these sets")
ONLY_HARM = Message("只在正确文字中出现的", "Only in right text")
