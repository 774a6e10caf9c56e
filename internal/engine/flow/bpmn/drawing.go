package bpmn

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/engine/flow"
)

// drawing reads where everything stands.
func (im *importer) drawing(e *element) {
	for _, k := range e.kids {
		switch {
		case k.space == diagram && k.name == "BPMNShape":
			im.place(k)
		case k.space == diagram && k.name == "BPMNEdge":
			im.bend(k)
		case k.space == diagram:
			im.drawing(k)
		}
	}
}

func (im *importer) place(e *element) {
	var box *flow.Box
	for _, k := range e.kids {
		if k.space == shapes && k.name == "Bounds" {
			box = &flow.Box{X: number(k, "x"), Y: number(k, "y"), W: number(k, "width"), H: number(k, "height")}
		}
	}
	of := e.attr("bpmnElement")
	for i := range im.d.Nodes {
		if im.d.Nodes[i].ID == of {
			im.d.Nodes[i].Box = box
		}
	}
	for i := range im.d.Notes {
		if im.d.Notes[i].ID == of {
			im.d.Notes[i].Box = box
		}
	}
}

func (im *importer) bend(e *element) {
	var points []flow.Point
	for _, k := range e.kids {
		if k.space == lines && k.name == "waypoint" {
			points = append(points, flow.Point{X: number(k, "x"), Y: number(k, "y")})
		}
	}
	for i := range im.d.Edges {
		if im.d.Edges[i].ID == e.attr("bpmnElement") {
			im.d.Edges[i].Points = points
		}
	}
}

// number reads a coordinate; what is none is 0, which is somewhere to be seen.
func number(e *element, name string) float64 {
	f, err := strconv.ParseFloat(e.attr(name), 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) > 1e6 {
		return 0
	}
	return f
}

// foreign names, once for each, the extensions of other tools that are not kept,
// and what lies outside the process.
func (im *importer) foreign(root *element) {
	for _, k := range root.kids {
		switch {
		case k.is("process"), k.space == diagram, k.is("extensionElements"), k.is("message"):
		case k.is("collaboration"):
			for _, m := range k.kids {
				if m.is("messageFlow") {
					im.beyond(flow.Warned, m, "泳池之间的消息连线没有导入")
				}
			}
		default:
			im.beyond(flow.Warned, k, "流程之外的定义没有导入")
		}
	}
	im.extensions(root)
	for _, space := range slices.Sorted(maps.Keys(im.vendors)) {
		words := im.vendors[space]
		slices.Sort(words)
		words = slices.Compact(words)
		more := ""
		if len(words) > mostNamed {
			words, more = words[:mostNamed], fmt.Sprintf("等%d种", len(words))
		}
		im.found = append(im.found, flow.Finding{ID: "bpmn.extensions", Severity: flow.Warned,
			Say: "其他工具的扩展没有导入：" + strings.Join(words, "、") + more + "（" + space + "）"})
	}
}

// mostNamed is how many extensions of one tool are named.
const mostNamed = 20

// known are the namespaces of attributes that are ours or say nothing.
var known = map[string]bool{
	"": true, ours: true, "xmlns": true, "xml": true, "http://www.w3.org/XML/1998/namespace": true,
	"http://www.w3.org/2001/XMLSchema-instance": true,
}

func (im *importer) extensions(e *element) {
	for _, a := range e.attrs {
		if space := a.Name.Space; e.space == model && !known[space] && !im.used[e][a.Name.Local] {
			im.vendors[space] = append(im.vendors[space], a.Name.Local)
		}
	}
	for _, k := range e.kids {
		if e.is("extensionElements") && k.space != ours {
			im.vendors[k.space] = append(im.vendors[k.space], k.name)
		}
		im.extensions(k)
	}
}
