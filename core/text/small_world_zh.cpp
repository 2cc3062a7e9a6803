// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/small_world.h"

namespace lexarium::small_world {
namespace {

std::string asItIs(std::string sentence) { return sentence; }

}  // namespace

const World& chinese() {
  static const World world{
      .themes = {chineseFamily(), chineseNations(), chineseAnimals(), chineseCharacters(), chineseManners(),
                 chineseProfessions(), chineseMaterials()},
      .lists = R"(
        people: 孩子们; 邻居们; 同学们; 朋友们; 客人们; 村里的人; 旅客们; 战友们
        | day: 星期一; 星期二; 星期三; 星期四; 星期五; 星期六; 星期天
        | season: 春天; 夏天; 秋天; 冬天
        | number: 两; 三; 四; 五; 六; 七; 八; 十)",
      .steady = "name",
      .questions = {{"性别", "family", 0, 1},
                    {"首都-国家", "nations", 0, 1},
                    {"国家-语言", "nations", 1, 2},
                    {"动物-幼崽", "animals", 0, 1},
                    {"反义词", "characters", 0, 1},
                    {"重叠", "manners", 0, 1},
                    {"职业-产品", "professions", 0, 1},
                    {"职业-地点", "professions", 0, 2},
                    {"原料-制品", "materials", 0, 1}},
      .language = {asItIs, ""},
      .rounds = 34};
  return world;
}

}  // namespace lexarium::small_world
