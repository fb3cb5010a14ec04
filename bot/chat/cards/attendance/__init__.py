"""The screens of attendance."""
