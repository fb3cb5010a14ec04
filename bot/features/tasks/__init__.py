"""What the campaign's tasks mean for the units of the register (TASK-00)."""
