"""Speaking and hearing: a library that knows no bank.

`voices.speaking` turns lines into sound and plays them: pre-rendered clips, fragments joined into
numbers and dates, live speech for the rest, and the sinks they are played on.
`voices.hearing` turns sound into one phrase of a closed set: recognisers, level, voice activity.
`voices.models` installs recognisers' models. `voices.sound` is what they all pass around.
"""
