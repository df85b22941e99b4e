# Sentences of notices: code and link; no person, paper or number
tell-filed = { $matter ->
    [feedback] Your report { $code } was recorded. Follow it at:
   *[dossier] Dossier { $code } was filed and waits to be accepted. Follow it at:
 }
tell-taken-on = { $matter ->
    [feedback] Your report { $code } was taken on. See:
   *[dossier] Dossier { $code } was accepted. See when the result is due at:
 }
tell-declined = { $matter ->
    [feedback] Your report { $code } was not taken on. See why at:
   *[dossier] Dossier { $code } was not accepted. See why and what to do at:
 }
tell-supplement-asked = { $matter ->
    [feedback] We need to know more about report { $code }. Answer at:
   *[dossier] Something is missing in dossier { $code }. See what, and add it, at:
 }
tell-supplement-received = What you added to { $code } has arrived. See:
tell-payment-asked = Dossier { $code } has a fee to be paid. See and pay at:
tell-paid = The payment for dossier { $code } was recorded. See the receipt at:
tell-extended = We apologise: { $matter ->
    [feedback] report { $code } is not answered in time. See the new date at:
   *[dossier] dossier { $code } is not ready in time. See the new date at:
 }
tell-late = We apologise: { $matter ->
    [feedback] report { $code } was not answered in time; the head was told. See:
   *[dossier] application { $code } is past its promised day and not done yet. See who holds it, and ask, at:
 }
tell-stopped = { $matter ->
    [feedback] Report { $code } was stopped. See why at:
   *[dossier] Dossier { $code } was stopped. See why at:
 }
tell-withdrawn = { $matter ->
    [feedback] Report { $code } was withdrawn as requested. If you did not ask for it, see:
   *[dossier] Dossier { $code } was withdrawn as requested. If you did not ask for it, see:
 }
tell-result-ready = { $matter ->
    [feedback] Report { $code } has an answer. See:
   *[dossier] Dossier { $code } has a result. See how to get it at:
 }
tell-forwarded = Report { $code } went to { $agency }. Follow it at:
tell-published = The answer to report { $code } was published. See:
tell-merged = Report { $code } goes on together with another one. Follow it at:
tell-reopened = Report { $code } was opened again. Follow it at:
tell-confidential = There is news of your report. Sign in to read it at:
tell-alert-opened = A new alert is yours to see to. Sign in to see it and take it on at:
tell-alert-escalated = An alert that nobody took on in time is yours now. Sign in to see it and take it on at:
tell-confirm = Somebody asked for notices about dossiers to be sent to this address. If it was you, open the link below within 48 hours. If not, do nothing.
tell-mail-subject = { $place }: notice about { $code }
tell-mail-subject-plain = { $place }: a notice
tell-mandate-recorded = A counter has recorded that somebody may file in your name. See it, or end it, at:
tell-mail-subject-alert = { $place }: an alert waits for you
tell-mail-subject-own = { $place }: a matter of yours
tell-mail-subject-confirm = { $place }: confirm your e-mail address
tell-mail-foot =
    { $place } sends this because you chose so. Please do not reply.
    To stop: { $stop }
tell-mail-foot-confirm = { $place }. Please do not reply.

tell-what-filed = Filed
tell-what-taken_on = Accepted
tell-what-declined = Not accepted
tell-what-supplement_asked = Something is missing
tell-what-supplement_received = What was missing came
tell-what-payment_asked = A fee to pay
tell-what-paid = Paid
tell-what-extended = Apology and new date
tell-what-late = Apology: late
tell-what-stopped = Stopped
tell-what-withdrawn = Withdrawn
tell-what-result_ready = Result ready
tell-what-forwarded = Went to an agency
tell-what-published = Answer published
tell-what-merged = Joined to another report
tell-what-reopened = Opened again
tell-what-mandate_recorded = Mandate recorded
tell-what-alert_opened = A new alert
tell-what-alert_escalated = An alert went up to you
tell-what-confirm = Confirming an address

tell-channel-email = E-mail
tell-channel-push = Notice on a device
tell-channel-sms = Text message
tell-channel-zalo = Zalo
tell-state-on = In use
tell-state-unconfirmed = Waiting for your confirmation
tell-state-gone = No longer reached, sending stopped
tell-fate-waiting = being sent
tell-fate-sent = sent
tell-fate-dead = could not be sent
tell-fate-dropped = not sent, the address is gone

