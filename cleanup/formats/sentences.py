"""What is wrong with bytes that are no readable text, said to a person."""

from __future__ import annotations

from cleanup.formats.encoding import InputError
from cleanup.model.fix import Message

_SENTENCES = {
    "empty": ("文件是空的，没有可修复的文字。", "the file is empty; there is no text to repair."),
    "blank": (
        "文件里只有空白字符，没有可修复的文字。",
        "the file holds only white space; there is no text to repair.",
    ),
    "binary": (
        "不是文本文件（含二进制数据）；请提供 OCR 输出的文本。",
        "this is not a text file (it holds binary data); give the text that the OCR engine wrote.",
    ),
    "implausible": (
        "无法判断编码；请用 --encoding 指明（如 gb18030、big5）。",
        "its encoding cannot be told; name it with --encoding (like gb18030 or big5).",
    ),
    "unknown-encoding": (
        "不认识编码 {encoding}；请用 utf-8、gb18030、big5 或 utf-16-le 等名称。",
        "there is no encoding {encoding}; use a name like utf-8, gb18030, big5 or utf-16-le.",
    ),
    "undecodable": (
        "第 {line} 行（字节 {offset}）不是有效的 {encoding}；请修好文件，或用 --encoding 指明编码。",
        "line {line} (byte {offset}) is not valid {encoding}; mend the file, or name its encoding "
        "with --encoding.",
    ),
    "json": (
        "是 JSON 数据，其中没有认得出的识别结果（文字及其坐标）；"
        "能读的格式见 docs/reference/formats.zh.md，否则请取出其中的文字，存为 TXT 或 Markdown 再修复。",
        "this is JSON in which no lines of text with their boxes are found (what is read: "
        "docs/reference/formats.en.md); take the text out of it, as TXT or Markdown, and repair that.",
    ),
    "xml": (
        "是 XML，但不是能读的识别结果（hOCR、ALTO、PAGE）；请让识别引擎导出这些格式，或 TXT、Markdown。",
        "this is XML, and neither hOCR nor ALTO nor PAGE; have the engine export one of these, or TXT or "
        "Markdown.",
    ),
    "broken-xml": (
        "第 {line} 行不是有效的 XML（{why}）；文件可能被截断或改坏，请重新导出。",
        "line {line} is not well-formed XML ({why}); the file may be cut short or damaged: export it again.",
    ),
    "broken-json": (
        "第 {line} 行不是有效的 JSON（{why}）；文件可能被截断或改坏，请重新导出。",
        "line {line} is not valid JSON ({why}); the file may be cut short or damaged: export it again.",
    ),
    "xml-entities": (
        "文件自行定义了 XML 实体；这样的文件不读，请去掉 DOCTYPE 中的定义。",
        "the file declares XML entities of its own; such files are not read: take the declarations out of "
        "its DOCTYPE.",
    ),
    "namespace": (
        "不认识命名空间 {namespace}；能读的是 ALTO 1–4 和 PAGE 2009–2024。",
        "the namespace {namespace} is not known; ALTO 1 to 4 and PAGE 2009 to 2024 are read.",
    ),
    "too-deep": (
        "嵌套过深；识别引擎不会写出这样的文件。",
        "its elements are nested too deeply; no engine writes such files.",
    ),
    "too-many": (
        "行数超过 {most}；请把文件按页拆开。",
        "it has more than {most} lines; split the file by pages.",
    ),
    "no-words": (
        "识别引擎的文件（{format}）里没有文字；请检查识别是否成功。",
        "the engine's file ({format}) holds no words; check whether the page was recognised at all.",
    ),
    "no-boxes": (
        "识别引擎的文件（{format}）里没有可用的坐标；请让引擎导出坐标，或改用 TXT。",
        "the engine's file ({format}) has no usable box; have the engine export places, or give its text as "
        "TXT.",
    ),
    "cut-off": (
        "识别引擎的文件（{format}）在中途断了；请重新导出或重新取得文件。",
        "the engine's file ({format}) breaks off in the middle; export it or get it again.",
    ),
    "broken-packing": (
        "压缩文件已损坏或被截断（{why}）；请重新取得文件。",
        "the packed file is damaged or cut short ({why}); get it again.",
    ),
    "too-large": (
        "解压后超过 {most} MB；请拆开后再修复。",
        "unpacked it is larger than {most} MB; split it up.",
    ),
    "needs-pdf": (
        "读 PDF 的文字层需要 pypdfium2；请运行 pip install 'ocrfix[pdf]'。",
        "the text layer of a PDF needs pypdfium2: pip install 'ocrfix[pdf]'.",
    ),
    "broken-pdf": (
        "PDF 无法打开（{why}）；文件可能已损坏或有密码。",
        "the PDF cannot be opened ({why}); it may be damaged, or have a password.",
    ),
    "no-text-layer": (
        "PDF 没有文字层，只有图像；请先做识别（OCR）。",
        "the PDF has no text layer, only pictures; have it recognised (OCR) first.",
    ),
    "too-many-pages": (
        "页数超过 {most}；请拆开后再修复。",
        "it has more than {most} pages; split it up.",
    ),
    "code": (
        "是程序源代码或配置文件，不是识别出来的正文；不作修复。",
        "this is source code or settings, not text that was read off a page; it is not repaired.",
    ),
    "unencodable": (
        "修复后的“{char}”无法写成 {encoding}；去掉 --keep-encoding 以 UTF-8 写出。",
        "the repaired text holds “{char}”, which {encoding} cannot write; leave out --keep-encoding "
        "to write UTF-8.",
    ),
}


def sentence(name: str, error: InputError) -> Message:
    """The sentence for bytes of the file `name` that could not be read (or written back) as text."""
    found = said(error)
    return Message(f"{name}：{found.zh}", f"{name}: {found.en}")


def said(error: InputError) -> Message:
    """The same without a name."""
    zh, en = _SENTENCES[error.code]
    return Message(zh.format(**error.details), en.format(**error.details))
