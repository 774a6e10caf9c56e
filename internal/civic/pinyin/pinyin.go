// Package pinyin reads Chinese names aloud (拼音): their syllables without tones,
// by which lists are put in order and names are found as they are spelled, and
// the initials that people type for them.
package pinyin

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// polyphones are words in which a character is not read as it is read most
// often, as far as names of items use them.
var polyphones = map[string][]string{
	"银行": {"yin", "hang"}, "行业": {"hang", "ye"}, "重新": {"chong", "xin"}, "重复": {"chong", "fu"}, "重建": {"chong", "jian"},
	"长期": {"chang", "qi"}, "长途": {"chang", "tu"}, "长江": {"chang", "jiang"}, "会计": {"kuai", "ji"}, "调查": {"diao", "cha"},
	"调动": {"diao", "dong"}, "调处": {"tiao", "chu"}, "调解": {"tiao", "jie"}, "给付": {"ji", "fu"}, "供给": {"gong", "ji"},
	"音乐": {"yin", "yue"}, "便民": {"bian", "min"}, "便利": {"bian", "li"}, "省级": {"sheng", "ji"}, "还建": {"huan", "jian"},
	"种植": {"zhong", "zhi"}, "参加": {"can", "jia"}, "参保": {"can", "bao"}, "单位": {"dan", "wei"}, "宿舍": {"su", "she"},
	"储藏": {"chu", "cang"}, "率": {"lv"}, "校准": {"jiao", "zhun"}, "校验": {"jiao", "yan"}, "传染": {"chuan", "ran"}, "测量": {"ce", "liang"},
	"车辆": {"che", "liang"}, "大夫": {"dai", "fu"}, "地方": {"di", "fang"}, "没收": {"mo", "shou"}, "模具": {"mu", "ju"}, "血液": {"xue", "ye"},
	"处方": {"chu", "fang"}, "处理": {"chu", "li"}, "行政": {"xing", "zheng"}, "核查": {"he", "cha"}, "差异": {"cha", "yi"}, "乘车": {"cheng", "che"},
	"拆迁": {"chai", "qian"}, "石": {"shi"}, "厦": {"sha"}, "危房": {"wei", "fang"}, "房产": {"fang", "chan"}, "打井": {"da", "jing"}, "藏品": {"cang", "pin"},
	"曾用": {"ceng", "yong"}, "铺设": {"pu", "she"}, "店铺": {"dian", "pu"}, "弹药": {"dan", "yao"}, "解押": {"jie", "ya"}, "降级": {"jiang", "ji"},
	"朝鲜": {"chao", "xian"}, "提供": {"ti", "gong"}, "尽职": {"jin", "zhi"}, "丧葬": {"sang", "zang"}, "殡葬": {"bin", "zang"}, "量具": {"liang", "ju"},
}

var plain = pinyin.NewArgs()

// Syllables are the readings of a text's characters without tones, one for
// each; letters and digits stand for themselves, everything else is left out.
func Syllables(text string) []string {
	runes := []rune(text)
	read := make([]string, 0, len(runes))
	for i := 0; i < len(runes); {
		if word, n := polyphone(runes[i:]); n > 0 {
			read = append(read, word...)
			i += n
			continue
		}
		if s := syllable(runes[i]); s != "" {
			read = append(read, s)
		}
		i++
	}
	return read
}

// polyphone finds the longest word of the table at the start of the text.
func polyphone(text []rune) ([]string, int) {
	for n := min(2, len(text)); n > 0; n-- {
		if word, ok := polyphones[string(text[:n])]; ok {
			return word, n
		}
	}
	return nil, 0
}

func syllable(r rune) string {
	switch {
	case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
		return strings.ToLower(string(r))
	case unicode.Is(unicode.Han, r):
		if read := pinyin.SinglePinyin(r, plain); len(read) > 0 {
			return read[0]
		}
	}
	return ""
}

// Spelled is a text in pinyin, for putting names in order.
func Spelled(text string) string { return strings.Join(Syllables(text), " ") }

// Initials are the first letters of syllables: those of 食品经营许可 are spjyxk.
func Initials(read []string) string {
	var b strings.Builder
	for _, s := range read {
		b.WriteByte(s[0])
	}
	return b.String()
}
