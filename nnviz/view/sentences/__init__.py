"""Every sentence on screen and in figures: what is said follows from the data it is said of.

A scene or a figure writes no words of its own. What a function of this package claims, it has
compared; a value that is NaN it calls *none*; and each of its branches has a test. A module is
named for the pictures that its sentences stand in, or for what several of them speak of.
"""
