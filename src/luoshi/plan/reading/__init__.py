"""Reading a plan: from a file to neutral blocks, from blocks to sections and measures; no Django."""
