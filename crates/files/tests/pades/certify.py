"""Signs a PDF as another program would, certifying it: what may follow is said by the level."""
import sys

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm

plain, key, level, to = sys.argv[1:5]
signer = signers.SimpleSigner.load_pkcs12(key, passphrase="mật khẩu".encode())
meta = signers.PdfSignatureMetadata(
    field_name="Lanh dao", certify=level != "0",
    docmdp_permissions=MDPPerm(int(level)) if level != "0" else MDPPerm.FILL_FORMS)
with open(plain, "rb") as read, open(to, "wb") as written:
    signers.sign_pdf(IncrementalPdfFileWriter(read), meta, signer=signer, output=written)
