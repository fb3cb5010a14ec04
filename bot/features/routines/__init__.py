"""What units have set themselves to do again and again: their own choice (TIME-09)."""
