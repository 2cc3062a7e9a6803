// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/small_world.h"

namespace lexarium::small_world {

Theme chineseFamily() {
  return {
      .name = "family",
      .titles = {"宫里和家里", "我们认识的人", "老照片", "亲戚和客人", "从前的故事"},
      .openings = {"这些故事里的人，我们都认识，有的在宫里，有的在家里。", "照片上的每一张脸都有一段来历。",
                   "下面是客人们喝茶时讲给我们听的。"},
      .rows = R"(
# 国王; 王后 | place: 在王宫里; 在大殿上; 在宝座旁 | thing: 王冠; 权杖; 宝座
  | deed: 治理着王国; 召见了大臣; 颁布了法令; 赦免了犯人
# 王子; 公主 | place: 在城堡里; 在护城河边; 在魔法森林里 | thing: 宝剑; 魔镜; 盔甲
  | deed: 打败了恶龙; 参加了舞会; 解除了咒语
# 男人; 女人 | place: 在公共汽车上; 在办公室里; 在电梯里 | thing: 公文包; 手表; 报纸
  | deed: 赶去上班; 按了电梯的按钮; 在办公室加了班
# 男孩; 女孩 | place: 在操场上; 在滑梯旁; 在沙坑里 | thing: 风筝; 皮球; 弹珠
  | deed: 放了一会儿风筝; 荡了一会儿秋千; 赢了一场捉迷藏
# 父亲; 母亲 | place: 在摇篮边; 在婴儿床前; 在产房外 | thing: 奶瓶; 尿布; 摇篮曲
  | deed: 哄睡了婴儿; 给婴儿喂了奶; 换了尿布
# 儿子; 女儿 | place: 在书桌前; 在钢琴前; 在补习班 | thing: 作业; 书包; 钢琴
  | deed: 写完了作业; 通过了考试; 练熟了一首钢琴曲
# 哥哥; 姐姐 | place: 在篮球场; 在宿舍里; 在游泳池边 | thing: 篮球; 吉他; 球鞋
  | deed: 弹了一曲吉他; 考上了高中; 打赢了篮球比赛
# 叔叔; 阿姨 | place: 在飞机场; 在旅馆里; 在轮船上 | thing: 明信片; 皮箱; 护照
  | deed: 寄来了明信片; 出差回来了; 收拾好了皮箱
# 爷爷; 奶奶 | place: 在摇椅上; 在火炉旁; 在老槐树下 | thing: 拐杖; 收音机; 相册
  | deed: 讲了过去的往事; 打了个盹; 翻开了相册
# 丈夫; 妻子 | place: 在客厅里; 在阳台上; 在沙发上 | thing: 结婚照; 拖鞋; 家务
  | deed: 做好了晚饭; 打扫了客厅; 晾好了衣裳
# 外公; 外婆 | place: 在菜园里; 在乡下; 在水井边 | thing: 草帽; 竹椅; 咸菜
  | deed: 摘了一篮豆角; 打了一桶井水; 腌了一坛咸菜
# 新郎; 新娘 | place: 在婚礼上; 在洞房里; 在酒席上 | thing: 喜酒; 戒指; 红包
  | deed: 敬了一圈喜酒; 交换了戒指; 拜了天地
# 和尚; 尼姑 | place: 在佛堂里; 在寺院里; 在香炉前 | thing: 木鱼; 佛珠; 佛经
  | deed: 念了一遍佛经; 敲了木鱼; 点了一炷香
# 皇帝; 皇后 | place: 在朝廷上; 在金銮殿上; 在紫禁城 | thing: 玉玺; 凤冠; 奏章
  | deed: 批阅了奏章; 祭拜了祖先; 封赏了将军)",
      .lists = "",
      .patterns =
          {
              "{w}{place}{deed}，{he}心里十分满意。",
              "“早上好，{sir}！”大家{place}遇见{w}的时候说。",
              "每天傍晚，{w}都要找一找{he}的{thing}。",
              "这位{w}名叫{name}，{he}最喜欢自己的{thing}。",
              "{w}{deed}以后，人们都感谢{he}。",
              "谁也不知道{w}为什么丢了{thing}，{he}也不肯说。",
              "{w}笑着说：“我叫{name}，这是我的{thing}。”",
              "{w}用{voice}的声音说，{he}忘了{thing}。",
              "“{sir}，这是您的{thing}吗？”我问{w}，{he}点点头。",
              "{name}是一位{w}，{he}昨天{deed}。",
              "{w}梦见了{thing}，醒来的时候{he}还在笑。",
              "我们{place}看见了{w}，{he}正望着{thing}。",
              "听说{w}{deed}，{name}真了不起。",
              "{w}的嗓音很{voice}，{he}唱着歌，想着{thing}。",
              "{he}是{w}，大家却叫{he}{name}，因为{he}{deed}。",
              "那天{w}{place}等了很久，{name}终于把{thing}送来了。",
              "“{name}，你的{thing}在这里！”有人对{w}喊道。",
              "{w}没有了{thing}，{he}觉得很奇怪。",
          },
      .roles = {
          {.lists = "he: 他 | sir: 先生 | voice: 低沉; 浑厚 | name: 建国; 大勇; 阿福; 国庆; 小明; 志明",
           .patterns = {}},
          {.lists = "he: 她 | sir: 女士; 夫人 | voice: 清脆; 柔和 | name: 美玲; 玉兰; 丽丽; 春花; 桂花; 小梅",
           .patterns = {}}}};
}

