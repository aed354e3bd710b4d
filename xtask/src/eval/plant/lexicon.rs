//! Word lists of the planter: what is mistaken for what, and what is made up.
//!
//! A line of a list of sets holds words that stand in for one another. The lists are our own and
//! differ on purpose from those of any other planter, so that doing well with both means more.

/// Every other word of the sets that hold `word`, which is in lower case.
pub fn others(sets: &'static str, word: &str) -> Vec<&'static str> {
    let holding = sets.lines().filter(|set| set.split(' ').any(|other| other == word));
    holding.flat_map(|set| set.split(' ')).filter(|other| *other != word).collect()
}

/// Whether a list, separated by blanks or line ends, holds the word.
pub fn holds(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|other| other == word)
}

/// Sound the same: a recording cannot tell them apart.
pub const SAME_SOUND: &str = "\
aisle isle
allowed aloud
altar alter
ant aunt
bare bear
base bass
beach beech
been bin
berth birth
billed build
blew blue
boarder border
brake break
bread bred
brews bruise
buy by bye
cell sell
cent scent sent
cereal serial
chord cord
cite sight site
close clothes
complement compliment
core corps
council counsel
creak creek
cue queue
current currant
days daze
dear deer
die dye
dual duel
fair fare
feat feet
find fined
fir fur
flew flu
flour flower
for four
fort fought
forth fourth
foul fowl
gait gate
grate great
groan grown
guessed guest
hair hare
hall haul
heal heel he'll
hear here
heard herd
higher hire
him hymn
hoarse horse
hole whole
hour our
its it's
knew new
knows nose
lead led
lessen lesson
loan lone
made maid
mail male
main mane
manner manor
meat meet
medal meddle
might mite
miner minor
missed mist
morning mourning
muscle mussel
oar or ore
one won
pail pale
pain pane
pair pear
passed past
patience patients
pause paws
peace piece
peak peek
pedal peddle
plain plane
pole poll
pore pour
presence presents
principal principle
profit prophet
rain reign
raise rays
read red
real reel
right write
ring wring
road rode
role roll
root route
rose rows
sail sale
scene seen
sea see
seam seem
sew so
soar sore
some sum
son sun
stair stare
stake steak
steal steel
straight strait
suite sweet
tail tale
tea tee
team teem
their there they're
threw through
throne thrown
tide tied
to too two
tow toe
vain vein
vary very
wade weighed
waist waste
wait weight
warn worn
way weigh
weak week
wear where
weather whether
which witch
whose who's
wood would
your you're";

