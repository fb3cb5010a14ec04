"""The matrix of units, tasks and months: its screens, its pictures, its workbook (TASK-19)."""
