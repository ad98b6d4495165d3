"""Where everything is that a kiosk keeps, below its data folder."""

from __future__ import annotations

from pathlib import Path


class Places:
    """The files and folders of one data folder."""

    data: Path

    def make_folders(self) -> None:
        """Make the data folder and the one for keys, for their owner only. Raises `OSError`."""
        for folder in (self.data, self.key_file.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    @property
    def database(self) -> Path:
        return self.data / "kiosk.sqlite3"

    @property
    def key_file(self) -> Path:
        return self.data / "keys" / "fields.key"

    @property
    def sealed(self) -> tuple[Path, ...]:
        """What can't be read any more without the key file."""
        folders = (self.outbox, self.texts)
        return (self.database, *(one for f in folders for one in sorted(f.glob("*.sealed"))))

    @property
    def visits(self) -> Path:
        """Visits under way."""
        return self.data / "visits"

    @property
    def outbox(self) -> Path:
        """Requests on their way to staff."""
        return self.data / "outbox"

    @property
    def texts(self) -> Path:
        """Texts on their way to telephones."""
        return self.data / "texts"

    @property
    def stations_file(self) -> Path:
        """Which screens were admitted."""
        return self.data / "keys" / "stations.json"

    @property
    def sign_ins_file(self) -> Path:
        """Who of the staff is signed in."""
        return self.data / "keys" / "sign-ins.json"

    @property
    def passkeys_file(self) -> Path:
        """Public halves of the staff's passkeys."""
        return self.data / "keys" / "passkeys.json"

    @property
    def hatch(self) -> Path:
        """Where the command line asks a server that runs."""
        return self.data / "hatch.sock"

    @property
    def openings(self) -> Path:
        """Tokens of pages that the program is about to open."""
        return self.data / "openings"

    @property
    def models(self) -> Path:
        """Where recognisers' models are installed."""
        return self.data / "models"

    @property
    def speech(self) -> Path:
        """Where utterances are kept of customers who agreed."""
        return self.data / "speech"

    @property
    def sign(self) -> Path:
        """Where recorded clips, takes under way and consents are kept."""
        return self.data / "sign"

    @property
    def takes(self) -> Path:
        """Footage that is still to become a clip."""
        return self.sign / "takes"

    @property
    def sign_key_file(self) -> Path:
        """What exported packs are signed with."""
        return self.data / "keys" / "sign-pack.key"

    @property
    def keymaps(self) -> Path:
        """Where key maps are kept that were learned here."""
        return self.data / "keymaps"

    @property
    def secret_file(self) -> Path:
        return self.data / "keys" / "pages.key"