/// Sound alike, but a recording tells them apart.
pub const NEAR_SOUND: &str = "\
aboard abroad
accuse excuse
adverse averse
afford effort
angel angle
any many
armed arm
attack attach
back bag
band bank
bath path
beat bit
began begun
bill built
blame plane
boat both
bought brought
bridge ridge
bring brings
brother mother
cap cup
case chase
cattle kettle
chair share
cheap sheep
church search
clear clerk
coal call
coast coach
collect connect
command comment
common coming
concern concert
conference confidence
cotton button
crew grew
crowd cloud
dam damp
dark dock
deal dealer
debate debit
defend offend
delay deny
dish fish
door doors
dozen doesn't
drain train
drive drove
dust just
each reach
east west
employee employer
enter center
except expect
export import
face phase
fail fall
fan van
farm firm
father farther
fear year
few view
fight flight
fill full
fine find
fire far
flood blood
floor flow
force course
found sound
fresh flesh
friend trend
front from
gave give
girl curl
glass class
grain green
ground round
group grew
hand hang
hard heart
head had
help hope
high hide
hope hoped
house horse
human woman
ice eyes
inland island
inside outside
invest infest
join joint
judge jump
kept kicked
labor neighbor
lake late
land lend
large charge
last lost
later letter
law low
lawyer liar
leave leaf
leaving living
less lest
letter ladder
light late
lip lift
liver river
long wrong
look luck
loud proud
love live
low load
lunch launch
major mayor
making taking
march match
market marker
master muster
measure pleasure
mention pension
mind mine
miss mess
mission vision
money many
month mouth
moon noon
more war
moved removed
name aim
near year
need knee
night nine
note vote
now how
offer often
once want
open opened
order older
other another
owner honor
pace pays
paid paint
paper pepper
park bark
part port
pay play
pen pin
person prison
phone fund
pilot pirate
place palace
plant planned
point paint
police policy
pool pull
poor pure
power tower
present prevent
press price
prize price
project protect
public republic
quiet quite
race rates
rate rain
reach rich
read ride
reject regret
remain remind
report resort
respect expect
rest wrist
rice rise
rich ridge
river rivers
road row
room roof
rule roll
safe save
sail cell
same some
say stay
school scroll
seat sit
second seconds
send spend
sheet seat
ship chip
shop chop
shore short
sign line
sink think
sister system
slow flow
small smell
sold told
song son
source sauce
south mouth
speak speech
spend spent
spring string
staff stuff
stand stamp
star start
state steak
statue statute
stock shock
stone stoned
stop stopped
store story
storm stormed
street treat
strike strive
strong wrong
such much
taken token
talk took
teach each
teacher feature
tell sell
test text
than that
thing think
though thought
ticket cricket
time times
tired tied
today Tuesday
ton town
total local
trade traded
trail trial
tree three
truck trunk
trust thrust
turn term
under over
union onion
unit united
valley value
very every
wage wages
walk woke
wall war
want went
warm warn
wash watch
water waiter
week weekend
west vest
wheel will
while wild
white wide
wife life
win wind
window widow
wing wind
winner winter
wish which
with without
wonder under
work works
worse worth
young lung";

/// Small words that a typist in a hurry takes for one another.
pub const SMALL_WORDS: &str = "\
a an the
an and
are were
at in on
can could
for to
from of
had has
he she
her his
is was
of off
our their
than that
these this
those these
will would";

/// Forms of one word.
pub const FORMS: &str = "\
am was
are were
ask asked asks
begin began begins
bring brought
call called calls
carry carried
child children
come came comes
do did does
feel felt
find found
get got gets
give gave gives
go went goes
has had have
hear heard
hold held holds
is was
keep kept keeps
know knew knows
leave left leaves
lose lost
make made makes
man men
mean meant
need needed needs
open opened opens
own owns owned
pay paid pays
ran run runs
rise rose
said says say
see saw sees
sell sold sells
sit sat sits
speak spoke
stand stood stands
start started starts
stay stayed stays
take took takes
talk talked talks
tell told tells
think thought thinks
this these
that those
try tried tries
turn turned turns
wait waited
walk walked walks
want wanted wants
win won
woman women
work worked works
write wrote";

/// Differ only in spelling.
pub const SPELLINGS: &str = "\
acknowledgment acknowledgement
adviser advisor
aging ageing
behavior behaviour
caliber calibre
canceled cancelled
center centre
centers centres
civilization civilisation
color colour
colored coloured
colors colours
councilor councillor
cozy cosy
criticize criticise
defense defence
emphasize emphasise
enrollment enrolment
favor favour
favorite favourite
favorites favourites
fiber fibre
flavor flavour
fulfill fulfil
gray grey
harbor harbour
harbors harbours
honor honour
humor humour
judgment judgement
labor labour
leveled levelled
license licence
meter metre
meters metres
modeling modelling
mold mould
mustache moustache
neighbor neighbour
neighborhood neighbourhood
neighbors neighbours
offense offence
okay OK
organize organise
organized organised
organizes organises
parlor parlour
plow plough
practice practise
program programme
realize realise
realized realised
recognize recognise
recognized recognised
rumor rumour
skeptical sceptical
skillful skilful
sulfur sulphur
theater theatre
tire tyre
tires tyres
toward towards
traveled travelled
traveler traveller
traveling travelling
tumor tumour
vapor vapour";

/// Sounds of hesitation, which a clean transcript leaves out.
pub const HESITATIONS: &str = "um uh er erm mm hm";

