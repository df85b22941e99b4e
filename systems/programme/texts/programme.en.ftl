programme-nav = Programmes
