package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"runtime/pprof"
	"strings"
	"sync"
	"syscall"
	"time"

	"tongban/internal/app"
	"tongban/internal/ground/page"
	"tongban/internal/ground/spans"
)

// serve starts the platform.
type serve struct {
	place
	Listen   string        `help:"监听地址" default:"127.0.0.1:8080" env:"TONGBAN_LISTEN"`
	Address  string        `help:"公众访问的网址，印在文书和二维码里；不写则用监听地址" env:"TONGBAN_ADDRESS"`
	Demo     bool          `help:"空库时装入示例城市"`
	Partners []string      `help:"允许访问的协作平台网址，可以写几个，如 https://zwfw.example.gov.cn；不写则不与其他平台交换" env:"TONGBAN_PARTNERS"`
	Roots    string        `name:"partner-roots" help:"签发协作平台证书的根证书文件（PEM）；写了就只相信它签发的、没有过期的证书" type:"existingfile" env:"TONGBAN_PARTNER_ROOTS"`
	Proxies  []string      `help:"反向代理的地址或网段，如 10.0.0.0/24；只有它们的 X-Forwarded-For 可信，登录记录里才有真正的来处" env:"TONGBAN_PROXIES"`
	Metrics  string        `help:"监控指标的监听地址，如 127.0.0.1:9090，供 Prometheus 抓取 /metrics；不写则不开" env:"TONGBAN_METRICS"`
	Traces   string        `help:"跟踪收集器的地址（OTLP/HTTP），如 http://127.0.0.1:4318；不写则不跟踪" env:"TONGBAN_TRACES"`
	Share    float64       `name:"traces-share" help:"跟踪多大一部分请求，0 到 1" default:"0.1" env:"TONGBAN_TRACES_SHARE"`
	Drain    time.Duration `help:"停机时先让 /readyz 答“未就绪”多久，好让负载均衡转走新请求，再停止接收" default:"0s" env:"TONGBAN_DRAIN"`
	Factor   []string      `name:"second-factor" help:"必须开启两步验证的岗位，如 admin,supervisor；staff 是全部工作人员。没有开启的，登录以后先去开启" env:"TONGBAN_SECOND_FACTOR"`
	Leaked   string        `name:"leaked-passwords" help:"泄露口令库：每行一个 SHA-1（十六进制，可带“:次数”），按次序排列；设新密码时对照" type:"existingfile" env:"TONGBAN_LEAKED_PASSWORDS"`
	Scanner  string        `help:"查毒程序 clamd 的地址，如 unix:///run/clamav/clamd.ctl 或 tcp://10.0.0.7:3310；写了就逐个检查附件，它不应答时不收附件" env:"TONGBAN_SCANNER"`
	Shift    time.Duration `help:"演练用：时钟偏移" hidden:""`
	Profile  string        `help:"运行期间处理器时间的剖析文件，供 go tool pprof 查看" type:"path"`
}

// Run serves until it is told to stop, then finishes what is under way.
func (s *serve) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	started := time.Now()
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	profiled, err := profile(s.Profile)
	if err != nil {
		return err
	}
	defer profiled()
	tuned(s.DB == "")
	listener, err := listen(s.Listen)
	if err != nil {
		return err
	}
	settings, err := s.told(listener.Addr())
	if err != nil {
		return err
	}
	traced, err := s.traced(ctx)
	if err != nil {
		return err
	}
	defer traced()
	metrics, err := s.monitored()
	if err != nil {
		return err
	}
	defer metrics.Close()
	a, err := app.Open(ctx, settings)
	if err != nil {
		return err
	}
	defer a.Close()
	return s.open(ctx, a, entrances{listener, metrics}, started)
}

// told is what the city is run by, from what the command was told. Without an
// address the public comes by the one listened at.
func (s *serve) told(at net.Addr) (settings app.Settings, err error) {
	if s.City == "" && s.Demo {
		s.City = "徐州市（示例）"
	}
	if s.Drain < 0 {
		return settings, errors.New("--drain 不能小于 0")
	}
	if err := reached(s.Address); err != nil {
		return settings, err
	}
	s.Address = cmp.Or(strings.TrimRight(s.Address, "/"), "http://"+at.String())
	settings = s.settings(s.Address)
	settings.Partners, settings.Roots = s.Partners, s.Roots
	settings.Safety = app.Safety{Leaked: s.Leaked, Factor: s.Factor, Scanner: s.Scanner}
	if settings.Proxies, err = page.ReadProxies(s.Proxies); err != nil {
		return settings, said(err)
	}
	if s.Shift != 0 {
		settings.Now = func() time.Time { return time.Now().Add(s.Shift) }
	}
	return settings, nil
}

