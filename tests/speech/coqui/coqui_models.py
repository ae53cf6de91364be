"""Small models with random weights, built and saved by Coqui's own classes. What they say is noise.

They go through the same code as a released model: only the numbers of their layers are small.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from bulletin.speech.coqui import library

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
PLAIN_VITS = {**SMALL_VITS, "use_sdp": False}
"""With the plainer of the two predictors of durations, which draws no random numbers."""


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
    rate: int = 22050,
    **more: Any,
) -> Path:
    """A VITS with the given speakers; `more` goes into its configuration."""
    torch = library.torch()
    from TTS.tts.configs.vits_config import VitsArgs, VitsConfig
    from TTS.tts.models.vits import Vits

    folder.mkdir(parents=True, exist_ok=True)
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
    config.audio.sample_rate = rate
    with library.quiet():
        saved(Vits(config), folder / "model.pth")
        config.save_json(str(folder / "config.json"))
    return folder / "model.pth"


def saved(model: Any, path: Path) -> None:
    """The weights with 16 bits, which halves the file: the predictor of durations can't be made smaller."""
    weights = {name: value.half() for name, value in model.state_dict().items()}
    library.torch().save({"model": weights}, path)


def sounding_vits(folder: Path) -> Path:
    """A VITS that reads phonemes. Coqui would want an `espeak` program to build it, so it is told later."""
    sounds = "abdefhijklmnopstuvwyzøŋœɐɑɔəɛɜɡɣɥɪɲɹʁʃʊʌʒˈˌː̃θðæ"
    checkpoint = vits(folder, characters=characters("TTS.tts.models.vits.VitsCharacters", sounds))
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config |= {"use_phonemes": True, "phonemizer": "espeak", "text_cleaner": "phoneme_cleaners"}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return checkpoint


def imitating_vits(folder: Path, *, size: dict[str, Any] | None = None, rate: int = 22050) -> Path:
    """Built like YourTTS: speakers are vectors, and an encoder makes one of a recording."""
    torch = library.torch()
    files = {name: str(folder / name) for name in ("speakers.json", "model_se.pth", "config_se.json")}
    vectors = {
        "d_vector_file": [files["speakers.json"]],
        "speaker_encoder_model_path": files["model_se.pth"],
        "speaker_encoder_config_path": files["config_se.json"],
        "use_d_vector_file": True,
        "d_vector_dim": 512,
    }
    folder.mkdir(parents=True)
    torch.manual_seed(0)
    clips = {
        f"{name}/1.wav": {"name": name, "embedding": torch.randn(512).tolist()} for name in ("anne", "paul")
    }
    Path(files["speakers.json"]).write_text(json.dumps(clips), encoding="utf-8")
    speaker_encoder(files)
    return vits(
        folder,
        languages=("en", "fr-fr"),
        size={**(SMALL_VITS if size is None else size), **vectors},
        use_d_vector_file=True,
        d_vector_dim=512,
        d_vector_file=vectors["d_vector_file"],
        rate=rate,
    )


def speaker_encoder(files: dict[str, str]) -> None:
    """The kind of network that YourTTS brings to hear who speaks."""
    from TTS.config.shared_configs import BaseAudioConfig
    from TTS.encoder.configs.speaker_encoder_config import SpeakerEncoderConfig
    from TTS.encoder.utils.generic_utils import setup_encoder_model

    config = SpeakerEncoderConfig(
        audio=BaseAudioConfig(
            sample_rate=16000, fft_size=512, win_length=400, hop_length=160, num_mels=64, preemphasis=0.97
        ),
        model_params={
            "model_name": "resnet",
            "input_dim": 64,
            "proj_dim": 512,
            "log_input": True,
            "use_torch_spec": True,
        },
        num_classes_in_batch=1,
        num_utter_per_class=1,
        num_loader_workers=0,
    )
    with library.quiet():
        saved(setup_encoder_model(config), Path(files["model_se.pth"]))
        config.save_json(files["config_se.json"])


FAIRSEQS_NAMES = {
    r"^text_encoder\.": "enc_p.",
    r"^waveform_decoder\.": "dec.",
    r"^posterior_encoder\.": "enc_q.",
    r"^duration_predictor\.": "dp.",
    r"(flows\.0)\.translation": r"\1.m",
    r"(flows\.0)\.log_scale": r"\1.logs",
}
"""How the parts of a VITS are called in Meta's files; flows are counted differently, too."""


