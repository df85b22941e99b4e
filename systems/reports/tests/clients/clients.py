"""A client library of DHIS2, as others publish it, against a house of the tests.

    clients.py ADDRESS KEY ELEMENT

Fills the data element ELEMENT of the report of H55.04 for November 2026 with 37; fails where the
library does not understand an answer.
"""

import sys

from dhis2 import Api

address, key, element = sys.argv[1:4]


def check(condition, said):
    if not condition:
        raise SystemExit(f"{said}")


api = Api(address, "anybody", key)
check(api.get_version().startswith("2."), "the version is one of DHIS2")

units = api.get_paged("organisationUnits", page_size=50, merge=True)["organisationUnits"]
unit = next(one for one in units if one["code"] == "H55.04")
sets = api.get("dataSets", params={"paging": "false"}).json()["dataSets"]
data_set = next(one for one in sets if one["code"] == "THU-T")

sent = {
    "dataSet": data_set["id"],
    "period": "202611",
    "orgUnit": unit["id"],
    "dataValues": [{"dataElement": element, "value": "37"}],
}
summary = api.post("dataValueSets", json=sent).json()["response"]
check(summary["status"] == "SUCCESS", summary)
check(summary["importCount"]["imported"] == 1, summary)
again = api.post("dataValueSets", json=sent).json()["response"]
check(again["importCount"]["updated"] == 1, again)

dimensions = [
    ("dimension", f"dx:{element}"),
    ("dimension", "pe:202611"),
    ("dimension", f"ou:{unit['id']}"),
]
answer = api.get("analytics", params=dimensions).json()
# A draft is nobody's figure yet.
check(answer["height"] == 0 and answer["width"] == 4, answer)
