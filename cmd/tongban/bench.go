package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"tongban/cmd/tongban/bench"
	"tongban/internal/app"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/sqldb"
)

// benchmark measures the platform in a fresh city of its own.
type benchmark struct {
	DB      string        `name:"db" help:"PostgreSQL 地址；不写则测 SQLite。测试在自己的 schema 里进行，结束后删除"`
	Clients []int         `help:"同时办理的客户端数" default:"1,16,64"`
	For     time.Duration `help:"每种客户端数测多久" default:"10s"`
	Pace    float64       `help:"每秒多少个全程；0 为尽快" default:"0"`
	Half    bool          `help:"每种客户端数再按测得速度的一半测一次，看负载一半时的延迟"`
	Thin    bool          `help:"每种客户端数前后各测一次最薄的对照服务（同样的提交和落盘，没有规则、登录、表单、证照），写出比值"`
	Food    bool          `help:"办示范城市的食品经营许可：六份材料、五次审查、两人决定。不写则办两份材料、三个并行审查、一个决定的测速许可"`
	Copies  int           `name:"replicas" help:"同一个数据库和数据目录上有几个服务进程（PostgreSQL）" default:"1"`
	Stay    bool          `help:"与 --replicas 合用：每个客户端一直用同一个进程，如同按连接分配的负载均衡；不写则逐个请求轮换"`
	Fill    int           `help:"先装入这么多历史办件，再测清单、查找和详情"`
	At      string        `name:"city" help:"留着用的数据目录：与 --fill 合用则装进去，否则用先前装好的；不删除，--db 的表也一样" type:"existingdir"`
	Archive bool          `help:"与 --fill 合用：测一遍，把办结满60天的归档，再测一遍"`
	Shelved bool          `help:"与 --fill 合用：办结满60天的装进档案里，像每天归档的城市那样，大城市也放得下"`
	Plans   bool          `help:"与 --fill 合用：还写出每个常用查询在这个规模下的执行计划"`
	Disturb bool          `help:"与 --fill 合用：量窗口的操作和页面要多久，平静时、两个人不停导出全部办件、一个协作平台连上了不回答，前后对照"`
	Profile string        `help:"服务进程处理器时间的剖析文件；第二个进程的在名后加 .2，依次类推" type:"path"`
	Crash   int           `help:"不测速度，做崩溃演练：在办理中随机时刻打击这么多次，然后逐项核对"`
	Seed    uint64        `help:"演练的随机种子；不写则取当前时间，写在报告里"`
	Between bool          `help:"演练两套装置互办：连同它们之间的线路一起打击"`
	Pg      string        `help:"演练所用的 scripts/pg 脚本：在自己的 PostgreSQL 上演练，连它一起打击" type:"existingfile"`
	Disk    bool          `help:"演练磁盘写满和只读（需要 root，在内存盘上进行）"`
	Goals   bool          `help:"逐项测量 doc/performance.md 的目标，写出一张表：SQLite，有 --db 时连同 PostgreSQL"`
	Rounds  int           `help:"与 --goals 合用：轮流测几遍" default:"3"`

	found bench.Findings
}

// Run measures, then audits what was done, and fails if anything is missing or
// differs from its facts.
func (c *benchmark) Run() error {
	ctx, stop := reading(context.Background(), os.Stdout)
	defer stop()
	if slices.ContainsFunc(c.Clients, func(n int) bool { return n < 1 }) || c.For <= 0 {
		return fault.New(fault.Invalid, "bench.nothing", "客户端数（--clients）和时长（--for）都要大于 0")
	}
	if c.Crash > 0 && c.Between {
		return c.between(ctx)
	}
	if c.Crash > 0 {
		return c.crash(ctx)
	}
	if c.Goals {
		return c.goals(ctx)
	}
	return c.city(ctx)
}

