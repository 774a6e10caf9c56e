package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/intake"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/laws"
	"tongban/internal/ground/fault"
)

// check looks files over as the desk does before publication, for a terminal
// and for continuous integration.
type check struct {
	Files    []string `arg:"" name:"文件或者文件夹" help:"事项文件：YAML、JSON、JSONL、XLSX、CSV、BPMN；外来指南和目录也可以。写文件夹就检查其中的每个定义文件"`
	JSON     bool     `name:"json" help:"以 JSON 输出"`
	Warnings bool     `help:"有提示也算不通过"`
	Laws     []string `help:"法条文件：依据按这些法条核对" type:"existingfile" placeholder:"文件"`

	codex *laws.Codex
	today calendar.Day
}

// exit is how the program ends: 1 when something has errors, 2 when a file
// cannot be read.
type exit int

func (e exit) Error() string {
	if e == 2 {
		return "有文件无法读取"
	}
	return "体检未通过"
}

// with writes all that was found, if it is asked for as JSON, and is the exit
// with the worst of it; nil where nothing is bad.
func (e exit) with(all any, asJSON bool) error {
	if asJSON {
		out := json.NewEncoder(os.Stdout)
		out.SetIndent("", "  ")
		out.SetEscapeHTML(false)
		if err := out.Encode(all); err != nil {
			return err
		}
	}
	if e == 0 {
		return nil
	}
	return e
}

// A looked is what was found in one file.
type looked struct {
	File       string   `json:"file"`
	Unreadable string   `json:"unreadable,omitempty"`
	Left       string   `json:"left,omitempty"` // why it was not looked at: no definition
	Items      int      `json:"items"`
	Articles   int      `json:"articles,omitempty"` // of laws
	Kind       string   `json:"kind,omitempty"`     // of what is not of items: 一件事方案, 清单资料, …
	Errors     int      `json:"errors"`
	Warnings   int      `json:"warnings"`
	Findings   []listed `json:"findings,omitempty"`
}

type listed struct {
	Place string   `json:"place,omitempty"`
	Item  items.ID `json:"item,omitempty"`
	items.Finding
}

// Run prints every finding, file after file. It ends with 0, or with exit.
func (c *check) Run() error {
	if err := c.readLaws(); err != nil {
		return said(err)
	}
	found := gather(c.Files)
	all := make([]looked, 0, len(found.files))
	for _, name := range found.files {
		one, err := c.look(name)
		if err != nil {
			return err
		}
		c.say("%s：%s\n", one.File, one.verdict())
		all = append(all, one)
	}
	for _, w := range found.wrong {
		c.say("%s：%s\n", w.File, w.Unreadable)
		all = append(all, looked{File: w.File, Unreadable: w.Unreadable})
	}
	if len(all) > 1 {
		c.say("%s\n", total(all))
	}
	for _, name := range found.left {
		c.say("%s：%s\n", name, noDefinition)
		all = append(all, looked{File: name, Left: noDefinition})
	}
	return c.worst(all).with(all, c.JSON)
}

const noDefinition = "不是定义文件，没有检查"

// say prints a line, unless a program is to read what is printed.
func (c *check) say(format string, args ...any) {
	if !c.JSON {
		fmt.Printf(format, args...)
	}
}

// worst is how the program ends for all that was found.
func (c *check) worst(all []looked) (worst exit) {
	for _, one := range all {
		switch {
		case one.Unreadable != "":
			return 2
		case one.Errors > 0 || c.Warnings && one.Warnings > 0:
			worst = 1
		}
	}
	return worst
}

// total is the last line: what all the files come to.
func total(all []looked) string {
	var sum looked
	unreadable := 0
	for _, one := range all {
		sum.Items, sum.Errors, sum.Warnings = sum.Items+one.Items, sum.Errors+one.Errors, sum.Warnings+one.Warnings
		if one.Unreadable != "" {
			unreadable++
		}
	}
	text := fmt.Sprintf("共%d个文件，%d个事项，%d处错误，%d处提示", len(all), sum.Items, sum.Errors, sum.Warnings)
	if unreadable > 0 {
		text += fmt.Sprintf("；%d个读不了", unreadable)
	}
	return text
}

