/**
 * PURE: characters that are written two ways. Traditional → simplified by the tables of OpenCC, character by character (its
 * phrases would read one character of a name differently from the next); before them, variants that stand in names.
 */
import { Converter } from 'opencc-js/t2cn'

const pairs = `張张 陳陈 劉刘 楊杨 趙赵 黃黄 吳吴 孫孙 馬马 許许 鄭郑 馮冯 蔣蒋 韓韩 葉叶 蘇苏 呂吕 盧卢 蕭萧 鄧邓
鍾钟 鐘钟 譚谭 鄒邹 閻阎 陸陆 範范 賴赖 龔龚 萬万 錢钱 湯汤 龍龙 賀贺 顧顾 嚴严 歐欧 魯鲁 韋韦 倪倪 關关 紀纪
葛葛 莊庄 聶聂 寧宁 駱骆 單单 項项 齊齐 鮑鲍 項项 遲迟 蘭兰 藍蓝 陽阳 陰阴 賓宾 費费 談谈 諸诸 羅罗 衛卫 於于
喬乔 華华 偉伟 國国 強强 傑杰 麗丽 軍军 勇勇 艷艳 豔艳 靜静 濤涛 輝辉 剛刚 飛飞 娟娟 麗丽 鳳凤 蓮莲 雲云 蘭兰
玲玲 紅红 樹树 東东 貴贵 寶宝 興兴 廣广 慶庆 榮荣 義义 禮礼 智智 賢贤 達达 遠远 運运 進进 連连 選选 鋒锋 鋼钢
鐵铁 銀银 鑫鑫 錦锦 鎮镇 銘铭 鈞钧 鏡镜 釗钊 錫锡 鳴鸣 鵬鹏 鴻鸿 鶴鹤 鷹鹰 麒麒 齡龄 龜龟 愛爱 憲宪 懷怀 應应
戰战 撫抚 揚扬 擇择 擎擎 攝摄 曉晓 暉晖 曄晔 書书 會会 條条 業业 極极 榕榕 樂乐 機机 橋桥 權权 歡欢 歲岁 氣气
濱滨 瀾澜 灝灏 為为 煒炜 煥焕 燁烨 燦灿 爾尔 獻献 瑋玮 瑤瑶 環环 瓊琼 瑩莹 畢毕 異异 發发 盡尽 監监 禎祯 穎颖
積积 穩稳 競竞 筆笔 節节 簡简 紅红 純纯 紹绍 終终 絢绚 結结 絲丝 經经 維维 綱纲 綺绮 緒绪 縱纵 績绩 繼继 續续
聖圣 聞闻 聰聪 聲声 職职 肅肃 脈脉 臨临 舉举 藝艺 蔭荫 薩萨 蘊蕴 號号 衝冲 補补 見见 規规 覺觉 觀观 訓训 記记
訪访 設设 詩诗 詠咏 誠诚 語语 說说 課课 調调 請请 諾诺 謙谦 謝谢 證证 識识 譽誉 讓让 豐丰 財财 責责 質质 贊赞
趙赵 躍跃 車车 軒轩 載载 輪轮 輔辅 轉转 辦办 農农 邁迈 還还 鄉乡 醫医 釋释 鑒鉴 鑑鉴 長长 門门 開开 間间 閃闪
閔闵 閣阁 闊阔 陝陕 陣阵 階阶 際际 隨随 險险 隱隐 雙双 雞鸡 電电 霧雾 靈灵 韻韵 順顺 頌颂 預预 領领 頤颐 題题
願愿 顏颜 顯显 風风 餘余 駿骏 騰腾 驍骁 驕骄 驗验 體体 魚鱼 鮮鲜 麥麦 點点 黨党 勝胜 勳勋 勛勋 勵励 務务 動动
勞劳 區区 協协 卻却 厲厉 參参 員员 問问 啟启 啓启 單单 喚唤 團团 園园 圍围 圓圆 場场 堅坚 報报 塵尘 壽寿 夢梦
夾夹 奮奋 婁娄 媽妈 嬌娇 嫻娴 嬰婴 學学 實实 審审 寬宽 寵宠 將将 專专 尋寻 對对 導导 岡冈 島岛 峯峰 嶽岳 崗岗
嶺岭 巖岩 師师 帥帅 帶带 幹干 幾几 庫库 廈厦 廠厂 廳厅 張张 彌弥 彥彦 後后 從从 復复 徵征 德德 徳德 悅悦 惠惠
憶忆 懿懿 慧慧 昇升 陞升 晉晋 晝昼 暢畅 曆历 歷历 曾曾 朮术 術术 機机 棟栋 楨桢 榮荣 槍枪 標标 樣样 樸朴 歸归
殺杀 殿殿 決决 況况 淚泪 淨净 淺浅 渾浑 湧涌 溝沟 溫温 準准 滿满 漢汉 潔洁 潤润 澤泽 澗涧 濟济 瀋沈 灣湾 災灾
無无 煙烟 熱热 燈灯 營营 爭争 牆墙 獎奖 獨独 現现 琺珐 璽玺 產产 畝亩 畫画 當当 瘋疯 盜盗 盤盘 眾众 睏困 矯矫
碩硕 磊磊 礎础 祕秘 祿禄 禦御 禪禅 離离 種种 稱称 穀谷 窮穷 竇窦 筍笋 範范 築筑 簽签 籃篮 糧粮 級级 細细 組组
緊紧 線线 練练 緣缘 縣县 總总 繪绘 羣群 習习 翹翘 聯联 肖萧 脫脱 臺台 與与 舊旧 艦舰 蒼苍 蔔卜 薈荟 藥药 蟬蝉
裏里 裡里 製制 複复 視视 親亲 計计 評评 詹詹 試试 該该 詳详 誌志 認认 論论 諒谅 謀谋 講讲 譯译 護护 貝贝 負负
貢贡 貨货 販贩 貿贸 資资 賈贾 賞赏 賣卖 賽赛 購购 贏赢 趨趋 跡迹 軟软 輕轻 輸输 轅辕 這这 邊边 郵邮 鄺邝 釀酿
針针 鈴铃 銅铜 銳锐 鋁铝 錄录 鍋锅 鏈链 鑰钥 閩闽 閱阅 隊队 雖虽 雜杂 難难 靂雳 響响 頂顶 須须 頭头 頻频 額额
類类 飯饭 飲饮 館馆 駐驻 駕驾 騎骑 驅驱 鬥斗 魏魏 鯉鲤 鹽盐 麼么 黌黉 齋斋 龐庞 喆哲 堃坤 淼淼 犇奔 珮佩 嵗岁
後后 隻只 併并 並并 佈布 傳传 備备 僑侨 價价 儀仪 億亿 優优 儲储 內内 冊册 凱凯 劃划 劍剑 劇剧 創创 刪删 別别`

const plain = new Map<string, string>()
for (const pair of pairs.split(/\s+/)) {
  const [from, to] = [...pair]
  if (from !== undefined && to !== undefined && from !== to) plain.set(from, to)
}

let convert: ((text: string) => string) | undefined
const han = /\p{Script=Han}/u

/** Each character is asked for once; the tables are read when the first Chinese one comes. */
function plainOf(character: string): string {
  const known = plain.get(character)
  if (known !== undefined) return known
  if (!han.test(character)) return character
  const own = convert ?? Converter({ from: 't', to: 'cn' })
  convert = own
  const found = own(character)
  plain.set(character, found)
  return found
}

export function simplified(text: string): string {
  let changed = ''
  for (const character of text) changed += plainOf(character)
  return changed
}
