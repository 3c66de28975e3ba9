"""Members and how one becomes one: the file of each member, developing members, transfers of membership."""
