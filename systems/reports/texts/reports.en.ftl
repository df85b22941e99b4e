reports-nav = Reports
