# First page, finding a procedure, before starting.

home-title = Public services
home-day = { $day }, day { $lunar } of lunar month { $month }
home-ask = { $called ->
   *[ongba] What do you need to do?
}
home-ask-label = What you need, in everyday words
home-ask-example = birth certificate
home-ask-go = Find
home-example-1 = certificate of marital status
home-example-2 = copy of a diploma
home-example-3 = household business
home-needs = Something waits for you
home-needs-awaiting_supplement = A dossier waits for papers from you
home-needs-awaiting_payment = A dossier waits for your payment
home-needs-finished = A result is ready
home-needs-of = { $name }, dossier { $code }
home-do-awaiting_supplement = See and send
home-do-awaiting_payment = See and pay
home-do-finished = See how to get it
home-draft = An application you have begun
home-draft-at = Last saved { $at }
home-draft-go = Go on
home-life = Events of life
home-often = Often used
home-mine = My dossiers
home-mine-note = What was filed, what was begun
home-track = Track a dossier
home-track-note = With the code on the receipt and its key, without signing in
home-report = Report a problem
home-report-note = Potholes, lamps, rubbish, noise: a photo is enough
home-data = Who looked at my data
home-data-note = Which agency, when, and for what

find-title = Find a procedure
find-home = Home
find-event-lead = What usually has to be done, in the order in which it is best done.
find-none = No procedure was found for “{ $asked }”. Try other words, or fewer.
find-call = Or call { $number }, where somebody helps you find it.
find-all = See all procedures
find-count = { $n ->
    [one] { $n } procedure
   *[other] { $n } procedures
}
find-near = You may also need
find-by-field = By field
find-level-full = done wholly online
find-level-partial = filed online, one step in person
find-level-none = done at the one-stop desk
find-limit-hours = { $n } working hours
find-limit-days = { $n } working days
find-limit-calendar = { $n } days
find-limit-months = { $n } months
find-limit-unsure = about { $limit }, to be confirmed
find-limit-none = time limit to be confirmed
find-fee = { $name }: { $sum } for each { $per }

before-back = Find something else
before-time = Result after
before-online = Where it is done
before-who = Received by
before-office-none = no office receives it online yet
before-office-several = { $n } communes; choose one
before-free = There is nothing to pay.
before-fees = To be paid
before-counter-only = This cannot be done online yet. Take the papers below to the nearest one-stop desk.
before-start = Start
before-start-note = One question a page, saved at every step. Stop at any time, go on at any device.
before-sign-in = Sign in to start
before-sign-in-note = After signing in you come back to this page. What the state already has you need not say again.
before-needed = Have at hand
before-no-papers = No papers are needed.
before-if-any = (if any)
before-original = (hand in the original when you get the result)
before-photo = A photo by phone will do; it is turned upright and made a PDF.
before-asked = { $n } things will be asked:
before-numbers = Have the identity cards of the people it is about at hand.
before-guidance = Good to know
before-law = Legal basis
before-code = Procedure { $code }
before-decider = Decided by: { $who }
