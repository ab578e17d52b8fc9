"""A believable newsroom to look around in: requests in every state, dated relative to today.

It walks the real actions with the clock set back, so its ledgers and deadlines are real ones.
Every address ends in .example: nothing of it can reach anybody.
"""
