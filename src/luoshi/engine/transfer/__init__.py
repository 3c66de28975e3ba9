"""Files in and out: sheets, preview, import, undo, export."""
