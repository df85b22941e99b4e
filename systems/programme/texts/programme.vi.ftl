programme-nav = Chương trình
