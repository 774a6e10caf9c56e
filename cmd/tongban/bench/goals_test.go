package bench

import (
	"strings"
	"testing"
	"time"
)

func TestTheTableSaysWhatIsReached(t *testing.T) {
	round := func(rate int, cpu time.Duration, p99 time.Duration) Findings {
		full := Result{Lives: rate, Took: time.Second, Used: Use{CPU: cpu * time.Duration(rate), Written: int64(rate) * 126 << 10, Handed: int64(rate) * 24 << 10}}
		half := Result{Acts: []Act{{Name: "submit", P99: p99}, {Name: "certificate", P99: time.Hour}}}
		return Findings{Runs: []Result{full, half}, Thin: []Result{{Lives: 1000, Took: time.Second}}, Ready: 2 * time.Second, Audited: 4999}
	}
	trial := func(postgres bool) Trial {
		one := Trial{Postgres: postgres, Rounds: []Findings{round(350, 5*time.Millisecond, 61*time.Millisecond), round(200, 5*time.Millisecond, time.Millisecond), round(400, 5*time.Millisecond, 60*time.Millisecond)}}
		one.Large = Findings{Runs: []Result{round(1, 7500*time.Microsecond, 0).Runs[0]}, Looked: Looked{Act{P95: 21 * time.Millisecond}, 1500}}
		return one
	}
	two := trial(true)
	two.Two = []Findings{round(280, 0, 0), round(150, 0, 0), round(316, 0, 0)}
	table := Table([]Trial{trial(false), two})
	for _, want := range []string{
		"| | must | SQLite | PostgreSQL |\n|---|---|---|---|\n",
		"| lifecycles/s, 32 clients |  | 350 (200–400) | 350 (200–400) |\n",
		"| 35 | **35 (20–40)** | **35 (20–40)** |\n",
		"at half of that load, ms | 60 | **60 (1–61)** |",
		"| two replicas ÷ one | 0.8 | – | 0.79 (0.75–0.80): not reached |\n",
		"with PostgreSQL's, ms | 4; 8 | 5.0 (5.0–5.0): not reached | **5.0 (5.0–5.0)** |\n",
		"÷ a fresh one | 1.5 | **1.50** |",
		"| rows written a lifecycle, KB | 24 | **24 (24–24)** | **24 (24–24)** |\n",
		"whole pages, KB | 24 | 126 (126–126): not reached | – |\n",
		"p95, ms | 20 | 21.0: not reached |",
		"32 connections | 1500 | **1500** |",
		"| audit, cases/s | 5000 | 4999 (4999–4999): not reached |",
		"sample city, s | 2 | **2.00 (2.00–2.00)** |",
	} {
		if !strings.Contains(table, want) {
			t.Errorf("the table does not say %q", want)
		}
	}
	if t.Failed() {
		t.Log(table)
	}
}
