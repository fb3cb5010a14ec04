"""The screens of closing a post, and what is told of it."""
