package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"tongban/internal/app"
	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
	"tongban/internal/register/archives"
)

// archiving hands archived cases over, each as one file.
type archiving struct {
	place
	To     string `arg:"" name:"目录" help:"写到这个目录，一件一个 ZIP，以档号为名" type:"existingdir"`
	Case   string `help:"只移交这一个办件" placeholder:"办件编号"`
	Agency string `help:"只移交这个部门的" placeholder:"部门"`
	Year   int    `help:"只移交这一年办结的" placeholder:"年度"`
}

// Run writes what is asked for and tells how many there were.
func (c *archiving) Run() error {
	ctx := context.Background()
	a, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	n, err := c.hand(ctx, a)
	fmt.Printf("已移交%d件到%s\n", n, c.To)
	return err
}

func (c *archiving) hand(ctx context.Context, a *app.App) (n int, err error) {
	if c.Case != "" {
		return c.named(ctx, a)
	}
	all, err := a.Archives.Store.Series(ctx)
	if err != nil {
		return 0, err
	}
	for _, s := range all {
		if c.Agency != "" && s.Agency != c.Agency || c.Year != 0 && s.Year != c.Year {
			continue
		}
		err := a.Archives.Store.Walk(ctx, s, func(p archives.Package) error {
			done, err := c.packed(ctx, a, p)
			if done {
				n++
			}
			return err
		})
		if err != nil {
			return n, err
		}
	}
	if n == 0 {
		return 0, errors.New("没有符合的档案")
	}
	return n, nil
}

// named hands over the case that was asked for by its number.
func (c *archiving) named(ctx context.Context, a *app.App) (n int, err error) {
	found, err := a.Cases.ByNumber(ctx, c.Case, identity.TheSystem)
	if err != nil {
		return 0, said(err)
	}
	if found.Archived == nil {
		return 0, fmt.Errorf("办件%s还没有归档", c.Case)
	}
	if err := c.one(ctx, a, found); err != nil {
		return 0, err
	}
	return 1, nil
}

// packed hands a package over, if it is the newest of its case and the case rests.
func (c *archiving) packed(ctx context.Context, a *app.App, p archives.Package) (bool, error) {
	found, err := a.Cases.ByNumber(ctx, p.About, identity.TheSystem)
	if err != nil {
		return false, fmt.Errorf("%s: %w", p.Number, said(err))
	}
	if found.Archived == nil || found.Archived.Number != p.Number {
		fmt.Printf("%s 已有新的变动，不移交这一版\n", p.Number)
		return false, nil
	}
	err = c.one(ctx, a, found)
	return err == nil, err
}

func (c *archiving) one(ctx context.Context, a *app.App, found *cases.Case) error {
	name := filepath.Join(c.To, found.Archived.Number+".zip")
	err := written(name, func(out *bufio.Writer) error { return a.HandOver(ctx, out, found.ID, identity.TheSystem) })
	if err != nil {
		return fmt.Errorf("%s: %w", name, said(err))
	}
	return nil
}
