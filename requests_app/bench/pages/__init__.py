"""How fast the pages are in a newsroom with a hundred thousand requests: `manage.py bench pages`.

`stories` tells a request of each kind through the product's own actions, `copying` multiplies
them, `filling` makes the newsroom of them, `visits` goes through its pages and its morning round.
"""
