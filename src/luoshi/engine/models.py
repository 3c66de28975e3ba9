"""What the engine itself stores: receipts of submissions, background jobs, imported batches, who signed in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Receipt(models.Model):
    """A submission's key, taken once for each actor: a double click makes one record."""

    key = models.CharField(max_length=64)
    actor = models.BigIntegerField()
    register = models.CharField(max_length=40)
    row = models.BigIntegerField(null=True)
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "actor"], name="one_receipt_a_key")]

    def __str__(self) -> str:
        return self.key


class Job(models.Model):
    """Work in the background with a page of its own; the bar is done / total, never a guess."""

    class State(models.TextChoices):
        WAITING = "waiting", _("排队中")
        RUNNING = "running", _("进行中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("未完成")

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    account = models.BigIntegerField(null=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    stage = models.CharField(max_length=40, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)  # {"url": where to go on, "error": a sentence}
    made_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-id"])]

    def __str__(self) -> str:
        return self.subject


class Batch(models.Model):
    """A file to be taken in: read, checked and shown first, then written as one batch that can be undone."""

    class State(models.TextChoices):
        CHECKING = "checking", _("检查中")
        NAMING = "naming", _("待对应栏目")
        READY = "ready", _("待确认")
        WRITTEN = "written", _("已写入")
        UNDONE = "undone", _("已撤销")
        EXPIRED = "expired", _("已过期")

    register = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    account = models.BigIntegerField(null=True)
    state = models.CharField(max_length=16, choices=State, default=State.CHECKING)
    header = models.JSONField(default=list)  # the file's headings, in order
    header_at = models.PositiveSmallIntegerField(default=0)  # rows above the one with the headings
    samples = models.JSONField(default=list)  # the first rows, shown where columns are told apart
    mapping = models.JSONField(default=dict)  # position of a heading → field name
    counts = models.JSONField(default=dict)  # state of a row → number of rows
    made_at = models.DateTimeField(auto_now_add=True)
    streams = models.JSONField(default=list)  # chains of the trail that its rows add to
    swept = models.BooleanField(default=False)  # file and cells are forgotten
    written_at = models.DateTimeField(null=True)
    stamp = models.CharField(max_length=60, blank=True)  # the day and the version of the rules by which its rows were judged

    def __str__(self) -> str:
        return self.name


class KnownHeadings(models.Model):
    """How somebody told the columns of a set of headings apart; the next file with the same ones is read so."""

    register = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)  # position of a heading → field name

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "digest"], name="one_reading_a_set_of_headings")]

    def __str__(self) -> str:
        return f"{self.register} {self.digest[:8]}"


class BatchRow(models.Model):
    """One row of the file with what will become of it and why."""

    class State(models.TextChoices):
        NEW = "new", _("新增")
        CHANGE = "change", _("更新")
        SAME = "same", _("无变化")
        REPEAT = "repeat", _("重复")
        ERROR = "error", _("待修改")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows", db_index=False)  # the constraint has an index
    line = models.PositiveIntegerField()  # line in the file, as the clerk sees it
    cells = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State)
    reasons = models.JSONField(default=list)  # [[position or null, sentence, proposal, [[to write, shown], …]], …]
    mark = models.CharField(max_length=24, blank=True)  # the same for rows about the same record
    row = models.BigIntegerField(null=True)  # the record it made or changed
    version = models.PositiveIntegerField(null=True)  # that record's version after writing

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="one_row_a_line")]
        indexes = [models.Index(fields=["batch", "state"]), models.Index(fields=["batch", "mark"])]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.line}"


class Feed(models.Model):
    """The address under which calendar programs read an account's agenda; the clear text is shown once and never stored."""

    account = models.OneToOneField("foundation.Account", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.account)


class Sheet(models.Model):
    """That a record can be signed in to. Its address holds `issue`: a new one makes the printed one before void."""

    register = models.CharField(max_length=40)
    row = models.BigIntegerField()
    issue = models.PositiveIntegerField(default=1)
    closed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "row"], name="one_sheet_a_record")]

    def __str__(self) -> str:
        return f"{self.register} {self.row}"


class Presence(models.Model):
    """A person of the list signed in; that they did, never at which hour."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="+", db_index=False)  # the constraint has an index
    person = models.ForeignKey("foundation.Person", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "person"], name="signed_in_once")]

    def __str__(self) -> str:
        return f"{self.sheet_id}:{self.person_id}"


class ApiKey(models.Model):
    """A program's key; the clear text is shown once and never stored."""

    account = models.ForeignKey("foundation.Account", models.CASCADE, related_name="+")
    label = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    until = models.DateField()

    def __str__(self) -> str:
        return self.label
