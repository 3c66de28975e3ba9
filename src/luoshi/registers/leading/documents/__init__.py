"""What is printed: minutes, lists, reports and notices of the meetings of leading bodies."""
