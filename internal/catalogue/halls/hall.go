package halls

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// A Kind is what sort of hall it is; it is also how its name must end.
type Kind string

// The kinds of hall (徐政发〔2022〕21号（十一）).
const (
	Centre  Kind = "政务服务中心"  // of a county or above
	Branch  Kind = "政务服务分中心" // a special hall that the government of that level approved
	Town    Kind = "便民服务中心"  // of a town or street
	Station Kind = "便民服务站"   // of a village or community
	Point   Kind = "便民服务点"   // with a bank, post office or the like: “苏服办”便民服务点
)

// Kinds lists them, the greatest first.
var Kinds = []Kind{Centre, Branch, Town, Station, Point}

// levels says at which levels a kind of hall may stand.
var levels = map[Kind][]codes.Level{
	Centre: {codes.City, codes.County}, Branch: {codes.City, codes.County},
	Town: {codes.Town}, Station: {codes.Village}, Point: {codes.City, codes.County, codes.Town, codes.Village},
}

// WindowKind is what a window serves (徐政发〔2022〕21号（十四）: 无差别为主、分领域为辅).
type WindowKind string

// The kinds of window.
const (
	Any     WindowKind = "无差别"  // every item
	Field   WindowKind = "分领域"  // every item of one field: 公安、不动产、社保医保 …
	General WindowKind = "全科"   // of town centres and stations
	Helper  WindowKind = "帮办代办" // for the old, the disabled, and whoever asks
	Appeal  WindowKind = "反映"   // 办不成事反映窗口
	Issue   WindowKind = "出证"   // 统一窗口出证
)

// WindowKinds lists them.
var WindowKinds = []WindowKind{Any, Field, General, Helper, Appeal, Issue}

// A Window is one counter of a hall (窗口).
type Window struct {
	No   string     `yaml:"no" json:"no"`     // as on its sign: "A01"
	Kind WindowKind `yaml:"kind" json:"kind"` //
	Area string     `yaml:"area" json:"area"` // of a Field window: "不动产登记"; else where it stands
}

// A Hall is one place (服务场所).
type Hall struct {
	ID       string   `yaml:"id" json:"id"`
	Name     string   `yaml:"name" json:"name"`
	Kind     Kind     `yaml:"kind" json:"kind"`
	Region   string   `yaml:"region" json:"region"`     // 12-digit division code
	Agency   string   `yaml:"agency" json:"agency"`     // agencies.ID of who runs it
	Approved string   `yaml:"approved" json:"approved"` // of a branch: the document by which it was approved
	Address  string   `yaml:"address" json:"address"`
	Hours    string   `yaml:"hours" json:"hours"` // as people read it
	Phone    string   `yaml:"phone" json:"phone"`
	Windows  []Window `yaml:"windows" json:"windows"`
	Closed   bool     `yaml:"closed" json:"closed"`
	Version  int      `yaml:"-" json:"version"`
}

// Window finds a window by its number.
func (h Hall) Window(no string) (Window, error) {
	for _, w := range h.Windows {
		if w.No == no {
			return w, nil
		}
	}
	return Window{}, fault.New(fault.NotFound, "halls.window.none", "%s没有%s号窗口", h.Name, no)
}

// Lacks lists the windows that notice 001 demands of the hall and that it does
// not have: of a town centre or station one 全科, one 帮办代办 and one 反映
// window; of a centre one that takes every item or every item of a field.
func (h Hall) Lacks() []WindowKind {
	var want []WindowKind
	switch h.Kind {
	case Town, Station:
		want = []WindowKind{General, Helper, Appeal}
	case Centre, Branch:
		if !h.has(Any) && !h.has(Field) {
			want = []WindowKind{Any}
		}
	}
	return slices.DeleteFunc(want, h.has)
}

func (h Hall) has(kind WindowKind) bool {
	return slices.ContainsFunc(h.Windows, func(w Window) bool { return w.Kind == kind })
}

var (
	idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)
	noForm = regexp.MustCompile(`^[A-Z]?[0-9]{1,3}$`)
)

// Check refuses a hall whose name is not the prescribed one for its kind, that
// stands at the wrong level, or whose windows cannot be told apart.
func (h Hall) Check() error {
	all := fault.New(fault.Invalid, "halls.check", "服务场所信息有误，请按提示修改")
	need := func(ok bool, path, say string) {
		if !ok {
			all = all.At(path, "form", "%s", say)
		}
	}
	need(idForm.MatchString(h.ID), "id", "编号须为小写字母、数字和短横线，最长40位")
	need(slices.Contains(Kinds, h.Kind), "kind", "请选择服务场所的类型")
	need(utf8.RuneCountInString(h.Name) <= 60 && identity.Printable(h.Name+h.Address+h.Hours+h.Phone), "name", "名称过长，或有不能使用的字符")
	need(h.named(), "name", "名称不符合规定：县级以上称“政务服务中心”，专业大厅称“政务服务分中心”，乡镇（街道）称“便民服务中心”，村（社区）称“便民服务站”，社会资源设立的称“‘苏服办’便民服务点”")
	need(h.levelled(), "region", "该类型的服务场所不能设在这一级行政区划")
	need(h.Kind != Branch || h.Approved != "", "approved", "政务服务分中心须经本级政府批准，请填写批准文件")
	need(h.Address != "", "address", "请填写地址")
	need(h.Hours != "", "hours", "请填写办公时间")
	seen := map[string]bool{}
	for _, w := range h.Windows {
		need(noForm.MatchString(w.No) && !seen[w.No], "windows", "窗口号须为字母加数字（如A01），且不重复")
		need(slices.Contains(WindowKinds, w.Kind), "windows", "请选择窗口类型")
		need(w.Kind != Field || w.Area != "", "windows", "分领域窗口须写明领域")
		seen[w.No] = true
	}
	if len(all.Fields) > 0 {
		return all
	}
	return nil
}

// named reports whether the name ends as prescribed: not 行政服务中心, 市民之家 or
// 为民服务大厅; and a branch may name its field before 分中心.
func (h Hall) named() bool {
	switch h.Kind {
	case Branch:
		return strings.Contains(h.Name, "政务服务") && strings.HasSuffix(h.Name, "分中心")
	case Point:
		return strings.HasSuffix(h.Name, "“苏服办”"+string(Point))
	}
	return strings.HasSuffix(h.Name, string(h.Kind)) && !strings.Contains(h.Name, "分中心")
}

func (h Hall) levelled() bool {
	d, err := codes.ParseDivision(h.Region)
	return err == nil && len(h.Region) == 12 && slices.Contains(levels[h.Kind], d.Level())
}
