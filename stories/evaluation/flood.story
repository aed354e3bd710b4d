# A flood: rain under the reporter, a bare hall, a telephone.
@voice CASTELLANO = am_fenrir en-us 1.05 1.0
@voice WREN = af_sarah en-us 1.08 1.0
@voice TEMPLETON = bm_lewis en-gb 1.0 0.95 room
@voice YAZZIE = flite:slt en-us 0.97 0.9
@voice MBEKI = flite:rms en-us 1.04 0.85 phone

= After the Flood, a Town Counts Its Doors

VICTOR CASTELLANO, HOST:
The water is going down in the Tamarack Valley, but it isn't gone. {3|Three} days after the dam at Coldwater failed, about {1,200|twelve hundred} people still can't go home. Officials say {4|four} people have died and {2|two} are missing. Harriet Wren is in the town of Lower Bascom, and she sent this report.

@sound rain 2.5 0.5
(SOUNDBITE OF RAIN)
@bed rain 16.0 0.06

HARRIET WREN, BYLINE: Every door on Foundry Street has a letter painted on it. A green S means that the house is safe. A red N means that nobody should go in. On one block, I counted {17|seventeen} houses, and there wasn't a single S.

ALMA YAZZIE: They told us the wall would hold for a hundred years. It didn't hold for {12|twelve}. I'm not angry, I'm just tired.

WREN: Alma Yazzie taught second grade here until she retired in {2019|twenty nineteen}. On Sunday night, she carried her neighbor's dog up a ladder in the dark. The river rose {19|nineteen} feet in under {6|six} hours, higher than in the flood of {1972|nineteen seventy two}, which people here still talk about. Yazzie says no siren ever sounded.

@bed crowd 40.0 0.04
TEMPLETON: May I have your attention, please? There is hot soup in the gym, and there are dry blankets by the door. Please don't drink the tap water. It isn't clean yet.

WREN: That's Graham Templeton, who used to run the hardware store. Now he runs the shelter at the high school, where {340|three hundred forty} people slept last night. He hasn't been paid, and he hasn't been home.

GRAHAM TEMPLETON: Well, I, uh, I don't have a home to go to, so this is easier. My store is in the river. Somebody saw my sign go under the bridge at Fallow Creek.

@over 0.5
WREN: The state inspector, Joseph Mbeki, says his office warned the owners of the dam twice, in March and again in August. The company, Redstone Water and Power, said in a statement that it "followed every rule that applied." Mbeki says that isn't the point.

JOSEPH MBEKI: The gate needed {$800,000|eight hundred thousand dollars} of work. They spent {$90,000|ninety thousand dollars}. You don't need to be an engineer to do that sum.

WREN: The governor flew over the valley this morning in a helicopter. She promised {$25 million|twenty five million dollars} for repairs and said the road to Bascom Heights would open by Friday. Here on Foundry Street, people were less hopeful. One man was nailing a board across his window. I asked him whether he would rebuild. He said he would decide when he could see the floor.

YAZZIE: I'll stay. Where would I go? The river has to be somewhere, and so do I.

WREN: More rain is in the forecast for Thursday, though less than an inch. Harriet Wren, Lower Bascom.

= Copyright 2026 the Readback authors. The people and events in this story are invented.
