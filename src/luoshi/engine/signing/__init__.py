"""Signing in: a record whose list of people is known gets an address, shown as a QR code, where each says that they came."""
