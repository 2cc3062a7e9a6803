<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Open text...</source>
        <translation>打开文本(&amp;O)...</translation>
    </message>
    <message>
        <source>Open one or more text files.</source>
        <translation>打开一个或多个文本文件。</translation>
    </message>
    <message>
        <source>Open &amp;folder...</source>
        <translation>打开文件夹(&amp;F)...</translation>
    </message>
    <message>
        <source>Open all texts of a folder as one corpus.</source>
        <translation>把文件夹中的所有文本作为一个语料打开。</translation>
    </message>
    <message>
        <source>&amp;Paste as text</source>
        <translation>粘贴为文本(&amp;P)</translation>
    </message>
    <message>
        <source>Open what was copied elsewhere as a text.</source>
        <translation>把在别处复制的内容作为文本打开。</translation>
    </message>
    <message>
        <source>&amp;Text options...</source>
        <translation>文本选项(&amp;T)...</translation>
    </message>
    <message>
        <source>Change how the open text is decoded and cut into words.</source>
        <translation>改变打开的文本如何解码和分词。</translation>
    </message>
    <message>
        <source>&amp;Start page</source>
        <translation>开始页(&amp;S)</translation>
    </message>
    <message>
        <source>Show samples and recent files.</source>
        <translation>显示样本和最近的文件。</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Close the program; training stops.</source>
        <translation>关闭程序；训练会停止。</translation>
    </message>
    <message>
        <source>Selection &amp;back</source>
        <translation>选择后退(&amp;B)</translation>
    </message>
    <message>
        <source>Select what was selected before.</source>
        <translation>选中之前选中的内容。</translation>
    </message>
    <message>
        <source>Selection &amp;forward</source>
        <translation>选择前进(&amp;F)</translation>
    </message>
    <message>
        <source>Undo the last step back.</source>
        <translation>撤销上一次后退。</translation>
    </message>
    <message>
        <source>&amp;Clear selection</source>
        <translation>清除选择(&amp;C)</translation>
    </message>
    <message>
        <source>Select no word.</source>
        <translation>不选任何词。</translation>
    </message>
    <message>
        <source>&amp;Preferences...</source>
        <translation>首选项(&amp;P)...</translation>
    </message>
    <message>
        <source>Colours, size of type, motion.</source>
        <translation>配色、字号、动画。</translation>
    </message>
    <message>
        <source>&amp;System colours</source>
        <translation>系统配色(&amp;S)</translation>
    </message>
    <message>
        <source>Light or dark, as the desktop is.</source>
        <translation>浅色或深色，与桌面一致。</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>Dark text on a light ground.</source>
        <translation>浅底深字。</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>Light text on a dark ground.</source>
        <translation>深底浅字。</translation>
    </message>
    <message>
        <source>&amp;High contrast</source>
        <translation>高对比度(&amp;H)</translation>
    </message>
    <message>
        <source>White and yellow on black.</source>
        <translation>黑底白字和黄字。</translation>
    </message>
    <message>
        <source>&amp;Projector mode</source>
        <translation>投影模式(&amp;P)</translation>
    </message>
    <message>
        <source>Large type, thick lines, big markers; only the pictures stay.</source>
        <translation>大字、粗线、大标记；只留下图。</translation>
    </message>
    <message>
        <source>&amp;Larger type</source>
        <translation>放大字号(&amp;L)</translation>
    </message>
    <message>
        <source>Make all type larger.</source>
        <translation>放大所有文字。</translation>
    </message>
    <message>
        <source>&amp;Smaller type</source>
        <translation>缩小字号(&amp;S)</translation>
    </message>
    <message>
        <source>Make all type smaller.</source>
        <translation>缩小所有文字。</translation>
    </message>
    <message>
        <source>&amp;Normal type</source>
        <translation>正常字号(&amp;N)</translation>
    </message>
    <message>
        <source>Type in its normal size.</source>
        <translation>恢复正常字号。</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>Use the whole screen.</source>
        <translation>使用整个屏幕。</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>重置布局(&amp;R)</translation>
    </message>
    <message>
        <source>Bring the views of this workspace back to their places.</source>
        <translation>把此工作区的视图恢复到原位。</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>Start training, pause it, or go on.</source>
        <translation>开始、暂停或继续训练。</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>单步(&amp;S)</translation>
    </message>
    <message>
        <source>Train one small batch, then pause.</source>
        <translation>训练一小批，然后暂停。</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>停止(&amp;O)</translation>
    </message>
    <message>
        <source>End this run; what it has learned stays to be explored.</source>
        <translation>结束这次训练；学到的内容仍可查看。</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>重来(&amp;R)</translation>
    </message>
    <message>
        <source>Forget this run, so that Train starts afresh.</source>
        <translation>忘掉这次训练，让“训练”从头开始。</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>How to use the window, and all shortcuts.</source>
        <translation>如何使用窗口，以及所有快捷键。</translation>
    </message>
    <message>
        <source>&amp;Find a command...</source>
        <translation>查找命令(&amp;F)...</translation>
    </message>
    <message>
        <source>Type a few letters of what you want to do.</source>
        <translation>输入你想做的事的几个字母。</translation>
    </message>
    <message>
        <source>&amp;About Lexarium</source>
        <translation>关于 Lexarium(&amp;A)</translation>
    </message>
    <message>
        <source>Version, licence and thanks.</source>
        <translation>版本、许可证和致谢。</translation>
    </message>
    <message>
        <source>Open &amp;vectors...</source>
        <translation>打开词向量(&amp;V)...</translation>
    </message>
    <message>
        <source>Explore word vectors of a file: word2vec, GloVe, fastText, Projector.</source>
        <translation>探索文件中的词向量：word2vec、GloVe、fastText、Projector。</translation>
    </message>
    <message>
        <source>Vectors for t&amp;his text...</source>
        <translation>用于此文本的词向量(&amp;H)...</translation>
    </message>
    <message>
        <source>Explore vectors of a file beside the runs, with the places in the text.</source>
        <translation>把文件中的词向量与各次训练并列探索，并看到词在文本中的位置。</translation>
    </message>
    <message>
        <source>Sa&amp;ve vectors...</source>
        <translation>保存词向量(&amp;S)...</translation>
    </message>
    <message>
        <source>Write the vectors of the run that is shown into a file.</source>
        <translation>把当前显示的训练的词向量写入文件。</translation>
    </message>
    <message>
        <source>Open pro&amp;ject...</source>
        <translation>打开项目(&amp;J)...</translation>
    </message>
    <message>
        <source>Open texts, runs and their history where a lesson left them.</source>
        <translation>打开上次课留下的文本、训练及其历史。</translation>
    </message>
    <message>
        <source>Save project &amp;as...</source>
        <translation>项目另存为(&amp;A)...</translation>
    </message>
    <message>
        <source>Give the project a name; from then on every change is kept there.</source>
        <translation>给项目命名；此后的每次改动都保存在其中。</translation>
    </message>
    <message>
        <source>&amp;Duplicate project...</source>
        <translation>复制项目(&amp;D)...</translation>
    </message>
    <message>
        <source>Write a copy of the project as it is now, and go on with this one.</source>
        <translation>写出项目现在的副本，并继续使用当前项目。</translation>
    </message>
    <message>
        <source>&amp;Compact project</source>
        <translation>压缩项目(&amp;C)</translation>
    </message>
    <message>
        <source>Give the space of what was deleted back to the disk.</source>
        <translation>把已删除内容占用的空间还给磁盘。</translation>
    </message>
    <message>
        <source>&amp;Go on with this run</source>
        <translation>继续此次训练(&amp;G)</translation>
    </message>
    <message>
        <source>A run that was stopped goes on from its newest checkpoint.</source>
        <translation>已停止的训练从最新的检查点继续。</translation>
    </message>
    <message>
        <source>Re&amp;play</source>
        <translation>重放(&amp;P)</translation>
    </message>
    <message>
        <source>Show the run that is shown as a film, from its beginning until now.</source>
        <translation>把当前显示的训练从头到现在像影片一样播放。</translation>
    </message>
    <message>
        <source>&amp;Earlier moment</source>
        <translation>较早的时刻(&amp;E)</translation>
    </message>
    <message>
        <source>Show the moment of training before this one.</source>
        <translation>显示前一个训练时刻。</translation>
    </message>
    <message>
        <source>&amp;Later moment</source>
        <translation>较晚的时刻(&amp;L)</translation>
    </message>
    <message>
        <source>Show the moment of training after this one.</source>
        <translation>显示后一个训练时刻。</translation>
    </message>
    <message>
        <source>Back to &amp;now</source>
        <translation>回到现在(&amp;N)</translation>
    </message>
    <message>
        <source>Show the newest state of the run again.</source>
        <translation>重新显示训练的最新状态。</translation>
    </message>
    <message>
        <source>Open rec&amp;ipe...</source>
        <translation>打开配方(&amp;I)...</translation>
    </message>
    <message>
        <source>Set the next run up as a recipe says, to repeat a run on this text.</source>
        <translation>按配方设置下一次训练，在此文本上重复一次训练。</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>About 300,000 words of simple Chinese about the same kinds of things, cut into words by a dictionary, with questions to ask what was learnt.</source>
        <translation>约三十万词的简单中文，讲的是同样的事物，由词典分词，并附有检验学习结果的问题。</translation>
    </message>
    <message>
        <source>About 300,000 words of simple English about kings, countries, animals and trades, with questions to ask what was learnt.</source>
        <translation>约三十万词的简单英文，讲国王、国家、动物和职业，并附有检验学习结果的问题。</translation>
    </message>
    <message>
        <source>Answering analogy questions</source>
        <translation>正在回答类比题</translation>
    </message>
    <message>
        <source>CBOW</source>
        <translation>CBOW（连续词袋）</translation>
    </message>
    <message>
        <source>Choosing words</source>
        <translation>正在选词</translation>
    </message>
    <message>
        <source>Counting co-occurrences</source>
        <translation>正在统计共现</translation>
    </message>
    <message>
        <source>Counts which words stand near each other, then finds vectors that explain the counts.</source>
        <translation>先统计哪些词彼此靠近，再求出能解释这些计数的向量。</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>维数</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Filling tables</source>
        <translation>正在填充表格</translation>
    </message>
    <message>
        <source>Final learning rate</source>
        <translation>最终学习率</translation>
    </message>
    <message>
        <source>Finding words</source>
        <translation>正在找词</translation>
    </message>
    <message>
        <source>Full weight from</source>
        <translation>满权重起点</translation>
    </message>
    <message>
        <source>GloVe</source>
        <translation>GloVe</translation>
    </message>
    <message>
        <source>Hierarchical softmax</source>
        <translation>层次 softmax</translation>
    </message>
    <message>
        <source>How a guess is scored: against a few random words, or by way of a tree over all words.</source>
        <translation>如何给猜测打分：与几个随机词比较，或沿着一棵包含所有词的树。</translation>
    </message>
    <message>
        <source>How far the vectors move at each example at the start; it falls steadily from there.</source>
        <translation>开始时每个样本使向量移动多远；之后稳步减小。</translation>
    </message>
    <message>
        <source>How far the vectors move at each example; it adapts for each number by itself.</source>
        <translation>每个样本使向量移动多远；每个数值会各自自动调整。</translation>
    </message>
    <message>
        <source>How many numbers describe a word: more can hold finer differences but need more text and time.</source>
        <translation>用多少个数描述一个词：越多越能表示细微差别，但需要更多文本和时间。</translation>
    </message>
    <message>
        <source>How many random words each guess is compared with.</source>
        <translation>每次猜测与多少个随机词比较。</translation>
    </message>
    <message>
        <source>How many times all counted pairs are gone through.</source>
        <translation>把所有统计到的词对过多少遍。</translation>
    </message>
    <message>
        <source>How many times the whole text is read.</source>
        <translation>整篇文本读多少遍。</translation>
    </message>
    <message>
        <source>How many words to each side count as a word&apos;s context, at most.</source>
        <translation>每侧最多多少个词算作一个词的上下文。</translation>
    </message>
    <message>
        <source>How many words to each side count as context; near ones count more.</source>
        <translation>每侧多少个词算作上下文；越近权重越大。</translation>
    </message>
    <message>
        <source>Indexing the text</source>
        <translation>正在为文本建索引</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>迭代次数</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Learns a vector for each word by guessing it from the words around it; several times faster.</source>
        <translation>由周围的词猜中间的词，从而为每个词学一个向量；速度快几倍。</translation>
    </message>
    <message>
        <source>Learns a vector for each word by guessing the words around it; good for rare words.</source>
        <translation>由一个词猜它周围的词，从而为每个词学一个向量；对罕见词效果好。</translation>
    </message>
    <message>
        <source>Looks at the words from the side from which they are most spread out: a shadow of the real space, never bent, the same every time.</source>
        <translation>从词分布最开的方向看过去：真实空间的一个影子，不弯曲，每次都一样。</translation>
    </message>
    <message>
        <source>Loss (mean per non-zero cell)</source>
        <translation>损失（每个非零格的平均）</translation>
    </message>
    <message>
        <source>Loss (mean per training pair)</source>
        <translation>损失（每个训练对的平均）</translation>
    </message>
    <message>
        <source>Maximum vocabulary</source>
        <translation>词表上限</translation>
    </message>
    <message>
        <source>Minimum count</source>
        <translation>最低词频</translation>
    </message>
    <message>
        <source>Negative sampling</source>
        <translation>负采样</translation>
    </message>
    <message>
        <source>Negatives</source>
        <translation>负样本</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>目标函数</translation>
    </message>
    <message>
        <source>Only this many of the most frequent words are learned; 0 means all.</source>
        <translation>只学习最常见的这么多个词；0 表示全部。</translation>
    </message>
    <message>
        <source>PCA</source>
        <translation>主成分分析（PCA）</translation>
    </message>
    <message>
        <source>Pairs that were counted more often than this all weigh the same; rarer ones weigh less.</source>
        <translation>计数高于此值的词对权重相同；更少见的权重较小。</translation>
    </message>
    <message>
        <source>Shuffling cells</source>
        <translation>正在打乱非零格</translation>
    </message>
    <message>
        <source>Skip-gram</source>
        <translation>Skip-gram（跳字模型）</translation>
    </message>
    <message>
        <source>Small world</source>
        <translation>Small world（小世界，英文）</translation>
    </message>
    <message>
        <source>Sorting the words</source>
        <translation>正在给词排序</translation>
    </message>
    <message>
        <source>Subsampling</source>
        <translation>高频词下采样</translation>
    </message>
    <message>
        <source>Where the learning rate ends up at the end of the run.</source>
        <translation>训练结束时学习率降到多少。</translation>
    </message>
    <message>
        <source>Whether the last words of a sentence count as context of the first words of the next.</source>
        <translation>一句话末尾的词是否算作下一句开头各词的上下文。</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Windows cross sentences</source>
        <translation>窗口跨越句子</translation>
    </message>
    <message>
        <source>Words more frequent than this share of the text are often skipped; 0 skips none.</source>
        <translation>出现比例高于此值的词常被跳过；0 表示不跳过。</translation>
    </message>
    <message>
        <source>Words that occur fewer times than this are left out, because little can be learned about them.</source>
        <translation>出现次数少于此值的词不参加训练，因为从中学不到什么。</translation>
    </message>
    <message>
        <source>words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>小世界</source>
        <translation>小世界</translation>
    </message>
    <message>
        <source>Reading the places of both words</source>
        <translation>正在读取两个词的位置</translation>
    </message>
    <message>
        <source>About how many neighbours each word tries to keep; at most a third of the words.</source>
        <translation>每个词大约想留住多少个近邻；最多为词数的三分之一。</translation>
    </message>
    <message>
        <source>All words around a word are compared with the same random words, which is many times faster at equal quality; off: each with random words of its own, as first published.</source>
        <translation>一个词周围的所有词与同一组随机词比较，质量相同而快许多倍；关闭：各用各的随机词，如最初发表的那样。</translation>
    </message>
    <message>
        <source>Cosine (angle only)</source>
        <translation>余弦（只看角度）</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>Draws a graph of each word&apos;s nearest neighbours: faster than t-SNE, with tighter clusters and more of the whole.</source>
        <translation>画出每个词的最近邻图：比 t-SNE 快，簇更紧，更能看出整体。</translation>
    </message>
    <message>
        <source>Early exaggeration</source>
        <translation>初期放大</translation>
    </message>
    <message>
        <source>Early iterations</source>
        <translation>初期迭代数</translation>
    </message>
    <message>
        <source>Euclidean</source>
        <translation>欧氏距离</translation>
    </message>
    <message>
        <source>Exaggeration</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>How close together words may lie on the map.</source>
        <translation>词在图上可以靠多近。</translation>
    </message>
    <message>
        <source>How far points go in one iteration; 0 chooses by the number of words.</source>
        <translation>点在一次迭代中走多远；0 表示按词数决定。</translation>
    </message>
    <message>
        <source>How far words go in the first iteration.</source>
        <translation>词在第一次迭代中走多远。</translation>
    </message>
    <message>
        <source>How long the early exaggeration lasts.</source>
        <translation>初期放大持续多久。</translation>
    </message>
    <message>
        <source>How long the map is worked on from its start.</source>
        <translation>从开始起对图迭代多久。</translation>
    </message>
    <message>
        <source>How long the map is worked on from its start; 0 chooses 500, or 200 for more than 10,000 words.</source>
        <translation>从开始起对图迭代多久；0 表示 500 次，超过一万词则 200 次。</translation>
    </message>
    <message>
        <source>How many nearest words hold each word in its place, itself counted: few show detail, many the whole.</source>
        <translation>由多少个最近的词（含自身）固定每个词的位置：少则见细节，多则见整体。</translation>
    </message>
    <message>
        <source>How many random words push a word away for each neighbour that pulls it.</source>
        <translation>每有一个近邻拉一个词，就有多少个随机词推开它。</translation>
    </message>
    <message>
        <source>How much more neighbours attract at the beginning, so that clusters find their place.</source>
        <translation>开始时近邻的吸引力放大多少，使各簇找到位置。</translation>
    </message>
    <message>
        <source>How much more than in truth neighbours attract: larger values draw clusters together.</source>
        <translation>近邻的吸引力比实际放大多少：值越大簇越紧。</translation>
    </message>
    <message>
        <source>How strongly they push.</source>
        <translation>推力多大。</translation>
    </message>
    <message>
        <source>How the distance of two words is measured.</source>
        <translation>如何衡量两个词的距离。</translation>
    </message>
    <message>
        <source>Keeps neighbours together: words that are near in the real space are near on the map; distances between clusters say little.</source>
        <translation>让近邻在一起：真实空间中相近的词在图上也相近；簇与簇之间的距离说明不了什么。</translation>
    </message>
    <message>
        <source>Least distance</source>
        <translation>最小距离</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>近邻</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>Repulsion</source>
        <translation>排斥</translation>
    </message>
    <message>
        <source>Share negatives</source>
        <translation>共享负样本</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>展布</translation>
    </message>
    <message>
        <source>The size of clusters on the map.</source>
        <translation>簇在图上的大小。</translation>
    </message>
    <message>
        <source>UMAP</source>
        <translation>UMAP</translation>
    </message>
    <message>
        <source>t-SNE</source>
        <translation>t-SNE</translation>
    </message>
    <message>
        <source>Cross-entropy</source>
        <translation>交叉熵</translation>
    </message>
    <message>
        <source>KL divergence</source>
        <translation>KL 散度</translation>
    </message>
    <message>
        <source>Looking for the words of the text</source>
        <translation>正在查找文本中的词</translation>
    </message>
    <message>
        <source>Checking the project</source>
        <translation>正在检查项目</translation>
    </message>
    <message>
        <source>Compacting the project</source>
        <translation>正在压缩项目</translation>
    </message>
    <message>
        <source>AdaGrad</source>
        <translation>AdaGrad</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>After so many steps the loss on the text held back is measured; 0: only at the end.</source>
        <translation>每隔这么多步测量一次留出文本上的损失；0：只在最后测量。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>Beginning to count</source>
        <translation>开始计数</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>Clip gradients at</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>Counting pieces of text</source>
        <translation>正在统计文本片段</translation>
    </message>
    <message>
        <source>Counts which token has followed the last few; the yardstick for all that learns.</source>
        <translation>统计最近几个词元之后出现过什么；一切学习模型的参照标准。</translation>
    </message>
    <message>
        <source>Cutting the text into tokens</source>
        <translation>正在把文本切分为词元</translation>
    </message>
    <message>
        <source>Drawing the first numbers</source>
        <translation>正在随机生成初始数值</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>随机失活</translation>
    </message>
    <message>
        <source>GRU</source>
        <translation>GRU</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>注意力头</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>留出比例</translation>
    </message>
    <message>
        <source>How far the model can look back.</source>
        <translation>模型最多能回看多远。</translation>
    </message>
    <message>
        <source>How far the numbers move at each step.</source>
        <translation>每一步中数值移动多少。</translation>
    </message>
    <message>
        <source>How many different tokens there are at most; rarer characters or words share one.</source>
        <translation>最多有多少种不同的词元；更少见的字符或词共用一个。</translation>
    </message>
    <message>
        <source>How many layers stand over each other.</source>
        <translation>有多少层叠在一起。</translation>
    </message>
    <message>
        <source>How many numbers a layer passes on: its memory.</source>
        <translation>一层传递多少个数：它的记忆。</translation>
    </message>
    <message>
        <source>How many numbers stand for a token where it enters the network.</source>
        <translation>词元进入网络时用多少个数表示。</translation>
    </message>
    <message>
        <source>How many places a layer can look at at once; the units are shared among them.</source>
        <translation>一层能同时看多少个位置；单元在它们之间平分。</translation>
    </message>
    <message>
        <source>How many places of the text are learned from at once.</source>
        <translation>同时从文本的多少个位置学习。</translation>
    </message>
    <message>
        <source>How many tokens in a row are counted: 2 for pairs.</source>
        <translation>统计连续多少个词元：2 表示成对。</translation>
    </message>
    <message>
        <source>How many tokens in a row are learned at once; errors go back so far.</source>
        <translation>一次学习连续多少个词元；误差最多回传这么远。</translation>
    </message>
    <message>
        <source>How many tokens it looks back on to say what comes next.</source>
        <translation>预测下一个词元时回看多少个词元。</translation>
    </message>
    <message>
        <source>How much of the last step is taken again.</source>
        <translation>上一步的多大部分会再走一次。</translation>
    </message>
    <message>
        <source>How strongly large numbers are drawn to zero, against learning by heart.</source>
        <translation>大的数值被多强地拉向零，以防死记硬背。</translation>
    </message>
    <message>
        <source>How the learning rate goes on over the run.</source>
        <translation>学习率在训练中如何变化。</translation>
    </message>
    <message>
        <source>How the model knows where a token stands.</source>
        <translation>模型如何知道词元所在的位置。</translation>
    </message>
    <message>
        <source>LSTM</source>
        <translation>LSTM</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Learned</source>
        <translation>学习得到</translation>
    </message>
    <message>
        <source>Learning subwords</source>
        <translation>正在学习子词</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Looks at all tokens before, and learns which of them matter for the next.</source>
        <translation>看之前的所有词元，并学习其中哪些对下一个重要。</translation>
    </message>
    <message>
        <source>Loss (mean per token)</source>
        <translation>损失（每个词元的平均值）</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>Measure every</source>
        <translation>测量间隔</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>N-grams</source>
        <translation>N 元语法</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>阶数</translation>
    </message>
    <message>
        <source>Over so many steps the rate rises from zero.</source>
        <translation>学习率在这么多步内从零上升。</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>耐心</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>位置编码</translation>
    </message>
    <message>
        <source>RMSProp</source>
        <translation>RMSProp</translation>
    </message>
    <message>
        <source>RNN</source>
        <translation>RNN</translation>
    </message>
    <message>
        <source>Reading the text</source>
        <translation>正在读取文本</translation>
    </message>
    <message>
        <source>Reading the text as tokens</source>
        <translation>正在把文本读为词元</translation>
    </message>
    <message>
        <source>Reads token by token and carries one memory along, made anew at each.</source>
        <translation>逐个词元阅读，带着一份每步更新的记忆。</translation>
    </message>
    <message>
        <source>Reads token by token; gates decide what its memory keeps, takes in and tells.</source>
        <translation>逐个词元阅读；由门决定记忆保留什么、接收什么、输出什么。</translation>
    </message>
    <message>
        <source>Reads token by token; two gates decide what its memory keeps.</source>
        <translation>逐个词元阅读；由两个门决定记忆保留什么。</translation>
    </message>
    <message>
        <source>Rotary</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>SGD</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>Says what comes next from the last few tokens, through one hidden layer.</source>
        <translation>通过一个隐藏层，由最近几个词元说出下一个。</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率计划</translation>
    </message>
    <message>
        <source>Sines and cosines</source>
        <translation>正弦与余弦</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>阶梯</translation>
    </message>
    <message>
        <source>Steps longer than this are shortened, so that none goes wild; 0 never shortens.</source>
        <translation>比这更长的步会被缩短，以免失控；0 表示从不缩短。</translation>
    </message>
    <message>
        <source>Subwords</source>
        <translation>子词</translation>
    </message>
    <message>
        <source>The output layer uses the input vectors, which must have as many numbers as there are units.</source>
        <translation>输出层使用输入向量，其维数必须与单元数相同。</translation>
    </message>
    <message>
        <source>The rule by which numbers follow their gradients.</source>
        <translation>数值沿梯度移动所依据的规则。</translation>
    </message>
    <message>
        <source>The run ends when so many measurements in a row were no better than the best; 0: never.</source>
        <translation>连续这么多次测量都不优于最佳值时训练结束；0：从不。</translation>
    </message>
    <message>
        <source>Tied output</source>
        <translation>共享输出</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Transformer</source>
        <translation>Transformer</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>单元数</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表大小</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Which share of the text, at its end, is not learned but measures what was learned.</source>
        <translation>文本末尾多大比例不用于学习，而用来衡量学到了什么。</translation>
    </message>
    <message>
        <source>Which share of the units is left out at random while learning, against learning by heart.</source>
        <translation>学习时随机去掉多大比例的单元，以防死记硬背。</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation>个数</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Whether the same seed gives the same vectors again, or speed comes first.</source>
        <translation>同样的种子是否再次得到同样的结果，还是速度优先。</translation>
    </message>
    <message>
        <source>Fastest</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>Reproducible</source>
        <translation>可重现</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>How many processor cores learn at the same time.</source>
        <translation>同时学习的处理器核心数。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Where the random numbers begin: the same seed gives the same start.</source>
        <translation>随机数从哪里开始：同样的种子有同样的开头。</translation>
    </message>
    <message>
        <source>Cutting the texts into tokens</source>
        <translation>正在把文本切分成词元</translation>
    </message>
    <message>
        <source>Learning pieces</source>
        <translation>正在学习片段</translation>
    </message>
    <message>
        <source>Reading rows</source>
        <translation>正在读取各行</translation>
    </message>
    <message>
        <source>Reading the pairs as tokens</source>
        <translation>正在把各对文本读成词元</translation>
    </message>
    <message>
        <source>SentencePiece</source>
        <translation>SentencePiece</translation>
    </message>
    <message>
        <source>What the text is cut into: single characters, words, or parts of words that are learned from the text: by joining frequent pairs (subwords) or as the likeliest pieces (SentencePiece).</source>
        <translation>文本切分成什么：单个字符、词，或从文本中学到的词的部分：由合并高频对得到（子词），或取最可能的片段（SentencePiece）。</translation>
    </message>
    <message>
        <source>Fingerprint of the vectors</source>
        <translation>词向量的指纹</translation>
    </message>
    <message>
        <source>Frozen vectors</source>
        <translation>冻结词向量</translation>
    </message>
    <message>
        <source>Reading the model</source>
        <translation>正在读取模型</translation>
    </message>
    <message>
        <source>The input vectors stay as they are while the rest learns; with a tied output the output layer stays, too.</source>
        <translation>其余部分学习时，输入向量保持不变；若输出层与之绑定，输出层也不变。</translation>
    </message>
    <message>
        <source>Word vectors</source>
        <translation>词向量</translation>
    </message>
    <message>
        <source>Word vectors that the input layer begins with, instead of random numbers; they must have as many numbers as the input layer.</source>
        <translation>输入层不从随机数、而从这些词向量开始；它们的维数必须与输入层相同。</translation>
    </message>
    <message>
        <source>Word vectors with another fingerprint are refused; empty: all are taken.</source>
        <translation>拒绝指纹不同的词向量；空：全部接受。</translation>
    </message>
    <message>
        <source>Reading the texts as tokens</source>
        <translation>正在把文本读成词元</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 words, %2 different</source>
        <translation>%1 个词，其中不同的 %2 个</translation>
    </message>
    <message>
        <source>(from the beginning)</source>
        <translation>（从头开始）</translation>
    </message>
    <message>
        <source>95 % of the questions right</source>
        <translation>95 % 的问题答对</translation>
    </message>
    <message>
        <source>95 % of the rows entirely right</source>
        <translation>95 % 的行完全正确</translation>
    </message>
    <message>
        <source>98 % of the dates entirely right</source>
        <translation>98 % 的日期完全正确</translation>
    </message>
    <message>
        <source>99 % of the reviews right</source>
        <translation>99 % 的评论判断正确</translation>
    </message>
    <message>
        <source>99 % of the rows entirely right</source>
        <translation>99 % 的行完全正确</translation>
    </message>
    <message>
        <source>99 % of the sentences entirely right</source>
        <translation>99 % 的句子完全正确</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Additive</source>
        <translation>加性</translation>
    </message>
    <message>
        <source>After so many steps the pairs held back are looked at; 0: only at the end.</source>
        <translation>每隔这么多步查看一次留出的文本对；0：只在结束时。</translation>
    </message>
    <message>
        <source>After so many steps the questions held back are looked at; 0: only at the end.</source>
        <translation>每隔这么多步查看一次留出的问题；0：只在结束时。</translation>
    </message>
    <message>
        <source>After so many steps the texts held back are looked at; 0: only at the end.</source>
        <translation>每隔这么多步查看一次留出的文本；0：只在结束时。</translation>
    </message>
    <message>
        <source>Asking the model</source>
        <translation>正在询问模型</translation>
    </message>
    <message>
        <source>At the beginning; halved every quarter of the run.</source>
        <translation>开始时的值；每过运行的四分之一减半。</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Bits per character</source>
        <translation>每字符比特数</translation>
    </message>
    <message>
        <source>Both directions</source>
        <translation>双向</translation>
    </message>
    <message>
        <source>Cell</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Dates in a dozen spellings become 2015-03-27: attention must find day, month and year.</source>
        <translation>十来种写法的日期变成 2015-03-27：注意力必须找到日、月、年。</translation>
    </message>
    <message>
        <source>Digits are put in order: attention must search.</source>
        <translation>把数字排序：注意力必须搜索。</translation>
    </message>
    <message>
        <source>Digits are said backwards: attention runs against the reading.</source>
        <translation>把数字倒着说：注意力与阅读方向相反。</translation>
    </message>
    <message>
        <source>Does the encoder read the source backwards, too, with half of the units?</source>
        <translation>编码器是否也用一半的单元倒着读源文本？</translation>
    </message>
    <message>
        <source>Dot product</source>
        <translation>点积</translation>
    </message>
    <message>
        <source>Encoder-decoder</source>
        <translation>编码器-解码器</translation>
    </message>
    <message>
        <source>English to Chinese</source>
        <translation>英译中</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>前馈层</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>General</source>
        <translation>一般式</translation>
    </message>
    <message>
        <source>Half of the units read backwards; of cells.</source>
        <translation>一半的单元倒着读；仅用于循环单元。</translation>
    </message>
    <message>
        <source>Hops</source>
        <translation>跳数</translation>
    </message>
    <message>
        <source>How many different tokens are known.</source>
        <translation>认识多少个不同的词元。</translation>
    </message>
    <message>
        <source>How many different tokens each side has at most.</source>
        <translation>每一侧最多有多少个不同的词元。</translation>
    </message>
    <message>
        <source>How many numbers a layer passes on.</source>
        <translation>一层向后传递多少个数。</translation>
    </message>
    <message>
        <source>How many numbers a memory has.</source>
        <translation>一条记忆有多少个数。</translation>
    </message>
    <message>
        <source>How many numbers stand for a token where it enters.</source>
        <translation>词元输入时用多少个数表示。</translation>
    </message>
    <message>
        <source>How many numbers stand for a token.</source>
        <translation>一个词元用多少个数表示。</translation>
    </message>
    <message>
        <source>How many of the last sentences it remembers.</source>
        <translation>记住最后多少个句子。</translation>
    </message>
    <message>
        <source>How many pairs are learned from at once.</source>
        <translation>一次学习多少对。</translation>
    </message>
    <message>
        <source>How many questions are learned from at once.</source>
        <translation>一次学习多少个问题。</translation>
    </message>
    <message>
        <source>How many texts are learned from at once.</source>
        <translation>一次学习多少篇文本。</translation>
    </message>
    <message>
        <source>How many times all pairs are read.</source>
        <translation>所有文本对读多少遍。</translation>
    </message>
    <message>
        <source>How many times all questions are read.</source>
        <translation>所有问题读多少遍。</translation>
    </message>
    <message>
        <source>How many times all texts are read.</source>
        <translation>所有文本读多少遍。</translation>
    </message>
    <message>
        <source>How often it looks at the story before it answers.</source>
        <translation>回答之前看故事多少次。</translation>
    </message>
    <message>
        <source>How the decoder finds where to look in the source: by a small network (Bahdanau), by products of states (Luong), or not at all.</source>
        <translation>解码器如何找到该看源文本的哪里：用一个小网络（Bahdanau）、用状态的乘积（Luong），或者不看。</translation>
    </message>
    <message>
        <source>How wide the part of a layer is that works on each token by itself.</source>
        <translation>一层中单独处理每个词元的部分有多宽。</translation>
    </message>
    <message>
        <source>In short</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Is a review positive? &quot;Not&quot; turns an opinion around, and &quot;but&quot; decides which one counts.</source>
        <translation>评论是好评吗？“不”把意见反过来，“但是”决定哪一个算数。</translation>
    </message>
    <message>
        <source>Longer texts are not learned from.</source>
        <translation>更长的文本不用来学习。</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>最长</translation>
    </message>
    <message>
        <source>Longest text</source>
        <translation>最长文本</translation>
    </message>
    <message>
        <source>Looks at the sentences of a story, as often as it has hops, and answers a question.</source>
        <translation>看故事里的句子，有几跳就看几次，然后回答问题。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Loss (mean per question)</source>
        <translation>损失（每个问题的平均）</translation>
    </message>
    <message>
        <source>Loss (mean per text)</source>
        <translation>损失（每篇文本的平均）</translation>
    </message>
    <message>
        <source>Loss on text held back</source>
        <translation>留出文本上的损失</translation>
    </message>
    <message>
        <source>Made with Lexarium %1. The file needs nothing else: it can be kept, sent and printed.</source>
        <translation>由 Lexarium %1 制作。此文件不需要其他任何东西：可以保存、发送和打印。</translation>
    </message>
    <message>
        <source>Mean of the vectors</source>
        <translation>向量的平均</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>Memory network</source>
        <translation>记忆网络</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Nearest words</source>
        <translation>最近的词</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Numbers learned</source>
        <translation>学到的数</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>论文</translation>
    </message>
    <message>
        <source>People go about and carry things; then somebody asks where they are.</source>
        <translation>人们走来走去，拿着东西；然后有人问它们在哪里。</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>汇聚</translation>
    </message>
    <message>
        <source>Reads a text and says another one: a translation, a date in another spelling, an answer.</source>
        <translation>读一段文本，说出另一段：译文、另一种写法的日期、答案。</translation>
    </message>
    <message>
        <source>Reads a text and says to which class it belongs: praise or blame, this subject or that.</source>
        <translation>读一段文本，说出它属于哪一类：褒或贬，这个主题或那个主题。</translation>
    </message>
    <message>
        <source>Recurrent</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Reversed digits</source>
        <translation>倒序数字</translation>
    </message>
    <message>
        <source>Reviews</source>
        <translation>评论</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Sentences of a small world in English become Chinese, in another order of words.</source>
        <translation>小世界的英文句子变成中文，词序也不同。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Sorted digits</source>
        <translation>排序数字</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Steps longer than this are shortened; 0 never shortens.</source>
        <translation>比这更长的步会被缩短；0 表示从不缩短。</translation>
    </message>
    <message>
        <source>Stories</source>
        <translation>故事</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Teacher forcing, first</source>
        <translation>教师强制，开始</translation>
    </message>
    <message>
        <source>Teacher forcing, last</source>
        <translation>教师强制，结束</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Text classifier</source>
        <translation>文本分类器</translation>
    </message>
    <message>
        <source>The last</source>
        <translation>最后一步</translation>
    </message>
    <message>
        <source>The same at the end of the run.</source>
        <translation>运行结束时的同一概率。</translation>
    </message>
    <message>
        <source>The words with the most similar vectors (cosine).</source>
        <translation>向量最相似的词（余弦）。</translation>
    </message>
    <message>
        <source>Their mean</source>
        <translation>它们的平均</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Vectors side by side</source>
        <translation>向量并排</translation>
    </message>
    <message>
        <source>What a text is cut into.</source>
        <translation>文本切成什么。</translation>
    </message>
    <message>
        <source>What becomes of the steps of a text: the last one (of a Transformer, a token more that stands for the class), their mean, or what attention chooses.</source>
        <translation>文本各步如何汇总：取最后一步（Transformer 则多一个代表类别的词元）、取平均，或由注意力选择。</translation>
    </message>
    <message>
        <source>What both texts are cut into.</source>
        <translation>两侧文本切成什么。</translation>
    </message>
    <message>
        <source>What encoder and decoder are made of.</source>
        <translation>编码器和解码器由什么构成。</translation>
    </message>
    <message>
        <source>What is longer is cut at its end.</source>
        <translation>更长的在末尾截断。</translation>
    </message>
    <message>
        <source>What reads the source and says the target: cells that go from token to token, or layers that look at all tokens at once.</source>
        <translation>由什么读源文本、说目标文本：逐个词元前进的单元，或一次看所有词元的层。</translation>
    </message>
    <message>
        <source>What reads the texts.</source>
        <translation>由什么读文本。</translation>
    </message>
    <message>
        <source>What the model makes of examples that were kept for the test.</source>
        <translation>模型对留作测试的例子的结果。</translation>
    </message>
    <message>
        <source>What the model says, with temperature 0.8.</source>
        <translation>模型在温度 0.8 下说的话。</translation>
    </message>
    <message>
        <source>Which share is looked at when all is done.</source>
        <translation>全部结束后查看多大一部分。</translation>
    </message>
    <message>
        <source>Which share of the numbers is left out at random while learning.</source>
        <translation>学习时随机略去多大一部分的数。</translation>
    </message>
    <message>
        <source>Which share of the pairs is looked at while training, and not learned.</source>
        <translation>训练中只查看、不学习的文本对占多大一部分。</translation>
    </message>
    <message>
        <source>Which share of the questions is looked at while training, and not learned.</source>
        <translation>训练中只查看、不学习的问题占多大一部分。</translation>
    </message>
    <message>
        <source>Which share of the texts is looked at while training, and not learned.</source>
        <translation>训练中只查看、不学习的文本占多大一部分。</translation>
    </message>
    <message>
        <source>Which share of the units is left out at random while learning.</source>
        <translation>学习时随机略去多大一部分的单元。</translation>
    </message>
    <message>
        <source>Whoever repeats the run in the mode &quot;reproducible&quot; gets the same fingerprint.</source>
        <translation>在“可重现”模式下重复此运行的人会得到相同的指纹。</translation>
    </message>
    <message>
        <source>With which probability the decoder is given the right token, at the beginning.</source>
        <translation>开始时以多大概率把正确的词元给解码器。</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>已发散</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>fastest</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>on text held back</source>
        <translation>留出文本</translation>
    </message>
    <message>
        <source>pairs</source>
        <translation>对</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>questions</source>
        <translation>个问题</translation>
    </message>
    <message>
        <source>reproducible</source>
        <translation>可复现</translation>
    </message>
    <message>
        <source>running</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>sentences</source>
        <translation>句子</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>texts</source>
        <translation>篇文本</translation>
    </message>
    <message>
        <source>units</source>
        <translation>个单元</translation>
    </message>
    <message>
        <source>while learning</source>
        <translation>学习时</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
