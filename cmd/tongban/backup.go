package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/serials"
	"tongban/internal/ground/backup"
	"tongban/internal/ground/durable"
	"tongban/internal/ground/secret"
)

// backingUp copies the platform while it runs.
type backingUp struct {
	place
	To   string `arg:"" name:"文件或者文件夹" help:"备份文件；写已有的文件夹，则在其中按时间存一代备份，附件各代共用" type:"path"`
	Keep int    `help:"文件夹里保留最近几代；0 为全部保留"`
}

// suffix ends the names of copies; between is how their time is written.
const suffix, between = ".tongban.tgz", "20060102T150405Z"

// Run writes the copy beside its final name and gives it that name when it is
// safely kept, so that what is called a copy is one.
func (c *backingUp) Run() error {
	if c.Keep < 0 {
		return errors.New("--keep 要写不小于 0 的数")
	}
	started := time.Now()
	out, to, err := c.begun(started)
	if err != nil {
		return err
	}
	defer os.Remove(out.Name()) // after the rename there is nothing to remove
	pool := c.pool()
	tail, err := app.Backup(context.Background(), c.settings(""), pool, out)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return said(err)
	}
	if err := named(out.Name(), to); err != nil {
		return err
	}
	stat, err := os.Stat(to)
	if err != nil {
		return err
	}
	fmt.Printf("已备份到 %s：%d张表%d行，%d个附件，%d个密钥文件；%.1f MB，用时%s\n", to, len(tail.Rows), tail.Total(), tail.Files, tail.Keys,
		float64(stat.Size())/1e6, time.Since(started).Round(time.Millisecond))
	fmt.Printf("备份里没有主密钥 %s；请另行妥善保管，没有它备份里的密文和印章都打不开\n", filepath.Join(c.Data, "keys", "master.key"))
	if pool == "" || c.Keep <= 0 {
		return nil
	}
	return c.forget()
}

// pool is where the files are that all copies of a folder share; "" if the copy is to
// be one file.
func (c *backingUp) pool() string {
	if stat, err := os.Stat(c.To); err != nil || !stat.IsDir() {
		return ""
	}
	return filepath.Join(c.To, "files")
}

