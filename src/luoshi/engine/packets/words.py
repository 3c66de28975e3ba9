"""The words of the page that works without network, in the reader's language."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """Name → text; the page asks for them by name."""
    return {
        "title": _("离线包"), "no_script": _("请用浏览器打开本文件，并允许运行其中的脚本"),
        "intact": _("内容完整，校验码"), "broken": _("内容不完整或被改动过，请勿使用，联系办公室重新发送"),
        "clock": _("当地时间"), "beijing": _("北京时间"), "until": _("有效期至"), "for": _("签发给"),
        "duties": _("本月职责"), "no_duties": _("本月没有应办的职责"), "due": _("截止"), "do": _("登记"),
        "ok": _("已办"), "soon": _("临近"), "late": _("逾期"), "none": _("未到期"),
        "records": _("待发送的登记"), "no_records": _("还没有登记。从“本月职责”或“其他登记”开始"),
        "other": _("其他登记"), "edit": _("修改"), "remove": _("删除"), "keep": _("保存"), "cancel": _("取消"),
        "add": _("增加一行"), "choose": _("请选择"), "rest": _("留空时自动计算"),
        "required": _("请填写"), "later": _("日期不能晚于今天"),
        "back": _("回传包"), "make": _("生成回传包"), "download": _("下载回传包文件"), "copy": _("复制文字"),
        "copied": _("已复制"), "how": _("把文件作为附件发回，或把文字粘贴到邮件里发回，两种方式相同。重复发送不会重复登记"),
        "size": _("大小"), "draft": _("保存草稿文件"), "load": _("打开草稿文件"),
        "stored": _("草稿保存在这台设备的浏览器里"), "unstored": _("这个浏览器不能保存草稿，关闭前请保存草稿文件或生成回传包"),
        "unread": _("无法读取这个草稿文件"), "papers": _("文件材料"), "left": _("以下材料较大，没有装入，请联网查看"),
        "told": _("受理情况"), "taken": _("已受理"), "refused": _("未受理"), "note": _("办公室附言"),
        "sure": _("确定删除这条登记吗"), "sent": _("已生成过"),
    }
