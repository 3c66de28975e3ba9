"""newregister, map, why, verify."""
