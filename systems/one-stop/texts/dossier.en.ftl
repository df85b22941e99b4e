# The page of a dossier, and what is done on it

dossier-deadline = Deadline
dossier-promised = Promised for **{ $due }**.
dossier-accept-by = To be taken on or declined before **{ $due }**.
dossier-ended = Work ended at { $at }.
dossier-day-off = { $day } is { $name } and is not counted.
dossier-step-left = The step “{ $step }” itself has { $time } left.
dossier-step-over = The step “{ $step }” itself is { $time } over.
dossier-next = What next
dossier-not-now = { $what }: not now
dossier-not-now-all = { $n ->
   [one] Not possible now: { $n } action, and why
  *[other] Not possible now: { $n } actions, and why
 }
dossier-applicant = Applicant
dossier-fees = Fees
dossier-fee-paid = paid { $at }, number { $reference }
dossier-fee-owed = not paid
dossier-fee-waived = waived
dossier-name = Name
dossier-number = Identity number
dossier-phone = Telephone
dossier-address = Address
dossier-destroyed = The applicant's personal data was destroyed as the law demands.
dossier-open-identity = Show the full number
dossier-open-note = Each look is recorded, and the applicant sees who looked.
dossier-opened = This look was recorded. Load the page again and the number is covered.
dossier-papers = Papers
dossier-no-papers = This dossier has no papers yet.
dossier-further-paper = Another paper
dossier-file-note = { $name }, received { $at }
dossier-copies = { $n ->
   [one] { $n } copy
  *[other] { $n } copies
 }
dossier-story = What happened
dossier-place = At step { $at } of { $of }
dossier-step-accept = Taking on
dossier-steps-folded = { $n ->
   [one] { $n } step behind
  *[other] { $n } steps behind
 }
dossier-pause-awaiting_supplement = Paused for papers, not counted
dossier-pause-awaiting_payment = Paused for a payment, not counted
dossier-pause-suspended = Suspended by law, not counted
dossier-left = Left until the promise
dossier-sealed = { $n ->
   [one] { $n } event, journal sealed up to position { $pos }
  *[other] { $n } events, journal sealed up to position { $pos }
 }
dossier-sealed-partly = { $n ->
   [one] { $n } event, sealed up to position { $pos }, the newest wait
  *[other] { $n } events, sealed up to position { $pos }, the newest wait
 }
dossier-unsealed = { $n ->
   [one] { $n } event, waiting to be sealed
  *[other] { $n } events, waiting to be sealed
 }

paper-source-paper = Paper, at the counter
paper-source-scan = Scan, at the counter
paper-source-online = Filed online
paper-source-known = From data already known

story-now = In hand: { $step }
story-now-due = This step is due { $due }.
story-submitted = Filed
story-accepted = Taken on
story-declined = Not taken on: { $reason }
story-assigned = Given to another post
story-completed = { $step }: { $outcome }
story-sent-back = Sent back from “{ $from }” to “{ $to }”
story-supplement-requested = Papers asked for, time { $number }: { $reason }
story-second_supplement_approved = A second request was allowed
story-supplement_received = Papers came
story-obligation = To be paid: { $name }, { $amount }
story-paid = Item { $number } was paid, receipt { $reference }
story-waived = Item { $number } was waived
story-waits-for-fee = It is taken on when that is paid.
story-accept-by = To be taken on or declined by { $by }.
story-suspended = Suspended: { $reason }
story-resumed = The clock runs on
story-extended = Apologised and extended
story-discontinued = Discontinued: { $reason }
story-withdrawn = Withdrawn by the applicant
story-finished-result = There is a result
story-finished-refusal = There is a written refusal
story-returned = The result was handed over
story-forwarded = Forwarded to the competent agency
story-escalated = Late; the head was told
story-moved = Moved to the successor of the agency
story-handed = Given to { $to }.
story-due-first = Promised for { $due }.
story-clock-stands = The clock stands.
story-clock-runs = The clock runs on; promised for { $due }.
story-due-moved = Now promised for { $due }, before for { $from }.
story-early = Before the promised day.
story-on-time = On time.
story-late = Late.
story-recorded-late = Recorded at { $at }, { $gap } of working time after it happened. Both are kept.
story-acting = acting for { $who }
story-applicant = { $name }, the applicant
story-system = The system

