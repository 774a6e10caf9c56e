package desk

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/oversight/supervision"
	"tongban/internal/places/frame"
)

// target is the share of decisions that a department should make within its
// promise, in percent.
const target = 99.5

// figures are the six numbers at the head of the page.
func (d *Desk) figures(b supervision.Board, bad []badRow) []frame.Figure {
	rate := 100 * b.Whole.OnTime()
	rateNote := fmt.Sprintf("目标 %.1f%%", target)
	if rate < target && b.Whole[supervision.Decided] > 0 {
		rateNote = fmt.Sprintf("目标 %.1f%%，差 %.1f", target, target-rate)
	}
	badNote := "都已答复"
	if len(bad) > 0 {
		badNote = "最早一条" + bad[0].Left
	}
	return []frame.Figure{
		{Name: "在办", Value: thousands(b.Open), Unit: "件", Note: fmt.Sprintf("今日新收 %s", thousands(b.Filed)), Chart: line(openEachDay(b), 0, frame.Plain)},
		{Name: "已超时", Value: thousands(b.Late), Unit: "件", Note: "超过承诺时限", Bad: b.Late > 0},
		{Name: "24 小时内到期", Value: thousands(b.Soon), Unit: "件", Note: fmt.Sprintf("其中今天到期 %s", thousands(b.Today))},
		{Name: "按时办结率", Value: fmt.Sprintf("%.1f", rate), Unit: "%", Note: rateNote, Chart: line(rates(b.Days), target, frame.Plain), Href: "/desk/figures"},
		{Name: "差评待整改", Value: counted(len(bad)), Unit: "条", Note: badNote, Href: "/desk/ratings?only=open"},
		{Name: "容缺未补齐", Value: thousands(b.Owed), Unit: "件", Note: fmt.Sprintf("今天到期 %s", thousands(b.OwedToday))},
	}
}

// counted is a number that was counted only so far.
func counted(n int) string {
	if n >= mostBad {
		return fmt.Sprintf("%d+", mostBad-1)
	}
	return fmt.Sprint(n)
}

// line is a sparkline, if there is more than a point.
func line(values []float64, target float64, tone frame.Tone) templ.Component {
	if len(values) < 2 {
		return nil
	}
	return frame.Sparkline(values, target, tone)
}

// openEachDay is how many cases were open at the end of the last eight days,
// reckoned back from today.
func openEachDay(b supervision.Board) []float64 {
	open, list := b.Open, []float64{float64(b.Open)}
	for i := len(b.Days) - 1; i > 0 && len(list) < 8; i-- {
		c := b.Days[i].Counts
		open -= c[supervision.Filed] - c[supervision.Decided] - c[supervision.TurnedAway] - c[supervision.Withdrawn]
		list = append(list, float64(open))
	}
	slices.Reverse(list)
	return list
}

// rates are the shares on time of the last eight days on which anything was decided.
func rates(days []supervision.Total) (list []float64) {
	for i := len(days) - 1; i >= 0 && len(list) < 8; i-- {
		if days[i].Counts[supervision.Decided] > 0 {
			list = append(list, 100*days[i].Counts.OnTime())
		}
	}
	slices.Reverse(list)
	return list
}

// worst are the groups that decided anything, those that need action first.
func worst(totals []supervision.Total, most int) []supervision.Total {
	all := slices.DeleteFunc(slices.Clone(totals), func(t supervision.Total) bool { return t.Counts[supervision.Decided] == 0 })
	slices.SortStableFunc(all, func(a, b supervision.Total) int {
		return cmp.Or(cmp.Compare(a.Counts.OnTime(), b.Counts.OnTime()), -cmp.Compare(a.Counts[supervision.Decided], b.Counts[supervision.Decided]))
	})
	return all[:min(most, len(all))]
}