def fairseq(folder: Path) -> Path:
    """A model in the form of Meta's MMS. Its size is written into Coqui's loader: 70 MB with 16 bits."""
    torch = library.torch()
    from TTS.tts.configs.vits_config import VitsArgs, VitsConfig
    from TTS.tts.models.vits import Vits

    folder.mkdir(parents=True)
    torch.manual_seed(0)
    letters = [" ", *LETTERS, "-", "–"]
    with library.quiet():
        model = Vits(VitsConfig(model_args=VitsArgs(init_discriminator=False)))
        model.text_encoder.emb = torch.nn.Embedding(len(letters), 192)
        weights = {fairseqs_name(name): value.half() for name, value in model.state_dict().items()}
        torch.save({"model": weights}, folder / "G_100000.pth")
    (folder / "vocab.txt").write_text("".join(f"{letter}\n" for letter in letters), encoding="utf-8")
    data = {"sampling_rate": 16000, "training_files": "train.ltr", "add_blank": True}
    (folder / "config.json").write_text(json.dumps({"data": data}), encoding="utf-8")
    return folder / "G_100000.pth"


def fairseqs_name(name: str) -> str:
    """The other way round than Coqui's loader."""
    if found := re.match(r"(flow\.flows|duration_predictor\.(?:post_)?flows)\.([1-9])\.", name):
        number = int(found[2]) * 2 - (found[1] != "flow.flows")
        name = f"{found[1]}.{number}.{name[found.end() :]}"
    for ours, theirs in FAIRSEQS_NAMES.items():
        name = re.sub(ours, theirs, name)
    return name


def tacotron(folder: Path) -> Path:
    """A Tacotron 2 that is stopped after a second, and a small HiFi-GAN as its vocoder."""
    tacotron2(folder, steps=40)
    vocoder(folder / "vocoder")
    return folder / "model.pth"


def mai(folder: Path, seconds: float) -> Path:
    """As large as mai/tacotron2-DDC and its full-band MelGAN, stopped after so many seconds of 16 kHz."""
    tacotron2(folder, steps=round(seconds * 16000 / 256 / 2), rate=16000)
    melgan(folder / "vocoder")
    return folder / "model.pth"


def tacotron2(folder: Path, steps: int, rate: int = 22050) -> None:
    """Coqui's class has the width of 512 written into it: with 16 bits the file takes 55 MB."""
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
        max_decoder_steps=steps,
        run_eval=False,
    )
    config.audio.sample_rate = rate
    with library.quiet():
        saved(Tacotron2(config), folder / "model.pth")
        config.save_json(str(folder / "config.json"))


def melgan(folder: Path) -> None:
    """Coqui's full-band MelGAN at 24 kHz, as it is configured when nothing else is asked for."""
    torch = library.torch()
    from TTS.vocoder.configs import FullbandMelganConfig
    from TTS.vocoder.models.gan import GAN

    folder.mkdir(parents=True)
    config = FullbandMelganConfig(run_eval=False)
    config.audio.sample_rate = 24000
    with library.quiet():
        generator = GAN(config).model_g.state_dict()
        torch.save({"model": generator, "model_disc": {}}, folder / "model.pth")
        config.save_json(str(folder / "config.json"))


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


def xtts(folder: Path, *, size: dict[str, Any] | None = None) -> Path:
    """An XTTS with one built-in speaker, Ana Florence. Its decoder's size is written into Coqui's class."""
    torch = library.torch()
    with library.quiet():
        from TTS.tts.configs.xtts_config import XttsArgs, XttsConfig
        from TTS.tts.layers.xtts.tokenizer import VoiceBpeTokenizer
        from TTS.tts.models.xtts import Xtts

        folder.mkdir(parents=True)
        torch.manual_seed(0)
        letters(folder / "vocab.json")
        arguments = XttsArgs(**(SMALL_XTTS if size is None else size))
        config = XttsConfig(model_args=arguments)
        model = Xtts(config)
        model.tokenizer = VoiceBpeTokenizer(vocab_file=str(folder / "vocab.json"))
        model.init_models()
        torch.save({"model": model.state_dict()}, folder / "model.pth")
        speaker = {
            "gpt_cond_latent": torch.randn(1, 32, arguments.gpt_n_model_channels),
            "speaker_embedding": torch.randn(1, 512, 1),
        }
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
