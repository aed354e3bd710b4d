# A court story: three voices, a recording from the courtroom, figures and votes.
@voice HALE = af_bella en-us 1.05 1.0
@voice OKAFOR = bm_george en-gb 1.05 1.0
@voice BRANDT = flite:rms en-us 0.98 0.9 room
@voice QUIST = af_nicole en-us 1.15 0.95
@voice DELACROIX = flite:slt en-us 1.0 0.85 phone

= A Ferry Company Asks a Court Who Owns the Tide

@sound music 2.5 0.4
@bed music 9.0 0.10
NORA HALE, HOST:
Can a company own the right to cross a river? That was the question today before the Court of Appeals in Marlow County, where a ferry operator is fighting a bridge that isn't built yet. The ferry has carried passengers since {1894|eighteen ninety four}. The bridge would put it out of business. Samuel Okafor was in the courtroom.

SAMUEL OKAFOR, BYLINE: The Quist family doesn't dispute that a bridge would be faster. The crossing at Pendle Landing takes {22|twenty two} minutes by ferry and would take less than 2 by car. But the family holds a charter, signed by a governor who died before the telephone, and it says nobody may build within 3 miles of the landing without its consent.

INGRID QUIST: We have never missed a winter. Not one. My grandfather ran this boat through ice, and he didn't ask the state for a dollar.

OKAFOR: Ingrid Quist is {61|sixty one}. She owns the ferry with her brother, Anders, and they employ {14|fourteen} people. The state says the charter expired in {1951|nineteen fifty one}, when the company changed its name. Her lawyer, Walter Brandt, told the judges that a name is not a person.

(SOUNDBITE OF ARCHIVED RECORDING)
@bed crowd 12.0 0.05

WALTER BRANDT: If I marry and take my wife's name, your honor, I don't lose my house. This company painted a new word on the side of the same boat. It kept the same crew, the same landing and the same debts.

OKAFOR: Judge Celeste Delacroix wasn't convinced. She pointed out that the company paid no fee for the charter after {1951|nineteen fifty one}, and that it never objected when the county built a footbridge {4|four} miles upstream. A spokesman for the state declined to comment on the hearing. But the chief engineer, Paula Delacroix, who is no relation to the judge, spoke to us by telephone.

PAULA DELACROIX: Um, look, the ferry carries about {310|three hundred ten} cars a day. The bridge would carry {9,500|nine thousand five hundred}. I don't want to put anybody out of work, but I can't tell people in an ambulance to wait for the boat.

OKAFOR: The bridge has a budget of {$84 million|eighty four million dollars}. The state has already spent {$6.2 million|six point two million dollars} of that on drawings. If the Quists win, the governor could still buy the charter, and Brandt says the family would listen to an offer. Ingrid Quist isn't so sure.

QUIST: Everybody thinks it's about the money. I mean, what would I do with it? I'd buy a boat.

@over 0.5
OKAFOR: The court will rule by the {30th|thirtieth} of September. Until then, the last ferry leaves at {10:15|ten fifteen} every night, and the fare is still {$7|seven dollars}. Samuel Okafor, Pendle Landing.

@sound waves 3.0 0.6
(SOUNDBITE OF WAVES)

= Copyright 2026 the Readback authors. The people and events in this story are invented.
