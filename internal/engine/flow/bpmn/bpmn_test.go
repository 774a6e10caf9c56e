package bpmn_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/flow/bpmn"
	"tongban/internal/engine/flow/draw"
	"tongban/internal/ground/fault"
)

// file wraps a process as another tool would write it.
func file(process string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:signavio="http://www.signavio.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:di="http://www.omg.org/spec/DD/20100524/DI">
` + process + `</bpmn:definitions>`)
}

func imported(t *testing.T, process string) (flow.Definition, []flow.Finding) {
	t.Helper()
	d, found, err := bpmn.Import(file(process))
	if err != nil {
		t.Fatal(err)
	}
	return d, found
}

const linear = `<bpmn:process id="p" name="备案">
 <bpmn:laneSet><bpmn:lane id="l1" name="审查岗"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
 <bpmn:startEvent id="s"/><bpmn:userTask id="a" name="审查"/><bpmn:userTask id="b" name="复核" camunda:candidateGroups="复核岗" camunda:dueDate="P3D"/>
 <bpmn:exclusiveGateway id="g" default="f4"/><bpmn:endEvent id="e"/><bpmn:endEvent id="k"><bpmn:terminateEventDefinition/></bpmn:endEvent>
 <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="a"/><bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="g"/>
 <bpmn:sequenceFlow id="f3" name="不符" sourceRef="g" targetRef="k"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${结论 == "不符"}</bpmn:conditionExpression></bpmn:sequenceFlow>
 <bpmn:sequenceFlow id="f4" sourceRef="g" targetRef="b"/><bpmn:sequenceFlow id="f5" sourceRef="b" targetRef="e"/>
 <bpmn:textAnnotation id="n1"><bpmn:text>一审一核</bpmn:text></bpmn:textAnnotation><bpmn:association id="n2" sourceRef="a" targetRef="n1"/>
</bpmn:process>
<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="p">
 <bpmndi:BPMNShape bpmnElement="a"><dc:Bounds x="10.5" y="20" width="100" height="80"/></bpmndi:BPMNShape>
 <bpmndi:BPMNEdge bpmnElement="f1"><di:waypoint x="1" y="2"/><di:waypoint x="3" y="4"/></bpmndi:BPMNEdge>
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`

func TestAFileOfAnotherTool(t *testing.T) {
	d, found := imported(t, linear)
	want := flow.Definition{
		ID: "p", Name: "备案",
		Nodes: []flow.Node{
			{ID: "s", Kind: flow.Start}, {ID: "a", Kind: flow.Task, Name: "审查", Post: "审查岗", Box: &flow.Box{X: 10.5, Y: 20, W: 100, H: 80}},
			{ID: "b", Kind: flow.Task, Name: "复核", Post: "复核岗"}, {ID: "g", Kind: flow.Exclusive},
			{ID: "e", Kind: flow.End}, {ID: "k", Kind: flow.Terminate},
		},
		Edges: []flow.Edge{
			{ID: "f1", From: "s", To: "a", Points: []flow.Point{{X: 1, Y: 2}, {X: 3, Y: 4}}}, {ID: "f2", From: "a", To: "g"},
			{ID: "f3", Name: "不符", From: "g", To: "k", When: `结论 == "不符"`},
			{ID: "f4", From: "g", To: "b", Default: true}, {ID: "f5", From: "b", To: "e"},
		},
		Notes: []flow.Note{{ID: "n1", Text: "一审一核", On: "a"}},
	}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Error(diff)
	}
	if len(found) != 1 || found[0].ID != "bpmn.extensions" || !strings.Contains(found[0].Say, "：dueDate（http://camunda") {
		t.Errorf("found %+v", found)
	}
}

func TestWhatIsOutsideTheSubsetIsNamed(t *testing.T) {
	for _, tt := range []struct {
		element  string
		id       string
		severity flow.Severity
	}{
		{`<bpmn:callActivity id="x" name="外部流程"/>`, "bpmn.callActivity", flow.Refused},
		{`<bpmn:eventBasedGateway id="x"/>`, "bpmn.eventBasedGateway", flow.Refused},
		{`<bpmn:complexGateway id="x"/>`, "bpmn.complexGateway", flow.Refused},
		{`<bpmn:transaction id="x"/>`, "bpmn.transaction", flow.Refused},
		{`<bpmn:subProcess id="x" triggeredByEvent="true"/>`, "bpmn.subProcess", flow.Refused},
		{`<bpmn:task id="x"><bpmn:standardLoopCharacteristics/></bpmn:task>`, "bpmn.task", flow.Refused},
		{`<bpmn:endEvent id="x"><bpmn:errorEventDefinition/></bpmn:endEvent>`, "bpmn.endEvent", flow.Refused},
		{`<bpmn:boundaryEvent id="x" attachedToRef="a"><bpmn:cancelEventDefinition/></bpmn:boundaryEvent>`, "bpmn.boundaryEvent", flow.Refused},
		{`<bpmn:intermediateCatchEvent id="x"><bpmn:signalEventDefinition/></bpmn:intermediateCatchEvent>`, "bpmn.intermediateCatchEvent", flow.Refused},
		{`<bpmn:intermediateThrowEvent id="x"><bpmn:signalEventDefinition/></bpmn:intermediateThrowEvent>`, "bpmn.intermediateThrowEvent", flow.Refused},
		{`<bpmn:intermediateCatchEvent id="x"><bpmn:timerEventDefinition><bpmn:timeCycle>R3/PT10H</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>`, "bpmn.intermediateCatchEvent", flow.Refused},
		{`<bpmn:scriptTask id="x"><bpmn:script>y = 1</bpmn:script></bpmn:scriptTask>`, "bpmn.scriptTask", flow.Warned},
		{`<bpmn:task id="x" isForCompensation="true"/>`, "bpmn.task", flow.Refused},
		{`<bpmn:task id="x" completionQuantity="2"/>`, "bpmn.task", flow.Refused},
		{`<bpmn:task id="x"><bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics></bpmn:task>`, "bpmn.task", flow.Refused},
		{`<bpmn:dataObjectReference id="x" name="申请表"/>`, "bpmn.dataObjectReference", flow.Warned},
		{`<bpmn:group id="x"/>`, "bpmn.group", flow.Warned},
		{`<signavio:odd id="x"/>`, "bpmn.odd", flow.Warned},
	} {
		_, found := imported(t, `<bpmn:process id="p"><bpmn:startEvent id="s"/>`+tt.element+`</bpmn:process>`)
		i := slices.IndexFunc(found, func(f flow.Finding) bool { return f.ID == tt.id && f.Node == "x" })
		if i < 0 || found[i].Severity != tt.severity || !strings.Contains(found[i].Say, " x") {
			t.Errorf("%s: found %+v", tt.element, found)
		}
	}
}

func TestActivitiesBecomeWhatTheyAre(t *testing.T) {
	d, found := imported(t, `<bpmn:process id="p"><bpmn:startEvent id="s"/>
 <bpmn:serviceTask id="a" name="比对"/><bpmn:receiveTask id="b" name="已缴费"/>
 <bpmn:task id="c" name="会签"><bpmn:multiInstanceLoopCharacteristics camunda:collection="部门"/></bpmn:task>
 <bpmn:subProcess id="d" name="评审"><bpmn:startEvent id="d1"/><bpmn:task id="d2"/></bpmn:subProcess>
 <bpmn:boundaryEvent id="e" attachedToRef="c" cancelActivity="false"><bpmn:timerEventDefinition><bpmn:timeDuration>P2W</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
 <bpmn:sequenceFlow id="f" sourceRef="d1" targetRef="d2"/></bpmn:process>`)
	want := []flow.Node{
		{ID: "s", Kind: flow.Start}, {ID: "a", Kind: flow.Rule, Name: "比对", Automatic: "service"},
		{ID: "b", Kind: flow.Message, Name: "已缴费", Awaits: "已缴费"},
		{ID: "c", Kind: flow.Multi, Name: "会签", Over: "部门", Quorum: flow.All},
		{ID: "d", Kind: flow.Sub, Name: "评审"}, {ID: "d1", Kind: flow.Start, In: "d"}, {ID: "d2", Kind: flow.Task, In: "d"},
		{ID: "e", Kind: flow.Timer, On: "c", Beside: true, Limit: clock.Limit{N: 14, Unit: clock.CalendarDays}},
	}
	if diff := cmp.Diff(want, d.Nodes); diff != "" {
		t.Error(diff)
	}
	if !flow.Sound(found) {
		t.Errorf("found %+v", found)
	}
}

func TestHostileFilesAreRefused(t *testing.T) {
	deep := strings.Repeat("<a>", 100) + strings.Repeat("</a>", 100)
	for _, tt := range []struct {
		name, text, code string
	}{
		{"a document type", `<!DOCTYPE x [<!ENTITY a "aaaa">]><definitions/>`, "bpmn.doctype"},
		{"an entity nobody declared", string(file(`<bpmn:process id="&x;"/>`)), "bpmn.xml"},
		{"nesting without end", string(file(deep)), "bpmn.elements"},
		{"no xml", "你好", "bpmn.definitions"},
		{"cut off", string(file(linear))[:400], "bpmn.xml"},
		{"another kind of xml", "<svg/>", "bpmn.definitions"},
		{"no process", string(file("")), "bpmn.process"},
		{"too large", strings.Repeat(" ", bpmn.MostBytes+1), "bpmn.size"},
	} {
		if _, _, err := bpmn.Import([]byte(tt.text)); fault.Code(err) != tt.code {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestImportingAnExportGivesTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := definition(t)
		if rapid.Bool().Draw(t, "drawn") {
			d = draw.Layout(d)
		}
		read, found, err := bpmn.Import(bpmn.Export(d))
		if err != nil {
			t.Fatal(err)
		}
		if len(found) > 0 {
			t.Fatalf("found %+v", found)
		}
		if diff := cmp.Diff(d, read); diff != "" {
			t.Fatal(diff)
		}
	})
}

// definition draws anything that can be said, sound or not.
func definition(t *rapid.T) flow.Definition {
	text := rapid.StringOfN(rapid.RuneFrom([]rune("审查 岗<>&\"'\t\n，a1")), 0, 6, -1)
	ids := rapid.StringMatching(`[a-z环][a-z0-9节_-]{0,5}`)
	kinds := []flow.Kind{flow.Start, flow.End, flow.Terminate, flow.Task, flow.Rule, flow.Exclusive, flow.Inclusive, flow.Parallel, flow.Multi, flow.Timer, flow.Message}
	limit := rapid.SampledFrom([]clock.Limit{{}, {N: 3, Unit: clock.WorkingDays}, {N: 0, Unit: clock.WorkingDays}, {N: 2, Unit: clock.Months}, {N: 7, Unit: clock.WorkingHours}})
	d := flow.Definition{ID: "p", Name: text.Draw(t, "name")}
	seen := map[string]bool{"": true}
	id := func() string {
		for {
			if s := fmt.Sprintf("%s%d", ids.Draw(t, "id"), len(seen)); !seen[s] {
				seen[s] = true
				return s
			}
		}
	}
	for range rapid.IntRange(1, 6).Draw(t, "nodes") {
		n := flow.Node{ID: id(), Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Name: text.Draw(t, "name"), Limit: limit.Draw(t, "limit")}
		switch n.Kind {
		case flow.Task, flow.Multi:
			n.Post, n.Role, n.Agency = text.Draw(t, "post"), identity.Reviewer, text.Draw(t, "agency")
			n.Standard, n.Authority = text.Draw(t, "standard"), text.Draw(t, "authority")
			n.Substantive, n.Decides = rapid.Bool().Draw(t, "two"), rapid.Bool().Draw(t, "decides")
			n.Apart = rapid.SliceOfN(ids, 0, 2).Draw(t, "apart")
			if len(n.Apart) == 0 {
				n.Apart = nil
			}
		case flow.Rule:
			n.Rule, n.Result, n.Automatic = text.Draw(t, "rule"), text.Draw(t, "result"), rapid.SampledFrom([]string{"", "service", "script", "send", "throw"}).Draw(t, "auto")
		case flow.Message:
			n.Awaits = "已到"
		case flow.Timer:
			n.Limit = clock.Limit{N: 5, Unit: clock.WorkingDays}
		}
		if n.Kind == flow.Multi {
			n.Quorum, n.Count, n.Agree, n.Over = flow.N, rapid.IntRange(0, 3).Draw(t, "count"), text.Draw(t, "agree"), text.Draw(t, "over")
			n.Among = []flow.Seat{{Post: "岗", Role: identity.Head, Agency: text.Draw(t, "seat")}}
		}
		d.Nodes = append(d.Nodes, n)
	}
	sub := flow.Node{ID: id(), Kind: flow.Sub, Name: "子"}
	d.Nodes = append(d.Nodes, sub, flow.Node{ID: id(), Kind: flow.Start, In: sub.ID}, flow.Node{ID: id(), Kind: flow.End, In: sub.ID})
	last := len(d.Nodes) - 1
	pick := func() string { return d.Nodes[rapid.IntRange(0, last-2).Draw(t, "at")].ID }
	d.Edges = append(d.Edges, flow.Edge{ID: id(), From: d.Nodes[last-1].ID, To: d.Nodes[last].ID})
	defaults := map[string]bool{}
	for range rapid.IntRange(0, 4).Draw(t, "edges") {
		e := flow.Edge{ID: id(), Name: text.Draw(t, "name"), From: pick(), To: pick(), When: strings.TrimSpace(text.Draw(t, "when"))}
		if e.When == "" && !defaults[e.From] {
			e.Default, defaults[e.From] = true, true
		}
		d.Edges = append(d.Edges, e)
	}
	// A sub-process writes its edges before those that follow it.
	if rapid.Bool().Draw(t, "note") {
		d.Notes = []flow.Note{{ID: id(), Text: "注意", On: sub.ID}}
	}
	return d
}

func FuzzImport(f *testing.F) {
	f.Add(file(linear))
	f.Add([]byte(`<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><subProcess id="p"><startEvent id="p"/></subProcess></process></definitions>`))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, _, err := bpmn.Import(text)
		if err != nil {
			return
		}
		flow.Check(d, clock.Limit{N: 5, Unit: clock.WorkingDays})
		draw.SVG(d, nil)
		draw.Outline(d)
		if _, _, err := bpmn.Import(bpmn.Export(d)); err != nil {
			t.Fatalf("the export cannot be read: %v", err)
		}
	})
}
