# My data: what the state holds, who looked, consent, putting things right.

eid-nav = Identity
eid-nav-corrections = Requests to correct data

eid-home = My data
eid-lead = What the province holds about you, who looked at it, and what you can do about it.
eid-held = What the province knows about you
eid-wrong = Something wrong? Ask to have it corrected
eid-can = Your rights
eid-none = nothing
eid-destroyed = Your data was destroyed as the law demands; nobody can read it again.
eid-destroyed-other = This person's data was destroyed as the law demands; nobody can read it again.
eid-sign-out = Sign out

eid-field-name = Name
eid-field-number = Identity number
eid-field-born = Date of birth
eid-field-phone = Telephone
eid-field-email = E-mail
eid-field-address = Address

eid-looks = Who looked at my data
eid-looks-note = { $n ->
    [0] Nobody in the last { $days } days
    [1] Once in the last { $days } days
   *[other] { $n } times in the last { $days } days
}
eid-looks-lead = Whenever an officer opens your data it is recorded: which agency, what, when, and why. If something looks odd, ask about it right there.
eid-looks-empty = No officer has opened your data yet.
eid-looks-law = The right to know, Law 91/2025/QH15 on the protection of personal data.
eid-look-nobody = The system
eid-look-refused = Asked to look and was refused
eid-look-case = { $matter ->
    [feedback] Report { $code }
   *[dossier] Dossier { $code }
 }
eid-look-question = Why? Ask about it
eid-what-dossier = Opened the dossier
eid-what-identity = Saw identity number, telephone and address in full
eid-what-known = Took what was known to fill in an application
eid-what-papers = Opened a paper that was handed in
eid-what-list = Named in a list that was taken along
eid-why-procedure = To decide under the procedure { $name }. Legal basis: { $law }.
eid-law-procedure = the rules of this procedure
eid-why-counter = To take in an application when you, or somebody you authorised, came to the counter. Legal basis: Decree 118/2025/NĐ-CP.
eid-why-control = To control how procedures are carried out. Legal basis: Decree 118/2025/NĐ-CP.
eid-why-request = Because you asked for it.
eid-why-consent = Because you agreed: { $purpose }.
eid-why-case = To decide the dossier.
eid-why-unknown = The officer gave no reason; you should ask.

eid-consent = What I agree to
eid-consent-note = Switch each purpose on and off at any time
eid-consent-lead = Only what goes beyond the law's demands needs your consent. If you say no, your dossiers are decided all the same.
eid-consent-law = To decide dossiers the authorities process data as the law charges them to, so that is not asked here. Each yes and no is written to a journal that nobody can change.
eid-consent-given = Agreed
eid-consent-not = Not agreed
eid-consent-since = since { $at }
eid-consent-give = I agree
eid-consent-revoke = Take back
eid-consent-gave = Recorded: you agree to “{ $what }”.
eid-consent-revoked = Recorded: you no longer agree to “{ $what }”.
eid-purpose-reuse = Using papers again
eid-purpose-reuse-note = Papers and answers of earlier dossiers are filled in for the next, at other agencies of the province too.
eid-purpose-contact = Reminders by text message, Zalo, e-mail
eid-purpose-contact-note = Besides notices that the law demands: before a date, and when there is a result.
eid-purpose-survey = Being asked how satisfied I was
eid-purpose-survey-note = One question after a dossier is done. Answers are published without names.

eid-download = Take my data along
eid-download-note = All of it, to read or to take elsewhere
eid-download-lead = All that the province holds about you, { $at }.
eid-download-do = Download as a file
eid-download-person = About you
eid-download-dossiers = Dossiers ({ $n })
eid-download-filed = Filed { $at }
eid-download-file = Paper
eid-download-rest = The rest
eid-download-looks = { $n ->
    [1] 1 look at your data
   *[other] { $n } looks at your data
}
eid-download-consents = { $n ->
    [1] 1 purpose agreed to
   *[other] { $n } purposes agreed to
}
eid-download-corrections = { $n ->
    [1] 1 request for correction
   *[other] { $n } requests for correction
}
eid-download-sessions = { $n ->
    [1] signed in on 1 device
   *[other] signed in on { $n } devices
}

eid-correct = Ask for a correction
eid-correct-note = Say what is wrong and what is right
eid-correct-open = { $n ->
    [1] 1 request waits for an answer
   *[other] { $n } requests wait for an answer
}
eid-correct-lead = Choose what is wrong, write what is right, and say how you know. An officer checks it and answers, with a reason, on this page.
eid-correct-what = What is wrong?
eid-correct-what-fault = Please choose one.
eid-correct-right = What is right?
eid-correct-right-hint = As on your papers. A date of birth as 19/05/1997.
eid-correct-why = How do you know?
eid-correct-why-hint = For example: the birth certificate no. …, or a new telephone number.
eid-correct-why-fault = Please write a line, so that the officer can check it.
eid-correct-do = Send
eid-correct-done = Sent. The answer will appear on this page.
eid-correct-same = That is what the province holds, so there is nothing to correct.
eid-correct-too-many = You have 5 requests waiting. Please wait for an answer, or call 1022.
eid-correct-fault-name = A name has at least two words and no digits.
eid-correct-fault-born = Write the date as day/month/year, for example 19/05/1997, and check that the month has that day.
eid-correct-fault-phone = A telephone number has 10 or 11 digits and begins with 0.
eid-correct-fault-email = An e-mail address has an @, for example name@example.vn.
eid-correct-fault-address = Write the whole address: house number, street or hamlet, commune or ward.
eid-correct-number = The identity number is not corrected here: the police issue it; take your card to the police of your commune.
eid-corrections-mine = What you have sent
eid-correction-open = Waiting
eid-correction-made = Corrected
eid-correction-refused = Not corrected
eid-correction-said = To become: { $right }
eid-correction-filed = Sent { $at }
eid-correction-reply = Answer: { $reply }
eid-correction-decided = Answered { $at }

eid-devices = Where I am signed in
eid-devices-note = { $n ->
    [1] This device only
   *[other] { $n } devices
}
eid-devices-lead = If you see a device that you do not know, sign it out, then change your password at the identity provider.
eid-device-unknown = A device without a name
eid-device-here = This device
eid-device-since = Signed in { $at }, last used { $seen }, level { $level }
eid-device-end = Sign this device out
eid-device-end-others = Sign out the other devices
eid-device-end-all = Sign out everywhere
eid-device-ended = That device is signed out.
eid-device-ended-n = { $n ->
    [1] 1 other device is signed out.
   *[other] { $n } other devices are signed out.
}

eid-keys = Passkeys
eid-keys-note = Sign in by fingerprint, face or device code, without a password

eid-corrections = Requests to correct personal data
eid-corrections-lead = People say that what we hold about them is wrong. Check, decide, and answer with a reason.
eid-corrections-empty = No request waits.
eid-corrections-who = Who
eid-corrections-what = What
eid-corrections-when = Sent
eid-correction-of = { $name }: { $what }
eid-decide-held = Held now
eid-decide-right = To become
eid-decide-said-why = How they know
eid-decide-why = Reason
eid-decide-why-hint = The person reads this.
eid-decide-why-fault = Write a reason, at most 1,000 letters; the person reads it.
eid-decide-make = Correct as asked
eid-decide-refuse = Do not correct
eid-decide-made = The data of { $name } was corrected, and they were answered.
eid-decide-refused = { $name } was answered: not corrected.
