"""What a city's open-data portal publishes, read through its platform's own interface.

dataset_record  one dataset as a portal describes it, the same for every platform
"""
