# A school: a bare classroom, children, a board meeting, hesitations.
@voice FAIRBANKS = bf_emma en-gb 1.05 1.0
@voice TRAN = am_onyx en-us 1.08 1.0
@voice BOUCHARD = af_jessica en-us 1.08 0.95 room
@voice ELWOOD = flite:slt en-us 1.02 0.9
@voice KOWALSKI = flite:awb en-us 1.0 0.85 room

= A School Without Bells Tries Four Days a Week

JOAN FAIRBANKS, HOST:
When school started this month in Prairie Junction, there was something missing. It was Friday. The district has {3|three} schools, {612|six hundred twelve} students and not enough teachers, so it's closing the doors one day a week. It isn't alone. More than {900|nine hundred} districts have done the same. David Tran reports.

@sound bell 2.0 0.25
@bed crowd 18.0 0.05
(SOUNDBITE OF CHILDREN PLAYING)

DAVID TRAN, BYLINE: On a Thursday afternoon at Lincoln Elementary, the fourth grade is doing fractions, and it's nearly {4|four} o'clock. The day is {50|fifty} minutes longer than it used to be. Some of the children have their heads on their desks. Michelle Bouchard has taught here for {16|sixteen} years.

MICHELLE BOUCHARD: Okay, who can tell me why three eighths isn't more than a half? Nobody? Don't look at the clock. The clock doesn't know either.

TRAN: Bouchard voted against the change. She still doesn't like it. But last year she had {34|thirty four} children in this room, because the district couldn't fill {8|eight} jobs. This year it had {41|forty one} applicants, and she has {23|twenty three} children.

BOUCHARD: I can't pretend that isn't better. I know their names. I know, um, who didn't eat breakfast.

TRAN: Breakfast is the part that worries people. About {58 percent|fifty eight percent} of the students here get free meals, and on Fridays there aren't any. A church on Willow Road has stepped in. It packs {190|one hundred ninety} bags of food every week. Gloria Elwood, who organizes it, says that isn't enough.

GLORIA ELWOOD: We run out. I'm not going to tell you we don't. Last Friday, a boy came {10|ten} minutes late, and I gave him my lunch.

@over 0.5
TRAN: The research is mixed. A study of {6|six} states found that scores in math fell a little, though not in small towns. It found no savings to speak of, less than {2 percent|two percent} of the budget. And teenagers slept about {40|forty} minutes more. Stan Kowalski is the superintendent.

STAN KOWALSKI: I have {$7.9 million|seven point nine million dollars} and a roof that leaks. I didn't do this to save money. I did it because I couldn't hire anyone to teach chemistry. Now I have somebody. She drives here from Bellweather, and that's {71|seventy one} miles.

TRAN: The school board voted {4 to 3|four to three} to try it for {2|two} years. One of those who voted no, Russell Tate, has already asked for another vote in December. He says that parents who work on Fridays weren't heard. Some of them pay {$45|forty five dollars} a day for child care.

ELWOOD: My daughter has to pay it. She says, "Mom, you've got room for {190|one hundred ninety} lunches but not for {2|two} kids?" She's right. So now I have them, too.

TRAN: At {4:10|four ten}, the children at Lincoln put their chairs on their desks. There's no bell anymore, it broke in the spring. Bouchard just says the word. David Tran, Prairie Junction.

= Copyright 2026 the Readback authors. The people, the school and the events in this story are invented.
