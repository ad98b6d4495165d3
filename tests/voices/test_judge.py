"""From scores to a decision: sure, to be asked about, or none of them."""

from __future__ import annotations

from voices.hearing.ports import NOTHING
from voices.hearing.whisper.judge import THRESHOLD, Candidate, judged, sureness
from voices.hearing.whisper.search import Score


def candidate(text: str, log_p: float, *, prior: float = -10.0, allowed: bool = True) -> Candidate:
    return Candidate(text, Score(log_p, 2), prior, allowed)


def test_the_best_phrase_is_heard_and_the_next_are_kept() -> None:
    heard = judged([candidate("取消", -9), candidate("确认", -1), candidate("返回", -8)])
    assert heard.phrase == "确认"
    assert heard.confidence > THRESHOLD
    assert heard.others == ("返回", "取消")


def test_what_noise_would_have_said_too_is_nothing_to_be_sure_of() -> None:
    heard = judged([candidate("谢谢", -4, prior=-4), candidate("确认", -5, prior=-5)])
    assert heard.phrase is None
    assert heard.confidence < THRESHOLD
    assert heard.others[0] in ("谢谢", "确认")


def test_a_filler_that_fits_best_was_no_answer_and_is_not_asked_about() -> None:
    heard = judged([candidate("那个", -0.5, allowed=False), candidate("确认", -6)])
    assert heard.phrase is None
    assert heard.confidence == 0.0


def test_where_both_fit_the_customer_means_to_answer() -> None:
    heard = judged([candidate("嗯", -1.0, allowed=False), candidate("是", -1.2)])
    assert heard.phrase == "是"


def test_nothing_that_may_be_said_is_nothing() -> None:
    assert judged([]) == NOTHING
    assert judged([candidate("那个", -0.5, allowed=False)]) == NOTHING


def test_a_larger_lead_is_surer() -> None:
    one = candidate("确认", -2)
    assert sureness(one, 2.0) > sureness(one, 0.1)
