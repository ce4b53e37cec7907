"""The benchmark, rebuilt by one command: pages typeset, degraded, read, repaired, measured beside other tools."""
