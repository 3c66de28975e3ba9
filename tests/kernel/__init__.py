"""The kernel floor: plain rules, tested without Django."""
