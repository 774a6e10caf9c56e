package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/itemsheet"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/laws"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/flow/bpmn"
	"tongban/internal/ground/fault"
)

// A File is what is looked at.
type File struct {
	Name string
	Size int64
	io.ReaderAt

	loose map[string]bool // sheets known to be in no order
}

// An Entry is one item, or one drawing, of a file.
type Entry struct {
	File     string
	Place    string           // line or row; "": the whole file
	Edition  *items.Edition   // nil for a drawing, and for what cannot be read
	Foreign  bool             // of another system: a draft, never to be published as it is
	Rest     map[string]any   // what came with a foreign item and has no place in an edition
	Drawing  *flow.Definition // a procedure that came alone
	Other    *Other           // what is not of items at all
	Of       []items.ID       // the items a drawing may be of
	Findings []items.Finding  // of the reading; Check adds those of the check

	cell func(path string) string // of a table: where what stands at a path came from
}

// Check adds what the check of the edition finds (事项体检), and what the register
// of laws, which may be nil, says of its citations.
func (e *Entry) Check(codex *laws.Codex, today calendar.Day) {
	if e.Edition != nil {
		e.Findings = append(e.Findings, e.unsaid(e.Edition.Check())...)
		e.Findings = append(e.Findings, e.Edition.Citations(codex, today)...)
	}
	if e.cell == nil {
		return
	}
	for i, f := range e.Findings {
		if where := e.cell(f.Path); where != "" {
			e.Findings[i].Say += "（" + where + "）"
		}
	}
	e.cell = nil // once
}

// follows are rules of the check that judge by what the source did not say: the reading
// has asked for it already, by its own rule.
var follows = map[string]string{"items.visits.online": "foreign.visits"}

// unsaid is what the check found, without what only follows from something left out.
func (e *Entry) unsaid(found []items.Finding) []items.Finding {
	return slices.DeleteFunc(found, func(f items.Finding) bool {
		asked := follows[f.Rule]
		return asked != "" && slices.ContainsFunc(e.Findings, func(own items.Finding) bool { return own.Rule == asked })
	})
}

// Sound reports whether nothing of the entry stands in the way of publication.
func (e *Entry) Sound() bool { return e.Edition != nil && !e.Foreign && e.Clean() }

// Clean reports whether no error was found in the entry.
func (e *Entry) Clean() bool {
	errors, _ := items.Weighed(e.Findings)
	return errors == 0
}

// mostText is the largest catalogue of lines; other texts are bounded by their
// readers.
const mostText = 512 << 20

// Look reads a file and shows what is in it, in its order. A workbook may have
// to be read again from its beginning: then again is called, and whoever counts
// has to forget. The error says that the file cannot be read at all.
func Look(f File, see func(Entry) error, again func()) error {
	show := func(e Entry) error { e.File = f.Name; return see(e) }
	head := make([]byte, min(f.Size, 4))
	if _, err := f.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read %s: %w", f.Name, err)
	}
	if string(head) == "PK\x03\x04" {
		if err := packedStranger(f); err != nil {
			return err
		}
		if archive := bundleOf(f); archive != nil {
			return bundle(archive, show)
		}
		return workbook(f, show, again)
	}
	text, err := f.text()
	if err != nil {
		return err
	}
	switch body := bytes.TrimSpace(text); {
	case len(body) == 0:
		return fault.New(fault.Invalid, "intake.empty", "文件是空的")
	case body[0] == '<':
		return drawing(f.Name, text, show)
	case body[0] == '{' && byLines(f.Name, body):
		return catalogue(text, show)
	case body[0] == '[':
		return array(body, show)
	case body[0] != '{':
		if read, err := byColumns(f.Name, text, show); read || err != nil {
			return err
		}
	}
	return documents(text, show)
}

// text is all that stands in a file of text.
func (f File) text() ([]byte, error) {
	if f.Size > mostText {
		return nil, fault.New(fault.TooLarge, "intake.large", "文件超过512MB，请拆分后再导入")
	}
	text, err := io.ReadAll(io.NewSectionReader(f, 0, f.Size))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.Name, err)
	}
	return textOf(text)
}

// byLines reports whether a text is one JSON object a line.
func byLines(name string, body []byte) bool {
	first, rest, more := bytes.Cut(body, []byte("\n"))
	first = bytes.TrimSpace(first)
	return strings.HasSuffix(strings.ToLower(name), ".jsonl") ||
		more && len(first) > 2 && first[len(first)-1] == '}' && bytes.HasPrefix(bytes.TrimSpace(rest), []byte("{"))
}

// drawing checks a procedure that is drawn in BPMN. It stands alone, so there is
// no promise to hold it to.
func drawing(file string, text []byte, see func(Entry) error) error {
	if other := marked(file, text); other != nil {
		return see(Entry{Other: other, Findings: []items.Finding{told(other)}})
	}
	if err := markedStranger(text); err != nil {
		return err
	}
	d, found, err := bpmn.Import(text)
	if err != nil {
		return err
	}
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	return see(Entry{Drawing: &d, Of: []items.ID{items.ID(name), items.ID(d.ID)}, Findings: drawnFindings(append(found, flow.Check(d, clock.Limit{})...))})
}

// drawnFindings are the findings of a drawing as those of an item.
func drawnFindings(found []flow.Finding) []items.Finding {
	var all []items.Finding
	for _, f := range found {
		all = append(all, items.Drawn(f))
	}
	return all
}

func workbook(f File, see func(Entry) error, again func()) error {
	book, err := itemsheet.Open(f, f.Size)
	if fault.Code(err) == "itemsheet.main" {
		return tables(f, see)
	}
	if err != nil {
		return err
	}
	if f.loose != nil {
		book.Loose(f.loose)
	}
	general, err := book.Each(func(one itemsheet.Entry) error {
		return see(Entry{Place: fmt.Sprintf("事项表第%d行", one.Line), Edition: one.Edition, Findings: cells(one.Faults)})
	}, again)
	if err != nil || len(general) == 0 {
		return err
	}
	return see(Entry{Findings: cells(general)})
}

// cells are the faults of cells as findings.
func cells(faults []itemsheet.Fault) []items.Finding {
	var found []items.Finding
	for _, f := range faults {
		severity := items.Error
		if f.Warning {
			severity = items.Warning
		}
		found = append(found, items.Finding{Rule: "sheet.cell", Severity: severity, Path: f.Place(), Say: f.Say})
	}
	return found
}

// faulty is a fault of reading as findings.
func faulty(err error) []items.Finding {
	if err == nil {
		return nil
	}
	fields := fault.Fields(err)
	if len(fields) == 0 {
		return []items.Finding{{Rule: fault.Code(err), Severity: items.Error, Say: fault.Say(err)}}
	}
	var found []items.Finding
	for _, f := range fields {
		found = append(found, items.Finding{Rule: f.Code, Severity: items.Error, Path: f.Path, Say: f.Say})
	}
	return found
}
