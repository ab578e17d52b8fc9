"""Suggestions of published datasets: how right they are on judged drafts, and how fast.

filling      a portal with datasets, for the time of a transaction
judged       drafts of which a person said what answers them
suggestions  the time of one suggestion over a large catalog
"""
