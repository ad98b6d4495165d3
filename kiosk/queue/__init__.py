"""The queue: requests become tickets, staff serve them, and what was done can be shown.

`open_database`, `load_or_create_key` and `Queue` are all that is needed to run one.
"""

from kiosk.queue.crypto import FernetSealer, Sealer, load_or_create_key
from kiosk.queue.engine import Database, open_database
from kiosk.queue.errors import QueueError
from kiosk.queue.outcomes import Done, Explained, HomeVisit, Outcome, Rescheduled
from kiosk.queue.request import Request, request_schema
from kiosk.queue.service import Queue
from kiosk.queue.views import StaffRef, Ticket, TicketRow, TicketView

__all__ = [
    "Database",
    "Done",
    "Explained",
    "FernetSealer",
    "HomeVisit",
    "Outcome",
    "Queue",
    "QueueError",
    "Request",
    "Rescheduled",
    "Sealer",
    "StaffRef",
    "Ticket",
    "TicketRow",
    "TicketView",
    "load_or_create_key",
    "open_database",
    "request_schema",
]
