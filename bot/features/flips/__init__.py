"""Many posts stopped, moved, ended or cancelled at once, and taken back (weather, emergencies)."""
