"""Totals of accepted reports by month, unit, task and section, and the reports behind them."""
