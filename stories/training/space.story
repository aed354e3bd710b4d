# Space: a probe, distances, a control room, an old voice on a line.
@voice HOLLOWAY = am_echo en-us 1.05 1.0
@voice KAPOOR = af_river en-us 1.08 1.0
@voice LINDEN = flite:rms en-us 1.0 0.95 room
@voice MARCHETTI = bf_lily en-gb 1.05 0.9
@voice OSGOOD = flite:kal16 en-us 0.98 0.85 phone

= A Probe the Size of a Suitcase Says Hello

@sound music 2.0 0.4
@bed music 7.0 0.1
PETER HOLLOWAY, HOST:
Late last night, a radio dish in the desert picked up a sound that nobody expected to hear again. It came from a probe called Sandpiper, which was launched {17|seventeen} years ago and fell silent in {2016|twenty sixteen}. It isn't supposed to be alive. Anita Kapoor has the story.

ANITA KAPOOR, BYLINE: Sandpiper is about the size of a suitcase. It weighs {81|eighty one} pounds, and it was built to study dust. It left Earth on the {12th|twelfth} of June in {2007|two thousand seven}, flew past {2|two} asteroids and was on its way to a third when its battery failed. The engineers tried for {11|eleven} months to wake it. Then they turned off the lights and went on to other things.

(SOUNDBITE OF RADIO STATIC)
@sound rain 2.0 0.3

KAPOOR: That hiss doesn't sound like much. But hidden in it is a tone, and {3|three} times a minute the tone drops. Howard Linden was on duty at the station in Cactus Wells.

HOWARD LINDEN: I thought it was the refrigerator. We've had trouble with the refrigerator. So I unplugged it, and, um, the tone didn't stop.

KAPOOR: Linden called his supervisor, and she told him to go to bed. He didn't. He pointed the dish {2|two} degrees to the left, and the tone was gone. He pointed it back, and there it was. By {4|four} in the morning, there were {14|fourteen} people in the room, and one of them was crying.

BIANCA MARCHETTI: It's {340 million|three hundred forty million} miles away. The signal takes more than half an hour to get here. We're hearing something that happened before breakfast.

KAPOOR: Bianca Marchetti runs the mission, or what's left of it. There's no budget. Last year, the agency gave Sandpiper exactly {0|zero} dollars. Marchetti says the probe probably drifted until its panels faced the sun again, and that this wasn't luck alone.

MARCHETTI: Somebody wrote a line of code that says, if you've been asleep for a very long time, try once more. I know who wrote it. He's {88|eighty eight}, and he still won't use a smartphone.

KAPOOR: His name is Clifford Osgood, and I reached him at home in Vermont. He retired in {2009|two thousand nine}. He hadn't heard the news.

CLIFFORD OSGOOD: Well, you never know. I always put that in. It cost us {40|forty} bytes, and they wanted me to take it out.

@over 0.5
KAPOOR: What happens next isn't clear. To send Sandpiper a command, the agency would need the big antenna at Woomera, which costs {$4,600|four thousand six hundred dollars} an hour and is booked until the {9th|ninth} of October. And the probe may not last. Its heater uses {5|five} watts, and the panels make only {8|eight}.

LINDEN: I'd pay for an hour myself. I would. I just don't want my wife to know.

KAPOOR: The third asteroid is long gone. But in the spring of {2026|twenty twenty six}, if it's still talking, Sandpiper will pass within {90,000|ninety thousand} miles of a comet that has no name yet. Marchetti says she knows what she'd call it. Anita Kapoor, Cactus Wells.

= Copyright 2026 the Readback authors. The people, the probe and the events in this story are invented.