</context>
<context>
    <name>CorpusText</name>
    <message>
        <source>%1, by its mark</source>
        <translation>%1，由字节序标记得知</translation>
    </message>
    <message>
        <source>%1, detected %2 %</source>
        <translation>%1，自动识别（%2 %）</translation>
    </message>
    <message>
        <source>%1, chosen</source>
        <translation>%1，手动指定</translation>
    </message>
    <message>
        <source>%1 words, %2 of them different, in %3 sentences</source>
        <translation>%1 个词，其中 %2 个不同，共 %3 句</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>已发散</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1 words, without a text</source>
        <translation>%1 个词，没有文本</translation>
    </message>
    <message>
        <source>Occurs %1 times</source>
        <translation>出现 %1 次</translation>
    </message>
    <message>
        <source>From a file: how often it occurs is not known</source>
        <translation>来自文件：出现次数未知</translation>
    </message>
    <message>
        <source>These vectors came from a file, without a text. Open a text first, then &quot;Vectors for this text&quot; in the file menu, to see here what it says.</source>
        <translation>这些词向量来自文件，没有文本。请先打开文本，再选文件菜单中的“用于此文本的词向量”，这里就会显示文本中的内容。</translation>
    </message>
</context>
<context>
    <name>FingerprintMark</name>
    <message>
        <source>The fingerprint of the result: whoever has the same eight digits has the same result, number by number. (In the mode &quot;reproducible&quot;, the same text and settings give the same ones everywhere.)</source>
        <translation>结果的指纹：八位相同，结果就逐数相同。（在“可重现”模式下，相同的文本和设置在任何地方都得到相同的指纹。）</translation>
    </message>
</context>
<context>
    <name>Helpers</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 字节</translation>
    </message>
</context>
<context>
    <name>HoodSheet</name>
    <message>
        <source>Forget gate</source>
        <translation>遗忘门</translation>
    </message>
    <message>
        <source>how much of the cell is kept</source>
        <translation>细胞保留多少</translation>
    </message>
    <message>
        <source>Input gate</source>
        <translation>输入门</translation>
    </message>
    <message>
        <source>how much is let in</source>
        <translation>放进多少</translation>
    </message>
    <message>
        <source>Output gate</source>
        <translation>输出门</translation>
    </message>
    <message>
        <source>how much is let out</source>
        <translation>放出多少</translation>
    </message>
    <message>
        <source>Candidate</source>
        <translation>候选</translation>
    </message>
    <message>
        <source>what could be let in</source>
        <translation>可以放进什么</translation>
    </message>
    <message>
        <source>Reset gate</source>
        <translation>重置门</translation>
    </message>
    <message>
        <source>how much of the past is looked at</source>
        <translation>看过去的多少</translation>
    </message>
    <message>
        <source>Update gate</source>
        <translation>更新门</translation>
    </message>
    <message>
        <source>how much of the past stays</source>
        <translation>过去留下多少</translation>
    </message>
    <message>
        <source>what is new</source>
        <translation>新的内容</translation>
    </message>
    <message>
        <source>Hidden state</source>
        <translation>隐藏状态</translation>
    </message>
    <message>
        <source>what it hands on</source>
        <translation>向后传递的</translation>
    </message>
    <message>
        <source>“%1” %2</source>
        <translation>“%1” %2</translation>
    </message>
    <message>
        <source>input %1</source>
        <translation>输入 %1</translation>
    </message>
    <message>
        <source>layer %1, unit %2</source>
        <translation>第 %1 层，单元 %2</translation>
    </message>
    <message>
        <source>x %2 of “%1”</source>
        <translation>“%1” 的 x %2</translation>
    </message>
    <message>
        <source>unit %1 before</source>
        <translation>上一步的单元 %1</translation>
    </message>
    <message>
        <source>number %1</source>
        <translation>第 %1 个数</translation>
    </message>
    <message>
        <source>before the text</source>
        <translation>文本之前</translation>
    </message>
    <message>
        <source>From what comes in</source>
        <translation>来自输入</translation>
    </message>
    <message>
        <source>From the state before</source>
        <translation>来自上一步的状态</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Cell state</source>
        <translation>细胞状态</translation>
    </message>
    <message>
        <source>what the cell holds</source>
        <translation>细胞所保存的</translation>
    </message>
    <message>
        <source>%1 %2, unit %3</source>
        <translation>%1 %2，单元 %3</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>inner bias</source>
        <translation>内部偏置</translation>
    </message>
    <message>
        <source>%1 numbers sum to %2, and %3(%2) = %4</source>
        <translation>%1 个数之和为 %2，%3(%2) = %4</translation>
    </message>
    <message>
        <source>%1 numbers sum to %2</source>
        <translation>%1 个数之和为 %2</translation>
    </message>
    <message>
        <source>Cell state c, unit %1</source>
        <translation>细胞状态 c，单元 %1</translation>
    </message>
    <message>
        <source>What is kept of the cell, and what is let in.</source>
        <translation>细胞保留的，加上放进的。</translation>
    </message>
    <message>
        <source>kept: f × c before</source>
        <translation>保留：f × 之前的 c</translation>
    </message>
    <message>
        <source>let in: i × g</source>
        <translation>放进：i × g</translation>
    </message>
    <message>
        <source>Hidden state h, unit %1</source>
        <translation>隐藏状态 h，单元 %1</translation>
    </message>
    <message>
        <source>What stays of the past, and what is new.</source>
        <translation>过去留下的，加上新的。</translation>
    </message>
    <message>
        <source>stays: z × h before</source>
        <translation>留下：z × 之前的 h</translation>
    </message>
    <message>
        <source>new: (1 − z) × n</source>
        <translation>新的：(1 − z) × n</translation>
    </message>
    <message>
        <source>As much of the cell as the output gate lets out.</source>
        <translation>输出门从细胞中放出的部分。</translation>
    </message>
    <message>
        <source>o × tanh(c)</source>
        <translation>o × tanh(c)</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>query: what the token looks for</source>
        <translation>查询：词元在找什么</translation>
    </message>
    <message>
        <source>key: what token j answers to</source>
        <translation>键：词元 j 回应什么</translation>
    </message>
    <message>
        <source>value: what token j hands on</source>
        <translation>值：词元 j 传递什么</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Output of the head</source>
        <translation>注意力头的输出</translation>
    </message>
    <message>
        <source>score: how well both fit</source>
        <translation>得分：两者有多匹配</translation>
    </message>
    <message>
        <source>attention; later tokens are masked</source>
        <translation>注意力；之后的词元被遮住</translation>
    </message>
    <message>
        <source>what the head hands on</source>
        <translation>注意力头传递的</translation>
    </message>
    <message>
        <source>Query of %1, number %2</source>
        <translation>%1 的查询，第 %2 个数</translation>
    </message>
    <message>
        <source>Key of %1, number %2</source>
        <translation>%1 的键，第 %2 个数</translation>
    </message>
    <message>
        <source>Value of %1, number %2</source>
        <translation>%1 的值，第 %2 个数</translation>
    </message>
    <message>
        <source>%1 looks at %2</source>
        <translation>%1 看 %2</translation>
    </message>
    <message>
        <source>Products q × k / √d of the head&apos;s numbers sum to the score %1</source>
        <translation>注意力头各数的乘积 q × k / √d 之和为得分 %1</translation>
    </message>
    <message>
        <source>What %1 looks at</source>
        <translation>%1 在看什么</translation>
    </message>
    <message>
        <source>All weights sum to 1. Click a token to see its numbers.</source>
        <translation>所有权重之和为 1。点击一个词元看它的数值。</translation>
    </message>
    <message>
        <source>Output of the head, number %1</source>
        <translation>注意力头的输出，第 %1 个数</translation>
    </message>
    <message>
        <source>Attention × value of each token sums to %1</source>
        <translation>各词元的注意力 × 值之和为 %1</translation>
    </message>
</context>
<context>
    <name>LossValues</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>Bits per character</source>
        <translation>每字符比特数</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>How surprised the model is on average: minus the logarithm of the probability that it gave to what came.</source>
        <translation>模型平均有多惊讶：它给实际出现的词元的概率取对数再取负。</translation>
    </message>
    <message>
        <source>How far each step goes.</source>
        <translation>每一步走多远。</translation>
    </message>
    <message>
        <source>Among how many equally likely tokens the model seems to choose.</source>
        <translation>模型好像在多少个同样可能的词元中选择。</translation>
    </message>
    <message>
        <source>How many bits a character of the text would take if the model packed it: comparable between models with other tokens.</source>
        <translation>用模型压缩时，每个字符要占多少比特：词元不同的模型也可以比较。</translation>
    </message>
    <message>
        <source>How steep the loss is, before clipping; it explodes before a run diverges.</source>
        <translation>裁剪之前损失有多陡；训练发散之前它会暴涨。</translation>
    </message>
    <message>
        <source>Loss (nats per token)</source>
        <translation>损失（每词元纳特）</translation>
    </message>
    <message>
        <source>Loss per pair</source>
        <translation>每对损失</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Entirely right</source>
        <translation>完全正确</translation>
    </message>
    <message>
        <source>BLEU</source>
        <translation>BLEU</translation>
    </message>
    <message>
        <source>F1 (mean of the classes)</source>
        <translation>F1（各类平均）</translation>
    </message>
    <message>
        <source>Share of tokens, texts or answers that are right, on examples held back.</source>
        <translation>在留出的例子上，正确的词元、文本或答案所占的比例。</translation>
    </message>
    <message>
        <source>Share of texts said without help that are entirely right, on examples held back.</source>
        <translation>在留出的例子上，不经帮助说出且完全正确的文本所占的比例。</translation>
    </message>
    <message>
        <source>How many words and phrases a translation shares with the right one, from 0 to 1.</source>
        <translation>译文与正确译文有多少词和短语相同，从 0 到 1。</translation>
    </message>
    <message>
        <source>Precision and recall in one number, every class with the same weight.</source>
        <translation>把精确率和召回率合成一个数，每一类权重相同。</translation>
    </message>
    <message>
        <source>Loss (nats per example)</source>
        <translation>损失（每个例子，纳特）</translation>
    </message>
</context>
<context>
    <name>PlotExport</name>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Save picture as PNG...</source>
        <translation>将图片存为 PNG...</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>Save picture as SVG...</source>
        <translation>将图片存为 SVG...</translation>
    </message>
    <message>
        <source>SVG drawing (*.svg)</source>
        <translation>SVG 图形 (*.svg)</translation>
    </message>
    <message>
        <source>Save picture as PDF...</source>
        <translation>将图片存为 PDF...</translation>
    </message>
    <message>
        <source>PDF document (*.pdf)</source>
        <translation>PDF 文档 (*.pdf)</translation>
    </message>
    <message>
        <source>Save numbers as CSV...</source>
        <translation>将数值存为 CSV...</translation>
    </message>
    <message>
        <source>Table of numbers (*.csv)</source>
        <translation>数值表 (*.csv)</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>以表格显示</translation>
    </message>
