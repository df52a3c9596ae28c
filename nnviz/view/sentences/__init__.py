"""Every sentence on screen and in figures: what is said follows from the data it is said of.

A scene or a figure writes no words of its own. What a function of this package claims, it has
compared; what is not a number it calls none; and each of its branches has a test.
"""
