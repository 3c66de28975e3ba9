import time
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from luoshi.foundation.grants import *
from luoshi.foundation.accounts import Account
from luoshi.foundation.units import Unit
from luoshi.registers.meetings.models import Meeting
from .test_pages import PAGES, rows_of
from . import house
@pytest.mark.django_db
@pytest.mark.parametrize("verb", [1, 4])
def test_it(client, verb):
  for n in (30, 3000):
    root = rows_of(n)
    a = Account.objects.create(login=f"x{n}", label="x"); Grant.objects.create(account=a, unit=root, verb=verb, register=EVERY, since=house.START)
    client.force_login(a)
    for p in PAGES:
        t=time.perf_counter()
        with CaptureQueriesContext(connection) as q: client.get(p)
        d=time.perf_counter()-t
        print("PAGE", n, verb, p, f"{d:.2f}s")
        if d>3:
            w=max(q.captured_queries,key=lambda x: float(x["time"]))
            print("SLOW", w["time"], w["sql"][:6000])
            with connection.cursor() as c:
                if d<100: pass
                c.execute("EXPLAIN "+w["sql"]); print("\n".join(r[0] for r in c.fetchall())[:6000])
            return
    Meeting.objects.all().delete()