tell-title = How you are told
tell-lead = When something happens to your dossiers or reports, we tell you the way you choose. A notice has only a code and a link, no content.
tell-officer-lead = When an alert is given to you, or goes up to you, we tell you by the ways that you choose. A notice has only a link and says nothing of the matter.
tell-addresses = You are told at
tell-no-address = No address yet. Choose a way below.
tell-unconfirmed-how = Open the message we sent to this address and follow its link.
tell-remove = Remove
tell-remove-of = Remove { $address }
tell-by-email = By e-mail
tell-email = E-mail address
tell-email-hint = For example hoa@example.vn. We send a message to make sure that it is yours.
tell-email-do = Tell me by e-mail
tell-email-bad = A part of this address is missing, or it has a space. Check it and enter it again, for example hoa@example.vn.
tell-email-sent = Noted. Open your mail and follow the link within 48 hours.
tell-too-many = At most { $max } addresses for one person. Remove one, then add again.
tell-by-push = On this device
tell-push-what = Notices appear on the screen, even when this page is closed.
tell-push-do = Turn on notices on this device
tell-push-none = This browser cannot take notices. Choose another way, or open the page in a recent Chrome, Edge, Firefox or Safari.
tell-push-denied = The browser blocks notices of this site. Open its settings for this site, allow notifications, and press again.
tell-push-failed = It could not be turned on. Try again in a few minutes, or choose another way.
tell-by-sms = By text message
tell-by-zalo = By Zalo
tell-phone-which = Only to the telephone number that was proved with your identity.
tell-phone-do = Tell me at { $phone }
tell-phone-none = Your identity has no telephone number. Add one in VNeID, sign in again, and choose this.
tell-added = The address was added.
tell-removed = Removed. Nothing is sent there any more.
tell-quiet = Quiet hours
tell-quiet-on = Do not disturb between these hours
tell-quiet-from = From
tell-quiet-to = To
tell-quiet-what = Only e-mail is sent in these hours; everything else waits for their end.
tell-quiet-do = Save quiet hours
tell-quiet-done = Quiet hours saved.
tell-lately = Told lately
tell-lately-none = Nothing yet.
tell-to-mine = How I am told

tell-confirm-title = Confirm an e-mail address
tell-confirm-lead = Press the button to get notices about your dossiers at this address.
tell-confirm-do = Confirm this address
tell-confirmed-title = Confirmed
tell-confirmed-lead = Notices are sent to this address from now on.
tell-confirm-bad-title = This link is no longer good
tell-confirm-bad-lead = It is older than 48 hours, or a part is missing. Sign in and enter the address again for a new message.
tell-stop-title = Stop notices
tell-stop-lead = Press the button, and nothing is sent to this address any more. Work on your dossiers goes on as usual.
tell-stop-do = Stop sending to this address
tell-stopped-title = Stopped
tell-stopped-lead = Nothing is sent to this address any more. To change that, sign in and choose.
tell-stop-bad-title = This link is not right
tell-stop-bad-lead = A part of it is missing. Copy the whole line of the message, or sign in to remove the address.

tell-failed-title = Undelivered notices
tell-failed-lead = Each notice is tried 8 times over about two days before it comes here. Waiting now: { $waiting }.
tell-failed-none = Nothing was given up.
tell-failed-again = Send { $channel } again ({ $count })
tell-failed-revived = { $count } notices are back in the queue.
tell-failed-at = At
tell-failed-channel = Channel
tell-failed-what = Content
tell-failed-code = Code
tell-failed-why = Why
tell-failed-attempts = Attempts
tell-fault-mail-away = The mail server does not answer, or refused for now
tell-fault-mail-silent = The mail server took the connection and fell silent
tell-fault-mail-login = The mail server does not let us in: check name and password
tell-fault-mail-refused = The mail server refused the message
tell-fault-mail-address = The address of sender or receiver cannot be used
tell-fault-no-mail = No mail server is configured
tell-fault-no-push = Notices on devices are not configured, or the service is unknown
tell-fault-push-away = The push service does not answer
tell-fault-push-busy = The push service is overloaded
tell-fault-push-refused = The push service refused
tell-fault-no-gateway = No gateway for text messages or Zalo is configured
tell-fault-no-template = No template number is configured for this content
tell-fault-gateway-away = The gateway does not answer
tell-fault-gateway-busy = The gateway is overloaded
tell-fault-gateway-refused = The gateway refused
tell-fault-gateway-unclear = The gateway's answer cannot be understood
