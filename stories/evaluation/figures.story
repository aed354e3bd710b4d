# Figures: dates, times, scores, sums and numbers of every kind, written as a newspaper writes them.
@voice CALDWELL = af_heart en-us 1.05 1.0
@voice TULLY = bm_fable en-gb 1.05 1.0
@voice ROOKE = bf_emma en-gb 1.0 0.95
@voice DREYER = am_fenrir en-us 1.05 0.85 phone

= A Town Counts What a Museum Would Cost

@sound music 2.0 0.4
@bed music 7.0 0.09
MARA CALDWELL, HOST:
Good evening. It is {7:45|seven forty-five} on Friday, {March 21st|March twenty-first}. The council of Aldmoor sat until {12:04|four minutes past twelve} this morning, and by {11:05 a.m.|eleven oh five, A M,} it was back. It is still short of {$1.1 million|one point one million dollars}. Jonas Tully reports.

JONAS TULLY, BYLINE: The old mill made cartridges, {9mm|nine millimetre} ones at first, and later the {.45|forty-five}. In the {1940s|nineteen forties}, {2/3|two thirds} of the town worked there: {3,850|three thousand eight hundred and fifty} people in {24|twenty-four} halls. On {21 June 1944|the twenty-first of June, nineteen forty-four}, in the last full year of {World War II|World War Two}, a fire killed {61|sixty-one} of them. Now the council wants a museum. It has {£2.5m|two point five million pounds}. The roof alone would take {£3.75m|three point seven five million pounds}, which is {50 per cent|fifty per cent} more.

DELIA ROOKE: I was {8|eight}. My mother worked in Hall {14|fourteen}, on the {3rd|third} floor, from {6|six} until {2:30|half past two}. For that she got {£4.15|four pounds fifteen} a week, and {1 1/2|one and a half} pints of milk.

TULLY: Delia Rooke turned {89|eighty-nine} on {Feb. 3|February the third}. She has kept her mother's pass, number {40-7719|four oh, seven seven one nine}. And she has read {Chapter IV|Chapter Four} of the council's report {10 to 12|ten to twelve} times, because it gets the day wrong. It says {July 4th|July fourth}.

ROOKE: It was the {21st|twenty-first}. The {4th|fourth} of July was a Tuesday, and it rained.

TULLY: The vote was {7-5|seven to five}. Nothing is settled until {2 April|the second of April}. Until then, people may call {020 7946 0153|oh two oh, seven nine four six, oh one five three}, and ask for file {KT-905|K T nine oh five}. One man has called already, from Ohio.

WALT DREYER: I'm offering {$2.5 million|two and a half million dollars}. Not {2.4|two point four}, not {2.6|two point six}. The first {$412,000|four hundred twelve thousand dollars} went out at {10:30|ten thirty}, to the account that ends in {0092|double oh nine two}. I'm on Flight {1175|eleven seventy-five} tomorrow. I'll be in Room {204|two oh four} of the Swan by {a quarter to 9|a quarter to nine}.

TULLY: Walt Dreyer's great-aunt died in the fire. He made his money in the {'90s|nineties}, and he collects. He owns a pen of {Pope John XXIII|Pope John the Twenty-third}, and a ball from {Super Bowl LVIII|Super Bowl fifty-eight}. He would keep the halls at {20 °C|twenty degrees Celsius}, give or take {1/2|half} a degree, and open them from {9 to 5|nine to five}, {362|three hundred and sixty-two} days a year.

ROOKE: He can keep his ball. I want {61|sixty-one} names on that wall, and the right date. It has been wrong since {1952|nineteen fifty-two}.

TULLY: The builders want {18 to 20|eighteen to twenty} months, so the doors would open in {2028|twenty twenty-eight}, {84|eighty-four} years late. Jonas Tully, Aldmoor.

CALDWELL: In other news, Aldmoor Town beat Harwick {3-2|three to two} in the {94th|ninety-fourth} minute. It's their {11th|eleventh} win of the season. Shares of Northmill fell {0.8 percent|zero point eight percent} to {$18.50|eighteen dollars and fifty cents}. And the earthquake off Tarn Bay measured {6.4|six point four}, the worst there since {1908|nineteen oh eight}. About {1,200|twelve hundred} people spent the night outdoors. Our next report is at {9:01|nine oh one}.

= Copyright 2026 the Readback authors. The people and events in this story are invented.
