package backup

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// A Target is where a copy is brought back: an empty database and a data
// directory without keys. A master key may stand there already.
type Target struct {
	DB      *sqldb.DB
	Schemas []sqldb.Schema
	Data    string
	Files   blob.Shelf
	Pool    string // the folder beside the archive, if the copy was made so

	// Then is what is done with a whole copy before anybody may work on it; nil: nothing.
	Then func(context.Context, Head) error
}

// Restore brings a copy back. The tables are built as they were when it was
// made; whoever opens the database then brings them up to date. If it breaks
// off, the database refuses to be used until it is emptied and filled again.
// Faults: backup.format, backup.short, backup.changed, backup.newer,
// backup.target, backup.beside.
func Restore(ctx context.Context, t Target, from io.Reader) (Head, Tail, error) {
	in, err := newReader(from)
	if err != nil {
		return Head{}, Tail{}, err
	}
	r := &restorer{Target: t, in: in, seen: Tail{Rows: map[string]int64{}}}
	tail, err := r.all(ctx)
	return r.head, tail, err
}

type restorer struct {
	Target
	in     *reader
	head   Head
	seen   Tail
	tables []sqldb.Table
}

func (r *restorer) all(ctx context.Context) (tail Tail, err error) {
	if err := r.begin(ctx); err != nil {
		return tail, err
	}
	for {
		name, content, err := r.in.next()
		if err != nil {
			return tail, err
		}
		if name == tailName {
			if err := json.NewDecoder(content).Decode(&tail); err != nil {
				return tail, notOurs()
			}
			break
		}
		if err := r.entry(ctx, name, content); err != nil {
			return tail, err
		}
	}
	if err := r.compare(tail); err != nil {
		return tail, err
	}
	return tail, r.DB.Finish(ctx, func(ctx context.Context) error {
		if r.Then == nil {
			return nil
		}
		return r.Then(ctx, r.head)
	})
}

// begin reads the head, looks whether the copy fits here, and builds the tables.
func (r *restorer) begin(ctx context.Context) error {
	var err error
	if r.head, err = r.in.head(); err != nil {
		return err
	}
	if r.head.Beside && r.Pool == "" {
		return fault.New(fault.Invalid, "backup.beside", "这份备份的附件在备份目录的 files 文件夹里，请连同它一起拷来，从那个目录恢复")
	}
	there, err := r.DB.Steps(ctx)
	if err != nil {
		return err
	}
	if len(there) > 0 {
		return fault.New(fault.Conflict, "backup.target", "目标数据库不是空的；为防止覆盖，请恢复到新的数据库")
	}
	return r.build(ctx)
}

// ReadHead reads what a copy says of itself. Faults: backup.format, backup.newer.
func ReadHead(from io.Reader) (Head, error) {
	in, err := newReader(from)
	if err != nil {
		return Head{}, err
	}
	return in.head()
}

func (r *reader) head() (head Head, err error) {
	name, content, err := r.next()
	if err != nil || name != headName {
		return head, notOurs()
	}
	text, err := io.ReadAll(io.LimitReader(content, 1<<20))
	if err != nil || json.Unmarshal(text, &head) != nil {
		return head, notOurs()
	}
	if head.Format > format {
		return head, fault.New(fault.Invalid, "backup.newer", "备份由更新版本的程序制作，请用那个版本或者更新的程序恢复")
	}
	return head, nil
}

// build makes the tables as they were, empty even of what their steps put in.
func (r *restorer) build(ctx context.Context) (err error) {
	if err := os.MkdirAll(filepath.Join(r.Data, "keys"), 0o700); err != nil {
		return fmt.Errorf("make key ring: %w", err)
	}
	wanted := func(step string) bool { return slices.Contains(r.head.Steps, step) }
	if err := r.DB.MigrateTo(ctx, wanted, r.Schemas...); err != nil {
		return err
	}
	built, err := r.DB.Steps(ctx)
	if err != nil {
		return err
	}
	for _, step := range r.head.Steps {
		if !slices.Contains(built, step) {
			return fault.New(fault.Invalid, "backup.newer", "备份由更新版本的程序制作（%s），请用那个版本或者更新的程序恢复", step)
		}
	}
	if err := r.DB.Loading(ctx, true); err != nil {
		return err
	}
	if r.tables, err = r.DB.Tables(ctx); err != nil {
		return err
	}
	return r.DB.Clear(ctx, r.tables)
}