// begun is the file to write to, and the name that it is to have in the end: of a folder
// by the time, or the next second that no other copy has.
func (c *backingUp) begun(at time.Time) (out *os.File, to string, err error) {
	if c.pool() == "" {
		out, err = os.OpenFile(c.To+".part", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		return out, c.To, err
	}
	for ; ; at = at.Add(time.Second) {
		to = filepath.Join(c.To, at.UTC().Format(between)+suffix)
		out, err = os.OpenFile(to+".part", os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if _, there := os.Stat(to); err != nil || there != nil {
			return out, to, err
		}
		if err := errors.Join(out.Close(), os.Remove(out.Name())); err != nil {
			return nil, "", err
		}
	}
}

// named gives a file its name for good: the folder is safely kept too.
func named(file, name string) error {
	if err := os.Rename(file, name); err != nil {
		return err
	}
	return durable.Folder(filepath.Dir(name))
}

// forget removes the oldest copies. Files that only they needed stay.
func (c *backingUp) forget() error {
	all, err := generations(c.To)
	if err != nil {
		return err
	}
	for _, old := range all[:max(0, len(all)-c.Keep)] {
		if err := os.Remove(old); err != nil {
			return err
		}
		fmt.Println("已删除旧备份", filepath.Base(old))
	}
	return nil
}

// generations are the copies in a folder, oldest first.
func generations(folder string) ([]string, error) {
	all, err := filepath.Glob(filepath.Join(folder, "*"+suffix))
	slices.Sort(all)
	return all, err
}

// restoring brings a copy back.
type restoring struct {
	place
	From   string `arg:"" name:"备份" help:"备份文件，或者备份文件夹（取其中最近一代）" type:"path"`
	Until  string `help:"恢复到哪个时刻（北京时间）为止，如 2026-11-22 09:30：取文件夹里不晚于它的最近一代"`
	Master string `help:"主密钥文件；不写则用数据目录 keys 里已有的" type:"existingfile"`
	Skip   *int64 `help:"备份以后给出过的号不能再给：每个序列跳过多少号；不写则按备份里最忙的一天和相隔的天数算；备份以后确实没有办过任何事（如停机备份、搬家）才写0" placeholder:"号数"`
}

// Run brings the copy back, brings its tables up to date and audits it.
func (c *restoring) Run() error {
	if c.Skip != nil && *c.Skip < 0 {
		return errors.New("--skip 要写不小于 0 的数")
	}
	ctx, started := context.Background(), time.Now()
	from, err := c.newest()
	if err != nil {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := c.sound(in); err != nil {
		return said(err)
	}
	pool := filepath.Join(filepath.Dir(from), "files")
	if _, err := os.Stat(pool); err != nil {
		pool = ""
	}
	done, err := app.Restore(ctx, c.settings(""), pool, c.skip(), in)
	if err != nil {
		return said(err)
	}
	head, tail := done.Head, done.Tail
	fmt.Printf("已恢复%s的备份（%s）：%d行，%d个附件，用时%s\n", head.Made.In(calendar.Zone).Format(time.DateTime), head.Database, tail.Total(), tail.Files, time.Since(started).Round(time.Millisecond))
	tellNumbers(done.Resumed)
	if err := c.putMaster(); err != nil {
		return err
	}
	return c.prove(ctx)
}

func (c *restoring) skip() int64 {
	if c.Skip == nil {
		return serials.Reckoned
	}
	return *c.Skip
}

// tellNumbers says from which numbers on the city goes on.
func tellNumbers(r serials.Resumed) {
	fmt.Println(r.Say())
	for _, line := range r.Lines() {
		fmt.Println("  " + line)
	}
	if len(r.After) > 0 {
		fmt.Println("  跳过的号和原因记在“文号”页；备份以后确实没有办过任何事的，清空目标，用 --skip 0 重新恢复")
	}
}

// newest is the copy to bring back: of a folder the last one, or the last that is
// not later than Until.
func (c *restoring) newest() (string, error) {
	stat, err := os.Stat(c.From)
	if err != nil {
		return "", err
	}
	until, err := moment(c.Until)
	if err != nil {
		return "", err
	}
	if !stat.IsDir() {
		if c.Until != "" {
			return "", errors.New("--until 要与备份文件夹一起用；一个备份文件只有它自己的时刻")
		}
		return c.From, nil
	}
	all, err := generations(c.From)
	if err != nil {
		return "", err
	}
	for _, one := range slices.Backward(all) {
		made, err := time.Parse(between, strings.TrimSuffix(filepath.Base(one), suffix))
		if err == nil && !made.After(until) {
			fmt.Printf("取%s的一代；此后到%s的改动不在备份里\n", made.In(calendar.Zone).Format(time.DateTime), until.In(calendar.Zone).Format(time.DateTime))
			return one, nil
		}
	}
	return "", fmt.Errorf("%s 里没有不晚于%s的备份（*%s）", c.From, until.In(calendar.Zone).Format(time.DateTime), suffix)
}

// sound looks at what it was given before anything is made: that it is a copy, and
// that the master key is one and would not take another's place.
func (c *restoring) sound(in io.ReadSeeker) error {
	if _, err := backup.ReadHead(in); err != nil {
		return err
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil || c.Master == "" {
		return err
	}
	key, err := os.ReadFile(c.Master)
	if err != nil {
		return err
	}
	if err := secret.ReadMaster(key); err != nil {
		return fmt.Errorf("%s 不是主密钥文件：%w", c.Master, err)
	}
	there, err := os.ReadFile(c.master())
	if err == nil && strings.TrimSpace(string(there)) != strings.TrimSpace(string(key)) {
		return fmt.Errorf("%s 已有另一把主密钥；为防止覆盖，请恢复到新的数据目录", c.master())
	}
	return nil
}

// master is where the key ring looks for the master key.
func (c *restoring) master() string { return filepath.Join(c.Data, "keys", "master.key") }

func (c *restoring) keyless() bool {
	_, err := os.Stat(c.master())
	return err != nil
}

// putMaster places the master key there. One that does not fit what was brought back
// is taken away again, so that the right one can be put there.
func (c *restoring) putMaster() error {
	if c.Master != "" {
		key, err := os.ReadFile(c.Master)
		if err != nil {
			return err
		}
		if err := os.WriteFile(c.master(), key, 0o600); err != nil {
			return err
		}
	}
	if c.keyless() {
		return nil // it is said what to do
	}
	_, err := secret.Open(filepath.Dir(c.master()))
	if err == nil || c.Master == "" {
		return err
	}
	return errors.Join(fmt.Errorf("数据已经恢复，主密钥 %s 与备份不符，没有放进去。请把备份当时的 master.key 放到 %s，再用 tongban audit 核对，然后启动", c.Master, c.master()), os.Remove(c.master()))
}

// prove opens what was brought back and audits it. Without the master key that
// has to wait.
func (c *restoring) prove(ctx context.Context) error {
	if c.keyless() {
		fmt.Printf("还缺主密钥：请把原来的 master.key 放到 %s，再用 tongban audit 核对，然后启动\n", filepath.Dir(c.master()))
		return nil
	}
	a, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	return cmp.Or(audited(ctx, a), tellPartners(ctx, a))
}

// tellPartners says that what went between this city and others since the copy was made
// has to be mended once it serves again.
func tellPartners(ctx context.Context, a *app.App) error {
	all, err := a.Elsewhere.Store.Partners(ctx)
	if err == nil && len(all) > 0 {
		fmt.Printf("与%d个协作平台的往来停在备份的时刻：先停用原来的那套，启动以后看“协作平台 → 看对账”，步骤见运行手册第五节\n", len(all))
	}
	return err
}
