"""Training: classes with their lessons, who is called and enrolled, hours, results and certificates."""