func (r *restorer) entry(ctx context.Context, name string, content io.Reader) error {
	kind, rest, _ := strings.Cut(name, "/")
	switch kind {
	case "rows":
		return r.rows(ctx, path.Dir(rest), content)
	case "keys":
		r.seen.Keys++
		return r.place("keys", rest, content)
	case "pieces":
		return r.Files.TakePiece(ctx, rest, content)
	case "files":
		r.seen.Files++
		return r.Files.Take(ctx, rest, content)
	case listName:
		return r.beside(ctx, content)
	}
	return notOurs()
}

// place writes a small file under its own name.
func (r *restorer) place(folder, name string, content io.Reader) error {
	if name == "" || name != filepath.Base(name) || name == master || strings.HasPrefix(name, ".") {
		return notOurs()
	}
	to := filepath.Join(r.Data, folder, name)
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return fault.New(fault.Conflict, "backup.target", "%s 已经存在；为防止覆盖，请恢复到新的数据目录", to)
	}
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	return errors.Join(err, f.Sync(), f.Close())
}

// rows brings one part of a table back.
func (r *restorer) rows(ctx context.Context, table string, content io.Reader) error {
	var columns []string
	lines := json.NewDecoder(bufio.NewReader(content))
	lines.UseNumber()
	if err := lines.Decode(&columns); err != nil {
		return notOurs()
	}
	at := slices.IndexFunc(r.tables, func(t sqldb.Table) bool { return t.Name == table })
	if at < 0 || !slices.Equal(slices.Sorted(slices.Values(columns)), slices.Sorted(slices.Values(r.tables[at].Columns))) {
		return fault.New(fault.Invalid, "backup.format", "备份里的表 %s 与程序不符", table)
	}
	var all [][]any
	for lines.More() {
		var row []any
		if err := lines.Decode(&row); err != nil || len(row) != len(columns) {
			return notOurs()
		}
		if err := whole(row); err != nil {
			return err
		}
		all = append(all, row)
	}
	r.seen.Rows[table] += int64(len(all))
	if err := r.DB.Load(ctx, sqldb.Table{Name: table, Columns: columns}, all); err != nil {
		return fmt.Errorf("bring back %s: %w", table, err)
	}
	_, err := io.Copy(io.Discard, content) // what the decoder did not need, for the sum
	return err
}

// whole turns numbers into integers: tables hold no others.
func whole(row []any) (err error) {
	for i, v := range row {
		if n, ok := v.(json.Number); ok {
			if row[i], err = n.Int64(); err != nil {
				return notOurs()
			}
		}
	}
	return nil
}

// beside fetches the files that were kept in the folder beside the archive.
func (r *restorer) beside(ctx context.Context, content io.Reader) error {
	text, err := io.ReadAll(content)
	if err != nil {
		return err
	}
	pool, err := blob.OpenDisk(r.Pool)
	if err != nil {
		return err
	}
	for hash := range bytes.Lines(text) {
		c, err := pool.Open(ctx, strings.TrimSpace(string(hash)))
		if err != nil {
			return fmt.Errorf("file beside the copy: %w", err)
		}
		err = errors.Join(r.Files.Take(ctx, c.Ref.Hash, c), c.Close())
		if err != nil {
			return err
		}
		r.seen.Files++
	}
	return nil
}

// compare holds what was brought back against what the copy says was in it.
func (r *restorer) compare(tail Tail) error {
	r.seen.Sum = r.in.digest()
	same := r.seen.Sum == tail.Sum && r.seen.Files == tail.Files && r.seen.Keys == tail.Keys
	for table, n := range tail.Rows {
		same = same && r.seen.Rows[table] == n
	}
	if !same {
		return fault.New(fault.Invalid, "backup.changed", "备份文件的内容与制作时不一致，不能使用")
	}
	return nil
}
