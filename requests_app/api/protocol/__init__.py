"""What all addresses of the API have in common: bodies, errors, pages, versions, repeated calls."""
