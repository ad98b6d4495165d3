"""The voice of a session: says what changed, hears what is answered.

`telling` and `answering` are pure: what to say of a change, what an utterance means on a screen.
`companion` is the voice of one session; `mouths` are where it speaks; `voices` puts them together.
"""
