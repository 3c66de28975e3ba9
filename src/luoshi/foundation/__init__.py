"""The nouns all records share: units and their tree, people, accounts, grants, the trail, stored files."""