</context>
<context>
    <name>PlotTable</name>
    <message>
        <source>%1 as a table</source>
        <translation>%1（表格）</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>RunMenu</name>
    <message>
        <source>Colour %1</source>
        <translation>颜色 %1</translation>
    </message>
    <message>
        <source>Another colour...</source>
        <translation>其他颜色...</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>Fork from</source>
        <translation>由此分支</translation>
    </message>
    <message>
        <source>Step %1, epoch %2</source>
        <translation>第 %1 步，第 %2 轮</translation>
    </message>
    <message>
        <source>Save recipe</source>
        <translation>保存配方</translation>
    </message>
    <message>
        <source>Show in all views</source>
        <translation>在所有视图中显示</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>On the loss chart</source>
        <translation>显示在损失图上</translation>
    </message>
    <message>
        <source>Use its settings for the next run</source>
        <translation>下次训练使用它的设置</translation>
    </message>
    <message>
        <source>Save recipe...</source>
        <translation>保存配方...</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>View</name>
    <message>
        <source>Explorer</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>The open text with its documents, and the runs made on it.</source>
        <translation>打开的文本及其文档，以及在它上面的各次训练。</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Which model the next run trains, and with what settings.</source>
        <translation>下一次训练用什么模型、什么设置。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>The text itself; a click on a word selects it everywhere.</source>
        <translation>文本本身；点击一个词，各处都会选中它。</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>All words of the text with how often they occur.</source>
        <translation>文本中的所有词及其出现次数。</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>词图</translation>
    </message>
    <message>
        <source>Every word a point: words that are used alike come to lie near one another.</source>
        <translation>每个词是一个点：用法相近的词会聚到一起。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>How well the model predicts words while it trains: the lower, the better.</source>
        <translation>训练时模型预测词的好坏：越低越好。</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>近邻</translation>
    </message>
    <message>
        <source>The selected word and the words nearest to it, while it trains.</source>
        <translation>选中的词以及离它最近的词，随训练更新。</translation>
    </message>
    <message>
        <source>Concordance</source>
        <translation>索引行</translation>
    </message>
    <message>
        <source>All places of a word in the text, with the words around it.</source>
        <translation>一个词在文本中的所有位置及前后文。</translation>
    </message>
    <message>
        <source>Analogies</source>
        <translation>词的算术</translation>
    </message>
    <message>
        <source>Sums of words, king - man + woman, and the words that fit them best.</source>
        <translation>词的加减，如国王 - 男人 + 女人，以及最符合结果的词。</translation>
    </message>
    <message>
        <source>Axes</source>
        <translation>语义轴</translation>
    </message>
    <message>
        <source>Words between the ends of two lines of meaning that you choose.</source>
        <translation>词落在你选定的两条语义线的两端之间。</translation>
    </message>
    <message>
        <source>Why close?</source>
        <translation>为何相近？</translation>
    </message>
    <message>
        <source>Why two words are close: shared contexts, and the sentences with most of them.</source>
        <translation>两个词为何相近：共同的上下文，以及含有最多共同上下文的句子。</translation>
    </message>
    <message>
        <source>Training step</source>
        <translation>训练一步</translation>
    </message>
    <message>
        <source>One training step taken apart: both tables, the formulas and every number.</source>
        <translation>拆开一个训练步：两张表、公式和每一个数。</translation>
    </message>
    <message>
        <source>Co-occurrence</source>
        <translation>共现</translation>
    </message>
    <message>
        <source>How often words stand near each other, and what GloVe makes of it.</source>
        <translation>词与词多常相邻，以及 GloVe 由此学到什么。</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>All runs on the text as a table: what differs between them stands first.</source>
        <translation>此文本的所有训练列成表：不同之处排在最前。</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>一致程度</translation>
    </message>
    <message>
        <source>How far two runs agree on what is near, word by word.</source>
        <translation>逐词比较两次训练对“相近”的看法有多一致。</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>What a language model says while it learns, and what it said earlier.</source>
        <translation>语言模型一边学一边说的话，以及它以前说过的话。</translation>
    </message>
    <message>
        <source>States</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>What each unit of a language model does while it reads a text.</source>
        <translation>语言模型读文本时每个单元在做什么。</translation>
    </message>
    <message>
        <source>Next token</source>
        <translation>下一个词元</translation>
    </message>
    <message>
        <source>What a language model expects next, and what each cut leaves of it.</source>
        <translation>语言模型预期接下来是什么，每次截断后还剩什么。</translation>
    </message>
    <message>
        <source>Guess</source>
        <translation>猜一猜</translation>
    </message>
    <message>
        <source>Guess what comes next in the text before the model tells.</source>
        <translation>在模型说出之前，先猜文本接下来是什么。</translation>
    </message>
    <message>
        <source>Notebook</source>
        <translation>笔记本</translation>
    </message>
    <message>
        <source>Bookmarks of the map, words under a name, and notes, kept with the project.</source>
        <translation>词图书签、有名字的词组和笔记，随项目保存。</translation>
    </message>
    <message>
        <source>Ladder</source>
        <translation>阶梯</translation>
    </message>
    <message>
        <source>Language models on the same text side by side, from counting to attention.</source>
        <translation>同一文本上的各种语言模型，从计数到注意力，并排比较。</translation>
    </message>
    <message>
        <source>Two maps</source>
        <translation>两张词图</translation>
    </message>
    <message>
        <source>The maps of two runs beside each other, turned alike, with what has changed.</source>
        <translation>两次训练的词图并排显示，转到同一方向，并标出变化。</translation>
    </message>
    <message>
        <source>Under the hood</source>
        <translation>深入内部</translation>
    </message>
    <message>
        <source>One step of a language model: its formulas with the actual numbers.</source>
        <translation>语言模型的一步：它的公式和真实数值。</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>How the text is cut into tokens, merge by merge, and in other ways.</source>
        <translation>文本如何一次合并一次合并地切分成词元，以及其他切分方式。</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Where a model looks while it reads: each of its heads as a heat map.</source>
        <translation>模型阅读时看向哪里：每个头是一幅热图。</translation>
    </message>
    <message>
        <source>Attention over time</source>
        <translation>注意力随时间</translation>
    </message>
    <message>
        <source>The same text read in each moment of a run: when it learned where to look.</source>
        <translation>训练的每个时刻读同一段文本：它何时学会看向哪里。</translation>
    </message>
    <message>
        <source>Counterfactual</source>
        <translation>反事实</translation>
    </message>
    <message>
        <source>Two texts beside each other: what another word changes in what a model does.</source>
        <translation>两段文本并排：换一个词会使模型有什么变化。</translation>
    </message>
    <message>
        <source>Ask the text</source>
        <translation>询问文本</translation>
    </message>
    <message>
        <source>Your question, and the sentences of the text that may answer it.</source>
        <translation>你的问题，以及文本中可能回答它的句子。</translation>
    </message>
    <message>
        <source>What counted</source>
        <translation>起作用的词元</translation>
    </message>
    <message>
        <source>How much each token counted for what a model says, beside attention.</source>
        <translation>每个词元对模型输出起了多大作用，与注意力对照。</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Scores of all runs of a task on its test examples, and where they err.</source>
        <translation>任务的所有训练在测试样例上的得分，以及错在哪里。</translation>
    </message>
    <message>
        <source>Word scores</source>
        <translation>词得分</translation>
    </message>
    <message>
        <source>How good word vectors become while they are learned: analogies, similarity.</source>
        <translation>学习过程中词向量变得有多好：类比、相似度。</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>分享</translation>
    </message>
    <message>
        <source>What a model is, and the files in which it leaves the program.</source>
        <translation>模型是什么，以及它以哪些文件离开程序。</translation>
    </message>
    <message>
        <source>Beams</source>
        <translation>束搜索</translation>
    </message>
    <message>
        <source>What a model weighs, keeps and gives up while it says a text.</source>
        <translation>模型说出文本时权衡、保留和放弃的内容。</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Corpus</source>
        <translation>语料</translation>
    </message>
    <message>
        <source>Read the text, count its words, find where they stand.</source>
        <translation>阅读文本，统计词频，查找词的位置。</translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation>词向量</translation>
    </message>
    <message>
        <source>Train word vectors and watch words find their neighbours.</source>
        <translation>训练词向量，看词找到自己的邻居。</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>探索</translation>
    </message>
    <message>
        <source>Ask the vectors: sums of words, axes of meaning, why two are close.</source>
        <translation>向词向量提问：词的加减、语义轴、两个词为何相近。</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>内部</translation>
    </message>
    <message>
        <source>Look into a model: its tables, one training step, and its counts.</source>
        <translation>看模型内部：它的表、一个训练步和它的计数。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Runs beside each other: settings, curves, and where they disagree.</source>
        <translation>并列各次训练：设置、曲线，以及不一致之处。</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>Train language models, and hear what they say.</source>
        <translation>训练语言模型，听听它们说什么。</translation>
    </message>
    <message>
        <source>States</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Look into a language model while it reads.</source>
        <translation>看语言模型在读文本时的内部。</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>See where a model looks, how it learned to, and what it needs.</source>
        <translation>看模型看向哪里、如何学会的、需要什么。</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Runs of a task on examples that none has learned from.</source>
        <translation>任务的各次训练，在谁都没有学过的样例上。</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>分享</translation>
    </message>
    <message>
        <source>Save a model for PyTorch, or a report for people.</source>
        <translation>为 PyTorch 保存模型，或为人保存报告。</translation>
    </message>
</context>
<context>
    <name>lexarium</name>
    <message>
        <source>Text files or folders to open together.</source>
        <translation>要一起打开的文本文件或文件夹。</translation>
    </message>
    <message>
        <source>Open a built-in sample: %1.</source>
        <translation>打开内置样本：%1。</translation>
    </message>
    <message>
        <source>Start training as soon as the text is open.</source>
        <translation>文本一打开就开始训练。</translation>
    </message>
    <message>
        <source>Show a workspace: %1.</source>
        <translation>显示一个工作区：%1。</translation>
    </message>
    <message>
        <source>Show a view: %1.</source>
        <translation>显示一个视图：%1。</translation>
    </message>
    <message>
        <source>Colours for this start: %1.</source>
        <translation>本次启动的配色：%1。</translation>
    </message>
    <message>
        <source>Size of the window in pixels: 1366x768.</source>
        <translation>窗口大小（像素）：1366x768。</translation>
    </message>
    <message>
        <source>Train on the text (or the first sample), write three screenshots film-1.png to film-3.png some seconds apart into a folder, and quit.</source>
        <translation>在文本（或第一个样本）上训练，每隔几秒向文件夹写一张截图 film-1.png 到 film-3.png，然后退出。</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>显示此帮助。</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>显示版本。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a value of --%2</source>
        <translation>“%1”不是 --%2 的取值</translation>
    </message>
    <message>
        <source>Choose one of: %1</source>
        <translation>可选：%1</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a size</source>
        <translation>“%1”不是尺寸</translation>
    </message>
    <message>
        <source>Write width x height in pixels, for example --size 1366x768</source>
        <translation>请写宽 x 高（像素），例如 --size 1366x768</translation>
    </message>
    <message>
        <source>lexarium --help lists the options</source>
        <translation>lexarium --help 列出所有选项</translation>
    </message>
    <message>
        <source>A sample and other texts cannot be open together</source>
        <translation>样本和其他文本不能同时打开</translation>
    </message>
    <message>
        <source>Leave out --sample or the files</source>
        <translation>请去掉 --sample 或文件</translation>
    </message>
    <message>
        <source>Lexarium: watch machines learn language.</source>
        <translation>Lexarium：看机器学习语言。</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>Language for this start: %1.</source>
        <translation>本次启动的语言：%1。</translation>
    </message>
    <message>
        <source>Diagnostic: train on the text (or the first sample) and measure for a minute how fast the window answers, what watching costs, when curve and map move, and how soon a pause and a stop are done; write the figures as JSON (- for the terminal), and quit.</source>
        <translation>诊断：在文本（或第一个样本）上训练，用一分钟测量窗口响应多快、观看的代价、曲线和词图何时开始动、暂停和停止多快完成；以 JSON 写出（- 表示终端），然后退出。</translation>
    </message>
    <message>
        <source>node %1</source>
        <translation>节点 %1</translation>
    </message>
    <message>
        <source>Show and train a model: %1.</source>
        <translation>显示并训练一种模型：%1。</translation>
    </message>
</context>
<context>
    <name>lexarium::AnalogyView</name>
    <message>
        <source>king - man + woman</source>
        <translation>国王 - 男人 + 女人</translation>
    </message>
    <message>
        <source>Sum of words</source>
        <translation>词的加减式</translation>
    </message>
    <message>
        <source>Any number of words with + and - between them</source>
        <translation>任意多个词，中间用 + 和 - 连接</translation>
    </message>
    <message>
        <source>3CosAdd</source>
        <translation>3CosAdd</translation>
    </message>
    <message>
        <source>3CosMul</source>
        <translation>3CosMul</translation>
    </message>
    <message>
        <source>How answers are found</source>
        <translation>怎样寻找答案</translation>
    </message>
    <message>
        <source>3CosAdd takes the words nearest to the sum; 3CosMul weighs all words of the sum alike, so that one strong likeness does not decide alone (Levy and Goldberg 2014)</source>
        <translation>3CosAdd 取离和最近的词；3CosMul 让式中各词的分量相当，不会由一个特别强的相似性独自决定（Levy 和 Goldberg 2014）</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>例子</translation>
    </message>
    <message>
        <source>Sums of words of this text to try</source>
        <translation>可以试试的加减式，由本文本的词组成</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>在词图上显示</translation>
    </message>
    <message>
        <source>Select the words of the sum and the answer together, and show them on the map</source>
        <translation>把式中的词和答案一起选中，并在词图上显示</translation>
    </message>
    <message>
        <source>Here one can calculate with words: king - man + woman.</source>
        <translation>这里可以用词做算术：国王 - 男人 + 女人。</translation>
    </message>
    <message>
        <source>Open text...</source>
        <translation>打开文本...</translation>
    </message>
    <message>
        <source>Here one can calculate with words, king - man + woman, as soon as something is learned.</source>
        <translation>一旦学到了东西，这里就可以用词做算术：国王 - 男人 + 女人。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>The words of the sum are left out. At step %1.</source>
        <translation>不含式中的词。第 %1 步。</translation>
    </message>
    <message>
        <source>Write a sum of words above: what fits it best appears here.</source>
        <translation>在上面写出词的加减式：最符合的词会出现在这里。</translation>
    </message>
    <message>
        <source>Try %1</source>
        <translation>试试 %1</translation>
    </message>
    <message>
        <source>The answers appear here with the first vectors of this run.</source>
        <translation>本次训练有了第一批向量后，答案就会出现在这里。</translation>
    </message>
    <message>
        <source>These words leave no direction in which an answer could lie.</source>
        <translation>这些词没有留下答案可能所在的方向。</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Export table as CSV...</source>
        <translation>将表格导出为 CSV...</translation>
    </message>
    <message>
        <source>%1 gives %2.</source>
        <translation>%1 得到 %2。</translation>
    </message>
    <message>
        <source>The words of the sum are left out.</source>
        <translation>不含式中的词。</translation>
    </message>
</context>
<context>
    <name>lexarium::AnswerModel</name>
    <message>
        <source>Answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>3CosMul</source>
        <translation>3CosMul</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>The words that fit the sum best; its own words are left out</source>
        <translation>最符合的词；不含式中的词</translation>
    </message>
    <message>
        <source>Cosine of the angle with the sum of the unit vectors: 1 is the same direction</source>
        <translation>与各单位向量之和的夹角余弦：1 表示方向相同</translation>
    </message>
    <message>
        <source>Product of the cosines with the added words over that with the words taken away, each moved to 0 to 1</source>
        <translation>与所加各词的余弦之积，除以与所减各词的余弦之积；余弦都先移到 0 到 1 之间</translation>
    </message>
    <message>
        <source>How often the answer occurs; rare words have unreliable vectors</source>
        <translation>答案出现的次数；罕见词的向量不可靠</translation>
    </message>
    <message>
        <source>%1: cosine %2. %3.
Click to select it with the words of the sum</source>
        <translation>%1：余弦 %2。%3。
点击可连同式中的词一起选择</translation>
    </message>
</context>
<context>
    <name>lexarium::AskView</name>
    <message>
        <source>Who rules the kingdom?</source>
        <translation>谁统治王国？</translation>
    </message>
    <message>
        <source>Question to the text</source>
        <translation>向文本提问</translation>
    </message>
    <message>
        <source>Words of the text, in any order; the rarer a word, the more it counts</source>
        <translation>文本中的词，顺序不限；词越罕见，分量越重</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Find the sentences that are most like the question</source>
        <translation>找出与问题最相似的句子</translation>
    </message>
    <message>
        <source>Likeness to the question: %1
Click to read on in the text</source>
        <translation>与问题的相似度：%1
点击即可在文本中读下去</translation>
    </message>
    <message>
        <source>Sentences that may answer</source>
        <translation>可能回答问题的句子</translation>
    </message>
    <message>
        <source>Here you ask the text a question: the sentences that may answer it are found by the vectors of their words.</source>
        <translation>在这里向文本提问：可能回答问题的句子由其词的向量找出。</translation>
    </message>
    <message>
        <source>Open text...</source>
        <translation>打开文本...</translation>
    </message>
    <message>
        <source>Here you ask the text a question. The sentences that may answer it are found by word vectors: train some first.</source>
        <translation>在这里向文本提问。可能回答问题的句子由词向量找出：请先训练。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Ask something: sentences whose words mean the same stand here.</source>
        <translation>提个问题：词义相近的句子会列在这里。</translation>
    </message>
    <message>
        <source>No sentence was found.</source>
        <translation>没有找到句子。</translation>
    </message>
    <message>
        <source>Likeness of the mean of the word vectors, rare words weighing more. What may be the answer is bold. Nothing here understands the question.</source>
        <translation>词向量均值的相似度，罕见词分量更重。可能的答案用粗体标出。这里没有什么真正理解问题。</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Export sentences as CSV...</source>
        <translation>将句子导出为 CSV...</translation>
    </message>
    <message>
        <source>%1 sentences found; the most like: %2</source>
        <translation>找到 %1 个句子；最相似的：%2</translation>
    </message>
</context>
<context>
    <name>lexarium::AttentionBase</name>
    <message>
        <source>Open text...</source>
        <translation>打开文本...</translation>
    </message>
    <message>
        <source>These vectors came without a text: there is nothing to look at.</source>
        <translation>这些词向量没有文本：没有可看的内容。</translation>
    </message>
    <message>
        <source>The model is being prepared.</source>
        <translation>模型正在准备。</translation>
    </message>
    <message>
        <source>Of this moment the model itself was not kept: it is too large.</source>
        <translation>这一时刻的模型本身没有保留：它太大了。</translation>
    </message>
    <message>
        <source>Train a Transformer</source>
        <translation>训练 Transformer</translation>
    </message>
    <message>
        <source>This model has no attention: it reads from left to right and remembers. Train a Transformer, or a model with attention, to see where it looks.</source>
        <translation>这个模型没有注意力：它从左到右阅读并记住。请训练 Transformer 或带注意力的模型，以便看到它看向哪里。</translation>
    </message>
    <message>
        <source>Train a model</source>
        <translation>训练一个模型</translation>
    </message>
</context>
<context>
    <name>lexarium::AttentionContexts</name>
    <message>
        <source>Close the list</source>
        <translation>关闭列表</translation>
    </message>
    <message>
        <source>Lines with both words</source>
        <translation>同时有这两个词的各行</translation>
    </message>
    <message>
        <source>Lines with the word</source>
        <translation>有这个词的各行</translation>
    </message>
    <message>
        <source>“%1” looks at “%2”: %3</source>
        <translation>“%1”看“%2”：%3</translation>
    </message>
    <message>
        <source>Neither is a word of the text.</source>
        <translation>两者都不是文本中的词。</translation>
    </message>
    <message>
        <source>Looking for lines with both ...</source>
        <translation>正在查找同时有两者的各行……</translation>
    </message>
    <message>
        <source>“%1” and “%2” stand nowhere within %3 words of each other.</source>
        <translation>“%1”与“%2”从未在彼此 %3 个词之内出现。</translation>
    </message>
    <message>
        <source>“%1” and “%2” within %3 words of each other: %4 places</source>
        <translation>“%1”与“%2”在彼此 %3 个词之内：%4 处</translation>
    </message>
</context>
<context>
    <name>lexarium::AttentionSheet</name>
    <message>
        <source>Weight, share of the row&apos;s largest</source>
        <translation>权重，占该行最大值的比例</translation>
    </message>
    <message>
        <source>Attention weight</source>
        <translation>注意力权重</translation>
    </message>
    <message>
        <source>The whole text</source>
        <translation>整段文本</translation>
    </message>
    <message>
        <source>Look %1</source>
        <translation>第 %1 次看</translation>
    </message>
    <message>
        <source>The text at itself</source>
        <translation>文本看自身</translation>
    </message>
    <message>
        <source>Output at input</source>
        <translation>输出看输入</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>解码器</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>汇聚</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>Input, looked at</source>
        <translation>输入（被看）</translation>
    </message>
    <message>
        <source>Input, looking</source>
        <translation>输入（在看）</translation>
    </message>
    <message>
        <source>Output, looked at</source>
        <translation>输出（被看）</translation>
    </message>
    <message>
        <source>Output, looking</source>
        <translation>输出（在看）</translation>
    </message>
    <message>
        <source>Layer %1, head %2</source>
        <translation>第 %1 层，头 %2</translation>
    </message>
    <message>
        <source>Layer %1, mean of heads</source>
        <translation>第 %1 层，各头的平均</translation>
    </message>
    <message>
        <source>Layer %1, most of any head</source>
        <translation>第 %1 层，各头中的最大</translation>
    </message>
    <message>
        <source>Mean of all heads</source>
        <translation>所有头的平均</translation>
    </message>
    <message>
        <source>Most of any head</source>
        <translation>所有头中的最大</translation>
    </message>
</context>
<context>
    <name>lexarium::AttentionStages</name>
    <message>
        <source>Products of queries and keys</source>
        <translation>查询与键的乘积</translation>
    </message>
    <message>
        <source>Scaled and masked</source>
        <translation>缩放并遮蔽</translation>
    </message>
    <message>
        <source>Softmax</source>
        <translation>Softmax</translation>
    </message>
    <message>
        <source>Weighted values</source>
        <translation>加权的值</translation>
    </message>
    <message>
        <source>Sum: output</source>
        <translation>和：输出</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>被看</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>在看</translation>
    </message>
    <message>
        <source>Number of the value</source>
        <translation>值的第几个数</translation>
    </message>
    <message>
        <source>1  q · k</source>
        <translation>1  q · k</translation>
    </message>
    <message>
        <source>2  s = q · k / √d, later ones masked</source>
        <translation>2  s = q · k / √d，之后的遮蔽</translation>
    </message>
    <message>
        <source>3  a = softmax(s)</source>
        <translation>3  a = softmax(s)</translation>
    </message>
    <message>
        <source>4  a v of “%1”</source>
        <translation>4  “%1”的 a v</translation>
    </message>
    <message>
        <source>Each row is a token that looks. Move over a cell to follow its numbers through the stages; the last picture shows what that row takes from each token.</source>
        <translation>每行是一个在看的词元。指向一格，可跟随它的数值经过各步；最后一幅图显示这一行从每个词元取了什么。</translation>
    </message>
    <message>
        <source>“%1” may not look at “%2”, which comes later: its product %3 is masked.</source>
        <translation>“%1”不可以看后面的“%2”：它的乘积 %3 被遮蔽。</translation>
    </message>
    <message>
        <source>“%1” looks at “%2”: product %3, scaled %4, weight %5 of 1.</source>
        <translation>“%1”看“%2”：乘积 %3，缩放后 %4，权重 %5（总和为 1）。</translation>
    </message>
    <message>
        <source>attention stage %1</source>
        <translation>注意力第 %1 步</translation>
    </message>
</context>
<context>
    <name>lexarium::AttentionTimeView</name>
    <message>
        <source>Which attention of the model</source>
        <translation>模型的哪种注意力</translation>
    </message>
    <message>
        <source>Which head, or several as one</source>
        <translation>哪个头，或把几个头合成一个</translation>
    </message>
    <message>
        <source>The text read in each moment; a click goes there</source>
        <translation>每个时刻读到的文本；点击即前往</translation>
    </message>
    <message>
        <source>How attention changed</source>
        <translation>注意力如何变化</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>Evenness %1, near the diagonal %2</source>
        <translation>均匀度 %1，对角线附近 %2</translation>
    </message>
    <message>
        <source>Loss on this text: %1</source>
        <translation>此文本上的损失：%1</translation>
    </message>
    <message>
        <source>Here the same text is read by the model of every moment: you see when it learned where to look.</source>
        <translation>这里由每个时刻的模型读同一段文本：你会看到它何时学会看向哪里。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>Step %1: loss on this text %2</source>
        <translation>第 %1 步：此文本上的损失 %2</translation>
    </message>
    <message>
        <source>Type a text for the model to read.</source>
        <translation>请输入一段让模型读的文本。</translation>
    </message>
    <message>
        <source>Changed most</source>
        <translation>变化最大</translation>
    </message>
    <message>
        <source>Attention changed most</source>
        <translation>注意力变化最大</translation>
    </message>
    <message>
        <source>Evenness</source>
        <translation>均匀度</translation>
    </message>
    <message>
        <source>Near the diagonal</source>
        <translation>对角线附近</translation>
    </message>
    <message>
        <source>Evenness: 1 is a look at all tokens alike, 0 at one alone. Near the diagonal: %1 of the weight now, %2 at step %3.</source>
        <translation>均匀度：1 表示同等地看所有词元，0 表示只看一个。对角线附近：现在占权重的 %1，第 %3 步时为 %2。</translation>
    </message>
    <message>
        <source>It changed most between the steps %1 and %2.</source>
        <translation>在第 %1 步与第 %2 步之间变化最大。</translation>
    </message>
    <message>
        <source>attention over time</source>
        <translation>注意力随时间</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>attention curves</source>
        <translation>注意力曲线</translation>
    </message>
