package desk

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/serials"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/papers"
	"tongban/internal/places/frame"
)

// numbersPage shows whether the numbers of papers run without a gap.
type numbersPage struct {
	frame.View
	Bar   frame.DeskBar
	Year  int
	Last  bool // there is no later year to look at
	Rows  []seriesRow
	Gaps  []gapRow
	Open  int           // gaps that nobody has explained
	Marks serials.Marks // copies that were brought back in the year
	Fault error
	Done  bool
}

// seriesRow is one series.
type seriesRow struct {
	Name, Title, Range string
	Count, Waiting     int
	Gaps               int
	Checked            string
}

// gapRow is numbers that no paper bears.
type gapRow struct {
	Series cases.Series
	cases.Gap
	Name string
	Void papers.Void
	Told bool
	Why  frame.Field // asks for what is to be said of them
}

func (d *Desk) numbersPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	v, err := d.numbers(r, by)
	if err != nil {
		return err
	}
	if page.Query(r).Text("as") == "csv" {
		return d.sendTable(w, r, fmt.Sprintf("papers-%d", v.Year), v.table())
	}
	v.Done = page.Query(r).Has("done")
	page.Show(w, r, numbersView(v))
	return nil
}

// table is the ledger of a year as a file has it: every series, and under them every
// gap with what was said of it.
func (v numbersPage) table() [][]string {
	rows := [][]string{{"序列", "文书", "起止", "份数", "待编号", "断号", "说明", "说明人", "核对过"}}
	for _, r := range v.Rows {
		rows = append(rows, []string{r.Name, r.Title, r.Range, strconv.Itoa(r.Count), strconv.Itoa(r.Waiting), strconv.Itoa(r.Gaps), "", "", r.Checked})
	}
	for _, r := range v.Marks {
		rows = append(rows, []string{"", "", "", "0", "", "", r.Reason(), r.By, ""})
	}
	for _, g := range v.Gaps {
		rows = append(rows, []string{g.Name, "", g.Numbers(), "0", "", "断号", cmp.Or(g.Void.Reason, "没有说明"), g.Void.By, ""})
	}
	return rows
}

func (d *Desk) numbers(r *http.Request, by identity.Actor) (numbersPage, error) {
	v := numbersPage{View: frame.Of(r).Named("文号"), Bar: adminBar(by), Year: page.Query(r).Int("year")}
	if v.Year == 0 {
		v.Year = calendar.DayOf(d.Now()).Year()
	}
	v.Last = v.Year >= calendar.DayOf(d.Now()).Year()
	v.Marks = d.Serials.Of(v.Year)
	series, err := d.Cases.Series(r.Context(), v.Year, by)
	if err != nil {
		return v, err
	}
	voids, err := d.Papers.Voids(r.Context(), v.Year)
	if err != nil {
		return v, err
	}
	for _, s := range series {
		agency, err := d.Agencies.Find(r.Context(), s.Agency)
		if err != nil {
			return v, err
		}
		name := fmt.Sprintf("%s%s〔%d〕", agency.Name, s.Mark(), s.Year)
		v.Rows = append(v.Rows, seriesRow{name, cmp.Or(cases.PaperTitle(s.Kind), "决定书"), ranged(s), s.Count(), s.Waiting, len(s.Gaps), checked(s)})
		for _, gap := range s.Gaps {
			void, told := papers.Covers(voids, s.Agency, string(s.Kind), s.Year, gap.From, gap.To)
			v.Gaps = append(v.Gaps, gapRow{s, gap, name, void, told, askedWhy(s.Agency, string(s.Kind), gap.From)})
			if !told {
				v.Open++
			}
		}
	}
	return v, nil
}

func ranged(s cases.Series) string {
	if s.Last == 0 {
		return ""
	}
	say := fmt.Sprintf("1—%d号", s.Last)
	for _, g := range s.Skipped {
		say += fmt.Sprintf("，恢复备份时跳过%d—%d号", g.From, g.To)
	}
	return say
}

// checked is how far a series was looked through for gaps, and when.
func checked(s cases.Series) string {
	switch {
	case s.Looked.IsZero():
		return "还没有核对"
	case s.Checked < s.Last:
		return fmt.Sprintf("%s，到%d号", minute(s.Looked), s.Checked)
	}
	return minute(s.Looked)
}

// Numbers are those of the gap as people say them.
func (g gapRow) Numbers() string {
	if g.From == g.To {
		return fmt.Sprintf("%s%d号", g.Name, g.From)
	}
	return fmt.Sprintf("%s%d—%d号", g.Name, g.From, g.To)
}

// askedWhy asks about the gap of a series that begins at a number.
func askedWhy(agency, kind string, from int) frame.Field {
	return frame.Field{Name: fmt.Sprintf("reason.%s.%s.%d", agency, kind, from), Label: "为什么没有文书", Max: 200}
}

// explainNumber keeps why numbers are borne by no paper.
func (d *Desk) explainNumber(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	f, err := page.ReadForm(w, r)
	if err != nil {
		return err
	}
	void := papers.Void{Agency: f.Text("agency"), Kind: f.Text("kind"), Year: f.Int("year"), From: f.Int("from"), To: f.Int("to")}
	why := askedWhy(void.Agency, void.Kind, void.From)
	void.Reason = f.Text(why.Name)
	if err = f.Err(); err == nil {
		err = d.Papers.Explain(r.Context(), void, by)
	}
	if err == nil {
		page.SeeOther(w, r, fmt.Sprintf("/desk/admin/numbers?year=%d&done=1", void.Year))
		return nil
	}
	return d.showUnexplained(w, r, by, fault.Retold(err, func(f fault.Field) (fault.Field, bool) {
		if f.Path == "reason" {
			f.Path = why.Name
		}
		return f, true
	}))
}

// showUnexplained says what is wrong with an explanation, beside the gap that it is of.
func (d *Desk) showUnexplained(w http.ResponseWriter, r *http.Request, by identity.Actor, wrong error) error {
	v, err := d.numbers(r, by)
	if err != nil {
		return err
	}
	for i, g := range v.Gaps {
		v.Gaps[i].Why = g.Why.Faulty(wrong)
	}
	v.Fault, v.View = wrong, v.Faulty(wrong)
	page.ShowFault(w, r, wrong, numbersView(v))
	return nil
}
