"""What a unit files beyond what it owes: 创建工作安排, 志愿服务行动安排 (REP-06)."""
