"""The screens of what is owed: reminders, the plan, the month, and who is missing."""
