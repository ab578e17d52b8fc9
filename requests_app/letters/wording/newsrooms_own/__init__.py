"""A newsroom's own wording of a kind of letter, on top of the pack's.

notation        what may stand in it: words, facts by name, passages of the pack
pack_passages   the pack's template as such a text, and the passages that it lends
trial_facts     the facts of a letter that nobody wrote, to try a wording on
citations       what a text cites, and what a city's verified law cites
kept            which facts and sentences of law a text has lost beside the pack's
checks          whether a wording may be saved, and for which city not
in_force        which wording a letter is written by today
"""
