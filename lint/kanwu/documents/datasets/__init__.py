"""Datasets: files of many rows, each of which holds texts in its fields.

A dataset is read part by part, so that memory is bounded by a part and not by the file.
"""