/// Number words that are taken for one another.
pub const NUMBER_WORDS: &str = "\
two three four five six seven eight nine ten eleven twelve
thirteen fourteen fifteen sixteen seventeen eighteen nineteen
twenty thirty forty fifty sixty seventy eighty ninety
thirteen thirty
fourteen forty
fifteen fifty
sixteen sixty
seventeen seventy
eighteen eighty
nineteen ninety
thousand million billion
hundred thousand
second third fourth fifth sixth seventh eighth ninth tenth
half quarter third";

/// What a negated word turns into when the negation is lost; `n't` is cut off by rule.
pub const NEGATIONS: &[(&str, &str)] = &[
    ("can't", "can"),
    ("won't", "will"),
    ("shan't", "shall"),
    ("cannot", "can"),
    ("nobody", "everybody"),
    ("nothing", "everything"),
    ("none", "all"),
    ("nowhere", "everywhere"),
    ("without", "with"),
];

/// Verbs that a negation can be hung on, with the form they take.
pub const AFFIRMED: &[(&str, &str)] = &[
    ("is", "isn't"),
    ("was", "wasn't"),
    ("are", "aren't"),
    ("were", "weren't"),
    ("does", "doesn't"),
    ("did", "didn't"),
    ("can", "can't"),
    ("could", "couldn't"),
    ("will", "won't"),
    ("would", "wouldn't"),
    ("should", "shouldn't"),
];

/// Capitalised without being anybody's name.
pub const NOT_NAMES: &str = "\
January February March April June July August September October November December
Monday Tuesday Wednesday Thursday Friday Saturday Sunday
Mister Missus Miss Doctor Judge Captain President Senator Mayor Governor Professor Minister
American British English French German Italian Portuguese Russian Spanish Chinese Japanese
Democrat Democrats Republican Republicans Christmas Easter Internet This That There They When What
Where Which While With Here Then These Those After Before North South East West Eastern Western";

/// People who are in none of the stories.
pub const SURNAMES: &str = "\
Abbott Barrington Caldwell Dempsey Eriksen Farouk Gutierrez Hollis Ishikawa Jankowski Kessler Lombardi
Mahoney Novak Odell Pacheco Quigley Rosenthal Sandoval Thackeray Underwood Varga Wexler Yamada Zielinski
Banerjee Chaudhry Diallo Eze Fontaine Grimaldi Haddad Ivanova Jovanovic Kariuki Laurent Mendoza Nakamura";

/// Given names of people who are in none of the stories.
pub const GIVEN_NAMES: &str = "\
Agnes Albert Amina Arthur Beatrice Bernard Camille Cecil Daphne Desmond Edith Emilio Fatima Felix Gordon
Gwen Hector Hilda Irene Ivan Jerome Julia Keiko Leonard Lorenzo Mabel Malcolm Nadia Norman Olga Oscar
Patrick Pauline Quentin Ramona Ravi Sabine Sergei Theresa Ulrich Vera Vincent Wanda Wilfred Yolanda Yusuf";

/// Places of the wide world.
pub const PLACES: &str = "\
Aberdeen Accra Adelaide Albany Algiers Anchorage Ankara Antwerp Auckland Austin Baku Bangkok Barcelona
Basra Belfast Belgrade Birmingham Bordeaux Bremen Brisbane Bristol Brussels Bucharest Budapest Buffalo
Calgary Caracas Cardiff Casablanca Charlotte Cologne Colombo Copenhagen Dakar Damascus Dayton Doha Dresden
Dublin Durban Edinburgh Fargo Frankfurt Fresno Geneva Genoa Glasgow Grenoble Guadalajara Halifax Hamburg
Hanoi Harare Helsinki Honolulu Indianapolis Istanbul Jacksonville Kampala Karachi Kathmandu Kingston
Krakow Lahore Leipzig Liverpool Ljubljana Luanda Lyon Maputo Marseille Melbourne Memphis Milan Minsk
Mogadishu Monterrey Montreal Munich Naples Nashville Nicosia Odessa Omaha Osaka Oslo Palermo Panama
Perth Pittsburgh Quito Reykjavik Riga Rotterdam Sacramento Salzburg Santiago Sarajevo Savannah Singapore
Sofia Spokane Stockholm Stuttgart Tallinn Tampa Tbilisi Toledo Toronto Tripoli Tucson Tulsa Tunis Turin
Utrecht Valencia Valparaiso Vancouver Venice Vilnius Wellington Wichita Windhoek Winnipeg Zagreb Zurich
Albania Algeria Angola Argentina Armenia Australia Austria Bolivia Bulgaria Cambodia Chile Colombia
Croatia Denmark Ecuador Estonia Ethiopia Finland Georgia Ghana Greece Hungary Iceland Indonesia Ireland
Jamaica Jordan Kuwait Latvia Lebanon Libya Malaysia Mongolia Morocco Namibia Nepal Norway Pakistan Peru
Portugal Romania Rwanda Scotland Senegal Serbia Slovakia Somalia Sudan Sweden Switzerland Tanzania
Thailand Tunisia Uganda Uruguay Venezuela Vietnam Wales Zambia Zimbabwe Alaska Colorado Idaho Indiana
Iowa Kansas Kentucky Louisiana Maine Maryland Minnesota Missouri Montana Nebraska Tennessee Vermont Virginia";

