"""Conversations: declared as steps, kept as drafts in the database (design, section 5)."""
