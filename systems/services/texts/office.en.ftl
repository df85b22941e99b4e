# For officers: mandates at the counter, figures of once only.

entrust-nav = Filing for another
entrust-title = Record a mandate to file
entrust-lead = For people without a telephone: the officer is shown the identity card of whoever entrusts and the paper that both signed, and records it. The helper signs in with their own account to accept; the application stays in the name of the other.
entrust-new = Record a written mandate
entrust-given = Recorded here and in force
entrust-none = No mandate recorded here is in force.
entrust-name = Full name of whoever entrusts, as on the card
entrust-name-missing = Enter the full name as on the card.
entrust-number = Identity number of whoever entrusts
entrust-helper = Identity number of the helper
entrust-helper-hint = Only who signs in with this number can accept.
entrust-until = Good until the end of
entrust-until-hint = As on the paper, one year at most.
entrust-term = This day must be after today and within a year.
entrust-scope = For which procedures?
entrust-scope-all = Every procedure
entrust-scope-some = Only the procedures ticked below
entrust-scope-missing = Choose as the paper says: every procedure, or only some.
entrust-choose = Choose procedures
entrust-choose-missing = Open Choose procedures and tick at least one.
entrust-paper = The paper that both signed
entrust-paper-missing = Scan or photograph the paper and choose the file.
entrust-seen = I have seen the identity card; it is of the person at the counter, and the paper is signed by both
entrust-seen-missing = Look at the card and the paper, then tick this box.
entrust-record = Record
entrust-done = The mandate of { $name } is recorded and they are told. The helper signs in to accept.
entrust-other-name = This number is known under another name. Check number and name on the card.
entrust-oneself = The two numbers are the same. Whoever entrusts and the helper are two people.
entrust-many = This person has { $n } mandates, which is the most. End one before recording another.
entrust-destroyed = The data of this number was destroyed as that person wished, so nothing can be recorded.
entrust-taken = { $name } accepted
entrust-see = See the paper
entrust-end = End
entrust-ended = The mandate is ended.

saved-nav = Once only
saved-title = Once only
saved-lead = Questions and papers that online applicants did not have to answer or send again, because the province had them. Every figure opens to its dossiers.
saved-none = No online application in this period, so there is nothing to count.
saved-agency = Agency
saved-span = Period
saved-month = { $month }/{ $year }
saved-year = { $year }
saved-fields = Answers not asked again
saved-papers = Papers not asked again
saved-of = { $known } of { $of }
saved-at = as of { $at }
saved-filings = { $n ->
    [one] one online dossier
   *[other] { $n } online dossiers
}
saved-by-procedure = By procedure
saved-by-month = By month
saved-procedure = Procedure
saved-col-filings = Dossiers
saved-dossiers = Online dossiers
saved-dossier = Dossier
saved-filed-at = Filed
