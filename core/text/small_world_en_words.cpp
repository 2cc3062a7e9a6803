// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/small_world.h"

namespace lexarium::small_world {

Theme englishVerbs() {
  return {.name = "verbs",
          .titles = {"What We Do", "Days Like These", "Holidays", "An Ordinary Week", "Games and Pastimes"},
          .openings = {"There is always something to do, whatever the weather.",
                       "Nobody here is ever bored for long.", "This is how we pass the time, then and now."},
          .rows = R"(
# walk; walked; walking | how: along the muddy riverbank; over the narrow footbridge; through the shady park; down the lane in boots
# swim; swam; swimming | how: across the blue bay; in the pool with goggles; under the waterfall; among the corals in the lagoon
# sing; sang; singing | how: a carol in the choir; an old ballad by heart; a merry tune; the chorus in harmony
# dance; danced; dancing | how: in the ballroom; a lively polka; to the fiddle and accordion; at the carnival ball
# paint; painted; painting | how: the fence with a wide brush; landscapes in watercolours; the ceiling; a rainbow on canvas
# climb; climbed; climbing | how: to the snowy summit; up the rope; over the steep rocks; along the ridge with an ice axe
# sail; sailed; sailing | how: to the lonely island; with the tide and the breeze; around the stormy cape; past the red buoy
# write; wrote; writing | how: the chapter of a novel; with pencil and eraser; a short essay; the next page of a novel
# ride; rode; riding | how: a bicycle; on a stubborn donkey; downhill with a helmet; on the carousel and the donkey
# dig; dug; digging | how: for buried treasure; a hole with a shovel; in the hard clay soil; a trench for the pipes
# skate; skated; skating | how: on the frozen canal; around the slippery rink; pirouettes on the ice; on the rink with mittens
# sleep; slept; sleeping | how: soundly in the tent; under a warm quilt; in the hammock; on a straw mattress)",
          .lists =
              "someone: my uncle; my aunt; the king; the queen; the boy; the girl; my brother; my sister; "
              "the waiter; "
              "the waitress; the captain; my cousin; somebody; the colonel",
          .patterns = {},
          .roles = {{.lists = "often: always; usually; often; never | can: can; must; will; may",
                     .patterns =
                         {
                             "Every {day} {people} {w} {how}.",
                             "We {often} {w} {how} before breakfast.",
                             "Tomorrow {people} will {w} {how}.",
                             "Would you like to {w} {how} with us?",
                             "{people} {can} {w} {how} when they please.",
                             "I want to {w} {how} next {season}.",
                             "Let us {w} {how}, shall we?",
                             "{people} {often} {w} {how} in {season}.",
                             "It is easy to {w} {how} if you try.",
                             "Please do not {w} {how} today!",
                             "{people} hope to {w} {how} next year.",
                             "You {can} {w} {how} whenever you wish.",
                             "Grown-ups {often} {w} {how}, too.",
                             "They decided to {w} {how} the following {day}.",
                         }},
                    {.lists = "ago: yesterday; last night; long ago; last year; an hour ago",
                     .patterns =
                         {
                             "Last {day} {people} {w} {how}.",
                             "{ago} we {w} {how} until midnight.",
                             "{ago} {someone} {w} {how}.",
                             "{people} {w} {how} {number} days ago.",
                             "Then {people} {w} {how}, and that was that.",
                             "I {w} {how} last {season}.",
                             "Once upon a time {someone} {w} {how}.",
                             "{people} {w} {how} back then, in those days.",
                             "{ago} {someone} {w} {how} and nobody noticed.",
                             "After the war {people} {w} {how}.",
                             "{people} {w} {how} when they were young.",
                             "That {day} we {w} {how} for {number} hours.",
                             "First they {w} {how}, then they went home.",
                             "{ago} I {w} {how} and forgot the time.",
                         }},
                    {.lists = "enjoy: enjoyed; kept; avoided; loved | are: are; were",
                     .patterns = {
                         "{people} {are} {w} {how} at the same moment.",
                         "We {enjoy} {w} {how}, rain or shine.",
                         "While {w} {how}, {people} lost track of time.",
                         "I caught {someone} {w} {how} again.",
                         "{people} {are} busy {w} {how}.",
                         "{someone} spent the {season} {w} {how}.",
                         "{people} {enjoy} {w} {how} when it rained.",
                         "Nobody gets tired of {w} {how}.",
                         "Look, {people} {are} {w} {how} right now!",
                         "Instead of {w} {how}, {people} took a break.",
                         "There is nothing better than {w} {how} on a {day}.",
                         "We watched {people} {w} {how} for {number} minutes.",
                         "By {w} {how}, {people} stay fit.",
                         "Someone has been {w} {how} since {day}.",
                     }}}};
}

Theme englishAdjectives() {
  return {.name = "adjectives",
          .titles = {"Comparing Things", "A Book of Records", "Great and Small", "More or Less"},
          .openings = {"Things are easier to understand if you compare them.",
                       "The jury came with scales, stopwatches and measuring tapes.",
                       "There is always somebody who knows a more extreme example."},
          .rows = R"(
# big; bigger; biggest | noun: pumpkin; haystack; balloon; warehouse
# small; smaller; smallest | noun: button; beetle; snowflake; dwarf
# fast; faster; fastest | noun: racing car; arrow; express train; greyhound
# slow; slower; slowest | noun: snail; tortoise; oxcart; sloth
# tall; taller; tallest | noun: chimney; steeple; poplar; giant
# deep; deeper; deepest | noun: well; canyon; crater; ocean
# cold; colder; coldest | noun: blizzard; glacier; refrigerator; iceberg
# hot; hotter; hottest | noun: sauna; furnace; kettle; griddle
# loud; louder; loudest | noun: thunderclap; trumpet; siren; explosion
# bright; brighter; brightest | noun: comet; lighthouse; torch; flash of lightning
# rich; richer; richest | noun: banker; shipowner; heiress; oil tycoon
# sharp; sharper; sharpest | noun: razor; needle; thorn; dagger)",
          .lists =
              "owner: ours; yours; theirs | where: in the valley; in our town; behind the hill; near "
              "the coast",
          .patterns = {},
          .roles = {{.lists = "very: very; quite; rather; too; so; extremely | truly: truly; very; rather",
                     .patterns =
                         {
                             "The {noun} {where} is {very} {w}.",
                             "A {w} {noun} is nothing unusual {where}.",
                             "It was {very} {w} for a {noun}.",
                             "Is the {noun} really so {w}?",
                             "They saw a {truly} {w} {noun} {where}.",
                             "This {noun} looks {w} enough to me.",
                             "The {noun} was as {w} as a {noun}.",
                             "How {w} the {noun} was, and how {w} it stayed!",
                             "A {noun} need not be {very} {w}.",
                             "I had never thought a {noun} so {w}.",
                             "My {noun} is {very} {w}, but I like it.",
                             "What a {w} {noun} they have {where}!",
                         }},
                    {.lists = "much: much; far; even; slightly; a little; no",
                     .patterns =
                         {
                             "The {noun} {where} is {much} {w} than {owner}.",
                             "A {w} {noun} than {owner} is hard to imagine.",
                             "It was {much} {w} than any other {noun}.",
                             "Is the {noun} really {w} than {owner}?",
                             "They bought a {noun} {much} {w} than {owner}.",
                             "This {noun} grows {w} from year to year.",
                             "The {noun} became {w} than before.",
                             "Which {noun} is {w}, this one or {owner}?",
                             "A {noun} should be {much} {w} than that.",
                             "I expected a {w} {noun}, more like {owner}.",
                             "My {noun} is {much} {w} than {owner}.",
                             "The {noun} of our rivals is {w} than {owner}.",
                         }},
                    {.lists = "ever: ever seen; of all; in the whole world; in history; on record",
                     .patterns = {
                         "The {noun} {where} is the {w} {ever}.",
                         "The {w} {noun} {ever} stands {where}.",
                         "It was by far the {w} {noun} {ever}.",
                         "Is that really the {w} {noun} {ever}?",
                         "They won the prize for the {w} {noun}.",
                         "This {noun} is the {w} one {ever}.",
                         "The {noun} was among the {w} {ever}.",
                         "Who owns the {w} {noun} on earth?",
                         "The champion is always the {w} {noun}.",
                         "I voted for the {w} {noun} {ever}.",
                         "Out of a thousand, my {noun} was the {w}.",
                         "The world record belongs to the {w} {noun} {where}.",
                     }}}};
}

Theme englishThings() {
  return {.name = "things",
          .titles = {"One and Many", "Lost and Found", "The Inventory", "Cupboards and Shelves"},
          .openings = {"On Saturday we finally counted everything in the house.",
                       "The lost property office keeps a list of all objects, and it is endless.",
                       "Whoever tidies up finds the strangest objects."},
          .rows = R"(
# apple; apples | kind: ripe; juicy; crisp; rosy | where: in the orchard; in the cider press; on the branch
# boat; boats | kind: leaky; wooden; moored; drifting | where: at the jetty; on the canal; beside the oars
# book; books | kind: dusty; illustrated; unread; thrilling | where: in the library; on the bookshelf; with the index
# coin; coins | kind: silver; copper; forged; ancient | where: in the purse; at the bank; in the money box
# flower; flowers | kind: fragrant; wild; withered; blooming | where: in the vase; in the flowerbed; among the petals
# star; stars | kind: twinkling; distant; shooting; faint | where: in the night sky; above the horizon; in the galaxy
# candle; candles | kind: flickering; wax; dripping; scented | where: on the chandelier; in the candlestick; beside the matches
# shoe; shoes | kind: leather; polished; laced; worn-out | where: at the cobbler's; under the footstool; beside the socks
# key; keys | kind: rusty; brass; spare; skeleton | where: in the lock; on the hook; for the padlock
# letter; letters | kind: sealed; stamped; unopened; anonymous | where: in the envelope; at the post office; in the mailbox
# chair; chairs | kind: wicker; creaky; folding; upholstered | where: at the dining table; on the porch; in the waiting room
# egg; eggs | kind: boiled; speckled; fried; cracked | where: in the nest; in the carton; in the frying pan
# clock; clocks | kind: ticking; digital; antique; chiming | where: on the mantelpiece; in the hall; at the clockmaker's
# picture; pictures | kind: framed; blurred; crooked; colourful | where: on the gallery wall; in the exhibition; in the scrapbook)",
          .lists = "",
          .patterns = {},
          .roles = {{.lists = "one: one; a single; another; each; every",
                     .patterns =
                         {
                             "There was only one {w} {where}.",
                             "{one} {kind} {w} is lying {where}.",
                             "This {kind} {w} is worth a fortune.",
                             "Somebody left a {kind} {w} {where}.",
                             "{one} {w} {where} has gone missing.",
                             "The {w} was {kind}, but it was the only one.",
                             "Is that {kind} {w} yours?",
                             "Give me {one} {kind} {w}, please.",
                             "That {w} {where} belongs to me.",
                             "The {w} looks {kind}, doesn't it?",
                             "Here comes {one} {kind} {w}.",
                             "Nothing but a {w} was found {where}.",
                             "She took the {kind} {w} and kept it {where}.",
                             "It is a {kind} {w}, the first one ever {where}.",
                         }},
                    {.lists = "some: many; several; a few; some; dozens of; both",
                     .patterns = {
                         "There were {number} {w} {where}.",
                         "{some} {kind} {w} are lying {where}.",
                         "These {kind} {w} are worth a fortune.",
                         "Somebody left {some} {kind} {w} {where}.",
                         "{some} {w} {where} have gone missing.",
                         "The {w} were {kind}, and there were plenty of them.",
                         "Are those {kind} {w} yours?",
                         "Give me {number} {kind} {w}, please.",
                         "Those {w} {where} belong to me.",
                         "The {w} look {kind}, don't they?",
                         "Here come {some} {kind} {w}.",
                         "All sorts of {w} were found {where}.",
                         "She took the {kind} {w} and kept them {where}.",
                         "They are {kind} {w}, {number} of them {where}.",
                     }}}};
}

Theme englishProfessions() {
  return {.name = "professions",
          .titles = {"Trades", "Market Day", "Work and Wages", "Masters and Apprentices", "The High Street"},
          .openings = {"Whoever goes down the High Street early can watch the town at work.",
                       "Every trade has its secrets, but most of them are plain effort.",
                       "Before there were factories, nearly everything was made by hand."},
          .rows = R"(
# baker; bread; bakery | tool: oven; rolling pin; kneading trough | stuff: dough; yeast; crumbs
# brewer; beer; brewery | tool: barrel; copper vat; tap | stuff: hops; barley; malt
# blacksmith; iron; forge | tool: anvil; hammer; pair of tongs | stuff: sparks; horseshoes; embers
# miller; flour; mill | tool: millstone; waterwheel; hopper | stuff: grain; sacks; chaff
# doctor; medicine; hospital | tool: thermometer; stethoscope; syringe | stuff: bandages; pills; plasters
# farmer; wheat; farm | tool: plough; tractor; sickle | stuff: fields; manure; stubble
# winemaker; wine; vineyard | tool: corkscrew; grape press; oak cask | stuff: grapes; vines; corks
# chef; soup; kitchen | tool: saucepan; ladle; grater | stuff: onions; pepper; parsley
# miner; coal; mine | tool: pickaxe; headlamp; shaft lift | stuff: rubble; dynamite; rails
# carpenter; furniture; workshop | tool: saw; workbench; chisel | stuff: nails; planks; sawdust
# gardener; fruit; garden | tool: rake; watering can; spade | stuff: seeds; compost; weeds
# fisherman; fish; harbour | tool: net; fishing rod; trawler | stuff: bait; hooks; floats
# cheesemaker; cheese; dairy | tool: butter churn; strainer; milk can | stuff: curds; cream; whey
# potter; crockery; pottery | tool: kiln; turntable; glazing tub | stuff: clay; glaze; shards)",
          .lists = "",
          .patterns = {},
          .roles = {{.lists = "young: skilful; hard-working; elderly; clever",
                     .patterns =
                         {
                             "The {w} needs {stuff} and a {tool} for a living.",
                             "A {young} {w} bent over the {tool} and hummed.",
                             "The {w} greeted us and put down the {tool}.",
                             "“I know my {stuff},” said the {w} proudly.",
                             "The {w} hired an apprentice to look after the {tool}.",
                             "The {young} {w} gets up at five to prepare the {stuff}.",
                             "With rolled-up sleeves the {w} stood among the {stuff}.",
                             "Our {w} is {young} and knows all about {stuff}.",
                             "The {w} taught an apprentice to handle the {tool}.",
                             "The {w} earned good wages and bought a {tool}.",
                             "The {young} {w} whistled, pushed the {stuff} aside and reached for the {tool}.",
                             "When the {w} retired, an apprentice inherited the {tool}.",
                         }},
                    {.lists = "pound: pound; crate; cartload; little bit",
                     .patterns =
                         {
                             "A {pound} of {w} was weighed beside the {tool}.",
                             "The price of {w} rises because of the {stuff}.",
                             "Without {stuff} and a {tool} there would be no {w} to sell.",
                             "Cheap {w} is seldom good, with or without {stuff}.",
                             "We ordered some more {w} and asked about the {stuff}.",
                             "The {w} was packed in crates and stored behind the {tool}.",
                             "Customers wanted {w} of the best quality, not {stuff}.",
                             "The {w} sold well this {season}, and the {tool} never rested.",
                             "They paid for the {w} and admired the {tool}.",
                             "A {pound} of {w} costs as much as a {tool}.",
                             "For {w} like this you need {stuff} and a {tool}.",
                             "The {w} was sold out before noon in spite of all the {stuff}.",
                         }},
                    {.lists = "inside: inside; outside; near; opposite",
                     .patterns = {
                         "{inside} the {w} we saw a {tool} and lots of {stuff}.",
                         "The {w} was open, and between the {stuff} stood the {tool}.",
                         "The entrance of the {w} is decorated with a {tool} and {stuff}.",
                         "At nine, when the {tool} and the {stuff} are ready, the {w} opens its doors.",
                         "The red-brick {w} was built around a {tool} and {stuff}.",
                         "Through the window of the {w} you can see {stuff} and a {tool}.",
                         "A building with a {tool} and {stuff} inside, that is the {w}.",
                         "The roof of the {w} protects the {tool} and the {stuff}.",
                         "In the yard of the {w} a {tool} lay among {stuff}.",
                         "Follow the path past the {tool} and the {stuff} to the {w}.",
                         "The {w} burned down, but the {tool} and the {stuff} were saved.",
                         "Behind the {w} there is a shed for the {tool} and the {stuff}.",
                     }}}};
}

}  // namespace lexarium::small_world
