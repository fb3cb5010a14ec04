"""The demo's people and posts: data beside code, put into an empty installation."""
