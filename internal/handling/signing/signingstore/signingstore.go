// Package signingstore keeps the second screens of counters, and what is signed on them, in SQL.
package signingstore

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"time"

	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/rekey"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/signing"
)

//go:embed schema
var files embed.FS

// Schema is the tables of this room.
var Schema = sqldb.Schema{Room: "signing", Files: files}

// Sealed are the columns of this room that are kept unreadable.
var Sealed = []rekey.Column{{Table: "signing_papers", Key: "id", Column: "body", About: aboutPaper}}

func aboutPaper(id string) string { return "signing/" + id }

// Vault makes papers unreadable outside the program.
type Vault interface {
	Seal(plain, about string) (string, error)
	Open(sealed, about string) (string, error)
}

// Store is a signing.Store.
type Store struct {
	DB    *sqldb.DB
	Post  *event.Post
	Vault Vault
}

var _ signing.Store = (*Store)(nil)

// Show keeps a new screen.
func (s *Store) Show(ctx context.Context, screen signing.Screen) error {
	body, err := json.Marshal(screen)
	if err != nil {
		return fmt.Errorf("write a screen down: %w", err)
	}
	var b sqldb.Batch
	begun := screen.Until.Add(-signing.CodeLasts)
	b.Exec(`DELETE FROM signing_screens WHERE session = '' AND lasts < $1`, sqldb.Instant(begun))
	b.Exec(`INSERT INTO signing_screens (id, shown, code, lasts, session, body, seq, hash) VALUES ($1, $2, $3, $4, '', $5, 0, '')`,
		screen.ID, screen.Key, screen.Code, sqldb.Instant(screen.Until), string(body))
	if err := s.DB.Commit(ctx, &b); sqldb.IsDuplicate(err) {
		return fault.New(fault.Conflict, "signing.show.code", "配对码重复，请再试一次")
	} else if err != nil {
		return err
	}
	return nil
}

const screenColumns = `shown, body, seq, hash`

// Screen finds a screen by its key.
func (s *Store) Screen(ctx context.Context, key string) (signing.Screen, error) {
	return s.screen(ctx, `SELECT `+screenColumns+` FROM signing_screens WHERE shown = $1`, key)
}

// Shown finds the screen that shows a code.
func (s *Store) Shown(ctx context.Context, code string) (signing.Screen, error) {
	return s.screen(ctx, `SELECT `+screenColumns+` FROM signing_screens WHERE code = $1 AND session = ''`, code)
}

func (s *Store) screen(ctx context.Context, query, arg string) (signing.Screen, error) {
	return sqldb.One(ctx, s.DB, scanScreen, fault.New(fault.NotFound, "signing.screen.unknown", "这块屏还没有登记，请按“显示配对码”"), query, arg)
}

// With lists the screens of a session.
func (s *Store) With(ctx context.Context, session string) ([]signing.Screen, error) {
	return sqldb.Rows(ctx, s.DB, scanScreen, `SELECT `+screenColumns+` FROM signing_screens WHERE session = $1 AND session <> '' ORDER BY id DESC`, session)
}

// Bind keeps a screen as it was paired or let go.
func (s *Store) Bind(ctx context.Context, screen signing.Screen, at time.Time, fact event.Fact) error {
	body, err := json.Marshal(screen)
	if err != nil {
		return fmt.Errorf("write a screen down: %w", err)
	}
	var b sqldb.Batch
	head, err := s.Post.Record(&b, "screen/"+screen.ID, event.Head{Seq: screen.Seq, Hash: screen.Hash}, at, fact)
	if err != nil {
		return err
	}
	b.Exec(`UPDATE signing_screens SET code = $1, session = $2, body = $3, seq = $4, hash = $5 WHERE id = $6`, screen.ID, screen.Session, string(body), head.Seq, head.Hash, screen.ID)
	if err := s.DB.Commit(ctx, &b); sqldb.IsDuplicate(err) {
		return fault.New(fault.Conflict, "signing.bind.stale", "这块屏刚刚有人操作过，请刷新后再看")
	} else if err != nil {
		return err
	}
	return nil
}

// Put keeps a paper and the fact of what happened to it.
func (s *Store) Put(ctx context.Context, p signing.Paper, fact event.Fact) (signing.Paper, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return p, fmt.Errorf("write a paper down: %w", err)
	}
	body, err := s.Vault.Seal(string(text), aboutPaper(p.ID))
	if err != nil {
		return p, fmt.Errorf("seal a paper: %w", err)
	}
	var b sqldb.Batch
	head, err := s.Post.Record(&b, "signing/"+p.ID, event.Head{Seq: p.Seq, Hash: p.Hash}, p.Done, fact)
	if err != nil {
		return p, err
	}
	b.Exec(`INSERT INTO signing_papers (id, screen, waiting, sent, body, seq, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET waiting = excluded.waiting, body = excluded.body, seq = excluded.seq, hash = excluded.hash`,
		p.ID, p.Screen, sqldb.Bool(p.State == signing.Sent), sqldb.Instant(p.At), body, head.Seq, head.Hash)
	if err := s.DB.Commit(ctx, &b); sqldb.IsDuplicate(err) {
		return p, fault.New(fault.Conflict, "signing.put.stale", "这份文书刚刚有人处理过，请刷新后再看")
	} else if err != nil {
		return p, err
	}
	p.Seq, p.Hash = head.Seq, head.Hash
	return p, nil
}

const paperColumns = `id, body, seq, hash`

// Paper finds one.
func (s *Store) Paper(ctx context.Context, id string) (signing.Paper, error) {
	return sqldb.One(ctx, s.DB, s.scanPaper, signing.None(), `SELECT `+paperColumns+` FROM signing_papers WHERE id = $1`, id)
}

// Sent lists what lies on a screen unanswered.
func (s *Store) Sent(ctx context.Context, screen string) ([]signing.Paper, error) {
	return sqldb.Rows(ctx, s.DB, s.scanPaper, `SELECT `+paperColumns+` FROM signing_papers WHERE screen = $1 AND waiting = 1 ORDER BY sent DESC, id DESC`, screen)
}

// Left finds what lay on a screen last.
func (s *Store) Left(ctx context.Context, screen string) (signing.Paper, error) {
	return sqldb.One(ctx, s.DB, s.scanPaper, signing.None(), `SELECT `+paperColumns+` FROM signing_papers WHERE screen = $1 AND waiting = 0 ORDER BY sent DESC, id DESC LIMIT 1`, screen)
}

func scanScreen(scan func(...any) error) (screen signing.Screen, err error) {
	var shown, body, hash string
	var seq int64
	if err := scan(&shown, &body, &seq, &hash); err != nil {
		return screen, err
	}
	err = json.Unmarshal([]byte(body), &screen)
	screen.Key, screen.Seq, screen.Hash = shown, seq, hash
	return screen, err
}

func (s *Store) scanPaper(scan func(...any) error) (p signing.Paper, err error) {
	var id, body, hash string
	var seq int64
	if err := scan(&id, &body, &seq, &hash); err != nil {
		return p, err
	}
	text, err := s.Vault.Open(body, aboutPaper(id))
	if err != nil {
		return p, fmt.Errorf("read paper %s: %w", id, err)
	}
	err = json.Unmarshal([]byte(text), &p)
	p.Seq, p.Hash = seq, hash
	return p, err
}
