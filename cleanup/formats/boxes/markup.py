"""XML and HTML as a tree whose elements know where they stand in the text: words are changed in place.

No library gives the places; whether XML is well formed is asked of expat, which resolves no entity here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from cleanup.formats.boxes.lines import spliced
from cleanup.formats.encoding import InputError
from cleanup.text.patterns import re_pattern

DEEPEST = 200
"""Elements within one another: no engine writes more."""
_ATTRIBUTES = r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+"
_TOKEN = re_pattern(
    rf"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)|<![A-Za-z]{_ATTRIBUTES}>"
    rf"|<(?P<close>/?)(?P<name>[A-Za-z_][^\s/<>\"'=]*){_ATTRIBUTES}>",
    re.S,
)
_ATTRIBUTE = re_pattern(
    r"(?:[^\s/<>\"'=:]+:)?([^\s/<>\"'=:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))"
)
_EMPTY = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"))
"""HTML's elements that have no end."""
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\n": "&#10;"}


class Place(NamedTuple):
    """A stretch of the file's text."""

    start: int
    end: int


class Element:
    """An element; `start` to `inner` is its opening tag, `close` to `end` its closing one (may be empty)."""

    __slots__ = (
        "_attributes",
        "children",
        "close",
        "end",
        "inner",
        "name",
        "parent",
        "prefix",
        "source",
        "start",
    )

    def __init__(self, source: str, name: str, start: int, inner: int, parent: Element | None) -> None:
        self.source = source
        self.prefix, _, self.name = name.rpartition(":")
        self.start, self.inner = start, inner
        self.close = self.end = inner
        self.parent = parent
        self.children: list[Element] = []
        self._attributes: dict[str, Place] | None = None

    @property
    def name_end(self) -> int:
        """Behind the name in its opening tag."""
        return self.start + 1 + len(self.prefix) + bool(self.prefix) + len(self.name)

    @property
    def attributes(self) -> dict[str, Place]:
        """Where the values of its attributes stand, by name without prefix."""
        if self._attributes is None:
            tags = _ATTRIBUTE.finditer(self.source, self.name_end, self.inner)
            self._attributes = {found[1]: Place._make(found.span(found.lastindex or 0)) for found in tags}
        return self._attributes

    def get(self, name: str) -> str:
        """The value of an attribute; empty where it has none."""
        held = self._attributes
        place = (self.attributes if held is None else held).get(name)
        if place is None:
            return ""
        value = self.source[place[0] : place[1]]
        return html.unescape(value) if "&" in value else value

    def within(self) -> Iterator[Element]:
        """All elements inside, in their order."""
        waiting = self.children[::-1]
        while waiting:
            found = waiting.pop()
            yield found
            waiting.extend(reversed(found.children))

    def named(self, name: str) -> list[Element]:
        """The children of this name."""
        return [child for child in self.children if child.name == name]

    def texts(self) -> list[Place]:
        """Where text stands directly inside, between its children."""
        if not self.children:
            return [Place(self.inner, self.close)] if self.inner < self.close else []
        cuts = [self.inner, *(at for child in self.children for at in (child.start, child.end)), self.close]
        return [Place(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=True) if pair[0] < pair[1]]

    @property
    def text(self) -> str:
        """The text directly inside."""
        return "".join(plain(self.source[place.start : place.end]) for place in self.texts())


def plain(source: str) -> str:
    """What a stretch of text between tags says: entities read, comments and instructions left out."""
    if "<" in source:
        source = re.sub(r"<!\[CDATA\[(.*?)\]\]>", lambda found: html.escape(found[1]), source, flags=re.S)
        source = re.sub(r"<!--.*?-->|<\?.*?\?>", "", source, flags=re.S)
    return html.unescape(source)


def escaped(text: str) -> str:
    """Text as it may stand in an attribute or between tags."""
    return re.sub("[&<>\"'\n]", lambda found: _ESCAPED[found[0]], text)


