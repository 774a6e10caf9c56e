package desk

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"tongban/internal/catalogue/halls"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/page"
	"tongban/internal/places/frame"
)

// hallsPage lists the halls of a division.
type hallsPage struct {
	frame.View
	Bar     frame.DeskBar
	Region  string
	Regions []frame.Choice
	Rows    []hallRow
}

// hallRow is one hall.
type hallRow struct {
	ID, Name, Place, Kind string
	Windows               int
	Lacks                 string
}

func (d *Desk) hallsPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v := hallsPage{View: frame.Of(r).Named("大厅和窗口"), Bar: adminBar(by)}
	v.Region, v.Regions = d.within(page.Query(r).Text("region"), by, identity.Admin)
	all, err := d.Halls.In(r.Context(), v.Region)
	if err != nil {
		return err
	}
	for _, h := range all {
		row := hallRow{ID: h.ID, Name: h.Name, Place: d.place(h.Region), Kind: string(h.Kind), Windows: len(h.Windows)}
		for _, k := range h.Lacks() {
			row.Lacks += "缺“" + string(k) + "”窗口　"
		}
		v.Rows = append(v.Rows, row)
	}
	page.Show(w, r, hallsView(v))
	return nil
}

// hallPage edits one hall, or enters a new one.
type hallPage struct {
	frame.View
	Bar     frame.DeskBar
	Action  string
	Fields  []frame.Field
	Windows frame.Field
	Kind    frame.Field
	Kinds   []frame.Choice
	Closed  bool
	Version int
	Fault   error
	Done    bool
}

func (d *Desk) newHallPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	page.Show(w, r, hallView(hallForm(r, halls.Hall{Kind: halls.Centre, Region: regionOf(by, identity.Admin)}, true, by, nil)))
	return nil
}

func (d *Desk) hallPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	h, err := d.Halls.Find(r.Context(), r.PathValue("hall"))
	if err != nil {
		return err
	}
	v := hallForm(r, h, false, by, nil)
	v.Done = page.Query(r).Has("done")
	page.Show(w, r, hallView(v))
	return nil
}

func hallForm(r *http.Request, h halls.Hall, fresh bool, by identity.Actor, wrong error) hallPage {
	v := hallPage{View: frame.Of(r).Named(h.Name), Bar: adminBar(by), Action: "/desk/admin/halls/" + h.ID, Closed: h.Closed, Version: h.Version, Fault: wrong}
	if fresh {
		v.View, v.Action = v.View.Named("录入大厅"), "/desk/admin/halls/new"
	}
	v.Fields = []frame.Field{
		{Name: "id", Label: "大厅编号", Value: h.ID, Max: 40, Width: "m", Fixed: !fresh},
		{Name: "name", Label: "名称", Hint: "名称须符合规定：政务服务中心、便民服务中心、便民服务站等", Value: h.Name, Max: 60},
		{Name: "region", Label: "行政区划代码", Hint: "12 位", Value: h.Region, Max: 12, Width: "m", Kind: "number"},
		{Name: "agency", Label: "主管部门编号", Value: h.Agency, Max: 40, Width: "m"},
		{Name: "address", Label: "地址", Value: h.Address, Max: 100},
		{Name: "hours", Label: "办公时间", Value: h.Hours, Max: 60},
		{Name: "phone", Label: "电话", Value: h.Phone, Max: 40, Width: "m", Opt: true},
		{Name: "approved", Label: "批准文件", Hint: "分中心须经本级政府批准", Value: h.Approved, Max: 60, Opt: true},
	}
	for i := range v.Fields {
		v.Fields[i] = v.Fields[i].Faulty(wrong)
	}
	v.Windows = frame.Field{Name: "windows", Label: "窗口", Hint: "每行一个：窗口号 类型 领域或位置，例如 A01 无差别 一楼东。类型有：" + windowKinds(), Value: windowLines(h.Windows), Rows: 8, Max: 4000}.Faulty(wrong)
	v.Kind = frame.Field{Name: "kind", Label: "类型", Value: string(h.Kind)}.Faulty(wrong)
	for _, k := range halls.Kinds {
		v.Kinds = append(v.Kinds, frame.Choice{Value: string(k), Label: string(k)})
	}
	return v
}

func windowKinds() string {
	var names []string
	for _, k := range halls.WindowKinds {
		names = append(names, string(k))
	}
	return strings.Join(names, "、")
}

func windowLines(windows []halls.Window) string {
	var lines []string
	for _, w := range windows {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s", w.No, w.Kind, w.Area)))
	}
	return strings.Join(lines, "\n")
}

// windowsOf reads what windowLines writes; the room judges what they are.
func windowsOf(text string) (all []halls.Window) {
	for _, line := range strings.Split(text, "\n") {
		if part := strings.Fields(line); len(part) > 0 {
			part = append(part, "", "")
			all = append(all, halls.Window{No: part[0], Kind: halls.WindowKind(part[1]), Area: strings.TrimSpace(strings.Join(part[2:], " "))})
		}
	}
	return all
}

func (d *Desk) putHall(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	id := r.PathValue("hall")
	fresh := id == ""
	if fresh {
		id = f.Text("id")
	}
	version, _ := strconv.Atoi(f.Text("version")) // what is no number is refused as a stale page
	h := halls.Hall{ID: id, Name: f.Text("name"), Kind: halls.Kind(f.Text("kind")), Region: f.Text("region"), Agency: f.Text("agency"), Approved: f.Text("approved"),
		Address: f.Text("address"), Hours: f.Text("hours"), Phone: f.Text("phone"), Windows: windowsOf(f.Text("windows")), Closed: f.Has("closed"), Version: version}
	if err = d.Halls.Put(r.Context(), by, h); err != nil {
		v := hallForm(r, h, fresh, by, err)
		v.View = v.View.Faulty(err)
		page.ShowFault(w, r, err, hallView(v))
		return nil
	}
	page.SeeOther(w, r, "/desk/admin/halls/"+h.ID+"?done=1")
	return nil
}
