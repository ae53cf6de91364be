"""The whole way for one bulletin: sources in, files out. Prints nothing; yields what happens."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bulletin import intake, mix, normalize, programme, publish
from bulletin.errors import BulletinError, OutputError, UsageError
from bulletin.intake import FetchLimits
from bulletin.model import Article, Bulletin, Script, Utterance
from bulletin.normalize import lexicon as lexicons
from bulletin.programme import SoundMark, Words
from bulletin.resources import cache_folder, config_folder
from bulletin.speech import casting, casts
from bulletin.speech.render import ahead, begin, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from bulletin.config import Settings
    from bulletin.intake.source import Document
    from bulletin.model import Clip
    from bulletin.publish import Published
    from bulletin.speech.workers import Workers

    Write = Callable[[Article], Script]

LIKELY = "fr"
"""The language whose usual voices are loaded before the text tells its own: mostly the same engine's."""


@dataclass(frozen=True, slots=True)
class Planned:
    """Everything is decided and nothing voiced yet."""

    scripts: tuple[Script, ...]
    utterances: int
    characters: int


@dataclass(frozen=True, slots=True)
class Voiced:
    """One more utterance has its sound; `cached` when it was there already."""

    index: int
    characters: int
    cached: bool


@dataclass(frozen=True, slots=True)
class Finished:
    """The files are under their final names."""

    bulletin: Bulletin
    published: Published
    voiced: int
    cached: int


Event = Planned | Voiced | Finished


@dataclass(slots=True)
class Kept:
    """What stays from one bulletin to the next: processes with their engines loaded, sentences in memory."""

    voices: Workers | None = None
    clips: dict[str, Clip] = field(default_factory=dict)
    cleaner: mix.Cleaner = field(default_factory=mix.Cleaner)


def write_here(article: Article) -> Script:
    """The article's script. The room is imported now: with a `beside.Writer` this process never needs it."""
    from bulletin import script

    return script.write(article)


def edited(document: Document) -> Script | None:
    """The script that was edited by hand, where the document is one. It is taken as it is, from here and not
    from the web: it may name files."""
    if document.url is not None or not document.text.lstrip("\ufeff").startswith("#"):
        return None
    from bulletin.script import text

    return text.from_text(document.text) if text.is_script(document.text) else None


def plan(source: str | Article, settings: Settings, write: Write = write_here) -> Script:
    """A source, or an article that was read from one, to a script with spoken text; no voices yet."""
    if isinstance(source, Article):
        return spoken(write(source), settings)
    document = intake.load(source, limits=FetchLimits(allow_private=settings.allow_private))
    if script := edited(document):
        return spoken(script, settings)
    article = intake.read_document(document, language=settings.language)
    normalize.get_ready(article.language)  # where the script is written beside, this costs no time
    lexicon(article.language, settings)
    return spoken(write(article), settings)


def spoken(script: Script, settings: Settings) -> Script:
    """The script with what is said for every word, by the built-in lexicon and the user's on top."""
    return normalize.speak(script, lexicon(script.language, settings))


def lexicon(language: str, settings: Settings) -> lexicons.Lexicon:
    """The built-in lexicon and the user's on top."""
    users = users_lexicon(language, settings)
    return lexicons.load(language, users if settings.lexicon or users.is_file() else None)


def users_lexicon(language: str, settings: Settings) -> Path:
    """Where the user's own is, or would be."""
    return settings.lexicon or config_folder() / "lexicons" / f"{language}.toml"


def files_to_watch(sources: Sequence[str], settings: Settings) -> list[Path]:
    """The files on which it depends what is said and by whom: sources, lexicons and cast.

    UsageError where no source is a file: whatever else there is, nobody edits it here.
    """
    files = [Path(source) for source in sources if Path(source).is_file()]
    if not files:
        raise UsageError("--watch: none of the sources is a file that could be saved")
    files += [users_lexicon(language, settings) for language in casts.DEFAULTS]
    return files + ([casts.path_of(settings.cast)] if settings.cast else [])


def with_voices(scripts: Sequence[Script], settings: Settings) -> list[Script]:
    """The scripts with a voice on every segment, the same for a speaker in all of them."""
    cast = casts.load(settings.cast, scripts[0].language).pinned(settings.pins)
    return casting.assign(scripts, cast)