def checked(text: str) -> None:
    """Raise InputError where `text` is not well-formed XML, or declares entities."""
    parser = expat.ParserCreate("utf-8")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    try:
        parser.Parse(text.encode("utf-8", "surrogatepass"), True)
    except expat.ExpatError as error:
        raise InputError("broken-xml", line=error.lineno, why=expat.ErrorString(error.code)) from None


def _refuse(*_about: object) -> int:
    raise InputError("xml-entities")


def tree(text: str, is_html: bool = False) -> Element:
    """The elements of a text, below one that holds all; HTML may leave tags open. Raises InputError."""
    if not is_html:
        checked(text)
    root = here = Element(text, "", 0, 0, None)
    root.close = root.end = len(text)
    depth = 0
    for token in _TOKEN.finditer(text):
        name = token["name"]
        if name is None:
            continue
        if token["close"]:
            open_one: Element | None = here
            while open_one is not None and f"{open_one.prefix}:{open_one.name}".lstrip(":") != name:
                open_one = open_one.parent
            if open_one is None or open_one is root:
                continue  # HTML's, closed twice
            while here is not open_one and here.parent is not None:
                here.close = here.end = token.start()
                here, depth = here.parent, depth - 1
            here.close, here.end = token.start(), token.end()
            here, depth = here.parent or root, depth - 1
            continue
        found = Element(text, name, token.start(), token.end(), here)
        here.children.append(found)
        if token[0].endswith("/>") or (is_html and found.name.lower() in _EMPTY):
            continue
        here, depth = found, depth + 1
        if depth > DEEPEST:
            raise InputError("too-deep")
    while here is not root and here.parent is not None:
        here.close = here.end = len(text)
        here = here.parent
    return root


def left_open(root: Element) -> Iterator[Element]:
    """The elements of HTML that the text ends in, from the outside: nothing closes them."""
    here = root
    while here.children and (here := here.children[-1]).close == here.end == root.end:
        yield here


def namespace(root: Element) -> str:
    """The namespace of an element, as its own tag declares it."""
    tag = root.source[root.start : root.inner]
    name = re.escape(f"xmlns:{root.prefix}") if root.prefix else "xmlns"
    found = re.search(rf"\s{name}\s*=\s*[\"']([^\"']*)", tag)
    return found[1] if found else ""


class Splices:
    """Changes of a file's text, made all at once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[tuple[int, int, str]] = []

    def put(self, place: tuple[int, int], new: str) -> None:
        """Write `new` at a place; at the same place one behind the other."""
        self._found.append((*place, new))

    def attribute(self, element: Element, name: str, value: str) -> None:
        """Give an attribute a value, whether or not the element has it."""
        if place := element.attributes.get(name):
            self.put(place, escaped(value))
        else:
            self.put((element.name_end, element.name_end), f' {name}="{escaped(value)}"')

    def add(self, element: Element, name: str, said: str, between: str = " ") -> None:
        """Add to what an attribute says, unless it says so already."""
        place = element.attributes.get(name)
        if place is None:
            self.attribute(element, name, said)
        elif said not in element.get(name):
            self.put((place.end, place.end), escaped(between * (place.end > place.start) + said))

    def without(self, element: Element, name: str) -> None:
        """Take out an attribute."""
        if place := element.attributes.get(name):
            start = self._text.rindex(name, element.start, place.start)
            self.put((start - 1, place.end + 1), "")

    def child(self, element: Element, new: str, at: int = -1) -> None:
        """Put an element's text in as a child: at a place, else before the element's end."""
        if element.close == element.inner == element.end:  # <String/>
            slash = self._text.rindex("/", element.start, element.inner)
            name = self._text[element.start + 1 : element.name_end]
            self.put((slash, element.inner), f">{new}</{name}>")
        else:
            self.put((at, at) if at >= 0 else (element.close, element.close), new)

    def __bool__(self) -> bool:
        return bool(self._found)

    def __str__(self) -> str:
        return spliced(self._text, self._found)
