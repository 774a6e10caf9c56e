package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
)

// clocking tells when a case is due and because of what.
type clocking struct {
	place
	Case string `arg:"" name:"办件编号" help:"办件编号"`
	At   string `help:"按这个时间计算（2026-03-09 或者 2026-03-09 10:30）；以前的按当时的记录，以后的按不再有变化推算" placeholder:"时间"`
	JSON bool   `name:"json" help:"以 JSON 输出"`
}

// Run prints every clock with all its intervals, counted and not.
func (c *clocking) Run() error {
	at, err := moment(c.At)
	if err != nil {
		return err
	}
	ctx := context.Background()
	a, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	found, err := a.Cases.ByNumber(ctx, c.Case, identity.TheSystem)
	if err != nil {
		return err
	}
	times, err := a.Cases.Times(ctx, found, at, identity.TheSystem)
	if err != nil {
		return err
	}
	if !c.JSON {
		fmt.Print(times)
		return nil
	}
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(times)
}

// moment reads a time as people write it; nothing is now. A day alone is its
// last second, so that all that happened on it counts.
func moment(text string) (time.Time, error) {
	if text == "" {
		return time.Now(), nil
	}
	if t, err := time.ParseInLocation("2006-01-02 15:04", text, calendar.Zone); err == nil {
		return t, nil
	}
	if t, err := time.ParseInLocation("2006-01-02", text, calendar.Zone); err == nil {
		return t.AddDate(0, 0, 1).Add(-time.Second), nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, fault.New(fault.Invalid, "clock.at", "“%.30s”不是时间，请写成 2026-03-09 或者 2026-03-09 10:30", text)
	}
	return t, nil
}
