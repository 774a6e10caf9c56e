package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/items/intake"
	"tongban/internal/catalogue/items/itemsheet"
)

// export writes the editions in force to files that import reads again.
type export struct {
	place
	XLSX     string `name:"xlsx" help:"写成一个工作簿；库里没有事项时就是空白模板" placeholder:"文件" type:"path"`
	YAML     string `name:"yaml" help:"每个事项写成一个 YAML 文件" placeholder:"目录" type:"path"`
	JSON     string `name:"json" help:"写成 JSON Lines，一行一个事项" placeholder:"文件" type:"path"`
	Standard string `name:"standard" help:"每个许可事项写成一份实施规范" placeholder:"目录" type:"path"`
	Bundle   string `name:"bundle" help:"打成一个 ZIP：每个事项一份 YAML 和一份 BPMN 流程图" placeholder:"文件" type:"path"`
	Agency   string `help:"只导出这个部门的"`
}

// Run writes everything that is asked for.
func (c *export) Run() error {
	if c.XLSX == "" && c.YAML == "" && c.JSON == "" && c.Standard == "" && c.Bundle == "" {
		return errors.New("请写明导出成什么：--xlsx、--yaml、--json、--bundle 或者 --standard")
	}
	ctx := context.Background()
	a, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	if c.Agency != "" {
		if _, err := a.Agencies.Find(ctx, c.Agency); err != nil {
			return err
		}
	}
	var into writers
	defer into.leave()
	if err := into.begin(c); err != nil {
		return err
	}
	n := 0
	err = a.Items.Each(ctx, items.Filter{Agency: c.Agency}, func(e *items.Edition) error { n++; return into.add(e) })
	if err != nil {
		return err
	}
	if err := into.end(); err != nil {
		return err
	}
	fmt.Printf("已导出%d个事项\n", n)
	return nil
}

// writers are the files being written.
type writers struct {
	add1    []func(*items.Edition) error
	ending  []func() error
	leaving []func() // takes away what has not come to its end
}

func (w *writers) begin(c *export) error {
	for _, shape := range []struct {
		to    string // file or folder; empty: not asked for
		begin func(to string) error
	}{
		{c.XLSX, w.book}, {c.YAML, w.texts}, {c.Standard, w.sheets}, {c.Bundle, w.bundle}, {c.JSON, w.lines},
	} {
		if shape.to == "" {
			continue
		}
		if err := shape.begin(shape.to); err != nil {
			return err
		}
	}
	return nil
}

// book writes all items as one workbook.
func (w *writers) book(name string) error {
	book := itemsheet.NewWriter()
	w.add1 = append(w.add1, func(e *items.Edition) error { book.Add(e); return nil })
	w.ending = append(w.ending, func() error {
		return written(name, func(b *bufio.Writer) error { _, err := book.WriteTo(b); return err })
	})
	return nil
}

// texts writes each item as a file of YAML.
func (w *writers) texts(folder string) error {
	w.add1 = append(w.add1, func(e *items.Edition) error {
		text, err := intake.YAML(e)
		if err != nil {
			return err
		}
		return written(filepath.Join(folder, intake.FileName(e.Item)+".yaml"), func(b *bufio.Writer) error { _, err := b.Write(text); return err })
	})
	return os.MkdirAll(folder, 0o755)
}

// sheets writes each item as the table of the standard.
func (w *writers) sheets(folder string) error {
	w.add1 = append(w.add1, func(e *items.Edition) error {
		return written(filepath.Join(folder, intake.FileName(e.Item)+".xlsx"), func(b *bufio.Writer) error { return itemsheet.Standard(b, e) })
	})
	return os.MkdirAll(folder, 0o755)
}

// bundle packs each item with its procedure as other modelling tools read it.
func (w *writers) bundle(name string) error {
	d, err := drafted(name)
	if err != nil {
		return err
	}
	packed := intake.Pack(d.out)
	w.add1 = append(w.add1, packed.Add)
	w.ending = append(w.ending, func() error { return d.end(packed.Close()) })
	w.leaving = append(w.leaving, d.drop)
	return nil
}

// lines writes one item a line.
func (w *writers) lines(name string) error {
	d, err := drafted(name)
	if err != nil {
		return err
	}
	lines := json.NewEncoder(d.out)
	lines.SetEscapeHTML(false)
	w.add1 = append(w.add1, func(e *items.Edition) error { return lines.Encode(e) })
	w.ending = append(w.ending, func() error { return d.end(nil) })
	w.leaving = append(w.leaving, d.drop)
	return nil
}

func (w *writers) add(e *items.Edition) error {
	for _, add := range w.add1 {
		if err := add(e); err != nil {
			return err
		}
	}
	return nil
}

func (w *writers) leave() {
	for _, leave := range w.leaving {
		leave()
	}
}

func (w *writers) end() error {
	for _, end := range w.ending {
		if err := end(); err != nil {
			return err
		}
	}
	return nil
}
