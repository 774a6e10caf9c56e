package draw_test

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/flow/draw"
)

func venue() flow.Definition {
	return flow.FromSteps("p", "歌舞娱乐场所<设立>", []flow.Step{
		{ID: "a", Name: "综合窗口收件并核对申请人提交的全部申请材料", Post: "审查岗", Limit: clock.Limit{N: 2, Unit: clock.WorkingDays}},
		{ID: "b", Name: "现场勘验", Group: "联合审查", Branch: "现场"},
		{ID: "c", Name: "勘验结论", Group: "联合审查", Branch: "现场"},
		{ID: "d", Name: "专家评审", Group: "联合审查", When: "面积 > 200"},
		{ID: "e", Name: "决定", Decides: true},
	})
}

func TestTheLayoutKeepsBoxesApartAndInOrder(t *testing.T) {
	d := draw.Layout(venue())
	if !draw.Placed(d) {
		t.Fatal("something has no place")
	}
	for i, a := range d.Nodes {
		for _, b := range d.Nodes[:i] {
			if a.Box.X < b.Box.X+b.Box.W && b.Box.X < a.Box.X+a.Box.W && a.Box.Y < b.Box.Y+b.Box.H && b.Box.Y < a.Box.Y+a.Box.H {
				t.Errorf("%s lies over %s", a.ID, b.ID)
			}
		}
	}
	for _, e := range d.Edges {
		from, _ := d.Node(e.From)
		to, _ := d.Node(e.To)
		if from.Box.Y+from.Box.H > to.Box.Y {
			t.Errorf("%s does not stand below %s", e.To, e.From)
		}
		for _, n := range d.Nodes {
			if n.ID != e.From && n.ID != e.To && crosses(e.Points, *n.Box) {
				t.Errorf("the edge from %s to %s crosses %s", e.From, e.To, n.ID)
			}
		}
	}
	if diff := cmp.Diff(d, draw.Layout(venue())); diff != "" {
		t.Errorf("not the same twice: %s", diff)
	}
}

func crosses(points []flow.Point, b flow.Box) bool {
	for i := 1; i < len(points); i++ {
		p, q := points[i-1], points[i]
		if max(p.X, q.X) > b.X && min(p.X, q.X) < b.X+b.W && max(p.Y, q.Y) > b.Y && min(p.Y, q.Y) < b.Y+b.H {
			return true
		}
	}
	return false
}

func TestWhatIsInsideASubprocedureStaysInside(t *testing.T) {
	d := venue()
	d.Nodes[1].Kind = flow.Sub
	d.Nodes = append(d.Nodes, flow.Node{ID: "s1", Kind: flow.Start, In: "a"}, flow.Node{ID: "s2", Kind: flow.Task, In: "a"}, flow.Node{ID: "s3", Kind: flow.End, In: "a"},
		flow.Node{ID: "t", Kind: flow.Timer, On: "a"})
	d.Edges = append(d.Edges, flow.Edge{ID: "x", From: "s1", To: "s2"}, flow.Edge{ID: "y", From: "s2", To: "s3"}, flow.Edge{ID: "z", From: "t", To: "e"})
	d = draw.Layout(d)
	sub, _ := d.Node("a")
	for _, id := range []string{"s1", "s2", "s3"} {
		n, _ := d.Node(id)
		if n.Box.X < sub.Box.X || n.Box.Y < sub.Box.Y || n.Box.X+n.Box.W > sub.Box.X+sub.Box.W || n.Box.Y+n.Box.H > sub.Box.Y+sub.Box.H {
			t.Errorf("%s at %+v is outside %+v", id, *n.Box, *sub.Box)
		}
	}
}

func TestThePictureIsSafeAndSaysEverything(t *testing.T) {
	svg := string(draw.SVG(venue(), map[string]draw.Mark{"a": draw.Done, "b": draw.Current, "c": "x\" onload=\"y"}))
	for dec := xml.NewDecoder(strings.NewReader(svg)); ; {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if regexp.MustCompile(`(?i)\sstyle=|<script|\son[a-z]+=|<style|href=`).MatchString(svg) {
		t.Error("the picture carries styles, scripts or links")
	}
	for _, want := range []string{"<title>歌舞娱乐场所&lt;设立&gt;流程图</title>", "<desc>", "is-done", "现场勘验（正在办理）", "审查岗", "2个工作日"} {
		if !strings.Contains(svg, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

func TestLabelsBreakAfterTwelveCharacters(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"审查", []string{"审查"}},
		{"综合窗口收件并核对申请人提交的全部", []string{"综合窗口收件并核对申请人", "提交的全部"}},
		{"check credit history", []string{"check credit", "history"}},
		{"甲\n乙", []string{"甲", "乙"}},
		{"", nil},
	} {
		if diff := cmp.Diff(tt.want, draw.Wrap(tt.text)); diff != "" {
			t.Error(diff)
		}
	}
	long := draw.Wrap(strings.Repeat("长", 100))
	if len(long) != 4 || !strings.HasSuffix(long[3], "…") || utf8.RuneCountInString(long[3]) > 12 {
		t.Errorf("%q", long)
	}
}

func TestTheListBesideThePicture(t *testing.T) {
	var got []string
	for _, i := range draw.Outline(venue()) {
		got = append(got, i.No+" "+i.Node.ID+" "+strings.Join(i.Says, "，"))
	}
	want := []string{"1 a ", "2 b 与其他分支同时办理", "3 c ", "4 d 符合条件时办理", "5 e 作出决定"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkSVG(b *testing.B) {
	d := venue()
	for b.Loop() {
		draw.SVG(d, nil)
	}
}
