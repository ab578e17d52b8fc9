"""For who writes a pack: what is wrong with it, and whether its dates come out.

check_pack  what a pack must be beyond its types
run_cases   worked cases through the clocks, and what differs
"""
