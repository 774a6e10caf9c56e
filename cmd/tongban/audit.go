package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tongban/internal/app"
	"tongban/internal/handling/cases"
	"tongban/internal/oversight/supervision"
)

// audit builds everything again from its facts, and the sums of supervision from the cases.
type audit struct {
	place
	Files bool `help:"还核对办件的每个附件都在、长短不变；附件很多时要久一些"`
}

// Run prints each difference, and fails if there is any.
func (c *audit) Run() error {
	ctx := context.Background()
	a, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	err = audited(ctx, a)
	if c.Files {
		err = errors.Join(err, filesAudited(ctx, a))
	}
	return err
}

// filesAudited prints each file that is not as its case says, and fails if there is any.
func filesAudited(ctx context.Context, a *app.App) error {
	wrong := 0
	files, err := a.Cases.AuditFiles(ctx, a.Files, func(d *cases.Difference) {
		wrong++
		fmt.Println(d)
	})
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	fmt.Printf("核对办件的%d个附件，%d个不符\n", files, wrong)
	if wrong > 0 {
		return fmt.Errorf("%d files are not as they were", wrong)
	}
	return nil
}

// audited prints each difference, and fails if there is any.
func audited(ctx context.Context, a *app.App) error {
	started := time.Now()
	looked, wrong, err := casesAudited(ctx, a)
	if err != nil {
		return err
	}
	differs := func(say string) {
		wrong++
		fmt.Println(say)
	}
	said, err := roomsAudited(ctx, a, differs)
	if err != nil {
		return err
	}
	differ, err := sums(ctx, a)
	if err != nil {
		return err
	}
	wrong += differ
	leaves, err := a.Witness.Audit(ctx, func(say string) { differs("每日存证：" + say) })
	if err != nil {
		return err
	}
	fmt.Printf("核对%d个办件%s、效能统计和%d条存证，%d处与事实不符，用时%s\n", looked, said, leaves, wrong, time.Since(started).Round(time.Millisecond))
	if wrong > 0 {
		return fmt.Errorf("%d differences from the facts", wrong)
	}
	return nil
}

// roomsAudited tells how everything but cases differs from its facts, and says how
// much of each was looked at.
func roomsAudited(ctx context.Context, a *app.App, differs func(say string)) (said string, err error) {
	waiting, _, err := a.Post.Backlog(ctx)
	if err != nil {
		return "", err
	}
	for _, room := range []struct {
		counted string
		audit   func(context.Context, func(say string)) (int, error)
	}{
		{"、%d个联办件", a.Joint.Audit},
		{"、%d个工程建设项目", a.Projects.Audit},
		{"、%d次联合踏勘", a.Visits.Audit},
		{"、%d次专家评审", a.Experts.Audit},
		{"、%d份综合许可证", func(ctx context.Context, see func(string)) (int, error) {
			return a.Licences.Audit(ctx, waiting == 0, see)
		}},
		{"、%d家企业", a.Companies.Audit},
		{"、%d件档案", a.Archives.Audit},
		{"、%d条信用记录", a.Credit.Audit},
	} {
		looked, err := room.audit(ctx, differs)
		if err != nil {
			return "", fmt.Errorf("audit: %w", err)
		}
		said += fmt.Sprintf(room.counted, looked)
	}
	return said, nil
}

// casesAudited prints how each case differs from its facts.
func casesAudited(ctx context.Context, a *app.App) (looked, wrong int, err error) {
	looked, err = a.Cases.Audit(ctx, func(_ int, d *cases.Difference) {
		if d != nil {
			wrong++
			fmt.Println(d)
		}
	})
	return looked, wrong, err
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
