// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/task_samples.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "core/base/rng.h"

namespace lexarium {
namespace {

constexpr std::size_t kExamples = 10'000;
constexpr std::size_t kMostDoubles = 50;  // drawn in a row before there are no more different ones

template <class List>
const auto& oneOf(Rng& rng, const List& list) {
  return list[rng.below(static_cast<std::uint32_t>(std::size(list)))];
}

/// Different examples by their inputs.
template <class Draw>
TaskData drawn(TaskKind kind, std::uint64_t seed, std::size_t count, Draw draw) {
  TaskData data;
  data.kind = kind;
  Rng rng(seed);
  std::set<std::string> seen;
  for (std::size_t doubles = 0; data.examples.size() < count && doubles < kMostDoubles;) {
    TaskExample example = draw(rng);
    if (!seen.insert(example.input).second) {
      ++doubles;
      continue;
    }
    doubles = 0;
    data.examples.push_back(std::move(example));
  }
  return data;
}

// Dates: day, month and year stand in another order in each spelling, so attention must find them.

constexpr std::array kMonths{"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};
constexpr std::array kWeekdays{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

struct Date {
  int year, month, day;
};

bool isLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int daysOf(int month, int year) {
  constexpr std::array kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && isLeap(year) ? 1 : 0);
}

/// 0 is Monday (Zeller's congruence).
int weekdayOf(const Date& date) {
  const int month = date.month < 3 ? date.month + 12 : date.month;
  const int year = date.month < 3 ? date.year - 1 : date.year;
  const int h =
      (date.day + 13 * (month + 1) / 5 + year % 100 + year % 100 / 4 + year / 400 + 5 * (year / 100)) % 7;
  return (h + 5) % 7;
}

std::string twoDigits(int number) {
  return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
}

std::string ordinal(int day) {
  const bool teen = day / 10 == 1;
  const char* ending = !teen && day % 10 == 1   ? "st"
                       : !teen && day % 10 == 2 ? "nd"
                       : !teen && day % 10 == 3 ? "rd"
                                                : "th";
  return std::to_string(day) + ending;
}

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}
std::string upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return text;
}

TaskExample drawDate(Rng& rng) {
  Date date{1900 + static_cast<int>(rng.below(150)), 1 + static_cast<int>(rng.below(12)), 0};
  date.day = 1 + static_cast<int>(rng.below(static_cast<std::uint32_t>(daysOf(date.month, date.year))));
  const std::string month = kMonths[static_cast<std::size_t>(date.month - 1)], brief = month.substr(0, 3);
  const std::string weekday = kWeekdays[static_cast<std::size_t>(weekdayOf(date))];
  const std::string d = std::to_string(date.day), y = std::to_string(date.year);
  const std::string spellings[] = {
      d + " " + month + " " + y,
      d + " " + brief + " " + y,
      month + " " + d + ", " + y,
      lower(brief) + " " + d + " " + y,
      weekday + ", " + month + " " + ordinal(date.day) + ", " + y,
      "the " + ordinal(date.day) + " of " + month + " " + y,
      upper(brief) + "-" + twoDigits(date.day) + "-" + y,
      twoDigits(date.day) + "." + twoDigits(date.month) + "." + y,
      y + "/" + std::to_string(date.month) + "/" + d,
      lower(weekday) + " " + d + " " + lower(month) + " " + y,
      y + ", " + brief + " " + ordinal(date.day),
      d + ". " + std::to_string(date.month) + ". " + y,
  };
  TaskExample example;
  example.input = oneOf(rng, spellings);
  example.output = y + "-" + twoDigits(date.month) + "-" + twoDigits(date.day);
  return example;
}

TaskData dates(std::uint64_t seed) { return drawn(TaskKind::Pairs, seed, kExamples, drawDate); }

std::string drawDigits(Rng& rng) {
  std::string digits;
  for (std::uint32_t length = 3 + rng.below(10); length > 0; --length)
    digits += static_cast<char>('0' + rng.below(10));
  return digits;
}

TaskData reversed(std::uint64_t seed) {
  return drawn(TaskKind::Pairs, seed, kExamples, [](Rng& rng) {
    TaskExample example;
    example.input = drawDigits(rng);
    example.output.assign(example.input.rbegin(), example.input.rend());
    return example;
  });
}

TaskData sorted(std::uint64_t seed) {
  return drawn(TaskKind::Pairs, seed, kExamples, [](Rng& rng) {
    TaskExample example;
    example.input = example.output = drawDigits(rng);
    std::sort(example.output.begin(), example.output.end());
    return example;
  });
}

// Sentences of a small world. Chinese says place and time before the verb, and counts with a measure word.

struct Word {
  const char *english, *chinese;
};
struct Thing {
  const char *english, *measure, *chinese;
};

constexpr Word kPeople[] = {{"king", "国王"},   {"queen", "王后"},  {"farmer", "农民"},  {"teacher", "老师"},
                            {"doctor", "医生"}, {"child", "孩子"},  {"soldier", "士兵"}, {"singer", "歌手"},
                            {"cook", "厨师"},   {"baker", "面包师"}};
constexpr Word kTraits[] = {{"old", "年老的"},   {"young", "年轻的"}, {"happy", "快乐的"},
                            {"tired", "疲倦的"}, {"kind", "善良的"},  {"rich", "富有的"}};
constexpr Word kVerbs[] = {{"sees", "看见"},  {"buys", "买"},   {"sells", "卖"},
                           {"finds", "找到"}, {"paints", "画"}, {"brings", "带来"}};
constexpr Thing kThings[] = {{"apple", "个", "苹果"}, {"book", "本", "书"},   {"horse", "匹", "马"},
                             {"dog", "条", "狗"},     {"flower", "朵", "花"}, {"table", "张", "桌子"},
                             {"cup", "只", "杯子"},   {"knife", "把", "刀"}};
constexpr Word kColors[] = {
    {"red", "红色的"}, {"white", "白色的"}, {"black", "黑色的"}, {"green", "绿色的"}, {"blue", "蓝色的"}};
constexpr Word kPlaces[] = {{"in the garden", "在花园里"}, {"in the palace", "在宫殿里"},
                            {"at the market", "在市场上"}, {"in the kitchen", "在厨房里"},
                            {"at school", "在学校里"},     {"by the river", "在河边"}};
constexpr Word kTimes[] = {
    {"today", "今天"}, {"every day", "每天"}, {"in the morning", "早上"}, {"in the evening", "晚上"}};

std::string withArticle(const std::string& noun) {
  return (std::string("aeiou").find(noun.front()) != std::string::npos ? "an " : "a ") + noun;
}

TaskExample drawSentence(Rng& rng) {
  const Word person = oneOf(rng, kPeople), verb = oneOf(rng, kVerbs), place = oneOf(rng, kPlaces);
  const Word color = oneOf(rng, kColors), trait = oneOf(rng, kTraits), time = oneOf(rng, kTimes);
  const Thing thing = oneOf(rng, kThings);
  const bool hasTrait = rng.below(2) == 0, hasColor = rng.below(2) == 0, hasTime = rng.below(2) == 0;
  const bool hasPlace = rng.below(4) != 0, timeFirst = rng.below(2) == 0;
  TaskExample example;
  std::string& english = example.input;
  if (hasTime && timeFirst) english = std::string(time.english) + " ";
  english += std::string("the ") + (hasTrait ? std::string(trait.english) + " " : "") + person.english + " " +
             verb.english + " ";
  english +=
      withArticle(hasColor ? std::string(color.english) + " " + thing.english : std::string(thing.english));
  if (hasPlace) english += std::string(" ") + place.english;
  if (hasTime && !timeFirst) english += std::string(" ") + time.english;
  english[0] = static_cast<char>(english[0] - 32);
  english += '.';
  std::string& chinese = example.output;
  chinese = std::string(hasTrait ? trait.chinese : "") + person.chinese;
  if (hasTime) chinese += time.chinese;
  if (hasPlace) chinese += place.chinese;
  chinese += std::string(verb.chinese) + "一" + thing.measure + (hasColor ? color.chinese : "") +
             thing.chinese + "。";
  return example;
}

TaskData translation(std::uint64_t seed) { return drawn(TaskKind::Pairs, seed, kExamples, drawSentence); }

// Reviews: "not" turns the next adjective around, and what comes after "but" is what counts.

constexpr std::array kGood{"good",   "wonderful", "funny",    "brilliant",
                           "moving", "charming",  "exciting", "beautiful"};
constexpr std::array kBad{"bad", "terrible", "boring", "dull", "awful", "silly", "ugly", "predictable"};
constexpr std::array kParts{"film", "story", "music", "acting", "plot", "ending", "cast", "dialogue"};
constexpr std::array kStrength{"", "", "very ", "really ", "quite ", "so "};

/// "the plot is not very good": false.
std::pair<std::string, bool> drawOpinion(Rng& rng) {
  const bool good = rng.below(2) == 0, turned = rng.below(3) == 0;
  const std::string adjective = good ? oneOf(rng, kGood) : oneOf(rng, kBad);
  const std::string strength = oneOf(rng, kStrength);
  return {std::string("the ") + oneOf(rng, kParts) + " is " + (turned ? "not " : "") + strength + adjective,
          good != turned};
}

TaskData reviews(std::uint64_t seed) {
  TaskData data = drawn(TaskKind::Labels, seed, kExamples, [](Rng& rng) {
    TaskExample example;
    auto [text, good] = drawOpinion(rng);
    if (rng.below(2) == 0) {
      // Only different opinions are joined by "but".
      auto [more, moreGood] = drawOpinion(rng);
      text += (good != moreGood ? " , but " : " , and ") + more;
      good = moreGood;
    }
    example.input = text + " .";
    example.label = good ? 1 : 0;
    return example;
  });
  data.labels = {"negative", "positive"};
  for (TaskExample& example : data.examples) example.output = data.labels[example.label];
  return data;
}

// Stories: people go to places and carry things about; after bAbI's tasks 1 and 2 (Weston et al. 2015).

constexpr std::array kNames{"John", "Mary", "Sandra", "Daniel"};
constexpr std::array kRooms{"kitchen", "garden", "office", "bathroom", "bedroom", "hallway"};
constexpr std::array kObjects{"milk", "football", "apple"};
constexpr std::array kGoes{"went to the ", "moved to the ", "walked to the ", "travelled to the "};

struct Room {
  std::string name;
  std::uint32_t sentence = 0;  // that told it
};

class World {
 public:
  explicit World(Rng& rng)
      : rng_(rng), rooms_(kNames.size()), holder_(kObjects.size(), -1), taken_(kObjects.size()) {}

