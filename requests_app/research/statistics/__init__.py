"""The arithmetic of the figures, in plain Python: no database, no Django, no numpy.

survival   how long something takes, where some of it is not over yet
agreement  how far several coders agree
summaries  medians, quartiles and shares, and the rule that nothing is drawn from fewer than five
"""
