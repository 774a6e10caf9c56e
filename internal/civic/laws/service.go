package laws

import (
	"context"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// Service is the door of the room. The codex is held in memory and made again
// when its version has changed.
type Service struct {
	Store Store
	Now   func() time.Time

	held sqldb.Kept[*Codex]
}

// Store keeps articles.
type Store interface {
	// Version rises with every change.
	Version(ctx context.Context) (int64, error)
	// Citations reads every article with at most the first character of its text.
	Citations(ctx context.Context) ([]Article, error)
	// Put keeps articles, new ones or in place of those of the same law, version
	// and number, all or none.
	Put(ctx context.Context, all []Article) error
	// Find lists articles that answer every word, in the order of their laws, after
	// the given one.
	Find(ctx context.Context, words []Word, after Article, limit int) ([]Article, error)
	// Law reads a law under any of these names, its newest version first, in order.
	Law(ctx context.Context, names []string) ([]Article, error)
}

// Codex is what may be cited, as of at most a second ago. It is shared: do not
// change it.
func (s *Service) Codex(ctx context.Context) (*Codex, error) {
	return s.held.Get(ctx, s.Now(), s.Store.Version, s.read)
}

func (s *Service) read(ctx context.Context) (*Codex, error) {
	all, err := s.Store.Citations(ctx)
	return NewCodex(all), err
}

// Begin furnishes a register that is empty; one that is not is left alone.
func (s *Service) Begin(ctx context.Context, all []Article) error {
	codex, err := s.Codex(ctx)
	if err != nil || codex.Len() > 0 {
		return err
	}
	return s.put(ctx, all)
}

// Import keeps the articles of a reading: all or nothing, unless good asks for
// those lines that are sound. Who keeps items may do it, and says how many came.
// Faults: laws.import.authority, laws.import.bad.
func (s *Service) Import(ctx context.Context, r *Reading, good bool, by identity.Actor) (int, error) {
	if !mayKeep(by) {
		return 0, fault.New(fault.Forbidden, "laws.import.authority", "只有事项管理和审核人员可以维护法条库")
	}
	if len(r.Faults) > 0 && !good {
		return 0, fault.New(fault.Invalid, "laws.import.bad", "有%d处错误，一条也没有导入；请改正后再导入，或者只导入没有错误的行", len(r.Faults))
	}
	return len(r.Articles), s.put(ctx, r.Articles)
}

func mayKeep(by identity.Actor) bool {
	return by.Plays(identity.Items) || by.Plays(identity.Auditor) || by.Plays(identity.System) || by.Plays(identity.Admin)
}

func (s *Service) put(ctx context.Context, all []Article) error {
	if len(all) == 0 {
		return nil
	}
	if err := s.Store.Put(ctx, all); err != nil {
		return err
	}
	s.held.Doubt()
	return nil
}

// Find lists articles that answer every word of a question: by their law, number
// or text (食品安全 三十五), by the initials, pinyin or short name of their law
// (spaqf 35, 食安法第35条). An empty question lists all, after the one given.
func (s *Service) Find(ctx context.Context, question string, after Article, limit int) ([]Article, error) {
	codex, err := s.Codex(ctx)
	if err != nil {
		return nil, err
	}
	return s.Store.Find(ctx, codex.wordsOf(question), after, min(max(limit, 1), 200))
}

// Law is a law with all its articles, the newest version first, under whatever
// name people know it: laws.none if there is none.
func (s *Service) Law(ctx context.Context, name string) ([]Article, error) {
	title := Title(name)
	all, err := s.Store.Law(ctx, []string{title, republic + title, name})
	if err == nil && len(all) == 0 {
		return nil, fault.New(fault.NotFound, "laws.none", "法条库里没有这部法律，请核对名称")
	}
	return all, err
}

// Citation is the article as it is cited: 《食品安全法》第三十五条.
func (a Article) Citation() string { return "《" + a.Law + "》" + a.Article }