/// Words from nowhere.
pub const RANDOM_WORDS: &str = "\
anchor apricot barrel blanket canyon ceiling chimney copper corridor cricket curtain diamond drawer engine
feather fiddle furnace glacier hammer hollow journal kettle ladder lantern magnet marble mirror mustard
needle oyster parcel pebble pickle planet plaster pocket pumpkin puzzle quarry ribbon rubber saddle sailor
shelter signal silence sparrow sponge statue summer sweater temple thimble thunder timber tobacco turnip
umbrella velvet vessel village violet walnut whistle willow wooden yogurt";

/// Small words that slip in unnoticed.
pub const SLIPPED_IN: &str = "\
actually again already also always certainly clearly even finally indeed instead maybe merely nearly now
once only perhaps probably quickly quite rather really simply slowly sometimes soon still suddenly then
together twice usually very";

/// Sentences that nobody said, as a typist's eye brings them in from elsewhere.
pub const SENTENCES: &str = "\
A final report is due in the autumn.
A lawyer for the family would not comment.
About half of the seats were empty.
Analysts had expected a smaller increase.
Both of them pleaded not guilty.
By then, the shops had closed.
Church bells rang across the town.
Crews worked through the night to clear the road.
Doctors say she is in stable condition.
Dozens of flights have been canceled.
Few people here remember it that way.
He asked us not to use his last name.
He keeps a photograph of it on the wall.
He paused and looked out of the window.
Her office sent a short statement later in the day.
In the end, the plan was dropped.
It has happened only twice since the war.
It is the largest project of its kind in the region.
Last year was the driest on record.
More than a hundred people signed the letter.
Neither side would say how long the talks might take.
No charges have been filed.
On some days, the line goes around the block.
One of her cousins still lives next door.
Reporters were kept behind a fence.
Schools will reopen after the holiday.
She laughed when I asked about it.
She had never been there before.
Some of the money came from the sale of land.
That bill never reached the floor.
The agency did not return our calls.
The court will hear a second case next month.
The deadline passed at midnight.
The election is still a long way off.
The engine was built in another country.
The governor has not made up his mind.
The older houses stand on higher ground.
The price of diesel has doubled since then.
The trial is expected to last several weeks.
The village has one doctor and no pharmacy.
There was a smell of smoke in the hallway.
They grow cotton and a little wheat.
They met for the first time that evening.
Two of the windows had been broken.
We reached him at his home on the coast.
What happened next is a matter of dispute.";

/// What broken software leaves behind.
pub const DEBRIS: &[&str] = &[
    "01101001",
    "0110111101101011",
    "\u{fffd}",
    "\u{fffd}\u{fffd}\u{fffd}",
    "â€œ",
    "Ã©",
    "&amp;nbsp;",
    "&quot;",
    "<p>",
    "</span>",
    "\\u00e9",
    "%E2%80%99",
    "[object Object]",
    "{{SEG}}",
    "\u{7}",
    "\u{feff}",
    "^M",
];
