package main

import (
	"context"
	"fmt"
	"time"

	"tongban/internal/handling/cases"
)

// audit builds every case again from its facts.
type audit struct {
	place
}

// Run prints each difference, and fails if there is any.
func (c *audit) Run() error {
	ctx := context.Background()
	a, err := c.open(ctx, "")
	if err != nil {
		return err
	}
	defer a.Close()
	started, wrong := time.Now(), 0
	looked, err := a.Cases.Audit(ctx, func(_ int, d *cases.Difference) {
		if d != nil {
			wrong++
			fmt.Printf("办件 %s：%s\n", d.Case, d.Say)
		}
	})
	if err != nil {
		return err
	}
	fmt.Printf("核对%d个办件，%d个与事实不符，用时%s\n", looked, wrong, time.Since(started).Round(time.Millisecond))
	if wrong > 0 {
		return fmt.Errorf("%d cases differ from their facts", wrong)
	}
	return nil
}
