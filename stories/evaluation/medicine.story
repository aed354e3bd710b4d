# Medicine: hard words, doses, a patient on the telephone, hesitations.
@voice WHITLOCK = am_adam en-us 1.08 1.0
@voice RAMIREZ = bf_isabella en-gb 1.08 1.0
@voice OYELARAN = am_eric en-us 1.05 0.95
@voice PETROV = flite:awb en-us 0.98 0.9 room
@voice GALLAGHER = flite:slt en-us 0.98 0.85 phone

= A Cheap Old Drug Gets a Second Look

@sound music 2.0 0.4
@bed music 8.0 0.10
JAMES WHITLOCK, HOST:
Every year, about {90,000|ninety thousand} people in this country are told that their kidneys are failing. Most of them will never get a transplant. But a study out today suggests that a pill from the {1960s|nineteen sixties}, which costs {11 cents|eleven cents}, may slow the disease down. Lucia Ramirez has more.

LUCIA RAMIREZ, BYLINE: The drug is called veraxolone. It was invented to treat gout, and it wasn't very good at it. By {1980|nineteen eighty}, hardly anybody was prescribing it. Then a doctor in Saskatoon noticed something strange. Folasade Oyelaran was going through old records.

FOLASADE OYELARAN: I, um, I wasn't looking for a drug at all. I was looking for mistakes. And there were these {26|twenty six} patients who should have been on dialysis and weren't.

RAMIREZ: So she and her colleagues ran a trial. They followed {1,846|one thousand eight hundred forty six} people for {4|four} years. Half of them took {40|forty} milligrams a day and half took a placebo. Neither the patients nor the doctors knew who had which. In the group that took veraxolone, {118|one hundred eighteen} people needed dialysis. In the other group, it was {203|two hundred three}.

OYELARAN: I didn't believe it. I asked them to check the labels. I thought somebody had switched the bottles.

RAMIREZ: Nobody had switched the bottles. But the drug isn't harmless. About {6 percent|six percent} of the people who took it had dizzy spells, and {9|nine} of them had falls that sent them to a hospital. It shouldn't be taken with blood thinners, and doctors don't know whether it's safe during pregnancy. Anton Petrov, a kidney specialist who wasn't part of the study, says he would wait.

ANTON PETROV: It is one trial. It is a good trial, and I hope it is right. But I have hoped before. In {2014|twenty fourteen} we had a drug that looked better than this, and it did nothing. It did less than nothing.

RAMIREZ: There's also the question of who would make it. The patent ran out {35|thirty five} years ago, and only one factory, in Hyderabad, still produces the powder. No company stands to make a profit, so no company has asked for approval. For patients like Bridget Gallagher, that's hard to hear.

BRIDGET GALLAGHER: I was in the trial. I don't know which pill I had, they won't tell me until spring. All I know is I'm not on the machine.

@over 0.5
RAMIREZ: Gallagher is {47|forty seven}, and she drives a school bus. Her kidneys work at {22 percent|twenty two percent}, which hasn't changed in {3|three} years.

GALLAGHER: You know, my sister says it's luck. My sister isn't a doctor. She sells tires.

RAMIREZ: Oyelaran's team is planning a second study, with {5,000|five thousand} patients in {8|eight} countries. It will cost {$31 million|thirty one million dollars}, and so far they've raised less than half of it. She says that people shouldn't ask their doctors for the drug, not yet. I asked her whether she would take it herself. She thought about it for a long time. Then she said she would rather not answer. Lucia Ramirez, Saskatoon.

= Copyright 2026 the Readback authors. The people, the drug and the study in this story are invented.
