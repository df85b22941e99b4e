# The counter, the queue, online filings, receipts

counter-title = Receive a dossier
counter-procedure = Procedure
counter-find = Find a procedure
counter-find-hint = Type its name with or without marks, its field, or its code. For example: khai sinh, 1.001193
counter-found-none = There is no such procedure at this level. Try fewer letters, or its code.
counter-procedure-missing = No procedure is chosen yet. Find one and choose it.
counter-chosen = chosen
counter-change = Change
counter-limit = Time limit: { $limit }.
counter-limit-open = not confirmed
counter-limit-same-day = within the day; after { $cutoff } on the next working day
counter-limit-today = Within the working day
counter-limit-hours = { $n ->
   [one] { $n } working hour
  *[other] { $n } working hours
 }
counter-limit-days = { $n ->
   [one] { $n } working day
  *[other] { $n } working days
 }
counter-limit-calendar = { $n ->
   [one] { $n } day
  *[other] { $n } days
 }
counter-limit-months = { $n ->
   [one] { $n } month
  *[other] { $n } months
 }

counter-applicant = Applicant
counter-number = Identity number or tax code
counter-number-hint = A person: 12 digits. An organisation: tax code.
counter-number-none = The applicant has no identity number
counter-number-missing = An identity number or tax code is needed. For who has none, tick the box beside.
counter-number-sign = This number has digits only, but there is a “{ $sign }”. Look at the card and type it again.
counter-number-digits = There are { $n } digits: an identity number has 12, a tax code 10 or 13. Count again on the card.
counter-number-province = The first three digits { $digits } are not the code of any province. Look at the card and type it again.
counter-number-tax = The check digit of the tax code does not fit; a digit may be mistyped. Look at the certificate.
counter-look-up = Look up
counter-known = known here, looked up { $at }
counter-known-source = An earlier dossier
counter-number-changed = This is not the number that was looked up. Press Look up to fill in for the right person.
counter-from-party = Known of the applicant
counter-from-dossier = From dossier { $code } of { $day }
counter-from-covered = Left empty, { $phone } is used
counter-name = Full name
counter-name-missing = The name of the applicant is needed.
counter-born = Date of birth
counter-born-future = This day is in the future. Look at the card again.
counter-born-differs = By the identity number the year of birth is { $number }, but the day says { $day }. Check both.
counter-phone = Telephone for messages
counter-phone-form = A telephone number has 10 or 11 digits and begins with 0.
counter-address = Address
counter-address-missing = An address is needed for the receipt.
counter-return = Result
counter-return-quay = At the counter
counter-return-buu_chinh = By post
counter-return-dien_tu = Electronic copy

counter-content = Content
counter-content-none = This procedure asks for nothing further.
counter-filled = { $n } of { $all } filled
counter-field-missing = Still empty: { $label }.
counter-integer-form = Only a whole number, without letters. Type digits.
counter-choice-unknown = Choose one of the list.
counter-citizen-form = An identity number has exactly 12 digits. Look at the card and type it again.
counter-citizen-hint = 12 digits
counter-date-hint = Day/month/year
counter-commune-hint = Type and choose; elsewhere: commune, province
counter-commune-unknown = There is no commune named “{ $name }” today. Choose from the list, or type its name since 2025.
counter-commune-several = There are { $n } places named “{ $name }”. Add the province after a comma, or choose from the list.

counter-papers = Papers
counter-papers-all = all { $n } of { $all }
counter-papers-some = { $n } of { $all } missing
counter-paper-here = Here
counter-paper-name = Paper
counter-paper-kind = Form
counter-paper-file = File and its hash (SHA-256)
counter-paper-if = (if any)
counter-paper-scan = Choose a file for: { $paper }
counter-paper-missing = Missing: { $paper }. Tick it when it is here, or ask for it.
counter-kinds = Further papers: PDF, pictures, Word, Excel
counter-copies = { $n ->
   [one] { $n } copy
  *[other] { $n } copies
 }
counter-kind-original = Original
counter-kind-certified = Certified copy
counter-kind-copy = Copy
counter-kind-form = Form
counter-kind-presented = Shown, not kept
counter-file-off = Take this file off
counter-file-empty = The file “{ $name }” is empty. Scan or choose again.
counter-file-large = The file “{ $name }” is larger than { $limit }. Scan at a lower resolution or split it.
counter-file-kind = The file “{ $name }” is no PDF, JPEG, PNG, Word or Excel. Make a PDF of it and choose again.
counter-file-other = The file “{ $name }” is named { $claimed } but its content is { $found }. Choose the right file, or rename it.
counter-file-cut = The file “{ $name }” is cut off. Scan or copy it again.
counter-file-macros = The file “{ $name }” carries a program (macros). Save it as PDF and choose again.