  void tell() {
    const auto person = rng_.below(static_cast<std::uint32_t>(kNames.size()));
    const auto object = rng_.below(static_cast<std::uint32_t>(kObjects.size()));
    const std::string name = kNames[person];
    if (rng_.below(4) == 0 && holder_[object] < 0 && !rooms_[person].name.empty()) {
      holder_[object] = static_cast<int>(person);
      taken_[object] = static_cast<std::uint32_t>(story_.size());
      story_.push_back(name + " took the " + kObjects[object] + " .");
      return;
    }
    const std::string room = oneOf(rng_, kRooms);
    rooms_[person] = {room, static_cast<std::uint32_t>(story_.size())};
    story_.push_back(name + " " + oneOf(rng_, kGoes) + room + " .");
  }

  /// About somebody, or something that somebody carries; nothing while nobody has been told of.
  bool ask(TaskExample& example) {
    const auto object = rng_.below(static_cast<std::uint32_t>(kObjects.size()));
    auto person = rng_.below(static_cast<std::uint32_t>(kNames.size()));
    const bool asksObject = rng_.below(3) == 0 && holder_[object] >= 0;
    if (asksObject) person = static_cast<std::uint32_t>(holder_[object]);
    const Room& room = rooms_[person];
    if (room.name.empty()) return false;
    example.input = asksObject ? std::string("where is the ") + kObjects[object] + " ?"
                               : std::string("where is ") + kNames[person] + " ?";
    example.output = room.name;
    example.story = story_;
    example.support = {room.sentence};
    if (asksObject) example.support.push_back(taken_[object]);
    std::sort(example.support.begin(), example.support.end());
    return true;
  }

