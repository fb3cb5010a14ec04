"""The screens by which the office plans posts: board, series, drafts, batches (VOL-01, VOL-10)."""
