# Tracking without signing in

track-title = Track an application
track-page-title = Track application { $code }
track-heading = Where is your application?
track-lead = The code and the tracking key are printed on your receipt. Scan the QR code on it and you need not type them.
track-code = Application code
track-code-hint = For example H55.62-261117-0031
track-secret = Tracking key
track-secret-hint = 8 letters and digits, printed below the QR code
track-go = Show the application
track-wrong = No application fits both this code and this key. Please check the two lines on your receipt and type them again; if that does not help, take the receipt to where you applied.
track-too-often = Too many wrong entries came from here. Please wait ten minutes and try again, or take the receipt to where you applied.
track-dossier = Application { $code }
track-of = { $procedure }, for { $who }
track-somebody = the applicant
track-organization = the applying organisation
track-person =
    { $kind ->
        [ong] Mr { $name }
        [ba] Ms { $name }
       *[ongba] { $name }
    }
track-is-submitted = Filed, waiting to be accepted
track-is-in_progress = Being dealt with
track-is-awaiting_supplement = Waiting for papers from you
track-is-awaiting_payment = Waiting for your payment
track-is-suspended = Suspended as the law provides
track-is-finished = The result is ready to be fetched
track-is-returned = The result was handed over
track-is-declined = The application was not accepted
track-is-discontinued = The authority stopped the application
track-is-withdrawn = The applicant withdrew the application
track-accept-by = The authority must accept or decline it before { $at }
track-paused = The time of waiting does not count; the promised day moves by just as much
track-due = Result at the latest { $time }, { $day }
track-was-due = The promised time { $time }, { $day } has passed
track-ended = { $day }, { $time }
track-held = { $name } ({ $post }, { $agency }) has it since { $since }.
track-at = It is at the one-stop desk of { $agency }.
track-nobody = Nobody has to act on it any more. Received by { $agency }.
track-do-nothing = You need not do anything.
track-do-over = There is nothing more for you to do.
track-do-supplement = Please add: { $reason }. Hand it in at { $agency } or where you applied.
track-do-supplement-note = Please add: { $reason }. { $note }
track-do-pay = Please pay { $sum }. The work goes on as soon as it is paid.
track-pay = Pay the fee
track-do-pay-first = Please pay { $sum } before you fetch the result.
track-do-fetch = Please bring your receipt to { $agency } and fetch the result.
track-do-declined = Reason: { $reason }. You may ask at { $agency }.
track-path = The way of the application
track-step-accept = Accepted
track-step-return = Result handed over
track-since = since { $at }
track-at-latest = at the latest { $at }
track-late-heading = What if it is late?
track-late = The authority must apologise in writing and give a new date, once. Lateness counts in the results of its head. You may complain, and that does not slow the application down.
track-proof = This receipt is genuine, nobody changed the date
track-sealed = What was recorded at { $at } stands in line { $line } of the { $size } lines of the provincial journal. Check mark of the line:
track-root = Check mark of the whole journal, signed:
track-unsealed = This was recorded just now; its check mark comes in a few seconds. Please reload the page.
track-download = Download the electronic receipt (JSON)
track-check = Whoever has this file can check it without asking any authority.
track-result = The result
track-result-signed = { $name }, signed { $at }
track-result-ended = This document was replaced or taken back.
track-result-check = Check the document
track-rate = How satisfied are you?
