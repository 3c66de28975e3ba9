"""What every register may point at: units, people, accounts, grants, the trail, files."""