 private:
  Rng& rng_;
  std::vector<Room> rooms_;
  std::vector<int> holder_;  // of each object: a person, -1: nobody
  std::vector<std::uint32_t> taken_;
  std::vector<std::string> story_;
};

TaskData stories(std::uint64_t seed) {
  TaskData data;
  data.kind = TaskKind::Stories;
  Rng rng(seed);
  while (data.examples.size() < kExamples) {
    World world(rng);
    for (std::uint32_t sentence = 0, count = 2 + rng.below(9); sentence < count; ++sentence) world.tell();
    TaskExample example;
    if (world.ask(example)) data.examples.push_back(std::move(example));
  }
  return data;
}

template <TaskData (*make)(std::uint64_t)>
TaskData titled(const char* title, std::uint64_t seed) {
  TaskData data = make(seed);
  data.title = title;
  return data;
}

}  // namespace

std::span<const TaskSample> taskSamples() {
  static const std::vector<TaskSample> samples{
      {"dates", "Dates",
       "Dates in a dozen spellings become 2015-03-27: attention must find day, month and year.",
       "98 % of the dates entirely right", [](std::uint64_t seed) { return titled<dates>("Dates", seed); }},
      {"reversed", "Reversed digits", "Digits are said backwards: attention runs against the reading.",
       "99 % of the rows entirely right",
       [](std::uint64_t seed) { return titled<reversed>("Reversed digits", seed); }},
      {"sorted", "Sorted digits", "Digits are put in order: attention must search.",
       "95 % of the rows entirely right",
       [](std::uint64_t seed) { return titled<sorted>("Sorted digits", seed); }},
      {"translation", "English to Chinese",
       "Sentences of a small world in English become Chinese, in another order of words.",
       "99 % of the sentences entirely right",
       [](std::uint64_t seed) { return titled<translation>("English to Chinese", seed); }},
      {"reviews", "Reviews",
       "Is a review positive? \"Not\" turns an opinion around, and \"but\" decides which one counts.",
       "99 % of the reviews right", [](std::uint64_t seed) { return titled<reviews>("Reviews", seed); }},
      {"stories", "Stories", "People go about and carry things; then somebody asks where they are.",
       "95 % of the questions right", [](std::uint64_t seed) { return titled<stories>("Stories", seed); }},
  };
  return samples;
}

const TaskSample* findTaskSample(std::string_view id) {
  const auto samples = taskSamples();
  const auto found =
      std::find_if(samples.begin(), samples.end(), [&](const TaskSample& s) { return s.id == id; });
  return found == samples.end() ? nullptr : &*found;
}

}  // namespace lexarium
