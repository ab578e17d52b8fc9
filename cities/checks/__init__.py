"""For who writes a pack: what is wrong with it, and whether its dates come out.

check_pack        what a pack must be beyond its types
check_grievances  whether grievances, routes and clocks meet
check_filings     whether arguments, relief and checklists can be printed, and name what there is
run_cases         worked cases through the clocks, and what differs
"""
