"""The screens of each feature, and what is told to whom when something happened."""
