package items

import (
	"cmp"
	"slices"
	"strings"
)

// Meant is what the name of a material means: a kind of paper, and whose it is
// where the name says so.
type Meant struct {
	Kind  string // 居民身份证
	Whose string // 女方; empty: the name does not say
}

// PowerOfAttorney is the paper by which somebody may act for another.
const PowerOfAttorney = "授权委托书"

// kinds are the names that one kind of paper goes by.
var kinds = map[string][]string{
	"居民身份证": {"身份证", "居民身份证", "中华人民共和国居民身份证", "二代身份证", "第二代身份证", "第二代居民身份证", "身份证件", "有效身份证件", "身份证明", "身份证明材料", "有效身份证明", "居民身份证件", "身份证明文件", "身份证正反面", "电子身份证"},
	"居民户口簿": {"户口簿", "居民户口簿", "户口本", "户口页", "居民户口页", "户口簿页", "户籍证明", "户口登记簿", "常住人口登记卡", "居民户口本", "户口薄", "居民户口薄", "户籍页"},
	"营业执照": {"营业执照", "营业执照副本", "营业执照正本", "营业执照正副本", "营业执照正、副本", "企业营业执照", "工商营业执照", "法人营业执照", "企业法人营业执照", "准予设立登记通知书", "设立登记通知书", "企业设立登记通知书", "公司设立登记通知书",
		"准予设立登记通知书和营业执照", "准予设立登记通知书及营业执照", "准予设立登记通知书、营业执照", "营业执照和准予设立登记通知书", "营业执照及准予设立登记通知书", "营业执照、准予设立登记通知书"}, // who has been told of the registration has the licence (市场主体登记管理条例实施细则第十八条)
	"结婚证":           {"结婚证", "结婚登记证", "婚姻证明", "结婚证明", "结婚证书"},
	"离婚证":           {"离婚证", "离婚证明", "离婚证书"},
	"出生医学证明":        {"出生医学证明", "出生证", "出生证明", "医学出生证明", "新生儿出生医学证明"},
	"死亡医学证明":        {"死亡证明", "死亡医学证明", "死亡医学证明书", "居民死亡医学证明", "居民死亡医学证明书", "居民死亡医学证明（推断）书", "死亡证"},
	"社会保障卡":         {"社会保障卡", "社保卡", "电子社保卡", "电子社会保障卡"},
	"银行卡":           {"银行卡", "银行账户", "银行存折", "存折", "银行账号", "本人银行卡", "银行卡或存折", "银行账户信息"},
	"证件照片":          {"照片", "个人照片", "免冠照片", "一寸照片", "二寸照片", "证件照", "证件照片", "近期免冠照片", "免冠彩色照片", "一寸免冠照片", "二寸免冠照片"},
	PowerOfAttorney: {"委托书", "授权委托书", "代理委托书", "授权书", "委托代理书"},
	"公司章程":          {"章程", "公司章程", "企业章程"},
	"不动产权证书":        {"不动产权证", "不动产权证书", "房产证", "房屋所有权证", "不动产权属证书", "房屋产权证", "不动产权属证明"},
	"场所使用证明":        {"场所证明", "住所证明", "经营场所证明", "场所使用证明", "住所使用证明", "经营场所使用证明", "住所（经营场所）使用证明", "房屋使用证明", "经营场所合法使用证明", "住所合法使用证明"},
	"建设工程规划许可证":     {"建设工程规划许可证", "工程规划许可证", "规划许可证"},
	"建设用地规划许可证":     {"建设用地规划许可证", "用地规划许可证"},
	"建筑工程施工许可证":     {"施工许可证", "建筑工程施工许可证", "建设工程施工许可证"},
	"清税证明":          {"清税证明", "完税证明", "清税证明文件", "清税文书"},
	"火化证明":          {"火化证明", "遗体火化证明", "火化证"},
	"退出现役证件":        {"退役证", "退出现役证", "退出现役证件", "士兵退役证", "义务兵退出现役证", "士官退出现役证"},
}

var kindNamed = func() map[string]string {
	of := map[string]string{}
	for kind, names := range kinds {
		of[Tidy(kind)] = kind
		for _, n := range names {
			of[Tidy(n)] = kind
		}
	}
	return of
}()

