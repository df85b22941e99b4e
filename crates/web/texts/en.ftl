# Texts that all pages share.

frame-product = Tỉnh Số
frame-skip = Skip to main content
frame-nav = Main navigation
frame-tabs = Quick navigation
frame-search = Search everything
frame-search-hint = Case code, name, procedure, document
frame-role = Change role, sign out
frame-role-now = (in use)
frame-sign-out = Sign out
frame-language = English
frame-help-line = Call **{ $number }** if you need someone to help.

script-busy = Saving…
script-leave = What you have just typed is not saved. Leave this page?
script-restored = The draft kept on this device has been opened again.
script-forget = Discard the draft
script-saved = Draft saved at

fmt-money = { $amount } dong
fmt-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
 }
fmt-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
 }
fmt-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
 }
fmt-today = today { $time }

clock-left = { $time } left
clock-over = { $time } overdue
clock-ok = In time
clock-soon = Due soon
clock-late = Overdue
clock-hold = Paused
clock-done = Done
clock-early = early
clock-on-time = on time
clock-after = late

list-select = Select
list-select-one = Select dossier { $code }
list-due = Time left
list-case = Dossier
list-promised = Promised
list-step = Step
list-act = Do now

bulk-label = Bulk actions
bulk-selected = { $n ->
    [one] { $n } dossier selected
   *[other] { $n } dossiers selected
 }
bulk-none = Select dossiers to handle several at once
bulk-clear = Clear selection

filter-go = Filter
filter-clear = Clear filters
filter-density = Row height
filter-roomy = Roomy
filter-compact = Compact

flash-undo = Undo

steps-done = , done

held-caption = Who held it for how long, in working hours
held-aria = Time the dossier was held: { $parts }

grade-a = Grade A: computed from the journal, anyone can check it
grade-b = Grade B: a signed document, checked by a second person
grade-c = Grade C: declared by the agency, checked by nobody
tile-silent = Source silent for { $time }
tile-empty = No answers yet

confirm-back = Go back

error-prefix = Error: { $title }
error-count = { $n ->
    [one] There is { $n } thing to look at again
   *[other] There are { $n } things to look at again
 }

field-optional = (optional)
field-none = Not chosen
field-date-hint = Day/month/year, for example 14/11/2026
field-date-boxes-hint = For example: 14 11 2026
field-day = Day
field-month = Month
field-year = Year
field-citizen-id = Personal identity number
field-citizen-id-hint = The 12 digits on the identity card. Each time the full number is opened it is recorded, and its owner sees by whom.

known-count = { $n ->
    [one] { $n } thing you need not tell us again
   *[other] { $n } things you need not tell us again
 }
known-wrong = Is something wrong? Tell us

drop-here = Drop a file here
drop-or = or choose one
drop-limit = { $kinds }; up to { $size }
drop-hash = fingerprint

papers-needed = Papers of the dossier
papers-filed = Papers of the dossier
papers-here = Here
papers-here-one = Here: { $paper }
papers-paper = Paper
papers-source = Where from
papers-file = File
papers-hash = Fingerprint (SHA-256)
papers-not-kept = Not kept

question-back = Previous question
question-at = { $topic }, question { $at } of { $of }
question-go = Continue
question-later = Later

paper-due = Ready by
paper-hands = The hands it will pass through
paper-code = Case code
paper-secret = Secret code
paper-secret-hint = For the applicant; needed to follow the dossier.

pager-label = Pages
pager-previous = Previous page
pager-next = Next page

crumbs-label = You are here

keys-lead = Keys:
keys-all = all shortcuts
keys-title = Keyboard shortcuts
keys-close = Close
keys-search = search
keys-move = up and down
keys-select = select
keys-open = open
keys-send = the main action of the page
keys-section = to sections 1 to 4

date-missing = A date is needed.
date-form = Write the date as day/month/year, for example 14/11/2026.
date-month = Months run from 1 to 12.
date-day = Month { $month } of { $year } has only { $days } days. Look at the date and type it again.
date-year = Write the year with four digits, from 1900 to 2100.

problem-bad-request = This request could not be understood
problem-bad-request-why = The browser sent less or other than this page needs. Go back and try again.
problem-unauthorized = Please sign in
problem-unauthorized-why = Your session has ended or has not begun. Sign in, then open this page again.
problem-forbidden = You may not do this yet
problem-forbidden-why = The role in use has no such right. Change the role, or ask someone who has it.
problem-cross-site = This form came from another site
problem-cross-site-why = So that nobody can send in your name, the server takes only forms of its own pages. Open the page again and send again.
problem-not-found = There is no such page
problem-not-found-why = The address may be mistyped, or the page has moved. Search by case code, or go to the first page.
problem-method-not-allowed = This page cannot be used that way
problem-method-not-allowed-why = Go back and try again.
problem-timeout = The server is slow to answer
problem-timeout-why = What you typed is still on the page before. Send again in a few minutes.
problem-conflict = Somebody else was faster
problem-conflict-why = Open the page again to see the newest version, then go on.
problem-gone = This page is no more
problem-gone-why = Go to the first page to find its new place.
problem-too-large = Too much at once
problem-too-large-why = Choose a smaller file, or send one at a time.
problem-unsupported = This kind of data cannot be read
problem-unsupported-why = Send it again in the form that this page asks for.
problem-invalid = Some things need another look
problem-invalid-why = A few entries are not right. Go back, read the note at each, and send again.
problem-too-many = That was too fast
problem-too-many-why = Wait a minute and try again.
problem-internal = The server has a fault
problem-internal-why = This is our fault, not yours. What was saved is safe. Try again in a few minutes; if it stays, tell the code below to the person on duty.
problem-unavailable = The server is busy
problem-unavailable-why = What you typed is still on the page before. Send again in a few minutes.
problem-home = To the first page
problem-request = Code to report

# The front door: signing in, changing a password
sign-in-title = Sign in
sign-in-login = Login
sign-in-password = Password
sign-in-do = Sign in
sign-in-try = Accounts to try
sign-in-try-note = This is a demonstration: people and dossiers are invented. The password was printed in the terminal at start.
sign-in-wrong = Login or password is not right. Check capitals and the keyboard, then type again.
sign-in-disabled = This account is closed. Ask your agency’s administrator to open it.
sign-in-wait = Too many wrong attempts. Wait { $seconds } seconds, then try again.
password-title = Change password
password-old = Current password
password-new = New password
password-again = New password again
password-hint = At least 10 characters and no common word. A sentence you remember is best.
password-do = Change password
password-differs = The two new passwords differ. Type them again.
password-weak = This password is easy to guess. Take at least 10 characters, without the login and no common word.
password-old-wrong = The current password is not right. Type it again.

# Charts.
chart-empty = There are no figures to draw yet.
chart-figures = Show the figures
chart-none = none yet
chart-read = Point by point: { $title }
chart-along = Period
chart-day = Day
chart-place = Place
chart-spark = { $name }: { $n } periods, from { $first } to { $last }
chart-month = { $n ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
chart-weekday-1 = Mon
chart-weekday-2 = Tue
chart-weekday-3 = Wed
chart-weekday-4 = Thu
chart-weekday-5 = Fri
chart-weekday-6 = Sat
chart-weekday-7 = Sun
