figures-nav = Indicators
