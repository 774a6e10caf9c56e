package bench

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Findings are what one city showed when it was measured.
type Findings struct {
	Ready    time.Duration // from the start to the first answer
	Resident int64         // bytes of memory at that moment
	Runs     []Result      // at full speed, and then at half of it
	Thin     []Result      // the thin server, right after
	Looked   Looked        // in a city with many cases
	Audited  float64       // cases a second
}

// A Trial is all that was measured of one database.
type Trial struct {
	Postgres bool
	Rounds   []Findings // fresh cities
	Two      []Findings // the same with two replicas, in turn with Rounds
	Large    Findings   // a city with many cases
}

// A goal is a figure that is to be reached: at least so much, or at most.
type goal struct {
	what     string
	must     float64 // 0: only shown
	postgres float64 // where PostgreSQL has another goal
	most     bool
	form     string                  // of a figure
	figures  func(t Trial) []float64 // one a round; none: not asked of this database
}

var goals = []goal{
	{what: "lifecycles/s, 32 clients", form: "%.0f", figures: each(func(f Findings) float64 { return f.Runs[0].Rate() })},
	{what: "the same ÷ the thinnest server, %", must: 35, form: "%.0f", figures: each(func(f Findings) float64 { return 100 * f.Runs[0].Rate() / f.Thin[0].Rate() })},
	{what: "the thinnest server, lifecycles/s", form: "%.0f", figures: each(func(f Findings) float64 { return f.Thin[0].Rate() })},
	{what: "p99 of the slowest act at half of that load, ms", must: 60, most: true, form: "%.0f", figures: each(func(f Findings) float64 { return slowest(f.Runs[1]) })},
	{what: "two replicas ÷ one", must: 0.8, form: "%.2f", figures: Trial.shared},
	{what: "CPU a lifecycle, with PostgreSQL's, ms", must: 4, postgres: 8, most: true, form: "%.1f", figures: each(func(f Findings) float64 { return f.Runs[0].cpu() })},
	{what: "the same in a city with many cases ÷ a fresh one", must: 1.5, most: true, form: "%.2f", figures: Trial.dearer},
	{what: "rows written a lifecycle, KB", must: 24, most: true, form: "%.0f", figures: each(func(f Findings) float64 { return f.Runs[0].Each(f.Runs[0].Used.Handed) / 1024 })},
	{what: "sent to the disk for them, with log and whole pages, KB", must: 24, most: true, form: "%.0f", figures: sqlite(func(f Findings) float64 { return f.Runs[0].Each(f.Runs[0].Used.Written) / 1024 })},
	{what: "the file grows a lifecycle, KB", form: "%.0f", figures: sqlite(func(f Findings) float64 { return f.Runs[0].Each(f.Runs[0].Used.File) / 1024 })},
	{what: "slowest list or page among many cases, p95, ms", must: 20, most: true, form: "%.1f", figures: func(t Trial) []float64 { return []float64{ms(t.Large.Looked.Slowest.P95)} }},
	{what: "worklists of 50 rows a second, 32 connections", must: 1500, form: "%.0f", figures: func(t Trial) []float64 { return []float64{t.Large.Looked.Pages} }},
	{what: "audit, cases/s", must: 5000, form: "%.0f", figures: each(func(f Findings) float64 { return f.Audited })},
	{what: "ready with the sample city, s", must: 2, most: true, form: "%.2f", figures: each(func(f Findings) float64 { return f.Ready.Seconds() })},
	{what: "resident then, MB", must: 150, most: true, form: "%.0f", figures: each(func(f Findings) float64 { return float64(f.Resident >> 20) })},
}

// Table is what was found beside what is to be reached, in Markdown: the median of the
// rounds, and the least and the most of them.
func Table(trials []Trial) string {
	var b strings.Builder
	b.WriteString("| | must |")
	for _, t := range trials {
		b.WriteString(" " + t.name() + " |")
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(trials)) + "\n")
	for _, g := range goals {
		fmt.Fprintf(&b, "| %s | %s |", g.what, g.asked(trials))
		for _, t := range trials {
			b.WriteString(" " + g.found(t) + " |")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func (t Trial) name() string {
	if t.Postgres {
		return "PostgreSQL"
	}
	return "SQLite"
}

// of is the goal for a database.
func (g goal) of(t Trial) float64 {
	if t.Postgres && g.postgres != 0 {
		return g.postgres
	}
	return g.must
}

func (g goal) asked(trials []Trial) string {
	var all []string
	for _, t := range trials {
		if g.must != 0 {
			all = append(all, strconv.FormatFloat(g.of(t), 'f', -1, 64))
		}
	}
	return strings.Join(slices.Compact(all), "; ")
}

// found is a figure with its verdict.
func (g goal) found(t Trial) string {
	all := g.figures(t)
	if len(all) == 0 {
		return "–"
	}
	slices.Sort(all)
	median := all[len(all)/2]
	say := fmt.Sprintf(g.form, median)
	if len(all) > 1 {
		say += fmt.Sprintf(" ("+g.form+"–"+g.form+")", all[0], all[len(all)-1])
	}
	switch must := g.of(t); {
	case must == 0:
		return say
	case g.most && median <= must, !g.most && median >= must:
		return "**" + say + "**"
	default:
		return say + ": not reached"
	}
}

func each(one func(Findings) float64) func(Trial) []float64 {
	return func(t Trial) (all []float64) {
		for _, f := range t.Rounds {
			all = append(all, one(f))
		}
		return all
	}
}

// sqlite is each where the program itself writes the file.
func sqlite(one func(Findings) float64) func(Trial) []float64 {
	return func(t Trial) []float64 {
		if t.Postgres {
			return nil
		}
		return each(one)(t)
	}
}

// shared is what two replicas do of what one does, each against its own round.
func (t Trial) shared() (all []float64) {
	for i, two := range t.Two {
		all = append(all, two.Runs[0].Rate()/t.Rounds[i].Runs[0].Rate())
	}
	return all
}

// dearer is what a lifecycle takes among many cases against what it took in a fresh city.
func (t Trial) dearer() []float64 {
	var fresh float64
	for _, f := range t.Rounds {
		fresh += f.Runs[0].cpu() / float64(len(t.Rounds))
	}
	return []float64{t.Large.Runs[0].cpu() / fresh}
}

// cpu is processor time in milliseconds, the database's too.
func (r Result) cpu() float64 { return r.Each(int64(r.Used.CPU+r.Used.Database)) / 1e6 }

// slowest is the p99 of the slowest act that somebody waits for, in milliseconds. What
// the program does by itself, the certificate, nobody waits for.
func slowest(r Result) (most float64) {
	for _, a := range r.Acts {
		if a.Name != "certificate" {
			most = max(most, ms(a.P99))
		}
	}
	return most
}
