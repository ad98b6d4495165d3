"""The sign studio: record, review by a second person, and see what is missing."""

from flask import Flask

from kiosk.web.studio import clips, consent, lists, prompt


def register(app: Flask) -> None:
    for one in (lists, prompt, clips, consent):
        app.register_blueprint(one.room)
