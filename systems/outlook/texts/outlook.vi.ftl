outlook-nav = Dự báo
