package bpmn

import (
	"fmt"
	"slices"
	"strings"

	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
)

// Import reads a BPMN 2.0 file. The findings name everything that the definition
// does not say as the file did, by element id, name and kind; those that change
// how it would run are Refused and must be redrawn. Whether the definition can
// run at all is flow.Check's affair.
func Import(file []byte) (flow.Definition, []flow.Finding, error) {
	root, err := read(file)
	if err != nil {
		return flow.Definition{}, nil, err
	}
	im := &importer{posts: map[string]string{}, named: map[string]string{}, defaults: map[string]bool{}, vendors: map[string][]string{}, used: map[*element]map[string]bool{}}
	process := im.process(root)
	if process == nil {
		return flow.Definition{}, nil, fault.New(fault.Invalid, "bpmn.process", "文件里没有流程")
	}
	im.d.ID, im.d.Name = process.attr("id"), process.title()
	if im.d.Name == "" {
		im.d.Name = im.pool(root, im.d.ID)
	}
	im.messages(root)
	im.lanes(process)
	im.scope(process, "")
	im.finish()
	im.drawing(root)
	im.foreign(root)
	return im.d, im.found, nil
}

// An importer builds a definition and remembers what it could not say.
type importer struct {
	d        flow.Definition
	posts    map[string]string            // node -> lane it stands in
	named    map[string]string            // messages that are defined beside the process, by id
	defaults map[string]bool              // edges that are defaults
	vendors  map[string][]string          // what other tools add, by their namespace
	used     map[*element]map[string]bool // which of them were read after all
	links    []*element                   // associations
	found    []flow.Finding
}

// beyond names an element outside the subset.
func (im *importer) beyond(severity flow.Severity, e *element, why string, args ...any) {
	name := e.title()
	if name != "" {
		name = "“" + name + "”"
	}
	im.found = append(im.found, flow.Finding{
		ID: "bpmn." + e.name, Severity: severity, Node: e.attr("id"),
		Say: fmt.Sprintf("%s %s%s：", called(e), e.attr("id"), name) + fmt.Sprintf(why, args...),
	})
}

// process picks the process of a file: the first that has anything in it. A
// diagram has one procedure; others are named.
func (im *importer) process(root *element) *element {
	var picked *element
	for _, k := range root.kids {
		if !k.is("process") {
			continue
		}
		busy := slices.ContainsFunc(k.kids, func(e *element) bool { return e.is("startEvent") || e.is("sequenceFlow") || activity(e) })
		switch {
		case picked == nil && busy:
			picked = k
		case busy:
			im.beyond(flow.Refused, k, "一个文件只能有一个流程，这个流程没有导入")
		}
	}
	if picked == nil {
		picked = root.kid("process")
	}
	return picked
}

// pool is the name of the pool in which the process is drawn.
func (im *importer) pool(root *element, process string) string {
	for _, c := range root.kids {
		if !c.is("collaboration") {
			continue
		}
		for _, p := range c.kids {
			if p.is("participant") && p.attr("processRef") == process {
				return p.title()
			}
		}
	}
	return root.title()
}

// lanes reads who stands in which lane: the innermost names the post.
func (im *importer) lanes(e *element) {
	for _, k := range e.kids {
		switch {
		case k.is("laneSet"), k.is("childLaneSet"):
			im.lanes(k)
		case k.is("lane"):
			for _, ref := range k.kids {
				if ref.is("flowNodeRef") && k.title() != "" {
					im.posts[ref.words()] = k.title()
				}
			}
			im.lanes(k)
		}
	}
}

