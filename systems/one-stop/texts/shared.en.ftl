# Shared by every page of the one-stop desk: navigation, states, channels, reasons

nav-counter = Counter
nav-online = Online filings
nav-results = Hand over results
nav-find = Look up
nav-register = Register of dossiers
nav-procedures = Procedures
nav-figures-group = Results
nav-head = My agency
nav-figures = Timeliness
nav-irregularities = Irregularities
nav-more = More
