package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/witness"
	"tongban/internal/register/archives/eep"
	"tongban/internal/register/certificates"
	"tongban/internal/register/seals"
)

// verify checks a certificate file, the proof of a receipt, or an archived case that
// was handed over, without the platform.
type verify struct {
	File  string `arg:"" help:"证照文件（OFD 或者 JSON）、存证凭据，或者归档封装包（ZIP）" type:"existingfile"`
	Root  string `help:"核验证照和封装包上的签章用：城市根证书（PEM），可在公众门户下载" type:"existingfile"`
	Roots string `help:"核验存证凭据和封装包用：早先保存的总根文件 integrity.json" type:"existingfile"`
	Day   string `help:"核验存证凭据和封装包用：抄下的某日总根，写作 2026-09-21=总根"`
}

// Run prints the report step by step, and fails if the file is not good.
func (c *verify) Run() error {
	file, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	if proof, err := witness.ReadProof(file); err == nil {
		return c.proven(proof)
	}
	if z, err := zip.NewReader(bytes.NewReader(file), int64(len(file))); err == nil && eep.Is(z) {
		return c.handed(z)
	}
	if c.Root == "" {
		return errors.New("核验证照须用 --root 给出城市根证书")
	}
	roots, err := c.vouching()
	if err != nil {
		return err
	}
	report := certificates.VerifyFile(file, roots, calendar.DayOf(time.Now()))
	return c.told(report, report.Say())
}

// told prints a report, and fails unless every step passed.
func (c *verify) told(report seals.Report, say string) error {
	for _, step := range report.Steps {
		fmt.Printf("%s　%s　%s\n", step.Outcome, step.Name, step.Say)
	}
	fmt.Println(say)
	if !report.Genuine() {
		return fmt.Errorf("%s 未通过核验", c.File)
	}
	return nil
}

// vouching are the roots that vouch for seals; nil if none were given.
func (c *verify) vouching() (*seals.Roots, error) {
	if c.Root == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(c.Root)
	if err != nil {
		return nil, err
	}
	return seals.ParseRoots(pem)
}

// handed checks an archived case that was handed over.
func (c *verify) handed(z *zip.Reader) (err error) {
	var by eep.Anchors
	if by.Roots, err = c.vouching(); err != nil {
		return err
	}
	if c.Roots != "" || c.Day != "" {
		by.Published = c.published
	}
	report := eep.Verify(z, by)
	fmt.Println(report.Title)
	for _, d := range report.Details {
		fmt.Printf("%s：%s\n", d.Label, d.Text)
	}
	return c.told(report, eep.Say(report))
}

// proven holds a proof against the root that was published for its day.
func (c *verify) proven(p witness.Proof) error {
	root, err := c.published(p.Root)
	if err != nil {
		return err
	}
	if err := p.Check(root); err != nil {
		return said(err)
	}
	fmt.Printf("办件 %s 的第%d条记录已被%s的总根证明\n", p.About, p.Seq, root.Day)
	if p.Fact != nil {
		fmt.Printf("记录作于 %s，内容没有改动：\n%s\n", p.Fact.At.In(calendar.Zone).Format("2006-01-02 15:04:05"), p.Fact.Body)
	}
	return nil
}

// published is the root of that day as it was noted down, apart from the proof.
func (c *verify) published(claimed witness.Root) (witness.Root, error) {
	if day, hash, ok := strings.Cut(c.Day, "="); ok {
		return witness.Root{Day: day, Size: claimed.Size, Hash: hash}, nil // no other leaf leads to that hash, whatever the size said
	}
	if c.Roots == "" {
		return witness.Root{}, errors.New("核验存证凭据须用 --roots 给出总根文件，或者用 --day 给出当日的总根")
	}
	text, err := os.ReadFile(c.Roots)
	if err != nil {
		return witness.Root{}, err
	}
	var all []witness.Root
	if err := json.Unmarshal(text, &all); err != nil {
		return witness.Root{}, fmt.Errorf("%s 不是总根文件", c.Roots)
	}
	for _, r := range all {
		if r.Day == claimed.Day {
			return r, nil
		}
	}
	return witness.Root{}, fmt.Errorf("%s 里没有%s的总根", c.Roots, claimed.Day)
}