act-accept = Take on
act-decline = Decline
act-assign = Give to another post
act-complete = Record the outcome of the step
act-send_back = Send back to an earlier step
act-request_supplement = Request papers (form 02)
act-request_supplement-again = Request papers, time { $n }
act-approve_second_supplement = Allow a second request
act-receive_supplement = Receive papers
act-set_obligation = Set what is to be paid
act-record_payment = Record a payment
act-waive_obligation = Waive what is to be paid
act-suspend = Suspend
act-resume = Resume
act-extend = Apologise and extend (form 04)
act-discontinue = Discontinue
act-withdraw = Record a withdrawal
act-return_result = Hand over the result

act-question = { $verb }: dossier { $code }
act-what-accept = The clock starts and the first step opens.
act-what-decline = The dossier closes with a refusal (form 03). This cannot be undone; the applicant may file anew.
act-what-assign = The due time of the step stays; whoever receives it sees it at once.
act-what-complete = The dossier goes on to the next step. If it was a mistake, whoever has it then can send it back.
act-what-send_back = The earlier step opens again; the promised time stays.
act-what-request_supplement = The clock stands until the papers come. This may be done once; a second time needs the head's leave.
act-what-approve_second_supplement = The holder may ask once more. The dossier counts as late in the 766 index.
act-what-receive_supplement = The clock runs on; the promise moves by the time it stood.
act-what-set_obligation = The result is handed over when everything is paid.
act-what-record_payment = If the clock stands for this, it runs on.
act-what-waive_obligation = The applicant need not pay this any more. State the ground; it cannot be undone.
act-what-suspend = The clock stands until it is resumed. The ground goes into the journal.
act-what-resume = The clock runs on; the promise moves by the time it stood.
act-what-extend = The applicant receives an apology with the new date (form 04). Once only, before the old date, and not to be taken back.
act-what-discontinue = The dossier closes with a notice (form 05). This cannot be undone.
act-what-withdraw = The dossier closes as the applicant wishes. This cannot be undone.
act-what-return_result = The dossier closes: the applicant has the result.
act-back = Back to the dossier
act-outcome = Outcome of the step
act-to-step = Back to which step
act-to-seat = To whom
act-reason = Reason from the list
act-note = Note
act-slip-lines = One thing a line; the form prints a list. Lines may begin with “Căn cứ:” (legal basis), “Nộp trước:” (day), “Liên hệ:” (telephone), “Hướng dẫn:” (guidance), “Trả lại:” (papers given back), “Phí, lệ phí:” (what becomes of the fee).
act-why = Reason in words
act-fetched-by = Who fetches the result
act-papers-came = Papers that came
act-fee-name = Name of the fee
act-fee-name-fault = The fee has no name. Write it as in the decision.
act-amount = Amount in đồng
act-amount-fault = The amount is written in figures and more than 0, as in 15.000.
act-pauses = The clock stands until it is paid
act-which-fee = Which fee was paid
act-waived-fee = What is waived
act-reference = Number of the receipt or transaction
act-reference-fault = The receipt has no number. Enter the one on the receipt or of the transaction.
act-paid-online = Paid online
act-to-day = New date
act-to-hour = New hour
act-happened-before = Did it happen earlier?
act-happened-day = Day it happened
act-happened-hour = Hour it happened
act-hour-hint = Hour:minute, as in 16:05
act-hour-fault = The hour is written hour:minute, from 00:00 to 23:59, as in 16:05.
act-choose = Nothing is chosen here. Choose one and send again.
act-meanwhile = Meanwhile the dossier has changed
act-done = Dossier { $code }: { $what }.
act-done-to = Dossier { $code }: { $what }. It is now held by { $to }.
act-sign-result = Sign and issue the result
act-sign-result-what = Upload the document or set it from the template; it gets its codes, a QR code and the signature of the agency, and the dossier ends.
dossier-result = Result signed { $at }, in force
dossier-result-ended = Result signed { $at }, no longer in force
