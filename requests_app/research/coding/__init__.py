"""What coders are asked, what they answered, and what that says: no page, and nobody's act."""
