package themes

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// same reports whether two editions say the same.
func (t *Theme) same(o *Theme) bool {
	a, b := *t, *o
	a.Number, b.Number = 0, 0
	x, errA := json.Marshal(a)
	y, errB := json.Marshal(b)
	return errA == nil && errB == nil && bytes.Equal(x, y)
}

// Begin opens a draft of a theme: of the edition in force, or of a new theme of
// that name.
func (s *Service) Begin(ctx context.Context, id ID, name string, by identity.Actor) (*Draft, error) {
	return s.begin(ctx, id, by, func(latest *Theme) (*Theme, error) {
		if latest == nil {
			return &Theme{ID: id, Name: name, Class: Local}, fault.Together(id.Check(), named(name))
		}
		copied := *latest
		copied.Number = 0
		return &copied, id.free(latest, name)
	})
}

// identifiers are those that can stand in an address.
var identifiers = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Check refuses what cannot stand in an address.
func (id ID) Check() error {
	wrong := fault.New(fault.Invalid, "themes.open.id", "请填写一件事的标识，用小写字母和短横线")
	switch {
	case strings.TrimSpace(string(id)) == "":
		return wrong.At("id", "required", "请填写标识")
	case len(id) > 60 || !identifiers.MatchString(string(id)):
		return wrong.At("id", "shape", "标识只能用小写字母、数字和短横线，不超过60个字符，例如 open-restaurant")
	}
	return nil
}

// free refuses an identifier that another theme has; without a name the next edition
// of that theme is meant.
func (id ID) free(latest *Theme, name string) error {
	if name == "" || bare(name) == latest.Name {
		return nil
	}
	return fault.New(fault.Invalid, "themes.open.taken", "这个标识已经有一件事在用").At("id", "taken", "“%s”是“%s”的标识，请换一个；要修改它，请在列表里按“编制新版”", id, latest.Name)
}

func named(name string) error {
	if strings.TrimSpace(name) == "" {
		return fault.New(fault.Invalid, "themes.open.name", "请填写一件事的名称").At("name", "required", "请填写名称，例如：开饭店")
	}
	return nil
}

// BeginWith opens a draft with a text that a city's scheme gives (一件事方案), also of a
// theme that is in force.
func (s *Service) BeginWith(ctx context.Context, id ID, text *Theme, by identity.Actor) (*Draft, error) {
	if err := id.Check(); err != nil {
		return nil, err
	}
	return s.begin(ctx, id, by, func(*Theme) (*Theme, error) {
		next := *text
		next.ID, next.Number, next.Class = id, 0, cmp.Or(text.Class, Local)
		return &next, nil
	})
}

// begin opens a draft with the text that is made of the latest edition, nil of a
// new theme.
func (s *Service) begin(ctx context.Context, id ID, by identity.Actor, text func(latest *Theme) (*Theme, error)) (*Draft, error) {
	return s.Store.Change(ctx, id, func(d *Draft) (Moved, *Theme, error) {
		m, err := d.move(Open, by, s.Now())
		if err != nil {
			if d.Asked != "" && d.Asked == asked(by) {
				return Moved{}, nil, nil
			}
			return m, nil, d.atWork(err)
		}
		history, err := s.History(ctx, id)
		if err != nil {
			return m, nil, err
		}
		var latest *Theme
		if len(history) > 0 {
			latest, m.Number = history[0], history[0].Number
		}
		if m.text, err = text(latest); err != nil {
			return m, nil, err
		}
		m.text.settle(by)
		m.Name = m.text.Name
		return m, nil, nil
	})
}

// atWork tells who would begin a draft that somebody is at one.
func (d *Draft) atWork(err error) error {
	if fault.Of(err) != fault.Conflict || d.Text == nil {
		return err
	}
	return fault.New(fault.Conflict, "themes.open.state", "这个标识已经有一份草稿").At("id", "taken", "“%s”已有“%s”的草稿（%s），请在列表里打开它；要另编一件事，请换一个标识", d.ID, d.Text.Name, d.State.Han())
}

// settle gives a theme its place, without which no window would find what is applied
// for: that of whoever writes it, unless it has one. Its name is called a matter (一件事)
// wherever it stands, and does not say so itself.
func (t *Theme) settle(by identity.Actor) {
	t.Region = cmp.Or(t.Region, seatOf(by), postedTo(by))
	t.Name = bare(t.Name)
}

// bare is a name without the words and the quotes that every theme has around it; a
// quote within stays.
func bare(name string) string {
	short := strings.TrimSuffix(strings.TrimSpace(name), "一件事")
	for _, quotes := range []string{"“”", "\"\""} {
		marks := []rune(quotes)
		inner, opened := strings.CutPrefix(short, string(marks[0]))
		inner, closed := strings.CutSuffix(inner, string(marks[1]))
		if opened && closed && !strings.ContainsAny(inner, quotes) {
			short = inner
		}
	}
	return cmp.Or(short, name)
}

// postedTo is the division of somebody's first post.
func postedTo(by identity.Actor) string {
	if len(by.Posts) == 0 {
		return ""
	}
	return by.Posts[0].Region
}

