"""Sign language: packs of recorded clips, how they are made, and calls to those who sign.

A library of clips and conversations: no Flask, no flow. Nothing here generates signing.
"""
