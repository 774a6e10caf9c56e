package bench

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// An Act is how long one act took, at the median and for the slowest.
type Act struct {
	Name          string
	N             int
	P50, P95, P99 time.Duration
}

func measured(name string, taken []time.Duration) Act {
	if len(taken) == 0 {
		return Act{Name: name}
	}
	slices.Sort(taken)
	at := func(percent int) time.Duration { return taken[min(len(taken)-1, len(taken)*percent/100)] }
	return Act{name, len(taken), at(50), at(95), at(99)}
}

// String is the result as a table.
func (r Result) String() string {
	var b strings.Builder
	goal := ""
	if r.Pace > 0 {
		goal = fmt.Sprintf(" at %.0f/s", r.Pace)
	}
	fmt.Fprintf(&b, "%d clients%s: %d lifecycles in %s = %.1f/s; server %.2f ms CPU and %.1f KB written (%.1f KB of rows) a lifecycle, %d MB resident; clients %.2f ms CPU\n",
		r.Clients, goal, r.Lives, r.Took.Round(time.Millisecond), r.Rate(), r.Each(int64(r.Used.CPU))/1e6, r.Each(r.Used.Written)/1024, r.Each(r.Used.Handed)/1024, r.Peak>>20, r.Each(int64(r.Own))/1e6)
	if r.Used.File > 0 {
		fmt.Fprintf(&b, "  the file grew by %.1f KB a lifecycle, its log by %d KB\n", r.Each(r.Used.File)/1024, r.Used.Log>>10)
	}
	if r.Used.Database > 0 {
		fmt.Fprintf(&b, "  PostgreSQL %.2f ms CPU a lifecycle\n", r.Each(int64(r.Used.Database))/1e6)
	}
	fmt.Fprintf(&b, "  %-12s %8s %9s %9s %9s\n", "act", "n", "p50 ms", "p95 ms", "p99 ms")
	for _, a := range r.Acts {
		if a.N == 0 {
			continue // not one of its acts
		}
		fmt.Fprintf(&b, "  %-12s %8d %9.1f %9.1f %9.1f\n", a.Name, a.N, ms(a.P50), ms(a.P95), ms(a.P99))
	}
	return b.String()
}

// Against holds what was found against the thin server. What PostgreSQL writes is not
// counted.
func (r Result) Against(thin Result) string {
	cost := Result.cpu
	say := fmt.Sprintf("%.0f %% of the thin server's lifecycles, with %.1f times its CPU for each", 100*r.Rate()/thin.Rate(), cost(r)/cost(thin))
	if thin.Used.File > 0 {
		say += fmt.Sprintf(", %.1f times its bytes written and %.1f times its growth", r.Each(r.Used.Written)/thin.Each(thin.Used.Written), r.Each(r.Used.File)/thin.Each(thin.Used.File))
	}
	return say
}

func ms(d time.Duration) float64 { return float64(d) / 1e6 }
