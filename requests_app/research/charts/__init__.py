"""Charts as SVG, drawn here from `templates/research/charts`: no script, no style attribute.

Each chart is a frozen value with its places worked out; `drawing.svg_of` writes it. They are told
apart by pattern, dash and label, never by colour alone, and are the same on a page and on paper.
"""
