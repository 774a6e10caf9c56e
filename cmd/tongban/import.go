package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"tongban/internal/catalogue/items/intake"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// importing takes items over from files. Without --apply it only says what
// would change.
type importing struct {
	place
	Files  []string `arg:"" help:"事项文件：XLSX、YAML、JSON、JSONL；法条文件：XLSX、CSV、JSONL" type:"existingfile"`
	Apply  bool     `help:"核对无误后导入；不写则只核对，什么也不改"`
	Good   bool     `help:"只导入没有错误的事项；不写则有一处错误就全不导入"`
	JSON   bool     `name:"json" help:"以 JSON 输出结果"`
	Listed int      `help:"最多列出多少处问题" default:"200"`

	laws []articles
}

// Run surveys the files and, if asked, takes them over.
func (c *importing) Run() error {
	debug.SetGCPercent(300) // most of what is read is garbage at once
	debug.SetMemoryLimit(300 << 20)
	ctx := context.Background()
	var files []intake.File
	for _, name := range c.Files {
		read, err := lawsIn(name)
		if err != nil {
			return said(err)
		}
		if read != nil {
			c.laws = append(c.laws, articles{name, read})
			continue
		}
		f, closing, err := opened(name)
		if err != nil {
			return err
		}
		defer closing()
		files = append(files, f)
	}
	a, err := c.open(ctx, "")
	if err != nil {
		return err
	}
	defer a.Close()
	if err := c.takeLaws(ctx, a); err != nil || len(files) == 0 {
		return err
	}
	show := &shown{most: c.Listed, started: time.Now()}
	im := &intake.Import{Items: a.Items, Within: a.DB.Within, By: identity.TheSystem, Progress: show.progress, See: show.entry}
	r, err := im.Survey(ctx, files)
	if err != nil {
		return said(err)
	}
	show.end()
	published := 0
	if c.Apply {
		if published, err = im.Apply(ctx, files, r, c.Good); err != nil {
			return errors.Join(said(err), c.tell(r, 0, show.started))
		}
		show.end()
	}
	return c.tell(r, published, show.started)
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
	switch {
	case c.Apply:
		fmt.Printf("已导入%d个事项\n", published)
	default:
		fmt.Println("这次只是核对，什么也没有改；确认后加 --apply 导入")
	}
	return nil
}

// said words a fault for the terminal.
func said(err error) error {
	if fault.Of(err) == fault.Internal {
		return err
	}
	text := fault.Say(err)
	for _, f := range fault.Fields(err) {
		text += "\n  " + f.Path + "　" + f.Say
	}
	return fmt.Errorf("%s", text)
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
