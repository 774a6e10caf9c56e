package cases

import (
	"context"
	"slices"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/engine/flow"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// Case shows one case to someone who may see it. To anyone else there is no
// such case, so that numbers cannot be tried out.
func (s *Service) Case(ctx context.Context, id ID, by identity.Actor) (*Case, error) {
	c, err := s.Store.Case(ctx, id)
	if err == nil && !c.Visible(by) {
		return nil, None(string(id))
	}
	return c, err
}

// ByNumber is Case by the number people know, however they typed its letters.
func (s *Service) ByNumber(ctx context.Context, number string, by identity.Actor) (*Case, error) {
	if number = strings.ToUpper(strings.TrimSpace(number)); !numberlike(number) {
		return nil, None(number)
	}
	c, err := s.Store.ByNumber(ctx, number)
	if err == nil && !c.Visible(by) {
		return nil, None(number)
	}
	return c, err
}

// numberlike reports whether a text can be a case number, which ends in the day and a
// serial of four digits (NumberStem). Lists are asked for names far more often, and for
// nothing at all: that needs no question to the database.
func numberlike(text string) bool {
	return len(text) > len("202601020001") && strings.Trim(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// Event is a fact of a case with its hash in the chain.
type Event struct {
	Moved
	Hash    string
	Changes []Change // of the form, as whoever asked for the history may see them
}

// History is everything that happened to the case, in order, as the database has it.
func (s *Service) History(ctx context.Context, id ID, by identity.Actor) ([]Event, error) {
	c, err := s.Case(ctx, id, by)
	if err != nil {
		return nil, err
	}
	records, err := s.Store.History(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.history(ctx, c, records, by)
}

// HistoryOf is the history of a case as it was read, for those who may see it. What
// its facts say is shared with others who look at them: nobody changes it.
func (s *Service) HistoryOf(ctx context.Context, c *Case, by identity.Actor) ([]Event, error) {
	if !c.Visible(by) {
		return nil, None(c.Number)
	}
	records, err := s.Store.HistoryOf(ctx, c)
	if err != nil {
		return nil, err
	}
	return s.history(ctx, c, records, by)
}

func (s *Service) history(ctx context.Context, c *Case, records []event.Record, by identity.Actor) ([]Event, error) {
	list, err := events(records)
	if err != nil {
		return nil, err
	}
	return list, s.tellChanges(ctx, c, list, by)
}

// Histories are the histories of those of several cases that the actor may see.
func (s *Service) Histories(ctx context.Context, several []*Case, by identity.Actor) (map[ID][]Event, error) {
	var ids []ID
	for _, c := range several {
		if c.Visible(by) {
			ids = append(ids, c.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	records, err := s.Store.Histories(ctx, ids)
	all := make(map[ID][]Event, len(ids))
	for id, facts := range records {
		if all[id], err = events(facts); err != nil {
			return nil, err
		}
	}
	return all, err
}

func events(records []event.Record) ([]Event, error) {
	list := make([]Event, len(records))
	for i, r := range records {
		m, err := event.Read[Moved](r)
		if err != nil {
			return nil, err
		}
		list[i] = Event{Moved: m, Hash: r.Hash}
	}
	return list, nil
}

// told is what happened to a case, each with what it is to be applied by.
func (s *Service) told(ctx context.Context, c *Case) ([]Event, []Frame, error) {
	records, err := s.Store.HistoryOf(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	return s.framed(ctx, pinned{}, records)
}

// framed reads what happened to a case from when it was pinned to from.
func (s *Service) framed(ctx context.Context, from pinned, records []event.Record) ([]Event, []Frame, error) {
	list, err := events(records)
	if err != nil {
		return nil, nil, err
	}
	frames, err := s.frames(ctx, from, list)
	return list, frames, err
}

// As is the case as it stood after its first n facts: what a paper given then
// says, it says for ever.
func (s *Service) As(ctx context.Context, c *Case, n int64) (*Case, []Event, error) {
	list, frames, err := s.told(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	if i := slices.IndexFunc(list, func(e Event) bool { return e.Seq > n }); i >= 0 {
		list = list[:i]
	}
	then := &Case{Number: c.Number}
	return then, list, then.follow(list, frames)
}

// follow makes facts true of a case, one after the other.
func (c *Case) follow(list []Event, frames []Frame) error {
	for i, e := range list {
		if err := c.Apply(e.Moved, frames[i]); err != nil {
			return err
		}
	}
	return nil
}

// Onward makes facts true of a case that stands where they begin: all of them of an empty
// one, which is how a case is read off the shelf, or those that another replica added
// since the case was read. If that fails the case is of no use any more.
func (s *Service) Onward(ctx context.Context, c *Case, facts []event.Record) error {
	list, frames, err := s.framed(ctx, pinned{c.Item, c.Edition}, facts)
	if err != nil {
		return err
	}
	if err := c.follow(list, frames); err != nil {
		return err
	}
	last := facts[len(facts)-1]
	c.Head = event.Head{Seq: last.Seq, Hash: last.Hash}
	return nil
}

// List is a page of cases that the actor may see; whose list it is must be the
// actor's own to ask for.
func (s *Service) List(ctx context.Context, f Filter, by identity.Actor) ([]Row, error) {
	if !mayList(f, by) {
		return nil, fault.New(fault.Forbidden, "cases.list.reach", "您没有查看这份清单的权限")
	}
	f.Limit = page(f.Limit)
	rows, err := s.Store.List(ctx, f)
	if err != nil {
		return nil, err
	}
	return rows, s.called(ctx, rows)
}

// called tells what kind the refused ones of a list are of: a refusal is called by it.
func (s *Service) called(ctx context.Context, rows []Row) error {
	for i, r := range rows {
		if r.State != Denied {
			continue
		}
		e, err := s.Editions.Edition(ctx, r.Item, r.Edition)
		if err != nil {
			return err
		}
		rows[i].Kind = e.Type
	}
	return nil
}

// Open is List with all that is on file about each case: for the few that a
// page looks into.
func (s *Service) Open(ctx context.Context, f Filter, by identity.Actor) ([]Listed, error) {
	if !mayList(f, by) {
		return nil, fault.New(fault.Forbidden, "cases.list.reach", "您没有查看这份清单的权限")
	}
	f.Limit = page(f.Limit)
	return s.Store.Open(ctx, f)
}

// After walks all cases in the order of their keys; only the program does so.
func (s *Service) After(ctx context.Context, after ID, limit int, by identity.Actor) ([]ID, error) {
	if !by.Plays(identity.System) {
		return nil, fault.New(fault.Forbidden, "cases.list.reach", "您没有查看这份清单的权限")
	}
	return s.Store.IDs(ctx, after, limit)
}

func mayList(f Filter, by identity.Actor) bool {
	switch {
	case f.Party != "":
		return f.Party == by.Party
	case f.Queue != "":
		return by.In(identity.Window, func(p identity.Post) bool { return p.Serves(f.Queue) })
	case f.Issue != "":
		return by.In(identity.Window, func(p identity.Post) bool { return p.Serves(f.Issue) })
	case f.Agency != "":
		return by.In("", func(p identity.Post) bool {
			return p.Agency == f.Agency && p.Role != identity.Items && p.Role != identity.Admin
		})
	case f.Watch != "":
		return by.In(identity.Supervisor, func(p identity.Post) bool { return p.Serves(f.Watch) })
	case f.Region != "":
		return by.In(identity.Supervisor, func(p identity.Post) bool { return p.Serves(f.Region) })
	}
	return false
}

// Inbox is the open work for one of the actor's posts: what nobody has taken,
// or what the actor has.
func (s *Service) Inbox(ctx context.Context, post identity.Post, mine bool, after string, limit int, by identity.Actor) ([]WorkRow, error) {
	return s.SearchInbox(ctx, post, mine, "", after, limit, by)
}

// SearchInbox is Inbox with only what is called, or of whom, or numbered as find says.
func (s *Service) SearchInbox(ctx context.Context, post identity.Post, mine bool, find, after string, limit int, by identity.Actor) ([]WorkRow, error) {
	if !by.Holds(post.Role, post.Agency) {
		return nil, fault.New(fault.Forbidden, "cases.inbox.post", "您没有这个岗位")
	}
	t := Tray{Agency: post.Agency, Role: string(post.Role), Find: find, After: after, Limit: page(limit)}
	if mine {
		t.Account = by.Account
	}
	if mine && post.For != "" { // what the one who is away has taken
		if !slices.Contains(by.Posts, post) {
			return nil, fault.New(fault.Forbidden, "cases.inbox.post", "您没有这个岗位")
		}
		t.Account = post.For
	}
	return s.Store.Inbox(ctx, t)
}

func page(limit int) int {
	if limit <= 0 || limit > 200 {
		return 50
	}
	return limit
}

// Earlier lists the steps to which a piece of work may be sent back.
func (s *Service) Earlier(ctx context.Context, c *Case, w flow.Work) ([]flow.Node, error) {
	f, err := s.Frame(ctx, c)
	if err != nil {
		return nil, err
	}
	return f.Procedure.Earlier(c.Flow, w.ID), nil
}
