"""The queue: requests become tickets, staff serve them, and what was done can be shown.

`open_database`, `load_or_create_key` and `Queue` are all that is needed to run one.
"""

from kiosk.queue.errors import QueueError
from kiosk.queue.queue import Queue
from kiosk.queue.storage.crypto import FernetSealer, Sealer, load_or_create_key
from kiosk.queue.storage.engine import Database, open_database
from kiosk.queue.tickets.outcomes import Done, Explained, HomeVisit, Outcome, Rescheduled
from kiosk.queue.tickets.request import Request, request_schema
from kiosk.queue.tickets.views import StaffRef, Ticket, TicketRow, TicketView

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
