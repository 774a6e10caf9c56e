package foreign

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
)

// identity reads the name, the type and the days in force.
func (r *reading) identity() {
	r.e.Name = r.f.text(names["name"]...)
	for _, n := range subNames {
		switch part := r.f.text(n); {
		case part == "" || strings.Contains(r.e.Name, part):
		case strings.Contains(part, r.e.Name):
			r.e.Name = part
		default:
			r.e.Name += "（" + part + "）"
		}
	}
	r.e.Item = items.ID(r.f.text(names["id"]...))
	r.itemType()
	r.e.Effective = r.day("effective")
	if last := r.day("retired"); last != 0 {
		r.e.Retired = last + 1
		r.warn("retired", "retired", "来源的有效期截止于%s，请确认是否已有新版", last.Han())
	}
}

// since is what people write around the first day in force: 自2026年1月1日起施行.
var since = regexp.MustCompile(`^自?(.*[日0-9０-９])起?(?:施行|实施|执行|生效)?$`)

func (r *reading) day(what string) calendar.Day {
	v, n, found := r.f.take(names[what]...)
	if !found {
		return 0
	}
	text := textOf(v)
	if what == "effective" {
		text = since.ReplaceAllString(text, "$1")
	}
	day := calendar.Written(text)
	if day == 0 && !slices.Contains([]string{"长期", "长期有效", "永久", "无期限"}, text) {
		r.keep(n, v)
		r.warn(what, "day", "来源的日期“%s”读不懂，请写成2026-01-01的样子", short(text))
	}
	return day
}

// itemType reads the type by its label or code, national or of the platform
// that wrote it; one that is in no list stays as it came, for the check to
// refuse.
func (r *reading) itemType() {
	label, code := r.f.text(names["type"]...), r.f.text(names["typeCode"]...)
	if len(label) == 1 && label >= "1" && label <= "9" {
		label = "0" + label // a spreadsheet takes 01 for a number
	}
	r.e.Type = typeOf(label)
	if r.e.Type == "" {
		r.e.Type = items.Type(label)
	}
	byCode := typeOf(code)
	switch {
	case code == "":
	case byCode == "":
		r.warn("type", "type", "来源的事项类型代码“%s”不在代码表中", short(code))
	case label == "":
		r.e.Type = byCode
	case byCode != r.e.Type:
		r.warn("type", "type", "来源的事项类型代码“%s”是%s，名称却写“%s”，请确认", short(code), byCode, short(label))
	}
}

// otherWords are labels of types that lists word otherwise.
var otherWords = map[string]items.Type{"其他": items.OtherPower, "其他权力": items.OtherPower, "其他行政权力事项": items.OtherPower, "其他类": items.OtherPower, "公共服务事项": items.PublicService}

func typeOf(text string) items.Type {
	if t, ok := otherWords[text]; ok {
		return t
	}
	list := codes.ItemTypes()
	for _, find := range []func() (codes.Entry, bool){
		func() (codes.Entry, bool) { return list.Named(text) },
		func() (codes.Entry, bool) { return list.Find(text) },
		func() (codes.Entry, bool) { return list.From("letters", text) },
		func() (codes.Entry, bool) { return list.From("sichuan", text) },
	} {
		if e, ok := find(); ok && text != "" {
			return items.Type(e.Label)
		}
	}
	return ""
}

// codes reads the codes of the record into the place of their scheme. Wrong
// ones are told and kept.
func (r *reading) codes() {
	for _, what := range []string{"code", "handling"} {
		for {
			v, _, found := r.f.take(names[what]...)
			if !found {
				break
			}
			if text := textOf(v); text != "" {
				r.code(text)
			}
		}
	}
	r.agency()
	if !ownName.MatchString(string(r.e.Item)) {
		r.e.Item = items.ID(firstOf(r.e.Codes.Handling, r.e.Codes.Local, r.e.Codes.Implementation, r.e.Codes.Catalogue, r.e.Codes.LocalCatalogue))
	}
	if !addressable.MatchString(string(r.e.Item)) {
		sum := sha256.Sum256([]byte(r.e.Name + "|" + r.e.AgencyName + "|" + r.e.Region))
		r.e.Item = items.ID("draft-" + hex.EncodeToString(sum[:6]))
	}
	r.family()
}

// ownName is a name that an item may keep from its source: a mere serial number
// names a row, and would name another item in the next file.
var ownName = regexp.MustCompile(`^[0-9A-Za-z._-]*[A-Za-z-][0-9A-Za-z._-]*$|^[0-9]{9,}$`)

