"""The pages of posts abroad: packets out and back, all posts at a glance, the way to a hand-over."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.utils.translation import gettext_lazy as _

from luoshi.engine.chrome import EXTRA
from luoshi.foundation.grants import Verb

from . import api, out, posts, returned, waiting

BLOCK = waiting.block  # imported for what it adds to the first screen

urlpatterns = [
    path("posts/", posts.posts_page, name="overseas-posts"),
    path("packets/<int:pk>/packet.html", out.download_page, name="packet-download"),
    path("packets/<int:pk>/items/", out.items_page, name="packet-items"),
    path("packets/<int:pk>/return/", returned.return_page, name="packet-return"),
    path("return/", returned.upload_page, name="packet-upload"),
    path("return/api/", login_not_required(api.PacketIn.as_view()), name="packet-api"),
    path("rotations/<int:pk>/handover/", posts.handover_page, name="rotation-handover"),
]
EXTRA.append(("organisation", "overseas-posts", _("驻外一览"), Verb.SEE, "contact"))
EXTRA.append(("organisation", "packet-upload", _("上传回传包"), Verb.CHANGE, "packet"))
