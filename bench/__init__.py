"""The benchmark, rebuilt by one command: pages made, read, repaired, measured beside other tools."""
