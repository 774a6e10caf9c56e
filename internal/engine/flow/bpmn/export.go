package bpmn

import (
	"fmt"
	"strconv"

	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
)

// Export writes d as a BPMN 2.0 file. What has no place in the diagram yet is
// left without; draw.Layout gives it one.
func Export(d flow.Definition) []byte {
	w := &writer{d: d, within: map[string]bool{}}
	w.buf.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	w.open("definitions", "xmlns", model, "xmlns:bpmndi", diagram, "xmlns:omgdc", shapes, "xmlns:omgdi", lines,
		"xmlns:tongban", ours, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance",
		"id", "definitions", "targetNamespace", ours, "exporter", "Tongban")
	w.open("process", "id", d.ID, "name", d.Name, "isExecutable", "false")
	w.scope("")
	w.notes()
	w.close("process")
	w.diagram()
	w.close("definitions")
	return w.buf.Bytes()
}

// scope writes the nodes and edges of a process or sub-process.
func (w *writer) scope(in string) {
	here := map[string]bool{}
	for _, n := range w.d.Nodes {
		if n.In == in && n.ID != in {
			here[n.ID] = true
			w.node(n)
		}
	}
	for _, e := range w.d.Edges {
		if here[e.From] || in == "" && w.homeless(e) {
			w.edge(e)
		}
	}
}

// sub writes what is in a sub-process; one that is nested in itself, in a broken
// definition, is not written again.
func (w *writer) sub(id string) {
	if w.within[id] {
		return
	}
	w.within[id] = true
	w.scope(id)
	delete(w.within, id)
}

// homeless reports whether the edge comes from nowhere; it is written all the
// same, so that nothing is lost.
func (w *writer) homeless(e flow.Edge) bool {
	_, ok := w.d.Node(e.From)
	return !ok
}

func (w *writer) edge(e flow.Edge) {
	w.open("sequenceFlow", "id", e.ID, "name", e.Name, "sourceRef", e.From, "targetRef", e.To)
	if e.When != "" {
		w.leaf("conditionExpression", e.When, "xsi:type", "tFormalExpression")
	}
	w.close("sequenceFlow")
}

var tags = map[flow.Kind]string{
	flow.Start: "startEvent", flow.End: "endEvent", flow.Terminate: "endEvent", flow.Task: "userTask", flow.Multi: "userTask",
	flow.Exclusive: "exclusiveGateway", flow.Inclusive: "inclusiveGateway", flow.Parallel: "parallelGateway", flow.Sub: "subProcess",
	flow.Timer: "intermediateCatchEvent", flow.Message: "intermediateCatchEvent", flow.Rule: "businessRuleTask",
}

var rules = map[string]string{
	"service": "serviceTask", "script": "scriptTask", "send": "sendTask", "throw": "intermediateThrowEvent",
}

func tag(n flow.Node) string {
	switch {
	case n.On != "":
		return "boundaryEvent"
	case n.Kind == flow.Rule && rules[n.Automatic] != "":
		return rules[n.Automatic]
	}
	return tags[n.Kind]
}

func (w *writer) node(n flow.Node) {
	name := tag(n)
	if name == "" {
		return
	}
	w.open(name, append([]string{"id", n.ID, "name", n.Name, "default", w.defaultOf(n.ID), "attachedToRef", n.On,
		"cancelActivity", only(n.On != "", strconv.FormatBool(!n.Beside))}, attributes(n)...)...)
	w.extension(n)
	switch n.Kind {
	case flow.Terminate:
		w.leaf("terminateEventDefinition", "")
	case flow.Multi:
		w.leaf("multiInstanceLoopCharacteristics", "")
	case flow.Message:
		w.leaf("messageEventDefinition", "")
	case flow.Timer:
		w.timer(n)
	case flow.Sub:
		w.sub(n.ID)
	}
	w.close(name)
}

