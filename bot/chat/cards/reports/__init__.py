"""What reports look like, and who is told of them."""
