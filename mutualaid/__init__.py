"""Neighbours for neighbours: each scheme is one folder; schemes know the hours book (volunteers), never each other."""