// readLaws reads what citations are held to, if anything.
func (c *check) readLaws() error {
	c.today = calendar.DayOf(time.Now())
	var all []laws.Article
	for _, name := range c.Laws {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		r, err := laws.Read(text)
		if err != nil {
			return err
		}
		all = append(all, r.Articles...)
	}
	if len(c.Laws) > 0 {
		c.codex = laws.NewCodex(all)
	}
	return nil
}

func (o looked) verdict() string {
	if o.Unreadable != "" {
		return o.Unreadable
	}
	if o.Articles > 0 {
		return fmt.Sprintf("%d条法条，%d处错误，%d处提示", o.Articles, o.Errors, o.Warnings)
	}
	if o.Kind != "" && o.Items == 0 {
		return fmt.Sprintf("%s，%d处错误，%d处提示", o.Kind, o.Errors, o.Warnings)
	}
	return fmt.Sprintf("%d个事项，%d处错误，%d处提示", o.Items, o.Errors, o.Warnings)
}

func (c *check) look(name string) (looked, error) {
	one := looked{File: name}
	if read, err := lawsIn(name); read != nil || err != nil {
		return c.lookLaws(name, read, err)
	}
	f, closing, err := opened(name)
	if err != nil {
		return one, err
	}
	defer closing()
	seen := map[items.ID]string{}
	err = intake.Look(f, func(e intake.Entry) error {
		e.Check(c.codex, c.today)
		e.Again(seen)
		if e.Edition != nil {
			one.Items++
		}
		if e.Other != nil {
			one.Kind = string(e.Other.Kind)
			if e.Other.Kind == intake.Scheme {
				e.Findings = c.schemes(e.Other)
			}
		}
		for _, found := range e.Findings {
			one.add(e, found, c.JSON)
		}
		return nil
	}, func() { one = looked{File: name}; clear(seen) })
	return one, one.unread(err)
}

// lookLaws looks a file of articles over.
func (c *check) lookLaws(name string, read *laws.Reading, err error) (looked, error) {
	one := looked{File: name}
	if err != nil {
		return one, one.unread(err)
	}
	one.Articles = len(read.Articles)
	for _, f := range read.Faults {
		one.add(intake.Entry{Place: f.Place}, items.Finding{Rule: "laws.article", Severity: items.Error, Say: f.Say}, c.JSON)
	}
	for _, f := range read.Remarks {
		one.add(intake.Entry{Place: f.Place}, items.Finding{Rule: "laws.left", Severity: items.Warning, Say: f.Say}, c.JSON)
	}
	return one, nil
}

// unread notes why a file cannot be read; what was not foreseen is returned.
func (o *looked) unread(err error) error {
	if err == nil {
		return nil
	}
	if fault.Of(err) == fault.Internal {
		return err
	}
	o.Unreadable = fault.Say(err)
	for _, f := range fault.Fields(err) {
		o.Unreadable += "；" + f.Path + " " + f.Say
	}
	return nil
}

func (o *looked) add(e intake.Entry, f items.Finding, keep bool) {
	if f.Severity.Blocks() {
		o.Errors++
	} else {
		o.Warnings++
	}
	l := listed{Place: e.Place, Finding: f}
	if e.Edition != nil {
		l.Item = e.Edition.Item
	}
	if keep {
		o.Findings = append(o.Findings, l)
		return
	}
	fmt.Print(l.line(o.File))
}

// line is a finding as the terminal shows it.
func (l listed) line(file string) string {
	where := file
	for _, part := range []string{l.Place, string(l.Item)} {
		if part != "" {
			where += " " + part
		}
	}
	text := fmt.Sprintf("%s  %s  %s  %s  %s\n", where, l.Severity.Han(), l.Rule, l.Path, oneLine.Replace(l.Say))
	if len(l.Run) > 0 {
		text += fmt.Sprintf("    走到这里的经过：%s\n", strings.Join(l.Run, " → "))
	}
	return text
}

// oneLine keeps a finding on its line, whatever was quoted in it.
var oneLine = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")

// opened opens a file to be looked at, and says how to let go of it.
func opened(name string) (intake.File, func() error, error) {
	f, err := os.Open(name)
	if err != nil {
		return intake.File{}, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return intake.File{}, nil, errors.Join(err, f.Close())
	}
	return intake.File{Name: name, Size: info.Size(), ReaderAt: f}, f.Close, nil
}
