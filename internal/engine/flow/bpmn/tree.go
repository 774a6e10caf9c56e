package bpmn

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/legible"
)

// Limits of a file that is read.
const (
	MostBytes    = 4 << 20
	mostElements = 60_000
	deepest      = 60
)

// Namespaces of BPMN 2.0, and our own.
const (
	model   = "http://www.omg.org/spec/BPMN/20100524/MODEL"
	diagram = "http://www.omg.org/spec/BPMN/20100524/DI"
	shapes  = "http://www.omg.org/spec/DD/20100524/DC"
	lines   = "http://www.omg.org/spec/DD/20100524/DI"
	ours    = "http://tongban/bpmn"
)

// An element is one element of a file.
type element struct {
	space, name string
	attrs       []xml.Attr
	kids        []*element
	text        string
}

// read makes a tree of a file. Whatever could make a reader stumble is refused
// in words.
func read(file []byte) (*element, error) {
	if len(file) > MostBytes {
		return nil, fault.New(fault.TooLarge, "bpmn.size", "文件超过 %d MB，请确认是不是流程图文件", MostBytes>>20)
	}
	d := xml.NewDecoder(bytes.NewReader(plain(file)))
	root := &element{}
	growing := tree{open: []*element{root}}
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fault.New(fault.Invalid, "bpmn.xml", "文件不是完好的 XML：第 %d 字节处读不下去", d.InputOffset())
		}
		if err := growing.add(t); err != nil {
			return nil, err
		}
	}
	if len(root.kids) == 0 || !root.kids[0].is("definitions") {
		return nil, noDrawing(root)
	}
	return root.kids[0], nil
}

// tree is a file while it is read: the elements that have not ended, innermost last.
type tree struct {
	open  []*element
	count int
}

// add puts the next token in its place.
func (g *tree) add(t xml.Token) error {
	top := g.open[len(g.open)-1]
	switch t := t.(type) {
	case xml.Directive:
		return fault.New(fault.Invalid, "bpmn.doctype", "文件含有文档类型或实体声明，出于安全不予读取")
	case xml.StartElement:
		if g.count++; g.count > mostElements || len(g.open) > deepest {
			return fault.New(fault.TooLarge, "bpmn.elements", "文件的元素过多或者嵌套过深")
		}
		e := &element{space: t.Name.Space, name: t.Name.Local, attrs: t.Attr}
		top.kids = append(top.kids, e)
		g.open = append(g.open, e)
	case xml.EndElement:
		g.open = g.open[:len(g.open)-1]
	case xml.CharData:
		top.text += string(t)
	}
	return nil
}

// noDrawing is the fault that a file is XML of something else, by how it begins.
func noDrawing(root *element) error {
	begins := ""
	switch {
	case len(root.kids) == 0:
	case root.kids[0].name == "definitions":
		begins = "（命名空间是“" + brief(root.kids[0].space) + "”，应是 " + model + "）"
	default:
		begins = "（开头的元素是“" + brief(root.kids[0].name) + "”）"
	}
	return fault.New(fault.Invalid, "bpmn.definitions", "文件不是 BPMN 2.0 流程图%s；XML 文件只读流程图，事项请存为 XLSX、YAML 或者 JSON", begins)
}

func brief(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// is reports whether e is the BPMN element of that name.
func (e *element) is(name string) bool { return e.space == model && e.name == name }

// attr returns a plain attribute.
func (e *element) attr(name string) string { return e.in("", name) }

// own returns one of our attributes.
func (e *element) own(name string) string { return e.in(ours, name) }

func (e *element) in(space, name string) string {
	for _, a := range e.attrs {
		if a.Name.Space == space && a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// named returns an attribute of that name in any vendor's namespace.
func (e *element) named(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// kid returns the first BPMN element of that name within e, or nil.
func (e *element) kid(name string) *element {
	for _, k := range e.kids {
		if k.is(name) {
			return k
		}
	}
	return nil
}

// words is the text of e without the white space around it.
func (e *element) words() string {
	if e == nil {
		return ""
	}
	return strings.TrimSpace(e.text)
}

// title is the name that people see.
func (e *element) title() string { return e.attr("name") }

// declared is what a file says of itself in its first line.
var declared = regexp.MustCompile(`^\s*<\?xml[^>]{0,200}\?>`)

// plain is a file in UTF-8 that says nothing of its encoding: some tools write
// GBK, and an editor that saves it anew leaves the first line as it was.
func plain(file []byte) []byte {
	text, ok := legible.UTF8(file)
	if !ok {
		return file
	}
	return declared.ReplaceAll(text, nil)
}