// traced sends where the time of requests goes, if that is wanted, until end.
func (s *serve) traced(ctx context.Context) (end func(), err error) {
	if s.Traces == "" {
		return func() {}, nil
	}
	stop, err := spans.Send(ctx, s.Traces, s.Share)
	if err != nil {
		return nil, said(err)
	}
	return func() {
		stop(context.WithoutCancel(ctx)) //nolint:errcheck // the last spans may be lost
	}, nil
}

// entrances are where the public and those who watch come in.
type entrances struct {
	public  net.Listener
	metrics *monitoring
}

// open furnishes the city and opens its doors.
func (s *serve) open(ctx context.Context, a *app.App, in entrances, started time.Time) error {
	welcome, err := s.furnish(ctx, a)
	if err != nil {
		return err
	}
	debug.FreeOSMemory() // what furnishing took
	doors, err := a.Doors()
	if err != nil {
		return err
	}
	go in.metrics.Serve(a.Metrics()) // ends when it is closed
	fmt.Printf("通办已就绪：%s（用时%s）\n%s", s.Address, time.Since(started).Round(time.Millisecond), welcome)
	return s.run(ctx, a, in.public, doors)
}

// monitoring is where the addresses for monitoring are; nil: nowhere.
type monitoring struct{ net.Listener }

// monitored takes the address for monitoring, if it is wanted, before anything is made.
func (s *serve) monitored() (*monitoring, error) {
	if s.Metrics == "" {
		return nil, nil
	}
	listener, err := listen(s.Metrics)
	if err != nil {
		return nil, err
	}
	return &monitoring{listener}, nil
}

// Serve answers until it is closed.
func (m *monitoring) Serve(doors http.Handler) {
	if m == nil {
		return
	}
	server := &http.Server{Handler: doors, ReadHeaderTimeout: 10 * time.Second}
	server.Serve(m.Listener) // it always ends with an error
}

// Close gives the address back.
func (m *monitoring) Close() {
	if m != nil {
		m.Listener.Close() //nolint:errcheck // nobody else uses it
	}
}

// furnish fills an empty city, or says how its first administrator begins.
func (s *serve) furnish(ctx context.Context, a *app.App) (string, error) {
	if s.Demo {
		return demo(ctx, a)
	}
	token, needed, err := a.Identity.SetUpToken(ctx)
	if err != nil || !needed {
		return "", err
	}
	return fmt.Sprintf("\n这是一座空的城市。请第一位管理员打开下面的网址完成设置（只能用一次）：\n  %s/setup?token=%s\n", s.Address, token), nil
}

func demo(ctx context.Context, a *app.App) (string, error) {
	guides, password, err := a.LoadSample(ctx)
	if err != nil {
		return "", err
	}
	if err := a.PlayScenes(ctx); err != nil {
		return "", err
	}
	text := "\n演示账号（密码都是 " + password + "）：\n"
	for _, g := range guides {
		text += fmt.Sprintf("  %-12s %s\n", g.Login, g.Says)
	}
	return text + "\n先试试：用 limin 登录，搜“开饭店”，申请食品经营许可；再用 window1 受理，market-r、market-r2、fire-r 审查，market-a 决定，supervisor 看全过程。\n", nil
}

// run answers requests until ctx ends. Then it says that it is leaving, waits
// until a balancer has heard it, and finishes what is under way.
func (s *serve) run(ctx context.Context, a *app.App, listener net.Listener, doors http.Handler) error {
	server := &http.Server{Handler: doors, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	var background sync.WaitGroup
	working, rest := context.WithCancel(context.WithoutCancel(ctx))
	background.Go(func() { a.Run(working) })
	finished := make(chan error, 1)
	go func() {
		<-ctx.Done()
		a.Leave()
		time.Sleep(s.Drain)
		patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
		defer cancel()
		finished <- server.Shutdown(patience) // what is not done by then is cut off
	}()
	err := server.Serve(listener)
	if errors.Is(err, http.ErrServerClosed) {
		err = <-finished // Serve returns at once, while answers are still on their way
	}
	rest()
	background.Wait()
	return err
}

// profile writes down in file, if one is named, what processor time goes to
// until the function it returns is called.
func profile(file string) (end func(), err error) {
	if file == "" {
		return func() {}, nil
	}
	out, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); out.Close() }, pprof.StartCPUProfile(out)
}
