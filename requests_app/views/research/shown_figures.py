"""A figure as templates show it: drawn, and with its numbers in words."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from cities.schema.load import load_city
from requests_app.models import Project
from requests_app.research.charts.drawing import svg_of
from requests_app.research.figures.figure import Cell, Figure
from requests_app.research.figures.scope import Scope


@dataclass(frozen=True, slots=True)
class ShownFigure:
    figure: Figure
    svg: SafeString | None
    rows: tuple[tuple[str, ...], ...]


def shown(figure: Figure) -> ShownFigure:
    rows = tuple(tuple(map(_in_words, row)) for row in figure.table.rows)
    return ShownFigure(figure, svg_of(figure.chart, figure.slug) if figure.chart else None, rows)


def _in_words(cell: Cell) -> str:
    if cell is None:
        return "–"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def scope_in_words(scope: Scope) -> str:
    """Stamford, City Clerk, § 1-210(b)(1) claimed, project “Policing”, filed since May 4, 2025."""
    parts = ["Every city"]
    if scope.city:
        city = load_city(scope.city)
        parts = [city.name]
        if scope.office:
            parts.append(city.office(scope.office).name)
        named = [one for one in city.statute.exemptions if one.slug == scope.exemption]
        parts += [f"{one.citation} claimed" for one in named]
    if scope.project:
        parts.append(f"project “{Project.objects.get(pk=scope.project).name}”")
    return ", ".join([*parts, scope.span])
