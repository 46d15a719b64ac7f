//! Signs that stand for others. Fonts draw 一 and the radical ⼀ alike, and many programs that write PDF name the radical; signs that are
//! drawn for vertical lines have codes of their own.

/// What U+2F00 to U+2FD5 are as words (their compatibility mapping).
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Radicals of the supplement, each before its word (EquivalentUnifiedIdeograph of Unicode).
const SUPPLEMENT: &str = "⺀冫⺁厂⺄乙⺆冂⺇几⺈刀⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯁⺒巳⺓幺⺕彐⺗心⺛旡⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫罒⺬示⺭礻⺮竹⺯糹⺰纟⺲罒⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟";

/// Signs as vertical lines have them, each beside the one it stands for (their compatibility mapping).
const VERTICAL: &[(char, char)] = &[
    ('︐', '，'),
    ('︑', '、'),
    ('︒', '。'),
    ('︓', '：'),
    ('︔', '；'),
    ('︕', '！'),
    ('︖', '？'),
    ('︗', '〖'),
    ('︘', '〗'),
    ('︙', '…'),
    ('︰', '：'),
    ('︱', '—'),
    ('︵', '（'),
    ('︶', '）'),
    ('︷', '｛'),
    ('︸', '｝'),
    ('︹', '〔'),
    ('︺', '〕'),
    ('︻', '【'),
    ('︼', '】'),
    ('︽', '《'),
    ('︾', '》'),
    ('︿', '〈'),
    ('﹀', '〉'),
    ('﹁', '「'),
    ('﹂', '」'),
    ('﹃', '『'),
    ('﹄', '』'),
];

/// The word or sign that one stands for; any other letter is itself.
pub fn word(letter: char) -> char {
    match letter {
        '\u{2f00}'..='\u{2fd5}' => {
            let at = usize::try_from(u32::from(letter) - 0x2f00).unwrap_or(usize::MAX);
            KANGXI.chars().nth(at).unwrap_or(letter)
        }
        '\u{2e80}'..='\u{2eff}' => paired(SUPPLEMENT, letter),
        '\u{fe10}'..='\u{fe4f}' => VERTICAL.iter().find(|(sign, _)| *sign == letter).map_or(letter, |(_, word)| *word),
        other => other,
    }
}

/// What stands behind a letter in a list of pairs.
fn paired(pairs: &str, letter: char) -> char {
    let mut pairs = pairs.chars();
    pairs.find(|known| *known == letter).and_then(|_| pairs.next()).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    #[test]
    fn radicals_are_words_and_words_stay() {
        for (radical, word) in [
            ('\u{2f00}', '一'),
            ('\u{2f46}', '无'),
            ('\u{2fd5}', '龠'),
            ('\u{2eda}', '页'),
            ('\u{2ed3}', '长'),
            ('页', '页'),
            ('︵', '（'),
            ('a', 'a'),
        ] {
            assert_eq!(super::word(radical), word, "{radical}");
        }
    }
}
