"""How large the text is."""

from __future__ import annotations

from kiosk.session.screens.one_switch import one_switch
from kiosk.session.switches import CUSTOMER_SIZES

SCREEN = one_switch(
    "settings_text_size",
    "/settings/size",
    switch="text_size",
    options={str(size): "format-size" for size in CUSTOMER_SIZES},
)
