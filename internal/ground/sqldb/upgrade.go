package sqldb

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"

	"tongban/internal/ground/fault"
)

// fit refuses tables into which a copy has not been loaded to its end, and those that a
// later version of the program has changed: this one would write them as they no
// longer are. Faults: sqldb.unfinished, sqldb.newer.
func (db *DB) fit(done map[string]bool, schemas []Schema) error {
	if done[unfinished] && !db.finishing.Load() {
		return fault.New(fault.Conflict, "sqldb.unfinished", "这个数据库的恢复没有做完，不能使用；请清空后重新恢复")
	}
	known := map[string]bool{unfinished: true}
	for _, s := range schemas {
		steps, err := db.stepsOf(s)
		if err != nil {
			return err
		}
		for _, step := range steps {
			known[named(s, step)] = true
		}
	}
	var strange []string
	for step := range done {
		if !known[step] {
			strange = append(strange, step)
		}
	}
	if len(strange) == 0 {
		return nil
	}
	return fault.New(fault.Conflict, "sqldb.newer", "这个数据库已由更新版本的程序升级（本程序不认得 %s 等%d步），本程序不能用它，什么也没有改：请改用那个版本或者更新的程序；要退回旧版，用旧版程序把升级前的备份恢复到新的数据库", slices.Min(strange), len(strange))
}

// Current refuses tables that are not as this program knows them, and changes none:
// for a command that is given beside the program that serves. An empty database
// is as good as a current one. Faults: sqldb.older, sqldb.newer, sqldb.unfinished.
func (db *DB) Current(ctx context.Context, schemas ...Schema) error {
	there, err := db.Steps(ctx)
	if err != nil || len(there) == 0 {
		return err
	}
	done, err := db.stepsDone(ctx)
	if err != nil {
		return err
	}
	if err := db.fit(done, schemas); err != nil {
		return err
	}
	missing, err := db.missing(done, every, schemas)
	if err != nil || len(missing) == 0 {
		return err
	}
	return fault.New(fault.Conflict, "sqldb.older", "这个数据库还是较早版本的（差%d步），只有 tongban serve 升级它，这条命令什么也没有改：请先用原来版本的程序运行这条命令，或者备份以后用本程序 serve 启动一次", len(missing))
}

// named is how a step is noted as done.
func named(s Schema, step string) string { return s.Room + "/" + path.Base(step) }

// every wants all steps.
func every(string) bool { return true }

// stuck says what a step that failed means for whoever wanted to upgrade. Fault: sqldb.upgrade.
func stuck(step string, begun bool, err error) error {
	what := "建立数据表没有成功"
	if begun {
		what = "升级数据库没有成功，数据库一字未改，原来版本的程序照常可以运行"
	}
	if fault.Of(err) == fault.Internal {
		step += fmt.Sprintf("：%v", err)
	}
	return fault.New(fault.Conflict, "sqldb.upgrade", "%s（停在 %s）。%s", what, step, mend(err))
}

// mend is what to do before the next try.
func mend(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok && e.Code == "42501" {
		return "数据库用户没有建表、改表的权限：请让它是这些表的主人（ALTER TABLE … OWNER TO），并可以在模式里建表（GRANT CREATE ON SCHEMA），再启动"
	}
	if fault.Code(err) == "sqldb.away" {
		return "数据库此刻写不进：请看磁盘是否写满、是否只读（SQLite 还要 TMPDIR 有与库差不多大的空间），数据库是否在运行，腾出以后再启动"
	}
	return "请继续运行原来的程序，把这段话和数据库的日志交给程序的维护者"
}
