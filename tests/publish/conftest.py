import pytest
from sound_makers import bulletin_of, clip_of, utterance_of

from bulletin.mix import join, master

TEXTS = [
    ("Trois communes privées d'eau", {"role": "headline", "voice": "tone:h"}),
    ("La rupture d'une conduite a privé d'eau 4 200 foyers, et les écoles de trois communes sont restées "
     "fermées pendant que les équipes cherchaient la fuite dans la forêt.", {"paragraph": 1, "segment": 1}),
    ("Nous n'avons rien vu venir.", {"paragraph": 1, "segment": 2, "voice": "tone:b", "role": "quote",
                                     "speaker": "Odile <Ferrand>"}),
    ("Le lynx revient", {"role": "headline", "voice": "tone:h", "story": 1, "segment": 3}),
    ("« Il est revenu seul », dit-on à l'office & au parc.", {"paragraph": 1, "segment": 4, "story": 1}),
]  # fmt: skip


@pytest.fixture(scope="session")
def track():
    said = [utterance_of(text, **where) for text, where in TEXTS]
    return join(said, [clip_of(u.text, pitch={"tone:b": 210.0}.get(u.voice, 120.0)) for u in said])


@pytest.fixture(scope="session")
def bulletin(track):
    samples, mastered = master(track.samples, track.rate)
    return bulletin_of(track, samples, mastered=mastered)
