"""Who was let in, and who was put out again, whatever happens at the same time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from kiosk.stations.admission import Admission, Knock
from kiosk.stations.codes import Codes
from kiosk.stations.credentials import Credential, FileCredentials, issue
from kiosk.stations.openings import Openings

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


class Meanwhile(FileCredentials):
    """A list that is read, and changes before whoever read it goes on."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.then = ""

    def all(self) -> Mapping[str, Credential]:
        found = super().all()
        if self.then:
            dropped, self.then = self.then, ""
            self.drop(dropped)
        return found


def test_a_revocation_is_not_undone_by_noting_who_was_seen(tmp_path: Path) -> None:
    path = tmp_path / "stations.json"
    listed = Meanwhile(path)
    stays, _ = issue("K1", "code", NOW)
    goes, held = issue("K1", "code", NOW)
    listed.put(stays)
    listed.put(goes)
    admission = Admission(
        ["K1"], listed, Openings(tmp_path / "openings"), Codes(), lambda: NOW, lambda: None
    )
    assert admission.admit(Knock(held=held)) is not None
    # When a manager revokes it while it is noted that it was seen
    listed.then = goes.id
    admission.tick()
    # Then it stays revoked, also after a restart
    assert admission.admit(Knock(held=held)) is None
    assert set(FileCredentials(path).all()) == {stays.id}
