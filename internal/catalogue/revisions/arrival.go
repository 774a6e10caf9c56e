package revisions

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/fault"
)

// An Arrival is what one row, document or drawing of a file says of an item, to be
// kept as a draft (导入的草稿).
type Arrival struct {
	Text     *items.Edition
	Drawing  *flow.Definition // instead of Text: a procedure for one of the items Of
	Of       []items.ID
	Place    string // in the file
	Findings []items.Finding
	Rest     map[string]any
}

// Imported is where a draft came from and what was found then. It is not changed
// any more: what the editor mends, the check shows.
type Imported struct {
	Import   string          `json:"import"` // key of the import
	File     string          `json:"file"`
	Place    string          `json:"place,omitempty"`
	Digest   string          `json:"digest"` // of what came, to know it again
	Findings []items.Finding `json:"findings,omitempty"`
	Rest     json.RawMessage `json:"rest,omitempty"` // what had no place in an edition
	At       time.Time       `json:"at"`
}

// An Outcome is what became of an arrival.
type Outcome string

// The outcomes.
const (
	Kept Outcome = "已存为草稿"
	Same Outcome = "与现行版本或者已有草稿相同"
	Busy Outcome = "已有调整申请在办理，没有存"
	Lost Outcome = "没有存"
)

// A Taken says what became of one arrival, and why.
type Taken struct {
	Outcome Outcome
	Item    items.ID
	Draft   ID
	Say     string
}

// Take keeps what came in one file of the import of that key, as drafts on the
// desk of the actor, each with its findings: all of them in one commit. What was
// taken before is known again, so that whoever is interrupted may begin anew. Fault:
// fault.Conflict if somebody opened one of the items meanwhile; ask again.
func (s *Service) Take(ctx context.Context, key, file string, all []Arrival, by identity.Actor) ([]Taken, error) {
	t := taking{Service: s, key: key, file: file, by: by}
	if err := t.survey(ctx, all); err != nil {
		return nil, err
	}
	for _, a := range all {
		if err := t.one(ctx, a); err != nil {
			return nil, err
		}
	}
	if len(t.new) == 0 {
		return t.taken, nil
	}
	return t.taken, s.Store.AddAll(ctx, t.new, t.facts)
}

// taking is the work on one batch.
type taking struct {
	*Service
	key, file string
	by        identity.Actor
	heads     map[items.ID]items.Head
	open      map[items.ID]ID

	new   []*Revision
	facts []Moved
	taken []Taken
}

func (t *taking) survey(ctx context.Context, all []Arrival) (err error) {
	names := map[items.ID]bool{}
	for _, a := range all {
		for _, id := range a.Of {
			names[id] = true
		}
		if a.Text != nil {
			names[a.Text.Item] = true
		}
	}
	var ids []items.ID
	for id := range maps.Keys(names) {
		ids = append(ids, id)
	}
	if t.heads, err = t.Items.Store.Heads(ctx, ids); err != nil {
		return err
	}
	t.open, err = t.Store.OpenAmong(ctx, ids)
	return err
}

func (t *taking) say(a Taken) { t.taken = append(t.taken, a) }

func (t *taking) one(ctx context.Context, a Arrival) error {
	if a.Text == nil {
		text, err := t.drawn(ctx, a)
		if err != nil || text == nil {
			return err
		}
		a.Text = text
	}
	sum, err := digest(a.Text)
	if err != nil {
		return err
	}
	base, err := t.base(ctx, a.Text)
	if err != nil {
		return err
	}
	switch id, open := t.open[a.Text.Item]; {
	case a.Text.Item == "":
		t.say(Taken{Outcome: Lost, Say: "没有事项标识"})
	case id == "" && open:
		t.say(Taken{Outcome: Lost, Item: a.Text.Item, Say: "文件里有两份，只存了前一份"})
	case open:
		return t.known(ctx, a.Text.Item, id, sum)
	case base != nil && len(changes(base, a.Text)) == 0:
		t.say(Taken{Outcome: Same, Item: a.Text.Item})
	default:
		return t.begin(a, base, sum)
	}
	return nil
}

