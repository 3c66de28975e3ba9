"""The one way a file is turned away: a sentence for the person who chose it."""

CLASSIFIED = "本系统不得存储国家秘密，文件未保存。"
TOO_HEAVY = "文件展开后太大或结构异常，已停止读取；请另存为新的 docx 或 xlsx，只保留计划正文后再试。"
BROKEN = "文件不完整或已损坏，无法打开；请用 WPS 或 Word 打开原件，另存一份后再试。"


class Unreadable(ValueError):  # noqa: N818  read as a sentence: "except Unreadable"
    """A file that cannot be read as a plan; str() is one Chinese sentence: what is wrong and what to do."""
