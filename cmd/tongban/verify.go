package main

import (
	"fmt"
	"os"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/register/certificates"
	"tongban/internal/register/seals"
)

// verify checks a certificate file without the platform.
type verify struct {
	File string `arg:"" help:"证照文件（OFD 或者 JSON）" type:"existingfile"`
	Root string `help:"城市根证书（PEM），可在公众门户下载" required:"" type:"existingfile"`
}

// Run prints the report step by step, and fails if the file is not good.
func (c *verify) Run() error {
	file, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	pem, err := os.ReadFile(c.Root)
	if err != nil {
		return err
	}
	roots, err := seals.ParseRoots(pem)
	if err != nil {
		return err
	}
	report := certificates.VerifyFile(file, roots, calendar.DayOf(time.Now()))
	for _, step := range report.Steps {
		fmt.Printf("%s　%s　%s\n", step.Outcome, step.Name, step.Say)
	}
	fmt.Println(report.Say())
	if !report.Genuine() {
		return fmt.Errorf("%s 未通过核验", c.File)
	}
	return nil
}
