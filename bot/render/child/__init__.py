"""What the child process runs: the only place that knows the libraries of file formats."""
