package cases

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// A Record is all that is on file of one case, fit to be carried to another
// machine: its facts with their hashes and the editions it was pinned to.
type Record struct {
	Number   string           `json:"number"`
	Facts    []event.Record   `json:"facts"`
	Editions []*items.Edition `json:"editions"`
}

// Record is the record of a case as the program itself may carry it away.
func (s *Service) Record(ctx context.Context, number string, by identity.Actor) (r Record, err error) {
	c, err := s.ByNumber(ctx, number, by)
	if err != nil {
		return r, err
	}
	if !by.Plays(identity.System) {
		return r, fault.New(fault.Forbidden, "cases.record.reach", "办件的完整记录只能在平台上导出")
	}
	r.Number = c.Number
	if r.Facts, err = s.Store.History(ctx, c.ID); err != nil {
		return r, err
	}
	list, err := events(r.Facts)
	if err != nil {
		return r, err
	}
	frames, err := s.frames(ctx, pinned{}, list)
	if err != nil {
		return r, err
	}
	for i, f := range frames {
		if i == 0 || f.Edition.Number != frames[i-1].Edition.Number {
			r.Editions = append(r.Editions, f.Edition)
		}
	}
	return r, nil
}

// A Replayed is one automatic review reckoned again.
type Replayed struct {
	Seq      int64    `json:"seq"`
	Act      Act      `json:"act"`
	Reckoned Reckoned `json:"reckoned"`
}

// Replay reckons every automatic review of the record again, from the inputs on
// file and the rules of the edition, and returns it as JSON: the same bytes on
// every machine (行政许可法第三十四条; 徐政发〔2022〕21号（二十四）). It needs no
// database, calendar or clock. The fault is cases.replay.chain when the facts are
// not what was written, and cases.replay.differs when what comes out is not what
// was decided.
func (r Record) Replay() ([]byte, error) {
	if _, err := event.Verify(r.Facts); err != nil {
		return nil, fault.New(fault.Invalid, "cases.replay.chain", "记录链断裂，不能重演：%v", err)
	}
	list, err := events(r.Facts)
	if err != nil {
		return nil, err
	}
	all := []Replayed{}
	c := &Case{Number: r.Number}
	for _, e := range list {
		f, err := r.frameOf(c, e.Moved)
		if err != nil {
			return nil, err
		}
		if e.Reckoned != nil {
			again := Reckon(f.Edition, *e.Reckoned)
			if err := alike(again, *e.Reckoned, e.Moved); err != nil {
				return nil, err
			}
			all = append(all, Replayed{e.Seq, e.Act, again})
		}
		if err := c.Apply(e.Moved, f); err != nil {
			return nil, fault.New(fault.Invalid, "cases.replay.differs", "第%d条记录（%s）不能重演：%v", e.Seq, MoveOf(e.Act).Name, err)
		}
	}
	if len(all) == 0 {
		return nil, fault.New(fault.NotFound, "cases.replay.none", "办件%s没有自动审查", r.Number)
	}
	return indented(all)
}

// frameOf is what the case was pinned to at a fact.
func (r Record) frameOf(c *Case, m Moved) (Frame, error) {
	number := c.Edition
	if m.Filing != nil {
		number = m.Filing.Edition
	}
	if m.Edition != 0 {
		number = m.Edition
	}
	for _, e := range r.Editions {
		if e.Number == number {
			p, err := flow.Compile(e.Procedure)
			return Frame{e, p}, err
		}
	}
	return Frame{}, fault.New(fault.Invalid, "cases.replay.edition", "记录中没有第%d版实施清单", number)
}

// alike compares what comes out now with what came out then, and with what was
// done about it.
func alike(again, then Reckoned, m Moved) error {
	one, err := json.Marshal(again)
	if err != nil {
		return err
	}
	other, err := json.Marshal(then)
	if err != nil {
		return err
	}
	if !bytes.Equal(one, other) || again.Clear != (m.Act == GrantByRule) {
		return fault.New(fault.Conflict, "cases.replay.differs", "第%d条记录（%s）重算的结果与当时不同", m.Seq, MoveOf(m.Act).Name)
	}
	return nil
}

func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	if err := out.Encode(v); err != nil {
		return nil, fmt.Errorf("write replay: %w", err)
	}
	return b.Bytes(), nil
}
