package flow_test

import (
	"testing"

	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
)

func BenchmarkCheckHundredSteps(b *testing.B) {
	d := big(10, 9)
	for b.Loop() {
		if !flow.Sound(flow.Check(d, wd(30))) {
			b.Fatal("refused")
		}
	}
}

func BenchmarkCheckExploding(b *testing.B) {
	d := tangle(24)
	for b.Loop() {
		flow.Check(d, clock.Limit{})
	}
}

func BenchmarkComplete(b *testing.B) {
	p, err := flow.Compile(flow.FromSteps("p", "n", venue))
	if err != nil {
		b.Fatal(err)
	}
	env := flow.Env{Judge: func(string, map[string]any) (bool, error) { return true, nil }, Values: map[string]any{"面积": 300}}
	m, _, err := p.Start(env)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, err := p.Complete(m, m.Open[0].ID, "张", map[string]any{"结论": "同意"}, env); err != nil {
			b.Fatal(err)
		}
	}
}
