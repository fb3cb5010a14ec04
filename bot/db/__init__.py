"""The database: who may write, who may read, and how values are stored."""