// Save keeps a further wording of the draft. version is the one the page showed.
func (s *Service) Save(ctx context.Context, id ID, version int64, text *Theme, by identity.Actor) (*Draft, error) {
	return s.do(ctx, id, Save, version, by, func(d *Draft, m *Moved) (*Theme, error) {
		next := *text
		next.ID, next.Number, next.Names, next.Fields = id, 0, d.Text.judged(text.Names, by.Name), d.Text.joinedBy(text.Fields, by.Name)
		next.settle(by)
		m.text, m.Name = &next, next.Name
		return nil, nil
	})
}

// judged are answers about names, each with who gave it: what stood there before
// stays theirs who said it.
func (t *Theme) judged(said []Same, by string) []Same {
	all := slices.Clone(said)
	for i, s := range all {
		all[i].By = by
		for _, before := range t.Names {
			if slices.Equal(before.Names, s.Names) && before.As == s.As && before.Apart == s.Apart {
				all[i].By = before.By
			}
		}
	}
	return all
}

// joinedBy is judged for fields.
func (t *Theme) joinedBy(said []Joined, by string) []Joined {
	all := slices.Clone(said)
	for i, j := range all {
		all[i].By = by
		for _, before := range t.Fields {
			if before.As == j.As && slices.Equal(before.Fields, j.Fields) {
				all[i].By = before.By
			}
		}
	}
	return all
}

// Judge keeps what a person says of several names of materials: that they mean
// one paper, called as; or, with an empty as, that they do not.
func (s *Service) Judge(ctx context.Context, id ID, version int64, names []string, as string, by identity.Actor) (*Draft, error) {
	if len(names) < 2 {
		return nil, fault.New(fault.Invalid, "themes.confirm.names", "请选择至少两个名称")
	}
	return s.do(ctx, id, Confirm, version, by, func(d *Draft, m *Moved) (*Theme, error) {
		next := *d.Text
		next.Names = append(slices.Clone(next.Names), Same{Names: names, As: as, Apart: as == "", By: by.Name})
		m.text, m.Name = &next, next.Name
		return nil, nil
	})
}

// Submit reports the draft for review, if nothing stands in its way.
func (s *Service) Submit(ctx context.Context, id ID, version int64, by identity.Actor) (*Draft, error) {
	return s.do(ctx, id, Submit, version, by, func(d *Draft, m *Moved) (*Theme, error) {
		m.Name = d.Text.Name
		return nil, s.sound(ctx, d.Text)
	})
}

// Return sends the draft back with reasons.
func (s *Service) Return(ctx context.Context, id ID, version int64, why string, by identity.Actor) (*Draft, error) {
	return s.do(ctx, id, Return, version, by, func(d *Draft, m *Moved) (*Theme, error) {
		if m.Name, m.Say = d.Text.Name, strings.TrimSpace(why); m.Say == "" {
			return nil, fault.New(fault.Invalid, "themes.return.say", "请写明理由，让对方知道怎么改").At("say", "required", "请写明理由")
		}
		return nil, nil
	})
}

// Publish makes the draft the next edition of its theme, in force from today.
func (s *Service) Publish(ctx context.Context, id ID, version int64, by identity.Actor) (*Draft, error) {
	return s.do(ctx, id, Publish, version, by, func(d *Draft, m *Moved) (*Theme, error) {
		if err := s.sound(ctx, d.Text); err != nil {
			return nil, err
		}
		history, err := s.History(ctx, id)
		if err != nil {
			return nil, err
		}
		number := 1
		if len(history) > 0 {
			number = history[0].Number + 1
		}
		if number != d.Base+1 {
			return nil, fault.New(fault.Conflict, "themes.publish.base", "这件事已有更新的版本发布，请在新版本上重新编制")
		}
		next := *d.Text
		next.settle(by)
		m.Name, m.Number = next.Name, number
		return dated(&next, number, s.today()), nil
	})
}

// sound composes the text and refuses what could not be published.
func (s *Service) sound(ctx context.Context, t *Theme) error {
	c, err := s.Compose(ctx, t)
	if err != nil {
		return err
	}
	found, err := s.Findings(ctx, c)
	if err != nil {
		return err
	}
	return check(t, found)
}

// do makes a move of a draft. The same request asked again does nothing again.
func (s *Service) do(ctx context.Context, id ID, act Act, version int64, by identity.Actor, judge func(*Draft, *Moved) (*Theme, error)) (*Draft, error) {
	defer s.held.Doubt()
	return s.Store.Change(ctx, id, func(d *Draft) (Moved, *Theme, error) {
		if d.Text == nil {
			return Moved{}, nil, None(id)
		}
		if d.Asked != "" && d.Asked == asked(by) {
			return Moved{}, nil, nil
		}
		m, err := d.move(act, by, s.Now())
		if err != nil {
			return m, nil, err
		}
		if version != d.Head.Seq {
			return m, nil, fault.New(fault.Conflict, "themes.stale", "这份草稿在您打开以后已被他人修改，请刷新后再试")
		}
		published, err := judge(d, &m)
		return m, published, err
	})
}
