"""How the catalog is kept in step with the portals.

city_portals   which portal is read for a city: the pack's, or the one a newsroom set
sync           one reading of one portal, from its lease to its status
writing        what a reading found, into rows and versions
columns        the columns of one dataset, asked for when it is opened
tasks          each night, one portal after the other
"""
