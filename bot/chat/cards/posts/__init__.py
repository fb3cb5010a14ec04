"""The screens of posts, and what is told of them."""
