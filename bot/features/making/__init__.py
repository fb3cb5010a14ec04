"""Files that messages wait for: ordered with the message, made later by a child process."""
