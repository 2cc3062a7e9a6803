// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/small_world.h"

namespace lexarium::small_world {

Theme englishFamily() {
  const Patterns both = {
      "The {w} {deed}, and {he} was proud of {himself}.",
      "Every evening the {w} looked for {his} {thing} {place}.",
      "“Good morning, {sir},” said the visitors when they met the {w} {place}.",
      "The {w} carried {his} {thing} home, and {name} hummed to {himself}.",
      "{place}, the {w} told us about {his} {thing}.",
      "The {w}, whose name was {name}, kept {his} {thing} in a box.",
      "Nobody knew why the {w} had lost {his} {thing}, and {he} would not tell.",
      "We met a {w} {place}, and {he} showed us {his} {thing}.",
      "A {w} called {name} {deed}, as {he} had promised.",
      "The {w} forgot {his} {thing} and blamed {himself}.",
      "When the {w} {deed}, everyone thanked {him}.",
      "“I, {name}, will not give away my {thing},” said the {w} to {himself}.",
      "“Please sit down, {sir},” they told the {w}, and {he} put {his} {thing} on the table.",
      "The {w} laughed at {himself}, for {he} had looked for {his} {thing} all day.",
      "The {w} was {a_person}, and {he} {deed}.",
      "{name}, the {w}, {deed} all by {himself}.",
      "“May I see your {thing}, {sir}?” we asked the {w}, and {he} nodded.",
      "Once the {w} waited {place} until {name} brought {him} {his} {thing}.",
      "Being {a_person}, the {w} lent us {his} {thing}.",
      "{name} the {w} had dreamed of {his} {thing}, and {he} told {himself} so.",
  };
  return {.name = "family",
          .titles = {"At Court and at Home", "People We Know", "A Family Album", "Old Stories",
                     "Visits and Visitors"},
          .openings = {"Everybody in these stories is somebody we have met, at court or at home.",
                       "Some of them are dear to us, and some we have only heard of.",
                       "Here is what our visitors told us over a cup of cocoa.",
                       "The album was open, and under every face somebody had scribbled a line."},
          .rows = R"(
# king; queen
  | place: in the palace; in the throne room; at court; before the royal guard
  | thing: crown; velvet cloak; sceptre; royal seal
  | deed: ruled the kingdom; signed a royal law at court; opened the palace gates; rescued the crown jewels
# man; woman
  | place: at the bus stop; in the elevator; at the office; on the crowded pavement
  | thing: umbrella; newspaper; briefcase; wristwatch
  | deed: caught the early bus; repaired the elevator; delivered the newspaper; found the lost briefcase
# prince; princess
  | place: in the dragon's cave; beside the moat; in the enchanted tower; on the drawbridge
  | thing: sword; shield; magic mirror; suit of armour
  | deed: outwitted the dragon; broke the enchanted sword; crossed the moat; lowered the drawbridge
# boy; girl
  | place: in the playground; on the swing; in the treehouse; beside the sandpit
  | thing: kite; skipping rope; rubber ball; toy drum
  | deed: flew a kite; built a treehouse; won at marbles; shared the swing
# father; mother
  | place: in the nursery; beside the cradle; next to the pram; at the crib
  | thing: rattle; baby blanket; feeding bottle; baby carriage
  | deed: rocked the cradle; fed the baby; pushed the pram; tucked in the baby
# son; daughter
  | place: at the piano lesson; in the classroom; at the school exam; at college
  | thing: homework; pocket money; diploma; schoolbag
  | deed: passed the exam; finished the homework; saved the pocket money; graduated from college
# brother; sister
  | place: in the bunk bed; in the attic; in the shared bedroom; behind the wardrobe
  | thing: secret diary; pillow; jigsaw puzzle; toy castle
  | deed: cleaned up the attic; solved the jigsaw puzzle; built a pillow fort; mended the toy castle
# uncle; aunt
  | place: on the steamship; at the airport; in a distant jungle; in the hotel lobby
  | thing: postcard; parrot; suitcase; souvenir
  | deed: sent us a postcard; packed the suitcase; taught the parrot to talk; crossed the jungle
# grandfather; grandmother
  | place: in the rocking chair; by the fireplace; on the veranda; in the parlour
  | thing: cane; photo album; pocket handkerchief; hearing aid
  | deed: lit the fireplace; wiped the spectacles; remembered the old days; leafed through the album
# actor; actress
  | place: on the stage; in the theatre; behind the curtain; at the rehearsal
  | thing: costume; script; theatre mask; make-up bag
  | deed: learned the script; delighted the audience; rehearsed the comedy; earned great applause
# waiter; waitress
  | place: in the café; at the corner table; behind the counter; in the crowded restaurant
  | thing: tray; apron; notepad; coffee pot
  | deed: poured the coffee; brought the menu; wiped the counter; balanced a tray
# wizard; witch
  | place: over the cauldron; in the haunted hut; on the broomstick; under the full moon
  | thing: wand; crystal ball; potion; pointed hat
  | deed: stirred the potion; waved the wand; broke the wicked spell; tamed a toad
# monk; nun
  | place: in the chapel; in the cloister; at evening prayer; in the abbey
  | thing: rosary; psalter; hymnal; prayer rug
  | deed: rang the chapel bell; copied the holy scripture; chanted the hymn; grew herbs in the cloister
# bridegroom; bride
  | place: at the altar; at the wedding feast; in the decorated church; at the reception
  | thing: wedding ring; bouquet; invitation; wedding speech
  | deed: cut the wedding cake; kissed at the altar; planned the honeymoon; opened the reception
# landlord; landlady
  | place: at the inn; on the staircase; among the lodgers; in the boarding house
  | thing: rent ledger; doormat; lantern oil; register of lodgers
  | deed: collected the rent; welcomed the lodgers; swept the staircase; locked up the inn)",
          .lists = "",
          .patterns = both,
          .roles = {
              {.lists =
                   "he: he | his: his | him: him | himself: himself | sir: sir | a_person: a true gentleman; "
                   "a fine fellow; a gentleman at heart; a cheerful fellow | name: Henry; Arthur; "
                   "Peter; Thomas; Oliver; Victor; Martin; Simon",
               .patterns = {}},
              {.lists = "he: she | his: her | him: her | himself: herself | sir: madam | a_person: a true "
                        "lady; a fine young lady; a lady at heart; a cheerful lady | name: Clara; Emily; "
                        "Alice; Sophie; Martha; Helen; Julia; Rosa",
               .patterns = {}}}};
}