// dots compares departments with the target; nil when nothing was decided.
func dots(totals []supervision.Total, dir *agencies.Directory) templ.Component {
	var all []frame.Dot
	low := 98.0
	var say []string
	for _, t := range worst(totals, 8) {
		rate := 100 * t.Counts.OnTime()
		low = min(low, float64(int(rate/10))*10)
		dot := frame.Dot{Name: clip(dir.Name(t.Agency), 8), Value: rate, Shown: fmt.Sprintf("%.1f%%", rate), Note: thousands(t.Counts[supervision.Decided]) + " 件"}
		all = append(all, dot)
		say = append(say, dir.Name(t.Agency)+dot.Shown)
	}
	if len(all) == 0 {
		return nil
	}
	return frame.DotPlot(all, low, 100, target, "%", strings.Join(say, "，"))
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// phases are the columns of the heat table.
var phases = []struct {
	name string
	of   supervision.Measure
}{{"受理", supervision.InWindow}, {"审查", supervision.InReview}, {"踏勘", supervision.InSpecial}, {"会签", supervision.InJoint}, {"决定", supervision.InDecision}}

// hours is the mean of a phase for each decision, in office hours; below 0: none.
func hours(c supervision.Counts, m supervision.Measure) float64 {
	if c[supervision.Decided] == 0 || c[m] == 0 {
		return -1
	}
	return float64(c[m]) / float64(c[supervision.Decided]) / 60
}

// heat shows where time went, for the items decided most; nil when there are none.
func (d *Desk) heat(ctx context.Context, totals []supervision.Total) (templ.Component, error) {
	all := slices.DeleteFunc(slices.Clone(totals), func(t supervision.Total) bool { return t.Counts[supervision.Decided] == 0 })
	slices.SortStableFunc(all, func(a, b supervision.Total) int {
		return -cmp.Compare(a.Counts[supervision.Decided], b.Counts[supervision.Decided])
	})
	var rows []frame.HeatRow
	for _, t := range all[:min(6, len(all))] {
		name, err := d.called(ctx, t.Item)
		if err != nil {
			return nil, err
		}
		row := frame.HeatRow{Name: clip(name, 8)}
		for _, p := range phases {
			row.Values = append(row.Values, hours(t.Counts, p.of))
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	var columns []string
	for _, p := range phases {
		columns = append(columns, p.name)
	}
	return frame.HeatTable("各环节平均工作小时", columns, rows, [4]float64{2, 7, 14, 21}), nil
}

// called is what an item is called now; one that is on no list any more, by its key.
func (d *Desk) called(ctx context.Context, id items.ID) (string, error) {
	e, err := d.Items.Current(ctx, id)
	if fault.Of(err) == fault.NotFound {
		return string(id), nil
	}
	if err != nil {
		return "", err
	}
	return e.Name, nil
}

// figuresPage is 部门和事项.
type figuresPage struct {
	frame.View
	Bar      frame.DeskBar
	Region   string
	Regions  []frame.Choice
	Agencies []figureRow
	Items    []figureRow
	Export   string
}

// figureRow is the sums of one department or item.
type figureRow struct {
	Name, Href                       string
	Filed, Decided, Turned, Withdrew string
	Rate                             string
	Bad                              bool
	Law                              string
	Mean                             string
	Asked, Twice                     string
}

func (d *Desk) figuresPage(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	ctx, q := r.Context(), page.Query(r)
	v := figuresPage{View: frame.Of(r).Named("部门和事项"), Bar: watchBar(by)}
	v.Region, v.Regions = d.within(q.Text("region"), by, identity.Supervisor)
	board, err := d.Supervision.Board(ctx, supervision.Scope{Region: v.Region}, by)
	if err != nil {
		return err
	}
	dir, err := d.Agencies.Directory(ctx)
	if err != nil {
		return err
	}
	for _, t := range byRate(board.Agencies) {
		v.Agencies = append(v.Agencies, figureOf(dir.Name(t.Agency), "/desk/cases?agency="+t.Agency, t.Counts))
	}
	for _, t := range byRate(board.Items) {
		name, err := d.called(ctx, t.Item)
		if err != nil {
			return err
		}
		v.Items = append(v.Items, figureOf(name, "", t.Counts))
	}
	v.Export = with("/desk/export.csv", q.Values(), "what", "agencies")
	page.Show(w, r, figuresView(v))
	return nil
}

// byRate puts those that need action first and those that decided nothing last.
func byRate(totals []supervision.Total) []supervision.Total {
	some := worst(totals, len(totals))
	for _, t := range totals {
		if t.Counts[supervision.Decided] == 0 {
			some = append(some, t)
		}
	}
	return some
}

func figureOf(name, href string, c supervision.Counts) figureRow {
	row := figureRow{Name: name, Href: href, Filed: thousands(c[supervision.Filed]), Decided: thousands(c[supervision.Decided]),
		Turned: thousands(c[supervision.TurnedAway]), Withdrew: thousands(c[supervision.Withdrawn]),
		Asked: thousands(c[supervision.Asked]), Twice: thousands(c[supervision.AskedTwice]), Rate: "–", Law: "–", Mean: "–"}
	if n := c[supervision.Decided]; n > 0 {
		rate := 100 * c.OnTime()
		row.Rate, row.Bad = fmt.Sprintf("%.1f%%", rate), rate < target
		row.Law = fmt.Sprintf("%.1f%%", 100*float64(c[supervision.InLaw])/float64(n))
		row.Mean = fmt.Sprintf("%.1f 小时", hours(c, supervision.Minutes))
	}
	return row
}
