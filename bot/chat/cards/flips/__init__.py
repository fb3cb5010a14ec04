"""The screens of what is decided about many posts at once, and what is told of it."""
