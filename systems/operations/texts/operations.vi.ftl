operations-nav = Điều hành
