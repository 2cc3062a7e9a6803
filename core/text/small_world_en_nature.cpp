// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/small_world.h"

namespace lexarium::small_world {

Theme englishNations() {
  return {
      .name = "nations",
      .titles = {"Letters from Abroad", "Travels", "Maps and Timetables", "Around the World",
                 "Far from Home"},
      .openings = {"The following notes were made on trains, on ferries and in airport lounges.",
                   "My cousin has never been abroad, so we described everything with great care.",
                   "We had packed one suitcase each and a list of questions about the world."},
      .rows = R"(
# Paris; France; French | goods: perfume; croissants; lavender; mustard | sight: painters; poodles; boulevards
# London; England; English | goods: tea; marmalade; puddings; raincoats | sight: cricketers; foggy parks; rose hedges
# Berlin; Germany; German | goods: sausages; pretzels; sauerkraut; toy trains | sight: brass bands; gnomes; oak groves
# Rome; Italy; Italian | goods: pasta; basil; pizza; mozzarella | sight: opera singers; scooters; marble ruins
# Madrid; Spain; Spanish | goods: oranges; saffron; almonds; castanets | sight: bullfighters; guitarists; windmills
# Athens; Greece; Greek | goods: olives; figs; sponges; feta | sight: temples; columns; sunny islands
# Vienna; Austria; Austrian | goods: waltzes; strudel; dumplings; violins | sight: skiers; composers; alpine huts
# Moscow; Russia; Russian | goods: caviar; samovars; fur hats; vodka | sight: ballerinas; sleighs; birches
# Tokyo; Japan; Japanese | goods: kimonos; sushi; rice cakes; paper fans | sight: cherry blossoms; wrestlers; bonsai trees
# Beijing; China; Chinese | goods: silk; porcelain; jade; noodles | sight: pandas; pagodas; lanterns
# Cairo; Egypt; Egyptian | goods: cotton; dates; papyrus; lentils | sight: pyramids; camels; mummies
# Delhi; India; Indian | goods: spices; saris; mangoes; curry | sight: elephants; rickshaws; peacocks
# Oslo; Norway; Norwegian | goods: codfish; herring; woollen sweaters; skis | sight: fjords; trolls; reindeer
# Lisbon; Portugal; Portuguese | goods: sardines; tiles; port; custard tarts | sight: navigators; cork oaks; caravels)",
      .lists = "liked: admired; loved; missed; remembered; praised",
      .patterns = {},
      .roles = {{.lists = "part: streets; squares; suburbs; avenues; markets | lord: mayor; city council",
                 .patterns =
                     {
                         "The {part} of {w} were full of {goods} and {sight}.",
                         "The {lord} of {w} was fond of {goods}.",
                         "From the town hall of {w} we could see {sight}.",
                         "We took the tram through {w} and bought {goods}.",
                         "At the central station in {w} they sold {goods}.",
                         "The museum in {w} shows {sight} and {goods}.",
                         "Downtown {w} smells of {goods}.",
                         "In the {part} of {w} people talked about {sight}.",
                         "On the underground in {w} everybody talked about {sight}.",
                         "Our hotel in the city of {w} served {goods}.",
                         "The {lord} of {w} gave a speech about {sight}.",
                         "On the squares of {w} tourists photographed {sight}.",
                         "Posters all over the city of {w} advertise {sight}.",
                         "On a street corner in {w} somebody offered us {goods}.",
                     }},
                {.lists = "part: villages; provinces; valleys; plains; hills | lord: government; parliament",
                 .patterns =
                     {
                         "The {part} of {w} were full of {goods} and {sight}.",
                         "The {lord} of {w} was fond of {goods}.",
                         "Beyond the border of {w} we could see {sight}.",
                         "We travelled across {w} and bought {goods}.",
                         "All over {w} the peasants sold {goods}.",
                         "The postage stamps of {w} show {sight} and {goods}.",
                         "Rural {w} smells of {goods}.",
                         "In the {part} of {w} people talked about {sight}.",
                         "The south of {w} is known for {sight}.",
                         "Every nation envies {w} for its {goods}.",
                         "The {lord} of {w} made a law about {sight}.",
                         "The countryside of {w} is famous for {sight}.",
                         "The state of {w} exports {goods}, says the atlas.",
                         "Throughout the land of {w} somebody offered us {goods}.",
                     }},
                {.lists = "who: student; poet; scientist; sailor; pen friend | group: orchestra; football "
                          "team; delegation",
                 .patterns = {
                     "There is a {w} proverb about {goods}.",
                     "A {w} {who} told us about {goods} and {sight}.",
                     "The {w} {group} travels with {goods} and praises {sight}.",
                     "We ordered {w} {goods} by post and a stamp with {sight}.",
                     "At the {w} embassy they offered us {goods}.",
                     "A {w} poem praises {sight} and {goods}.",
                     "In a {w} magazine I read about {sight} and {goods}.",
                     "My {w} {who} writes about {sight}.",
                     "Genuine {w} {goods} are hard to get.",
                     "A {w} film about {sight} was on television.",
                     "The {w} pavilion at the exhibition showed {sight} and {goods}.",
                     "The label reads: {w} {goods}, original.",
                     "A {w} folk song is about {sight}.",
                     "In a thick {w} accent somebody asked for {goods}.",
                 }}}};
}

Theme englishAnimals() {
  return {
      .name = "animals",
      .titles = {"In the Meadow", "Fur and Feathers", "The Animals' Year", "Tracks in the Mud",
                 "Animal Tales"},
      .openings = {"If you are very quiet, the animals do not mind being watched.",
                   "We kept a notebook about everything that has fur, feathers or scales.",
                   "All animals, large or little, have their habits."},
      .rows = R"(
# dog; puppy | home: in the kennel; at the front gate; on the doormat | food: bones; biscuits; meatballs
  | sound: barked; wagged its tail; chased the postman's bicycle
# cat; kitten | home: on the windowsill; in the wool basket; beside the radiator | food: mice; tuna; sparrows
  | sound: purred; washed its whiskers; sharpened its claws
# cow; calf | home: in the cowshed; in the green pasture; at the milking stool | food: clover; hay; buttercups
  | sound: mooed; chewed the cud; shook off the flies
# horse; foal | home: in the stable; in the paddock; beside the saddle | food: oats; carrots; sugar lumps
  | sound: neighed; trotted; tossed its mane
# sheep; lamb | home: in the fold; on the moor; among the flock | food: heather; turnips; thistles
  | sound: bleated; followed the shepherd; tore its fleece
# hen; chick | home: in the henhouse; on the dunghill; below the perch | food: corn; worms; breadcrumbs
  | sound: clucked; scratched in the straw; feared the rooster
# duck; duckling | home: on the pond; among the reeds; under the little bridge | food: duckweed; snails; slugs
  | sound: quacked; paddled; dived head first
# swan; cygnet | home: on the lake; beside the boathouse; among the water lilies | food: waterweed; pondweed; soaked rice
  | sound: hissed; glided; stretched its neck
# deer; fawn | home: in the glade; among the ferns; in the thicket | food: twigs; moss; tender leaves
  | sound: sniffed the wind; pricked up its ears; leapt over a log
# bear; cub | home: in the cave; by the rapids; in the den | food: salmon; blueberries; ants
  | sound: roared; licked its paws; robbed the beehive
# pig; piglet | home: in the sty; in the puddle; at the trough | food: acorns; potatoes; table scraps
  | sound: grunted; squealed; rolled in the dirt
# frog; tadpole | home: in the swamp; in the ditch; under a lily pad | food: gnats; algae; mosquitoes
  | sound: splashed; wriggled; hid from the stork
# eagle; eaglet | home: on the cliff; in the eyrie; above the gorge | food: rabbits; snakes; lizards
  | sound: screeched; spread its wings; circled
# kangaroo; joey | home: in the outback; in the bush; under the gum tree | food: dry grass; shrubs; eucalyptus
  | sound: hopped; boxed; thumped the sand)",
      .lists = "",
      .patterns = {},
      .roles = {
          {.lists = "big: old; grown; huge; mighty; proud; grey | times: at dawn; for many years; all winter",
           .patterns =
               {
                   "The {big} {w} {sound} and guarded its territory {home}.",
                   "For years the {big} {w} has lived {home}.",
                   "A grown {w} can eat a heap of {food} a day.",
                   "The {big} {w} led the others to the {food}.",
                   "The {w} {sound} to warn its offspring {home}.",
                   "Passers-by respected the {big} {w} {home}.",
                   "The leader, a {big} {w}, {sound} {times}.",
                   "With its powerful body the {w} defended the {food}.",
                   "The {big} {w} feared nobody and {sound}.",
                   "The scarred {w} {sound}, for it had seen many winters.",
                   "The {big} {w} ruled the place {home}.",
                   "An experienced {w} knows where to find {food}.",
                   "The {big} {w} was round and heavy-footed after a meal of {food}.",
                   "Being the parent, the {w} fetched {food}.",
               }},
          {.lists =
               "big: little; newborn; tiny; playful; clumsy; baby | times: in May; after its first nap; for "
               "the first time",
           .patterns = {
               "The {big} {w} {sound} and cuddled up to its mum {home}.",
               "For three weeks the {big} {w} has lived {home}.",
               "A newborn {w} cannot eat any {food} yet.",
               "The {big} {w} begged the others for {food}.",
               "The {w} {sound} to call its parents {home}.",
               "Toddlers wanted to stroke the {big} {w} {home}.",
               "The youngest, a {big} {w}, {sound} {times}.",
               "Still wobbly, the {w} stumbled over the {food}.",
               "The {big} {w} feared everything and {sound}.",
               "The sleepy {w} {sound}, for it was born yesterday.",
               "The {big} {w} got lost {home}.",
               "A curious {w} has yet to learn how to find {food}.",
               "The {big} {w} was thin and light-footed before its first meal of {food}.",
               "Fed by hand, the orphaned {w} soon grew on {food}.",
           }}}};
}

}  // namespace lexarium::small_world