// scope reads the elements of a process or sub-process.
func (im *importer) scope(e *element, in string) {
	for _, k := range e.kids {
		switch {
		case k.space != model:
			im.beyond(flow.Warned, k, "不是 BPMN 2.0 元素，没有导入")
		case k.is("sequenceFlow"):
			im.edge(k)
		case k.is("textAnnotation"):
			im.d.Notes = append(im.d.Notes, flow.Note{ID: k.attr("id"), Text: k.kid("text").words()})
		case k.is("association"):
			im.links = append(im.links, k)
		case silent[k.name]:
		case im.gateway(k, in), im.event(k, in), im.activity(k, in):
		default:
			im.beyond(flow.Warned, k, "%s", artefact(k))
		}
	}
}

// silent are the parts of a process that say nothing by themselves: their
// content is read elsewhere, or repeats what edges say.
var silent = map[string]bool{
	"incoming": true, "outgoing": true, "laneSet": true, "extensionElements": true, "documentation": true,
	"multiInstanceLoopCharacteristics": true, "standardLoopCharacteristics": true,
}

func artefact(e *element) string {
	if strings.HasPrefix(e.name, "data") || e.name == "group" {
		return "说明性图形，不参与流转，没有导入"
	}
	return "不在所支持的流程元素之内，没有导入"
}

func (im *importer) edge(e *element) {
	edge := flow.Edge{ID: e.attr("id"), Name: e.title(), From: e.attr("sourceRef"), To: e.attr("targetRef")}
	if c := e.kid("conditionExpression"); c != nil {
		edge.When = c.words()
		edge.When = written(edge.When)
		if language := c.attr("language"); language != "" && !strings.Contains(language, "tongban") {
			im.beyond(flow.Warned, e, "条件用 %s 写成，请按本系统的条件写法核对", language)
		}
	}
	im.d.Edges = append(im.d.Edges, edge)
}

// written is a condition without the marks that other engines put around it.
func written(when string) string {
	for _, mark := range []string{"${", "#{"} {
		if inner, ok := strings.CutPrefix(when, mark); ok && strings.HasSuffix(inner, "}") {
			return strings.TrimSpace(strings.TrimSuffix(inner, "}"))
		}
	}
	return when
}

// common reads what all nodes have.
func (im *importer) common(e *element, kind flow.Kind, in string) flow.Node {
	if d := e.attr("default"); d != "" {
		im.defaults[d] = true
	}
	return flow.Node{ID: e.attr("id"), Kind: kind, Name: e.title(), In: in}
}

func (im *importer) add(n flow.Node) bool {
	im.d.Nodes = append(im.d.Nodes, n)
	return true
}

func (im *importer) gateway(e *element, in string) bool {
	kind, ok := map[string]flow.Kind{
		"exclusiveGateway": flow.Exclusive, "inclusiveGateway": flow.Inclusive, "parallelGateway": flow.Parallel,
		"eventBasedGateway": flow.Exclusive, "complexGateway": flow.Inclusive,
	}[e.name]
	if !ok {
		return false
	}
	switch e.name {
	case "eventBasedGateway":
		im.beyond(flow.Refused, e, "不支持事件网关，已按排他网关导入；请改用附着的定时或消息")
	case "complexGateway":
		im.beyond(flow.Refused, e, "不支持复杂网关，已按包容网关导入，请核对")
	}
	n := im.common(e, kind, in)
	im.attributes(e, &n)
	return im.add(n)
}

// finish sets what is known only when all has been read: defaults, and which
// remark speaks of what.
func (im *importer) finish() {
	for i := range im.d.Edges {
		e := &im.d.Edges[i]
		if e.Default = im.defaults[e.ID]; e.Default && e.When != "" {
			im.found = append(im.found, flow.Finding{ID: "bpmn.default", Severity: flow.Warned, Node: e.ID,
				Say: "连线 " + e.ID + " 是默认路线，所写条件“" + e.When + "”没有导入"})
			e.When = ""
		}
	}
	for _, l := range im.links {
		from, to := l.attr("sourceRef"), l.attr("targetRef")
		for i := range im.d.Notes {
			switch im.d.Notes[i].ID {
			case to:
				im.d.Notes[i].On = from
			case from:
				im.d.Notes[i].On = to
			}
		}
	}
}
