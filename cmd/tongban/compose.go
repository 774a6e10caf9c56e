package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"tongban/data"
	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/intake"
	"tongban/internal/catalogue/themes"
	"tongban/internal/catalogue/themes/scheme"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/fault"
)

// compose puts the schemes of “一件事” together: one form, one list of
// materials, one plan, what is saved, and what does not fit.
type compose struct {
	Files  []string `arg:"" help:"一件事方案：YAML 或者 JSON，一个文件可以有几件事" type:"existingfile"`
	Items  []string `help:"事项文件，按名称或者编码对上方案中的事项" type:"existingfile"`
	Day    string   `help:"受理日期，如 2026-09-24；默认今天"`
	Accept bool     `help:"把建议合并的同种材料按合并计算，看看结果"`
	JSON   bool     `name:"json" help:"以 JSON 输出"`
	Strict bool     `help:"有提示也算不通过"`
}

// A composition is what came of one theme of a file.
type composition struct {
	File     string `json:"file"`
	Theme    string `json:"theme"`
	Findings int    `json:"findings"`
	Errors   int    `json:"errors"`
	*themes.Composed
}

// An unread is a file that could not be read.
type unread struct {
	File       string `json:"file"`
	Unreadable string `json:"unreadable"`
}

// Run prints what follows from every scheme. It ends with 0; with 1 when
// something stands in the way of a theme; with 2 when a file cannot be read.
func (c *compose) Run() error {
	days, err := calendar.Load(data.Calendars)
	if err != nil {
		return err
	}
	day := calendar.DayOf(time.Now())
	if c.Day != "" {
		if day = calendar.Parse(c.Day); day == 0 {
			return fault.New(fault.Invalid, "compose.day", "日期“%.20s”不正确，请写成 2026-09-24 的样子", c.Day)
		}
	}
	catalogue, err := c.catalogue()
	if err != nil {
		return err
	}
	var all []any
	var worst exit
	for _, name := range c.Files {
		read, err := schemesOf(name)
		if err != nil {
			worst = 2
			all = append(all, unread{name, fault.Say(err)})
			c.print(func(w io.Writer) { fmt.Fprintf(w, "%s：%s\n", name, fault.Say(err)) })
			continue
		}
		for _, s := range read {
			one := c.composed(name, s, catalogue, days, day)
			if one.Errors > 0 || c.Strict && one.Findings > 0 {
				worst = max(worst, 1)
			}
			c.print(func(w io.Writer) { one.write(w) })
			all = append(all, one)
		}
	}
	return worst.with(all, c.JSON)
}

func (c *compose) print(write func(io.Writer)) {
	if !c.JSON {
		write(os.Stdout)
	}
}

func schemesOf(name string) ([]*scheme.Scheme, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return scheme.Read(text)
}

// catalogue reads the items to be matched.
func (c *compose) catalogue() ([]*items.Edition, error) {
	var all []*items.Edition
	for _, name := range c.Items {
		f, closing, err := opened(name)
		if err != nil {
			return nil, err
		}
		err = intake.Look(f, func(e intake.Entry) error {
			if e.Edition != nil {
				if e.Edition.Item == "" {
					e.Edition.Item = items.ID(e.Edition.Name)
				}
				all = append(all, e.Edition)
			}
			return nil
		}, func() { all = nil })
		if closeErr := closing(); err == nil {
			err = closeErr
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return all, nil
}

func (c *compose) composed(file string, s *scheme.Scheme, catalogue []*items.Edition, days calendar.Calendar, day calendar.Day) composition {
	s.Match(catalogue)
	made := themes.Compose(s.Theme, s.Editions, days, day)
	if c.Accept {
		for _, p := range made.Materials.Proposals {
			if p.Sure {
				s.Theme.Names = append(s.Theme.Names, themes.Same{Names: p.Names, As: p.As, By: "命令行试算"})
			}
		}
		made = themes.Compose(s.Theme, s.Editions, days, day)
	}
	made.Findings = append(append(s.Findings, s.Compare(made)...), made.Findings...)
	one := composition{File: file, Theme: s.Theme.Name, Composed: made, Findings: len(made.Findings)}
	for _, f := range made.Findings {
		if f.Severity.Blocks() {
			one.Errors++
		}
	}
	return one
}

// write shows a composition on a terminal.
func (o composition) write(w io.Writer) {
	fmt.Fprintf(w, "%s：%s，%d个事项，%d处错误，%d处提示\n", o.File, o.Theme, len(o.Parts), o.Errors, o.Findings-o.Errors)
	for _, f := range o.Composed.Findings {
		fmt.Fprintf(w, "  %s  %s  %s  %s\n", f.Severity.Han(), f.Rule, f.Path, f.Say)
	}
	if len(o.Parts) == 0 {
		return
	}
	s := o.Saved
	fmt.Fprintf(w, "  申报：%s次；表单：%s项；材料：%s份；跑动：%s次；时间：%s个工作日\n", s.Steps, s.Fields, s.Materials, s.Visits, s.Days)
	for _, step := range o.Plan.Steps {
		mark := " "
		if step.Critical {
			mark = "*"
		}
		fmt.Fprintf(w, "  %s %s 至 %s  %s（%s）\n", mark, step.Start, step.Due, step.Title, step.Limit)
	}
	for _, m := range o.Materials.Materials {
		how := string(m.Necessity)
		if m.Fetched() {
			how = "免提交"
		}
		fmt.Fprintf(w, "  要交：%s（%s）%s\n", m.Name, how, m.Why)
	}
	for _, m := range o.Materials.Spared {
		fmt.Fprintf(w, "  不交：%s，%s\n", m.Material.Name, m.Why)
	}
}
