package papers

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"tongban/data"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// An Edition is the words of a form from a day on. It never changes: to go back
// to older words one publishes them again.
type Edition struct {
	Form   Key
	Number int // from 1 in each form; 1 ships with the program, and so do those from Shipping on
	Text   string
	From   calendar.Day // the first day on which papers are given with it
	Why    string
	By     string // who published it
	At     time.Time
}

// Store keeps the editions that people published.
type Store interface {
	// Editions are all of them, by form and number.
	Editions(context.Context) ([]Edition, error)
	// Add keeps a new one; one of the same form and number is a Conflict.
	Add(context.Context, Edition) error
	// Voids are the explained numbers of a year; Explain keeps another, once.
	Voids(ctx context.Context, year int) ([]Void, error)
	Explain(context.Context, Void) error
}

// A Book is all editions of all forms. Those of the store are read again after
// a few seconds; a paper given in between keeps the number of what it was given with.
type Book struct {
	Store Store // nil: only what ships with the program
	Now   func() time.Time

	mu   sync.Mutex
	all  map[Key][]Edition
	read time.Time

	templates sync.Map // of named to Template
}

// fresh is how long a Book goes by what it read.
const fresh = 5 * time.Second

type named struct {
	form   Key
	number int
}

// Shipping is where the numbers of editions begin that ship with the program after
// the first, so that those of a city go on from 2 whatever it runs.
const Shipping = 1000

// Name is the edition as people call it.
func (e Edition) Name() string {
	if e.Number > Shipping {
		return fmt.Sprintf("平台第%d版", e.Number-Shipping)
	}
	return fmt.Sprintf("第%d版", e.Number)
}

// shipped reads the editions of every form that ship: the first, and what follows it
// in files with its number, as in not-needed.2.txt.
var shipped = sync.OnceValues(func() (map[Key][]Edition, error) {
	all := map[Key][]Edition{}
	for _, f := range Forms {
		text, err := fs.ReadFile(data.Papers, "papers/"+string(f.Key)+".txt")
		if err != nil {
			return nil, fmt.Errorf("words of %s: %w", f.Key, err)
		}
		all[f.Key] = []Edition{{Form: f.Key, Number: 1, Text: strings.TrimSpace(string(text)), Why: "随平台提供", By: "平台"}}
		for n := 2; ; n++ {
			text, err := fs.ReadFile(data.Papers, fmt.Sprintf("papers/%s.%d.txt", f.Key, n))
			if err != nil {
				break // there are no more
			}
			all[f.Key] = append(all[f.Key], Edition{Form: f.Key, Number: Shipping + n, Text: strings.TrimSpace(string(text)), Why: "随平台提供，依法修改了用语", By: "平台"})
		}
	}
	return all, nil
})

// only is the book of what ships with the program.
var only Book

// Shipped is the book of what ships with the program.
func Shipped() *Book { return &only }

// editions are those of a form, oldest first; anew reads them again first.
func (b *Book) editions(ctx context.Context, key Key, anew bool) ([]Edition, error) {
	first, err := shipped()
	if err != nil || b.Store == nil {
		return first[key], err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if !anew && b.all != nil && b.Now().Sub(b.read).Abs() < fresh {
		return b.all[key], nil
	}
	more, err := b.Store.Editions(ctx)
	if err != nil {
		return nil, err
	}
	all := map[Key][]Edition{}
	for form, list := range first {
		all[form] = slices.Clone(list)
	}
	for _, e := range more {
		all[e.Form] = append(all[e.Form], e)
	}
	b.all, b.read = all, b.Now()
	return all[key], nil
}

// InForce is the number of the edition with which papers are given on day: of
// those that have begun the last one published.
func (b *Book) InForce(ctx context.Context, key Key, day calendar.Day) (int, error) {
	list, err := b.editions(ctx, key, false)
	number := 1
	for _, e := range list {
		if e.From <= day {
			number = e.Number
		}
	}
	return number, err
}

// Template is the words of one edition, read. Fault: papers.none.
func (b *Book) Template(ctx context.Context, key Key, number int) (Template, error) {
	name := named{key, max(1, number)}
	if t, ok := b.templates.Load(name); ok {
		return t.(Template), nil
	}
	e, err := b.Edition(ctx, key, name.number)
	if err != nil {
		return Template{}, err
	}
	form, _ := FormOf(key)
	t, err := form.Read(e.Text)
	if err != nil {
		return Template{}, fmt.Errorf("words of %s edition %d: %w", key, number, err)
	}
	b.templates.Store(name, t)
	return t, nil
}

// Edition is one edition. Fault: papers.none.
func (b *Book) Edition(ctx context.Context, key Key, number int) (Edition, error) {
	for _, anew := range []bool{false, true} {
		list, err := b.editions(ctx, key, anew)
		if err != nil {
			return Edition{}, err
		}
		if i := slices.IndexFunc(list, func(e Edition) bool { return e.Number == number }); i >= 0 {
			return list[i], nil
		}
	}
	return Edition{}, fault.New(fault.NotFound, "papers.none", "没有这一版文书模板")
}

// Editions are all editions of a form, newest first.
func (b *Book) Editions(ctx context.Context, key Key) ([]Edition, error) {
	list, err := b.editions(ctx, key, true)
	list = slices.Clone(list)
	slices.Reverse(list)
	return list, err
}

// Publish puts new words in force from a day on, today at the earliest. Only an
// administrator may. Faults: papers.publish.role, papers.form, papers.publish,
// papers.text and what Read finds.
func (b *Book) Publish(ctx context.Context, key Key, text, why string, from calendar.Day, by identity.Actor) (Edition, error) {
	if !by.Plays(identity.Admin) {
		return Edition{}, fault.New(fault.Forbidden, "papers.publish.role", "文书模板由系统管理员维护，您没有这个权限")
	}
	form, ok := FormOf(key)
	if !ok {
		return Edition{}, fault.New(fault.NotFound, "papers.form", "没有这种文书")
	}
	if _, err := form.Read(text); err != nil {
		return Edition{}, err
	}
	list, err := b.editions(ctx, key, true)
	if err != nil {
		return Edition{}, err
	}
	e := Edition{key, next(list), strings.TrimSpace(text), from, why, by.Name, b.Now().UTC()}
	if err := e.check(calendar.DayOf(b.Now()), list[len(list)-1]); err != nil {
		return Edition{}, err
	}
	if err := b.Store.Add(ctx, e); err != nil {
		return Edition{}, err
	}
	_, err = b.editions(ctx, key, true)
	return e, err
}

// next is the number of the city's next edition.
func next(list []Edition) int {
	last := 1
	for _, e := range list {
		if e.Number < Shipping {
			last = max(last, e.Number)
		}
	}
	return last + 1
}

// check judges an edition beside the last one.
func (e Edition) check(today calendar.Day, last Edition) error {
	bad := fault.New(fault.Invalid, "papers.publish", "还有内容需要修改")
	if e.Why == "" {
		bad = bad.At("why", "required", "请写明为什么修改")
	}
	if e.From < today {
		bad = bad.At("from", "past", "生效日期不能早于今天")
	}
	if e.From < last.From {
		bad = bad.At("from", "order", "%s自%s起生效，新版不能早于它", last.Name(), last.From.Han())
	}
	if e.Text == last.Text {
		bad = bad.At("text", "same", "与%s完全相同，没有修改", last.Name())
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}
