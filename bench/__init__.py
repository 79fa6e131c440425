"""The benchmarks: each measures its own limit in the same run, and says which target it meets."""
