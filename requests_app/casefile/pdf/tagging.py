"""The structure of the whole: the trees of our own pages and of the letters, joined in page order.

Each of those PDFs is tagged by the engine. An exhibit's page is one paragraph, its text read as it
stands, or one figure with its name. Where there are such pages the whole is tagged, but not claimed
to be PDF/UA: whether a stranger's fonts are embedded is not ours to say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String


@dataclass(slots=True)
class Structure:
    """Collects trees and elements, then writes them as one."""

    pdf: Pdf
    _numbers: list[tuple[int, Object]] = field(default_factory=list)
    _next: int = 0
    _found: list[tuple[int, Object]] = field(default_factory=list)  # page and element

    def take(self, source: Pdf, pages: Sequence[tuple[int, Object]]) -> None:
        """The tree of a PDF whose pages stand in ours already, with their places there."""
        if "/StructTreeRoot" not in source.Root:
            return
        tree: Any = self.pdf.copy_foreign(source.Root.StructTreeRoot)
        moved = self._moved(tree)
        for _, page in pages:
            _move(page, "/StructParents", moved)
            for annotation in page.get("/Annots", Array()):
                _move(annotation, "/StructParent", moved)
        places = {page.objgen: place for place, page in pages}
        for element in _elements(tree):
            place = _first_page(element, places)
            if place is not None:
                self._found.append((place, element))

    def place(self, place: int, page: Object, *, alternative: str) -> None:
        """A page of one marked content: a figure with that text alternative, or a paragraph."""
        element = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Figure if alternative else Name.P, Pg=page, K=0)
        )
        if alternative:
            element.Alt = String(alternative)
        page["/StructParents"] = self._next
        self._numbers.append((self._next, Array([element])))
        self._next += 1
        self._found.append((place, element))

    def write(self) -> None:
        """The one tree, its elements in the order of their pages."""
        document = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
        ordered = [element for _, element in sorted(self._found, key=lambda pair: pair[0])]
        for element in ordered:
            element["/P"] = document
        document.K = Array(ordered)
        nums = [item for pair in sorted(self._numbers, key=lambda pair: pair[0]) for item in pair]
        root = self.pdf.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=Array([document]),
                ParentTree=self.pdf.make_indirect(Dictionary(Nums=Array(nums))),
                ParentTreeNextKey=self._next,
            )
        )
        document.P = root
        self.pdf.Root.StructTreeRoot = root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _moved(self, tree: Any) -> int:
        """By how much its numbers move to be free of ours; takes them in."""
        moved, highest = self._next, -1
        nums = list(tree.ParentTree.Nums)
        for number, value in zip(nums[::2], nums[1::2], strict=True):
            self._numbers.append((int(number) + moved, value))
            highest = max(highest, int(number))
        self._next = moved + highest + 1
        return moved


def _move(thing: Any, key: str, by: int) -> None:
    if key in thing:
        thing[key] = int(thing[key]) + by


def _elements(tree: Any) -> Iterator[Any]:
    """The elements under the tree's wrappers: down to where there is more than one."""
    found = _kids(tree)
    while len(found) == 1 and len(inner := _kids(found[0])) > 0:
        if not all(isinstance(kid, pikepdf.Dictionary) and "/S" in kid for kid in inner):
            break
        found = inner
    yield from found


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    found = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in found if isinstance(kid, pikepdf.Dictionary)]


def _first_page(element: Any, places: dict[tuple[int, int], int]) -> int | None:
    """The place of the first page that an element or anything in it stands on."""
    waiting = [element]
    while waiting:
        node = waiting.pop()
        page = node.get("/Pg")
        if page is not None and page.objgen in places:
            return places[page.objgen]
        waiting.extend(reversed(_kids(node)))
    return None