// attributes are ours, in our namespace; empty ones are not written.
func attributes(n flow.Node) []string {
	return []string{
		"tongban:post", n.Post, "tongban:role", string(n.Role), "tongban:agency", n.Agency,
		"tongban:limit", only(!n.Limit.None(), n.Limit.String()),
		"tongban:authority", n.Authority, "tongban:standard", n.Standard,
		"tongban:substantive", only(n.Substantive, "true"), "tongban:decides", only(n.Decides, "true"),
		"tongban:rule", n.Rule, "tongban:result", n.Result, "tongban:agree", n.Agree,
		"tongban:over", n.Over, "tongban:quorum", string(n.Quorum), "tongban:count", only(n.Count != 0, strconv.Itoa(n.Count)),
		"tongban:awaits", n.Awaits,
	}
}

func only(when bool, text string) string {
	if when {
		return text
	}
	return ""
}

func (w *writer) extension(n flow.Node) {
	if len(n.Among)+len(n.Apart) == 0 {
		return
	}
	w.open("extensionElements")
	for _, s := range n.Among {
		w.leaf("tongban:seat", "", "post", s.Post, "role", string(s.Role), "agency", s.Agency)
	}
	for _, other := range n.Apart {
		w.leaf("tongban:apart", "", "node", other)
	}
	w.close("extensionElements")
}

// timer writes the length for other tools to show; ours stands in the attribute.
func (w *writer) timer(n flow.Node) {
	w.open("timerEventDefinition")
	form := map[clock.Unit]string{
		clock.WorkingDays: "P%dD", clock.CalendarDays: "P%dD", clock.WorkingHours: "PT%dH", clock.Months: "P%dM", clock.Years: "P%dY",
	}[n.Limit.Unit]
	if form != "" {
		w.leaf("timeDuration", fmt.Sprintf(form, n.Limit.N), "xsi:type", "tFormalExpression")
	}
	w.close("timerEventDefinition")
}

func (w *writer) defaultOf(node string) string {
	for _, e := range w.d.Edges {
		if e.From == node && e.Default {
			return e.ID
		}
	}
	return ""
}

func (w *writer) notes() {
	for _, n := range w.d.Notes {
		w.open("textAnnotation", "id", n.ID)
		w.leaf("text", n.Text)
		w.close("textAnnotation")
		if n.On != "" {
			w.leaf("association", "", "id", n.ID+"-on", "sourceRef", n.On, "targetRef", n.ID)
		}
	}
}

// diagram writes where everything stands.
func (w *writer) diagram() {
	w.open("bpmndi:BPMNDiagram", "id", "diagram")
	w.open("bpmndi:BPMNPlane", "id", "plane", "bpmnElement", w.d.ID)
	for _, n := range w.d.Nodes {
		w.shape(n.ID, n.Box, only(n.Kind == flow.Sub, "true"))
	}
	for _, n := range w.d.Notes {
		w.shape(n.ID, n.Box, "")
	}
	for _, e := range w.d.Edges {
		if len(e.Points) == 0 {
			continue
		}
		w.open("bpmndi:BPMNEdge", "id", e.ID+"-di", "bpmnElement", e.ID)
		for _, p := range e.Points {
			w.leaf("omgdi:waypoint", "", "x", coordinate(p.X), "y", coordinate(p.Y))
		}
		w.close("bpmndi:BPMNEdge")
	}
	w.close("bpmndi:BPMNPlane")
	w.close("bpmndi:BPMNDiagram")
}

func (w *writer) shape(id string, box *flow.Box, expanded string) {
	if box == nil {
		return
	}
	w.open("bpmndi:BPMNShape", "id", id+"-di", "bpmnElement", id, "isExpanded", expanded)
	w.leaf("omgdc:Bounds", "", "x", coordinate(box.X), "y", coordinate(box.Y), "width", coordinate(box.W), "height", coordinate(box.H))
	w.close("bpmndi:BPMNShape")
}

func coordinate(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
