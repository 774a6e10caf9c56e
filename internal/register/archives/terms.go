package archives

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// Terms are how long what is archived is kept (保管期限表), and the fact that they were
// laid down: the locality draws the table up within 永久、定期30年、定期10年 and has its
// archives bureau agree (国家档案局令第8号; DA/T 85-2019 leaves the list to the locality).
// What is on the shelf already keeps the term it was taken in with.
type Terms struct {
	Kinds   map[string]Keep `json:"kinds"`           // by type of item, such as 行政许可
	Items   map[string]Keep `json:"items,omitempty"` // by item, whatever its type
	Reason  string          `json:"reason"`
	Account string          `json:"account"`
	Name    string          `json:"name"`
	At      time.Time       `json:"at"`
}

// FactName is the name listeners ask for.
func (Terms) FactName() string { return "archives.termed" }

// ShippedTerms are those before anybody laid some down: permits as long as their effect
// may be asked about, the rest ten years.
var ShippedTerms = Terms{Kinds: map[string]Keep{"行政许可": Thirty}, Reason: "程序自带"}

// Keeps are the terms that there are, the longest first.
var Keeps = []Keep{Forever, Thirty, Ten}

// Of is the term of what was handled of an item.
func (t Terms) Of(kind, item string) Keep {
	for _, k := range []Keep{t.Items[item], t.Kinds[kind]} {
		if k != "" {
			return k
		}
	}
	return Ten
}

// ReadKeeps reads terms of items as an administrator writes them, one a line: the item
// and its term. Fault: archives.terms, at items; the item whose term cannot be read then
// has none, so that the terms cannot be laid down.
func ReadKeeps(text string) (map[string]Keep, error) {
	all := map[string]Keep{}
	for i, line := range slices.Collect(strings.Lines(text)) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		at := slices.IndexFunc(Keeps, func(k Keep) bool { return len(words) == 2 && (k.Han() == words[1] || string(k) == words[1]) })
		if at < 0 {
			all[words[0]] = ""
			return all, fault.New(fault.Invalid, "archives.terms", "保管期限没有保存，请改正后再提交").
				At("items", "form", "第%d行不是“事项编号 期限”，期限写永久、定期30年或者定期10年", i+1)
		}
		all[words[0]] = Keeps[at]
	}
	return all, nil
}

// WriteKeeps writes what ReadKeeps reads.
func WriteKeeps(all map[string]Keep) string {
	var b strings.Builder
	for _, item := range slices.Sorted(maps.Keys(all)) {
		fmt.Fprintf(&b, "%s %s\n", item, all[item].Han())
	}
	return b.String()
}

func (t Terms) check(kinds []string, known func(item string) (bool, error)) error {
	bad := fault.New(fault.Invalid, "archives.terms", "保管期限没有保存，请改正后再提交")
	for _, name := range slices.Sorted(maps.Keys(t.Kinds)) {
		if k := t.Kinds[name]; !slices.Contains(kinds, name) {
			bad = bad.At("kinds."+name, "unknown", "没有“%s”这种事项类型，请从%s里选", name, strings.Join(kinds, "、"))
		} else if k.Han() == "" {
			bad = bad.At("kinds."+name, "unknown", "请选择“%s”的保管期限", name)
		}
	}
	for _, item := range slices.Sorted(maps.Keys(t.Items)) {
		k := t.Items[item]
		is, err := known(item)
		if err != nil {
			return err
		}
		if !is {
			bad = bad.At("items", "unknown", "没有事项“%s”，请填写事项编号", item)
		} else if k.Han() == "" {
			bad = bad.At("items", "unknown", "请写明事项“%s”的保管期限", item)
		}
	}
	switch n := utf8.RuneCountInString(t.Reason); {
	case n == 0:
		bad = bad.At("basis", "required", "请写明依据，如档案主管部门的审查意见")
	case n > longestReason:
		bad = bad.At("basis", "long", "依据不超过%d字，请缩短", longestReason)
	}
	if len(fault.Fields(bad)) > 0 {
		return bad
	}
	return nil
}

// Terms are those in force.
func (s *Service) Terms(ctx context.Context) (Terms, error) {
	all, err := s.Store.Terms(ctx)
	return inForce(all), err
}

// inForce are the last of those that were laid down, or what ships.
func inForce(laid []Terms) Terms {
	if len(laid) == 0 {
		return ShippedTerms
	}
	return laid[len(laid)-1]
}

// LayTerms lays down terms, for what is archived from then on. Only administrators of
// the city may. Faults: archives.terms, archives.terms.role.
func (s *Service) LayTerms(ctx context.Context, t Terms, by identity.Actor) error {
	if !by.AdministersCity() {
		return fault.New(fault.Forbidden, "archives.terms.role", "保管期限由市级系统管理员制定")
	}
	if err := t.check(s.Kinds, func(item string) (bool, error) { return s.Known(ctx, item) }); err != nil {
		return err
	}
	all, err := s.Store.Terms(ctx)
	if err != nil {
		return err
	}
	t.Account, t.Name, t.At = by.Account, by.Name, event.Moment(s.Now())
	return s.Store.AddTerms(ctx, t, len(all))
}