</context>
<context>
    <name>lexarium::AttentionView</name>
    <message>
        <source>Here you see where a model looks while it reads: each head as a heat map that sharpens while it learns.</source>
        <translation>这里可以看到模型阅读时看向哪里：每个头是一幅热图，随着学习变得清晰。</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>分步</translation>
    </message>
    <message>
        <source>Type a text for the model to read.</source>
        <translation>请输入一段让模型读的文本。</translation>
    </message>
    <message>
        <source>Layer %1, head %2</source>
        <translation>第 %1 层，头 %2</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>Loss on this text: %1</source>
        <translation>此文本上的损失：%1</translation>
    </message>
    <message>
        <source>It says: %1</source>
        <translation>它说：%1</translation>
    </message>
    <message>
        <source>Loss on this text: %1; without the heads %2: %3 (%4)</source>
        <translation>此文本上的损失：%1；去掉头 %2 后：%3（%4）</translation>
    </message>
    <message>
        <source>Without: %1</source>
        <translation>去掉后：%1</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>All heads</source>
        <translation>所有的头</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>头</translation>
    </message>
    <message>
        <source>Which attention of the model</source>
        <translation>模型的哪种注意力</translation>
    </message>
    <message>
        <source>Which head, or several as one</source>
        <translation>哪个头，或把几个头合成一个</translation>
    </message>
    <message>
        <source>How it is drawn</source>
        <translation>绘制方式</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>连线</translation>
    </message>
    <message>
        <source>Colors per row</source>
        <translation>按行配色</translation>
    </message>
    <message>
        <source>Colors go up to the largest weight of each row; otherwise all of them from 0 to 1.</source>
        <translation>颜色以每行的最大权重为上限；否则一律从 0 到 1。</translation>
    </message>
    <message>
        <source>All heads on</source>
        <translation>打开所有头</translation>
    </message>
    <message>
        <source>The model uses all of its heads again</source>
        <translation>模型重新使用所有的头</translation>
    </message>
    <message>
        <source>All heads; a click enlarges one, X switches it off</source>
        <translation>所有的头；点击放大一个，按 X 关闭它</translation>
    </message>
    <message>
        <source>Who looks at what</source>
        <translation>谁看什么</translation>
    </message>
    <message>
        <source>Who looks at what, as lines</source>
        <translation>谁看什么（连线）</translation>
    </message>
</context>
<context>
    <name>lexarium::AxesView</name>
    <message>
        <source>Words between the ends of two axes</source>
        <translation>两条轴两端之间的词</translation>
    </message>
    <message>
        <source>Left end</source>
        <translation>左端</translation>
    </message>
    <message>
        <source>Right end</source>
        <translation>右端</translation>
    </message>
    <message>
        <source>Lower end</source>
        <translation>下端</translation>
    </message>
    <message>
        <source>Upper end</source>
        <translation>上端</translation>
    </message>
    <message>
        <source>A word, or several with commas between them: their mean is taken</source>
        <translation>一个词，或用逗号隔开的几个词：取它们的平均</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>例子</translation>
    </message>
    <message>
        <source>Pairs of words to try</source>
        <translation>可以试试的词对</translation>
    </message>
    <message>
        <source>%1: pairs of words to try</source>
        <translation>%1：可以试试的词对</translation>
    </message>
    <message>
        <source>words</source>
        <translation>个词</translation>
    </message>
    <message>
        <source>Number of words</source>
        <translation>词数</translation>
    </message>
    <message>
        <source>How many words are shown, the most frequent first</source>
        <translation>显示多少个词，从最常见的开始</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合大小</translation>
    </message>
    <message>
        <source>Show all points, and follow them (Home, or a double click).</source>
        <translation>显示所有点并跟随它们（Home 键或双击）。</translation>
    </message>
    <message>
        <source>Across</source>
        <translation>横向</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>纵向</translation>
    </message>
    <message>
        <source>← %1        %2 →</source>
        <translation>← %1        %2 →</translation>
    </message>
    <message>
        <source>Here words lie between the ends of two lines of meaning that you choose: from man to woman, from poor to rich.</source>
        <translation>这里的词落在你选定的两条语义线的两端之间：从男人到女人，从穷到富。</translation>
    </message>
    <message>
        <source>Open text...</source>
        <translation>打开文本...</translation>
    </message>
    <message>
        <source>Here words lie between the ends of two lines of meaning that you choose, as soon as something is learned.</source>
        <translation>一旦学到了东西，这里的词就落在你选定的两条语义线的两端之间。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>The two ends of an axis must be different words with vectors of their own.</source>
        <translation>一条轴的两端必须是各有向量的不同的词。</translation>
    </message>
    <message>
        <source>The words appear here with the first vectors of this run.</source>
        <translation>本次训练有了第一批向量后，词就会出现在这里。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>axes</source>
        <translation>语义轴</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>%1 words. Across, %2: from %3 to %4. Up, %5: from %6 to %7.</source>
        <translation>%1 个词。横向，%2：从 %3 到 %4。纵向，%5：从 %6 到 %7。</translation>
    </message>
    <message>
        <source>A place is the cosine with the difference of the two ends, in the full space.</source>
        <translation>位置是在完整空间里与两端之差的余弦。</translation>
    </message>
    <message>
        <source>%1 words.</source>
        <translation>%1 个词。</translation>
    </message>
    <message>
        <source>%1 words at step %2.</source>
        <translation>%1 个词，第 %2 步。</translation>
    </message>
</context>
<context>
    <name>lexarium::BarChart</name>
    <message>
        <source>%1: %2 words</source>
        <translation>%1：%2 个词</translation>
    </message>
</context>
<context>
    <name>lexarium::BeamTreePicture</name>
    <message>
        <source>probability %1</source>
        <translation>概率 %1</translation>
    </message>
    <message>
        <source>mean log probability so far %1</source>
        <translation>至此的平均对数概率 %1</translation>
    </message>
    <message>
        <source>chosen by you</source>
        <translation>由您选定</translation>
    </message>
    <message>
        <source>given up at once</source>
        <translation>当即放弃</translation>
    </message>
    <message>
        <source>given up at step %1</source>
        <translation>在第 %1 步放弃</translation>
    </message>
</context>
<context>
    <name>lexarium::BeamView</name>
    <message>
        <source>A text for the model to read</source>
        <translation>让模型读的文本</translation>
    </message>
    <message>
        <source>Beams: </source>
        <translation>束数：</translation>
    </message>
    <message>
        <source>How many beginnings are followed at once</source>
        <translation>同时跟进多少个开头</translation>
    </message>
    <message>
        <source>Let it choose again</source>
        <translation>让它重新选择</translation>
    </message>
    <message>
        <source>Forgets the tokens that you have chosen</source>
        <translation>忘掉您选定的词元</translation>
    </message>
    <message>
        <source>Tree of what was weighed</source>
        <translation>权衡过的内容之树</translation>
    </message>
    <message>
        <source>Here you see what a model weighs, keeps and gives up while it says a text.</source>
        <translation>在这里可以看到模型在说出文本时权衡、保留和放弃了什么。</translation>
    </message>
    <message>
        <source>Click a token to make the model say it, and go on from there.</source>
        <translation>单击一个词元，让模型说出它并从那里继续。</translation>
    </message>
    <message>
        <source>Only an encoder-decoder says a text with several beginnings at once. Train one on pairs of texts.</source>
        <translation>只有编码器-解码器能同时从多个开头说出文本。请用成对的文本训练一个。</translation>
    </message>
    <message>
        <source>%1 (mean log probability %2)</source>
        <translation>%1（平均对数概率 %2）</translation>
    </message>
    <message>
        <source>beams</source>
        <translation>束搜索</translation>
    </message>
</context>
<context>
    <name>lexarium::BusyOverlay</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>约剩 %1</translation>
    </message>
</context>
<context>
    <name>lexarium::CalibrationPlot</name>
    <message>
        <source>how sure</source>
        <translation>有多确信</translation>
    </message>
    <message>
        <source>calibration error %1</source>
        <translation>校准误差 %1</translation>
    </message>
    <message>
        <source>how often right</source>
        <translation>正确的频率</translation>
    </message>
    <message>
        <source>No text</source>
        <translation>没有文本</translation>
    </message>
    <message>
        <source>%1 texts; sure by %2, right in %3</source>
        <translation>%1 个文本；确信 %2，正确 %3</translation>
    </message>
    <message>
        <source>calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Confidence is off by %1 on average</source>
        <translation>置信度平均偏差 %1</translation>
    </message>
</context>
<context>
    <name>lexarium::CellPages</name>
    <message>
        <source>The cell</source>
        <translation>一格</translation>
    </message>
    <message>
        <source>&quot;%1&quot; and &quot;%2&quot; count %3 together in the text: each place counts 1 / distance.</source>
        <translation>“%1”和“%2”在文本中的共现计数为 %3：每处计 1 / 距离。</translation>
    </message>
    <message>
        <source>Look up the rows</source>
        <translation>查表</translation>
    </message>
    <message>
        <source>Each word has a column as word and one as context, and a bias in each table.</source>
        <translation>每个词在两张表中各有一列（作为词、作为上下文）和一个偏置。</translation>
    </message>
    <message>
        <source>vector</source>
        <translation>向量</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>What the model makes of the two: their dot product and both biases.</source>
        <translation>模型对这两个词的看法：点积加两个偏置。</translation>
    </message>
    <message>
        <source>What it should be</source>
        <translation>应有的值</translation>
    </message>
    <message>
        <source>The score should be the logarithm of the count.</source>
        <translation>得分应等于计数的对数。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>The square of the difference; rare pairs weigh less. The loss of this cell is %1.</source>
        <translation>差的平方；罕见的词对权重较小。这一格的损失为 %1。</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Each vector is pulled along the other one, each bias by the slope itself.</source>
        <translation>每个向量沿着另一个向量移动，每个偏置按斜率本身移动。</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>of the bias</source>
        <translation>偏置的</translation>
    </message>
    <message>
        <source>New columns</source>
        <translation>新的列</translation>
    </message>
    <message>
        <source>AdaGrad: every number has a step of its own, smaller the more it has moved before. The learning rate is %1.</source>
        <translation>AdaGrad：每个数有自己的步长，之前移动越多步长越小。学习率为 %1。</translation>
    </message>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>after</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>moved by</source>
        <translation>移动了</translation>
    </message>
    <message>
        <source>mean √S</source>
        <translation>√S 的平均</translation>
    </message>
</context>
<context>
    <name>lexarium::ChoiceBars</name>
    <message>
        <source>Token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Logit</source>
        <translation>Logit</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>After temperature</source>
        <translation>加温度后</translation>
    </message>
    <message>
        <source>After top-k, top-p</source>
        <translation>top-k、top-p 后</translation>
    </message>
    <message>
        <source>Take &quot;%1&quot; as the next token</source>
        <translation>把“%1”作为下一个词元</translation>
    </message>
    <message>
        <source>Softmax</source>
        <translation>Softmax</translation>
    </message>
    <message>
        <source>Tempered</source>
        <translation>加温后</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>截断后</translation>
    </message>
</context>
<context>
    <name>lexarium::CommandPalette</name>
    <message>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>你想做什么？</translation>
    </message>
</context>
<context>
    <name>lexarium::CompareView</name>
    <message>
        <source>The one run</source>
        <translation>其中一次训练</translation>
    </message>
    <message>
        <source>The other run</source>
        <translation>另一次训练</translation>
    </message>
    <message>
        <source>nearest</source>
        <translation>个最近的</translation>
    </message>
    <message>
        <source>How many neighbours</source>
        <translation>近邻数</translation>
    </message>
    <message>
        <source>How many nearest neighbours of each word are compared</source>
        <translation>每个词比较多少个最近邻</translation>
    </message>
    <message>
        <source>Most changed first</source>
        <translation>变化大的在前</translation>
    </message>
    <message>
        <source>Least changed first</source>
        <translation>变化小的在前</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>How many words have how many neighbours in common</source>
        <translation>有多少词共有多少个近邻</translation>
    </message>
    <message>
        <source>Words by how far the runs agree on them</source>
        <translation>按两次训练的一致程度排列的词</translation>
    </message>
    <message>
        <source>Here two runs are compared: on which words they agree, and on which they do not. Train twice, with other settings or another seed, or add vectors of a file.</source>
        <translation>这里比较两次训练：在哪些词上一致，在哪些词上不一致。用不同的设置或种子训练两次，或加入文件中的词向量。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>A run has no vectors yet: pause it, or wait until it is over.</source>
        <translation>有一次训练还没有向量：请暂停它，或等它结束。</translation>
    </message>
    <message>
        <source>Comparing the neighbours of each word ...</source>
        <translation>正在比较每个词的近邻...</translation>
    </message>
    <message>
        <source>neighbours in common, of %1</source>
        <translation>共有的近邻数（共 %1 个）</translation>
    </message>
    <message>
        <source>%1 words compared; the runs agree on %2 of what is near (mean Jaccard index).</source>
        <translation>比较了 %1 个词；两次训练对“相近”的看法有 %2 一致（平均 Jaccard 指数）。</translation>
    </message>
    <message>
        <source>%1 words have a vector in one run only.</source>
        <translation>%1 个词只在一次训练中有向量。</translation>
    </message>
    <message>
        <source>comparison.csv</source>
        <translation>comparison.csv</translation>
    </message>
    <message>
        <source>Export table as CSV...</source>
        <translation>将表格导出为 CSV...</translation>
    </message>
</context>
<context>
    <name>lexarium::ComparisonModel</name>
    <message>
        <source>Word</source>
        <translation>词</translation>
    </message>
    <message>
        <source>In common</source>
        <translation>共有</translation>
    </message>
    <message>
        <source>Jaccard</source>
        <translation>Jaccard</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Nearest neighbours that both runs give this word</source>
        <translation>两次训练都给这个词的最近邻</translation>
    </message>
    <message>
        <source>Neighbours in common, of all that either run gives: 1 is full agreement</source>
        <translation>共有近邻占任一次训练所给近邻总数的比例：1 表示完全一致</translation>
    </message>
</context>
<context>
    <name>lexarium::ConcordanceModel</name>
    <message>
        <source>%1
%2, at %3
Click to read on in the text</source>
        <translation>%1
%2，位于 %3
点击可在文本中继续阅读</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>前文</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>词</translation>
    </message>
    <message>
        <source>After</source>
        <translation>后文</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
</context>
<context>
    <name>lexarium::ConcordanceView</name>
    <message>
        <source>Text order</source>
        <translation>文本顺序</translation>
    </message>
    <message>
        <source>1 left</source>
        <translation>左 1</translation>
    </message>
    <message>
        <source>2 left</source>
        <translation>左 2</translation>
    </message>
    <message>
        <source>3 left</source>
        <translation>左 3</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>词</translation>
    </message>
    <message>
        <source>1 right</source>
        <translation>右 1</translation>
    </message>
    <message>
        <source>2 right</source>
        <translation>右 2</translation>
    </message>
    <message>
        <source>3 right</source>
        <translation>右 3</translation>
    </message>
    <message>
        <source>1 hit</source>
        <translation>1 处</translation>
    </message>
    <message>
        <source>%1 hits</source>
        <translation>%1 处</translation>
    </message>
    <message>
        <source>%1 in 1 document</source>
        <translation>%1，在 1 个文档中</translation>
    </message>
    <message>
        <source>%1 in %2 documents</source>
        <translation>%1，在 %2 个文档中</translation>
    </message>
    <message>
        <source>Here stand all places of a word in the text, with the words around it.</source>
        <translation>这里列出一个词在文本中的所有位置及前后文。</translation>
    </message>
    <message>
        <source>Open text...</source>
        <translation>打开文本...</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Then by</source>
        <translation>其次按</translation>
    </message>
    <message>
        <source>What decides the order of the lines: their place in the text, or the words left or right of the word</source>
        <translation>各行按什么排序：在文本中的位置，或左右的词</translation>
    </message>
    <message>
        <source>What decides among lines that are equal so far</source>
        <translation>前面相同时再按什么排</translation>
    </message>
    <message>
        <source>Find words in the text</source>
        <translation>在文本中找词</translation>
    </message>
    <message>
        <source>Pin: keep these lines when another word is selected</source>
        <translation>固定：选中别的词时保留这些行</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>Words each side</source>
        <translation>每侧词数</translation>
    </message>
    <message>
        <source>How many words are shown on each side</source>
        <translation>每侧显示多少个词</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Places in the text</source>
        <translation>在文本中的位置</translation>
    </message>
    <message>
        <source>Searching...</source>
        <translation>正在查找...</translation>
    </message>
    <message>
        <source>Reading where each word stands...</source>
        <translation>正在读取每个词的位置...</translation>
    </message>
    <message>
        <source>(the first %1 are shown)</source>
        <translation>（显示前 %1 处）</translation>
    </message>
    <message>
        <source>No word of this text matches &quot;%1&quot;.</source>
        <translation>这篇文本中没有词符合“%1”。</translation>
    </message>
    <message>
        <source>Select a word, or search for one, to see all its places in the text.</source>
        <translation>选中或搜索一个词，就能看到它在文本中的所有位置。</translation>
    </message>
    <message>
        <source>concordance</source>
        <translation>索引行</translation>
    </message>
    <message>
        <source>Export all hits as CSV...</source>
        <translation>将所有结果导出为 CSV...</translation>
    </message>
</context>
<context>
    <name>lexarium::CooccurrenceView</name>
    <message>
        <source>Counts</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>Log counts</source>
        <translation>对数计数</translation>
    </message>
    <message>
        <source>More than by chance (PPMI)</source>
        <translation>超出偶然的程度（PPMI）</translation>
    </message>
    <message>
        <source>Text, model and difference</source>
        <translation>文本、模型与差</translation>
    </message>
    <message>
        <source>What the colours show</source>
        <translation>颜色表示什么</translation>
    </message>
    <message>
        <source>Counts: near words count more, as GloVe counts. PPMI: how much more often than two words of their frequencies would meet by chance. The last one is for GloVe, which learns log counts.</source>
        <translation>计数：越近计得越多，与 GloVe 相同。PPMI：比同样频率的两个词偶然相遇多多少。最后一项用于学习对数计数的 GloVe。</translation>
    </message>
    <message>
        <source>words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>How many words</source>
        <translation>多少个词</translation>
    </message>
    <message>
        <source>How many words are shown, unless two or more are selected</source>
        <translation>未选中两个以上的词时显示多少个词</translation>
    </message>
    <message>
        <source>Co-occurrence in the text</source>
        <translation>文本中的共现</translation>
    </message>
    <message>
        <source>What the model makes of it</source>
        <translation>模型的结果</translation>
    </message>
    <message>
        <source>Difference of model and text</source>
        <translation>模型与文本之差</translation>
    </message>
    <message>
        <source>Close the list</source>
        <translation>关闭列表</translation>
    </message>
    <message>
        <source>Places where both words stand together</source>
        <translation>两个词同时出现的位置</translation>
    </message>
    <message>
        <source>How often words stand near each other, as a matrix of coloured squares.</source>
        <translation>词与词多常相邻，用彩色方格矩阵表示。</translation>
    </message>
    <message>
        <source>Open text...</source>
        <translation>打开文本...</translation>
    </message>
    <message>
        <source>Text: log counts</source>
        <translation>文本：对数计数</translation>
    </message>
    <message>
        <source>Counts, near words more</source>
        <translation>计数，越近越多</translation>
    </message>
    <message>
        <source>PPMI: more than by chance</source>
        <translation>PPMI：超出偶然</translation>
    </message>
    <message>
        <source>Log counts, near words more</source>
        <translation>对数计数，越近越多</translation>
    </message>
    <message>
        <source>Model: w · w̃ + b + b̃, step %1</source>
        <translation>模型：w · w̃ + b + b̃，第 %1 步</translation>
    </message>
    <message>
        <source>Model: nothing learned yet</source>
        <translation>模型：还没学到东西</translation>
    </message>
    <message>
        <source>Difference: model - text</source>
        <translation>差：模型 - 文本</translation>
    </message>
    <message>
        <source>The %1 selected words</source>
        <translation>选中的 %1 个词</translation>
    </message>
    <message>
        <source>%1 and the words nearest to it at step %2</source>
        <translation>第 %2 步时的 %1 和离它最近的词</translation>
    </message>
    <message>
        <source>%1 and the words that it stands with most tellingly</source>
        <translation>%1 和最能说明它的搭配词</translation>
    </message>
    <message>
        <source>Frequent words that keep the most telling company</source>
        <translation>搭配最有特色的常见词</translation>
    </message>
    <message>
        <source>, window %1</source>
        <translation>，窗口 %1</translation>
    </message>
    <message>
        <source>Train GloVe to compare. </source>
        <translation>训练 GloVe 即可比较。</translation>
    </message>
    <message>
        <source>count %1</source>
        <translation>计数 %1</translation>
    </message>
    <message>
        <source>log count %1</source>
        <translation>对数计数 %1</translation>
    </message>
    <message>
        <source>model %1</source>
        <translation>模型 %1</translation>
    </message>
    <message>
        <source>difference %1</source>
        <translation>差 %1</translation>
    </message>
    <message>
        <source>Click to list the places</source>
        <translation>点击列出位置</translation>
    </message>
    <message>
        <source>%1 and %2 never stand within %3 words of each other</source>
        <translation>%1 和 %2 从未相距 %3 个词以内</translation>
    </message>
    <message>
        <source>%1 and %2 · places together: %3, they count %4</source>
        <translation>%1 和 %2 · 共同位置：%3，计数 %4</translation>
    </message>
    <message>
        <source>%1 and %2 · places together: %3, documents: %4, they count %5</source>
        <translation>%1 和 %2 · 共同位置：%3，文档：%4，计数 %5</translation>
    </message>
    <message>
        <source> · the nearest %1 are listed</source>
        <translation> · 列出最近的 %1 处</translation>
    </message>
    <message>
        <source>places</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Readable size</source>
        <translation>可读大小</translation>
    </message>
    <message>
        <source>Viridis colours</source>
        <translation>Viridis 配色</translation>
    </message>
    <message>
        <source>co-occurrence</source>
        <translation>共现</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>差</translation>
    </message>
    <message>
        <source>Export the places as CSV...</source>
        <translation>将位置导出为 CSV...</translation>
    </message>
</context>
<context>
    <name>lexarium::CounterfactualModel</name>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>消失</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>改动</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
</context>
<context>
    <name>lexarium::CounterfactualView</name>
    <message>
        <source>The text that stays</source>
        <translation>保持不变的文本</translation>
    </message>
    <message>
        <source>The text to edit</source>
        <translation>要改动的文本</translation>
    </message>
    <message>
        <source>Pin this</source>
        <translation>固定此文本</translation>
    </message>
    <message>
        <source>The edited text becomes the one that stays</source>
        <translation>把改动后的文本作为保持不变的文本</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>改动</translation>
    </message>
    <message>
        <source>Attention in the pinned text</source>
        <translation>固定文本中的注意力</translation>
    </message>
    <message>
        <source>Attention in the edited text</source>
        <translation>改动文本中的注意力</translation>
    </message>
    <message>
        <source>Difference of the attention</source>
        <translation>注意力的差别</translation>
    </message>
    <message>
        <source>Probability of each token</source>
        <translation>每个词元的概率</translation>
    </message>
    <message>
        <source>Which attention of the model</source>
        <translation>模型的哪种注意力</translation>
    </message>
    <message>
        <source>Which head, or several as one</source>
        <translation>哪个头，或把几个头合成一个</translation>
    </message>
    <message>
        <source>Here you edit a text and see what that changes in what a model says and where it looks.</source>
        <translation>这里可以改动一段文本，看它如何改变模型说的话和看向的地方。</translation>
    </message>
    <message>
        <source>Loss: %1 pinned, %2 edited (%3)</source>
        <translation>损失：固定 %1，改动 %2（%3）</translation>
    </message>
    <message>
        <source>Pinned, it says: %1</source>
        <translation>固定文本，它说：%1</translation>
    </message>
    <message>
        <source>Edited, it says: %1</source>
        <translation>改动文本，它说：%1</translation>
    </message>
    <message>
        <source>Edited minus pinned</source>
        <translation>改动减固定</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差别</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>差别</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>改动</translation>
    </message>
</context>
<context>
    <name>lexarium::CsvExport</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>导出进度</translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation>导出为 CSV</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>逗号分隔值 (*.csv)</translation>
    </message>
    <message>
        <source>Exporting %1</source>
        <translation>正在导出 %1</translation>
    </message>
</context>
<context>
    <name>lexarium::DockTitle</name>
    <message>
        <source>What this view can do</source>
        <translation>此视图能做什么</translation>
    </message>
    <message>
        <source>Menu of %1</source>
        <translation>%1 的菜单</translation>
    </message>
    <message>
        <source>Close this view; the View menu brings it back</source>
        <translation>关闭此视图；可从“视图”菜单找回</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>关闭 %1</translation>
    </message>
</context>
<context>
    <name>lexarium::DocumentListModel</name>
    <message>
        <source>%1 words</source>
        <translation>%1 个词</translation>
    </message>
    <message>
        <source>%1 broken sequences</source>
        <translation>%1 处损坏的字节序列</translation>
    </message>
    <message>
        <source>%1 NUL bytes</source>
        <translation>%1 个 NUL 字节</translation>
    </message>
