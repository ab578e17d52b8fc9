"""What templates say of a letter on its way."""

from typing import Any

from django import template

from requests_app.views.sending.how_it_leaves import Leaving, leaving

register = template.Library()


@register.simple_tag(takes_context=True)
def how_it_leaves(context: template.Context) -> Leaving | None:
    """{% how_it_leaves as way %}, on a page with `channel` and `rr` or `appeal`."""
    flat: dict[str, Any] = {key: value for layer in context.dicts for key, value in layer.items()}
    return leaving(flat)