// city measures one city of its own, and audits it.
func (c *benchmark) city(ctx context.Context) error {
	data, err := os.MkdirTemp("", "tongban-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(data)
	if c.At != "" {
		data = c.At
	}
	db, drop, err := c.database(ctx)
	if err != nil {
		return err
	}
	defer drop()
	if c.Fill > 0 || c.At != "" {
		if err := c.fill(ctx, data, db); err != nil {
			return err
		}
	}
	lives, err := c.measures(ctx, data, db)
	if err != nil || c.At != "" {
		return err // its owner audits a city that stays
	}
	return c.proven(ctx, data, db, lives)
}

// measures takes the measures that were asked for, and tells how many lives of
// cases they took.
func (c *benchmark) measures(ctx context.Context, data, db string) (lives int, err error) {
	if c.Disturb {
		return c.disturb(ctx, data, db)
	}
	if c.Archive {
		if lives, err = c.measure(ctx, data, db); err != nil {
			return lives, err
		}
		if err := c.shelve(ctx, data, db); err != nil {
			return lives, err
		}
	}
	more, err := c.measure(ctx, data, db)
	return lives + more, err
}

// database is where the city keeps its tables, and how it is removed.
func (c *benchmark) database(ctx context.Context) (url string, drop func(), err error) {
	if c.DB == "" || c.At != "" {
		return c.DB, func() {}, nil
	}
	db, err := sqldb.Open(ctx, c.DB)
	if err != nil {
		return "", nil, err
	}
	name := "bench_" + sqldb.NewID()
	if _, err := db.Exec(ctx, "CREATE SCHEMA "+name); err != nil {
		return "", nil, err
	}
	join := "?"
	if strings.Contains(c.DB, "?") {
		join = "&"
	}
	return c.DB + join + "search_path=" + name, func() {
		if _, err := db.Exec(context.WithoutCancel(ctx), "DROP SCHEMA "+name+" CASCADE"); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		db.Close()
	}, nil
}

// measure runs every number of clients, and returns how many lives there were.
func (c *benchmark) measure(ctx context.Context, data, db string) (lives int, err error) {
	program, err := os.Executable()
	if err != nil {
		return 0, err
	}
	first, err := bench.Start(ctx, program, data, db, c.Profile)
	if err != nil {
		return 0, err
	}
	s := &bench.Servers{All: []*bench.Server{first}, Data: data}
	if err = c.join(ctx, s, program, data, db); err == nil {
		var used bench.Use
		used, err = s.Used()
		c.found.Ready, c.found.Resident = first.Ready, used.Memory
		fmt.Printf("ready in %s with the sample city, %d MB resident; load average %s\n", first.Ready.Round(time.Millisecond), used.Memory>>20, load())
	}
	if err == nil {
		lives, err = c.runs(ctx, s)
	}
	if ended := s.Stop(); err == nil {
		err = ended
	}
	return lives, err
}

// kind is what the cases are about.
func (c *benchmark) kind() bench.Kind {
	if c.Food {
		return bench.Food
	}
	return bench.Permit
}

// profileOf is where one of the other replicas writes its profile.
func (c *benchmark) profileOf(n int) string {
	if c.Profile == "" {
		return ""
	}
	return fmt.Sprintf("%s.%d", c.Profile, n+1)
}

// join has the city offer what the cases are about, starts the other replicas, and
// finds the PostgreSQL of this machine.
func (c *benchmark) join(ctx context.Context, s *bench.Servers, program, data, db string) error {
	if err := c.kind().Arrange(ctx, program, data, db); err != nil {
		return err
	}
	for len(s.All) < c.Copies {
		one, err := bench.Start(ctx, program, data, db, c.profileOf(len(s.All)))
		if err != nil {
			return err
		}
		s.All = append(s.All, one)
	}
	if db == "" {
		return nil
	}
	server, err := sqldb.Open(ctx, db)
	if err != nil {
		return err
	}
	defer server.Close()
	var backend int
	if err := server.Row(ctx, `SELECT pg_backend_pid()`).Scan(&backend); err != nil {
		return err
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", backend))
	if err == nil && bytes.Contains(stat, []byte("(postgres)")) {
		s.Postmaster = bench.Parent(stat)
	}
	return nil // elsewhere: what it uses is not seen
}

func (c *benchmark) runs(ctx context.Context, s *bench.Servers) (lives int, err error) {
	city, err := bench.Open(ctx, s.All[0].At, "Tongban-2026", c.kind())
	if err != nil {
		return 0, err
	}
	for _, more := range s.All[1:] {
		city.Also(more.At)
	}
	if c.Fill > 0 || c.At != "" {
		if c.found.Looked, err = city.Look(ctx, "Tongban-2026", os.Stdout); err != nil {
			return 0, err
		}
	}
	for _, n := range c.Clients {
		r, err := c.run(ctx, city, s, n, c.Pace)
		lives += r.Lives
		if err == nil && c.Thin {
			err = c.compare(ctx, r)
		}
		if err == nil && c.Half {
			r, err = c.run(ctx, city, s, n, r.Rate()/2)
			lives += r.Lives
		}
		if err != nil {
			return lives, err
		}
	}
	return lives, nil
}

// compare measures the thin server too, and holds the platform against it.
func (c *benchmark) compare(ctx context.Context, r bench.Result) error {
	thin, err := c.against(ctx, r.Clients)
	if err == nil {
		fmt.Println("the platform does " + r.Against(thin))
		c.found.Thin = append(c.found.Thin, thin)
	}
	return err
}

func (c *benchmark) run(ctx context.Context, city *bench.City, s *bench.Servers, clients int, pace float64) (bench.Result, error) {
	r, err := city.Measure(ctx, bench.Run{Clients: clients, For: c.For, Pace: pace, Stay: c.Stay}, s)
	if err == nil {
		fmt.Printf("%sload average %s\n", r, load())
		c.found.Runs = append(c.found.Runs, r)
	}
	return r, err
}

// load is how busy the whole machine is.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(text))[:2], " ")
}

// proven audits the city and counts what must be there.
func (c *benchmark) proven(ctx context.Context, data, db string, lives int) error {
	a, err := app.Open(ctx, app.Settings{Data: data, DB: db})
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.Post.DeliverAll(ctx); err != nil {
		return err
	}
	started := time.Now()
	looked, wrong, err := casesAudited(ctx, a)
	if err != nil {
		return err
	}
	took := time.Since(started)
	c.found.Audited = float64(looked) / took.Seconds()
	fmt.Printf("audit: %d cases in %s = %.0f/s, %d differ from their facts\n", looked, took.Round(time.Millisecond), c.found.Audited, wrong)
	if wrong > 0 {
		return fmt.Errorf("%d cases differ from their facts", wrong)
	}
	return complete(ctx, a, lives)
}

// complete reports what is missing after so many lives.
func complete(ctx context.Context, a *app.App, lives int) error {
	for what, query := range map[string]string{
		"rated":              `SELECT COUNT(*) FROM rating_ratings WHERE channel = 'api'`,
		"granted, certified": `SELECT COUNT(*) FROM cases WHERE state = 'granted' AND body LIKE '%"channel":"api"%' AND body LIKE '%"certificate":"%'`,
	} {
		var n int
		if err := a.DB.Row(ctx, query).Scan(&n); err != nil {
			return err
		}
		fmt.Printf("%s: %d of %d\n", what, n, lives)
		if n < lives {
			return fmt.Errorf("%s: only %d of %d lifecycles", what, n, lives)
		}
	}
	waiting, failing, err := a.Post.Backlog(ctx)
	if err == nil && (waiting > 0 || failing > 0) {
		err = fmt.Errorf("%d pieces of news were not delivered, %d failed", waiting, failing)
	}
	return err
}

// fill gives the city a long past before it is measured, and asks the tables.
func (c *benchmark) fill(ctx context.Context, data, db string) error {
	a, err := app.Open(ctx, app.Settings{Data: data, DB: db})
	if err != nil {
		return err
	}
	defer a.Close()
	if c.Fill == 0 {
		return plans(ctx, a, c.Plans, os.Stdout)
	}
	if _, _, err := a.LoadSample(ctx); err != nil {
		return err
	}
	started := time.Now()
	fill := a.Fill
	if c.Shelved {
		fill = a.FillShelved
	}
	if err := fill(ctx, c.Fill); err != nil {
		return err
	}
	took := time.Since(started)
	bytes, err := a.DB.Size(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("filled with %d cases in %s = %.0f/s, %d MB; load average %s\n", c.Fill, took.Round(time.Millisecond), float64(c.Fill)/took.Seconds(), bytes>>20, load())
	return plans(ctx, a, c.Plans, os.Stdout)
}
