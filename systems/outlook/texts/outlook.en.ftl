outlook-nav = Outlook