Theme chineseCharacters() {
  return {.name = "characters",
          .titles = {"好与坏", "各种各样的人", "结果怎样", "表扬和批评"},
          .openings = {"一天过得好不好，往往取决于小事。", "我的表弟把顺心的事和不顺心的事都记在本子上。",
                       "没有谁永远不变，别的东西也一样。"},
          .rows = R"(
# 勇敢; 胆小 | noun: 消防员; 登山队员; 猎人 | thing: 举动; 选择
# 聪明; 愚蠢 | noun: 棋手; 谋士; 学徒 | thing: 办法; 主意
# 勤劳; 懒惰 | noun: 蜜蜂; 媳妇; 长工 | thing: 习惯; 双手
# 善良; 恶毒 | noun: 仙女; 后母; 巫师 | thing: 心肠; 念头
# 诚实; 虚伪 | noun: 证人; 推销员; 政客 | thing: 回答; 态度
# 富裕; 贫穷 | noun: 村庄; 家庭; 部落 | thing: 生活; 日子
# 干净; 肮脏 | noun: 街道; 床单; 毛巾 | thing: 房间; 碗筷
# 安全; 危险 | noun: 桥梁; 隧道; 悬崖边的小路 | thing: 地方; 路线
# 大方; 小气 | noun: 老板; 房东; 财主 | thing: 送礼方式; 请客作风
# 谦虚; 骄傲 | noun: 冠军; 学者; 将军 | thing: 发言; 口气
# 温柔; 粗暴 | noun: 护士; 保姆; 教练 | thing: 动作; 语气
# 整齐; 凌乱 | noun: 书架; 抽屉; 队伍 | thing: 头发; 被褥
# 坚固; 脆弱 | noun: 城墙; 木筏; 堤坝 | thing: 外壳; 结构
# 乐观; 悲观 | noun: 病人; 探险家; 球迷 | thing: 看法; 心态)",
          .lists = "who: 大家; 全村的人; 村长; 我的表弟; 全班同学; 观众",
          .patterns = {},
          .roles = {{.lists = "glad: 高兴; 欣慰; 感激; 开心 | praised: 表扬; 感谢; 称赞; 羡慕",
                     .patterns =
                         {
                             "这个{noun}很{w}，{who}都感到{glad}。",
                             "“多么{w}的{thing}啊！”{who}笑着说。",
                             "幸好{noun}非常{w}，{who}鼓起掌来。",
                             "{who}{praised}了{noun}，因为它实在{w}。",
                             "这是{w}的{thing}，{who}十分{glad}。",
                             "多亏了{w}的{thing}，事情有了好结果。",
                             "有这样{w}的{noun}，谁不{glad}呢？",
                             "{w}的{noun}得到了奖励，也得到了掌声。",
                             "{noun}这么{w}，真是太好了。",
                             "{who}{praised}这样{w}的{thing}。",
                             "我们运气好，碰上了{w}的{noun}和{w}的{thing}。",
                             "果然，{noun}和从前一样{w}，{who}放心了。",
                         }},
                    {.lists = "glad: 生气; 伤心; 失望; 烦恼 | praised: 批评; 责怪; 埋怨; 讨厌",
                     .patterns = {
                         "这个{noun}很{w}，{who}都感到{glad}。",
                         "“多么{w}的{thing}啊！”{who}皱着眉头说。",
                         "可惜{noun}非常{w}，{who}叹起气来。",
                         "{who}{praised}了{noun}，因为它实在{w}。",
                         "这是{w}的{thing}，{who}十分{glad}。",
                         "都怪{w}的{thing}，事情有了坏结果。",
                         "有这样{w}的{noun}，谁不{glad}呢？",
                         "{w}的{noun}受到了惩罚，也受到了嘲笑。",
                         "{noun}这么{w}，真是太糟了。",
                         "{who}{praised}这样{w}的{thing}。",
                         "我们真倒霉，碰上了{w}的{noun}和{w}的{thing}。",
                         "唉，{noun}还是那么{w}，{who}摇了摇头。",
                     }}}};
}

