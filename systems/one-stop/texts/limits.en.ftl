# Confirming time limits; the catalogue as imported

limits-title = Time limits to be confirmed
limits-lead = A time limit in doubt promises no date. Confirm it once for this version; dossiers that wait to be taken on can use it at once.
limits-amount = Time limit
limits-unit = Unit
limits-unit-working_hours = working hours
limits-unit-working_days = working days
limits-unit-calendar_days = days (holidays included)
limits-unit-months = months
limits-basis = Legal basis
limits-basis-hint = Document, article and clause that set this limit
limits-reason = Why the doubt is settled
limits-for-good = Who confirmed, by which law and when goes into the journal. A confirmation is not changed; another limit is another version of the procedure.
limits-do = Confirm the time limit
limits-done = Time limit confirmed, { $channel }: { $limit }.
limits-amount-wrong = A time limit is a whole number from 1 to 3,000. For half a working day write 4 working hours.
limits-basis-missing = The legal basis is missing. Name document, article and clause that set this limit.
limits-reason-missing = The reason is missing. Say briefly why this limit is right.
limits-long = More than { $n } letters. Please say it more briefly.
limits-other-version = The procedure has just got another version. Look at the limit again, then confirm.
limits-by = { $who }, { $seat }, { $at }
limits-by-law = Basis: { $law }
limits-because = Reason: { $why }

entries-title = Imported catalogue
entries-lead = { $n } procedures of the published catalogue were imported, { $doubt } with a time limit to be confirmed.
entries-nothing = No catalogue was imported yet. Whoever keeps the server imports one by «tinhso procedures import».
entries-which = Show
entries-every = All
entries-in-doubt = Only those to be confirmed
entries-doubt = Why in doubt
entries-no-doubt = No doubt
entries-tag = To be confirmed
entries-imported = Imported { $at }
entries-written = Open the procedure in use
entries-not-written = This procedure has no workflow yet, so nothing can be filed on it.
entries-decision = Published by

doubt-no_limit = The source states no time limit
doubt-no_unit = A number without a unit
doubt-strange_unit = An unknown unit
doubt-strange_amount = An amount that cannot be used
doubt-note_differs = The note says otherwise
doubt-hours_of_what = Hours of work or of the clock
doubt-several_limits = Several limits for one channel
