package bpmn_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/flow/bpmn"
)

// Files as different tools write them: the default namespace or a prefix, the
// diagram before or after the process, pools and lanes, vendors' extensions.
var dialects = map[string]string{
	"a process miner: diagram first, plain tasks, no conditions": `<?xml version="1.0" encoding="utf-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:omgdc="http://www.omg.org/spec/DD/20100524/DC" xmlns:omgdi="http://www.omg.org/spec/DD/20100524/DI">
	<bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane bpmnElement="p" id="pl">
		<bpmndi:BPMNShape bpmnElement="a" id="a_gui"><omgdc:Bounds height="60" width="120" x="-941" y="-178"/></bpmndi:BPMNShape>
	</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
	<process id="p" isClosed="false" isExecutable="false" processType="None">
		<parallelGateway id="g" gatewayDirection="diverging" name=""><incoming>f2</incoming><outgoing>f3</outgoing><outgoing>f4</outgoing></parallelGateway>
		<parallelGateway id="h" gatewayDirection="converging" name=""/>
		<startEvent id="s" name="start" isInterrupting="false"/><task id="a" name="A"/><task id="b" name="B"/><task id="c" name="C"/><endEvent id="e" name="end"/>
		<sequenceFlow id="f1" name="" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" name="" sourceRef="a" targetRef="g"/>
		<sequenceFlow id="f3" name="" sourceRef="g" targetRef="b"/><sequenceFlow id="f4" name="" sourceRef="g" targetRef="c"/>
		<sequenceFlow id="f5" name="" sourceRef="b" targetRef="h"/><sequenceFlow id="f6" name="" sourceRef="c" targetRef="h"/>
		<sequenceFlow id="f7" name="" sourceRef="h" targetRef="e"/>
	</process>
</definitions>`,
	"a drawing tool: extensions everywhere, a sub-process that is cancelled": `<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:signavio="http://www.signavio.com" exporter="Signavio Process Editor">
 <process id="p"><extensionElements><signavio:signavioDiagramMetaData metaKey="revisionid" metaValue="x"/></extensionElements>
  <startEvent id="s" name=""><extensionElements><signavio:signavioMetaData metaKey="bgcolor" metaValue="#fff"/></extensionElements></startEvent>
  <task completionQuantity="1" id="a" name="A"/>
  <subProcess id="u" name="子" triggeredByEvent="false"><startEvent id="u1"/><task id="u2" name="B"/><exclusiveGateway id="u3"/><endEvent id="u4"><cancelEventDefinition id="x"/></endEvent><endEvent id="u5"/>
   <sequenceFlow id="v1" sourceRef="u1" targetRef="u2"/><sequenceFlow id="v2" sourceRef="u2" targetRef="u3"/><sequenceFlow id="v3" sourceRef="u3" targetRef="u4"/><sequenceFlow id="v4" sourceRef="u3" targetRef="u5"/></subProcess>
  <boundaryEvent attachedToRef="u" cancelActivity="true" id="k" name="中止"><cancelEventDefinition id="y"/></boundaryEvent>
  <endEvent id="e"/><endEvent id="t"><terminateEventDefinition id="z"/></endEvent>
  <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="u"/><sequenceFlow id="f3" sourceRef="u" targetRef="e"/><sequenceFlow id="f4" sourceRef="k" targetRef="t"/>
 </process>
</definitions>`,
	"pools and lanes within lanes": `<m:definitions xmlns:m="http://www.omg.org/spec/BPMN/20100524/MODEL">
 <m:collaboration id="c"><m:participant id="c1" name="审批局" processRef="p"/><m:participant id="c2" name="申请人" processRef="q"/><m:messageFlow id="mf" sourceRef="c2" targetRef="a"/></m:collaboration>
 <m:process id="q"/>
 <m:process id="p"><m:laneSet><m:lane name="业务科"><m:flowNodeRef>a</m:flowNodeRef><m:childLaneSet><m:lane name="审查岗"><m:flowNodeRef>a</m:flowNodeRef></m:lane></m:childLaneSet></m:lane></m:laneSet>
  <m:startEvent id="s"/><m:manualTask id="a" name="A"/><m:endEvent id="e"/><m:sequenceFlow id="f1" sourceRef="s" targetRef="a"/><m:sequenceFlow id="f2" sourceRef="a" targetRef="e"/></m:process>
</m:definitions>`,
}

