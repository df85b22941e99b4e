# The catalogue of procedures

catalogue-title = Procedures
catalogue-search = Find a procedure
catalogue-search-hint = Name, field or code
catalogue-all = Show all procedures
catalogue-none = No procedure fits these words.
catalogue-count = { $n ->
   [one] { $n } procedure
  *[other] { $n } procedures
 }
catalogue-name = Procedure
catalogue-limit = Time limit by channel
catalogue-steps = Steps
catalogue-to-confirm = { $text } (not confirmed)
catalogue-no-limit = not stated, not confirmed
catalogue-working-hours = { $n } working hours
catalogue-working-days = { $n ->
   [one] { $n } working day
  *[other] { $n } working days
 }
catalogue-calendar-days = { $n ->
   [one] { $n } day
  *[other] { $n } days
 }
catalogue-months = { $n } months
catalogue-online-full = fully online
catalogue-online-partial = partly online
catalogue-online-none = not online
catalogue-version = Version { $n }, in force since { $day }
catalogue-dossiers = Dossiers of this procedure
catalogue-toml = Download as TOML
catalogue-limits = Time limits and fees
catalogue-confirmation = Confirmation
catalogue-confirmed = Confirmed
catalogue-unconfirmed = Not confirmed, promises no date
catalogue-fees = Fees
catalogue-fee = { $name }: { $amount } for each { $per }
catalogue-free = None
catalogue-components = Papers
catalogue-component = Paper
catalogue-kind = Kind
catalogue-kind-original = Original
catalogue-kind-certified_copy = Certified copy
catalogue-kind-copy = Copy
catalogue-kind-form = Form
catalogue-kind-presented = Shown
catalogue-copies = Copies
catalogue-need = Needed
catalogue-required = Always
catalogue-optional = If there is one
catalogue-workflow = Workflow
catalogue-step-no = Step
catalogue-step = Work
catalogue-who = By whom
catalogue-hours = Working hours
catalogue-outcomes = Ends with
catalogue-deciding = deciding agency
catalogue-receiving = receiving agency
catalogue-role-receiver = Receiver
catalogue-role-returner = Returner
catalogue-role-inspector = Site inspector
catalogue-role-expert = Expert
catalogue-role-clerk = Clerk
catalogue-role-head = Head or deputy
catalogue-role-deputy-head = Deputy head
catalogue-basis = Legal basis and result
catalogue-decider = Decided by: { $who }
catalogue-result = Result:
