"""`invite`: an invitation link from the shell, the way the first admin comes in."""
