"""Says as JSON what pyHanko thinks of every signature of a PDF."""
import datetime
import json
import sys

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

pdf, trusted, moment = sys.argv[1:4]
said = []
try:
    with open(pdf, "rb") as file:
        for signature in PdfFileReader(file).embedded_signatures:
            context = ValidationContext(
                trust_roots=[load_cert_from_pemder(trusted)],
                moment=datetime.datetime.fromisoformat(moment),
                allow_fetching=False,
            )
            status = validate_pdf_signature(signature, signer_validation_context=context)
            said.append({
                "intact": status.intact,
                "valid": status.valid,
                "trusted": status.trusted,
                "bottom_line": status.bottom_line,
                "untouched": status.modification_level <= ModificationLevel.FORM_FILLING,
                "at": status.signer_reported_dt.isoformat(),
                "by": status.signing_cert.subject.native.get("common_name", ""),
            })
    print(json.dumps(said))
except Exception as error:  # what it cannot read it does not accept
    print(f"refused: {error!r}")
