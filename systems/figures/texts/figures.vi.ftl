figures-nav = Chỉ tiêu
