"""Every error that a user can meet. Each is one line: what is wrong and what to do about it.

BulletinError            1  failed
├── UsageError           2  an option or a file given to it makes no sense
│   └── ConfigError      2  bulletin.toml, a cast or a lexicon can't be understood
├── SourceError          3  the source can't be read: missing, a directory, binary, refused
│   ├── NoArticleError   3  it was read, and holds no article
│   └── TemporarySourceError 3  a server is slow or busy: another try may do
├── BatchError           4  some items of a batch failed
├── VoiceError           5  a voice or its model is missing or damaged
│   └── EngineError      5  an engine is not installed or doesn't run here
├── SpeechError          1  a voice that is there could not say a sentence
├── ClusterError         1  the machines that were to do the work are gone
└── OutputError          1  a file can't be written
"""


class BulletinError(Exception):
    """The root; `exit_code` is what the program ends with."""

    exit_code = 1


class UsageError(BulletinError):
    exit_code = 2


class ConfigError(UsageError):
    pass


class SourceError(BulletinError):
    exit_code = 3


class NoArticleError(SourceError):
    pass


class TemporarySourceError(SourceError):
    pass


class BatchError(BulletinError):
    exit_code = 4


class VoiceError(BulletinError):
    exit_code = 5


class EngineError(VoiceError):
    pass


class SpeechError(BulletinError):
    pass


class ClusterError(BulletinError):
    pass


class OutputError(BulletinError):
    pass
