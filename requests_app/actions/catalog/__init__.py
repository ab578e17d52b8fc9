"""What a newsroom does about a city's published datasets."""
