scoring-nav = Chấm điểm
