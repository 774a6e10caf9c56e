package main

import (
	"context"
	"fmt"
	"time"

	"tongban/internal/app"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
)

// audit builds every case again from its facts, and the sums of supervision from the cases.
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
	return audited(ctx, a)
}

// audited prints each difference, and fails if there is any.
func audited(ctx context.Context, a *app.App) error {
	started, wrong := time.Now(), 0
	looked, err := a.Cases.Audit(ctx, func(_ int, d *cases.Difference) {
		if d != nil {
			wrong++
			fmt.Println(d)
		}
	})
	if err != nil {
		return err
	}
	matters, err := a.Joint.Audit(ctx, func(say string) {
		wrong++
		fmt.Println(say)
	})
	if err != nil {
		return err
	}
	building, err := a.Projects.Audit(ctx, func(say string) {
		wrong++
		fmt.Println(say)
	})
	if err != nil {
		return err
	}
	waiting, _, err := a.Post.Backlog(ctx)
	if err != nil {
		return err
	}
	composite, err := a.Licences.Audit(ctx, waiting == 0, func(say string) {
		wrong++
		fmt.Println(say)
	})
	if err != nil {
		return err
	}
	firms, err := a.Companies.Audit(ctx, func(say string) {
		wrong++
		fmt.Println(say)
	})
	if err != nil {
		return err
	}
	words, err := a.Credit.Audit(ctx, func(say string) {
		wrong++
		fmt.Println(say)
	})
	if err != nil {
		return err
	}
	shelved, err := a.Archives.Audit(ctx, func(say string) {
		wrong++
		fmt.Println(say)
	})
	if err != nil {
		return err
	}
	differ, err := sums(ctx, a)
	if err != nil {
		return err
	}
	wrong += differ
	leaves, err := a.Witness.Audit(ctx, func(say string) {
		wrong++
		fmt.Println("每日存证：" + say)
	})
	if err != nil {
		return err
	}
	fmt.Printf("核对%d个办件、%d个联办件、%d个工程建设项目、%d份综合许可证、%d家企业、%d件档案、%d条信用记录、效能统计和%d条存证，%d处与事实不符，用时%s\n", looked, matters, building, composite, firms, shelved, words, leaves, wrong, time.Since(started).Round(time.Millisecond))
	if wrong > 0 {
		return fmt.Errorf("%d differences from the facts", wrong)
	}
	return nil
}

// sums compares the sums of supervision with the cases. While news still waits
// to be delivered they are behind, and that is no difference.
func sums(ctx context.Context, a *app.App) (wrong int, err error) {
	waiting, _, err := a.Post.Backlog(ctx)
	if err != nil {
		return 0, err
	}
	if waiting > 0 {
		fmt.Printf("还有%d条消息没有送达，效能统计未核对；启动平台片刻后再核对\n", waiting)
		return 0, nil
	}
	if err := a.Supervision.Refresh(ctx); err != nil {
		return 0, err
	}
	_, err = a.Supervision.Audit(ctx, false, func(d supervision.Difference) {
		wrong++
		fmt.Printf("效能统计 %s：%s\n", d.Case, d.Say)
	})
	if err != nil {
		return wrong, err
	}
	for _, count := range []struct {
		name   string
		differ func(context.Context) (string, error)
	}{{"结果公示合计", a.Publicity.Store.Differ}, {"评价合计", a.Ratings.Store.Differ}} {
		say, err := count.differ(ctx)
		if err != nil {
			return wrong, err
		}
		if say != "" {
			wrong++
			fmt.Printf("%s：%s\n", count.name, say)
		}
	}
	return wrong, nil
}
