# My work, results

work-order = { $n } to do, ordered by time left
work-parts = Parts of the work
work-all = All
work-late = Late
work-today = Today
work-week = This week
work-later = Later
work-others = Waiting for others
work-paused = Paused
work-count = { $n } to do
work-count-others = { $n } to do, waiting for papers or a payment of the applicant, the clock stands
work-count-paused = { $n } to do, suspended by law, the clock stands
work-caption = Dossiers that I hold
work-find = Search in the list
work-find-hint = Name or code, with or without marks
work-procedure = Procedure
work-channel = Channel
work-any-procedure = Any procedure
work-any-channel = Any channel
work-none = No dossier waits at this post.
work-none-here = No dossier fits.
work-show-all = Show everything
work-open = Open
work-since = since { $when }
work-received-at = received at { $agency }
work-when-awaiting_supplement = when papers come
work-when-awaiting_payment = when paid
work-when-suspended = when resumed
work-bulk-outcome = { $outcome }: { $n } dossiers
work-bulk-rest = { $n } dossiers cannot yet
work-bulk-assign = Give to another post
work-bulk-slips = Print control slips
work-slips-none = The chosen dossiers have no control slip yet, or this post may not print it.
work-bulk-other-matter = This is worked on in a page of its own.
work-bulk-paused = the clock stands
work-bulk-other-step = at another step
work-bulk-none = No dossier is ticked. Tick some at the start of their lines and press again.
work-bulk-done = { $n ->
   [one] { $n } dossier is done.
  *[other] { $n } dossiers are done.
 }
work-bulk-unknown = There is no such dossier. Open the list again and choose anew.
work-bulk-not-offered = The step held at this post has no such outcome, or the dossier has left this post. Open it to see where it stands.
work-assign-question = { $n ->
   [one] Give { $n } dossier to somebody else?
  *[other] Give { $n } dossiers to somebody else?
 }
work-assign-consequence = The due time of each step stays. Whoever receives them sees them at once.
work-report = { $n ->
   [one] { $n } dossier was not done
  *[other] { $n } dossiers were not done
 }
work-report-went = { $n } others are done. Those below are as they were.

results-lead = Dossiers with a result, waiting to be fetched.
results-none = No result waits to be handed over.
results-which = Result
results-since = Since
results-unpaid = { $amount } are still to be paid; take them first.
results-fetched-by = Who fetched the result of dossier { $code }
results-fetched-hint = Fetched by
