package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
)

// replay reckons the automatic reviews of a case again.
type replay struct {
	place
	Case   string `arg:"" optional:"" name:"办件编号" help:"办件编号；用 --file 时可以不写"`
	File   string `help:"由导出的记录重演，不需要数据库" type:"existingfile" placeholder:"文件"`
	Export string `help:"把办件的完整记录导出到这个文件，可以拿到另一台机器上重演" placeholder:"文件" type:"path"`
}

// Run prints what comes out: the same bytes on every machine. It fails when that
// is not what was decided.
func (c *replay) Run() error {
	record, err := c.record()
	if err != nil {
		return err
	}
	if c.Export != "" {
		text, err := json.MarshalIndent(record, "", " ")
		if err != nil {
			return err
		}
		return private(c.Export, func(out *bufio.Writer) error { _, err := out.Write(append(text, '\n')); return err })
	}
	out, err := record.Replay()
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(out)
	return err
}

func (c *replay) record() (r cases.Record, err error) {
	if c.File != "" {
		text, err := os.ReadFile(c.File)
		if err != nil {
			return r, err
		}
		if json.Unmarshal(text, &r) != nil || len(r.Facts) == 0 {
			return r, fmt.Errorf("“%s”不是 tongban replay --export 导出的记录", c.File)
		}
		return r, nil
	}
	if c.Case == "" {
		return r, errors.New("请写明办件编号，或者用 --file 指定导出的记录")
	}
	ctx := context.Background()
	a, err := c.open(ctx)
	if err != nil {
		return r, err
	}
	defer a.Close()
	return a.Cases.Record(ctx, c.Case, identity.TheSystem)
}