// addressable is what can stand in an address.
var addressable = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._-]{0,79}$`)

func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}

func (r *reading) code(text string) {
	c, found := codes.ParseItemCode(text)
	if whole, ok := zeros(c); ok {
		c, found = whole, nil
		r.warn("codes", "code.zeros", "编码“%s”前面的0像是被表格软件去掉了，已补成“%s”，请确认", short(text), c.Text)
	}
	path := "codes.local"
	switch c.Scheme {
	case codes.Basic:
		r.e.Codes.Catalogue, path = c.Text, "codes.catalogue"
	case codes.Implementation:
		r.e.Codes.Implementation, path = c.Text, "codes.implementation"
	case codes.Handling:
		r.e.Codes.Handling, path = c.Text, "codes.handling"
	case codes.Sichuan:
		r.e.Codes.Local, r.e.Codes.LocalCatalogue = c.Text, c.Local
	default:
		r.local(c.Text)
	}
	r.coded(path, found)
	if national, want := c.NationalType(), r.e.Type.Code(); national != "" && want != "" && national != want {
		r.warn(path, "code.type", "编码中的事项类型（%s）与要素“%s”不一致", codes.ItemTypes().Label(national), r.e.Type)
	}
	if c.Division != "" && r.e.Region == "" {
		r.e.Region = c.Division
	}
	if c.Agency != "" && r.e.Agency == "" {
		r.e.Agency = c.Agency
	}
}

// local keeps a code of no national scheme; of a second one only the draft tells.
func (r *reading) local(text string) {
	if before := r.e.Codes.Local; before != "" && before != text {
		r.keep("编码", before)
		r.warn("codes.local", "code.second", "来源有两个编码不合国家规则（%s、%s），已取后一个，前一个随草稿保留，请确认", short(before), short(text))
	}
	r.e.Codes.Local = text
}

// zeros is a national code of which a spreadsheet has taken the zeros at the front:
// those of the country begin with three.
func zeros(c codes.ItemCode) (codes.ItemCode, bool) {
	if c.Scheme != codes.Unknown && c.Scheme != codes.Tables || len(c.Text) != 9 && len(c.Text) != 11 || strings.Trim(c.Text, "0123456789") != "" {
		return c, false
	}
	whole, found := codes.ParseItemCode("000" + c.Text)
	return whole, codes.Worst(found) == codes.Sound && whole.NationalType() != ""
}

// coded tells what was found in a code, unless the check of the edition does.
func (r *reading) coded(path string, found []codes.Finding) {
	if path == "codes.catalogue" || path == "codes.implementation" || path == "codes.handling" {
		return
	}
	for _, f := range found {
		if f.Severity == codes.Wrong {
			r.wrong(path, "code", "%s", f.Say)
		} else {
			r.warn(path, "code", "%s", f.Say)
		}
	}
}

// agency reads the number of the agency and where it works, and holds both
// against the code.
func (r *reading) agency() {
	if number := r.f.text(names["uscc"]...); number != "" {
		u, severity, err := codes.ParseUSCC(number)
		switch severity {
		case codes.Doubtful:
			r.warn("agency", "agency", "实施主体的统一社会信用代码“%s”存疑：%s", short(number), sayOf(err))
		case codes.Wrong:
			r.wrong("agency", "agency", "实施主体的统一社会信用代码“%s”有误：%s", short(number), sayOf(err))
		}
		if claim, said := r.f.yes(names["usccSound"]...); said && claim != (severity == codes.Sound) {
			r.warn("agency", "agency", "来源说统一社会信用代码“%s”的校验位%s，核对的结果相反", short(number), map[bool]string{true: "正确", false: "不正确"}[claim])
		}
		if r.e.Agency != "" && r.e.Agency != u.Code && severity == codes.Sound {
			r.wrong("agency", "agency", "编码中的实施主体（%s）与统一社会信用代码（%s）不一致", short(r.e.Agency), short(number))
		}
		r.e.Agency = codes.Tidy(number)
	}
	r.f.take(names["usccSound"]...)
	if region := r.f.text(names["region"]...); region != "" {
		if _, err := codes.ParseDivision(region); err != nil {
			r.wrong("region", "region", "行政区划“%s”有误：%s", short(region), sayOf(err))
		}
		if r.e.Region != "" && r.e.Region != region {
			r.wrong("region", "region", "编码中的行政区划（%s）与要素（%s）不一致", short(r.e.Region), short(region))
		}
		r.e.Region = region
	}
	r.e.AgencyName = r.f.text(names["agency"]...)
}

// family reads what the item belongs to and what it is divided into.
func (r *reading) family() {
	for _, what := range []string{"parent", "children"} {
		v, n, found := r.f.take(names[what]...)
		if !found {
			continue
		}
		r.keep(n, v)
		list, ok := v.([]any)
		if !ok {
			list = []any{v}
		}
		for i, one := range list {
			m := mapOf(one)
			text := m.text(names["code"]...)
			c, wrongs := codes.ParseItemCode(text)
			if text != "" && codes.Worst(wrongs) == codes.Wrong {
				r.wrong(at(n, i), "code", "“%s”的编码有误：%s", short(textOf(one)), wrongs[0].Say)
			}
			if b := r.e.Codes.Catalogue; b != "" && c.Basic() != "" && what == "children" && c.Basic() != b {
				r.wrong(at(n, i), "code", "业务办理项编码（%s）应以基本编码（%s）开头", c.Text, b)
			}
		}
		if what == "parent" {
			r.warn(n, "family", "来源说本事项是“%s”的子项，请在基本目录中核对", short(textOf(v)))
		} else {
			r.warn(n, "family", "来源列出%d个业务办理项，各有自己的材料和时限的应分别建立实施清单", len(list))
		}
	}
}

// times are how often people say one must come: 一次, 最多1次, 零跑动.
var times = regexp.MustCompile(`^(?:最多|不超过|至多)?(?:跑)?([0-9零〇一二两三四五])(?:次|趟|跑动|跑)?$`)

func timesOf(v any) (int, bool) {
	if n, ok := numberOf(v); ok {
		return n, true
	}
	m := times.FindStringSubmatch(strings.Map(codes.Halfwidth, textOf(v)))
	if m == nil {
		return 0, false
	}
	for n, words := range []string{"0零〇", "1一", "2二两", "3三", "4四", "5五"} {
		if strings.Contains(words, m[1]) {
			return n, true
		}
	}
	return numberOf(m[1])
}

// who reads who may apply, where and how.
func (r *reading) who() {
	r.objects()
	r.levels()
	r.e.Scope = r.scope()
	r.e.PowerSource = labelled("power-source", r.f.text(names["power"]...))
	r.e.Rights, r.e.Duties = r.f.list(names["rights"]...), r.f.list(names["duties"]...)
	r.e.Quota = r.f.text(names["quota"]...)
	r.e.Phone, r.e.Complaint = r.f.text(names["phone"]...), r.f.text(names["complaint"]...)
	if v, n, found := r.f.take(names["visits"]...); found {
		number, ok := timesOf(v)
		if !ok {
			r.keep(n, v)
			r.warn("visits", "visits", "来源的到现场次数“%s”不是数，请填写整数", short(textOf(v)))
		}
		r.e.Visits = number
	} else {
		r.warn("visits", "visits", "来源没有给出到办事现场次数，请填写")
	}
	if yes, said := r.f.yes(names["online"]...); said && yes {
		r.e.Ways = append(r.e.Ways, items.Net)
	}
}

// objects reads who may apply. 法人 alone may be of several sorts.
func (r *reading) objects() {
	for i, text := range r.f.choices(names["objects"]...) {
		switch o := objectOf(text); {
		case text == "法人":
			r.e.Objects = append(r.e.Objects, items.Firm, items.Institution, items.Society)
			r.warn(at("objects", i), "objects", "来源只写“法人”，已按企业法人、事业法人、社会组织法人读取，请确认")
		case o != "":
			r.e.Objects = append(r.e.Objects, o)
		default:
			r.e.Objects = append(r.e.Objects, items.Object(text)) // the check refuses it
		}
	}
	slices.Sort(r.e.Objects)
	r.e.Objects = slices.Compact(r.e.Objects)
}

func objectOf(text string) items.Object {
	switch text {
	case "个人", "自然人", "公民":
		return items.Person
	case "企业", "企业法人":
		return items.Firm
	case "非法人企业":
		return items.Unlimited
	}
	if label := labelled("object", text); label != text || strings.HasSuffix(label, "法人") || label == "其他组织" || label == "行政机关" {
		return items.Object(label)
	}
	return ""
}

// labelled is the label for a code of a list; a text that is no code is itself.
func labelled(list, text string) string {
	if e, ok := codes.Lists()[list].Find(text); ok {
		return e.Label
	}
	return text
}

var levelWords = map[string]items.Level{
	"省级": items.Province, "市级": items.City, "设区的市级": items.City, "地市级": items.City, "县级": items.County, "区县级": items.County, "县（市、区）级": items.County,
	"乡镇（街道）级": items.Town, "镇级": items.Town, "乡镇级": items.Town, "镇（乡、街道）级": items.Town, "镇(乡、街道)级": items.Town, "街道级": items.Town,
	"村（社区）级": items.Village, "村级": items.Village, "村(社区)级": items.Village, "社区级": items.Village,
	"省": items.Province, "市": items.City, "县": items.County, "区": items.County, "区级": items.County, "县（区）级": items.County, "县（市）级": items.County, "乡级": items.Town, "乡": items.Town, "镇": items.Town, "街道": items.Town, "村": items.Village, "社区": items.Village,
}

// levels reads the level. An implementation list has one; a source with several
// describes several.
func (r *reading) levels() {
	var known []items.Level
	for i, text := range r.f.choices(names["levels"]...) {
		level, ok := levelWords[labelled("power-level", text)]
		if !ok {
			level, ok = levelWords[bracketed.ReplaceAllString(text, "")]
		}
		if !ok {
			r.warn(at("level", i), "levels", "来源的行使层级“%s”不在代码表中", short(text))
			continue
		}
		known = append(known, level)
	}
	switch len(known) {
	case 0:
	case 1:
		r.e.Level = known[0]
	default:
		r.warn("level", "levels", "来源写了%d个行使层级，实施清单一级一份，请选定本级", len(known))
		r.keep("levels", known)
	}
}

func (r *reading) scope() items.Scope {
	switch text := r.f.text(names["scope"]...); text {
	case "不可通办", "不通办", "无":
		return items.NotShared
	case "跨省":
		return items.Nation
	default:
		return items.Scope(labelled("scope", text))
	}
}