// holders are the people whose paper a name may speak of.
var holders = []string{
	"法定代表人", "法定监护人", "委托代理人", "被委托人", "被投靠人", "投靠人", "委托人", "代理人", "经办人", "申请人", "申报人", "本人", "男方", "女方", "夫妻双方", "双方",
	"父母双方", "新生儿父母", "父母", "父亲", "母亲", "配偶", "子女", "监护人", "新生儿", "婴儿", "儿童", "死者", "逝者", "亡者", "死亡人员", "继承人", "持卡人", "参保人", "参保人员", "申领人",
	"户主", "权利人", "抵押人", "抵押权人", "买方", "卖方", "股东", "投资人", "负责人", "企业负责人", "单位", "职工", "员工", "退休人员", "退役军人", "拟落户一方", "产妇", "食品安全管理员",
	"经营者", "业主", "法人代表", "法人", "投资者", "学生", "家长", "患者", "驾驶人", "车主", "产权人", "房主", "当事人", "买卖双方", "被抵押人", "退役士兵", "毕业生", "残疾人", "老年人",
}

// oneself are holders that mean the applicant.
var oneself = []string{"申请人", "申报人", "本人", "申领人", "经营者", "承办者"}

// Oneself reports whether a holder is the applicant.
func Oneself(holder string) bool { return slices.Contains(oneself, holder) }

// Known reports whether the kind of paper is one that goes by several names.
func (p Meant) Known() bool { return kinds[p.Kind] != nil }

// remarks stand in brackets and say nothing about what paper it is.
var remarks = []string{"原件", "复印件", "原件及复印件", "原件和复印件", "电子版", "扫描件", "加盖公章", "纸质", "正本", "副本", "复印", "一式两份", "原件核验"}

var endings = []string{"原件及复印件", "原件和复印件", "原件或复印件", "原件、复印件", "原件复印件", "复印件", "原件", "扫描件", "电子版", "照片件"}

// Means reads a name as people write it: 《出生医学证明》, 身份证（女方）,
// 申请人居民户口簿复印件.
func Means(name string) Meant {
	bare, notes := Brackets(name)
	var p Meant
	for _, note := range notes {
		if slices.Contains(holders, note) && p.Whose == "" {
			p.Whose = note
		}
	}
	bare = Tidy(bare)
	for _, e := range endings {
		bare = strings.TrimSuffix(bare, Tidy(e))
	}
	if kind, whose, ok := named(bare); ok {
		p.Kind = kind
		p.Whose = cmp.Or(p.Whose, whose)
	} else {
		p.Kind = bare + distinctions(notes)
	}
	if Oneself(p.Whose) {
		p.Whose = "申请人"
	}
	return p
}

// named finds a known kind, with a holder before it if need be.
func named(bare string) (kind, whose string, ok bool) {
	if kind, ok = kindNamed[bare]; ok {
		return kind, "", true
	}
	for _, h := range holders {
		rest, found := strings.CutPrefix(bare, h)
		if !found {
			continue
		}
		rest = strings.TrimPrefix(strings.TrimPrefix(rest, "的"), "有效")
		if kind, ok = kindNamed[rest]; ok && len(h) > len(whose) {
			return kind, h, true
		}
	}
	return "", "", false
}

// distinctions are the notes in brackets that tell two papers of one name apart.
func distinctions(notes []string) string {
	s := ""
	for _, n := range notes {
		if !slices.Contains(holders, n) && !slices.Contains(remarks, n) {
			s += "（" + n + "）"
		}
	}
	return s
}

// Brackets takes what stands in round brackets out of a name.
func Brackets(name string) (bare string, notes []string) {
	var out, note strings.Builder
	depth := 0
	for _, r := range name {
		switch r {
		case '（', '(':
			if depth++; depth > 1 {
				note.WriteRune(r)
			}
		case '）', ')':
			if depth--; depth == 0 {
				notes = append(notes, Tidy(note.String()))
				note.Reset()
			} else if depth > 0 {
				note.WriteRune(r)
			}
			depth = max(depth, 0)
		default:
			if depth > 0 {
				note.WriteRune(r)
			} else {
				out.WriteRune(r)
			}
		}
	}
	if depth > 0 { // a bracket nobody closed is part of the name
		out.WriteString(note.String())
	}
	return out.String(), notes
}

// Tidy leaves the words of a name: no quotation marks, no spaces.
func Tidy(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("《》“”\"‘’「」 \t\u3000、,，.。；;：:", r) {
			return -1
		}
		return r
	}, s)
}
