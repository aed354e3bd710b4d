# A farm: traffic and animals far off, a vet, a voice-over in Portuguese.
@voice WINSLOW = af_heart en-us 1.06 1.0
@voice BARLOW = flite:awb en-us 1.03 1.0
@voice TUCKER = am_onyx en-us 1.05 0.95
@voice MOREIRA = pm_alex pt-br 1.08 0.85
@voice ENDICOTT = flite:slt en-us 1.0 0.9 phone

= The Orchard That Stopped Picking Its Apples

GRACE WINSLOW, HOST:
It's harvest time in Cutler Valley, and on one farm the apples are falling on the ground. That isn't an accident. Wesley Tucker grows {140|one hundred forty} acres of apples, and this year he isn't picking most of them. He says it costs more to pick an apple than to sell it. Ian Barlow visited the orchard.

@sound traffic 2.5 0.4
(SOUNDBITE OF TRACTOR)
@bed traffic 25.0 0.05

IAN BARLOW, BYLINE: You can smell it before you see it. The grass between the trees is red and yellow and, in places, brown. Wesley Tucker kicks an apple down the row. His grandfather planted the first trees here in {1931|nineteen thirty one}.

WESLEY TUCKER: That's a perfectly good apple. There's nothing wrong with it. It'd cost me {24 cents|twenty four cents} a pound to get it off the tree, and the plant in Dover pays me {16|sixteen}.

BARLOW: Three things happened at once. The price of juice fell by {40 percent|forty percent}. Wages rose to {$19.25|nineteen dollars and twenty five cents} an hour. And a late frost on the {6th|sixth} of May left marks on the skin, so that the big stores don't want the fruit. Tucker used to hire {65|sixty five} pickers every fall. This year he hired {12|twelve}. One of them is Joaquim Moreira, who comes from the north of Portugal.

@under MOREIRA: Venho para cá há nove anos e nunca vi isto. As árvores estão cheias e nós estamos parados. Custa muito deitar fora o que a terra dá.
JOAQUIM MOREIRA: (Speaking Portuguese).

BARLOW: "I have been coming here for {9|nine} years, and I have never seen this," he says. "The trees are full and we are standing still. It is hard to throw away what the earth gives."

TUCKER: Joaquim's the best I've got. I couldn't look at him when I told him. I just, um, I looked at my boots.

BARLOW: The state has a program that pays growers to give fruit away. It offers {8 cents|eight cents} a pound, but only for apples that have been washed, and Tucker doesn't have a washing line. Priscilla Endicott runs the food bank in Brookhaven, {30|thirty} miles down the road.

PRISCILLA ENDICOTT: We would take {50,000|fifty thousand} pounds tomorrow. I don't care about the marks. Children don't care about the marks. But I haven't got a truck.

@over 0.5
BARLOW: So a few weeks ago, Endicott put a notice in the paper. On the first Saturday, {83|eighty three} people came with buckets. On the second, it was more than {400|four hundred}. They have carried away {22,000|twenty two thousand} pounds so far. Tucker doesn't charge them anything, though somebody left {$60|sixty dollars} and a pie on his porch.

TUCKER: It wasn't even apple. It was rhubarb.

BARLOW: Next year, Tucker plans to pull out half of his trees and plant hazelnuts, which a machine can pick. It will take {5|five} years before they pay. He won't cut down the first rows, the ones from {1931|nineteen thirty one}. Those, he says, aren't for sale and never were. Ian Barlow, Cutler Valley.

= Copyright 2026 the Readback authors. The people, the farm and the events in this story are invented.
