// Package projectstore keeps construction projects in SQL.
package projectstore

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/projects"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "projects", Files: files}

// Store is a projects.Store.
type Store struct {
	DB   *sqldb.DB
	Post *event.Post
}

var _ projects.Store = (*Store)(nil)

// Add keeps a new project.
func (s *Store) Add(ctx context.Context, m projects.Moved) (*projects.Project, error) {
	p := &projects.Project{}
	p.Apply(m)
	var b sqldb.Batch
	if err := s.put(&b, p, m); err != nil {
		return nil, err
	}
	err := s.DB.Commit(ctx, &b)
	if sqldb.IsDuplicate(err) {
		return nil, fault.New(fault.Conflict, "projects.add.code", "这个项目代码已经登记")
	}
	if err != nil {
		return nil, fmt.Errorf("keep project: %w", err)
	}
	return p, nil
}

func (s *Store) put(b *sqldb.Batch, p *projects.Project, m projects.Moved) (err error) {
	before := p.Head
	if p.Head, err = s.Post.Record(b, p.ID.Stream(), before, m.At, m); err != nil {
		return err
	}
	body, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("write project %s: %w", p.ID, err)
	}
	asking := ""
	if day := p.Asking(); day != 0 {
		asking = day.String()
	}
	major := sqldb.Bool(p.Major != "")
	if before.Seq == 0 {
		b.Exec(`INSERT INTO projects_projects (id, code, party, region, major, asking, opened, body, head_seq, head_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			string(p.ID), p.Code, p.Applicant.Party, p.Region, major, asking, sqldb.Instant(p.Opened), string(body), p.Head.Seq, p.Head.Hash)
		for _, a := range p.Type.Agencies() {
			b.Exec(`INSERT INTO projects_agencies (agency, project) VALUES ($1, $2)`, a, string(p.ID))
		}
	} else {
		var kept string
		b.Row([]any{&kept}, `UPDATE projects_projects SET major = $1, asking = $2, body = $3, head_seq = $4, head_hash = $5 WHERE id = $6 AND head_seq = $7 RETURNING id`,
			major, asking, string(body), p.Head.Seq, p.Head.Hash, string(p.ID), before.Seq)
	}
	if m.Handover != nil {
		tell(b, p.ID, m.Handover.Untold())
	}
	if m.Filing != nil {
		link(b, p.ID, m.Filing)
	}
	return nil
}

// tell keeps who still has to be told of the last handover.
func tell(b *sqldb.Batch, id projects.ID, untold []string) {
	b.Exec(`DELETE FROM projects_told WHERE project = $1`, string(id))
	for _, account := range untold {
		b.Exec(`INSERT INTO projects_told (account, project) VALUES ($1, $2)`, account, string(id))
	}
}

// link keeps by which drafts, matters and cases the project is found.
func link(b *sqldb.Batch, id projects.ID, f *projects.Filing) {
	for kind, to := range map[string]string{"draft/": f.Draft, "joint/": string(f.Joint), "case/": string(f.Case)} {
		if to != "" {
			b.Exec(`INSERT INTO projects_links (link, project) VALUES ($1, $2) ON CONFLICT (link) DO NOTHING`, kind+to, string(id))
		}
	}
}

// Change loads, judges, and keeps.
func (s *Store) Change(ctx context.Context, id projects.ID, do func(*projects.Project) (projects.Moved, error)) (*projects.Project, error) {
	stale := fault.New(fault.Conflict, "projects.stale", "这个项目刚被他人处理，请刷新后再试")
	return event.Change(ctx, s.DB, stale, func() (*projects.Project, error) { return s.Project(ctx, id) }, func(p *projects.Project, _ *sqldb.Batch) (projects.Moved, error) { return do(p) }, s.put)
}

const columns = `SELECT body, head_seq, head_hash FROM projects_projects`

func scan(read func(...any) error) (*projects.Project, error) {
	p, head, err := event.Scan[projects.Project](read)
	if err == nil {
		p.Head = head
	}
	return p, err
}

func (s *Store) one(ctx context.Context, where string, args ...any) (*projects.Project, error) {
	return sqldb.One(ctx, s.DB, scan, projects.None(), columns+where, args...)
}

// Project reads one by its key.
func (s *Store) Project(ctx context.Context, id projects.ID) (*projects.Project, error) {
	return s.one(ctx, ` WHERE id = $1`, string(id))
}

// ByCode reads one by its code.
func (s *Store) ByCode(ctx context.Context, code string) (*projects.Project, error) {
	return s.one(ctx, ` WHERE code = $1`, code)
}

// ByLink reads the one that a draft, a joint case or a case belongs to.
func (s *Store) ByLink(ctx context.Context, link string) (*projects.Project, error) {
	return s.one(ctx, ` WHERE id = (SELECT project FROM projects_links WHERE link = $1)`, link)
}

// Linked asks for all at once.
func (s *Store) Linked(ctx context.Context, links []string) (map[string]bool, error) {
	marks, args := sqldb.In(links)
	return sqldb.Keys[string](ctx, s.DB, `SELECT link FROM projects_links WHERE link IN `+marks, args...)
}

// List is a page of projects, the newest first, by keyset.
func (s *Store) List(ctx context.Context, f projects.Filter) ([]*projects.Project, error) {
	var args []any
	mark := func(v any) string {
		args = append(args, v)
		return fmt.Sprintf("$%d", len(args))
	}
	var where string
	switch {
	case f.Party != "":
		where = `party = ` + mark(f.Party)
	case f.Told != "":
		where = `id IN (SELECT project FROM projects_told WHERE account = ` + mark(f.Told) + `)`
	case f.Region != "":
		stem := identity.Stem(f.Region)
		where = `region >= ` + mark(stem) + ` AND region < ` + mark(stem+":") // ':' follows '9'
	default:
		where = `id IN (SELECT project FROM projects_agencies WHERE agency = ` + mark(f.Agency) + `)`
	}
	if f.Major {
		where += ` AND major = 1`
	}
	if f.Asking {
		where += ` AND asking <> ''`
	}
	if at, id, ok := strings.Cut(f.After, "/"); ok {
		ms, err := strconv.ParseInt(at, 10, 64)
		if err != nil {
			return nil, fault.New(fault.Invalid, "projects.list.after", "分页位置不对，请从第一页开始看")
		}
		where += ` AND (opened, id) < (` + mark(ms) + `, ` + mark(id) + `)`
	}
	return sqldb.Rows(ctx, s.DB, scan, columns+` WHERE `+where+` ORDER BY opened DESC, id DESC LIMIT `+mark(f.Limit), args...)
}

// IDs lists keys in order.
func (s *Store) IDs(ctx context.Context, after projects.ID, limit int) ([]projects.ID, error) {
	return sqldb.Column[projects.ID](ctx, s.DB, `SELECT id FROM projects_projects WHERE id > $1 ORDER BY id LIMIT $2`, string(after), limit)
}

// History is the facts of a project in order.
func (s *Store) History(ctx context.Context, id projects.ID) ([]event.Record, error) {
	return s.Post.Stream(ctx, id.Stream())
}
