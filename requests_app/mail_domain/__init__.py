"""What the domain name system says of the desk's mail domain, and what it should say."""
