figure-in-dong = { $n } VND
figure-in-seconds = { $n } seconds
figure-in-hours = { $n } hours
figure-in-days = { $n } days
figure-in-percent = { $n }%
figure-in-points = { $n } points
figure-none-nothing-to-divide-by = nothing to compute from yet
figure-none-not-kept-here = not counted for this unit
figure-none-not-in-force = not in force then
figure-none-nothing-counted = not counted yet
figure-none-not-begun = the period has not begun
figure-none-too-large = too large a number
figure-year = { $year }
figure-quarter = quarter { $quarter } of { $year }
figure-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
figure-reporting-month = reporting month { $month } of { $year } ({ $first } – { $last })
figure-days = { $first } – { $last }