Theme chineseManners() {
  return {.name = "manners",
          .titles = {"怎么说，怎么做", "平常的日子", "村里的一年", "大事和小事"},
          .openings = {"同样一件事，可以这样做，也可以那样做。", "村里的日子看起来平常，其实天天都有新鲜事。",
                       "怎么说话，怎么做事，各人有各人的样子。"},
          .rows = R"(
# 清楚; 清清楚楚 | thing: 字迹; 发音; 账目 | do: 解释道理; 念出每个字; 记下账目
# 平安; 平平安安 | thing: 旅途; 航行; 远行 | do: 回到故乡; 度过台风季; 驶进海港
# 漂亮; 漂漂亮亮 | thing: 窗帘; 贺卡; 橱窗 | do: 布置新房; 打扮自己; 绣花
# 健康; 健健康康 | thing: 身体; 胃口; 体质 | do: 长大成人; 锻炼身体; 活到百岁
# 马虎; 马马虎虎 | thing: 校对; 验收; 检查 | do: 抄写课文; 检查图纸; 应付差事
# 辛苦; 辛辛苦苦 | thing: 插秧; 长途运输; 夜班 | do: 挣钱养家; 插秧收割; 值夜班
# 匆忙; 匆匆忙忙 | thing: 脚步; 告别; 行程 | do: 赶火车; 告别亲友; 吃完早饭
# 冷清; 冷冷清清 | thing: 街头; 庙会; 小店 | do: 过年; 关上店门; 守着空屋
# 模糊; 模模糊糊 | thing: 影子; 镜头; 印象 | do: 看见影子; 想起童年; 听到回声
# 恭敬; 恭恭敬敬 | thing: 行礼; 称呼; 祭祀 | do: 向长辈行礼; 献上茶水; 鞠躬
# 痛快; 痛痛快快 | thing: 比赛; 聚会; 饮酒 | do: 喝酒; 大哭一场; 踢球
# 懒散; 懒懒散散 | thing: 暑假; 假期; 作风 | do: 躺着; 晒太阳; 打哈欠
# 忙碌; 忙忙碌碌 | thing: 码头; 车间; 月底 | do: 搬运货箱; 整理仓库; 准备年货
# 甜蜜; 甜甜蜜蜜 | thing: 爱情; 笑容; 回忆 | do: 谈恋爱; 度蜜月; 依偎在一起)",
          .lists = "",
          .patterns = {},
          .roles = {{.lists = "very: 很; 非常; 比较; 特别; 最",
                     .patterns =
                         {
                             "{thing}{very}{w}，这一点没有人怀疑。",
                             "今年的{thing}不太{w}。",
                             "要是{thing}再{w}一点就好了。",
                             "{thing}越来越{w}，{people}说。",
                             "你觉得{thing}够不够{w}？",
                             "{thing}比去年{w}得多。",
                             "{people}{do}，显得{very}{w}。",
                             "{thing}算不上{w}，也算不上糟糕。",
                             "没有比这更{w}的{thing}了。",
                             "{people}{do}，确实有点{w}。",
                             "这样的{thing}难道还不{w}吗？",
                             "{day}的{thing}{very}{w}。",
                         }},
                    {.lists = "always: 总是; 从来都; 到底还是; 一向",
                     .patterns = {
                         "{people}{w}地{do}，谁也不觉得奇怪。",
                         "{thing}{always}{w}的，叫人难忘。",
                         "就这样，{people}{w}地{do}。",
                         "看，{people}又在{w}地{do}呢。",
                         "他们一边说话，一边{w}地{do}。",
                         "{day}早上，{people}{w}地{do}。",
                         "{thing}{w}的，跟画上的一样。",
                         "他们{do}，向来都是{w}的。",
                         "整个{season}，{people}就这么{w}地{do}。",
                         "于是大伙儿{w}地{do}，觉得理所当然。",
                         "{people}把{thing}弄得{w}的。",
                         "有时候，人就该{w}地{do}。",
                     }}}};
}

}  // namespace lexarium::small_world
