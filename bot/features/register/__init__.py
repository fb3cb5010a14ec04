"""The register of official documents: 通知, 通报, 方案, 简报 and 会议记录 (ARC-04)."""