// structural are the findings that would mean that a diagram was misread.
var structural = []string{"flow.deadlock", "flow.livelock", "flow.improper", "flow.unsafe", "flow.dead", "flow.malformed", "flow.edge.ends", "flow.node.entry", "flow.node.exit", "flow.start"}

func TestFilesOfOtherToolsAreReadWhole(t *testing.T) {
	for name, text := range dialects {
		t.Run(name, func(t *testing.T) {
			d, _, err := bpmn.Import([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range flow.Check(d, clock.Limit{}) {
				if slices.Contains(structural, f.ID) {
					t.Errorf("%+v", f)
				}
			}
			again, found, err := bpmn.Import(bpmn.Export(d))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(d, again); diff != "" || len(found) > 0 {
				t.Errorf("%s %+v", diff, found)
			}
		})
	}
}

func TestLanesNamePostsAndPoolsTheProcedure(t *testing.T) {
	d, found, err := bpmn.Import([]byte(dialects["pools and lanes within lanes"]))
	if err != nil {
		t.Fatal(err)
	}
	a, _ := d.Node("a")
	if d.Name != "审批局" || a.Post != "审查岗" {
		t.Errorf("%q, %q", d.Name, a.Post)
	}
	if len(found) != 1 || found[0].ID != "bpmn.messageFlow" {
		t.Errorf("found %+v", found)
	}
}

func TestFilesInGBKAreRead(t *testing.T) {
	text := dialects["pools and lanes within lanes"]
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(`<?xml version="1.0" encoding="GBK"?>` + text)
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{"as it was saved": gbk, "saved anew, its first line as it was": `<?xml version="1.0" encoding="gb2312"?>` + text} {
		if d, _, err := bpmn.Import([]byte(file)); err != nil || d.Name != "审批局" {
			t.Errorf("%s: %q %v", name, d.Name, err)
		}
	}
}

// A message is defined beside the process, and the event refers to it; conditions stand
// in the marks of other engines.
func TestMessagesAndConditionsOfOtherEngines(t *testing.T) {
	d, found, err := bpmn.Import([]byte(`<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:t="urn:t"><message id="m" name="补正到达"/><process id="p">
 <startEvent id="s"/><task id="a" name="A"/><exclusiveGateway id="x" default="f4"/><intermediateCatchEvent id="c"><messageEventDefinition messageRef="t:m"/></intermediateCatchEvent><endEvent id="e"/>
 <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="x"/><sequenceFlow id="f3" sourceRef="x" targetRef="c"><conditionExpression>#{ 面积 > 60 }</conditionExpression></sequenceFlow>
 <sequenceFlow id="f4" sourceRef="x" targetRef="e"/><sequenceFlow id="f5" sourceRef="c" targetRef="e"/></process></definitions>`))
	if err != nil || len(found) > 0 {
		t.Fatalf("%v %+v", err, found)
	}
	awaited := slices.ContainsFunc(d.Nodes, func(n flow.Node) bool { return n.ID == "c" && n.Awaits == "补正到达" })
	if !awaited || !slices.ContainsFunc(d.Edges, func(e flow.Edge) bool { return e.When == "面积 > 60" }) {
		t.Errorf("%+v", d)
	}
}

// Of a procedure that is too large nothing more is said.
func TestATooLargeProcedureIsToldOnce(t *testing.T) {
	d := flow.Definition{Nodes: make([]flow.Node, 2001)}
	if found := flow.Check(d, clock.Limit{}); len(found) != 1 || found[0].ID != "flow.size" {
		t.Errorf("%d findings", len(found))
	}
}