counter-paper = Receipt
counter-paper-empty = No procedure yet
counter-paper-empty-why = Choose a procedure to see the due time before it is promised.
counter-paper-none = No date yet
counter-due-today = { $time } today
counter-why-today = Received at { $at }, before { $cutoff }, so due today.
counter-why-next = Received at { $at }; after { $cutoff } or outside working hours it is due on the next working day.
counter-why-limit = { $limit }, from { $at }, by the working hours of the agency.
counter-why-off = Not counted: { $days }.
counter-day-off = { $day }, { $name }
counter-fee = Fees
counter-fee-none = None
counter-fee-per = { $amount } for each { $per }
counter-fee-count = Number: { $fee }
counter-fee-times = The number is a whole number from 1 to 1,000.
counter-fee-waive = Exempt by law
counter-fee-waived = Waive { $fee }
counter-fee-for = taken for { $n }
counter-fee-by-form = by this form not taken
counter-fees = Fees to pay
counter-paid = Paid here
counter-receipt-number = Number of the receipt of payment
counter-receipt-missing = What was paid needs the number of its receipt.
counter-decided = Decided by
counter-code = Dossier code
counter-code-later = given on receipt
counter-hand-receive = { $name }, receives
counter-hand-return = Counter, returns the result
counter-hand-nobody = { $step }: nobody holds this post yet
counter-accept = Receive, print the receipt
counter-not-now = Cannot be received now
counter-confirmer = It is confirmed by { $who }.
counter-confirmer-none = Nobody holds the post that controls procedures; tell the head of the agency.
counter-supplement = Ask for papers
counter-supplement-note = The dossier is recorded and gets a code; the applicant takes form 02 home.
counter-supplement-words = Say exactly what is missing, so that one more visit is enough.
counter-decline = Decline
counter-decline-note = The dossier is recorded and gets a code; the applicant takes form 03 home. This cannot be undone.
counter-decline-words = Say why it is not taken on and what the applicant can do.
counter-reason = Reason
counter-reason-words = In words
counter-reason-missing = Choose a reason from the list.
counter-reason-lines = One thing a line; the form prints a list.
counter-basis = Legal basis
counter-respond-by = To be handed in before
counter-respond-past = This day is over. Choose a day after today.
counter-guidance = What the applicant can do
counter-contact = Telephone for questions
counter-draft = The draft on this device keeps no personal data; that is typed again once the page is closed.
counter-done-accepted = Dossier { $code } is received. Print the receipt for the applicant.
counter-done-waits-for-fee = Dossier { $code } is recorded and waits for its fee before it is taken on. Print the paper for the applicant; once the money is there it waits to be taken on.
counter-done-supplement = Dossier { $code } is recorded and papers are asked for. Print the form for the applicant.
counter-done-declined = Dossier { $code } is declined. Print the form for the applicant.
counter-sent-before = This form has been filed already, as dossier { $code } below. There is no second dossier.
counter-sent-changed = This form was filed as dossier { $code }, but its content is another now, so nothing was filed. For a new dossier press again; if not, open dossier { $code }.
counter-online = { $n ->
   [one] { $n } online filing waits.
  *[other] { $n } online filings wait.
 }
counter-online-left = The most urgent has { $time } left of its 8 working hours.
counter-online-late = The most urgent is overdue by { $time }.
counter-online-open = Open the list

queue-serving = Serving
queue-waiting = Waiting
queue-people = { $n ->
   [one] { $n } person
  *[other] { $n } people
 }
queue-longest = Longest wait
queue-next = Next number
queue-absent = Absent
queue-kiosk = Ticket kiosk
queue-board = Board
queue-called-before = { $ticket } is being served at this counter. Press Call next when done.
queue-called = Now calling { $ticket }.
queue-was-absent = Marked absent. Call the next number when ready.
queue-nobody = Nobody is waiting.
queue-take = Take a number
queue-take-lead = What brings you here? Touch one.
queue-full = No more numbers of this group today. Please ask the guide.
queue-lane-a = Birth, marriage, certified copies, residence
queue-lane-b = Land, building, environment
queue-lane-c = Business and companies
queue-lane-d = Allowances, merit, health, education
queue-lane-e = Something else
queue-yours = Your number
queue-before = { $n ->
   [0] Nobody waits before you.
   [one] One person waits before you.
  *[other] { $n } people wait before you.
 }
queue-look = Please take a seat and watch the board. Come to the counter when your number is shown.
queue-again = Take another number
board-title = Now serving
board-number = Number
board-to = Please go to
board-empty = No number is called yet
board-empty-what = Please take a number at the machine and sit down. The number called appears here.
board-next = Next
board-waiting = { $n ->
   [0] Nobody is waiting
   [one] { $n } person is waiting
  *[other] { $n } people are waiting
 }

online-lead = { $n ->
   [0] Nothing waits.
   [one] { $n } dossier waits to be taken on or declined, within 8 working hours of filing.
  *[other] { $n } dossiers wait to be taken on or declined, within 8 working hours of filing.
 }
online-empty = No filing waits to be taken on.
online-more = Only the { $n } most urgent are shown.
online-until = Take on before
online-accept = Take on
online-accept-counted = Take on #
online-rest-counted = # cannot be taken on yet
online-decline = Decline
online-none-ticked = Nothing is ticked. Tick dossiers and press Take on.
online-done = { $n ->
   [one] { $n } dossier is taken on.
  *[other] { $n } dossiers are taken on.
 }
online-report = Taken on: { $taken }. Not taken on: { $failed }:
online-unknown = There is no dossier of this code.
online-decline-ask = Decline the dossier of { $name }?
online-decline-1 = The applicant gets form 03 with the reason below.
online-decline-2 = This cannot be undone; the applicant may file anew.

receipt-open = Receipt and forms
receipt-title = Receipt { $code }
receipt-forms = Forms of this dossier
receipt-print = Print (PDF)
receipt-journal = Download the journal's receipt
receipt-journal-note = It proves that the dossier was recorded; anybody can check it.
receipt-next = Receive the next dossier
receipt-qr = QR code that opens the tracking page
receipt-received = Received
receipt-fee-paid = { $amount }, paid
receipt-fee-due = { $amount }, not paid

form-01 = Form 01: receipt and appointment
form-02 = Form 02: request for papers
form-03 = Form 03: refusal
form-04 = Form 04: apology and new date
form-05 = Form 05: discontinuation
form-06 = Form 06: control slip
form-missing = Nothing happened to this dossier that asks for { $form }. Open the dossier to see its forms.
form-applicant-gone = (personal data destroyed)
form-desk = One-stop desk, { $agency }
form-recipient = The applicant
form-kept = File
