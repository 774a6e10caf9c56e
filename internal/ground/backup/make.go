package backup

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// A Source is what is copied.
type Source struct {
	DB    *sqldb.DB
	Data  string     // the data directory: keys
	Files blob.Shelf // what people handed in
	Pool  string     // where files are kept beside the archive; "": within it
}

// Make writes a copy of the source as it stands now. The program may run.
func Make(ctx context.Context, s Source, to io.Writer, now time.Time) (Tail, error) {
	ring, err := s.ring()
	if err != nil {
		return Tail{}, err
	}
	m := &maker{Source: s, out: newWriter(to, now), tail: Tail{Rows: map[string]int64{}}, held: ring}
	if err := s.DB.Snapshot(ctx, m.rows); err != nil {
		return m.tail, fmt.Errorf("copy rows: %w", err)
	}
	for _, part := range []func(context.Context) error{m.keys, m.files, m.pieces} {
		if err := part(ctx); err != nil {
			return m.tail, err
		}
	}
	m.tail.Sum = hex.EncodeToString(m.out.sum.Sum(nil))
	if err := m.json(tailName, m.tail); err != nil {
		return m.tail, err
	}
	return m.tail, m.out.close()
}

type maker struct {
	Source
	out  *writer
	tail Tail
	held map[string][]byte // the key ring as it was before the rows were read
}

func (m *maker) json(name string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return m.out.add(name, int64(len(text)), bytes.NewReader(text))
}

// rows copies all tables as they stand in the snapshot that ctx carries.
func (m *maker) rows(ctx context.Context) error {
	head := Head{Format: format, Made: m.out.made.UTC(), Database: "SQLite", Beside: m.Pool != ""}
	if m.DB.Postgres {
		head.Database = "PostgreSQL"
	}
	var err error
	if head.Steps, err = m.DB.Steps(ctx); err != nil {
		return err
	}
	if err := m.json(headName, head); err != nil {
		return err
	}
	tables, err := m.DB.Tables(ctx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := m.table(ctx, t); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	return nil
}

// table copies one table in parts: a line with the columns, then a line a row.
func (m *maker) table(ctx context.Context, t sqldb.Table) error {
	rows := newRows(m, t)
	if err := m.DB.Dump(ctx, t, rows.add); err != nil {
		return err
	}
	return rows.end()
}

// rows are those of one table on their way into the copy.
type rows struct {
	*maker
	of    sqldb.Table
	part  bytes.Buffer
	lines *json.Encoder
	n     int // in the part
	parts int // written
}

func newRows(m *maker, t sqldb.Table) *rows {
	r := &rows{maker: m, of: t}
	r.lines = json.NewEncoder(&r.part)
	r.lines.SetEscapeHTML(false)
	return r
}

// add writes a row; a part that is full goes out first.
func (r *rows) add(row []any) error {
	if r.n == rowsAtOnce || r.part.Len() > 8<<20 {
		if err := r.flush(); err != nil {
			return err
		}
	}
	if r.n == 0 {
		if err := r.lines.Encode(r.of.Columns); err != nil {
			return err
		}
	}
	r.n++
	return r.lines.Encode(row)
}

// end writes the last part; of a table without rows its columns only.
func (r *rows) end() error {
	if r.n == 0 && r.parts > 0 {
		return nil
	}
	if r.n == 0 {
		if err := r.lines.Encode(r.of.Columns); err != nil {
			return err
		}
	}
	return r.flush()
}

func (r *rows) flush() error {
	r.parts++
	r.tail.Rows[r.of.Name] += int64(r.n)
	r.n = 0
	defer r.part.Reset()
	return r.out.add(fmt.Sprintf("rows/%s/%06d", r.of.Name, r.parts), int64(r.part.Len()), &r.part)
}

// keys copies the key ring as it was before the rows were read and as it is after: one
// that the rows need may be made or retired in between.
func (m *maker) keys(context.Context) error {
	now, err := m.ring()
	if err != nil {
		return err
	}
	maps.Copy(m.held, now)
	for _, name := range slices.Sorted(maps.Keys(m.held)) {
		if err := m.out.add("keys/"+name, int64(len(m.held[name])), bytes.NewReader(m.held[name])); err != nil {
			return err
		}
		m.tail.Keys++
	}
	return nil
}

// ring is the key ring but for the master key, by the names of its files.
func (s Source) ring() (map[string][]byte, error) {
	entries, err := os.ReadDir(filepath.Join(s.Data, "keys"))
	if err != nil {
		return nil, fmt.Errorf("read key ring: %w", err)
	}
	all := map[string][]byte{}
	for _, e := range entries {
		if e.Name() == master || strings.HasPrefix(e.Name(), ".") || !e.Type().IsRegular() {
			continue
		}
		content, err := os.ReadFile(filepath.Join(s.Data, "keys", e.Name()))
		if errors.Is(err, fs.ErrNotExist) {
			continue // retired since the folder was read
		}
		if err != nil {
			return nil, fmt.Errorf("read key ring: %w", err)
		}
		all[e.Name()] = content
	}
	return all, nil
}

// files copies what people handed in, into the archive or the folder beside it.
func (m *maker) files(ctx context.Context) error {
	var pool *blob.Disk
	if m.Pool != "" {
		var err error
		if pool, err = blob.OpenDisk(m.Pool); err != nil {
			return err
		}
	}
	var list strings.Builder
	err := m.Files.Each(ctx, func(hash string) error {
		c, err := m.Files.Open(ctx, hash)
		if fault.Of(err) == fault.NotFound {
			return nil // removed since it was listed: no row that was copied names it
		}
		if err != nil {
			return err
		}
		defer c.Close()
		m.tail.Files++
		if pool != nil {
			list.WriteString(hash + "\n")
			return pool.Take(ctx, hash, c)
		}
		return m.out.add("files/"+hash, c.Ref.Size, c)
	})
	if err != nil || pool == nil {
		return err
	}
	return m.out.add(listName, int64(list.Len()), strings.NewReader(list.String()))
}

// pieces copies uploads on their way. One that is finished or given up meanwhile
// is not missed.
func (m *maker) pieces(ctx context.Context) error {
	return m.Files.EachPiece(ctx, func(name string) error {
		piece, err := m.Files.OpenPiece(ctx, name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		content, err := io.ReadAll(piece)
		piece.Close()
		if err != nil {
			return fmt.Errorf("read piece: %w", err)
		}
		return m.out.add("pieces/"+name, int64(len(content)), bytes.NewReader(content))
	})
}
