"""Who a newspaper page says wrote it: papers, agencies, roles; as alternatives for patterns."""

OWN = "本报|本刊"
AGENCIES = f"{OWN}|新华社|中新社|人民网|光明网"
"""Whose reports papers print, themselves first."""
SOURCES = f"{AGENCIES}|本社|央视网|总台"
"""The same, with broadcasters and what agencies call themselves."""
CREDITED = "记者|通讯员|实习生|特派员|摄影|摄|编辑|责编|美编|校对|作者|撰文"
"""Roles that stand before a name in credits."""
