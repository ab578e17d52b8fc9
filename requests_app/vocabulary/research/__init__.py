"""What the research log calls things: imprecise days, what became of an exemption, statuses."""