def make(
    sources: Sequence[str | Article],
    output: Path | None,
    settings: Settings,
    now: datetime | None = None,
    write: Write = write_here,
    kept: Kept | None = None,
) -> Iterator[Event]:
    """Read, plan, voice, mix and publish `sources` as one bulletin.

    `output` None means `out/` and a name made of the title. `kept` is of the bulletin before, for the next
    one. The last event is `Finished`.
    """
    now = now or datetime.now().astimezone()
    with nullcontext(kept.voices) if kept else voices_ahead(settings) as started:

        def write_beside(article: Article) -> Script:
            """What is done now waits for nothing, while the grammar may be loading in another process."""
            publish.get_ready()
            if started:
                begin(started)
            return write(article)

        scripts = [plan(source, settings, write_beside) for source in sources]
        yield from made(scripts, output, settings, now, kept or Kept(started))


def made(
    scripts: Sequence[Script],
    output: Path | None,
    settings: Settings,
    now: datetime,
    kept: Kept,
) -> Iterator[Event]:
    """Voice, mix and publish what was planned."""
    path = output or default_path(scripts, now)
    publish.check(path, bitrate=settings.bitrate, force=settings.force, beside=beside(settings))
    told = [programme.announced(script) for script in scripts] if settings.announce else scripts
    parts = voiced_parts(programme.compose(told, settings, now), settings)
    items = [item for part in parts for item in items_of(part, settings.speed)]
    utterances = [item for item in items if isinstance(item, Utterance)]
    yield Planned(tuple(scripts), len(utterances), sum(len(u.spoken) for u in utterances))
    clips: dict[int, Clip] = {}
    cached = 0
    for rendered in render(
        utterances,
        cache=voiced_folder(settings),
        workers=settings.workers,
        started=kept.voices,
        known=kept.clips,
    ):
        clips[rendered.index] = rendered.clip
        kept.cleaner.begin(rendered.clip, rendered.clip.rate, utterances[rendered.index].text)
        cached += rendered.cached
        yield Voiced(rendered.index, len(utterances[rendered.index].spoken), rendered.cached)
    in_order = [clips[index] for index in range(len(utterances))]
    track = laid_out(items, in_order, scripts, settings, kept.cleaner)
    bulletin = finished(track, scripts, settings, now)
    published = publish.write(
        bulletin,
        path,
        bitrate=settings.bitrate,
        variable=settings.variable,
        force=settings.force,
        beside=beside(settings),
    )
    yield Finished(bulletin, published, len(utterances) - cached, cached)


def voiced_folder(settings: Settings) -> Path | None:
    """Where voiced sentences are kept."""
    return cache_folder() / "utterances" if settings.cache else None


def voices_ahead(settings: Settings, *, staying: bool = False) -> AbstractContextManager[Workers | None]:
    """A process for the voices of the cast, at the latest started when the script is to be written.

    Whatever is wrong with the cast is told when its turn comes. `staying`: it serves several bulletins.
    """
    try:
        cast = casts.load(settings.cast, settings.language or LIKELY)
        started = ahead(
            cast.voices(), cache=voiced_folder(settings), workers=settings.workers, staying=staying
        )
    except BulletinError:
        return nullcontext()
    return started or nullcontext()


def voiced_parts(parts: Sequence[programme.Part], settings: Settings) -> list[programme.Part]:
    """The parts with spoken text and voices in all their words."""
    words = [part for part in parts if isinstance(part, Words)]
    scripts = [part.script if is_spoken(part.script) else spoken(part.script, settings) for part in words]
    cast = iter(with_voices(scripts, settings))
    return [replace(part, script=next(cast)) if isinstance(part, Words) else part for part in parts]


def is_spoken(script: Script) -> bool:
    """Whether it is known of every segment how it is said; the programme's own words come without."""
    return all(segment.pieces for segment in script.segments)


