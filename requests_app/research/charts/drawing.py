"""A chart as SVG, from its template."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from requests_app.research.charts.bars import BarChart
from requests_app.research.charts.curves import CurveChart
from requests_app.research.charts.stacks import StackChart

Chart = BarChart | CurveChart | StackChart


def svg_of(chart: Chart, name: str) -> SafeString:
    """`name` tells its parts from those of other charts on the page: letters, digits, hyphens."""
    return render_to_string(f"research/charts/{chart.template}", {"chart": chart, "name": name})
