"""What is stored about posts abroad."""

from .contact import Contact, PostReport, Sign, Way
from .packet import Item, Packet, PacketPaper, PacketState, Result, told
from .rotation import Rotation

__all__ = ["Contact", "Item", "Packet", "PacketPaper", "PacketState", "PostReport", "Result", "Rotation", "Sign", "Way", "told"]
