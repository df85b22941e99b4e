scoring-nav = Scorecards
