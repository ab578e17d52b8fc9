"""Catalogs of the demonstration: synthetic datasets, and the days on which they were read.

publish            a list of datasets becomes a catalog, as a reading of its portal leaves it
kansas_city.csv    what an invented Kansas City publishes; portland.csv likewise
"""
