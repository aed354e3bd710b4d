# A strike: a crowd under the reporter, chants, a negotiator, a bell.
@voice PEMBERTON = af_alloy en-us 1.05 1.0
@voice DRISCOLL = am_liam en-us 1.08 1.0
@voice MCALLISTER = flite:rms en-us 1.05 0.95
@voice SINGH = af_kore en-us 1.08 0.9
@voice HARGROVE = bm_daniel en-gb 1.0 0.85 phone

= The Bread Strike Enters Its Second Month

ELAINE PEMBERTON, HOST:
If you've tried to buy a loaf of Golden Sheaf bread this month, you probably couldn't. The company's {5|five} bakeries have been closed since the {8th|eighth} of May, when {2,750|two thousand seven hundred fifty} workers walked out. Talks broke down again last night. Tom Driscoll is outside the largest bakery, in Kettering Falls.

@bed crowd 22.0 0.06
@sound bell 2.6 0.3
(SOUNDBITE OF BELL RINGING)

TOM DRISCOLL, BYLINE: They ring this bell every hour, once for each week of the strike. Today it rang {5|five} times. There are about {60|sixty} people at the gate, and somebody has brought a grill. It smells of onions. It doesn't smell of bread, and that's the point.

DEAN MCALLISTER: I've worked the ovens for {23|twenty three} years. My raise last year was {19 cents|nineteen cents}. I'm not greedy, but I'm not stupid either.

DRISCOLL: Dean McAllister is the president of Local {417|four seventeen}. The union wants {$2.50|two dollars and fifty cents} more an hour over {3|three} years, and an end to {12|twelve} hour shifts. The company has offered {$1.10|one dollar and ten cents}. It has also offered to limit the long shifts to {4|four} a month, but it won't put that in writing.

MCALLISTER: If it isn't written down, it didn't happen. We learned that in {1998|nineteen ninety eight}.

DRISCOLL: The company didn't make anyone available for an interview. But Neville Hargrove, who negotiated for Golden Sheaf until he left in {2021|twenty twenty one}, says the two sides aren't as far apart as they sound.

NEVILLE HARGROVE: Nobody ever strikes over a dollar forty. They strike because someone was rude. I would fire the consultant, buy everybody lunch and start again on Monday.

DRISCOLL: Meanwhile, it's the smaller shops that are hurting. Harpreet Singh owns {3|three} grocery stores on Sycamore Avenue. She doesn't take sides.

HARPREET SINGH: I used to sell, uh, {900|nine hundred} loaves a week. Now I sell tortillas. My customers aren't happy, but they don't want me to sell the other brand either. One lady brought me her own bread, to show me how it's done.

@over 0.5
DRISCOLL: Was it any good?

SINGH: It was better than mine. Don't tell Golden Sheaf.

DRISCOLL: The state labor board has asked both sides to meet again on Thursday at the Wexford Hotel. If there's no deal by the {20th|twentieth} of June, the company says it will move {300|three hundred} jobs from Kettering Falls to its plant in Ohio. McAllister says he has heard that before. The workers get {$175|one hundred seventy five dollars} a week from the strike fund, and there is enough in it for {7|seven} more weeks.

MCALLISTER: My wife asked me how long we can go on. I told her I never count past Friday.

DRISCOLL: At {6|six} o'clock, the bell rang again, and the people at the gate took off their caps. I couldn't tell whether they were cold or tired or proud. Nobody went home. Tom Driscoll, Kettering Falls.

@sound bell 2.6 0.3

= Copyright 2026 the Readback authors. The people, the company and the events in this story are invented.
