# Money: as many figures as a business report has.
@voice LINDQVIST = af_aoede en-us 1.05 1.0
@voice PARISH = am_puck en-us 1.08 1.0
@voice FENN = bf_lily en-gb 1.03 0.95
@voice ABERNATHY = flite:awb en-us 1.0 0.9
@voice SOTO = flite:rms en-us 1.02 0.85 phone

= Why a Small Bank Is Paying People to Leave Their Money Alone

@sound music 2.0 0.4
@bed music 7.0 0.09
KAREN LINDQVIST, HOST:
Interest rates fell again this week. It's the third cut this year, and it brings the central rate to {3.75 percent|three point seven five percent}. That's good news if you owe money. It's not good news if you've saved it. One small bank thinks it has an answer. Here's Owen Parish.

OWEN PARISH, BYLINE: Harbor and Field is not a big bank. It has {11|eleven} branches, {96|ninety six} employees and {$1.4 billion|one point four billion dollars} in deposits. Last year it earned {$13.2 million|thirteen point two million dollars}, down from {$15.8 million|fifteen point eight million dollars} the year before. In January, it tried something odd. It offered customers {$50|fifty dollars} for every {6|six} months in which they didn't touch their savings.

ROSALIND FENN: People laughed at us. My own mother laughed. She said, "Nobody changes a habit for {50|fifty} dollars." She was wrong.

PARISH: Rosalind Fenn runs the savings desk. She expected {2,000|two thousand} people to sign up. By the end of June, {7,640|seven thousand six hundred forty} had, and only {9 percent|nine percent} of them broke the rule. Their balances grew by an average of {$412|four hundred twelve dollars}.

FENN: It isn't the money. It's, um, it's the letter. Every month you get a letter that says you haven't failed yet.

PARISH: Not everybody is impressed. Colin Abernathy studies banks at the University of Dunmore. He has looked at {38|thirty eight} offers like this one since {2008|two thousand eight}, and he says that most of them don't last.

COLIN ABERNATHY: The cost comes first and the benefit comes later. In the second year, the bank gets bored. By the third year, the fee is back. I have never seen one survive a recession.

PARISH: The numbers support him, up to a point. Of those {38|thirty eight} offers, {31|thirty one} ended within {4|four} years. But the ones that survived did very well. Fenn's bank has set aside {$760,000|seven hundred sixty thousand dollars} for the next payment, which is due on the {15th|fifteenth} of January. That's about {6 cents|six cents} for every dollar of profit.

MIGUEL SOTO: I put away {$2,300|two thousand three hundred dollars}. I've never had that in my life. I didn't buy the truck.

PARISH: Miguel Soto drives a delivery van in Port Arden. He's {29|twenty nine}, he rents, and he has {2|two} daughters. He told me that the first {50|fifty} dollars went on shoes. The second {50|fifty} stayed where it was. Meanwhile, the price of the bank's stock hasn't moved much. It closed yesterday at {$41.60|forty one dollars and sixty cents}, up {15 cents|fifteen cents}.

FENN: I don't watch the stock. I watch the letters that come back. We got {400|four hundred} of them in May, and you can't fake that.

PARISH: If rates fall below {3 percent|three percent}, Fenn says the offer may have to change, but it won't end. Abernathy says he'll believe it in {2029|twenty twenty nine}. Owen Parish, Port Arden.

= Copyright 2026 the Readback authors. The people and events in this story are invented.
