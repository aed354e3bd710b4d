# Abroad: names and places from everywhere, three languages under voice-over.
@voice BEAUMONT = af_nova en-us 1.05 1.0
@voice ASHWORTH = bm_fable en-gb 1.08 1.0
@voice RAKOTO = ff_siwis fr-fr 1.05 0.9
@voice VESPUCCI = im_nicola it 1.05 0.85
@voice IBARRA = ef_dora es 1.08 0.9
@voice NGUYEN = flite:slt en-us 1.0 0.9
@voice STEFANSSON = flite:rms en-us 1.0 0.85 phone

= Four Ports, One Ship and Nobody to Pay the Crew

DIANE BEAUMONT, HOST:
Since the {2nd|second} of February, a cargo ship has been sailing from port to port along the coast of Africa, looking for somebody who'll let it in. The Halcyon Star has a crew of {19|nineteen}, from {7|seven} countries. Its owner hasn't paid them since October. Miles Ashworth has followed the ship from Dakar to Mombasa.

MILES ASHWORTH, BYLINE: The first port to say no was Dakar. The second was Abidjan. In Lagos, a pilot came on board, drank a cup of tea and went away again. By the time the ship reached Antananarivo's harbor town, Toamasina, the cook was fishing from the stern. Lalaina Rakoto is the port's doctor.

@under RAKOTO: Ils n'avaient plus de fruits depuis trois semaines. Le capitaine ne voulait pas descendre, il avait peur de perdre son navire. Je lui ai dit que les hommes ne sont pas des marchandises.
LALAINA RAKOTO: (Speaking French).

ASHWORTH: "They had eaten no fruit for {3|three} weeks," she says. "The captain would not come ashore, because he was afraid of losing his ship. I told him that men are not cargo."

@sound waves 2.5 0.5
(SOUNDBITE OF WAVES)

ASHWORTH: The captain is Enzo Vespucci, from Genoa. He's {58|fifty eight}, and he has been at sea since he was {16|sixteen}. He let me on board on one condition, that I didn't ask him about the owner.

@under VESPUCCI: Non sono un pirata. Ho firmato un contratto e lo rispetto. Se lascio la nave, nessuno pagherà mai questi ragazzi.
ENZO VESPUCCI: (Speaking Italian).

ASHWORTH: "I am not a pirate," he told me. "I signed a contract and I am keeping it. If I leave the ship, nobody will ever pay these boys." The owner, as far as anybody can tell, is a company called Meridian Kestrel. It has an office in Limassol, a telephone in Singapore and a bank account in Panama. None of them answers. Thuy Nguyen tracks abandoned ships for a charity in Rotterdam.

THUY NGUYEN: Last year we counted {132|one hundred thirty two} ships like this one. In {2010|twenty ten}, there were {12|twelve}. The law is clear. The flag state has to feed the crew and send them home. But the flag state is the Comoros, and the Comoros haven't replied to a single letter.

ASHWORTH: There's another problem. The ship carries {4,300|four thousand three hundred} tons of fertilizer, and no port wants it. Bjorn Stefansson, who insures cargo in Reykjavik, says he understands the fear.

BJORN STEFANSSON: After Beirut, everybody is nervous. It isn't the same chemical, not at all. But try explaining that to a harbor master in the middle of the night.

ASHWORTH: In Mombasa, there was news at last. A judge named Wanjiru Kimathi ordered the cargo sold, and said the wages come first. That's {$286,000|two hundred eighty six thousand dollars}. The ship's second engineer, Consuelo Ibarra, from Valparaiso, heard it on the radio.

@under IBARRA: Lloré, claro que lloré. Mi hija nació en noviembre y todavía no la conozco. No me importa el barco, quiero ir a mi casa.
CONSUELO IBARRA: (Speaking Spanish).

ASHWORTH: "I cried, of course I cried," she says. "My daughter was born in November, and I still haven't met her. I don't care about the ship. I want to go home." She may have to wait. Meridian Kestrel has {21|twenty one} days to appeal. Miles Ashworth, Mombasa.

= Copyright 2026 the Readback authors. The people, the ship and the events in this story are invented.
