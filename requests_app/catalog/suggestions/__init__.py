"""Which published datasets may already answer a draft: found by its words, on this machine alone.

word_lists     words that say nothing of what is asked, and words that mean the same
word_stems     a word as it is compared
draft_terms    what a draft asks for, as terms; its years apart
dataset_terms  where each term stands in a dataset's metadata
rare_kinds     records that datasets rarely hold
coverage       how much of the draft a dataset covers, and what is shown of it
freshness      how old a dataset is, by its own cadence
index          the index of a portal's datasets, written with them
retrieval      the database's full-text search over it
suggest        all of it for one draft
"""
