"""Two client libraries of Open311, as others publish them, against a house of the tests.

    clients.py ADDRESS KEY PHOTO

ADDRESS ends with /open311/v2. Prints the code of the report that was sent; fails where a library
does not understand an answer.
"""

import builtins
import itertools
import sys
from unittest import mock

# `three` was written for Python 2, where this had another name; the library itself is unchanged.
itertools.ifilter = builtins.filter
# It depends on a parser of XML that is only used for XML, and no longer installs everywhere.
sys.modules.setdefault("relaxml", mock.MagicMock())

from georeport import GeoReport  # noqa: E402
from three import Three  # noqa: E402

address, key, photo = sys.argv[1:4]


def check(condition, said):
    if not condition:
        raise SystemExit(f"{said}")


three = Three(address, api_key=key)
found = three.discovery()
check(found["endpoints"][0]["specification"].endswith("GeoReport_v2"), found)
codes = {service["service_code"] for service in three.services()}
check({"duong-sa", "rac", "thai-do"} <= codes, codes)
definition = three.services("duong-sa")
check(definition["attributes"][0]["code"] == "tai_nan", definition)

refused = Three(address, api_key="0" * 40).post("duong-sa", lat=21.5942, long=105.848, description="x")
check(refused[0]["code"] == 403, refused)
with open(photo, "rb") as media:
    made = three.post(
        "duong-sa", lat=21.5942, long=105.848, name="Sương Nông", phone="0912345678",
        description="Ổ gà to trước chợ, xe máy dễ ngã", media=media)
code = made[0]["service_request_id"]
check(made[0]["service_notice"], made)
check(three.token(code)[0]["service_request_id"] == code, "token")
own = three.request(code)[0]
check(own["status"] == "open" and own["description"] is None, own)
published = three.requests(status="open", count=10)
check(published and all(one["service_request_id"] != code for one in published), published)

for form in ("json", "xml"):
    client = GeoReport(address, output_format=form)
    services = client.get_service_list()
    check(len(services) == len(codes), services)
    check(client.get_service_definition("duong-sa")["service_code"] == "duong-sa", form)
    requests = client.get_service_requests(service_code="duong-sa", status="open")
    requests = requests if isinstance(requests, list) else [requests]
    check(requests and requests[0]["service_name"], requests)
    one = client.get_service_request(requests[0]["service_request_id"])
    check(one["service_request_id"] == requests[0]["service_request_id"], one)

print(code)
