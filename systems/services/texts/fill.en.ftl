# Filling in: one question a page.

fill-saved = Saved at { $at }. You can go on without losing anything, on any device.
fill-to-answers = Your answers
fill-too-many = You have { $n } applications begun, which is the most. Send or discard one first.
fill-no-draft = There is no such application, or it was discarded, or it is another person's.
fill-no-procedure = This procedure is no longer in force. Please find the one that replaces it.
fill-left = Saved. Go on whenever you like.
fill-held = This is what you typed before you had to sign in again. Look at it and press Continue to save it.
fill-signed-out = Your session ended while you were typing. What you typed is kept; after signing in you come back to this question.
fill-signed-out-lost = Your session ended while you were typing. After signing in you come back to this question.
fill-elsewhere = In another window or on another device this was just answered “{ $other }”. What you typed below is not saved yet: press Continue to take it, or correct it.
fill-from-person = Identity data
fill-from-dossier = Dossier { $code }
fill-nothing = none
fill-files = { $n ->
    [one] { $n } file
   *[other] { $n } files
}

fill-missing = This needs an answer. Type it and press Continue.
fill-choose = Choose one and press Continue.
fill-date-missing = Type day, month and year.
fill-form = The answer has not the right form. See the example and type it again.
fill-short = The answer needs at least { $n } letters.
fill-long = The answer has more than { $n } letters. Please shorten it.
fill-small = This number must be at least { $n }.
fill-great = This number must not exceed { $n }.
fill-together = This does not go with another answer. Please look at both.
fill-integer = Type digits only, for example 15000.
fill-integer-hint = Digits only
fill-citizen = An identity number has 12 digits, as printed on the card. Please type all 12.
fill-citizen-province = No identity number begins with { $digits }. Please look at the first three digits on the card.
fill-phone = A telephone number has 10 digits and begins with 0. Please type all of it.
fill-phone-hint = For example 0912 345 678
fill-commune = There is no commune called “{ $name }”. Type the name of today, for example “phường Phan Đình Phùng”.
fill-commune-hint = The name of today, for example phường Phan Đình Phùng; with or without marks
fill-commune-several = Several places have this name. Choose one.
fill-commune-which = Which place?

fill-office = In which commune do you file?
fill-office-hint = It decides and returns the result. Usually the one where you live.
fill-office-missing = Choose the commune that receives it.
fill-returns = How do you want the result?
fill-return-dien_tu = Electronic copy
fill-return-dien_tu-note = At once under My papers, as good as paper
fill-return-quay = Fetch it at the one-stop desk
fill-return-quay-note = Bring the code of the dossier
fill-return-buu_chinh = By post to my home
fill-return-buu_chinh-note = Postage is paid on delivery

fill-paper = Send a picture: { $name }
fill-paper-hint = The whole sheet, well lit. Sideways is fine: it is turned upright and made a PDF. Choose several pictures for several pages.
fill-paper-optional = If you have no such paper, tick the last box.
fill-paper-none = I have no such paper
fill-paper-missing = At least one picture or file is needed. Take or choose one and press Continue.
fill-kinds = Pictures, PDF, Word, Excel
fill-upload = Upload
fill-have = Among your papers already, to be used again
fill-have-from = From dossier { $code }, { $day }
fill-have-signed = Signed by { $agency } on { $day }, dossier { $code }
fill-taken-paper = from dossier { $code }
fill-taken-result = signed result of dossier { $code }
fill-hash-sent = picture sent
fill-hash-kept = copy kept
fill-turned = turned upright
fill-remove = Remove this file
fill-file-empty = The file “{ $name }” is empty. Please scan it again.
fill-file-large = The file “{ $name }” is larger than { $limit }. Use a lower quality, or split it.
fill-file-kind = Files such as “{ $name }” are not taken. Send a picture (JPEG, PNG), PDF, Word or Excel.
fill-file-other = The file “{ $name }” is not what its name says. Save it again and send it.
fill-file-cut = The file “{ $name }” is cut off or damaged. Please send it again.
fill-file-pixels = The picture “{ $name }” is too large to read. Take it again at normal quality.
fill-file-macros = The file “{ $name }” carries a program and is not taken. Save it as PDF and send it.

review-title = Check before you send
review-change = Change
review-wrong = Wrong? Change
review-office = Filed at
review-returns = Result
review-unanswered = not answered
review-left = { $n ->
    [one] { $n } question is not answered yet.
   *[other] { $n } questions are not answered yet.
}
review-missing = { $name }: not answered. Press Change to answer.
review-fault = { $name }: { $why }
review-ended = { $name }: the result that you chose was replaced or revoked since. Press Change, remove that file and choose one that is in force.
review-next = What happens then?
review-goes-to = It goes straight to { $agency }, which has 8 working hours to take it on or say why not.
review-time = From then on the result takes { $time }.
review-originals = Of photographed papers you keep the originals; bring them when you fetch the result.
review-send = Send
review-true = By sending you confirm that what you said is true.
review-discard = Discard this
review-discard-ask = Discard { $name }?
review-discard-1 = What you typed and the pictures you sent for it are gone for good.
review-discard-2 = Nothing has been sent to any agency.
review-discarded = Discarded.

fill-broken = The connection is lost. The rest is sent by itself when it is back; please keep this page open.
fill-uploads-many = Several files are still on their way to this application. Please wait for them first.
whole-link = Going where there is no connection? Open the whole form on one page
whole-title = Whole form: { $name }
whole-back = Back to one question at a time
whole-lead = Open this page while there is a connection, then fill it in and photograph papers where there is none. Press Send: it is filed when the connection is back, once only.
whole-where = What you type and photograph stays in the browser of this device until it is filed, and is then removed. Do not use this on a shared device.
whole-kept = Kept on this device.
whole-waiting = No connection yet. The form and the photos stay on this device and are filed when there is one; keep this page open, or open it again later.
whole-sign-in = Your session has ended. The form and the photos are still on this device; sign in and this page files them.
whole-missing = { $name }: not answered yet.
whole-send = Send application
fill-away = There is no connection. What you typed is not lost: keep this page open, and it is sent when there is one.
whole-waits-open = Open to file it
whole-waits = An application on this device has not been filed yet.
whole-forget = Remove from this device
whole-elsewhere = In another window, or on another device, this was just answered “{ $other }”. Press Send once more to take what is on this page, or correct it.
whole-gone = This application is gone: thrown away, or another person’s. What you filled in is still on this device.
whole-failed = This browser cannot keep the form. Wait for a connection, then press Send.
whole-full = This device has no room left, so photos cannot be kept. Make room, or wait for a connection and send question by question.
whole-large = The file “{ $name }” is too large and was not kept. Take it at normal quality and choose it again.
whole-photo = Sending photo { $name }:
whole-sending = Sending, one moment.
away-title = No connection
away-lead = This page needs a connection. Load it again when there is one.
away-kept = A form that you opened as a whole can still be filled in: open that page again.
away-typed = What was saved before is safe on the server.
away-again = Try again

before-reuse = Use answers and papers of my earlier dossiers again. You may change your mind at any time under My data.