// changes are the differences that matter to a draft.
func changes(base, text *items.Edition) []Difference {
	var all []Difference
	for _, d := range Diff(base, text) {
		if d.Path != "effective" {
			all = append(all, d)
		}
	}
	return all
}

// base is the latest edition of an item; nil if there is none.
func (t *taking) base(ctx context.Context, text *items.Edition) (*items.Edition, error) {
	last := t.heads[text.Item].Last
	if last == 0 {
		return nil, nil
	}
	return t.Items.Edition(ctx, text.Item, last)
}

// drawn is the latest edition of the item that a drawing names, with the drawing
// as its procedure.
func (t *taking) drawn(ctx context.Context, a Arrival) (*items.Edition, error) {
	for _, id := range a.Of {
		base, err := t.base(ctx, &items.Edition{Item: id})
		if err != nil || base == nil {
			if err != nil {
				return nil, err
			}
			continue
		}
		text := Clone(base)
		text.Procedure = *a.Drawing
		text.Procedure.ID, text.Procedure.Name = base.Procedure.ID, base.Procedure.Name
		return text, nil
	}
	t.say(Taken{Outcome: Lost, Say: "流程图没有对应的事项：文件名或者流程标识应是事项标识；也可以在草稿的“流程图”页上传"})
	return nil, nil
}

// known is an item that a revision is on its way for: the one this file opened
// before, or somebody else's.
func (t *taking) known(ctx context.Context, item items.ID, id ID, sum string) error {
	r, err := t.Store.Revision(ctx, id)
	if err != nil {
		return err
	}
	switch {
	case r.Imported == nil || r.Imported.Digest != sum:
		t.say(Taken{Outcome: Busy, Item: item, Draft: id, Say: "“" + r.Text.Name + "”已有一份调整申请正在办理，请在那一份上继续"})
	case r.Imported.Import == t.key:
		t.say(Taken{Outcome: Kept, Item: item, Draft: id})
	default:
		t.say(Taken{Outcome: Same, Item: item, Draft: id})
	}
	return nil
}

// begin opens the draft. An item there is stays with its agency; a new one from
// elsewhere lies on the importer's own desk until its agency is chosen.
func (t *taking) begin(a Arrival, base *items.Edition, sum string) error {
	now := t.Now()
	text := Clone(a.Text)
	text.State, text.Number = items.Draft, 0
	number, home := 0, Home(text.Region, t.by)
	if base != nil {
		text.Region, text.Agency, number, home = base.Region, base.Agency, base.Number, Home(base.Region, t.by)
	} else if home == "" {
		home = Reach(t.by)
	}
	start, err := t.start(a, text.Item, sum, now)
	if err != nil {
		return err
	}
	m, err := opening(ID(t.NewID()), start, number, text, home, t.Rules, t.by, now)
	if fault.Of(err) == fault.Forbidden && err != nil {
		t.say(Taken{Outcome: Lost, Item: text.Item, Say: fault.Say(err)})
		return nil
	}
	if err != nil {
		return err
	}
	r := &Revision{}
	if err := r.happen(&m); err != nil {
		return err
	}
	t.open[text.Item] = "" // known as there from now on
	t.new, t.facts = append(t.new, r), append(t.facts, m)
	t.say(Taken{Outcome: Kept, Item: text.Item, Draft: r.ID})
	return nil
}

// start is the beginning of a revision by what a file holds of an item, with what of it
// found no place.
func (t *taking) start(a Arrival, item items.ID, sum string, now time.Time) (Start, error) {
	rest, err := json.Marshal(a.Rest)
	if err != nil {
		return Start{}, fmt.Errorf("write what is left of %s: %w", item, err)
	}
	if len(a.Rest) == 0 {
		rest = nil
	}
	return Start{Item: item, Reason: Improved, Why: "从文件“" + t.file + "”导入", Imported: &Imported{
		Import: t.key, File: t.file, Place: a.Place, Digest: sum, Findings: a.Findings, Rest: rest, At: now}}, nil
}
