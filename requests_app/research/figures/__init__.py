"""What the ledgers of many requests come to: how long, how late, with what result, at what price.

scope          which requests are asked about
population     those requests, and what the database counts of them, a query each
figure         a figure: its sentences, its chart, its table, its numbers
waits, endings, lateness, fees, challenges, backlog   one kind of figure each
every_figure   all of them, by their slugs

How each is counted is said in docs/research.md, "Figures", and on the page beside it.
"""
