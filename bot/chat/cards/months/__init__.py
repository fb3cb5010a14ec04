"""The screens of the month's information: the card that writes itself, its text, its figures."""