Theme englishCharacters() {
  return {
      .name = "characters",
      .titles = {"Good Days and Bad Days", "Characters", "How It Turned Out", "Praise and Blame"},
      .openings = {"It depends on little things whether a day turns out well or badly.",
                   "My cousin keeps a diary of everything that goes right or wrong.",
                   "Nobody is always the same, and neither is anything else."},
      .rows = R"(
# kind; unkind | noun: nurse; stranger; shopkeeper; stepmother | thing: remark; gesture; favour
# happy; unhappy | noun: clown; orphan; newcomer; poet | thing: childhood; ending; marriage
# lucky; unlucky | noun: gambler; treasure hunter; lottery player; goalkeeper | thing: dice throw; number; guess
# fair; unfair | noun: referee; judge; umpire; examiner | thing: contest; verdict; trial
# safe; unsafe | noun: scaffold; raft; ladder; mountain hut | thing: shelter; crossing; rope bridge
# healthy; unhealthy | noun: athlete; vegetarian; convalescent; jogger | thing: diet; climate; breakfast
# comfortable; uncomfortable | noun: armchair; cushion; deckchair; mattress | thing: seat; pair of slippers; sofa bed
# friendly; unfriendly | noun: innkeeper; postman; tourist guide; tribe | thing: welcome; handshake; smile
# tidy; untidy | noun: desk; cupboard; bedroom; toolbox | thing: drawer; heap of papers; closet
# pleasant; unpleasant | noun: smell; melody; aroma; breeze | thing: odour; sound; taste
# polite; impolite | noun: guest; ambassador; salesman; butler | thing: reply; question; bow
# patient; impatient | noun: angler; passenger; customer; chess player | thing: queue; wait; delay
# popular; unpopular | noun: songwriter; television host; senator; headmaster | thing: hit song; law; nickname
# wise; unwise | noun: counsellor; hermit; philosopher; elder | thing: decision; piece of advice; saying)",
      .lists = "who: everyone; the whole street; the mayor; my cousin; the class; the crowd",
      .patterns = {},
      .roles = {
          {.lists =
               "glad: glad; delighted; grateful; cheerful | praised: praised; thanked; applauded; admired",
           .patterns =
               {
                   "The {noun} was {w}, and {who} felt {glad}.",
                   "“What a {w} {thing}!” said {who} with a grin.",
                   "Luckily the {noun} seemed {w}, so {who} cheered.",
                   "{who} {praised} the {noun} for being so {w}.",
                   "It was a {w} {thing}, and {who} was {glad}.",
                   "Thanks to a {w} {thing}, the story ended well.",
                   "A {w} {noun} is a blessing, said {who}.",
                   "With such a {w} {noun}, who would not be {glad}?",
                   "How nice that the {noun} is so {w}, said {who} happily.",
                   "Good news: the {noun} is {w}, and {who} can relax.",
                   "Fortunately we had a {w} {noun} and a {w} {thing}.",
                   "{who} {praised} the {w} {noun} and clapped.",
                   "A {w} {thing} made {who} {glad}.",
                   "Hooray, the {noun} turned out {w}!",
               }},
          {.lists = "glad: angry; upset; annoyed; gloomy | praised: blamed; scolded; criticised; disliked",
           .patterns = {
               "The {noun} was {w}, and {who} became {glad}.",
               "“What a {w} {thing}!” said {who} with a frown.",
               "Sadly the {noun} seemed {w}, so {who} grumbled.",
               "{who} {praised} the {noun} for being so {w}.",
               "It was a {w} {thing}, and {who} was {glad}.",
               "Because of a {w} {thing}, the story ended badly.",
               "A {w} {noun} is a nuisance, said {who}.",
               "With such a {w} {noun}, who would not be {glad}?",
               "What a shame that the {noun} is so {w}, sighed {who}.",
               "Bad news: the {noun} is {w}, and {who} must worry.",
               "Unfortunately we had a {w} {noun} and a {w} {thing}.",
               "{who} {praised} the {w} {noun} and complained.",
               "A {w} {thing} made {who} {glad}.",
               "Alas, the {noun} turned out {w}!",
           }}}};
}

}  // namespace lexarium::small_world
