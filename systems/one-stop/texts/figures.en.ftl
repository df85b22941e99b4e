# The head's agency, figures of timeliness

head-title = { $agency }
head-figures = Timeliness
head-figures-name = Main figures
head-lead = **{ $open } dossiers** are in hand; **{ $late }** late, **{ $soon }** due soon, **{ $paused }** with the clock standing. **{ $accept }** wait to be accepted, **{ $back }** results wait to be handed over.
head-fresh = today { $time }
head-open = { $n ->
   [one] { $n } dossier
  *[other] { $n } dossiers
 }
head-late = Late now
head-soon = Due soon
head-paused = Clock standing
head-longest = Longest: { $code }, since { $since }
head-accept = Waiting to be accepted
head-accept-late = { $n } past 8 working hours
head-return = Results to hand over
head-running = In hand
head-late-by-agency = Late by agency
head-seats = What each post holds
head-seat = Holder, post
head-vacant = Vacant
head-held = Held
head-step-late = Step overdue
head-seat-paused = Clock standing

figures-title = Timeliness
figures-of = { $agency }, { $period }
figures-days = Choose from which day to which (day/month/year)
figures-days-from = From
figures-days-to = To
figures-days-go = Show figures
figures-days-order = The last day lies before the first. Look at both days and type them again.
figures-days-long = A period lasts five years at most. Choose an earlier last day.
figures-answers = Satisfaction
figures-answers-share = satisfied or very satisfied
figures-answers-counts = { $part } of { $whole } answers in the period; { $done } dossiers were done in it
figures-answers-3 = Very satisfied
figures-answers-2 = Satisfied
figures-answers-1 = Dissatisfied
figures-answers-few = So few answers say nothing for certain.
figures-answers-demo = These are answers of the demonstration data, made by the program; nobody has really answered yet.
figures-col-as-of = As of
figures-col-count = Count
figures-col-figure = Figure
figures-col-value = Value
figures-col-ratio = Ratio (%)
figures-col-points = Points (of 20)
figures-col-answers = Satisfaction (demonstration data)
figures-none = There is no dossier in this period yet, so there is no ratio.
figures-none-year = See { $period }
figures-running = The period is not over. What is not done is counted as of { $at }.
figures-index = Index 766, item 2.1
figures-own = The desk's own count
figures-points = { $points } of 20 points
figures-counts = { $part } of { $whole } dossiers
figures-index-all = Received or processed in the period
figures-index-done_on_time = Done early or on time
figures-index-open_in_time = In progress, within time
figures-index-done_late = Done too late
figures-index-open_late = In progress, past its time
figures-received = Accepted in the period
figures-carried = Carried over
figures-own-early = Done early
figures-own-on_time = Done on time
figures-own-late = Done late
figures-own-running = In hand, within time
figures-own-running_late = In hand, late
figures-own-paused = Clock standing
figures-own-stopped = Stopped or withdrawn
figures-own-share = done early or on time
figures-own-none = Nothing was done in the period yet.
figures-differences = Why the two counts differ
figures-dossiers = { $n ->
   [one] { $n } dossier
  *[other] { $n } dossiers
 }
figures-differs-asked_again = asked for a supplement more than once. The index always counts them as overdue; by the desk's clock they are in time.
figures-differs-stopped = stopped or withdrawn. The index counts them as dealt with; the desk keeps them apart from its ratio.
figures-differs-paused = the clock stood at the end of the period. The index counts them in time or overdue; the desk does not count them yet.
figures-same = In this period the two counts differ about no dossier.
figures-list-none = There is no dossier in this group.
figures-by-index = { $label } (index 766)
figures-by-own = { $label } (the desk's count)
figures-why-appointment = its end { $end } compared with the appointment
figures-why-statutory = no appointment: the time taken, without the supplement, compared with the statutory limit
figures-why-end_of_period = not done: the end of the period { $end } stands for its end
figures-why-awaits_supplement = awaits a supplement: the request { $end } stands for its end
figures-why-asked_again = asked for a supplement more than once, which counts as overdue
figures-why-no_limit = neither an appointment nor a statutory limit
figures-rule = How item 2.1 is counted
figures-rule-1 = A dossier is on time when its processing ended not later than the appointment (Decision 766/QĐ-TTg, 23 June 2022).
figures-rule-2 = The end is when it was finished; else when the result was returned; else when it was stopped, declined or withdrawn.
figures-rule-3 = For what is not done the end of the period stands for its end; for what awaits its first supplement, the request.
figures-rule-4 = What was asked for a supplement more than once always counts as overdue.
figures-rule-5 = The ratio is what was done on time and what is in progress within its time, over what was received or processed in the period. Points are 20 times the ratio, rounded to two decimals.
figures-rule-6 = Computed from the journal; every figure opens the dossiers behind it.
