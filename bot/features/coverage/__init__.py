"""Whether every task has its unit and every unit its reports (TASK-19), and the two set numbers."""
