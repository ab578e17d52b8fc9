"""How the desk signs in to mail accounts: a password in the address, or else OAuth2."""
