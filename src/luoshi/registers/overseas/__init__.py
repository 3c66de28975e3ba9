"""Posts abroad: packets for places without network, who is called when, rotation, and which posts reported."""
