"""The customer's pages: one session's prompt at a time, by plain POST, redirect and GET."""

from flask import Flask

from kiosk.web.customer.actions import actions
from kiosk.web.customer.braille import braille
from kiosk.web.customer.signer import signer
from kiosk.web.customer.talk import talk
from kiosk.web.customer.views import views
from kiosk.web.customer.voice import voice


def register(app: Flask) -> None:
    app.register_blueprint(views)
    app.register_blueprint(actions)
    app.register_blueprint(voice)
    app.register_blueprint(signer)
    app.register_blueprint(talk)
    app.register_blueprint(braille)