</context>
<context>
    <name>lexarium::DropTarget</name>
    <message>
        <source>Drop to open</source>
        <translation>松开即可打开</translation>
    </message>
</context>
<context>
    <name>lexarium::ErrorBar</name>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>lexarium::EvaluateView</name>
    <message>
        <source>Run</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>样例</translation>
    </message>
    <message>
        <source>That no run with this seed has learned from</source>
        <translation>使用此种子的训练都没有学过的</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>Share of examples whose answer is entirely right</source>
        <translation>答案完全正确的样例所占比例</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Mean of -ln p of what should have been said, per token</source>
        <translation>应当说出的内容的 -ln p 均值，按词元</translation>
    </message>
    <message>
        <source>Tokens right</source>
        <translation>词元正确</translation>
    </message>
    <message>
        <source>Share of words (of one-word texts: characters) at their right place</source>
        <translation>位置正确的词（单词文本则为字符）所占比例</translation>
    </message>
    <message>
        <source>BLEU</source>
        <translation>BLEU</translation>
    </message>
    <message>
        <source>As sacrebleu defines it (Post 2018); Chinese by characters</source>
        <translation>按 sacrebleu 的定义（Post 2018）；中文按字符</translation>
    </message>
    <message>
        <source>Macro F1</source>
        <translation>宏平均 F1</translation>
    </message>
    <message>
        <source>Mean over the classes of the harmonic mean of precision and recall</source>
        <translation>各类别精确率与召回率调和平均的均值</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Expected calibration error (Guo et al. 2017): how far confidence is from the share of right answers</source>
        <translation>期望校准误差（Guo 等 2017）：置信度与正确率相差多少</translation>
    </message>
    <message>
        <source>Said</source>
        <translation>所说</translation>
    </message>
    <message>
        <source>Wanted</source>
        <translation>应为</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Tokens of the input; of a story its sentences</source>
        <translation>输入的词元数；故事则为句子数</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>词</translation>
    </message>
    <message>
        <source>With the word</source>
        <translation>含有该词的</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Mean loss of the examples without the word</source>
        <translation>不含该词的样例的平均损失</translation>
    </message>
    <message>
        <source>t</source>
        <translation>t</translation>
    </message>
    <message>
        <source>Welch&apos;s t: above 0, examples with the word have more loss</source>
        <translation>Welch 的 t：大于 0 表示含该词的样例损失更大</translation>
    </message>
    <message>
        <source>p</source>
        <translation>p</translation>
    </message>
    <message>
        <source>By chance, times the number of words looked at (Bonferroni)</source>
        <translation>出于偶然的概率，乘以所看词数（Bonferroni）</translation>
    </message>
    <message>
        <source>Scores of the runs</source>
        <translation>各次训练的得分</translation>
    </message>
    <message>
        <source>Examples, the worst first</source>
        <translation>样例，最差的在前</translation>
    </message>
    <message>
        <source>Errors by length</source>
        <translation>按长度的错误</translation>
    </message>
    <message>
        <source>Errors by word</source>
        <translation>按词的错误</translation>
    </message>
    <message>
        <source>Examples with &quot;%1&quot;</source>
        <translation>含“%1”的样例</translation>
    </message>
    <message>
        <source>Examples of length %1 to %2</source>
        <translation>长度 %1 到 %2 的样例</translation>
    </message>
    <message>
        <source>Which classes are taken for which</source>
        <translation>哪些类别被当成哪些</translation>
    </message>
    <message>
        <source>%1, taken for %2</source>
        <translation>%1，被当成 %2</translation>
    </message>
    <message>
        <source>Is it right as often as it is sure?</source>
        <translation>有多确信就有多正确吗？</translation>
    </message>
    <message>
        <source>All examples</source>
        <translation>所有样例</translation>
    </message>
    <message>
        <source>By length</source>
        <translation>按长度</translation>
    </message>
    <message>
        <source>By word</source>
        <translation>按词</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>混淆</translation>
    </message>
    <message>
        <source>Here stand the scores of all runs of a task on examples that none has learned from, and where they err.</source>
        <translation>这里列出任务的所有训练在谁都没有学过的样例上的得分，以及错在哪里。</translation>
    </message>
    <message>
        <source>Open examples first: pairs, labelled texts, or stories.</source>
        <translation>请先打开样例：句对、带标签的文本或故事。</translation>
    </message>
    <message>
        <source>Open text...</source>
        <translation>打开文本...</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>%1, step %2: %3 of %4 examples are right.</source>
        <translation>%1，第 %2 步：%4 个样例中 %3 个正确。</translation>
    </message>
    <message>
        <source>Words whose examples have significantly more loss: %1.</source>
        <translation>样例损失显著更大的词：%1 个。</translation>
    </message>
    <message>
        <source>Evenly spread over the test split; %1 more were not asked.</source>
        <translation>在测试集中均匀抽取；另有 %1 个没有问。</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Numbers of texts</source>
        <translation>文本数</translation>
    </message>
    <message>
        <source>true class</source>
        <translation>真实类别</translation>
    </message>
    <message>
        <source>taken for</source>
        <translation>被当成</translation>
    </message>
    <message>
        <source>confusion</source>
        <translation>混淆</translation>
    </message>
    <message>
        <source>Export scores as CSV...</source>
        <translation>将得分导出为 CSV...</translation>
    </message>
    <message>
        <source>scores</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Export examples as CSV...</source>
        <translation>将样例导出为 CSV...</translation>
    </message>
    <message>
        <source>examples</source>
        <translation>样例</translation>
    </message>
    <message>
        <source>Export words as CSV...</source>
        <translation>将词导出为 CSV...</translation>
    </message>
    <message>
        <source>words</source>
        <translation>词</translation>
    </message>
</context>
<context>
    <name>lexarium::EvidenceModel</name>
    <message>
        <source>The marked contexts hold %1 of the closeness
Click to read on in the text</source>
        <translation>标出的上下文占相近程度的 %1
点击可在文本中继续阅读</translation>
    </message>
</context>
<context>
    <name>lexarium::ExplorerModel</name>
    <message>
        <source>%1 documents · %2 words</source>
        <translation>%1 个文档 · %2 个词</translation>
    </message>
    <message>
        <source>Click to read it</source>
        <translation>点击阅读</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>训练记录</translation>
    </message>
    <message>
        <source>none yet; press Train</source>
        <translation>还没有；请按“训练”</translation>
    </message>
    <message>
        <source>What has been trained on this text</source>
        <translation>在这篇文本上训练过的内容</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>损失 %1</translation>
    </message>
    <message>
        <source>epoch %1 of %2</source>
        <translation>第 %1 / %2 轮</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>第 %1 轮</translation>
    </message>
    <message>
        <source>Double-click to show it in all views; the box shows it on the loss chart</source>
        <translation>双击可在所有视图中显示；勾选则显示在损失图上</translation>
    </message>
    <message>
        <source>from a file · %1 dimensions</source>
        <translation>来自文件 · %1 维</translation>
    </message>
    <message>
        <source>from a file · %1 numbers</source>
        <translation>来自文件 · %1 个参数</translation>
    </message>
</context>
<context>
    <name>lexarium::ExplorerView</name>
    <message>
        <source>Here stand the open text and the runs made on it.</source>
        <translation>这里是打开的文本和在它上面的各次训练。</translation>
    </message>
    <message>
        <source>Open text...</source>
        <translation>打开文本...</translation>
    </message>
    <message>
        <source>Text and runs</source>
        <translation>文本与训练记录</translation>
    </message>
    <message>
        <source>%1; %2 runs</source>
        <translation>%1；%2 次训练</translation>
    </message>
