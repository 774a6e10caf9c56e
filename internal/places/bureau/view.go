package bureau

import (
	"slices"
	"strconv"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/blob"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

var zone = calendar.Zone

// recent is how many facts the outline shows.
const recent = 6

// latest are the last facts, the newest first.
func latest(all []cases.Event) []cases.Event {
	last := slices.Clone(all[max(0, len(all)-recent):])
	slices.Reverse(last)
	return last
}

// field is a field of the act's form, with what was sent and what must change.
func field(p casePage, act cases.Act, f frame.Field) frame.Field {
	if p.Do != act || p.Sent == nil {
		return f
	}
	f.Value = p.value(f.Name)
	return f.Faulty(p.Err)
}

// reviewing reports whether the reader is writing an opinion.
func reviewing(p casePage) bool {
	return p.Work.ID != "" && (cases.Mine(p.Work, p.by) || cases.Asked(p.Work, p.by)) && !p.Work.Decides
}

func ticked(p casePage, text string) bool {
	return p.Sent != nil && slices.Contains(p.Sent.All("point"), text)
}

func pointsNote(p casePage) string {
	if reviewing(p) {
		return "勾选已核对的，随意见一起留痕"
	}
	return ""
}

// shown is the file of a material that is looked at: the one named, else the first.
func shown(p casePage, m paperLine) (cases.File, bool) {
	if i := slices.IndexFunc(m.Files, func(f cases.File) bool { return f.Hash == p.Hash }); i >= 0 {
		return m.Files[i], true
	}
	if len(m.Files) == 0 {
		return cases.File{}, false
	}
	return m.Files[0], true
}

// shows reports whether every browser shows the file as a picture.
func shows(f cases.File) bool {
	return slices.Contains([]blob.Type{blob.JPEG, blob.PNG, blob.GIF, blob.WebP, blob.BMP}, blob.Type(f.Type))
}

func size(bytes int64) string {
	if bytes < 1<<20 {
		return strconv.FormatInt((bytes+1023)>>10, 10) + " KB"
	}
	return strconv.FormatFloat(float64(bytes)/(1<<20), 'f', 1, 64) + " MB"
}

// short is the beginning of a hash, enough to compare by eye.
func short(hash string) string { return hash[:min(16, len(hash))] }

func joined(names []string) string { return strings.Join(names, "、") }

func earlier(p casePage) []frame.Choice {
	all := []frame.Choice{{Value: "", Label: "请选择"}}
	for _, n := range p.Earlier {
		all = append(all, frame.Choice{Value: n.ID, Label: n.Name})
	}
	return all
}

func specialChoices(p casePage) []frame.Choice {
	var all []frame.Choice
	for _, s := range cases.Openable(p.Edition) {
		all = append(all, frame.Choice{Value: s.Name, Label: s.Name, Hint: "所需时间" + s.Limit.String() + "，" + s.CountedSay()})
	}
	return all
}

func specialName(p casePage) string {
	for _, s := range p.Case.Specials {
		if s.ID == p.Special {
			return s.Kind
		}
	}
	return "特别程序"
}

func signButton(p casePage, proposed bool) string {
	switch {
	case proposed:
		return "同意并签署决定"
	case p.Work.Need > 1:
		return "签署，交第二人"
	}
	return "签署决定"
}

func secondsSay(p casePage) string {
	if names := slices.DeleteFunc(slices.Clone(p.Seconds), func(n string) bool { return n == p.by.Name }); len(names) > 0 {
		return "待签署，可由" + joined(names) + "签署"
	}
	return "待签署，目前没有其他人持有这个岗位，请联系系统管理员"
}

func rulingRows(r cases.Ruling) []frame.Row {
	rows := []frame.Row{{Key: "决定", Value: map[bool]string{true: "准予", false: "不予"}[r.Grant]}}
	for _, one := range []frame.Row{{Key: "理由", Value: r.Reason}, {Key: "法律依据", Value: r.Basis}, {Key: "附带条件", Value: r.Conditions}} {
		if one.Value != "" {
			rows = append(rows, one)
		}
	}
	return rows
}

func yes(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// basisHint is an example of how a basis is cited: the item's own.
func basisHint(p casePage) string {
	if len(p.Edition.Bases) > 0 {
		return p.Edition.Bases[0].String()
	}
	if p.Edition.Type == items.Licence {
		return "《中华人民共和国行政许可法》第三十八条"
	}
	return "本事项的设定依据，写明第几条"
}

// doneTitle says what was just done.
func doneTitle(p casePage) string {
	if p.Done == cases.Decide && p.Case.Decision == nil {
		return "已签署，等待第二人签署"
	}
	if p.Done == cases.DismissLater && p.Case.Later != nil {
		return laterState(*p.Case.Later)
	}
	return "已" + cases.MoveOf(p.Done).Name
}

// keys are the shortcuts that the bar at the foot names.
func keys() []frame.Key {
	var all []frame.Key
	for _, k := range [][2]string{
		{"B", "回列表"},
		{"V", "打开材料"},
		{"H", "留痕"},
		{"C", "签收"},
		{"D", "决定"},
		{"R", "退回"},
		{"T", "转办"},
		{"S", "特别程序"},
		{"Ctrl ↵", "提交"},
	} {
		all = append(all, frame.Key{Keys: k[0], Does: k[1]})
	}
	return all
}

// delivered is the service as it was sent, or as the applicant wanted it.
func (p casePage) delivered() cases.Delivered {
	if p.Sent == nil || !slices.Contains([]cases.Act{cases.Deliver, cases.ServeLater, cases.ServePaper}, p.Do) {
		return cases.Delivered{Way: p.Case.Delivery.Way, Receiver: p.Case.Applicant.Name}
	}
	return cases.Delivered{Way: p.value("way"), Receiver: p.value("receiver"), Waybill: p.value("waybill"), Place: p.value("place"), Witness: p.value("witness"), Relation: p.value("relation"),
		Refusal: p.value("refusal"), On: calendar.Parse(p.value("on"))}
}

// grounds are those on which the reader may end the case, or not.
func (p casePage) grounds() []cases.GroundNow {
	return p.Case.Grounds(p.Edition, p.by, calendar.DayOf(p.now))
}

// ending is what was said of the end that was refused.
func (p casePage) ending() cases.Ending {
	if p.Sent == nil || p.Do != cases.Terminate {
		return cases.Ending{}
	}
	return frame.ReadEnding(p.Sent)
}

// wrong is what was refused of an act.
func (p casePage) wrong(act cases.Act) error {
	if p.Do != act || p.Sent == nil {
		return nil
	}
	return p.Err
}

// serving is the paper that was chosen to be noted as served.
func (p casePage) serving() cases.PaperRef {
	which, _ := cases.ParseRef(p.value("paper")) // none was chosen yet
	return which
}
