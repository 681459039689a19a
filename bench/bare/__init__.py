"""The least a Django project would write for booking a room: a yardstick, never served."""