</context>
<context>
    <name>lexarium::FilmDialog</name>
    <message>
        <source>Export film</source>
        <translation>导出影片</translation>
    </message>
    <message>
        <source>The step at which the film begins</source>
        <translation>影片开始的步数</translation>
    </message>
    <message>
        <source>The step at which the film ends</source>
        <translation>影片结束的步数</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>宽度（像素）</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>高度（像素）</translation>
    </message>
    <message>
        <source>How many pictures are shown in a second</source>
        <translation>每秒显示多少幅画面</translation>
    </message>
    <message>
        <source>Length in seconds</source>
        <translation>长度（秒）</translation>
    </message>
    <message>
        <source>One animated picture (PNG)</source>
        <translation>一个动态图片（PNG）</translation>
    </message>
    <message>
        <source>A folder of numbered pictures (PNG)</source>
        <translation>一个文件夹，内有编号图片（PNG）</translation>
    </message>
    <message>
        <source>Browsers and slides play it; other programs show its first picture.</source>
        <translation>浏览器和幻灯片会播放它；其他程序只显示第一幅画面。</translation>
    </message>
    <message>
        <source>For programs that make videos.</source>
        <translation>供制作视频的程序使用。</translation>
    </message>
    <message>
        <source>Save as...</source>
        <translation>另存为...</translation>
    </message>
    <message>
        <source>&amp;Steps</source>
        <translation>步数(&amp;S)</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Si&amp;ze</source>
        <translation>尺寸(&amp;Z)</translation>
    </message>
    <message>
        <source>&amp;Pictures a second</source>
        <translation>每秒画面数(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Seconds</source>
        <translation>秒数(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>%1 pictures of the map as it looks now: words, colours, selection, trails.</source>
        <translation>%1 幅画面，词图保持现在的样子：词、颜色、选择、轨迹。</translation>
    </message>
    <message>
        <source>film.png</source>
        <translation>影片.png</translation>
    </message>
    <message>
        <source>film</source>
        <translation>影片</translation>
    </message>
    <message>
        <source>Animated PNG (*.png *.apng)</source>
        <translation>动态 PNG (*.png *.apng)</translation>
    </message>
    <message>
        <source>Folders (*)</source>
        <translation>文件夹 (*)</translation>
    </message>
</context>
<context>
    <name>lexarium::GuessView</name>
    <message>
        <source>What comes next?</source>
        <translation>接下来是什么？</translation>
    </message>
    <message>
        <source>The text before the place</source>
        <translation>这个位置之前的文本</translation>
    </message>
    <message>
        <source>Your guess</source>
        <translation>你的猜测</translation>
    </message>
    <message>
        <source>What the model expected</source>
        <translation>模型的预期</translation>
    </message>
    <message>
        <source>Here a class guesses what comes next in the text before the model tells: who is right more often?</source>
        <translation>在这里，全班先猜文本接下来是什么，再看模型怎么说：谁猜对得更多？</translation>
    </message>
    <message>
        <source>The text is too short to guess in.</source>
        <translation>文本太短，没法猜。</translation>
    </message>
    <message>
        <source>Next place</source>
        <translation>下一处</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>揭晓</translation>
    </message>
    <message>
        <source>It is &quot;%1&quot;.</source>
        <translation>是“%1”。</translation>
    </message>
    <message>
        <source>Right: it is &quot;%1&quot;.</source>
        <translation>对了：是“%1”。</translation>
    </message>
    <message>
        <source>It is &quot;%1&quot;, not &quot;%2&quot;.</source>
        <translation>是“%1”，不是“%2”。</translation>
    </message>
    <message>
        <source>The model expected it, with %1.</source>
        <translation>模型也预期是它，概率 %1。</translation>
    </message>
    <message>
        <source>The model expected &quot;%1&quot;; it gave the right one %2, place %3 of its list.</source>
        <translation>模型预期的是“%1”；它给正确答案 %2，排在第 %3 位。</translation>
    </message>
    <message>
        <source>The places come from the last tenth of the text, which the model does not learn from.</source>
        <translation>这些位置取自文本最后十分之一，模型没有从中学习。</translation>
    </message>
    <message>
        <source>You: %1 of %3 right. The model: %2 of %3.</source>
        <translation>你：%3 次中对 %1 次。模型：%3 次中对 %2 次。</translation>
    </message>
    <message>
        <source>Set the score back</source>
        <translation>分数清零</translation>
    </message>
    <message>
        <source>There is no text: the places come from what the model says by itself.</source>
        <translation>没有文本：这些位置取自模型自己说的话。</translation>
    </message>
</context>
<context>
    <name>lexarium::HeatmapGrid</name>
    <message>
        <source>Heat maps: %1</source>
        <translation>热图：%1</translation>
    </message>
    <message>
        <source>Off: the model does without this head (X)</source>
        <translation>关闭：模型不用这个头（X）</translation>
    </message>
</context>
<context>
    <name>lexarium::HeatmapPlot</name>
    <message>
        <source>Nothing to show yet</source>
        <translation>还没有可显示的内容</translation>
    </message>
    <message>
        <source>%1 rows, %2 columns</source>
        <translation>%1 行，%2 列</translation>
    </message>
    <message>
        <source>no values</source>
        <translation>没有值</translation>
    </message>
    <message>
        <source>%1 to %2; largest: %3</source>
        <translation>%1 到 %2；最大：%3</translation>
    </message>
</context>
<context>
    <name>lexarium::HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>About Lexarium</source>
        <translation>关于 Lexarium</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Lexarium %1&lt;/h3&gt;&lt;p&gt;Watch machines learn language.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Lexarium %1&lt;/h3&gt;&lt;p&gt;看机器学习语言。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. It works offline and sends nothing anywhere. Made with Qt %1, QCustomPlot, Eigen and ICU.</source>
        <translation>自由软件，遵循 GNU 通用公共许可证第 3 版或更新版本。离线工作，不向任何地方发送数据。使用 Qt %1、QCustomPlot、Eigen 和 ICU 制作。</translation>
    </message>
    <message>
        <source>:/help/help.html</source>
        <comment>The page in the person&apos;s language: :/help/help_zh_CN.html</comment>
        <translation>:/help/help_zh_CN.html</translation>
    </message>
</context>
<context>
    <name>lexarium::HoodGradient</name>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>less than %1</source>
        <translation>不到 %1</translation>
    </message>
    <message>
        <source>What is left of the gradient at earlier tokens</source>
        <translation>更早的词元处还剩多少梯度</translation>
    </message>
    <message>
        <source>Token of the text</source>
        <translation>文本的词元</translation>
    </message>
    <message>
        <source>Gradient left</source>
        <translation>剩余梯度</translation>
    </message>
    <message>
        <source>%1 tokens back</source>
        <translation>往回 %1 个词元</translation>
    </message>
    <message>
        <source>%1 is left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>%1: h</source>
        <translation>%1：h</translation>
    </message>
    <message>
        <source>%1: c</source>
        <translation>%1：c</translation>
    </message>
    <message>
        <source>After “%1” the model guesses “%2”: loss %3. </source>
        <translation>在“%1”之后模型猜“%2”：损失 %3。</translation>
    </message>
    <message>
        <source>After “%1” comes “%2”: loss %3. </source>
        <translation>“%1”之后是“%2”：损失 %3。</translation>
    </message>
    <message>
        <source>This is the first token: there is nothing to go back to.</source>
        <translation>这是第一个词元：没有可回溯的。</translation>
    </message>
    <message>
        <source>%1 tokens back, %2 of its gradient is left</source>
        <translation>往回 %1 个词元，其梯度剩余 %2</translation>
    </message>
    <message>
        <source>, in the cell %1</source>
        <translation>，细胞中 %1</translation>
    </message>
    <message>
        <source>; %1: %2</source>
        <translation>；%1：%2</translation>
    </message>
    <message>
        <source>.</source>
        <translation>。</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>梯度</translation>
    </message>
</context>
<context>
    <name>lexarium::HoodView</name>
    <message>
        <source>Here one step of a model is taken apart: the formulas of its cell or head with the actual numbers in them, and how far back the gradient reaches.</source>
        <translation>这里把模型的一步拆开：细胞或注意力头的公式及其中的真实数值，以及梯度能回溯多远。</translation>
    </message>
    <message>
        <source>An n-gram model only counts what follows what: it has no cell to look into, and no gradient to follow. Train an RNN, an LSTM, a GRU or a Transformer.</source>
        <translation>N 元语法模型只统计什么后面出现什么：没有可以查看的细胞，也没有可以追踪的梯度。请训练 RNN、LSTM、GRU 或 Transformer。</translation>
    </message>
    <message>
        <source>Type a text for the model to read.</source>
        <translation>输入一段文本让模型读。</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>Head %1</source>
        <translation>注意力头 %1</translation>
    </message>
    <message>
        <source>Token %1 of %2: “%3”</source>
        <translation>第 %1 个词元，共 %2 个：“%3”</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>To the first token (Home)</source>
        <translation>到第一个词元（Home）</translation>
    </message>
    <message>
        <source>One token back (left arrow)</source>
        <translation>往回一个词元（左箭头）</translation>
    </message>
    <message>
        <source>One token on (right arrow)</source>
        <translation>往前一个词元（右箭头）</translation>
    </message>
    <message>
        <source>To the last token (End)</source>
        <translation>到最后一个词元（End）</translation>
    </message>
    <message>
        <source>Which layer of the model</source>
        <translation>模型的哪一层</translation>
    </message>
    <message>
        <source>Which attention head</source>
        <translation>哪个注意力头</translation>
    </message>
    <message>
        <source>The unit whose numbers stand in the formulas</source>
        <translation>公式中显示其数值的单元</translation>
    </message>
    <message>
        <source>Looks at</source>
        <translation>看</translation>
    </message>
    <message>
        <source>The token j that is looked at</source>
        <translation>被看的词元 j</translation>
    </message>
    <message>
        <source>Looks at: most</source>
        <translation>看：最多的</translation>
    </message>
    <message>
        <source>Most active</source>
        <translation>最活跃</translation>
    </message>
    <message>
        <source>The unit that stands out most at this token</source>
        <translation>在这个词元处最突出的单元</translation>
    </message>
    <message>
        <source>Formulas with their numbers; up and down choose a symbol</source>
        <translation>公式及其数值；用上下键选择符号</translation>
    </message>
    <message>
        <source>What the chosen number is the sum of</source>
        <translation>所选数值由哪些项相加而成</translation>
    </message>
    <message>
        <source>A text for the model to read</source>
        <translation>给模型读的文本</translation>
    </message>
    <message>
        <source>The text, token by token; left and right go through it</source>
        <translation>逐个词元的文本；用左右键移动</translation>
    </message>
</context>
<context>
    <name>lexarium::ImportDialog</name>
    <message>
        <source>Column %1</source>
        <translation>第 %1 列</translation>
    </message>
    <message>
        <source>Open examples</source>
        <translation>打开例子</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>最前几行</translation>
    </message>
    <message>
        <source>Rows left out</source>
        <translation>略去的行</translation>
    </message>
    <message>
        <source>Open as plain text</source>
        <translation>作为纯文本打开</translation>
    </message>
    <message>
        <source>What it looks like</source>
        <translation>按看起来的样子</translation>
    </message>
    <message>
        <source>Pairs: a text becomes another</source>
        <translation>文本对：一段变成另一段</translation>
    </message>
    <message>
        <source>Texts with their classes</source>
        <translation>带类别的文本</translation>
    </message>
    <message>
        <source>Stories with questions</source>
        <translation>带问题的故事</translation>
    </message>
    <message>
        <source>Find out for each file</source>
        <translation>逐个文件自动识别</translation>
    </message>
    <message>
        <source>The first row has names</source>
        <translation>第一行是名称</translation>
    </message>
    <message>
        <source>&amp;Read as</source>
        <translation>读作(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Encoding</source>
        <translation>编码(&amp;E)</translation>
    </message>
    <message>
        <source>Reading ...</source>
        <translation>正在读取...</translation>
    </message>
    <message>
        <source>&amp;Text</source>
        <translation>文本(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Source</source>
        <translation>源(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Class</source>
        <translation>类别(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Target</source>
        <translation>目标(&amp;T)</translation>
    </message>
    <message>
        <source>Story</source>
        <translation>故事</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>source</source>
        <translation>源</translation>
    </message>
    <message>
        <source>class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>%1 pairs of texts.</source>
        <translation>%1 个文本对。</translation>
    </message>
    <message>
        <source>%1 texts in %2 classes.</source>
        <translation>%1 篇文本，%2 个类别。</translation>
    </message>
    <message>
        <source>%1 questions about stories.</source>
        <translation>%1 个关于故事的问题。</translation>
    </message>
    <message>
        <source>%1 are learned from, %2 looked at while training, %3 kept for the test; equal texts stay together.</source>
        <translation>%1 个用来学习，%2 个在训练中查看，%3 个留作测试；相同的文本放在一起。</translation>
    </message>
    <message>
        <source>Read as %1.</source>
        <translation>读作 %1。</translation>
    </message>
    <message>
        <source>%1 ill-formed characters are shown as �.</source>
        <translation>%1 个错误的字符显示为 �。</translation>
    </message>
    <message>
        <source>%1 rows are left out:</source>
        <translation>略去 %1 行：</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
</context>
<context>
    <name>lexarium::JointLinesModel</name>
    <message>
        <source>Counts</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>Where they stand together</source>
        <translation>同时出现之处</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>What the place adds to the cell: 1 / distance in words, as GloVe counts it</source>
        <translation>此处给该格增加多少：1 / 词距，与 GloVe 的计法相同</translation>
    </message>
</context>
<context>
    <name>lexarium::LadderModel</name>
    <message>
        <source>Run</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Tokens/s</source>
        <translation>词元/秒</translation>
    </message>
    <message>
        <source>Held-back loss</source>
        <translation>留出损失</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>Bits/character</source>
        <translation>比特/字符</translation>
    </message>
    <message>
        <source>It says</source>
        <translation>它说</translation>
    </message>
</context>
<context>
    <name>lexarium::LadderView</name>
    <message>
        <source>Trains n-gram, MLP, RNN, LSTM, GRU and Transformer on this text, one after the other, each for the same time.</source>
        <translation>在这个文本上依次训练 n-gram、MLP、RNN、LSTM、GRU 和 Transformer，每个用同样的时间。</translation>
    </message>
    <message>
        <source>s each</source>
        <translation>秒/个</translation>
    </message>
    <message>
        <source>Seconds of training for each</source>
        <translation>每个训练的秒数</translation>
    </message>
    <message>
        <source>Same size</source>
        <translation>同样大小</translation>
    </message>
    <message>
        <source>Each model gets as many units as make it about so large; otherwise its usual ones.</source>
        <translation>给每个模型配上使它大约这么大的单元数；否则用平常的单元数。</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>个参数</translation>
    </message>
    <message>
        <source>Parameters of each</source>
        <translation>每个的参数个数</translation>
    </message>
    <message>
        <source>A prompt for all of them</source>
        <translation>给所有模型的提示</translation>
    </message>
    <message>
        <source>Language models side by side</source>
        <translation>并排的语言模型</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Train the ladder</source>
        <translation>训练阶梯</translation>
    </message>
    <message>
        <source>%1 more models to come.</source>
        <translation>还有 %1 个模型。</translation>
    </message>
    <message>
        <source>Loss: mean of minus log probability per token of the text held back; bits per character also compare models with other tokens.</source>
        <translation>损失：留出文本上每个词元的负对数概率的平均；每字符比特数还可以比较词元不同的模型。</translation>
    </message>
    <message>
        <source>Here language models climb a ladder on one text, from counting to attention: sizes, losses and what each says, side by side.</source>
        <translation>在这里，语言模型在同一文本上逐级登高，从计数到注意力：大小、损失以及各自说的话，并排显示。</translation>
    </message>
    <message>
        <source>Open text...</source>
        <translation>打开文本...</translation>
    </message>
    <message>
        <source>%1 models; the lowest loss has %2: %3</source>
        <translation>%1 个模型；损失最低的是 %2：%3</translation>
    </message>
</context>
<context>
    <name>lexarium::LanguageView</name>
    <message>
        <source>Open text...</source>
        <translation>打开文本...</translation>
    </message>
    <message>
        <source>These vectors came without a text: there is nothing to learn in order.</source>
        <translation>这些词向量没有文本：没有可以按顺序学习的内容。</translation>
    </message>
    <message>
        <source>The model is being prepared.</source>
        <translation>模型正在准备。</translation>
    </message>
    <message>
        <source>Of this moment the model itself was not kept: it is too large.</source>
        <translation>这一时刻的模型没有保存：它太大了。</translation>
    </message>
    <message>
        <source>Train an LSTM</source>
        <translation>训练 LSTM</translation>
    </message>
</context>
<context>
    <name>lexarium::LossAdvice</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ends the run; the model stays as it is.</source>
        <translation>结束训练；模型保持现状。</translation>
    </message>
    <message>
        <source>Show that moment</source>
        <translation>显示那一时刻</translation>
    </message>
    <message>
        <source>Shows all views as they were when the loss on the held back text was lowest.</source>
        <translation>所有视图显示留出文本损失最低时的样子。</translation>
    </message>
    <message>
        <source>More dropout</source>
        <translation>加大随机失活</translation>
    </message>
    <message>
        <source>Leaves out more units at random while training: the model cannot rely on single ones.</source>
        <translation>训练时随机略去更多单元：模型不能依赖个别单元。</translation>
    </message>
    <message>
        <source>Overfitting since step %1: %2 gets better on what it learns from, and worse on the held back text (%3 then, %4 now).</source>
        <translation>自第 %1 步起过拟合：%2 在所学文本上变好，在留出文本上变差（当时 %3，现在 %4）。</translation>
    </message>
    <message>
        <source>%1 diverged at step %2: its last good state, of step %3, is kept. Go on from there with a lower rate?</source>
        <translation>%1 在第 %2 步发散：保留了第 %3 步的最后良好状态。要用更低的学习率从那里继续吗？</translation>
    </message>
    <message>
        <source>Go on with rate %1</source>
        <translation>以学习率 %1 继续</translation>
    </message>
    <message>
        <source>A new run forks off there and learns with smaller steps.</source>
        <translation>一次新的训练从那里分支，以更小的步子学习。</translation>
    </message>
    <message>
        <source>%1 diverged at step %2. Begin again with a lower rate?</source>
        <translation>%1 在第 %2 步发散。要用更低的学习率重新开始吗？</translation>
    </message>
    <message>
        <source>Train with rate %1</source>
        <translation>以学习率 %1 训练</translation>
    </message>
    <message>
        <source>A new run begins with the same settings and smaller steps.</source>
        <translation>一次新的训练以相同的设置和更小的步子开始。</translation>
    </message>
</context>
<context>
    <name>lexarium::LossView</name>
    <message>
        <source>Loss curves</source>
        <translation>损失曲线</translation>
    </message>
    <message>
        <source>&amp;Smoothing</source>
        <translation>平滑(&amp;S)</translation>
    </message>
    <message>
        <source>How much of the average before stays in the bold line; 0 is off.</source>
        <translation>粗线保留多少之前的平均值；0 表示关闭。</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What the horizontal axis counts.</source>
        <translation>横轴表示什么。</translation>
    </message>
    <message>
        <source>Horizontal axis</source>
        <translation>横轴</translation>
    </message>
    <message>
        <source>Log x</source>
        <translation>x 轴对数</translation>
    </message>
    <message>
        <source>Logarithmic horizontal axis: the first steps get as much room as the later ones.</source>
        <translation>横轴取对数：最初几步与后来的步占同样宽。</translation>
    </message>
    <message>
        <source>Log y</source>
        <translation>y 轴对数</translation>
    </message>
    <message>
        <source>Logarithmic vertical axis: equal ratios of the loss look equal.</source>
        <translation>纵轴取对数：损失的相同比例看起来一样长。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>Training time (s)</source>
        <translation>训练时间（秒）</translation>
    </message>
    <message>
        <source>How well the model predicts words, step by step, once a text is open and training.</source>
        <translation>打开文本并训练后，这里逐步显示模型预测词的好坏。</translation>
    </message>
    <message>
        <source>The first loss comes as soon as the text is prepared.</source>
        <translation>文本准备好后就会出现第一个损失值。</translation>
    </message>
    <message>
        <source>How well the model predicts words, step by step: the lower, the better.</source>
        <translation>逐步显示模型预测词的好坏：越低越好。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Step %1, epoch %2</source>
        <translation>第 %1 步，第 %2 轮</translation>
    </message>
    <message>
        <source>Loss %1, smoothed %2</source>
        <translation>损失 %1，平滑后 %2</translation>
    </message>
    <message>
        <source>Learning rate %1</source>
        <translation>学习率 %1</translation>
    </message>
    <message>
        <source>%1 at step %2: loss %3, smoothed %4, epoch %5, learning rate %6, %7 words a second, after %8 s</source>
        <translation>%1 第 %2 步：损失 %3，平滑后 %4，第 %5 轮，学习率 %6，每秒 %7 词，已用 %8 秒</translation>
    </message>
    <message>
        <source>falling</source>
        <translation>下降</translation>
    </message>
    <message>
        <source>rising</source>
        <translation>上升</translation>
    </message>
    <message>
        <source>steady</source>
        <translation>平稳</translation>
    </message>
    <message>
        <source>%1: loss %2 to %3 in %4 steps, %5</source>
        <translation>%1：%4 步内损失从 %2 到 %3，%5</translation>
    </message>
    <message>
        <source>No loss yet</source>
        <translation>还没有损失值</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Vertical axis</source>
        <translation>纵轴</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 at step %2: %3 %4, after %5 s</source>
        <translation>%1 在第 %2 步：%3 %4，%5 秒后</translation>
    </message>
    <message>
        <source>On text held back</source>
        <translation>在留出的文本上</translation>
    </message>
    <message>
        <source>On what it learns from</source>
        <translation>在所学的文本上</translation>
    </message>
    <message>
        <source>Colour of %1</source>
        <translation>%1 的颜色</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>What came from a file has no loss to see.</source>
        <translation>来自文件的内容没有损失可看。</translation>
    </message>
</context>
<context>
    <name>lexarium::MainWindow</name>
    <message>
        <source>Training</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>Open text</source>
        <translation>打开文本</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>There is no text in the clipboard</source>
        <translation>剪贴板中没有文本</translation>
    </message>
    <message>
        <source>Copy some text first</source>
        <translation>请先复制一些文本</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>粘贴的文本</translation>
    </message>
    <message>
        <source>Opening the text</source>
        <translation>正在打开文本</translation>
    </message>
    <message>
        <source>%1 has diverged.</source>
        <translation>%1 已发散。</translation>
    </message>
    <message>
        <source>%1 has failed.</source>
        <translation>%1 失败。</translation>
    </message>
    <message>
        <source>Open sample: %1</source>
        <translation>打开样本：%1</translation>
    </message>
    <message>
        <source>Workspace: %1</source>
        <translation>工作区：%1</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>转到 %1</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>S&amp;amples</source>
        <translation>样本(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Training</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Forget these</source>
        <translation>清除这些记录</translation>
    </message>
    <message>
        <source>%1 – Lexarium</source>
        <translation>%1 – Lexarium</translation>
    </message>
    <message>
        <source>Lexarium</source>
        <translation>Lexarium</translation>
    </message>
    <message>
        <source>several encodings</source>
        <translation>多种编码</translation>
    </message>
    <message>
        <source>Text options: %1</source>
        <translation>文本选项：%1</translation>
    </message>
    <message>
        <source>Text options...</source>
        <translation>文本选项...</translation>
    </message>
    <message>
        <source>Train with rate %1</source>
        <translation>以学习率 %1 训练</translation>
    </message>
    <message>
        <source>&amp;Recent files</source>
        <translation>最近的文件(&amp;R)</translation>
    </message>
    <message>
        <source>Te&amp;xts of this project</source>
        <translation>此项目的文本(&amp;X)</translation>
    </message>
    <message>
        <source>%1 (read only)</source>
        <translation>%1（只读）</translation>
    </message>
    <message>
        <source>%1 is open: %2, %3 numbers in %4 layers. It speaks in Samples and can be looked into in States.</source>
        <translation>%1 已打开：%2，%4 层共 %3 个参数。它在“样本”中说话，可在“状态”中查看内部。</translation>
    </message>
    <message>
        <source>It is too large to be kept in the project.</source>
        <translation>它太大，项目不保存它。</translation>
    </message>
    <message>
        <source>Texts (*.txt *.text *.md);;Examples of a task (*.tsv *.csv *.jsonl *.ndjson *.txt);;Language models (*.bin *.safetensors);;All files (*)</source>
        <translation>文本 (*.txt *.text *.md);;任务的例子 (*.tsv *.csv *.jsonl *.ndjson *.txt);;语言模型 (*.bin *.safetensors);;所有文件 (*)</translation>
    </message>
    <message>
        <source>%1 is open: %2. What it says and where it looks can be seen here.</source>
        <translation>已打开 %1：%2。它说什么、看哪里，都可以在这里看到。</translation>
    </message>
</context>
<context>
    <name>lexarium::MapControls</name>
    <message>
        <source>Fit</source>
        <translation>适应窗口</translation>
    </message>
    <message>
        <source>Show all points, and follow them (Home, or a double click).</source>
        <translation>显示并跟随所有点（Home 键或双击）。</translation>
    </message>
    <message>
        <source>Method of the map</source>
        <translation>词图的方法</translation>
    </message>
    <message>
        <source>It begins with the map that is shown, and with seed %1.</source>
        <translation>从当前显示的词图开始，随机种子为 %1。</translation>
    </message>
    <message>
        <source>Perplexity: about how many neighbours each word tries to keep near it; at most a third of the words.</source>
        <translation>困惑度：每个词大约想把多少个邻词留在身边；最多为词数的三分之一。</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>How many words the map shows, the most frequent first.</source>
        <translation>词图显示多少个词，最常见的优先。</translation>
    </message>
    <message>
        <source>Number of words on the map</source>
        <translation>词图上的词数</translation>
    </message>
    <message>
        <source>%1 words</source>
        <translation>%1 个词</translation>
    </message>
    <message>
        <source>Colour: frequency</source>
        <translation>颜色：词频</translation>
    </message>
    <message>
        <source>Colour: cluster</source>
        <translation>颜色：簇</translation>
    </message>
    <message>
        <source>Colour: movement</source>
        <translation>颜色：移动</translation>
    </message>
    <message>
        <source>Colour: plain</source>
        <translation>颜色：单色</translation>
    </message>
    <message>
        <source>Groups of words with vectors of similar direction (k-means in the full space).</source>
        <translation>向量方向相近的词组（在完整空间中用 k-means 聚类）。</translation>
    </message>
    <message>
        <source>How far each word has moved in the last steps (about a second of training): the angle by which its vector has turned, in the full space.</source>
        <translation>每个词在最近几步（约一秒训练）中移动了多远：其向量在完整空间中转过的角度。</translation>
    </message>
    <message>
        <source>What the colour of a point says.</source>
        <translation>点的颜色表示什么。</translation>
    </message>
    <message>
        <source>Colour of the points</source>
        <translation>点的颜色</translation>
    </message>
    <message>
        <source>Go on with the map</source>
        <translation>继续计算词图</translation>
    </message>
    <message>
        <source>Pause the map</source>
        <translation>暂停计算词图</translation>
    </message>
    <message>
        <source>The map is finished.</source>
        <translation>词图已完成。</translation>
    </message>
    <message>
        <source>Perplexity %1</source>
        <translation>困惑度 %1</translation>
    </message>
    <message>
        <source>Trails</source>
        <translation>轨迹</translation>
    </message>
    <message>
        <source>Show the way that the selected words, and the one under the pointer, have come on the map since the beginning of the run.</source>
        <translation>显示选中的词和指针所指的词自训练开始以来在词图上走过的路。</translation>
    </message>
</context>
<context>
    <name>lexarium::MapPairView</name>
    <message>
        <source>Most changed</source>
        <translation>变化最大</translation>
    </message>
    <message>
        <source>Highlight the %1 words whose nearest neighbours differ most.</source>
        <translation>突出显示最近邻差别最大的 %1 个词。</translation>
    </message>
    <message>
        <source>Map of the one run</source>
        <translation>一次训练的词图</translation>
    </message>
    <message>
        <source>Map of the other run</source>
        <translation>另一次训练的词图</translation>
    </message>
    <message>
        <source>A run has no vectors yet: pause it, or wait until it is over.</source>
        <translation>有一次训练还没有向量：请暂停它，或等它结束。</translation>
    </message>
    <message>
        <source>Here the maps of two runs lie beside each other, turned alike. Train twice, with other settings or another seed.</source>
        <translation>这里并排显示两次训练的词图，转到同一方向。请用不同的设置或种子训练两次。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Laying out both runs ...</source>
        <translation>正在布置两次训练的词图……</translation>
    </message>
    <message>
        <source>The second map is turned to lie on the first as closely as it can. Distances on maps are not to be trusted; the colour compares the %1 nearest neighbours in the full space.</source>
        <translation>第二张词图已转到尽量与第一张重合。词图上的距离不可全信；颜色比较的是完整空间中的 %1 个最近邻。</translation>
    </message>
    <message>
        <source>Neighbours in common</source>
        <translation>共同的近邻</translation>
    </message>
    <message>
        <source>%1 of %2 neighbours in common</source>
        <translation>%2 个近邻中有 %1 个相同</translation>
    </message>
    <message>
        <source>two-maps</source>
        <translation>两张词图</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Maps of %1 and %2; most changed: %3</source>
        <translation>%1 和 %2 的词图；变化最大：%3</translation>
    </message>
</context>
<context>
    <name>lexarium::MapSearch</name>
    <message>
        <source>Find words</source>
        <translation>找词</translation>
    </message>
    <message>
        <source>A part of a word, a pattern with * and ?, or /regex/. Enter goes to the next one.</source>
        <translation>词的一部分、带 * 和 ? 的模式，或 /正则表达式/。回车到下一个。</translation>
    </message>
    <message>
        <source>Find words on the map</source>
        <translation>在词图上找词</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>找到 %1 个</translation>
    </message>
    <message>
        <source>%1 of %2 here</source>
        <comment>found words on the map</comment>
        <translation>%2 个中图上有 %1 个</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>第 %1 / %2 个</translation>
    </message>
    <message>
        <source>%1 words are found. Show more words to have all of them on the map.</source>
        <translation>共找到 %1 个词。显示更多词，即可让它们全部出现在词图上。</translation>
    </message>
</context>
<context>
    <name>lexarium::MapView</name>
    <message>
        <source>Map of words</source>
        <translation>词图</translation>
    </message>
    <message>
        <source>PC %1 (%2)</source>
        <translation>主成分 %1（%2）</translation>
    </message>
    <message>
        <source>Occurrences in the text</source>
        <translation>在文本中的次数</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Isolate selection</source>
        <translation>只看选中</translation>
    </message>
    <message>
        <source>Bring the other words back.</source>
        <translation>恢复其他词。</translation>
    </message>
    <message>
        <source>Show only the selected words, as large as they fit.</source>
        <translation>只显示选中的词，尽量放大。</translation>
    </message>
    <message>
        <source>Rank %1 of %2</source>
        <translation>排名 %1 / %2</translation>
    </message>
    <message>
        <source>Every word a point: words that are used alike come to lie near one another, once a text is open and training.</source>
        <translation>每个词是一个点：打开文本并训练后，用法相近的词会聚到一起。</translation>
    </message>
    <message>
        <source>The map appears as soon as the words have their first vectors.</source>
        <translation>词有了第一批向量后，词图就会出现。</translation>
    </message>
    <message>
        <source>Every word a point: while the model trains, words that are used alike come to lie near one another.</source>
        <translation>每个词是一个点：训练时，用法相近的词会聚到一起。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>No map yet</source>
        <translation>还没有词图</translation>
    </message>
    <message>
        <source>Map of %1 words at step %2, showing %3 of the variance</source>
        <translation>第 %2 步时 %1 个词的词图，显示 %3 的方差</translation>
    </message>
    <message>
        <source>; %1 selected: %2</source>
        <translation>；选中 %1 个：%2</translation>
    </message>
    <message>
        <source>map</source>
        <translation>词图</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Show all words</source>
        <translation>显示所有词</translation>
    </message>
    <message>
        <source>Show words</source>
        <translation>显示词</translation>
    </message>
    <message>
        <source>PC 1 + PC 2 (%1)</source>
        <translation>主成分 1 + 2（%1）</translation>
    </message>
    <message>
        <source>Distances on the map are not to be trusted.</source>
        <translation>词图上的距离不可全信。</translation>
    </message>
    <message>
        <source>A flat shadow: PC 1 shows %1 and PC 2 %2 of the variance, so distances on it are not to be trusted. Neighbours are found in the full space.</source>
        <translation>这只是平面投影：主成分 1 显示 %1、主成分 2 显示 %2 的方差，图上的距离不可全信。近邻是在完整空间中求得的。</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Number of words</source>
        <translation>词数</translation>
    </message>
    <message>
        <source>Cluster (in the full space)</source>
        <translation>簇（完整空间）</translation>
    </message>
    <message>
        <source>Cluster %1</source>
        <translation>簇 %1</translation>
    </message>
    <message>
        <source>Turned by %1° in the last %2 steps</source>
        <translation>最近 %2 步中转过 %1°</translation>
    </message>
    <message>
        <source>No movement yet: train on</source>
        <translation>还没有移动：请继续训练</translation>
    </message>
    <message>
        <source>Nothing moves</source>
        <translation>没有词在移动</translation>
    </message>
    <message>
        <source>%1°</source>
        <translation>%1°</translation>
    </message>
    <message>
        <source>Turned in about %1 steps</source>
        <translation>约 %1 步中转过的角度</translation>
    </message>
    <message>
        <source>Turned in the last %1 steps</source>
        <translation>最近 %1 步中转过的角度</translation>
    </message>
    <message>
        <source>Distances between groups mean little.</source>
        <translation>词群之间的距离意义不大。</translation>
    </message>
    <message>
        <source>%1 is being prepared ...</source>
        <translation>正在准备 %1……</translation>
    </message>
    <message>
        <source>%1, finished after %2 iterations</source>
        <translation>%1，经 %2 次迭代后完成</translation>
    </message>
    <message>
        <source>%1, iteration %2 of %3</source>
        <translation>%1，第 %2 次迭代，共 %3 次</translation>
    </message>
    <message>
        <source>, %1 %2</source>
        <translation>，%1 %2</translation>
    </message>
    <message>
        <source>, paused</source>
        <translation>，已暂停</translation>
    </message>
    <message>
        <source>; while training runs it follows now and then</source>
        <translation>；训练期间词图会不时跟进</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <comment>state of the map; what to think of it</comment>
        <translation>%1。%2</translation>
    </message>
    <message>
        <source>Map of %1 words at step %2 by %3, iteration %4</source>
        <translation>第 %2 步时 %1 个词的词图，方法 %3，第 %4 次迭代</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Place in the file</source>
        <translation>在文件中的位置</translation>
    </message>
    <message>
        <source>Show trails</source>
        <translation>显示轨迹</translation>
    </message>
    <message>
        <source>Export film...</source>
        <translation>导出影片...</translation>
    </message>
    <message>
        <source>Step %1, epoch %2</source>
        <translation>第 %1 步，第 %2 轮</translation>
    </message>
    <message>
        <source>Bookmarks</source>
        <translation>书签</translation>
    </message>
    <message>
        <source>%1, step %2, %3</source>
        <comment>run, step, method</comment>
        <translation>%1，第 %2 步，%3</translation>
    </message>
    <message>
        <source>Bookmark this view</source>
        <translation>收藏此视图</translation>
    </message>
    <message>
        <source>Show notebook</source>
        <translation>显示笔记本</translation>
    </message>
</context>
<context>
    <name>lexarium::Measurement</name>
    <message>
        <source>The training ended before the measurement did. Take a longer text.</source>
        <translation>测量还没结束训练就结束了。请用更长的文本。</translation>
    </message>
</context>
<context>
    <name>lexarium::MergeModel</name>
    <message>
        <source>Merge %1: %2 stood %3 times in the text and became one token, number %4.
Click to see the text as it was then</source>
        <translation>第 %1 次合并：%2 在文本中出现 %3 次，成为一个词元，编号 %4。
点击查看文本当时的样子</translation>
    </message>
    <message>
        <source>%1 stands %2 times in the text</source>
        <translation>%1 在文本中出现 %2 次</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>对</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Tokens in the text</source>
        <translation>文本中的词元数</translation>
    </message>
    <message>
        <source>In which order the pairs were merged</source>
        <translation>各对合并的先后</translation>
    </message>
    <message>
        <source>The two tokens that stood beside each other</source>
        <translation>相邻的两个词元</translation>
    </message>
    <message>
        <source>What they are together</source>
        <translation>它们合在一起</translation>
    </message>
    <message>
        <source>How often the pair stood in the text: of all pairs the most frequent is merged</source>
        <translation>这一对在文本中出现的次数：所有对中最常见的被合并</translation>
    </message>
    <message>
        <source>How many tokens the whole text had afterwards</source>
        <translation>此后整个文本有多少词元</translation>
    </message>
</context>
<context>
    <name>lexarium::NeighbourModel</name>
    <message>
        <source>Neighbour</source>
        <translation>近邻</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>The words whose vectors are nearest</source>
        <translation>向量最近的词</translation>
    </message>
    <message>
        <source>How often the neighbour occurs; rare words have unreliable vectors</source>
        <translation>近邻出现的次数；罕见词的向量不可靠</translation>
    </message>
    <message>
        <source>Cosine of the angle between the vectors: 1 is the same direction</source>
        <translation>两向量夹角的余弦：1 表示同方向</translation>
    </message>
    <message>
        <source>Straight-line distance between the vectors: smaller is nearer</source>
        <translation>两向量间的直线距离：越小越近</translation>
    </message>
    <message>
        <source>%1: %2. %3.
Click to walk on to this word</source>
        <translation>%1：%2。%3。
点击可走到这个词</translation>
    </message>
    <message>
        <source>Among the nearest in %1 of the last moments of the run</source>
        <translation>在训练最后的时刻中有 %1 属于最近邻</translation>
    </message>
    <message>
        <source>Stable</source>
        <translation>稳定度</translation>
    </message>
    <message>
        <source>For how much of the second half of the run this word has been among the nearest</source>
        <translation>在训练后半程中，这个词有多大比例的时刻属于最近邻</translation>
    </message>
</context>
<context>
    <name>lexarium::NeighboursView</name>
    <message>
        <source>Back to what was selected before</source>
        <translation>回到之前选中的词</translation>
    </message>
    <message>
        <source>Forward again</source>
        <translation>再前进</translation>
    </message>
    <message>
        <source>How many neighbours</source>
        <translation>近邻数</translation>
    </message>
    <message>
        <source>How many neighbours are shown</source>
        <translation>显示多少个近邻</translation>
    </message>
    <message>
        <source>nearest</source>
        <translation>个最近的</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>Euclidean</source>
        <translation>欧氏距离</translation>
    </message>
    <message>
        <source>How nearness is measured</source>
        <translation>如何衡量远近</translation>
    </message>
    <message>
        <source>Cosine compares directions; Euclidean distance looks at lengths too</source>
        <translation>余弦比较方向；欧氏距离还考虑长度</translation>
    </message>
    <message>
        <source>Nearest words</source>
        <translation>最近的词</translation>
    </message>
    <message>
        <source>Here stands the selected word with the words nearest to it.</source>
        <translation>这里是选中的词和离它最近的词。</translation>
    </message>
    <message>
        <source>Open text...</source>
        <translation>打开文本...</translation>
    </message>
    <message>
        <source>Here stands the selected word with the words nearest to it. Click a word in the map, the table or the text.</source>
        <translation>这里是选中的词和离它最近的词。请点击词图、词表或文本中的一个词。</translation>
    </message>
    <message>
        <source>Pick a word</source>
        <translation>任选一个词</translation>
    </message>
    <message>
        <source>rank %1 · %2 times · %3 per million</source>
        <translation>排名 %1 · %2 次 · 每百万词 %3 次</translation>
    </message>
    <message>
        <source>Occurs only %1 times: what is learned about it is unsure.</source>
        <translation>只出现 %1 次：学到的结果不可靠。</translation>
    </message>
    <message>
        <source>This word occurs less than %1 times, the minimum count, so it gets no vector.</source>
        <translation>这个词出现少于 %1 次（最低词频），所以没有向量。</translation>
    </message>
    <message>
        <source>This word is outside the maximum vocabulary, so it gets no vector.</source>
        <translation>这个词在词表上限之外，所以没有向量。</translation>
    </message>
    <message>
        <source>Nearest in all %1 dimensions, at step %2. Distances on the map are not to be trusted.</source>
        <translation>在全部 %1 维中最近，第 %2 步。词图上的距离不可全信。</translation>
    </message>
    <message>
        <source>Its nearest words appear here as soon as something is learned.</source>
        <translation>一旦学到东西，最近的词就会出现在这里。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>No other word has a vector yet.</source>
        <translation>还没有其他词有向量。</translation>
    </message>
    <message>
        <source>Its nearest words appear here with the first vectors of this run.</source>
        <translation>这次训练有了第一批向量后，最近的词就会出现在这里。</translation>
    </message>
    <message>
        <source>neighbours of %1</source>
        <translation>%1 的近邻</translation>
    </message>
    <message>
        <source>Export table as CSV...</source>
        <translation>将表格导出为 CSV...</translation>
    </message>
    <message>
        <source>Nearest: %1.</source>
        <translation>最近：%1。</translation>
    </message>
    <message>
        <source>Why close?</source>
        <translation>为何相近？</translation>
    </message>
    <message>
        <source>Which contexts and sentences make this word and the marked neighbour (or the nearest) close</source>
        <translation>哪些上下文和句子使这个词与选中的近邻（或最近的词）相近</translation>
    </message>
    <message>
        <source>word %1 of %2 in the file</source>
        <translation>文件中第 %1 个词，共 %2 个</translation>
    </message>
    <message>
        <source>The file has no vector for this word.</source>
        <translation>文件中没有这个词的向量。</translation>
    </message>
    <message>
        <source>Nearest in all %1 dimensions. Distances on the map are not to be trusted.</source>
        <translation>在全部 %1 维中最近。词图上的距离不可全信。</translation>
    </message>
    <message>
        <source>Of past moments only the %1 most frequent words are kept.</source>
        <translation>过去的时刻只保留最常用的 %1 个词。</translation>
    </message>
</context>
<context>
    <name>lexarium::NextTokenView</name>
    <message>
        <source>The beginning of a text</source>
        <translation>一段文本的开头</translation>
    </message>
    <message>
        <source>The text so far</source>
        <translation>到目前为止的文本</translation>
    </message>
    <message>
        <source>Draw next token</source>
        <translation>抽下一个词元</translation>
    </message>
    <message>
        <source>Lets the dice decide, by the last column of bars.</source>
        <translation>让骰子按最后一列的条形来决定。</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>Takes the last token away.</source>
        <translation>去掉最后一个词元。</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Keeps only the beginning.</source>
        <translation>只保留开头。</translation>
    </message>
    <message>
        <source>What could come next</source>
        <translation>接下来可能是什么</translation>
    </message>
    <message>
        <source>Here you write together with a language model: it says what it expects next, and you choose.</source>
        <translation>在这里，你和语言模型一起写：它说出预期，你来选择。</translation>
    </message>
    <message>
        <source>Step %1. %2 of %3 tokens can be drawn; the model is open by %4 bits, after the cuts by %5. Click a bar to force that token.</source>
        <translation>第 %1 步。%3 个词元中有 %2 个可以抽到；模型的不确定程度为 %4 比特，截断后为 %5 比特。点击条形可以强制选那个词元。</translation>
    </message>
    <message>
        <source>%1: the model gave it %2, a surprise of %3 bits</source>
        <translation>%1：模型给它 %2，惊讶度 %3 比特</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>复制文本</translation>
    </message>
    <message>
        <source>Most likely next: %1, %2</source>
        <translation>最可能的下一个：%1，%2</translation>
    </message>
</context>
<context>
    <name>lexarium::NotebookView</name>
    <message>
        <source>Bookmark map</source>
        <translation>收藏词图</translation>
    </message>
    <message>
        <source>Keep the view of the map with its run, moment and method, to come back to it.</source>
        <translation>收藏词图的视图及其训练、时刻和方法，以便回到这里。</translation>
    </message>
    <message>
        <source>Keep selection</source>
        <translation>保留选择</translation>
    </message>
    <message>
        <source>Keep the selected words under a name.</source>
        <translation>给选中的词起个名字并保留。</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>新建笔记</translation>
    </message>
    <message>
        <source>Write something down; it stays with the project.</source>
        <translation>写下一些内容；它会留在项目里。</translation>
    </message>
    <message>
        <source>Notebook</source>
        <translation>笔记本</translation>
    </message>
    <message>
        <source>Text of the note</source>
        <translation>笔记内容</translation>
    </message>
    <message>
        <source>Bookmarks</source>
        <translation>书签</translation>
    </message>
    <message>
        <source>Selections</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>笔记</translation>
    </message>
    <message>
        <source>%1 words</source>
        <translation>%1 个词</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>笔记</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>%1 things are kept</source>
        <translation>保留了 %1 项</translation>
    </message>
</context>
<context>
    <name>lexarium::ParamForm</name>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Reset to preset</source>
        <translation>恢复预设</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Shows settings that are rarely changed</source>
        <translation>显示很少改动的设置</translation>
    </message>
    <message>
        <source>Goes back to the values that fit this text</source>
        <translation>恢复适合这篇文本的值</translation>
    </message>
    <message>
        <source>A change needs a restart: stop this run first.</source>
        <translation>改动需要重新开始：请先停止这次训练。</translation>
    </message>
    <message>
        <source>In use only while &quot;%1&quot; is &quot;%2&quot;.</source>
        <translation>仅当“%1”为“%2”时使用。</translation>
    </message>
    <message>
        <source>Not in use with the other settings.</source>
        <translation>在其他设置下不使用。</translation>
    </message>
    <message>
        <source>Acts at once, also while it trains.</source>
        <translation>立即生效，训练时也一样。</translation>
    </message>
    <message>
        <source>Changed; the preset is %1.</source>
        <translation>已改动；预设值为 %1。</translation>
    </message>
    <message>
        <source>While a run is active, live values act at once; the others need a restart: stop first.</source>
        <translation>训练进行时，可即时调整的值立即生效；其他的需要重新开始：请先停止。</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
</context>
<context>
    <name>lexarium::ParametersView</name>
    <message>
        <source>Here stands how the next run learns: the model and its settings.</source>
        <translation>这里决定下一次训练怎么学：模型及其设置。</translation>
    </message>
    <message>
        <source>Open text...</source>
        <translation>打开文本...</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>计算机</translation>
    </message>
    <message>
        <source>The same seed gives the same vectors, on any number of threads.</source>
        <translation>相同的种子得到相同的向量，与线程数无关。</translation>
    </message>
    <message>
        <source>Threads write at the same time: fast, but no two runs are quite the same.</source>
        <translation>多个线程同时写入：快，但两次训练不会完全相同。</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1。%2</translation>
    </message>
    <message>
        <source>The next run forks off %1 at step %2. &lt;a href=&quot;afresh&quot;&gt;Start afresh instead&lt;/a&gt;</source>
        <translation>下一次训练从 %1 的第 %2 步分支。&lt;a href=&quot;afresh&quot;&gt;改为从头开始&lt;/a&gt;</translation>
    </message>
    <message>
        <source>What is open came from a file, without a text. To train a model, open one.</source>
        <translation>打开的内容来自文件，没有文本。要训练模型，请打开文本。</translation>
    </message>
    <message>
        <source>from scratch</source>
        <translation>从零开始</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>from a file...</source>
        <translation>来自文件…</translation>
    </message>
    <message>
        <source>Word vectors to begin with</source>
        <translation>作为起点的词向量</translation>
    </message>
    <message>
        <source>Word vectors (*.txt *.vec *.bin *.glove *.tsv);;All files (*)</source>
        <translation>词向量 (*.txt *.vec *.bin *.glove *.tsv);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Reading %1...</source>
        <translation>正在读取 %1…</translation>
    </message>
    <message>
        <source>%1 of the %2 words of %3 stand in the text; all other words begin at random.</source>
        <translation>%3 的 %2 个词中有 %1 个出现在文本里；文本的其余词从随机数开始。</translation>
    </message>
</context>
<context>
    <name>lexarium::PredictionPages</name>
    <message>
        <source>go left: y = 1</source>
        <translation>向左：y = 1</translation>
    </message>
    <message>
        <source>go right: y = 0</source>
        <translation>向右：y = 0</translation>
    </message>
    <message>
        <source>the right word: y = 1</source>
        <translation>正确的词：y = 1</translation>
    </message>
    <message>
        <source>noise: y = 0</source>
        <translation>噪声：y = 0</translation>
    </message>
    <message>
        <source>word</source>
        <translation>词</translation>
    </message>
    <message>
        <source>score x</source>
        <translation>得分 x</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>The %1 other words around &quot;%2&quot; learn it in the same step, against the same columns of W&apos;, and each adds its own errors to them.</source>
        <translation>“%2”周围的另外 %1 个词在同一步中用同样的 W&apos; 列学习它，各自把误差加到这些列上。</translation>
    </message>
    <message>
        <source>The pair</source>
        <translation>词对</translation>
    </message>
    <message>
        <source>From the words around it the model is to find &quot;%1&quot;.</source>
        <translation>模型要由周围的词找出“%1”。</translation>
    </message>
    <message>
        <source>From &quot;%1&quot; the model is to find &quot;%2&quot;, a word beside it.</source>
        <translation>模型要由“%1”找出旁边的词“%2”。</translation>
    </message>
    <message>
        <source>Hierarchical softmax: the way to the word in a tree takes %1 turns; each is a yes or no question.</source>
        <translation>层次 softmax：在树中走到这个词要转 %1 次弯；每次都是一个是非题。</translation>
    </message>
    <message>
        <source>To be told apart from %1 words drawn by chance, by their count to the power of 0.75: %2</source>
        <translation>要与按词频的 0.75 次方随机抽取的 %1 个词区分开：%2</translation>
    </message>
    <message>
        <source>Look up the rows</source>
        <translation>查表</translation>
    </message>
    <message>
        <source>h is the mean of the context words&apos; columns of W.</source>
        <translation>h 是上下文各词在 W 中的列的平均。</translation>
    </message>
    <message>
        <source>h is the word&apos;s column of W; picking it is W times a vector with a single 1.</source>
        <translation>h 是该词在 W 中的列；取出它就是 W 乘以只有一个 1 的向量。</translation>
    </message>
    <message>
        <source>its column v&apos; of W&apos;</source>
        <translation>它在 W&apos; 中的列 v&apos;</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>The dot product of h with each column: the larger, the better the two fit.</source>
        <translation>h 与每一列的点积：越大两者越相配。</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>The sigmoid turns each score into how sure the model is of a yes: 0.5 is no idea.</source>
        <translation>sigmoid 把每个得分变成模型有多确信“是”：0.5 表示毫无把握。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Being sure and right costs nothing; being sure and wrong costs much. The loss of this pair is %1.</source>
        <translation>确信而正确不付代价；确信而错误代价很大。这一对的损失为 %1。</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>The error σ(x) - y says how far each answer is off; it is passed on to h and to each column.</source>
        <translation>误差 σ(x) - y 表示每个回答差多少；它传给 h 和每一列。</translation>
    </message>
    <message>
        <source>Each of the %1 context words gets 1/%1 of it.</source>
        <translation>%1 个上下文词各得其中的 1/%1。</translation>
    </message>
    <message>
        <source>New columns</source>
        <translation>新的列</translation>
    </message>
    <message>
        <source>Each column takes a small step against its gradient; the learning rate is %1.</source>
        <translation>每一列逆着自己的梯度走一小步；学习率为 %1。</translation>
    </message>
    <message>
        <source>column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>after</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>moved by</source>
        <translation>移动了</translation>
    </message>
</context>
<context>
    <name>lexarium::Preferences</name>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>&amp;Reduced motion</source>
        <translation>减少动画(&amp;R)</translation>
    </message>
    <message>
        <source>Points jump to their new places instead of gliding.</source>
        <translation>点直接跳到新位置，而不是滑动。</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>配色(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Size of type</source>
        <translation>字号(&amp;S)</translation>
    </message>
    <message>
        <source>Acts when the program starts again.</source>
        <translation>下次启动程序时生效。</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Fingerprint of the run on plots</source>
        <translation>在图上显示训练的指纹(&amp;F)</translation>
    </message>
    <message>
        <source>Eight digits in the corner of each plot: whoever has the same ones has the same result.</source>
        <translation>每张图角上的八位字符：相同则结果相同。</translation>
    </message>
</context>
<context>
    <name>lexarium::ProjectFiles</name>
    <message>
        <source>Open project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Lexarium projects (*.lexarium);;All files (*)</source>
        <translation>Lexarium 项目 (*.lexarium);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Copy of the project</source>
        <translation>项目副本</translation>
    </message>
    <message>
        <source>Save project as</source>
        <translation>项目另存为</translation>
    </message>
    <message>
        <source>Lexarium projects (*.lexarium)</source>
        <translation>Lexarium 项目 (*.lexarium)</translation>
    </message>
    <message>
        <source>Reading ...</source>
        <translation>正在读取...</translation>
    </message>
    <message>
        <source>%1 (%2 words)</source>
        <translation>%1（%2 个词）</translation>
    </message>
    <message>
        <source>%1 stopped at epoch %2 of %3.</source>
        <translation>%1 停在第 %2 轮，共 %3 轮。</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>%1 was removed.</source>
        <translation>已移除 %1。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>lexarium::ProjectKeeper</name>
    <message>
        <source>The project is saved as %1. From now on every change is kept there.</source>
        <translation>项目已保存为 %1。此后的每次改动都保存在其中。</translation>
    </message>
    <message>
        <source>A copy of the project is in %1.</source>
        <translation>项目的副本在 %1 中。</translation>
    </message>
    <message>
        <source>The project takes %1 now, %2 less than before.</source>
        <translation>项目现在占 %1，比之前少 %2。</translation>
    </message>
</context>
<context>
    <name>lexarium::ReadingInput</name>
    <message>
        <source>Another</source>
        <translation>换一个</translation>
    </message>
    <message>
        <source>A text for the model to read</source>
        <translation>让模型读的文本</translation>
    </message>
    <message>
        <source>The story, a sentence a line</source>
        <translation>故事，每行一句</translation>
    </message>
    <message>
        <source>What the model is made to say</source>
        <translation>让模型说的话</translation>
    </message>
    <message>
        <source>What the model is made to say; empty: what it says by itself</source>
        <translation>让模型说的话；留空：它自己说的话</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>例子</translation>
    </message>
    <message>
        <source>Texts that the model has not learned from</source>
        <translation>模型没有学过的文本</translation>
    </message>
    <message>
        <source>The next of the examples</source>
        <translation>下一个例子</translation>
    </message>
</context>
<context>
    <name>lexarium::RecipeFiles</name>
    <message>
        <source>Open recipe</source>
        <translation>打开配方</translation>
    </message>
    <message>
        <source>Recipes (*.json);;All files (*)</source>
        <translation>配方 (*.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>A recipe needs a text to learn from</source>
        <translation>配方需要有可学习的文本</translation>
    </message>
    <message>
        <source>Open the text first, then the recipe</source>
        <translation>请先打开文本，再打开配方</translation>
    </message>
    <message>
        <source>The next run is set up as the recipe says: %1, seed %2.</source>
        <translation>下一次训练已按配方设置：%1，种子 %2。</translation>
    </message>
    <message>
        <source>But the recipe cuts the text into words in another way.</source>
        <translation>但配方以另一种方式切分文本。</translation>
    </message>
    <message>
        <source>Cut it as the recipe says</source>
        <translation>按配方切分</translation>
    </message>
    <message>
        <source>But it was written for another text: that had %1 words, this one has %2.</source>
        <translation>但它是为另一个文本写的：那个有 %1 个词，这个有 %2 个。</translation>
    </message>
    <message>
        <source>But it was written for another text.</source>
        <translation>但它是为另一个文本写的。</translation>
    </message>
    <message>
        <source>The result should have the fingerprint %1.</source>
        <translation>结果的指纹应为 %1。</translation>
    </message>
</context>
<context>
    <name>lexarium::RunController</name>
    <message>
        <source>%1 (pretrained, frozen)</source>
        <translation>%1（预训练，冻结）</translation>
    </message>
    <message>
        <source>%1 (pretrained)</source>
        <translation>%1（预训练）</translation>
    </message>
</context>
<context>
    <name>lexarium::RunsModel</name>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>reproducible</source>
        <translation>可复现</translation>
    </message>
    <message>
        <source>fastest</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>file of vectors</source>
        <translation>词向量文件</translation>
    </message>
    <message>
        <source>Forked off %1 at step %2</source>
        <translation>从 %1 的第 %2 步分支</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>from scratch</source>
        <translation>从零开始</translation>
    </message>
</context>
<context>
    <name>lexarium::RunsView</name>
    <message>
        <source>Filter runs</source>
        <translation>筛选训练</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Here stand all runs beside each other: what they were told and how far they got.</source>
        <translation>这里并列所有训练：它们的设置和进度。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>runs.csv</source>
        <translation>runs.csv</translation>
    </message>
    <message>
        <source>Export table as CSV...</source>
        <translation>将表格导出为 CSV...</translation>
    </message>
    <message>
        <source>%1 runs, %2 shown; they differ in %3 settings</source>
        <translation>%1 次训练，显示 %2 次；它们有 %3 项设置不同</translation>
    </message>
</context>
<context>
    <name>lexarium::SaliencyView</name>
    <message>
        <source>Here you see what counted: how much each token of a text raised or lowered the odds of what the model says.</source>
        <translation>在这里可以看到什么起了作用：文本的每个词元把模型输出的几率提高或降低了多少。</translation>
    </message>
    <message>
        <source>How it is found out</source>
        <translation>如何求得</translation>
    </message>
    <message>
        <source>Gradient × input</source>
        <translation>梯度 × 输入</translation>
    </message>
    <message>
        <source>Integrated gradients</source>
        <translation>积分梯度</translation>
    </message>
    <message>
        <source>Occlusion</source>
        <translation>遮挡</translation>
    </message>
    <message>
        <source>Gradient × input: what a slightly longer vector of the token would change (Shrikumar et al. 2016).
Integrated gradients: the same on the whole way from no vectors to these; the numbers sum to all that the text changes (Sundararajan et al. 2017).
Occlusion: what changes when the token is hidden (Li et al. 2016).</source>
        <translation>梯度 × 输入：词元的向量稍长一点会改变什么（Shrikumar 等 2016）。
积分梯度：从没有向量到这些向量的整条路上的同样的量；各数之和等于文本带来的全部变化（Sundararajan 等 2017）。
遮挡：隐藏该词元后会改变什么（Li 等 2016）。</translation>
    </message>
    <message>
        <source>What is explained</source>
        <translation>解释什么</translation>
    </message>
    <message>
        <source>The output whose reasons are shown; a click on a row of the matrix chooses it too</source>
        <translation>显示其原因的输出；点击矩阵的一行也可选择</translation>
    </message>
    <message>
        <source>Jain and Wallace 2019, &quot;Attention is not Explanation&quot;: attention often disagrees with what counted. Wiegreffe and Pinter 2019 answer that it depends on what is asked.</source>
        <translation>Jain 和 Wallace 2019，《Attention is not Explanation》：注意力常与真正起作用的不一致。Wiegreffe 和 Pinter 2019 回应说，这取决于所问的是什么。</translation>
    </message>
    <message>
        <source>The text; orange raised the odds, blue lowered them</source>
        <translation>文本；橙色提高了几率，蓝色降低了几率</translation>
    </message>
    <message>
        <source>What counted for what</source>
        <translation>什么对什么起作用</translation>
    </message>
    <message>
        <source>Type a text for the model to read. Of models that count, nothing can be told.</source>
        <translation>输入一段文本让模型读。对计数的模型无法说明什么。</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>what is said</source>
        <translation>所说的</translation>
    </message>
    <message>
        <source>what is read</source>
        <translation>所读的</translation>
    </message>
    <message>
        <source>%1 comes after %2, and cannot count for it</source>
        <translation>%1 在 %2 之后，对它不可能起作用</translation>
    </message>
    <message>
        <source>%1 raises the log odds of %2 by %3</source>
        <translation>%1 把 %2 的对数几率提高了 %3</translation>
    </message>
    <message>
        <source>%1 lowers the log odds of %2 by %3</source>
        <translation>%1 把 %2 的对数几率降低了 %3</translation>
    </message>
    <message>
        <source>Log odds of %1: %2, a probability of %3.</source>
        <translation>%1 的对数几率：%2，即概率 %3。</translation>
    </message>
    <message>
        <source>Without any vectors %1; the numbers sum to the difference within %2 (%3 steps).</source>
        <translation>没有任何向量时为 %1；各数之和与差值相差不超过 %2（%3 步）。</translation>
    </message>
    <message>
        <source>This model has no attention to compare with.</source>
        <translation>该模型没有可供比较的注意力。</translation>
    </message>
    <message>
        <source>Attention is not explanation (Jain and Wallace 2019).</source>
        <translation>注意力不是解释（Jain 和 Wallace 2019）。</translation>
    </message>
    <message>
        <source>Rank correlation of attention and what counted for %1: %2; over all outputs: %3.</source>
        <translation>对 %1 而言，注意力与实际作用的秩相关：%2；所有输出平均：%3。</translation>
    </message>
    <message>
        <source>saliency</source>
        <translation>显著性</translation>
    </message>
</context>
<context>
    <name>lexarium::SampleHistoryModel</name>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>What it said</source>
        <translation>它说的话</translation>
    </message>
</context>
<context>
    <name>lexarium::SamplesView</name>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>A prompt: the model goes on from here</source>
        <translation>提示：模型从这里往下说</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>How many tokens it says</source>
        <translation>说多少个词元</translation>
    </message>
    <message>
        <source>What the model says</source>
        <translation>模型说的话</translation>
    </message>
    <message>
        <source>What it said earlier</source>
        <translation>它以前说的话</translation>
    </message>
    <message>
        <source>Here a language model speaks while it learns: nonsense at first, then words, then sentences.</source>
        <translation>在这里，语言模型一边学一边说：起初是胡言乱语，然后成词，再成句。</translation>
    </message>
    <message>
        <source>Step %1. Colour: surprise, how unlikely the model itself found the token; %2 bits a token on average.</source>
        <translation>第 %1 步。颜色：惊讶度，即模型自己觉得这个词元有多不可能；平均每个词元 %2 比特。</translation>
    </message>
    <message>
        <source>%1: part of the prompt</source>
        <translation>%1：提示的一部分</translation>
    </message>
    <message>
        <source>%1: the model gave it %2, a surprise of %3 bits</source>
        <translation>%1：模型给它 %2，惊讶度 %3 比特</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>复制文本</translation>
    </message>
    <message>
        <source>At step %1 the model says: %2</source>
        <translation>第 %1 步时模型说：%2</translation>
    </message>
</context>
<context>
    <name>lexarium::SamplingPanel</name>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Below 1 the model keeps to what it finds likely, above 1 it dares more.</source>
        <translation>低于 1 时模型只说有把握的，高于 1 时更大胆。</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Only so many of the likeliest tokens may be drawn; 0: all.</source>
        <translation>只能抽最可能的这么多个词元；0：全部。</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Only the likeliest tokens that together have this probability may be drawn; 1: all.</source>
        <translation>只能抽合起来达到这个概率的最可能的词元；1：全部。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The same seed draws the same text from the same model.</source>
        <translation>同样的种子从同样的模型抽出同样的文本。</translation>
    </message>
    <message>
        <source>Always the likeliest</source>
        <translation>总选最可能的</translation>
    </message>
    <message>
        <source>No dice: the token that the model finds likeliest, each time.</source>
        <translation>不掷骰子：每次都选模型认为最可能的词元。</translation>
    </message>
</context>
<context>
    <name>lexarium::Screenshots</name>
    <message>
        <source>%1 could not be written. Choose a folder that can be written to.</source>
        <translation>%1 无法写入。请选择一个可写的文件夹。</translation>
    </message>
</context>
<context>
    <name>lexarium::ShareView</name>
    <message>
        <source>Save model...</source>
        <translation>保存模型...</translation>
    </message>
    <message>
        <source>The numbers that were learned, as a safetensors file, and beside it a card that says what they are. PyTorch and lexarium-cli read both.</source>
        <translation>学到的数，存为 safetensors 文件，旁边有一张说明卡片。PyTorch 和 lexarium-cli 都能读取。</translation>
    </message>
    <message>
        <source>Save report...</source>
        <translation>保存报告...</translation>
    </message>
    <message>
        <source>One file with settings, curves, pictures and samples, for any browser: to be kept, sent or printed.</source>
        <translation>一个含有设置、曲线、图和样例的文件，任何浏览器都能打开：可以保存、发送或打印。</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>How lexarium-cli and PyTorch use the saved model.</source>
        <translation>lexarium-cli 和 PyTorch 如何使用保存的模型。</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>已取消；没有写入任何内容。</translation>
    </message>
    <message>
        <source>What the model is, how it was trained, and how well it did</source>
        <translation>模型是什么、怎样训练的、效果如何</translation>
    </message>
    <message>
        <source>Here a model leaves the program: as a file that PyTorch reads, with a card that says what it is, and as a report for people who were not there.</source>
        <translation>模型从这里离开程序：作为 PyTorch 能读的文件，附有说明卡片；也作为给不在场的人看的报告。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Save model</source>
        <translation>保存模型</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Saving the model</source>
        <translation>正在保存模型</translation>
    </message>
    <message>
        <source>Saved %1 with its card %2, and %3, which reads it in PyTorch.</source>
        <translation>已保存 %1 及其卡片 %2，还有在 PyTorch 中读取它的 %3。</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>正在写报告</translation>
    </message>
    <message>
        <source>Saved the report %1.</source>
        <translation>已保存报告 %1。</translation>
    </message>
    <message>
        <source>Copied. Save the model first, so that the commands find it.</source>
        <translation>已复制。请先保存模型，以便命令能找到它。</translation>
    </message>
    <message>
        <source>Copied: how lexarium-cli and PyTorch use the saved model.</source>
        <translation>已复制：lexarium-cli 和 PyTorch 如何使用保存的模型。</translation>
    </message>
    <message>
        <source>The card of %1</source>
        <translation>%1 的卡片</translation>
    </message>
</context>
<context>
    <name>lexarium::SharedContextModel</name>
    <message>
        <source>&quot;%1&quot; stands %2 times near &quot;%3&quot; and %4 times near &quot;%5&quot;: %6 of what makes the two alike
Click to see only the sentences with it</source>
        <translation>“%1”在“%3”附近出现 %2 次，在“%5”附近出现 %4 次：占两者相似之处的 %6
点击可只看含有它的句子</translation>
    </message>
    <message>
        <source>near %1</source>
        <translation>%1 附近</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>份额</translation>
    </message>
    <message>
        <source>Words that stand near both more often than chance has it</source>
        <translation>在两个词附近都比偶然更常出现的词</translation>
    </message>
    <message>
        <source>How much of the closeness comes from this context; all shares are 100 %</source>
        <translation>相近程度有多少来自这个上下文；所有份额合计 100 %</translation>
    </message>
    <message>
        <source>How often they stand in one window</source>
        <translation>它们在同一窗口中出现的次数</translation>
    </message>
</context>
<context>
    <name>lexarium::StatePlaceModel</name>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>前文</translation>
    </message>
    <message>
        <source>There</source>
        <translation>该处</translation>
    </message>
    <message>
        <source>After</source>
        <translation>后文</translation>
    </message>
</context>
<context>
    <name>lexarium::StatesView</name>
    <message>
        <source>Hidden state h</source>
        <translation>隐藏状态 h</translation>
    </message>
    <message>
        <source>Cell state c</source>
        <translation>细胞状态 c</translation>
    </message>
    <message>
        <source>Input gate i</source>
        <translation>输入门 i</translation>
    </message>
    <message>
        <source>Forget gate f</source>
        <translation>遗忘门 f</translation>
    </message>
    <message>
        <source>Output gate o</source>
        <translation>输出门 o</translation>
    </message>
    <message>
        <source>Candidate g</source>
        <translation>候选 g</translation>
    </message>
    <message>
        <source>Reset gate r</source>
        <translation>重置门 r</translation>
    </message>
    <message>
        <source>Update gate z</source>
        <translation>更新门 z</translation>
    </message>
    <message>
        <source>Candidate n</source>
        <translation>候选 n</translation>
    </message>
    <message>
        <source>Input x</source>
        <translation>输入 x</translation>
    </message>
    <message>
        <source>Which layer of the model</source>
        <translation>模型的哪一层</translation>
    </message>
    <message>
        <source>Which of its states or gates</source>
        <translation>哪个状态或门</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>The unit by which the text is coloured; click a row of the picture to choose one</source>
        <translation>文本按这个单元着色；点击图中的一行可以选择</translation>
    </message>
    <message>
        <source>On from</source>
        <translation>激活阈值</translation>
    </message>
    <message>
        <source>From which value on a unit counts as on</source>
        <translation>从多大的值起算作激活</translation>
    </message>
    <message>
        <source>From which value on, positive or negative, a unit counts as on in a brushed phrase</source>
        <translation>在选中的短语中，从多大的值（正或负）起单元算作激活</translation>
    </message>
    <message>
        <source>Where it fires</source>
        <translation>何处激活</translation>
    </message>
    <message>
        <source>The places of the whole text at which this unit is strongest</source>
        <translation>整个文本中这个单元最强的位置</translation>
    </message>
    <message>
        <source>A text for the model to read</source>
        <translation>给模型读的文本</translation>
    </message>
    <message>
        <source>Units over time</source>
        <translation>随时间变化的单元</translation>
    </message>
    <message>
        <source>The text, coloured by one unit</source>
        <translation>按一个单元着色的文本</translation>
    </message>
    <message>
        <source>Places of the text</source>
        <translation>文本中的位置</translation>
    </message>
    <message>
        <source>Here you see what each unit of a language model does while it reads: some count, some wait for the end of a line or a quotation.</source>
        <translation>在这里可以看到语言模型读文本时每个单元在做什么：有的在计数，有的在等一行或一段引文结束。</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>%1, unit %2 at step %3: blue below 0, orange above. Drag over a phrase to find the units that are on just there.</source>
        <translation>%1，单元 %2，第 %3 步：蓝色小于 0，橙色大于 0。拖过一个短语，找出只在那里激活的单元。</translation>
    </message>
    <message>
        <source>Reading the text ...</source>
        <translation>正在读文本……</translation>
    </message>
    <message>
        <source>Unit %1 is strongest at these places of the text:</source>
        <translation>单元 %1 在文本的这些位置最强：</translation>
    </message>
    <message>
        <source>No unit is on over just this phrase; try a shorter one, or a lower threshold.</source>
        <translation>没有单元只在这个短语上激活；请选短一点的，或降低阈值。</translation>
    </message>
    <message>
        <source>On just there: units %1. The text looks alike to the model at these places:</source>
        <translation>只在那里激活：单元 %1。在模型看来，文本的这些位置相似：</translation>
    </message>
    <message>
        <source>states</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>lexarium::TextOptions</name>
    <message>
        <source>Text options</source>
        <translation>文本选项</translation>
    </message>
    <message>
        <source>Words get other numbers when the text is read again, so its runs end.</source>
        <translation>重新读取文本会改变词的编号，因此它的训练会结束。</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Find out for each file</source>
        <translation>逐个文件自动识别</translation>
    </message>
    <message>
        <source> (%1 % sure)</source>
        <translation>（把握 %1 %）</translation>
    </message>
    <message>
        <source>Read as %1%2</source>
        <translation>按 %1 读取%2</translation>
    </message>
    <message>
        <source>&amp;Encoding</source>
        <translation>编码(&amp;E)</translation>
    </message>
</context>
<context>
    <name>lexarium::TextView</name>
    <message>
        <source>Here stands the text itself; a click on a word selects it in all views.</source>
        <translation>这里是文本本身；点击一个词，所有视图都会选中它。</translation>
    </message>
    <message>
        <source>Open text...</source>
        <translation>打开文本...</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Find in this document</source>
        <translation>在此文档中查找</translation>
    </message>
    <message>
        <source>Previous place (Shift+Enter)</source>
        <translation>上一处（Shift+回车）</translation>
    </message>
    <message>
        <source>Next place (Enter)</source>
        <translation>下一处（回车）</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>byte %1 of %2 · %3</source>
        <translation>第 %1 / %2 字节 · %3</translation>
    </message>
    <message>
        <source>Searching...</source>
        <translation>正在查找...</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Copy the text in sight</source>
        <translation>复制可见的文本</translation>
    </message>
</context>
<context>
    <name>lexarium::TokenSearch</name>
    <message>
        <source>A word, a pattern with * (any characters) and ? (one character), or a /regular expression/</source>
        <translation>一个词、带 *（任意字符）和 ?（一个字符）的模式，或 /正则表达式/</translation>
    </message>
</context>
<context>
    <name>lexarium::TokenWays</name>
    <message>
        <source>%1: token number %2</source>
        <translation>%1：词元编号 %2</translation>
    </message>
    <message>
        <source>The text as %1</source>
        <translation>文本切分为%1</translation>
    </message>
    <message>
        <source>%1 tokens, %2 of them unknown; %3 in the vocabulary</source>
        <translation>%1 个词元，其中 %2 个未知；词表中有 %3 个</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>lexarium::TokensView</name>
    <message>
        <source>Merges</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Ways to cut</source>
        <translation>切分方式</translation>
    </message>
    <message>
        <source>Here a text is cut into tokens before your eyes: the most frequent pair becomes one, again and again.</source>
        <translation>这里文本在您眼前切分成词元：最常见的一对合而为一，一次又一次。</translation>
    </message>
    <message>
        <source>Open text...</source>
        <translation>打开文本...</translation>
    </message>
    <message>
        <source>Count the text</source>
        <translation>统计文本</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>No pair occurs twice: nothing is left to merge.</source>
        <translation>没有任何一对出现两次：再没有可以合并的了。</translation>
    </message>
    <message>
        <source>Next: %1, %2 times</source>
        <translation>下一步：%1，%2 次</translation>
    </message>
    <message>
        <source>%1 different tokens after %2 merges. The text: %3 characters, now %4 tokens; on average a token has %5 characters. Orange: the pair that is merged next.</source>
        <translation>经过 %2 次合并，有 %1 个不同的词元。文本：%3 个字符，现在是 %4 个词元；平均每个词元 %5 个字符。橙色：接下来合并的一对。</translation>
    </message>
    <message>
        <source>%1: token number %2</source>
        <translation>%1：词元编号 %2</translation>
    </message>
    <message>
        <source>Merge %1: %2, %3 times</source>
        <translation>第 %1 次合并：%2，%3 次</translation>
    </message>
    <message>
        <source>The word %1: %2</source>
        <translation>词 %1：%2</translation>
    </message>
    <message>
        <source>Being learned</source>
        <translation>正在学习</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>Subwords after %1 merges</source>
        <translation>%1 次合并后的子词</translation>
    </message>
    <message>
        <source>SentencePiece</source>
        <translation>SentencePiece</translation>
    </message>
    <message>
        <source>Export merges as CSV...</source>
        <translation>将合并导出为 CSV...</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Back to single characters</source>
        <translation>回到单个字符</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>One merge back</source>
        <translation>退回一次合并</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Merges the most frequent pair</source>
        <translation>合并最常见的一对</translation>
    </message>
    <message>
        <source>One merge after the other</source>
        <translation>一次接一次地合并</translation>
    </message>
    <message>
        <source>Merge up to</source>
        <translation>合并到</translation>
    </message>
    <message>
        <source>Merges until there are so many different tokens</source>
        <translation>一直合并到有这么多不同的词元</translation>
    </message>
    <message>
        <source>Another place</source>
        <translation>换个地方</translation>
    </message>
    <message>
        <source>Shows another part of the text</source>
        <translation>显示文本的另一部分</translation>
    </message>
    <message>
        <source>Train a model with these</source>
        <translation>用这些词元训练模型</translation>
    </message>
    <message>
        <source>Sets the next run to subwords with this vocabulary</source>
        <translation>把下一次运行设为这一词表的子词</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>个词元</translation>
    </message>
    <message>
        <source>How many different tokens</source>
        <translation>有多少不同的词元</translation>
    </message>
    <message>
        <source>Merges so far</source>
        <translation>至今的合并</translation>
    </message>
    <message>
        <source>Pairs that could be merged next</source>
        <translation>接下来可以合并的对</translation>
    </message>
    <message>
        <source>Tokens per character against the size of the vocabulary</source>
        <translation>每个字符的词元数与词表大小</translation>
    </message>
    <message>
        <source>Different tokens</source>
        <translation>不同的词元</translation>
    </message>
    <message>
        <source>Tokens per character</source>
        <translation>每个字符的词元数</translation>
    </message>
    <message>
        <source>%1 different tokens</source>
        <translation>%1 个不同的词元</translation>
    </message>
    <message>
        <source>%1 tokens per character</source>
        <translation>每个字符 %1 个词元</translation>
    </message>
    <message>
        <source>A part of the text in tokens</source>
        <translation>切分成词元的一部分文本</translation>
    </message>
    <message>
        <source>A text of your own, to see its tokens</source>
        <translation>输入您自己的文本，查看它的词元</translation>
    </message>
</context>
<context>
    <name>lexarium::TrainingStepsView</name>
    <message>
        <source>Previous</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>One page back (Left)</source>
        <translation>后退一页（←）</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>One page on (Right)</source>
        <translation>前进一页（→）</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Turns the pages by itself (P)</source>
        <translation>自动翻页（P）</translation>
    </message>
    <message>
        <source>New pair</source>
        <translation>新的一对</translation>
    </message>
    <message>
        <source>Draws another training pair: around the selected word, or anywhere (N)</source>
        <translation>再抽一个训练对：在选中的词周围，或任意位置（N）</translation>
    </message>
    <message>
        <source>Same pair, now</source>
        <translation>同一对，现在</translation>
    </message>
    <message>
        <source>The same words with the model as it is now: see how the loss of this pair falls (R)</source>
        <translation>同样的词、现在的模型：看这一对的损失如何下降（R）</translation>
    </message>
    <message>
        <source>Whole tables</source>
        <translation>整张表</translation>
    </message>
    <message>
        <source>Shows all words, not only those that this step touches; for models of up to %1 words</source>
        <translation>显示所有词，而不只是这一步涉及的词；适用于不超过 %1 个词的模型</translation>
    </message>
    <message>
        <source>Input table W, columns are words</source>
        <translation>输入表 W，每列一个词</translation>
    </message>
    <message>
        <source>Output table W&apos;, columns are words</source>
        <translation>输出表 W&apos;，每列一个词</translation>
    </message>
    <message>
        <source>What happens in this step</source>
        <translation>这一步发生了什么</translation>
    </message>
    <message>
        <source>One training step taken apart: the words of a pair, both tables, and every number from the score to the update.</source>
        <translation>拆开一个训练步：一对词、两张表，以及从得分到更新的每一个数。</translation>
    </message>
    <message>
        <source>Open text...</source>
        <translation>打开文本...</translation>
    </message>
    <message>
        <source>Try another pair</source>
        <translation>换一对试试</translation>
    </message>
    <message>
        <source>Take the first step</source>
        <translation>走第一步</translation>
    </message>
    <message>
        <source>The tables of a finished run this large are not kept. Pause a run instead, and look into it then.</source>
        <translation>这么大的训练完成后不保留它的表。请改为暂停训练，再来查看。</translation>
    </message>
    <message>
        <source>The step appears here as soon as the model is prepared.</source>
        <translation>模型准备好后，这里就会显示训练步。</translation>
    </message>
    <message>
        <source>%1 after the step</source>
        <translation>%1，这一步之后</translation>
    </message>
    <message>
        <source>%1: input table</source>
        <translation>%1：输入表</translation>
    </message>
    <message>
        <source>%1: output table</source>
        <translation>%1：输出表</translation>
    </message>
    <message>
        <source>%1 of %2 · %3</source>
        <translation>%1 / %2 · %3</translation>
    </message>
    <message>
        <source>Numbers of step %1</source>
        <translation>第 %1 步的数值</translation>
    </message>
    <message>
        <source> · the model is at step %1 now</source>
        <translation> · 模型现在在第 %1 步</translation>
    </message>
    <message>
        <source>· a new pair comes from anywhere in the text</source>
        <translation>· 新的一对取自文本任意位置</translation>
    </message>
    <message>
        <source>· a new pair comes from around &quot;%1&quot;</source>
        <translation>· 新的一对取自“%1”周围</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Input table</source>
        <translation>输入表</translation>
    </message>
    <message>
        <source>Output table</source>
        <translation>输出表</translation>
    </message>
    <message>
        <source>input table</source>
        <translation>输入表</translation>
    </message>
    <message>
        <source>output table</source>
        <translation>输出表</translation>
    </message>
    <message>
        <source>The run that is shown came from a file and was not trained here.</source>
        <translation>当前显示的词向量来自文件，不是在这里训练的。</translation>
    </message>
</context>
<context>
    <name>lexarium::TransportBar</name>
    <message>
        <source>Preparing</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Diverged</source>
        <translation>已发散</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1k</source>
        <translation>%1 千</translation>
    </message>
    <message>
        <source>%1M</source>
        <translation>%1 百万</translation>
    </message>
    <message>
        <source>Training controls</source>
        <translation>训练控制</translation>
    </message>
    <message>
        <source>Learning &amp;rate</source>
        <translation>学习率(&amp;R)</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How far each step moves the vectors. A change acts at once and leaves a flag on the curve.</source>
        <translation>每一步使向量移动多远。改动立即生效，并在曲线上留下标记。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Show live</source>
        <translation>显示实时</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Epoch %1 of %2</source>
        <translation>第 %1 / %2 轮</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>%1 words/s</source>
        <translation>%1 词/秒</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩 %1</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>来自文件</translation>
    </message>
    <message>
        <source>Timeline: how far the training is, and which moment is shown</source>
        <translation>时间线：训练到了哪里，显示的是哪一时刻</translation>
    </message>
    <message>
        <source>Looking back</source>
        <translation>回看</translation>
    </message>
    <message>
        <source>Drag back to see an earlier moment in all views; the right end is live.
%1 moments are kept, %2 of at most %3.</source>
        <translation>向回拖动，可在所有视图中看较早的时刻；最右端是现在。
已保存 %1 个时刻，占 %2，上限 %3。</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 词元/秒</translation>
    </message>
</context>
<context>
    <name>lexarium::VectorsFiles</name>
    <message>
        <source>Vectors for this text</source>
        <translation>用于此文本的词向量</translation>
    </message>
    <message>
        <source>Open vectors</source>
        <translation>打开词向量</translation>
    </message>
    <message>
        <source>Word vectors (*.txt *.vec *.bin *.glove *.tsv);;All files (*)</source>
        <translation>词向量 (*.txt *.vec *.bin *.glove *.tsv);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Save vectors</source>
        <translation>保存词向量</translation>
    </message>
    <message>
        <source>vectors.txt</source>
        <translation>vectors.txt</translation>
    </message>
    <message>
        <source>There are no vectors to save yet</source>
        <translation>还没有可保存的词向量</translation>
    </message>
    <message>
        <source>Pause the training, then save again</source>
        <translation>请先暂停训练，再保存</translation>
    </message>
    <message>
        <source>The vectors are saved: %1.</source>
        <translation>词向量已保存：%1。</translation>
    </message>
    <message>
        <source>%1 of the %2 words of this file stand in the text and can be explored with it.</source>
        <translation>此文件的 %2 个词中有 %1 个出现在文本中，可与文本一起探索。</translation>
    </message>
</context>
<context>
    <name>lexarium::VocabularyModel</name>
    <message>
        <source>%1
Outside the maximum vocabulary: this word gets no vector.</source>
        <translation>%1
在词表上限之外：这个词没有向量。</translation>
    </message>
    <message>
        <source>%1
Occurs less than %2 times, the minimum count: this word gets no vector.</source>
        <translation>%1
出现少于 %2 次（最低词频）：这个词没有向量。</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>词</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Per million</source>
        <translation>每百万词</translation>
    </message>
    <message>
        <source>Place by falling count; the most frequent word has rank 1</source>
        <translation>按次数从多到少的名次；最常见的词排第 1</translation>
    </message>
    <message>
        <source>The word as the model sees it</source>
        <translation>模型看到的词</translation>
    </message>
    <message>
        <source>How often it occurs in the text</source>
        <translation>在文本中出现的次数</translation>
    </message>
    <message>
        <source>How often it occurs in a million words of the text</source>
        <translation>每百万词中出现的次数</translation>
    </message>
</context>
<context>
    <name>lexarium::VocabularyView</name>
    <message>
        <source>Here stand all words of a text, with how often each of them occurs.</source>
        <translation>这里列出文本的所有词及其出现次数。</translation>
    </message>
    <message>
        <source>Open text...</source>
        <translation>打开文本...</translation>
    </message>
    <message>
        <source>Filter words</source>
        <translation>筛选词</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>%1 documents</source>
        <translation>%1 个文档</translation>
    </message>
    <message>
        <source>(and %1 more)</source>
        <translation>（还有 %1 个）</translation>
    </message>
    <message>
        <source>Sorting...</source>
        <translation>正在排序...</translation>
    </message>
    <message>
        <source>%1 words</source>
        <translation>%1 个词</translation>
    </message>
    <message>
        <source>vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Export table as CSV...</source>
        <translation>将表格导出为 CSV...</translation>
    </message>
    <message>
        <source>The most frequent word is &quot;%1&quot;, %2 times.</source>
        <translation>最常见的词是“%1”，%2 次。</translation>
    </message>
</context>
<context>
    <name>lexarium::WelcomePage</name>
    <message>
        <source>Start page</source>
        <translation>开始页</translation>
    </message>
    <message>
        <source>Watch machines learn language</source>
        <translation>看机器学习语言</translation>
    </message>
    <message>
        <source>Open a text, press Train, and see its words find their neighbours.</source>
        <translation>打开一篇文本，按“训练”，看词找到自己的邻居。</translation>
    </message>
    <message>
        <source>Start with a sample lesson</source>
        <translation>从样本课开始</translation>
    </message>
    <message>
        <source>A small world of families, capitals and animals, made for learning in a minute.</source>
        <translation>一个由家庭、首都和动物组成的小世界，一分钟就能学会。</translation>
    </message>
    <message>
        <source>Open a text of your own</source>
        <translation>打开自己的文本</translation>
    </message>
    <message>
        <source>Any plain text, in any language. Or drop files and folders on this window.</source>
        <translation>任何语言的纯文本。也可以把文件和文件夹拖到窗口上。</translation>
    </message>
    <message>
        <source>Go on where you were</source>
        <translation>从上次继续</translation>
    </message>
    <message>
        <source>%1 is no longer there</source>
        <translation>%1 已不存在</translation>
    </message>
    <message>
        <source>Nothing yet. Your texts stand here once you have opened some.</source>
        <translation>还没有。打开过的文本会列在这里。</translation>
    </message>
    <message>
        <source>The files that you opened last.</source>
        <translation>你最近打开的文件。</translation>
    </message>
    <message>
        <source>Teach a task</source>
        <translation>教一项任务</translation>
    </message>
    <message>
        <source>Examples from which a model learns to translate, to judge or to answer.</source>
        <translation>模型从这些例子学习翻译、判断或回答。</translation>
    </message>
</context>
<context>
    <name>lexarium::WhyCloseView</name>
    <message>
        <source>Compare with</source>
        <translation>与之比较</translation>
    </message>
    <message>
        <source>Which word it is compared with: its nearest neighbours</source>
        <translation>与哪个词比较：它最近的近邻</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Show sentences with any of the shared contexts again</source>
        <translation>重新显示含有任一共同上下文的句子</translation>
    </message>
    <message>
        <source>Sentences with shared contexts</source>
        <translation>含有共同上下文的句子</translation>
    </message>
    <message>
        <source>Shared contexts</source>
        <translation>共同的上下文</translation>
    </message>
    <message>
        <source>Here stands why two words are close, with the sentences that make them so.</source>
        <translation>这里说明两个词为何相近，并列出使它们相近的句子。</translation>
    </message>
    <message>
        <source>Open text...</source>
        <translation>打开文本...</translation>
    </message>
    <message>
        <source>Select two words, on the map with Ctrl and a click, to see why they are close and which sentences make them so.</source>
        <translation>选中两个词（在词图上按住 Ctrl 点击），看它们为何相近、哪些句子使它们相近。</translation>
    </message>
    <message>
        <source>Pick two words</source>
        <translation>任选两个词</translation>
    </message>
    <message>
        <source>Sentences that hold most of them</source>
        <translation>含有最多共同上下文的句子</translation>
    </message>
    <message>
        <source>Sentences with &quot;%1&quot;</source>
        <translation>含有“%1”的句子</translation>
    </message>
    <message>
        <source>This word has no vector, so it has no neighbours: select a second word.</source>
        <translation>这个词没有向量，也就没有近邻：请再选一个词。</translation>
    </message>
    <message>
        <source>Select a second word, or train to compare it with its nearest neighbour.</source>
        <translation>请再选一个词，或先训练，再与它最近的近邻比较。</translation>
    </message>
    <message>
        <source>Reading where each word stands...</source>
        <translation>正在读取每个词的位置...</translation>
    </message>
    <message>
        <source>Reading the places of both words...</source>
        <translation>正在读取两个词的各处位置...</translation>
    </message>
    <message>
        <source>The text has no context that these two words share more often than by chance.</source>
        <translation>在这个文本中，这两个词没有比偶然更常共有的上下文。</translation>
    </message>
    <message>
        <source>cosine %1</source>
        <translation>余弦 %1</translation>
    </message>
    <message>
        <source>%1 is neighbour %2 of %3</source>
        <translation>%1 是 %3 的第 %2 近邻</translation>
    </message>
    <message>
        <source>%1 occurs %2 times</source>
        <translation>%1 出现 %2 次</translation>
    </message>
    <message>
        <source>&quot;%1&quot; occurs only %2 times: its closeness is to be doubted.</source>
        <translation>“%1”只出现 %2 次：它的相近程度值得怀疑。</translation>
    </message>
    <message>
        <source>%1 contexts within %2 words are shared; by contexts alone the cosine is %3.</source>
        <translation>%2 个词之内有 %1 个共同的上下文；只按上下文算，余弦是 %3。</translation>
    </message>
    <message>
        <source>The two never stand together.</source>
        <translation>两者从不在一起出现。</translation>
    </message>
    <message>
        <source>The two stand together %1 times.</source>
        <translation>两者在一起出现 %1 次。</translation>
    </message>
    <message>
        <source>Of the %1 places of &quot;%2&quot; %3 were read, evenly spread.</source>
        <translation>“%2”的 %1 处位置中均匀地读取了 %3 处。</translation>
    </message>
    <message>
        <source>shared contexts</source>
        <translation>共同的上下文</translation>
    </message>
    <message>
        <source>sentences</source>
        <translation>句子</translation>
    </message>
    <message>
        <source>Export contexts as CSV...</source>
        <translation>将上下文导出为 CSV...</translation>
    </message>
    <message>
        <source>Export sentences as CSV...</source>
        <translation>将句子导出为 CSV...</translation>
    </message>
    <message>
        <source>They share %1.</source>
        <translation>它们共有 %1。</translation>
    </message>
</context>
<context>
    <name>lexarium::WordChips</name>
    <message>
        <source>Inspect &quot;%1&quot;</source>
        <translation>查看“%1”</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>还有 %1 个</translation>
    </message>
</context>
<context>
    <name>lexarium::WordEdit</name>
    <message>
        <source>Words of the text</source>
        <translation>文本中的词</translation>
    </message>
</context>
<context>
    <name>lexarium::WordScoresView</name>
    <message>
        <source>Which score</source>
        <translation>哪种得分</translation>
    </message>
    <message>
        <source>Analogies that are right</source>
        <translation>正确的类比</translation>
    </message>
    <message>
        <source>Similarity as people see it</source>
        <translation>人们眼中的相似度</translation>
    </message>
    <message>
        <source>Analogies: a : b = c : ?, by 3CosAdd (Mikolov et al. 2013).
Similarity: Spearman&apos;s correlation of cosines with what people have said of pairs of words.</source>
        <translation>类比：a : b = c : ?，用 3CosAdd（Mikolov 等 2013）。
相似度：余弦与人们对词对的评分的 Spearman 相关。</translation>
    </message>
    <message>
        <source>Scores of the word vectors</source>
        <translation>词向量的得分</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>rank correlation</source>
        <translation>秩相关</translation>
    </message>
    <message>
        <source>Here stands how good word vectors become while they are learned: analogies that are right, and similarity as people see it.</source>
        <translation>这里显示学习过程中词向量变得有多好：正确的类比，以及人们眼中的相似度。</translation>
    </message>
    <message>
        <source>Open text...</source>
        <translation>打开文本...</translation>
    </message>
    <message>
        <source>This text brings no questions; choose a file of them.</source>
        <translation>此文本没有自带问题；请选择问题文件。</translation>
    </message>
    <message>
        <source>Analogy questions...</source>
        <translation>类比问题...</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Choose a file of pairs with ratings (WordSim-353, SimLex-999) in the menu.</source>
        <translation>请在菜单中选择带评分的词对文件（WordSim-353、SimLex-999）。</translation>
    </message>
    <message>
        <source>those of the sample</source>
        <translation>样本自带的</translation>
    </message>
    <message>
        <source>%1 questions have vectors (%2); of the kept moments, whose words are the most frequent.</source>
        <translation>%1 个问题有向量（%2）；取自保留的时刻，其中是最常见的词。</translation>
    </message>
    <message>
        <source>Pairs with ratings</source>
        <translation>带评分的词对</translation>
    </message>
    <message>
        <source>Analogy questions</source>
        <translation>类比问题</translation>
    </message>
    <message>
        <source>Texts (*.txt *.csv *.tsv);;All files (*)</source>
        <translation>文本 (*.txt *.csv *.tsv);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Pairs with ratings...</source>
        <translation>带评分的词对...</translation>
    </message>
    <message>
        <source>word scores</source>
        <translation>词得分</translation>
    </message>
    <message>
        <source>%1: from %2 to %3</source>
        <translation>%1：从 %2 到 %3</translation>
    </message>
    <message>
        <source>share right</source>
        <translation>正确率</translation>
    </message>
</context>
<context>
    <name>lexarium::WorkBar</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
</context>
<context>
    <name>lexarium::WorkspaceTabs</name>
    <message>
        <source>Workspaces</source>
        <translation>工作区</translation>
    </message>
</context>
</TS>
