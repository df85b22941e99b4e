reports-nav = Báo cáo
