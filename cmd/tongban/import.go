package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"tongban/internal/app"
	"tongban/internal/catalogue/items/intake"
	"tongban/internal/catalogue/revisions/imports"
	"tongban/internal/civic/identity"
)

// importing takes items over from files. Without --apply or --drafts it only says
// what would change.
type importing struct {
	place
	Files  []string `arg:"" name:"文件或者文件夹" help:"事项文件：XLSX、YAML、JSON、JSONL、CSV、BPMN，或者装着它们的 ZIP；法条文件：XLSX、CSV、JSON、YAML、法律全文。写文件夹就导入其中的每个定义文件"`
	Apply  bool     `help:"核对无误后导入；不写则只核对，什么也不改"`
	Drafts string   `help:"不直接公布，存为这个区域（12位行政区划代码）的草稿，其他平台的数据也存" placeholder:"区域"`
	Good   bool     `help:"只导入没有错误的事项；不写则有一处错误就全不导入"`
	JSON   bool     `name:"json" help:"以 JSON 输出结果"`
	Listed int      `help:"最多列出多少处问题" default:"200"`

	laws    []articles
	items   []intake.File
	closing []func() error
}

// Run surveys the files and, if asked, takes them over.
func (c *importing) Run() error {
	debug.SetGCPercent(300) // most of what is read is garbage at once
	debug.SetMemoryLimit(300 << 20)
	ctx := context.Background()
	defer c.end()
	if err := c.read(); err != nil {
		return err
	}
	a, err := c.begin(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	if err := c.takeLaws(ctx, a); err != nil || len(c.items) == 0 {
		return err
	}
	return c.take(ctx, a)
}

// read opens what was named, and says what of it is no definition.
func (c *importing) read() error {
	found := gather(c.Files)
	if len(found.wrong) > 0 {
		return fmt.Errorf("“%s”：%s", found.wrong[0].File, found.wrong[0].Unreadable)
	}
	for _, name := range found.left {
		fmt.Fprintf(os.Stderr, "%s：不是定义文件，没有读取\n", name)
	}
	for _, name := range found.files {
		if err := c.file(name); err != nil {
			return err
		}
	}
	return nil
}

// file reads a file of laws at once, and opens one of items until end.
func (c *importing) file(name string) error {
	read, err := lawsIn(name)
	if err != nil {
		return said(err)
	}
	if read != nil {
		c.laws = append(c.laws, articles{name, read})
		return nil
	}
	f, closing, err := opened(name)
	if err != nil {
		return err
	}
	c.items, c.closing = append(c.items, f), append(c.closing, closing)
	return nil
}

// end closes what was only read.
func (c *importing) end() {
	for _, closing := range c.closing {
		closing()
	}
}

// take surveys the items, publishes them or keeps them as drafts as asked, and
// tells what came of it.
func (c *importing) take(ctx context.Context, a *app.App) error {
	show := &shown{most: c.Listed, started: time.Now()}
	im := &intake.Import{Items: a.Items, Within: a.DB.Within, By: identity.TheSystem, Progress: show.progress, See: show.entry}
	r, err := im.Survey(ctx, c.items)
	if err != nil {
		return said(err)
	}
	show.end()
	published := 0
	if c.Apply {
		if published, err = im.Apply(ctx, c.items, r, c.Good); err != nil {
			return errors.Join(said(err), c.tell(r, 0, show.started))
		}
		show.end()
	}
	if c.Drafts != "" {
		if err := c.shelve(ctx, a, im, show); err != nil {
			return errors.Join(said(err), c.tell(r, published, show.started))
		}
	}
	return c.tell(r, published, show.started)
}

// shelve keeps what is in the files as drafts, as the desk does. It may be run
// again after it was stopped: what was kept before is known again.
func (c *importing) shelve(ctx context.Context, a *app.App, im *intake.Import, show *shown) error {
	by := identity.Actor{Account: identity.TheSystem.Account, Name: "命令行导入", Posts: []identity.Post{{Role: identity.Items, Region: c.Drafts, Title: "事项管理"}}}
	for _, f := range c.items {
		name := filepath.Base(f.Name)
		shelf := &imports.Shelf{Revisions: a.Revisions, Key: "cli/" + name, File: name, By: by, Good: c.Good}
		n := 0
		err := im.Shelve(ctx, []intake.File{f}, func(batch []*intake.Entry) error {
			n += len(batch)
			show.progress("已存", n)
			return shelf.Keep(ctx, batch)
		})
		show.end()
		if err != nil {
			return err
		}
		for _, l := range shelf.Left {
			fmt.Fprintf(os.Stderr, "%s %s %s %s\n", name, l.Place, l.Item, l.Say)
		}
		for outcome, n := range shelf.Outcomes() {
			fmt.Fprintf(os.Stderr, "%s：%s%d个\n", name, outcome, n)
		}
	}
	return nil
}

// tell prints the report.
func (c *importing) tell(r *intake.Report, published int, started time.Time) error {
	took := time.Since(started).Round(time.Millisecond)
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(struct {
			*intake.Report
			Published int     `json:"published"`
			Seconds   float64 `json:"seconds"`
		}{r, published, took.Seconds()})
	}
	fmt.Printf("共%d个事项：新增%d，变更%d，相同%d，有错误%d（其中外来草稿%d）；%d处错误，%d处提示；用时%s\n",
		r.Items, r.Added, r.Altered, r.Same, r.Bad, r.Foreign, r.Errors, r.Warnings, took)
	if r.Others > 0 {
		fmt.Printf("另有%d份不是事项（一件事方案、清单资料等），只作核对，没有导入\n", r.Others)
	}
	switch {
	case c.Apply:
		fmt.Printf("已导入%d个事项\n", published)
	case c.Drafts != "":
		fmt.Println("已存为草稿，请在“调整申请”里继续编辑、报送")
	default:
		fmt.Println("这次只是核对，什么也没有改；确认后加 --apply 导入，或者加 --drafts 存为草稿")
	}
	return nil
}

// shown is what the terminal has been shown so far.
type shown struct {
	most, listed int
	started      time.Time
	last         time.Time
	open         bool // a line of progress that has not ended
}

func (s *shown) progress(what string, n int) {
	if time.Since(s.last) < 500*time.Millisecond {
		return
	}
	s.last, s.open = time.Now(), true
	fmt.Fprintf(os.Stderr, "\r%s%d个，%.0f秒", what, n, time.Since(s.started).Seconds())
}

func (s *shown) end() {
	if s.open {
		fmt.Fprintln(os.Stderr)
	}
	s.open = false
}

func (s *shown) entry(e intake.Entry) {
	for _, f := range e.Findings {
		if s.listed++; s.listed > s.most {
			return
		}
		s.end()
		l := listed{Place: e.Place, Finding: f}
		if e.Edition != nil {
			l.Item = e.Edition.Item
		}
		fmt.Fprint(os.Stderr, l.line(e.File))
		if s.listed == s.most {
			fmt.Fprintln(os.Stderr, "……其余从略，可用 --listed 多列，或者用 tongban check 查看全部")
		}
	}
}
