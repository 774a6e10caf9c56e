package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"tongban/internal/app"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/laws"
	"tongban/internal/ground/sheet"
)

// articles are the laws of one file.
type articles struct {
	file string
	read *laws.Reading
}

// lawsIn reads a file of articles; nil if the file holds something else.
func lawsIn(name string) (*laws.Reading, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(f, head)
	if err != nil && n == 0 {
		return nil, nil // empty: said by whoever reads items
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !laws.Is(head[:n]) && !lawBook(f, info.Size()) {
		return nil, nil
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return laws.Read(text)
}

// lawBook reports whether a workbook's first sheet has the headings of articles.
func lawBook(f io.ReaderAt, size int64) bool {
	book, err := sheet.OpenBook(f, size)
	return err == nil && book.Headed(laws.Heading())
}

// takeLaws tells what the files of articles hold and, with --apply, keeps them.
// They come before the items of the same call, which may cite them.
func (c *importing) takeLaws(ctx context.Context, a *app.App) error {
	for _, one := range c.laws {
		for i, f := range one.read.Faults {
			if i == c.Listed {
				fmt.Fprintln(os.Stderr, "……其余从略，可用 --listed 多列")
				break
			}
			fmt.Fprintf(os.Stderr, "%s %s  错误  %s\n", one.file, f.Place, f.Say)
		}
		for _, f := range one.read.Remarks {
			fmt.Fprintf(os.Stderr, "%s %s  提示  %s\n", one.file, f.Place, f.Say)
		}
		fmt.Printf("%s：%d条法条，%d处错误\n", one.file, len(one.read.Articles), len(one.read.Faults))
		if !c.Apply {
			fmt.Println("这次只是核对，什么也没有改；确认后加 --apply 导入")
			continue
		}
		n, err := a.Laws.Import(ctx, one.read, c.Good, identity.TheSystem)
		if err != nil {
			return said(err)
		}
		fmt.Printf("已导入%d条法条\n", n)
	}
	return nil
}
