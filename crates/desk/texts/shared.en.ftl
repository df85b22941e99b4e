# Shared by every system of cases: states, channels, reasons

nav-work = My work

status-submitted = Waiting to be taken on
status-in_progress = In progress
status-awaiting_supplement = Waiting for papers
status-awaiting_payment = Waiting for payment
status-suspended = Suspended by law
status-finished = Result ready
status-returned = Result handed over
status-declined = Not taken on
status-discontinued = Discontinued
status-withdrawn = Withdrawn

channel-counter = at the counter
channel-online = online
channel-postal = by post

decline-not_competent = This agency is not competent
decline-incomplete = Papers are missing
decline-defective_paper = A paper is not as the law demands
decline-not_eligible = The applicant is not eligible
decline-duplicate = The same matter is in hand already

supplement-missing_paper = A paper is missing
supplement-insufficient_content = A paper does not say enough
supplement-expired_paper = A paper is out of date
supplement-contradiction = Information contradicts itself
supplement-illegible = A copy cannot be read

suspension-consulting_agency = Opinion of another agency, by law
suspension-verification = Verification within the legal time
suspension-dispute = A dispute or complaint is pending
suspension-force_majeure = Disaster, epidemic, force majeure

discontinue-no_supplement = Papers were not completed in time
discontinue-no_payment = The fee was not paid in time
discontinue-moot_object = The object of the matter is gone
discontinue-untrue_papers = Forged or untrue papers
discontinue-order = By judgement or order of a higher agency

satisfaction-score-3 = Very satisfied
satisfaction-score-2 = Satisfied
satisfaction-score-1 = Dissatisfied
nav-steering = Steering
nav-programme = Programme
