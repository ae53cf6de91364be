"""Small models with random weights, built and saved by Coqui's own classes. What they say is noise.

They go through the same code as a released model: only the numbers of their layers are small.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bulletin.speech.coqui import library

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = "abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæ'"
SIGNS = "!?.,;:- "
SMALL_VITS = {
    "hidden_channels": 16,
    "hidden_channels_ffn_text_encoder": 32,
    "num_heads_text_encoder": 2,
    "num_layers_text_encoder": 1,
    "num_layers_flow": 1,
    "num_layers_posterior_encoder": 1,
    "upsample_initial_channel_decoder": 32,
    "resblock_type_decoder": "2",
    "length_scale": 3.0,
}


def characters(class_name: str, letters: str = LETTERS) -> Any:
    from TTS.tts.configs.shared_configs import CharactersConfig

    return CharactersConfig(
        characters_class=class_name,
        pad="_",
        eos="~",
        bos="^",
        blank="@",
        characters=letters,
        punctuations=SIGNS,
        phonemes="",
    )


def vits(
    folder: Path,
    *,
    speakers: tuple[str, ...] = (),
    languages: tuple[str, ...] = (),
    size: dict[str, Any] | None = None,
    **more: Any,
) -> Path:
    """A VITS with the given speakers; `more` goes into its configuration."""
    torch = library.torch()
    from TTS.tts.configs.vits_config import VitsArgs, VitsConfig
    from TTS.tts.models.vits import Vits

    folder.mkdir(parents=True)
    torch.manual_seed(0)
    arguments: dict[str, Any] = {"init_discriminator": False, **(SMALL_VITS if size is None else size)}
    if speakers:
        file = str(folder / "speakers.pth")
        torch.save({name: number for number, name in enumerate(speakers)}, file)
        arguments |= {"use_speaker_embedding": True, "speaker_embedding_channels": 8, "speakers_file": file}
        more |= {"use_speaker_embedding": True, "speakers_file": file}
    if languages:
        file = str(folder / "language_ids.json")
        (folder / "language_ids.json").write_text(json.dumps({name: n for n, name in enumerate(languages)}))
        arguments |= {"use_language_embedding": True, "embedded_language_dim": 4, "language_ids_file": file}
    settings = {
        "use_phonemes": False,
        "phoneme_language": "fr-fr",
        "text_cleaner": "multilingual_cleaners",
        "characters": characters("TTS.tts.models.vits.VitsCharacters"),
        "add_blank": True,
        **more,
    }
    config = VitsConfig(model_args=VitsArgs(**arguments), run_eval=False, **settings)
    with library.quiet():
        model = Vits(config)
        torch.save({"model": model.state_dict()}, folder / "model.pth")
        config.save_json(str(folder / "config.json"))
    return folder / "model.pth"


def sounding_vits(folder: Path) -> Path:
    """A VITS that reads phonemes. Coqui would want an `espeak` program to build it, so it is told later."""
    sounds = "abdefhijklmnopstuvwyzøŋœɐɑɔəɛɜɡɣɥɪɲɹʁʃʊʌʒˈˌː̃θðæ"
    checkpoint = vits(folder, characters=characters("TTS.tts.models.vits.VitsCharacters", sounds))
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config |= {"use_phonemes": True, "phonemizer": "espeak", "text_cleaner": "phoneme_cleaners"}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return checkpoint


def tacotron(folder: Path) -> Path:
    """A Tacotron 2 that is stopped after a second, and a small HiFi-GAN as its vocoder.

    Coqui's class has the width of 512 written into it: the file takes 110 MB, whatever is asked for.
    """
    torch = library.torch()
    from TTS.tts.configs.tacotron2_config import Tacotron2Config
    from TTS.tts.models.tacotron2 import Tacotron2

    folder.mkdir(parents=True)
    torch.manual_seed(0)
    config = Tacotron2Config(
        text_cleaner="french_cleaners",
        phoneme_language="fr-fr",
        characters=characters("TTS.tts.utils.text.characters.Graphemes"),
        r=2,
        max_decoder_steps=40,
        run_eval=False,
    )
    with library.quiet():
        model = Tacotron2(config)
        torch.save({"model": model.state_dict()}, folder / "model.pth")
        config.save_json(str(folder / "config.json"))
    vocoder(folder / "vocoder")
    return folder / "model.pth"


def vocoder(folder: Path, rate: int = 24000) -> None:
    """A HiFi-GAN of another sample rate than the model's, as with the released Tacotron 2."""
    torch = library.torch()
    from TTS.vocoder.configs import HifiganConfig
    from TTS.vocoder.models.gan import GAN

    folder.mkdir(parents=True)
    config = HifiganConfig(
        generator_model_params={
            "upsample_factors": [8, 8, 2, 2],
            "upsample_kernel_sizes": [16, 16, 4, 4],
            "upsample_initial_channel": 32,
            "resblock_kernel_sizes": [3],
            "resblock_dilation_sizes": [[1, 3]],
            "resblock_type": "2",
        },
        run_eval=False,
    )
    config.audio.sample_rate = rate
    with library.quiet():
        generator = GAN(config).model_g.state_dict()
        torch.save({"model": generator, "model_disc": {}}, folder / "model.pth")
        config.save_json(str(folder / "config.json"))


SMALL_XTTS = {
    "gpt_layers": 1,
    "gpt_n_model_channels": 64,
    "gpt_n_heads": 2,
    "gpt_max_audio_tokens": 40,
    "gpt_num_audio_tokens": 66,
    "gpt_start_audio_token": 64,
    "gpt_stop_audio_token": 65,
    "gpt_use_perceiver_resampler": True,
    "decoder_input_dim": 64,
}


def xtts(folder: Path) -> Path:
    """An XTTS with one built-in speaker, Ana Florence. Its decoder's size is written into Coqui's class."""
    torch = library.torch()
    with library.quiet():
        from TTS.tts.configs.xtts_config import XttsArgs, XttsConfig
        from TTS.tts.layers.xtts.tokenizer import VoiceBpeTokenizer
        from TTS.tts.models.xtts import Xtts

        folder.mkdir(parents=True)
        torch.manual_seed(0)
        letters(folder / "vocab.json")
        config = XttsConfig(model_args=XttsArgs(**SMALL_XTTS))
        model = Xtts(config)
        model.tokenizer = VoiceBpeTokenizer(vocab_file=str(folder / "vocab.json"))
        model.init_models()
        torch.save({"model": model.state_dict()}, folder / "model.pth")
        speaker = {"gpt_cond_latent": torch.randn(1, 32, 64), "speaker_embedding": torch.randn(1, 512, 1)}
        torch.save({"Ana Florence": speaker}, folder / "speakers_xtts.pth")
        config.save_json(str(folder / "config.json"))
    return folder / "model.pth"


def letters(path: Path) -> None:
    """A vocabulary of single letters, in the form of XTTS's."""
    from tokenizers import Tokenizer
    from tokenizers.models import BPE

    symbols = ["[STOP]", "[UNK]", "[SPACE]", "[START]", "[fr]", "[en]", *SIGNS, *LETTERS]
    tokenizer = Tokenizer(BPE({symbol: place for place, symbol in enumerate(symbols)}, [], unk_token="[UNK]"))
    tokenizer.add_special_tokens(symbols[:6])
    tokenizer.save(str(path))
