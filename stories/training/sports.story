# Sports: scores, a stadium, a quick host and a hoarse coach.
@voice GREENE = am_michael en-us 1.12 1.0
@voice VALDEZ = flite:rms en-us 1.06 1.0
@voice STANHOPE = bm_daniel en-gb 1.05 0.95 room
@voice ADEYEMI = af_kore en-us 1.1 0.9
@voice PRUITT = flite:kal16 en-us 1.0 0.85 phone

= The Team That Forgot How to Lose

@sound applause 2.5 0.4
@bed applause 5.0 0.06
MARCUS GREENE, HOST:
In {2022|twenty twenty two}, the women's soccer team of Calder Bay lost {18|eighteen} games and won none. It didn't even score until July. On Saturday, the same team will play for the national cup. It hasn't lost in {31|thirty one} games. Rosa Valdez went to find out what happened.

ROSA VALDEZ, BYLINE: The stadium at Calder Bay holds {3,200|three thousand two hundred} people, if nobody sits on the cracked bench by the east gate. Two years ago, the average crowd was {212|two hundred twelve}. Last week, the game against Northfield was sold out in {9|nine} minutes.

(SOUNDBITE OF CHEERING)
@sound crowd 2.5 0.4

VALDEZ: The woman they're cheering for is Temitope Adeyemi. She's {20|twenty}, she is from Leeds, and she has scored {27|twenty seven} goals this season. She says she almost didn't come.

TEMITOPE ADEYEMI: I looked it up, and they had never won. Never. I thought, well, I can't make it worse.

VALDEZ: The coach, Barnaby Stanhope, used to teach geography. He doesn't shout. He doesn't let the players run until they can draw the field from memory, with every teammate on it. At first they thought he was joking.

BARNABY STANHOPE: I wasn't joking. If you don't know where Ingrid is, you, uh, you can't pass to Ingrid. It's the only idea I've ever had.

VALDEZ: It seems to be enough. Calder Bay has let in {11|eleven} goals this season, fewer than any other team in the league. Ingrid Halvorsen, the goalkeeper, has gone {540|five hundred forty} minutes without being beaten. She's {37|thirty seven}, and she works at the fish market until {11|eleven} in the morning.

@over 0.5
STANHOPE: I don't ask her to train on Mondays. On Mondays the boats come in.

VALDEZ: Not everyone is happy. The club has no money. Its budget is {$640,000|six hundred forty thousand dollars}, about a tenth of what Saturday's opponents, the Rockport Rovers, spend. The league wants {$75,000|seventy five thousand dollars} of repairs before the next season, and the bench by the east gate is on the list. Eugene Pruitt has had a ticket since {1979|nineteen seventy nine}.

EUGENE PRUITT: I sat there in the rain when we lost {6 to nothing|six to nothing}. Leave the bench alone. The bench didn't lose.

VALDEZ: Rockport has won the cup {5|five} times, most recently in {2023|twenty twenty three}. The two teams met in April, and it ended {2 to 2|two to two}. Adeyemi missed a penalty in that game. She doesn't like to talk about it, but she did show me a drawing. It's the goal, seen from the spot, with a small cross in the left corner.

ADEYEMI: That's where it should have gone. I won't miss it twice.

VALDEZ: If they win, the mayor has promised a parade down Harbor Street. If they lose, Stanhope says, they will have to learn how. Rosa Valdez, Calder Bay.

= Copyright 2026 the Readback authors. The people, the teams and the events in this story are invented.
