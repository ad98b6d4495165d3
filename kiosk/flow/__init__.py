"""The flow core: services as data, the path through them, and what is asked next.

Everything here is pure: no clock, no input or output, nothing of the web. The caller passes the
day and the modes in use as *facts*.
"""