def items_of(part: programme.Part, speed: float) -> list[Utterance | SoundMark]:
    """A part sentence by sentence, or the mark of a sound as it is."""
    if isinstance(part, SoundMark):
        return [part]
    return [
        Utterance(
            pieces=sentence,
            role=segment.role,
            voice=segment.voice or "",
            language=part.script.language,
            paragraph=segment.paragraph,
            segment=number,
            story=part.story,
            speaker=segment.speaker,
            speed=speed,
        )
        for number, segment in enumerate(part.script.segments)
        for sentence in normalize.sentences(segment.pieces)
        if any(character.isalnum() for piece in sentence for character in piece.spoken)
    ]


def laid_out(
    items: Sequence[Utterance | SoundMark],
    clips: Sequence[Clip],
    scripts: Sequence[Script],
    settings: Settings,
    cleaner: mix.Cleaner | None = None,
) -> mix.Track:
    """Everything that sounds on one clock, the bed under what stands between its two marks."""
    pauses = mix.Pauses.of(settings.pauses)
    placed: list[Utterance | mix.Sound] = []
    beds: list[mix.Bed] = []
    bed_from = 0
    for item in items:
        if isinstance(item, Utterance):
            placed.append(item)
        elif item.kind == "bed-start":
            bed_from = len(placed)
        elif item.kind == "bed-end":
            beds.append(bed_under(bed_from, len(placed) - 1, settings))
        else:
            placed.append(sound(item.kind, settings))
    return mix.join(placed, clips, pauses=pauses, beds=beds, stories=scripts, cleaner=cleaner)


def sound(kind: Literal["jingle", "sting", "bed"], settings: Settings) -> mix.Sound:
    """The station's own file, or the built-in sound."""
    file: Path | None = getattr(settings.station, kind)
    return mix.from_file(file, kind) if file else mix.builtin(kind)


def bed_under(first: int, last: int, settings: Settings) -> mix.Bed:
    """The bed under the items `first` to `last`."""
    music = sound("bed", settings)
    return mix.Bed(music.samples, music.rate, first, last)


def beside(settings: Settings) -> tuple[str, ...]:
    """The endings of the files that are to stand beside the audio, the usual ones first."""
    usual = publish.DEFAULT_BESIDE if settings.sidecars else ()
    return tuple(dict.fromkeys([*usual, *(f".{name}" for name in settings.also)]))


def finished(track: mix.Track, scripts: Sequence[Script], settings: Settings, now: datetime) -> Bulletin:
    """The track at its loudness, with what its files will say of it."""
    first = scripts[0]
    title = story_title(first) if len(scripts) == 1 else programme.title(scripts, settings, now)
    samples, mastered = mix.master(track.samples, track.rate, target_lufs=settings.loudness)
    return Bulletin(
        samples=samples,
        rate=track.rate,
        cues=track.cues,
        title=title or default_name(scripts, now),
        language=first.language,
        chapters=track.chapters,
        scripts=tuple(scripts),
        date=(first.date if len(scripts) == 1 else None) or now.date().isoformat(),
        station=settings.station.name,
        cover=settings.station.cover,
        mastered=mastered,
    )


def story_title(script: Script) -> str:
    """The title, or the first words of an article without one."""
    return script.title or textwrap.shorten(script.segments[0].text, 60, placeholder="…")


def default_path(scripts: Sequence[Script], now: datetime) -> Path:
    """`out/` here, which is made if need be, and a name from the title."""
    folder = Path("out")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the folder out can't be made here: {error.strerror}; name a file with -o"
        ) from error
    return folder / f"{default_name(scripts, now)}.mp3"


def default_name(scripts: Sequence[Script], now: datetime) -> str:
    """A file name from the title, or from the moment where there are several articles or no title.

    Only letters, digits and hyphens: names from outside never become paths.
    """
    if len(scripts) > 1:
        return f"bulletin-{now:%Y-%m-%d-%H%M}"
    script = scripts[0]
    return slug(script.title or Path(script.source).stem) or f"bulletin-{now:%Y-%m-%d-%H%M}"


def slug(text: str, longest: int = 60) -> str:
    """Lower-case ASCII words joined by hyphens, cut between words.

    >>> slug("À l’Élysée : « on verra » ?")
    'a-l-elysee-on-verra'
    """
    letters = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in letters if not unicodedata.combining(c)))
    name = "-".join(words)
    return name if len(name) <= longest else name[: longest + 1].rpartition("-")[0] or name[:longest]
